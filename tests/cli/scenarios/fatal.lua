scenario { id = "fatal", chapter = "t", truth = "real", title = { en = "Two writers" }, seed = 1 }
local m = map.make("int", "int")
local wg = waitgroup()
main(function()
  wg:add(2)
  go("writer", function()
    m[1] = 1
    wg:done()
  end)
  go("other", function()
    m[2] = 2
    wg:done()
  end)
  wg:wait()
end)
schedule "main writer*5 other*"
expect { fatal = "concurrent map writes" }
