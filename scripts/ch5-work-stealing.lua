-- Go's scheduler at work: each P has its own queue of goroutines, and one that runs out of work steals half
-- of another's.
scenario {
  id = "ch5-work-stealing", chapter = "5", order = 8, truth = "real", schedule = "go", procs = 2,
  title = { en = "Work stealing", zh = "工作窃取" },
  question = {
    en = "main starts four goroutines on P0. Who runs them, where, and in which order?",
    zh = "main 在 P0 上启动四个 goroutine。谁来运行？在哪个 P？先后如何？",
  },
}

local started, all = var("int"), waitgroup()
local rounds = struct("rounds", { { "of", "int", 4 } }):new()

local function worker(i)
  rounds.of[i] = 1
  rounds.of[i] = 2
  all:done()
end

main(function()
  all:add(4)
  for i = 0, 3 do
    go("w" .. i, worker, i)
    started.value = i + 1
  end
  all:wait()
end)

caption {
  en = "Two Ps. P0 runs {1:main}, which starts four workers and waits for all of them. **P1 sleeps.**",
  zh = "两个 P。P0 运行 {1:main}，它启动四个 worker 再等它们结束。**P1 在睡眠。**",
}
local notes = {
  { "main: write started #1",
    "{2:w0} became P0's **runnext**, and P1 was woken. Then {3:w1} took runnext: w0 went to the **queue**.",
    "{2:w0} 先进 P0 的 **runnext**，同时唤醒 P1。接着 {3:w1} 占了 runnext，w0 进**本地队列**。" },
  { "w1: schedule",
    "P1 **steals half** of P0's queue, rounded up: w0 and w1. It runs the last of them, **w1**; w0 waits in its queue.",
    "P1 **偷走** P0 队列的**一半**（向上取整）：w0、w1。它运行最后的 **w1**，w0 进自己的队列。" },
  { "main: synchronise all.state2 #1",
    "{1:main} waits for the workers: it is parked, in no queue.",
    "{1:main} 等待 worker：被挂起，不在任何队列里。" },
  { "w3: schedule",
    "P0 takes **runnext** first: w3, started last.",
    "P0 先取 **runnext**：最后启动的 w3。" },
  { "w2: schedule", "Then its own queue: w2. After that P0 has nothing left.", "再取自己的队列：w2。之后 P0 就空了。" },
  { "w0: schedule",
    "P1 is still busy with w1. Now **P0 steals** w0 back.",
    "P1 还在忙 w1。这回轮到 **P0 把 w0 偷回来**。" },
  { "main: schedule #2",
    "The last worker made {1:main} runnable again.",
    "最后一个 worker 让 {1:main} 重新可运行。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("main: write started #4", function()
  ask {
    en = "All started: {5:w3} in runnext, w0, w1, w2 in P0's queue. P1 has nothing, and steals. Whom does it run?",
    zh = "四个都启动了：{5:w3} 在 runnext，w0、w1、w2 在 P0 的队列。P1 无事可做，去偷。它先运行谁？",
    options = { { en = "{2:w0}", is = "w0" }, { en = "{3:w1}", is = "w1" }, { en = "{4:w2}", is = "w2" }, { en = "{5:w3}", is = "w3" } },
    at = "schedule",
    answer = function(run) return run.goroutine end,
    why = {
      en = "It takes half of the queue, rounded up: w0 and w1, and runs the last that it took.",
      zh = "它偷走队列的一半（向上取整）：w0 和 w1，先运行最后偷到的那个。",
    },
  }
end)

claim {
  says = {
    en = "Goroutines run in the order in which they were started.",
    zh = "goroutine 按启动顺序运行。",
  },
  verdict = "false",
  evidence = {
    en = "The last started is runnext and goes first on its P; others may be stolen by any P at any moment. Nothing but synchronisation orders goroutines.",
    zh = "最后启动的在 runnext 里，在它的 P 上最先运行；其余的随时可能被别的 P 偷走。只有同步才能给 goroutine 定序。",
  },
  source = "runtime/proc.go:4101, 5790-5801, 2910-2915, 5968 (Go 1.19)",
}

schedule "^0 main*5 ^1 w1 main*3 ^0 w3*3 ^0 w2*3 ^0 w0*3 w1*"
expect {
  done = true, race = false,
  explore = { mode = "dpor", complete = true, outcomes = { { done = true, race = false } } },
}
