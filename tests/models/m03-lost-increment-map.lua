-- The same on the simulated map itself: A has loaded the old value when B runs.
scenario {
  id = "m03-lost-increment-map", chapter = "3.2", truth = "real",
  title = { en = "m[7]++ twice, one increment", zh = "两次 m[7]++，只加了一次" },
}

local m = map.make("int", "int")
m[7] = 0

go("A", function() m:add(7, 1) end)
go("B", function() m:add(7, 1) end)

finally(function() return "value " .. m[7] end)

schedule "A*14 B* A"
expect { done = true, label = "value 1", race = true }
