-- A goroutine holds a read lock and takes it again. A writer that announced itself in between holds
-- new readers off, and waits for the first lock's release: the reader waits for itself.
scenario {
  id = "m12-reader-waits-for-itself", chapter = "4.1", truth = "real",
  title = { en = "A second RLock behind a waiting writer", zh = "等待中的写者之后的第二次 RLock" },
}
fixes { "none", "once" }

local mu = rwmutex()

go("reader", function()
  mu:rlock()
  if fix() == "none" then
    mu:rlock()
    mu:runlock()
  end
  mu:runlock()
end)

go("writer", function()
  mu:lock()
  mu:unlock()
end)

if fix() == "none" then
  schedule "reader writer"
  expect { deadlock = true, race = false,
           explore = { executions = 5, outcomes = { { deadlock = true, count = 1 },
                                                    { done = true, count = 4 } } } }
else
  expect { done = true, race = false,
           explore = { executions = 3, outcomes = { { done = true, count = 3 } } } }
end
