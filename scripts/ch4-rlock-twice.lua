-- Readers share an RWMutex, but a writer that waits holds new readers off. A reader that locks again is
-- a new reader.
fixes { "none", "once" }
scenario {
  id = "ch4-rlock-twice", chapter = "4.1", order = 3, truth = "real",
  title = { en = "A second RLock behind a waiting writer", zh = "等待中的写者身后，第二次 RLock" },
  question = {
    en = "Readers share the lock. Why does a second RLock wait for ever?",
    zh = "读锁可以共享，为什么第二次 RLock 会永远等下去？",
  },
}

local mu = rwmutex()

go("reader", function()
  mu:rlock()
  caption {
    en = "{1:reader} holds a **read lock**. Other readers could come in.",
    zh = "{1:reader} 持有**读锁**。此时别的读者还能进来。",
  }
  if fix() == "none" then
    mu:rlock()
    caption {
      en = "{1:reader} has got the second read lock. No writer was waiting: **by luck**.",
      zh = "{1:reader} 拿到了第二个读锁。当时恰好没有写者在等：**纯属侥幸**。",
    }
    mu:runlock()
  end
  mu:runlock()
  caption {
    en = "{1:reader} has given back what it held.",
    zh = "{1:reader} 归还了持有的读锁。",
  }
end)

go("writer", function()
  mu:lock()
  caption {
    en = "{2:writer} holds the lock alone.",
    zh = "{2:writer} 独占了锁。",
  }
  mu:unlock()
end)

caption(fix() == "none" and {
  en = "{1:reader} takes the read lock and, deeper in its code, **once more**. {2:writer} wants to write.",
  zh = "{1:reader} 加读锁，在更深的调用里**又加一次**。{2:writer} 想写。",
} or {
  en = "The cure: a goroutine takes a read lock **once**, and passes on that it holds it.",
  zh = "解法：一个 goroutine 只加**一次**读锁，往下传递“已持锁”。",
})
if fix() == "none" then
  when("reader: synchronise #1", function()
    ask {
      en = "{1:reader} holds a read lock, and {2:writer} calls Lock now: it has to wait. May readers still come in?",
      zh = "{1:reader} 持有读锁，{2:writer} 现在调用 Lock，只能等。这时还能再进读者吗？",
      options = { { en = "Yes, readers share the lock", zh = "能，读锁可以共享", is = "done" },
        { en = "No, the writer's turn comes first", zh = "不能，先轮到写者", is = "deadlock" } },
      answer = function(run) return run.outcome end,
      why = {
        en = "Else a stream of readers could keep a writer out for ever. But {1:reader} itself wants to come in again.",
        zh = "否则读者络绎不绝，写者就永远进不去。可是 {1:reader} 自己还要再进一次。",
      },
    }
  end)
  when("writer: synchronise #1", function()
    caption {
      en = "{2:writer} **announces itself**, so new readers wait. {1:reader}'s second RLock is one: each waits for the other. **Deadlock.**",
      zh = "{2:writer} **先登记**，新的读者就得等。{1:reader} 的第二次 RLock 也算：互相等待，**死锁**。",
    }
  end)
end

claim {
  says = {
    en = "Only a write lock must not be taken twice.",
    zh = "只有写锁不能重复加。",
  },
  verdict = "false",
  evidence = {
    en = "A pending Lock blocks new readers, even one that holds a read lock: sync's documentation forbids recursive read locking. 1 of 5 orders deadlocks here.",
    zh = "有写者在等时，新的 RLock 会阻塞，哪怕它已持有读锁：sync 文档明令禁止递归读锁。这里 5 种顺序有 1 种死锁。",
  },
  source = "sync/rwmutex.go:22-27, 69, 147-153 (Go 1.19); explored",
}

if fix() == "none" then
  schedule "reader writer"
  expect {
    deadlock = true, race = false,
    explore = {
      executions = 5,
      outcomes = { { deadlock = true, count = 1 }, { done = true, count = 4 } },
    },
  }
else
  schedule "reader writer"
  expect {
    done = true, race = false,
    explore = { executions = 3, outcomes = { { done = true, count = 3 } } },
  }
end
