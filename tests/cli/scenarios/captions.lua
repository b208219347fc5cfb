scenario { id = "captions", chapter = "t", truth = "real", title = { en = "Explained" }, seed = 1 }
local m = map.make("int", "int")
caption { en = "Before the first step" }
main(function()
  m[1] = 10
  caption { en = "One pair is in the map" }
  m[2] = 20
end)
expect { done = true }
