scenario { id = "wrong", chapter = "t", truth = "real", title = { en = "Expects too much" }, seed = 1 }
local m = map.make("int", "int")
main(function() m[1] = 1 end)
expect { fatal = "concurrent map writes" }
