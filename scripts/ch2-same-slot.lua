-- Two writers, one free slot, and not a word: as in ch3-two-writers, but both check before either
-- clears the bit.
scenario {
  id = "ch2-same-slot", chapter = "2.2", order = 2, truth = "real",
  title = { en = "Two keys into one slot, unnoticed", zh = "两个键写进同一个槽，无人察觉" },
  question = {
    en = "Can an insert vanish although both writers return without an error?",
    zh = "两个写者都正常返回，插入的键还会丢吗？",
  },
}

local m = map.make("int", "int")
m[1] = 10

go("A", function() m[2] = 20 end)
go("B", function() m[3] = 30 end)

caption {
  en = "{1:A} inserts key 2, {2:B} key 3. Slot 0 is taken, slot 1 is the first free one.",
  zh = "{1:A} 插入键 2，{2:B} 插入键 3。0 号槽已占，1 号是第一个空槽。",
}
local notes = {
  { "B: read h.flags #2",
    "Both have loaded flags = 0 twice: for the check, and to toggle the bit.",
    "两者都读了两次 flags = 0：一次检查，一次准备翻转。" },
  { "B: write h.flags #1",
    "Both store 4. **hashWriting** is set, once, for two.",
    "两者都写入 4：**hashWriting** 只置位一次，里面却有两个写者。" },
  { "B: read b0.tophash[1] #1",
    "Both have searched b0. **Slot 1** is free for each of them.",
    "两者都查完了 b0，都认为 **1 号槽**空闲。" },
  { "A: write b0.key[1]", "{1:A} puts key 2 there ...", "{1:A} 在那里写入键 2……" },
  { "B: write b0.key[1]",
    "... and {2:B} puts key 3 on top of it. **Key 2 is gone.**",
    "……{2:B} 又写入键 3，盖住了它。**键 2 没了。**" },
  { "B: write h.count",
    "Both loaded count = 1 and store 2. It even fits: one key is lost, one is not counted.",
    "两者都读到 count = 1，写入 2。居然对得上：丢了一个键，也少计了一次。" },
  { "B: read h.flags #3",
    "Both look again at their exit: the bit is set. **Both checks pass.**",
    "出口处两者再查：位还在。**两次检查都通过。**" },
  { "B: write b0.value[1]",
    "Both store their value into slot 1. m[3] is 30 now, m[2] is not there, and **nothing was reported**.",
    "两者都把值写进 1 号槽。m[3] 是 30，m[2] 不存在，**没有任何报错**。" },
}
when("A: read h.oldbuckets #2", function()
  ask {
    en = "Both have chosen slot 1, and hashWriting is set. Which keys will the map hold in the end?",
    zh = "两者都选了 1 号槽，hashWriting 已置位。最后 map 里有哪些键？",
    options = {
      { en = "1, 2 and 3", zh = "1、2、3", is = "3 counted, 2, 3" },
      { en = "1 and 2", zh = "1 和 2", is = "2 counted, 2" },
      { en = "1 and 3", zh = "1 和 3", is = "2 counted, 3" },
      { en = "None: a fatal error ends it", zh = "fatal error，程序终止", is = "fatal" },
    },
    answer = function(run) return run.outcome == "fatal" and run.outcome or run.label end,
    why = {
      en = "{2:B} stores its key last, and both exit checks come before either clears the bit.",
      zh = "{2:B} 的键最后写入，而两次出口检查都在任何一方清位之前。",
    },
  }
end)
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

claim {
  says = {
    en = "Concurrent writes end with the fatal error concurrent map writes.",
    zh = "并发写会以 fatal error: concurrent map writes 告终。",
  },
  verdict = "partly",
  evidence = {
    en = "Best effort. Two writers with 1 to 100 increments each of one key, Go 1.19.8, 4 x 1000 runs: 20 ended normally with a lost update.",
    zh = "只是尽力而为。Go 1.19.8，两个写者各对同一键自增 1 到 100 次，4 x 1000 次运行：20 次正常结束却丢了更新。",
  },
  source = "runtime/map_fast64.go:101, 176 (Go 1.19); measured",
}

finally(function()
  local _, two = m:get(2)
  local _, three = m:get(3)
  return len(m) .. " counted" .. (two and ", 2" or "") .. (three and ", 3" or "")
end)

schedule "A B A B A B A B A*7 B*7 A*5 B*5 A B A B A B A B A B A B A B"
expect {
  done = true, label = "2 counted, 3", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, label = "3 counted, 2, 3" },
      { done = true, label = "2 counted, 2" },
      { done = true, label = "2 counted, 3" },
      { fatal = "concurrent map writes" },
    },
  },
}
