-- Everybody waits for something else; cond's waiter and once's have their own frames.
fixes { "any", "go" }
scenario { id = "asleep", chapter = "t", truth = "real", title = { en = "All asleep" }, seed = 1,
  schedule = fix(), procs = fix() == "go" and 1 or nil }
local mu, rw, wg, once, own = mutex(), rwmutex(), waitgroup(), once(), mutex()
local c, full, never = channel(0), channel(1), nil_channel()
local cond = cond(own)
main(function()
  full:send(1)
  mu:lock()
  rw:rlock()
  wg:add(1)
  go("locks", function() mu:lock() end)
  go("writes", function() rw:lock() end)
  go("waits", function() wg:wait() end)
  go("receives", function() c:recv() end)
  go("sends", function() full:send(2) end)
  go("chooses", function() select { c:on_recv(function() end), full:on_send(3, function() end) } end)
  go("nothing", function() select {} end)
  go("takes", function() never:recv() end)
  go("gives", function() never:send(1) end)
  go("listens", function() own:lock() cond:wait() end)
  go("first", function() once:do_(function() c:recv() end) end)
  gosched()
  go("second", function() once:do_(function() end) end)
  gosched()
  go("reads", function() rw:rlock() end)
  for _ in range(c) do end
end)
