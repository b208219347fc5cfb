-- The article's allocator computes a span class in a shared variable. Go computes it in a local; the
-- model shows what would happen otherwise.
fixes { "none", "local" }
scenario {
  id = "ch2-size-class", chapter = "2.5", order = 3, truth = "model",
  title = { en = "A size class in a shared variable", zh = "共享变量里的 size class" },
  question = {
    en = "How does a legal class become an index past the end of the table?",
    zh = "合法的级别怎么会变成越界的下标？",
  },
}

local CLASS_COUNT = 136 -- 68 size classes, with and without pointers: 0 to 135 are legal
local Spans = struct("mcache", { { "alloc", "ptr", CLASS_COUNT } })
local spans = Spans:new()
local scratch = var("i64")

local function refill(class)
  local span_class
  if fix() == "local" then
    span_class = class * 2 + 1
  else
    scratch.value = class * 2
    atomic_add(scratch, 1)
    span_class = scratch.value
  end
  if span_class ~= class * 2 + 1 then
    label "wrong class"
    caption {
      en = "It wanted " .. class * 2 + 1 .. " and reads **" .. span_class .. "**: the other one's arithmetic is in it.",
      zh = "本该是 " .. class * 2 + 1 .. "，读到的却是 **" .. span_class .. "**：混进了对方的计算。",
    }
  end
  local _ = spans.alloc[span_class]
  if fix() == "local" then
    caption {
      en = "It reads entry **" .. span_class .. "**, its own: nobody else can touch a local variable.",
      zh = "它读的是自己的第 **" .. span_class .. "** 项：局部变量别人碰不到。",
    }
  end
end

go("c12", refill, 12)
go("c67", refill, 67)

caption(fix() == "none" and {
  en = "**A model, not Go:** both compute class * 2 + 1 in **one shared variable**.",
  zh = "**模型，不是 Go：**双方都在**同一个共享变量**里算 class * 2 + 1。",
} or {
  en = "**The fix, and what Go does:** a local variable. There is nothing to share.",
  zh = "**解法，也是 Go 的做法：**用局部变量，没有共享可言。",
})
when("c67: write scratch", function()
  caption {
    en = "{1:c12} had stored 24 and is about to add 1. {2:c67} stores **134** over it.",
    zh = "{1:c12} 刚写入 24，正要加 1。{2:c67} 写入 **134** 盖住了它。",
  }
end)
if fix() == "none" then
  when("c12: atomic update scratch", function()
    ask {
      en = "{1:c12} wants 12 * 2 + 1 = 25. Next {2:c67} adds its 1, too. What will {1:c12} read?",
      zh = "{1:c12} 要的是 12 * 2 + 1 = 25。接着 {2:c67} 也加 1。{1:c12} 会读到多少？",
      options = { 25, 135, 136 },
      answer = function(run) return run.value end,
      at = "c12: read scratch",
      why = {
        en = "24 is gone: {2:c67} stored 134 over it, and both ones were added to that.",
        zh = "24 已被 {2:c67} 写入的 134 覆盖，两个 1 都加在 134 上。",
      },
    }
  end)
end
when("c67: atomic update scratch", function()
  caption {
    en = "Both have added their 1, and to the same number: 134 + 2 = **136**. The add was even atomic.",
    zh = "两次加 1 加在了同一个数上：134 + 2 = **136**，而且加法还是原子的。",
  }
end)
when("panic", function()
  caption {
    en = "alloc has entries 0 to 135: **index out of range**. In this model it always takes two.",
    zh = "alloc 只有 0 到 135 项：**下标越界**。本模型里必须两者交错才会发生。",
  }
end)

labels {
  ["wrong class"] = { en = "a wrong size class", zh = "错误的规格", right = false },
  ["right classes"] = { en = "right size classes", zh = "规格都对", right = true },
}

claim {
  says = {
    en = "Concurrent mcentral.grow overwrites the span class, and heapBitsForAddr panics with an index out of range.",
    zh = "mcentral.grow 并发时覆盖 span class，heapBitsForAddr 下标越界而 panic。",
  },
  verdict = "false",
  evidence = {
    en = "grow works on local variables alone; the span gets its class from mheap, under the heap lock. Class 64 is legal, too: 24576 bytes.",
    zh = "grow 只用局部变量；span class 由 mheap 在堆锁内设置。64 号也合法：24576 字节。",
  },
  source = "runtime/mcentral.go:240-253 (Go 1.19); explored",
}

finally(function() return "right classes" end)

local PAST = "runtime error: index out of range [136] with length 136"
if fix() == "none" then
  schedule "c12 c67 c12 c67 c12"
  expect {
    panic = PAST, race = true,
    explore = {
      executions = 60,
      outcomes = {
        { panic = PAST, label = "wrong class", count = 10 },
        { done = true, label = "wrong class", count = 40 },
        { done = true, label = "right classes", count = 10 },
      },
    },
  }
else
  expect {
    done = true, label = "right classes", race = false,
    explore = { executions = 2, outcomes = { { done = true, label = "right classes", count = 2 } } },
  }
end
