scenario {
  id = "ch1-read-write", chapter = "1", truth = "real",
  title = { en = "A read meets a write", zh = "读写相遇" },
  seed = 7,
}

local m  = map.make("int", "int")
local wg = waitgroup()

main(function()
  wg:add(2)
  go("writer", function()
    for i = 0, 999 do m[i] = i * 2 end
    wg:done()
  end)
  go("reader", function()
    for i = 0, 999 do local _ = m[i] end
    wg:done()
  end)
  wg:wait()
end)

expect { fatal = "concurrent map read and map write" }
