-- The article's example of a deadlock: two assignments in a row. There is no lock in a map that the
-- second could wait for.
scenario {
  id = "ch4-two-assigns", chapter = "4.1", order = 1, truth = "real",
  title = { en = "Two assignments in a row", zh = "连续两次赋值" },
  question = {
    en = "What does the first assignment still hold when the second begins?",
    zh = "第二次赋值开始时，第一次还占着什么？",
  },
}

local m = map.make("int", "int", 8)

main(function()
  m[1] = 42
  m[2] = 84
end)

caption {
  en = "{1:main} does m[1] = 42, then m[2] = 84. Look for a lock among the header's fields: there is none.",
  zh = "{1:main} 先 m[1] = 42，再 m[2] = 84。看看头部字段里有没有锁：没有。",
}
local notes = {
  { "write h.flags #1",
    "The first assignment sets **hashWriting**: a bit that others may look at, no lock to wait for.",
    "第一次赋值置位 **hashWriting**：这是供别人查看的位，不是让人等待的锁。" },
  { "write h.flags #2",
    "It clears the bit **before it returns**. Nothing of it is left.",
    "**返回之前**就清掉了。什么都没有留下。" },
  { "read h.flags #5",
    "m[2] = 84 checks flags: **0**. Nothing to wait for.",
    "m[2] = 84 检查 flags：**0**，没有什么可等的。" },
  { "write b0.value[1]",
    "Both are stored. Two calls one after the other cannot deadlock.",
    "两个都写好了。先后两次调用不可能死锁。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("write b0.value[0]", function()
  ask {
    en = "The value 42 is stored: the first assignment is over. Which flags will the second find?",
    zh = "写入值 42：第一次赋值结束。第二次赋值会看到什么样的 flags？",
    options = { { en = "0", is = 0 }, { en = "4, hashWriting", zh = "4，即 hashWriting", is = 4 } },
    at = "read h.flags",
    answer = function(run) return run.value end,
    why = {
      en = "The bit was cleared before mapassign returned, even before 42 was stored.",
      zh = "mapassign 返回之前就清掉了这个位，比写入 42 还早。",
    },
  }
end)

claim {
  says = {
    en = "m[key] = 42; m[key+1] = 84 may deadlock on the map's writemutex, which is not reentrant.",
    zh = "m[key] = 42; m[key+1] = 84 可能死锁在不可重入的 writemutex 上。",
  },
  verdict = "false",
  evidence = {
    en = "hmap has nine fields and none is a lock. The two calls are not nested; even a real mutex would be free again by then.",
    zh = "hmap 有九个字段，没有一个是锁。两次调用也没有嵌套，就算真有互斥锁，那时也早已释放。",
  },
  source = "runtime/map.go:116-130 (Go 1.19)",
}

claim {
  says = {
    en = "hashGrow and evacuate call mapassign again, and so lock twice.",
    zh = "hashGrow 和 evacuate 会再次调用 mapassign，因此重复加锁。",
  },
  verdict = "false",
  evidence = {
    en = "They call neither mapassign nor each other: hashGrow stores fields, evacuate copies slots itself.",
    zh = "它们不调用 mapassign，也不互相调用：hashGrow 只写字段，evacuate 自己复制槽位。",
  },
  source = "runtime/map.go:1041-1082, 1152-1264 (Go 1.19)",
}

finally(function() return m[1] .. ", " .. m[2] end)
expect { done = true, label = "42, 84", race = false }
