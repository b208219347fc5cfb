-- A range loop in one goroutine, a write in another. The loop looks at flags once for each entry.
scenario {
  id = "ch2-iterate-fatal", chapter = "2.2", order = 8, truth = "real",
  title = { en = "A range loop meets a writer", zh = "range 循环遇上写者" },
  question = {
    en = "What does Go say when a map is changed while another goroutine loops over it?",
    zh = "一个协程遍历 map，另一个协程修改它，Go 会怎么说？",
  },
}

local m = map.make("int", "int")
m[1] = 10
m[2] = 20

go("looper", function()
  for _ in range(m) do end
end)
go("writer", function()
  m[1] = 11
  m[2] = 22
end)

caption {
  en = "Two keys. {1:looper} ranges over the map, {2:writer} stores into it.",
  zh = "两个键。{1:looper} 遍历 map，{2:writer} 写入。",
}
local notes = {
  { "looper: atomic update h.flags",
    "{1:looper} marks the map: iterator, oldIterator. A writer does not look at these bits.",
    "{1:looper} 标记 map：iterator 和 oldIterator。写者不看这两个位。" },
  { "looper: read h.flags #2",
    "Each step of the loop begins with the check: **hashWriting** is not set.",
    "循环每走一步都先检查：**hashWriting** 没有置位。" },
  { "looper: read b0.value[0]", "Key 1 is given, and the loop's body runs.", "给出键 1，执行循环体。" },
  { "writer: write b0.value[0]",
    "Meanwhile {2:writer} has stored m[1] = 11, bit set and cleared again. {1:looper} saw **nothing**.",
    "其间 {2:writer} 写完了 m[1] = 11，位已置位又清除。{1:looper} **什么也没看到**。" },
  { "looper: read h.flags #3", "The next step of the loop: the bit is off, the check passes again.", "循环的下一步：位是 0，检查再次通过。" },
  { "writer: write h.flags #3", "{2:writer} is in its second write: **hashWriting** is set.", "{2:writer} 正在第二次写：**hashWriting** 已置位。" },
  { "fatal",
    "**fatal error: concurrent map iteration and map write.** No panic, and no recover.",
    "**fatal error: concurrent map iteration and map write。** 不是 panic，无法 recover。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("writer: read h.buckets #3", function()
  ask {
    en = "{1:looper} now asks for its next entry. Who ends the program?",
    zh = "{1:looper} 要取下一项了。谁会让程序终止？",
    options = {
      { en = "{1:looper}", is = "looper" },
      { en = "{2:writer}", is = "writer" },
      { en = "Nobody", zh = "都不会", is = "nobody" },
    },
    answer = function(run) return run.crashed end,
    why = {
      en = "Only the loop checks for the other: a writer looks for a writer's bit alone.",
      zh = "只有循环会检查对方；写者只看有没有别的写者。",
    },
  }
end)

claim {
  says = {
    en = "Changing a map during its iteration panics: map iteration modified during iteration.",
    zh = "遍历期间修改 map 会 panic：map iteration modified during iteration。",
  },
  verdict = "false",
  evidence = {
    en = "Go has no such message. Between goroutines it is fatal, concurrent map iteration and map write, and only if the bit is set at a step of the loop.",
    zh = "Go 没有这条信息。跨协程时是 fatal：concurrent map iteration and map write，而且只在循环走步时恰好置位才会触发。",
  },
  source = "runtime/map.go:872-873 (Go 1.19); explored",
}

-- The 14th step draws where in the bucket to begin: slot 0.
schedule "looper*13 looper@0 looper*10 writer*14 looper*5 writer*5 looper"
expect {
  fatal = "concurrent map iteration and map write", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, race = true },
      { fatal = "concurrent map iteration and map write" },
      { race = false, count = 0 },
    },
  },
}
