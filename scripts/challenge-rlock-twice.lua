-- Challenge 8: a read lock taken twice is safe, until a writer comes in between.
scenario {
  id = "challenge-rlock-twice", chapter = "6.8", truth = "real",
  title = { en = "A reader waits for itself", zh = "读者等自己" },
  question = {
    en = "Why does the second RLock wait for a writer that has not got the lock?",
    zh = "写者还没拿到锁，第二次 RLock 为什么要等它？",
  },
}

local mu = rwmutex()
local n = var("int", 0)

go("reader", function()
  mu:rlock()
  mu:rlock()
  local _ = n.value
  mu:runlock()
  mu:runlock()
end)

go("writer", function()
  mu:lock()
  n.value = n.value + 1
  mu:unlock()
end)

caption {
  en = "{1:reader} takes the read lock twice, one inside the other. {2:writer} wants the write lock.",
  zh = "{1:reader} 嵌套地加了两次读锁。{2:writer} 要加写锁。",
}

challenge {
  goal = { deadlock = true },
  task = { en = "Let the reader wait for itself.", zh = "让读者等自己。" },
  hint = {
    en = "A waiting writer goes before new readers.",
    zh = "有写者在等，新来的读者就要排在后面。",
  },
  praise = {
    en = "The writer waits for the first RLock, the second RLock waits for the writer.",
    zh = "写者等第一次 RLock 释放，第二次 RLock 等写者。",
  },
}

claim {
  says = { en = "A read lock may be taken again while it is held.", zh = "持有读锁时可以再加读锁。" },
  verdict = "false",
  evidence = {
    en = "The documentation forbids recursive read locking: a Lock in between excludes new readers.",
    zh = "文档禁止递归读锁：中间来的 Lock 会挡住新的读者。",
  },
  source = "sync/rwmutex.go:22-27 (Go 1.19); explored",
}

schedule "reader writer"
expect {
  deadlock = true,
  explore = { executions = 6, outcomes = { { deadlock = true, count = 1 }, { done = true, count = 5 } } },
}
