-- The same on the simulated map itself, with a key type whose routines compare tophash first.
scenario {
  id = "m15-stale-seed-map", chapter = "3.3", truth = "real",
  title = { en = "A stored key that the map does not find", zh = "存进去却找不到的键" },
}

local m = map.make("float64", "int")
m[1] = 10

go("deleter", function() delete(m, 1) end)
go("inserter", function() m[2] = 20 end)

finally(function()
  local _, found = m:get(2)
  return found and "found" or "unfindable"
end)

schedule "inserter*3 deleter* inserter*"
expect { done = true, label = "unfindable", race = true }
