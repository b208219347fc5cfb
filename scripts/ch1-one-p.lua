-- The article's program under Go's own scheduler with GOMAXPROCS=1 (shorter loops, the same order).
scenario {
  id = "ch1-one-p", chapter = "1", order = 6, truth = "real", schedule = "go", procs = 1,
  title = { en = "One P: the reader goes first", zh = "一个 P：读者先跑完" },
  question = {
    en = "Why does the sample program not crash with GOMAXPROCS=1?",
    zh = "GOMAXPROCS=1 时，示例程序为什么没有崩溃？",
  },
}

local m = map.make("int", "int")
local wg = waitgroup()

main(function()
  wg:add(1)
  go("writer", function()
    for i = 0, 1 do m[i] = i * 2 end
    wg:done()
  end)
  wg:add(1)
  go("reader", function()
    for i = 0, 1 do local _ = m[i] end
    wg:done()
  end)
  wg:wait()
end)

caption {
  en = "GOMAXPROCS=1: **one P**. {1:main} starts {2:writer}, then {3:reader}, and waits.",
  zh = "GOMAXPROCS=1：只有**一个 P**。{1:main} 先启动 {2:writer}，再启动 {3:reader}，然后等待。",
}
when("go #1", function()
  caption {
    en = "A new goroutine goes into **runnext**: {2:writer} is the next to run, for now.",
    zh = "新协程放进 **runnext**：眼下，下一个轮到 {2:writer}。",
  }
end)
when("go #2", function()
  ask {
    en = "{1:main} has started {3:reader}, too, and will wait. Which of the two runs first?",
    zh = "{1:main} 又启动了 {3:reader}，然后等待。两者谁先运行？",
    options = { { en = "{2:writer}", is = "writer" }, { en = "{3:reader}", is = "reader" } },
    answer = function() return len(m) > 0 and "writer" or "reader" end,
    at = "exit #1", -- whoever is through first: the writer leaves keys behind
    why = {
      en = "A new goroutine takes runnext; the one that was there goes to the end of the queue.",
      zh = "新协程占据 runnext，原来在那里的被挤到队尾。",
    },
  }
end)
when("main: synchronise wg.state2 #1", function()
  caption {
    en = "{3:reader} took **runnext** and pushed {2:writer} into the queue. Last started, first run.",
    zh = "{3:reader} 占了 **runnext**，{2:writer} 被挤进队列：后启动的先运行。",
  }
end)
when("reader: read h.count #1", function()
  caption {
    en = "{3:reader} runs alone, on an empty map. Its time slice is far longer than its loop.",
    zh = "{3:reader} 独自运行，map 还是空的。时间片远比它的循环长。",
  }
end)
when("writer: read h.flags #1", function()
  caption {
    en = "Only when {3:reader} is through does {2:writer} begin. They never met: **no fatal error**.",
    zh = "{3:reader} 结束后 {2:writer} 才开始，两者从未相遇：**没有 fatal**。",
  }
end)
when("writer: write h.count #1", function()
  caption {
    en = "Yet nothing orders the two: it is a **data race**, and go run -race reports it even here.",
    zh = "但两者之间没有先行发生关系：这仍是**数据竞争**，go run -race 在这里也会报告。",
  }
end)

claim {
  says = {
    en = "The sample will very likely crash before Wait returns.",
    zh = "示例很可能在 Wait 返回之前崩溃。",
  },
  verdict = "partly",
  evidence = {
    en = "Go 1.19.8, 1000 iterations: GOMAXPROCS=1 crashed in 0 of 200 runs, GOMAXPROCS=2 on two cores in 4 of 200. With -race 50 of 50 warned.",
    zh = "Go 1.19.8，循环 1000 次：GOMAXPROCS=1 时 200 次运行崩溃 0 次；双核 GOMAXPROCS=2 时 200 次崩溃 4 次。用 -race 时 50 次全部有警告。",
  },
  source = "runtime/proc.go:4101, 5790 (Go 1.19); measured",
}

expect { done = true, race = true }
