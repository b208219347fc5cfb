-- Two growths raise B by compare-and-swap and do not look whether it succeeded. Go's hashGrow adds
-- to B with a load and a store; nothing in the map is a compare-and-swap.
scenario {
  id = "m13-cas-without-retry", chapter = "3.1", truth = "model",
  title = { en = "A failed CAS that nobody repeats", zh = "失败后无人重试的 CAS" },
}
fixes { "none", "retry" }

local Hmap = struct("hmap", { { "B", "u8" } })
local h = Hmap:new { B = 3 }

local function grow()
  repeat
    local B = atomic_load(h, "B")
  until cas(h, "B", B, B + 1) or fix() == "none"
end

go("A", grow)
go("B", grow)

finally(function() return "B+" .. h.B - 3 end)

if fix() == "none" then
  schedule "A B A B"
  expect { done = true, label = "B+1", race = false,
           explore = { executions = 6, outcomes = { { done = true, label = "B+1", count = 4 },
                                                    { done = true, label = "B+2", count = 2 } } } }
else
  schedule "A B A B*"
  expect { done = true, label = "B+2", race = false,
           explore = { executions = 6, outcomes = { { done = true, label = "B+2", count = 6 } } } }
end
