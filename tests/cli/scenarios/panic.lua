scenario { id = "panic", chapter = "t", truth = "real", title = { en = "Panics" }, seed = 1 }
local wg = waitgroup()
main(function()
  wg:done()
end)
expect { panic = "sync: negative WaitGroup counter" }
