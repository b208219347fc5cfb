-- Two increments of one variable; WANTED is what the test puts there.
scenario { id = "lost", chapter = "0", truth = "model", title = { en = "Lost", zh = "丢失" } }
local x = var("int", 0)
for i = 1, 2 do
  go("g" .. i, function() x.value = x.value + 1 end)
end
finally(function() return "x " .. x.value end)
expect { done = true, explore = { --[[WANTED]] } }
