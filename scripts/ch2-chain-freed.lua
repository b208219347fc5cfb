-- A chain whose nodes are freed by hand, as in the article's C++ code. Go's overflow chains are never
-- unlinked one by one, and nothing is freed while it can be reached.
fixes { "none", "pin" }
scenario {
  id = "ch2-chain-freed", chapter = "2.4", order = 2, truth = "model",
  title = { en = "The node under the walker is freed", zh = "遍历者脚下的节点被释放" },
  question = {
    en = "Why does Go's own walk along a chain never meet freed memory?",
    zh = "为什么 Go 遍历溢出链时不会碰到已释放的内存？",
  },
}

local Node = struct("node", { { "key", "u64" }, { "next", "ptr" } })
local a = Node:new { key = 1 }
local b = Node:new { key = 2 }
a.next = b
local head = var("ptr", a)
local pinned = fix() == "pin"
local pins = pinned and var("i64")

go("walker", function()
  local node
  if pinned then
    atomic_add(pins, 1)
    node = atomic_load(head)
  else
    node = head.value
  end
  caption(pinned and {
    en = "{1:walker} has **pinned** the chain, and then loaded a pointer to its first node.",
    zh = "{1:walker} 先**钉住**链表，再取第一个节点的指针。",
  } or {
    en = "{1:walker} has loaded a pointer to its first node. Nobody else knows that it is there.",
    zh = "{1:walker} 取得了第一个节点的指针。别人并不知道它在这里。",
  })
  local _ = node.key
  _ = node.next
  if pinned then
    atomic_add(pins, -1)
    caption {
      en = "{1:walker} has left the node and **unpins**.",
      zh = "{1:walker} 离开节点，**取消钉住**。",
    }
  end
end)

go("deleter", function()
  if pinned then
    atomic_store(head, b)
  else
    head.value = b
  end
  caption {
    en = "{2:deleter} unlinks node a: new walkers will begin at b.",
    zh = "{2:deleter} 摘下节点 a：新来的遍历者从 b 开始。",
  }
  if pinned then await(pins, 0) end
  free(a)
  if pinned then
    caption {
      en = "No pins: {2:deleter} frees node a. **Nobody can be on it.**",
      zh = "没有人钉住：{2:deleter} 释放节点 a。**上面不可能有人。**",
    }
  end
end)

caption(pinned and {
  en = "**A model, not Go.** The fix: a walker pins the chain, and a deleter waits until nobody does.",
  zh = "**模型，不是 Go。**解法：遍历者钉住链表，删除者等到没人钉住再释放。",
} or {
  en = "**A model, not Go:** a chain a, b. {1:walker} goes along it, {2:deleter} removes a and frees it.",
  zh = "**模型，不是 Go：**链表 a、b。{1:walker} 遍历，{2:deleter} 摘下 a 并释放。",
})
if not pinned then
  when("free", function()
    ask {
      en = "{2:deleter} has unlinked and freed node a. Who pays for it?",
      zh = "{2:deleter} 摘下并释放了节点 a。谁会出事？",
      options = {
        { en = "{1:walker}", is = "walker" },
        { en = "{2:deleter}", is = "deleter" },
        { en = "Nobody: a is unlinked", zh = "都不会：a 已摘下", is = "nobody" },
      },
      answer = function(run) return run.crashed end,
      why = {
        en = "{1:walker} loaded its pointer before. Unlinking a node does not take back pointers to it.",
        zh = "{1:walker} 早已取得指针。摘下节点，收不回已发出的指针。",
      },
    }
  end)
end
when("fault", function()
  caption {
    en = "**Use after free:** {1:walker} reads the node it stood on. In Go that pointer alone keeps the node alive.",
    zh = "**释放后使用：**{1:walker} 读的正是脚下的节点。在 Go 里，只凭这个指针节点就不会被回收。",
  }
end)

claim {
  says = {
    en = "Walking the chain while another deletes invalidates the iterator and touches freed memory.",
    zh = "遍历链表时被他人删除，迭代器失效，访问已释放内存。",
  },
  verdict = "false",
  evidence = {
    en = "True of C++ lists. Go's overflow buckets are never unlinked one by one, and an iterator's pointers keep what it walks on alive.",
    zh = "对 C++ 链表成立。Go 的溢出桶不会被单个摘下，迭代器持有的指针会让它走过的内存保持存活。",
  },
  source = "runtime/map.go:170-173, 834-842 (Go 1.19); explored",
}

if pinned then
  schedule "walker*2 deleter walker* deleter*"
  expect {
    done = true, race = false,
    explore = { outcomes = { { done = true }, { fault = true, count = 0 } } },
  }
else
  schedule "walker deleter*2 walker*"
  expect {
    fault = true, race = true,
    explore = {
      executions = 10,
      outcomes = { { fault = true, count = 3 }, { done = true, count = 7 } },
    },
  }
end
