-- The article's last program: main starts a writer and a reader, calls runtime.Gosched once and returns.
-- When main returns the program is over, whatever the others were doing. (The article's loops have a
-- million rounds and time slices 10 ms; here both are cut to a picture's size.)
scenario {
  id = "ch4-main-returns", chapter = "4.3", order = 2, truth = "real", schedule = "go", procs = 1, slice = 8,
  title = { en = "main returns", zh = "main 返回了" },
  question = {
    en = "A writer and a reader share a map without a lock. Why does the program end with status 0?",
    zh = "一个写一个读，都没加锁，程序为什么以退出码 0 结束？",
  },
}

local m = map.make("int", "int")
local finished = var("bool")

main(function()
  finished.value = false
  go("writer", function()
    for i = 0, 999 do m[i] = i end
  end)
  go("reader", function()
    for i = 0, 999 do local _ = m[i] end
  end)
  gosched()
  finished.value = true -- the last thing that main does
end)

caption {
  en = "One P. {1:main} starts {2:writer} and {3:reader}, yields once, and **does not wait** for them.",
  zh = "一个 P。{1:main} 启动 {2:writer} 和 {3:reader}，让出一次，**并不等它们**。",
}
local notes = {
  { "reader: schedule",
    "{3:reader} was started last and is runnext: it runs first. **The map is still empty.**",
    "{3:reader} 最后启动，在 runnext 里，所以先跑。**map 还是空的。**" },
  { "writer: schedule",
    "{3:reader}'s time slice is over. {2:writer} is next in P's own queue.",
    "{3:reader} 的时间片用完了。本地队列里下一个是 {2:writer}。" },
  { "main: schedule #3",
    "{2:writer}'s slice is over, too. The local queue is empty, so the **global** one is asked: {1:main}.",
    "{2:writer} 的时间片也用完了。本地队列空了，去**全局队列**取：{1:main}。" },
  { "main: write finished #2",
    "{1:main} **returns, and the process ends with status 0**. {2:writer} and {3:reader} are simply gone.",
    "{1:main} **返回，进程以退出码 0 结束**。{2:writer} 和 {3:reader} 就此消失。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("main: schedule #2", function()
  ask {
    en = "{1:main} calls runtime.Gosched: it goes to the tail of the **global queue**. Who runs next?",
    zh = "{1:main} 调用 runtime.Gosched，排到**全局队列**末尾。接下来谁运行？",
    options = { { en = "{1:main}", is = "main" }, { en = "{2:writer}", is = "writer" }, { en = "{3:reader}", is = "reader" } },
    at = "schedule",
    answer = function(run) return run.goroutine end,
    why = {
      en = "Who was started last is runnext, and goes before the local queue; that goes before the global one.",
      zh = "最后启动的在 runnext 里，先于本地队列；本地队列又先于全局队列。",
    },
  }
end)

claim {
  says = {
    en = "This program fails with concurrent map read and map write.",
    zh = "这个程序会报 concurrent map read and map write。",
  },
  verdict = "partly",
  evidence = {
    en = "Go 1.19.8, 200 runs each: on two cores with GOMAXPROCS=2 171 crashed and 29 ended with status 0; with GOMAXPROCS=1 all 200 ended with status 0.",
    zh = "Go 1.19.8，各运行 200 次：双核、GOMAXPROCS=2 时崩溃 171 次，29 次以退出码 0 结束；GOMAXPROCS=1 时 200 次全部退出码 0。",
  },
  source = "runtime/proc.go:250, 272, 3366-3375 (Go 1.19); measured",
}

expect {
  done = true, race = true,
  explore = { executions = 1, outcomes = { { done = true, count = 1 } } },
}
