scenario { id = "deadlock", chapter = "t", truth = "real", title = { en = "Locked twice" }, seed = 1 }
local mu = mutex()
main(function()
  mu:lock()
  mu:lock()
end)
expect { deadlock = true }
