-- The generic routines on a machine that lets a later store overtake an earlier one, as ARM does. Their
-- order, key then tophash, would do where stores become visible in order.
scenario {
  id = "ch2-tophash-weak", chapter = "2.2", order = 5, truth = "real", memory = "weak",
  title = { en = "The generic order on weak memory (ARM)", zh = "通用版的顺序遇上弱内存（ARM）" },
  question = {
    en = "uint16 keys are stored before their tophash. Is that safe everywhere?",
    zh = "uint16 的键先于 tophash 写入。在哪里都安全吗？",
  },
}

-- Two keys of one tophash, 0x41: the writer's 7, and 0, which nobody ever stores.
local m = map.make("uint16", "int")
m:hash(0, 0x41 << 56)
m:hash(7, 0x41 << 56)
m[5] = 50

go("writer", function() m[7] = 70 end)

go("reader", function()
  local _, ok = m:get(0)
  label(ok and "found 0" or "absent")
end)

caption {
  en = "map[uint16]int uses mapassign itself: **key, then tophash**. {1:writer} inserts 7; {2:reader} looks for 0, of the same tophash.",
  zh = "map[uint16]int 用 mapassign 本身：**先写键，再写 tophash**。{1:writer} 插入 7，{2:reader} 查 tophash 相同的 0。",
}
local notes = {
  { "writer: write h.flags #1",
    "{1:writer} sets hashWriting, into its store buffer: {2:reader} cannot see it yet.",
    "{1:writer} 置位 hashWriting，只进了写缓冲：{2:reader} 还看不到。" },
  { "reader: read h.flags",
    "{2:reader} checks flags: 0 in memory. It **passes**.",
    "{2:reader} 检查 flags：内存里是 0，**通过**。" },
  { "writer: write b0.tophash[1]",
    "Key 7 and its tophash are in the buffer, **in this order**. Memory holds neither.",
    "键 7 和它的 tophash **依次**进了缓冲，内存里都还没有。" },
  { "drain b0.tophash[1]",
    "**Weak memory:** the buffer drains in any order. tophash overtakes flags and the key.",
    "**弱内存：**缓冲可按任意顺序排空。tophash 抢在 flags 和键之前。" },
  { "reader: read b0.key[1]",
    "tophash `0x41` matches, and the key in memory is still 0: **equal** to the one looked for.",
    "tophash `0x41` 匹配，内存里的键还是 0：和要查的键**相等**。" },
  { "reader: read b0.value[1]",
    "`v, ok = m[0]` gives 0, **true**: never stored. On x86 this order of stores is safe, on ARM it is not.",
    "`v, ok = m[0]` 得到 0, **true**：从没存过。这个写入顺序在 x86 上没问题，在 ARM 上不行。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("reader: read h.B", function()
  ask {
    en = "tophash is in memory, flags and key are still in the buffer. What does `v, ok = m[0]` give {2:reader}?",
    zh = "tophash 已到内存，flags 和键还在缓冲里。{2:reader} 的 `v, ok = m[0]` 得到什么？",
    options = {
      { en = "0, false", is = "absent" },
      { en = "0, true", is = "found 0" },
      { en = "A fatal error", zh = "fatal error", is = "fatal" },
    },
    answer = function(run) return run.outcome == "fatal" and run.outcome or run.label end,
    why = {
      en = "{2:reader} trusts that a slot with a tophash has its key. Weak memory does not keep that order.",
      zh = "{2:reader} 相信有 tophash 的槽就有键，而弱内存不保证这个先后。",
    },
  }
end)

labels {
  ["found 0"] = { en = "finds key 0, which was never inserted", zh = "找到了从未插入的键 0", right = false },
  absent = { en = "key 0 is absent", zh = "键 0 不存在", right = true },
}

claim {
  says = {
    en = "The CPU may reorder the stores, so that tophash is visible while the key is still zero, and mapaccess misjudges.",
    zh = "CPU 重排会让 tophash 先可见而键仍为零，使 mapaccess 误判。",
  },
  verdict = "partly",
  evidence = {
    en = "For the generic routines only where memory is weak: exploring this program finds it so, and never with buffers that drain in order.",
    zh = "对通用版的函数，只有弱内存机器才会：穷尽本程序的所有顺序，弱内存下会出现，按序排空的缓冲下从不出现。",
  },
  source = "runtime/map.go:680-681 (Go 1.19); explored",
}

schedule "writer*16 reader*3 ~writer:2 reader* writer* ~writer*"
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
