-- The same program with two Ps: a second thread may run the writer while the reader runs.
scenario {
  id = "ch1-two-p", chapter = "1", order = 7, truth = "real", schedule = "go", procs = 2,
  title = { en = "Two Ps: now they can meet", zh = "两个 P：这下能相遇了" },
  question = {
    en = "What has to happen first before a second P makes the program crash?",
    zh = "第二个 P 要先做到什么，程序才会崩溃？",
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
  en = "GOMAXPROCS=2: P0 runs {1:main}. **P1 sleeps.**",
  zh = "GOMAXPROCS=2：P0 运行 {1:main}，**P1 还在睡眠**。",
}
when("go #1", function()
  caption {
    en = "{1:main} starts {2:writer}: it is P0's runnext. Then it wakes P1.",
    zh = "{1:main} 启动 {2:writer}，放进 P0 的 runnext，并唤醒 P1。",
  }
end)
when("writer: schedule", function()
  caption {
    en = "P1 is awake and **steals** {2:writer}. On a real machine waking it often takes longer than 1000 iterations.",
    zh = "P1 醒来，**偷走** {2:writer}。真实机器上，唤醒线程往往比 1000 次循环还慢。",
  }
end)
when("reader: schedule", function()
  caption {
    en = "{1:main} waits, and P0 takes {3:reader}. Now both run **at the same time**.",
    zh = "{1:main} 开始等待，P0 取走 {3:reader}。两者**同时**在运行。",
  }
end)
when("writer: read h.flags #5", function()
  ask {
    en = "Both are running. Who can end this program, and will?",
    zh = "两者都在运行。谁会让程序终止？",
    options = {
      { en = "{2:writer}", is = "writer" },
      { en = "{3:reader}", is = "reader" },
      { en = "Nobody", zh = "都不会", is = "nobody" },
    },
    answer = function(run) return run.crashed end,
    why = {
      en = "A reader sets no bit, so a writer never sees one. A reader sees the writer's bit, if it looks in time.",
      zh = "读者不置位，写者永远看不到读者；读者看得到写者的位，只要看得正是时候。",
    },
  }
end)
when("writer: write h.flags #3", function()
  caption {
    en = "{2:writer} is in its second insert: **hashWriting** is set.",
    zh = "{2:writer} 正在第二次插入：**hashWriting** 已置位。",
  }
end)
when("fatal", function()
  caption {
    en = "{3:reader} reads flags while the bit is set: **fatal**. A few steps earlier it would have passed.",
    zh = "{3:reader} 恰好在置位期间读 flags：**fatal**。早几步就放过去了。",
  }
end)

claim {
  says = {
    en = "The sample will very likely crash before Wait returns.",
    zh = "示例很可能在 Wait 返回之前崩溃。",
  },
  verdict = "partly",
  evidence = {
    en = "Go 1.19.8 on two cores, GOMAXPROCS=2: 1000 iterations crashed in 4 of 200 runs, 100000 iterations in 139 of 200.",
    zh = "Go 1.19.8，双核，GOMAXPROCS=2：循环 1000 次，200 次运行崩溃 4 次；循环 100000 次，崩溃 139 次。",
  },
  source = "runtime/proc.go:2910, 5970 (Go 1.19); measured",
}

schedule "^0 main ^1 main writer*22 main* ^0 writer*4 reader*"
expect {
  fatal = "concurrent map read and map write", race = true,
  explore = {
    complete = true,
    outcomes = { { done = true, race = true }, { fatal = "concurrent map read and map write" } },
  },
}
