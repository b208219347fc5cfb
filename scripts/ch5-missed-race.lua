-- The race that nobody reports: two writers pass both checks, one key overwrites the other, and count says
-- three although the loop finds two.
fixes { "none", "mutex" }
scenario {
  id = "ch5-missed-race", chapter = "5", order = 1, truth = "real",
  title = { en = "The missed race", zh = "漏网的竞争" },
  question = {
    en = "Both writers returned without an error. What does the map hold now?",
    zh = "两个写者都没有报错就返回了。map 里现在有什么？",
  },
}

local m = map.make("int", "int", 8)
local mu = fix() == "mutex" and mutex()
m[1] = 10

local function insert(k, v)
  if mu then mu:lock() end
  m[k] = v
  if mu then mu:unlock() end
end

go("A", insert, 2, 20)
go("B", insert, 3, 30)

if fix() == "mutex" then
  caption {
    en = "The cure: a **mutex** around each write. Who comes second waits.",
    zh = "解法：每次写都用**互斥锁**包住。后到的就等。",
  }
  when("exit #2", function()
    caption {
      en = "All three keys are there, in **any** order of steps.",
      zh = "三个键都在，**任何**顺序都一样。",
    }
  end)
else
  caption {
    en = "The map holds key 1. {1:A} inserts key 2, {2:B} key 3. Three keys should come out.",
    zh = "map 里有键 1。{1:A} 插入键 2，{2:B} 插入键 3。应该得到三个键。",
  }
  local notes = {
    { "B: read h.flags #1",
      "{1:A} and {2:B} have both checked flags: **0**. Neither sees the other.",
      "{1:A} 和 {2:B} 都查过 flags：**0**。谁也看不见谁。" },
    { "B: write h.flags #1",
      "Both toggled the bit from the same 0: flags = **4**, as if there were one writer.",
      "两者都从同一个 0 翻转：flags = **4**，就像只有一个写者。" },
    { "B: read b0.tophash[1] #1",
      "Both have chosen **slot 1**.",
      "两者都选中了 **1 号槽**。" },
    { "B: write b0.key[1]",
      "{1:A} stored key 2 there, {2:B} key 3 over it. **Key 2 is lost.**",
      "{1:A} 写了键 2，{2:B} 又写键 3 盖住它。**键 2 丢了。**" },
    { "B: write h.count",
      "This time they count **one after the other**: 2, then 3.",
      "这一次两者**先后**计数：2，再 3。" },
    { "A: write b0.value[1]",
      "Both values go to slot 1, A's last: m[3] = **20**. len(m) = 3, a loop finds **two** keys. No message, ever.",
      "两个值都写进 1 号槽，A 在后：m[3] = **20**。len(m) = 3，遍历却只有**两个**键。始终没有报错。" },
  }
  for _, note in ipairs(notes) do
    when(note[1], function() caption { en = note[2], zh = note[3] } end)
  end
  when("B: read h.flags #3", function()
    ask {
      en = "Exit checks: the bit is set when each looks. **Both pass.** What will len(m) be, and how many keys does a loop find?",
      zh = "出口检查：两者看时位都还在，**都通过了**。最后 len(m) 是几？遍历能看到几个键？",
      options = {
        { en = "3, and 3", zh = "3，3 个", is = "len 3, found 3, m[3] = 30" },
        { en = "3, and 2", zh = "3，2 个", is = "len 3, found 2, m[3] = 20" },
        { en = "2, and 2", zh = "2，2 个", is = "len 2, found 2, m[3] = 20" },
      },
      answer = function(run) return run.label end,
      why = {
        en = "Each added 1 to count in turn, but both entries went to slot 1.",
        zh = "count 先后各加了一，可两个条目都写进了 1 号槽。",
      },
    }
  end)
end

claim {
  says = {
    en = "If two goroutines write a map at once, Go tells.",
    zh = "两个 goroutine 同时写 map，Go 一定会报告。",
  },
  verdict = "false",
  evidence = {
    en = "The check is best effort: two plain looks at one bit. The runtime's own tests of it are called flaky and run only on request. go run -race would have warned here.",
    zh = "检查只是尽力而为：对同一个位普通地看两眼。运行时自己的相关测试都标为不稳定，默认不跑。用 go run -race 则会警告。",
  },
  source = "runtime/map_fast64.go:101, 176, runtime/crash_test.go:557 (Go 1.19)",
}

finally(function()
  local found = 0
  for _ in range(m) do found = found + 1 end
  return "len " .. len(m) .. ", found " .. found .. ", m[3] = " .. m[3]
end)

if fix() == "none" then
  schedule "A B A B A B A B A*7 B*7 A*6 B*6 A*2 B*2 A B A*2 B*2 B A"
  expect {
    done = true, label = "len 3, found 2, m[3] = 20", race = true,
    explore = {
      mode = "dpor", complete = true,
      outcomes = {
        { fatal = "concurrent map writes" },
        { done = true, label = "len 3, found 3, m[3] = 30" },
        { done = true, label = "len 3, found 2, m[3] = 20" },
        { done = true, label = "len 2, found 2, m[3] = 20" },
        { race = false, count = 0 },
      },
    },
  }
else
  expect {
    done = true, label = "len 3, found 3, m[3] = 30", race = false,
    explore = {
      executions = 2,
      outcomes = { { done = true, label = "len 3, found 3, m[3] = 30", count = 2 } },
    },
  }
end
