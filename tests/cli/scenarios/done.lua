scenario { id = "done", chapter = "t", truth = "real", title = { en = "Ends well" }, seed = 1 }
local m = map.make("int", "int")
main(function()
  m[1] = 10
  m[2] = m[1] + 10
end)
finally(function() return "sum " .. (m[1] + m[2]) end)
expect { done = true, label = "sum 30" }
