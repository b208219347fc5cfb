-- A model of one slot: the generic routines' order, which is safe where stores become visible in order,
-- on a machine that lets the second store overtake the first.
fixes { "none", "release" }
scenario {
  id = "ch2-publish-weak", chapter = "2.2", order = 7, truth = "model", memory = "weak",
  title = { en = "Weak memory: tophash overtakes the key", zh = "弱内存：tophash 超到键前面" },
  question = {
    en = "Is storing the key first enough to publish a slot safely?",
    zh = "先写键、后写 tophash，就能安全发布一个槽吗？",
  },
}

local TOP, KEY = 9, 7
local Slot = struct("slot", { { "tophash", "u8" }, { "key", "i64" } })
local slot = Slot:new()
local release = fix() == "release"

go("writer", function()
  slot.key = KEY
  if release then
    atomic_store(slot, "tophash", TOP)
  else
    slot.tophash = TOP
  end
end)

go("reader", function()
  local tophash
  if release then
    tophash = atomic_load(slot, "tophash")
  else
    tophash = slot.tophash
  end
  local key = 0
  if tophash ~= 0 or not release then -- with the fix: only what was announced
    key = slot.key
  end
  if tophash == 0 then
    caption {
      en = "{2:reader} saw tophash 0: the slot is empty, whatever the key says. That is **right**.",
      zh = "{2:reader} 看到 tophash 为 0：槽是空的，不管键是什么。结果**正确**。",
    }
  elseif key == 0 then
    caption {
      en = "{2:reader} sees tophash **9** but key **0**: half an entry. On ARM this can be; on x86 it cannot.",
      zh = "{2:reader} 看到 tophash 是 **9**，键却是 **0**：半个条目。ARM 上可能，x86 上不会。",
    }
  else
    caption {
      en = "{2:reader} sees tophash 9 and key 7: what tophash announces is **there**.",
      zh = "{2:reader} 看到 tophash 9 和键 7：tophash 宣布的内容**确实已在**。",
    }
  end
  label(tophash ~= 0 and key == 0 and "half an entry" or "right")
end)

caption {
  en = "**A model**, one slot. {1:writer} stores **key, then tophash**; {2:reader} loads tophash, then key: the generic order.",
  zh = "**模型**：一个槽。{1:writer} **先写键，再写 tophash**；{2:reader} 先读 tophash 再读键，即通用版的顺序。",
}
when("writer: write slot.key", function()
  ask {
    en = "{1:writer} stores the key, then tophash. Can {2:reader} see the new tophash and no key?",
    zh = "{1:writer} 先写键，再写 tophash。{2:reader} 会看到新 tophash 却没有键吗？",
    options = { { en = "Yes", zh = "会", is = "half an entry" }, { en = "No", zh = "不会", is = "right" } },
    answer = function(run) return run.label end,
    why = {
      en = "It depends on whether the buffer may drain tophash first: an atomic store waits for the older ones.",
      zh = "要看缓冲能不能先排空 tophash：原子写会等更早的写入先排空。",
    },
  }
end)
if release then
  when("atomic store", function()
    caption {
      en = "**The fix:** tophash is an atomic store. It waits until the key has drained.",
      zh = "**解法：**tophash 用原子写，它会等键先排空。",
    }
  end)
else
  when("writer: write slot.tophash", function()
    caption {
      en = "Both stores wait in {1:writer}'s buffer: key in front, tophash behind it.",
      zh = "两次写都在 {1:writer} 的缓冲里：键在前，tophash 在后。",
    }
  end)
  when("drain slot.tophash", function()
    caption {
      en = "**Weak memory:** the buffer may drain in any order. tophash goes first.",
      zh = "**弱内存：**缓冲可以按任意顺序排空，tophash 先到了内存。",
    }
  end)
end

labels {
  ["half an entry"] = { en = "half an entry", zh = "半个条目", right = false },
  right = { en = "all of it, or nothing", zh = "要么完整，要么没有", right = true },
}

claim {
  says = {
    en = "CPU reordering can make tophash visible before the key.",
    zh = "CPU 重排会使 tophash 先于键可见。",
  },
  verdict = "partly",
  evidence = {
    en = "For the generic order only where memory is weak. In this model 1 of 45 orders goes wrong with plain stores, and 0 with a release store.",
    zh = "对通用版的顺序，只有弱内存机器才会。本模型中普通写 45 种顺序有 1 种出错，用 release 写则为 0。",
  },
  source = "runtime/map.go:680-681 (Go 1.19); explored",
}

if release then
  schedule "writer ~writer writer reader*2"
  expect {
    done = true, label = "right", race = false,
    explore = { executions = 4, outcomes = { { label = "right", race = false, count = 4 } } },
  }
else
  schedule "writer*2 ~writer:1 reader*2 ~writer"
  expect {
    done = true, label = "half an entry", race = true,
    explore = {
      executions = 45,
      outcomes = { { label = "half an entry", count = 1 }, { label = "right", count = 44 } },
    },
  }
end
