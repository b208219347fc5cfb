-- Two insert the same key and claim a slot by compare-and-swap. The loser goes on to the next slot
-- without looking again at the one it lost, and the key is there twice. Go's map has no CAS.
scenario {
  id = "m08-claim-by-cas", chapter = "3.2", truth = "model",
  title = { en = "The loser of a CAS inserts a duplicate", zh = "CAS 的败者插入了重复的键" },
}
fixes { "none", "look-again" }

local EMPTY, KEY = 0, 9
local Bucket = struct("bucket", { { "slot", "u8", 2 } })
local b = Bucket:new()

local function insert()
  for i = 0, 1 do
    if atomic_load(b, "slot", i) == KEY then return end
    if cas(b, "slot", i, EMPTY, KEY) then return end
    if fix() == "look-again" and atomic_load(b, "slot", i) == KEY then return end
  end
end

go("A", insert)
go("B", insert)

finally(function() return b.slot[1] == KEY and "duplicate" or "one copy" end)

if fix() == "none" then
  schedule "A B A B*"
  expect { done = true, label = "duplicate", race = false,
           explore = { executions = 6,
                       outcomes = { { done = true, label = "duplicate", count = 4 },
                                    { done = true, label = "one copy", count = 2 } } } }
else
  schedule "A B A B*"
  expect { done = true, label = "one copy", race = false,
           explore = { executions = 6,
                       outcomes = { { done = true, label = "one copy", count = 6 } } } }
end
