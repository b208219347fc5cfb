-- Two transfers between two locked maps, each locking its own source first. Each gets one lock and
-- waits for the other's. Locking in one order for all cures it.
scenario {
  id = "m11-lock-order", chapter = "4.2", truth = "model",
  title = { en = "Two locks in two orders", zh = "两把锁，两种顺序" },
}
fixes { "none", "one-order" }

local a, b = mutex(), mutex()

local function transfer(first, second)
  first:lock()
  second:lock()
  second:unlock()
  first:unlock()
end

go("T1", transfer, a, b)
if fix() == "one-order" then go("T2", transfer, a, b) else go("T2", transfer, b, a) end

if fix() == "none" then
  schedule "T1 T2"
  expect { deadlock = true, race = false,
           explore = { executions = 6, outcomes = { { deadlock = true, count = 2 },
                                                    { done = true, count = 4 } } } }
else
  expect { done = true, race = false,
           explore = { executions = 2, outcomes = { { done = true, count = 2 } } } }
end
