-- GOMAXPROCS=1: one goroutine runs at a time, and still two writers meet. The runtime may take a goroutine
-- off its P at the beginning of a function, and a growing map calls functions. (A time slice is 10 ms in
-- Go; here it is some twenty steps.)
fixes { "none", "hint", "mutex" }
scenario {
  id = "ch5-one-p", chapter = "5", order = 7, truth = "real", schedule = "go", procs = 1, slice = 20,
  title = { en = "One P is not safe", zh = "一个 P 也不安全" },
  question = {
    en = "Only one goroutine runs at a time. How can two be inside a map write?",
    zh = "同一时刻只有一个 goroutine 在运行，怎么会有两个在写 map？",
  },
}

local mu = fix() == "mutex" and mutex()
-- "hint": room for 16 keys from the start, so that nothing grows.
local m = map.make("int", "int", fix() == "hint" and 16 or 8)
for k = 1, 8 do m[k] = k * 10 end

local function insert(k)
  if mu then mu:lock() end
  m[k] = k * 10
  if mu then mu:unlock() end
end

go("A", insert, 9)
go("B", insert, 10)

local openings = {
  none = {
    en = "**One P.** Eight keys fill the map. {1:A} inserts key 9 and {2:B} key 10, one after the other?",
    zh = "**一个 P。**八个键占满了 map。{1:A} 插入键 9，{2:B} 插入键 10，会一个接一个吗？",
  },
  hint = {
    en = "The same with **room for all**: nothing grows, and inside such a write no goroutine is taken off.",
    zh = "同样的程序，但**空间足够**：不会扩容，这样的写中途不会被抢占。",
  },
  mutex = {
    en = "The cure: a **mutex**. Being taken off the P does no harm, the lock stays.",
    zh = "解法：**互斥锁**。被抢占也没关系，锁还在手里。",
  },
}
caption(openings[fix()])
ask {
  en = "One P. {1:A} inserts key 9, {2:B} key 10. Who ends the program with a fatal error?",
  zh = "一个 P。{1:A} 插入键 9，{2:B} 插入键 10。谁会以 fatal error 终止程序？",
  options = { { en = "{1:A}", is = "A" }, { en = "{2:B}", is = "B" }, { en = "Nobody", zh = "没有人", is = "nobody" } },
  answer = function(run) return run.crashed end,
  why = fix() == "none" and {
    en = "{1:A} is taken off the P inside its write, and {2:B} finds its flag.",
    zh = "{1:A} 写到一半被换下，{2:B} 看到了它留下的标志。",
  } or {
    en = "In this run no write begins inside another one.",
    zh = "这次运行里，没有哪次写是在另一次写的中途开始的。",
  },
}
when("A: write h.flags #1", function()
  caption { en = "{1:A} sets **hashWriting**.", zh = "{1:A} 置位 **hashWriting**。" }
end)
if fix() ~= "hint" then
  when("A: write h.buckets", function()
    caption {
      en = "No room: {1:A} grows the map. Its **time slice ends**, and it can be taken off where **growWork** begins.",
      zh = "没有空位，{1:A} 扩容，**时间片用完了**：下一个函数入口 **growWork** 处就可以抢占。",
    }
  end)
end
if fix() == "none" then
  when("B: schedule #1", function()
    caption {
      en = "The P takes up {2:B}. {1:A} waits in the global queue, **in the middle of its write**: flags = 4.",
      zh = "P 取走 {2:B}。{1:A} **写到一半**，排在全局队列里：flags = 4。",
    }
  end)
  when("fatal", function()
    caption {
      en = "{2:B} sees hashWriting: **concurrent map writes**, on a single P.",
      zh = "{2:B} 看到 hashWriting：在单个 P 上报 **concurrent map writes**。",
    }
  end)
elseif fix() == "hint" then
  when("B: read h.flags #1", function()
    caption {
      en = "{1:A} got through before {2:B} began: no crash. Yet nothing orders them, it is a **data race**.",
      zh = "{1:A} 写完 {2:B} 才开始：没崩溃。但两者之间没有同步，仍是**数据竞争**。",
    }
  end)
else
  when("B: failed compare and swap mu.state", function()
    caption {
      en = "{2:B} wants the lock while {1:A} is off the P: it **waits**.",
      zh = "{1:A} 被抢占期间 {2:B} 来要锁：只能**等**。",
    }
  end)
  when("B: exit", function()
    caption {
      en = "{2:B} got the lock when {1:A} was through. **Ten keys**, no crash.",
      zh = "{1:A} 写完，{2:B} 才拿到锁。**十个键**，没有崩溃。",
    }
  end)
end

claim {
  says = {
    en = "With GOMAXPROCS=1 a map needs no lock.",
    zh = "GOMAXPROCS=1 时 map 不用加锁。",
  },
  verdict = "false",
  evidence = {
    en = "Go 1.19.8, GOMAXPROCS=1, two goroutines that insert 100000 keys each into a growing map: 100 of 100 runs crashed. With updates only, 0 of 3 runs of 100 million writes each.",
    zh = "Go 1.19.8，GOMAXPROCS=1，两个 goroutine 各往增长中的 map 插入 10 万个键：100 次运行全部崩溃。只更新、不扩容时，每个 goroutine 写一亿次，3 次运行都没有崩溃。",
  },
  source = "runtime/preempt.go:287, 425-438, runtime/stack.go:1021-1027 (Go 1.19); measured",
}

finally(function() return len(m) .. " keys" end)

if fix() == "none" then
  expect {
    fatal = "concurrent map writes", race = true,
    -- One P leaves nothing open: there is one order, and it crashes.
    explore = { executions = 1, outcomes = { { fatal = "concurrent map writes", count = 1 } } },
  }
else
  expect { done = true, label = "10 keys", race = fix() == "hint" }
end
