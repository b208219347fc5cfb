-- The same on a machine whose cores have store buffers, as x86 has: stores stay in order, yet they come
-- late, and the bit that should warn others comes late as well.
scenario {
  id = "ch2-tophash-tso", chapter = "2.2", order = 4, truth = "real", memory = "tso",
  title = { en = "The same with store buffers (x86)", zh = "同一场景，带写缓冲（x86）" },
  question = {
    en = "Does it help that x86 keeps stores in order?",
    zh = "x86 的写操作按序可见，这有帮助吗？",
  },
}

local m = map.make("int", "int")
m[5] = 50

go("writer", function() m[7] = 70 end)

go("reader", function()
  local _, ok = m:get(0)
  label(ok and "found 0" or "absent")
end)

caption {
  en = "Each core has a **store buffer** now: what it stores is seen by others only once it has drained.",
  zh = "每个核心都有**写缓冲**：写入的内容排空之后，别人才看得到。",
}
local notes = {
  { "writer: write h.flags #1",
    "{1:writer} sets hashWriting, **into its buffer**. Memory still says 0.",
    "{1:writer} 置位 hashWriting，**只进了写缓冲**。内存里仍是 0。" },
  { "writer: write b0.key[1]",
    "tophash and key are buffered, too, in this order. For {2:reader} nothing has happened yet.",
    "tophash 和键也依次进了缓冲。在 {2:reader} 看来什么都没发生。" },
  { "reader: read h.flags",
    "{2:reader} checks flags: 0. It **passes**, in the middle of an insert.",
    "{2:reader} 检查 flags：0，**通过**了，而插入正在进行。" },
  { "drain b0.tophash[1]",
    "The buffer drains **in order**: flags, then tophash. The key is still in it.",
    "缓冲**按序**排空：先 flags，再 tophash。键还在缓冲里。" },
  { "reader: read b0.value[1]",
    "Key 0 == 0, tophash is not 0: **found**, as without buffers. The order of the program is what is wrong.",
    "键 0 == 0，tophash 不为 0：照样**命中**。错在程序本身的写入顺序。" },
}
when("reader: read h.count", function()
  ask {
    en = "{1:writer} has stored 4 in flags, and is in the middle of its insert. What does {2:reader}'s check load?",
    zh = "{1:writer} 已把 4 写入 flags，正插入到一半。{2:reader} 的检查会读到多少？",
    options = { 0, 4 },
    answer = function(run) return run.value end,
    at = "reader: read h.flags",
    why = {
      en = "The 4 is still in {1:writer}'s store buffer; memory says 0.",
      zh = "4 还在 {1:writer} 的写缓冲里，内存里是 0。",
    },
  }
end)
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

labels {
  ["found 0"] = { en = "finds key 0, which was never inserted", zh = "找到了从未插入的键 0", right = false },
  absent = { en = "key 0 is absent", zh = "键 0 不存在", right = true },
}

claim {
  says = {
    en = "tophash[0] and keys[0] are adjacent and not protected by a write barrier.",
    zh = "tophash[0] 与 keys[0] 相邻，且没有写屏障保护。",
  },
  verdict = "partly",
  evidence = {
    en = "Nothing protects them, but no write barrier would: it serves the garbage collector and orders nothing between cores. keys[0] lies 8 bytes after tophash[0].",
    zh = "确实没有保护，但写屏障也保护不了：它服务于垃圾回收，不约束核间的可见顺序。keys[0] 在 tophash[0] 之后 8 字节。",
  },
  source = "runtime/mbarrier.go, runtime/map.go:150 (Go 1.19)",
}

schedule "writer*17 reader*2 ~writer*2 reader* writer* ~writer*"
expect {
  done = true, label = "found 0", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, label = "absent" },
      { done = true, label = "found 0" },
      { fatal = "concurrent map read and map write" },
    },
  },
}
