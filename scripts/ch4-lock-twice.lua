-- A sync.Mutex does not know who holds it. Whoever locks it twice waits for oneself.
fixes { "none", "split" }
scenario {
  id = "ch4-lock-twice", chapter = "4.1", order = 2, truth = "real", schedule = "go", procs = 1,
  title = { en = "A lock taken twice", zh = "同一把锁，锁了两次" },
  question = {
    en = "main holds the mutex. Why does it wait, and for whom?",
    zh = "main 已经持有锁，为什么还要等？在等谁？",
  },
}

local total, mu = var("int"), mutex()

-- For those who hold mu already.
local function add_locked(n) total.value = total.value + n end

local function add(n)
  mu:lock()
  add_locked(n)
  mu:unlock()
end

main(function()
  mu:lock()
  caption {
    en = "{1:main} has **locked** mu, to do several things at once ...",
    zh = "{1:main} **锁住**了 mu，想一口气做几件事……",
  }
  local plus = fix() == "split" and add_locked or add
  plus(42)
  caption {
    en = "42 is added. add_locked **takes no lock**: its caller holds it.",
    zh = "加上了 42。add_locked **不加锁**：由调用者持有。",
  }
  plus(84)
  mu:unlock()
  caption {
    en = "{1:main} unlocks mu. **One lock, two additions.**",
    zh = "{1:main} 解锁 mu。**加锁一次，做了两次加法。**",
  }
end)

caption(fix() == "none" and {
  en = "{1:main} locks mu and then calls add, which **locks mu** as well.",
  zh = "{1:main} 锁住 mu，再调用 add，而 add **也要锁 mu**。",
} or {
  en = "The cure: split add in two. Whoever holds the lock calls **add_locked**.",
  zh = "解法：把 add 拆成两个。已持锁的调用 **add_locked**。",
})
when("failed compare and swap mu.state", function()
  caption {
    en = "add locks mu again. state is 1: **locked**. By whom, a mutex does not record.",
    zh = "add 又来锁 mu。state 为 1：**已锁**。锁在谁手里，互斥锁并不记录。",
  }
end)
if fix() == "none" then
  ask {
    en = "What does the second Lock do, called by the very goroutine that holds mu?",
    zh = "持有 mu 的 goroutine 自己再调用一次 Lock，会怎样？",
    options = {
      { en = "It panics", zh = "panic", is = "panic" },
      { en = "It returns: the lock is its own", zh = "直接返回：锁本来就是它的", is = "done" },
      { en = "It waits for ever", zh = "永远等下去", is = "deadlock" },
    },
    answer = function(run) return run.outcome end,
    why = {
      en = "A mutex does not record who holds it. It is locked, so Lock waits, for an Unlock that cannot come.",
      zh = "互斥锁不记录谁持有它。既然锁着，Lock 就等，而那个 Unlock 永远不会来。",
    },
  }
  when("compare and swap mu.state #2", function()
    caption {
      en = "state = 9: locked (1), and one waiter (8). {1:main} is going to sleep.",
      zh = "state = 9：已锁（1），一个等待者（8）。{1:main} 要去睡眠了。",
    }
  end)
  when("synchronise mu.sema", function()
    caption {
      en = "{1:main} sleeps until mu is unlocked. Only {1:main} would do that, and nobody else can run: **deadlock**.",
      zh = "{1:main} 睡到 mu 解锁为止，而会解锁的只有它自己。没有别人可运行：**死锁**。",
    }
  end)
end

claim {
  says = {
    en = "A mutex is not reentrant; locking it again panics in debug mode.",
    zh = "互斥锁不可重入；调试模式下重复加锁会 panic。",
  },
  verdict = "partly",
  evidence = {
    en = "Not reentrant: true. It never panics, it waits. When nothing else can run: fatal error: all goroutines are asleep - deadlock! [semacquire], status 2.",
    zh = "不可重入是对的。但它从不 panic，只会等待。再无 goroutine 可运行时：fatal error: all goroutines are asleep - deadlock! [semacquire]，退出码 2。",
  },
  source = "sync/mutex.go:81, runtime/proc.go:5117 (Go 1.19); measured",
}

if fix() == "none" then
  expect {
    deadlock = true,
    explore = { executions = 1, outcomes = { { deadlock = true, count = 1 } } },
  }
else
  expect {
    done = true, race = false,
    explore = { executions = 1, outcomes = { { done = true, count = 1 } } },
  }
end
