-- fast64 stores tophash before the key; its reader compares the key before it looks at tophash. Between
-- the two stores a free slot passes for an entry with key 0.
scenario {
  id = "ch2-tophash-first", chapter = "2.2", order = 3, truth = "real",
  title = { en = "tophash and key out of step", zh = "tophash 和键步调不一" },
  question = {
    en = "Can m[0] be found in a map that never held key 0?",
    zh = "map 里从没有过键 0，m[0] 会被查到吗？",
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
  en = "The map holds key 5. {1:writer} inserts key 7, {2:reader} looks for **key 0**, which nobody ever stored.",
  zh = "map 里有键 5。{1:writer} 插入键 7，{2:reader} 查**键 0**，没人存过它。",
}
local notes = {
  { "reader: read h.flags", "{2:reader} has passed its check: nobody writes yet.", "{2:reader} 通过检查：还没人在写。" },
  { "writer: write b0.tophash[1]",
    "{1:writer} claims slot 1: it stores the **tophash first**. The key is still 0, as memory was made.",
    "{1:writer} 占用 1 号槽：**先写 tophash**。键还是分配时的 0。" },
  { "reader: read b0.key[1]",
    "{2:reader} compares the key in slot 1: 0 == 0, **equal**.",
    "{2:reader} 比较 1 号槽的键：0 == 0，**相等**。" },
  { "reader: read b0.tophash[1]",
    "Only then does it look whether the slot is in use. tophash is not 0: it is. **A hit.**",
    "然后才看槽是否在用：tophash 不为 0，在用。**命中。**" },
  { "reader: read b0.value[1]",
    "v, ok = m[0] gives 0, **true**: found what was never there. No error.",
    "v, ok = m[0] 得到 0, **true**：查到了从未存在的键，也没有报错。" },
  { "writer: write b0.key[1]",
    "One step later the key is 7. No reordering by the CPU was needed.",
    "下一步键就成了 7。整个过程不需要 CPU 重排。" },
}
when("reader: read h.B", function()
  ask {
    en = "Slot 1 has a tophash and no key yet. What does `v, ok = m[0]` give {2:reader}?",
    zh = "1 号槽已有 tophash，还没有键。{2:reader} 的 `v, ok = m[0]` 得到什么？",
    options = {
      { en = "0, false", is = "absent" },
      { en = "0, true", is = "found 0" },
      { en = "A fatal error", zh = "fatal error", is = "fatal" },
    },
    answer = function(run) return run.outcome == "fatal" and run.outcome or run.label end,
    why = {
      en = "Memory that holds no key yet holds 0, and 0 is the key it looks for.",
      zh = "还没写键的内存是 0，而要查的键正是 0。",
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
    en = "The CPU may reorder the stores, so that tophash is visible while the key is still zero, and mapaccess misjudges.",
    zh = "CPU 重排会让 tophash 先可见而键仍为零，使 mapaccess 误判。",
  },
  verdict = "partly",
  evidence = {
    en = "It happens without any reordering: fast64 stores tophash first, and its reader loads the key first. With just these accesses 4 of 6 orders hit.",
    zh = "不需要重排：fast64 本来就先写 tophash，读者又先读键。仅就这几次访问，6 种顺序中有 4 种误命中。",
  },
  source = "runtime/map_fast64.go:45, 166, 170 (Go 1.19)",
}

schedule "reader*2 writer*16 reader* writer*"
expect {
  done = true, label = "found 0", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, label = "absent" },
      { done = true, label = "found 0", count = 1126692 },
      { fatal = "concurrent map read and map write", count = 243 },
    },
  },
}
