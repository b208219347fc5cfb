-- A mutex does not know who holds it, so locking it twice waits for oneself for ever. A Go map has
-- no mutex: two assignments in a row never wait.
scenario {
  id = "m10-locked-twice", chapter = "4.1", truth = "model",
  title = { en = "A lock that waits for its own holder", zh = "等待自己持有者的锁" },
}
-- "owner": a lock with an owner and a depth, shown because people ask for it.
fixes { "none", "split", "owner" }

local mu = mutex()
local Owner = struct("owner", { { "g", "i64" }, { "depth", "i64" } })
local owner = Owner:new()
local sum = var("i64")
local ME = 1

local function lock()
  if fix() == "owner" then
    if atomic_load(owner, "g") == ME then
      owner.depth = owner.depth + 1
      return
    end
    mu:lock()
    atomic_store(owner, "g", ME)
    return
  end
  mu:lock()
end

local function unlock()
  if fix() == "owner" then
    local depth = owner.depth
    if depth > 0 then
      owner.depth = depth - 1
      return
    end
    atomic_store(owner, "g", 0)
  end
  mu:unlock()
end

local function assign_locked() sum.value = 42 end

local function assign()
  lock()
  assign_locked()
  unlock()
end

go("writer", function()
  lock()
  if fix() == "split" then assign_locked() else assign() end
  unlock()
end)

finally(function() return "sum " .. sum.value end)

if fix() == "none" then
  expect { deadlock = true, label = "sum 0",
           explore = { executions = 1, outcomes = { { deadlock = true, count = 1 } } } }
else
  expect { done = true, label = "sum 42",
           explore = { executions = 1, outcomes = { { done = true, count = 1 } } } }
end
