-- The same slot where stores leave a core in order, as on x86: whatever the buffer does, tophash never
-- comes before its key.
scenario {
  id = "ch2-publish-tso", chapter = "2.2", order = 6, truth = "model", memory = "tso",
  title = { en = "x86: in order, however late", zh = "x86：再晚也按序" },
  question = {
    en = "Why does the generic order hold on x86?",
    zh = "通用版的写入顺序为什么在 x86 上站得住？",
  },
}

local TOP, KEY = 9, 7
local Slot = struct("slot", { { "tophash", "u8" }, { "key", "i64" } })
local slot = Slot:new()

go("writer", function()
  slot.key = KEY
  slot.tophash = TOP
end)

go("reader", function()
  local tophash = slot.tophash
  local key = slot.key
  label(tophash ~= 0 and key == 0 and "half an entry" or "right")
end)

caption {
  en = "**A model**, one slot, stores buffered **first in, first out**. {1:writer} stores key, then tophash.",
  zh = "**模型**：一个槽，写缓冲**先进先出**。{1:writer} 先写键，再写 tophash。",
}
when("writer: write slot.key", function()
  ask {
    en = "{1:writer} stores the key, then tophash. Can {2:reader} see the new tophash and no key?",
    zh = "{1:writer} 先写键，再写 tophash。{2:reader} 会看到新 tophash 却没有键吗？",
    options = { { en = "Yes", zh = "会", is = "half an entry" }, { en = "No", zh = "不会", is = "right" } },
    answer = function(run) return run.label end,
    why = {
      en = "A buffer that drains in order keeps the order of the stores.",
      zh = "按序排空的写缓冲保持了写入的先后。",
    },
  }
end)
when("writer: write slot.tophash", function()
  caption {
    en = "Both are in the buffer. Only the key, the older one, can drain now.",
    zh = "两次写都在缓冲里。此刻能排空的只有更早的键。",
  }
end)
when("drain slot.key", function()
  caption {
    en = "The key is in memory, tophash not yet: to others the slot is still **empty**.",
    zh = "键已进内存，tophash 还没有：在别人看来槽仍是**空的**。",
  }
end)
when("drain slot.tophash", function()
  caption {
    en = "tophash drains last. Who sees it sees the key. Still a **data race** for Go's memory model.",
    zh = "tophash 最后排空，看到它就能看到键。但按 Go 内存模型这仍是**数据竞争**。",
  }
end)

claim {
  says = {
    en = "CPU reordering can make tophash visible before the key.",
    zh = "CPU 重排会使 tophash 先于键可见。",
  },
  verdict = "partly",
  evidence = {
    en = "Not on x86 with the generic order: exploring this model, none of 30 orders sees half an entry.",
    zh = "x86 上配合通用版顺序不会：穷尽本模型的 30 种顺序，没有一种看到半个条目。",
  },
  source = "runtime/map.go:680-681 (Go 1.19); explored",
}

schedule "writer*2 ~writer reader*2 ~writer"
expect {
  done = true, label = "right", race = true,
  explore = { executions = 30, outcomes = { { label = "right", count = 30 } } },
}
