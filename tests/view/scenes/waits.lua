-- Locks, groups and channels with those who wait there.
scenario { id = "golden-waits", truth = "real", title = { en = "Who waits", zh = "谁在等" } }
local mu, rw, wg, done = mutex(), rwmutex(), waitgroup(), once()
local ch, big = channel(0, "int"), channel(16, "int")
local x = var("int")
wg:add(20)
for i = 1, 10 do
  go("locker" .. i, function() mu:lock() x.value = i big:send(i) mu:unlock() wg:done() end)
end
for i = 1, 5 do
  go("reader" .. i, function() rw:rlock() local _ = x.value rw:runlock() wg:done() end)
end
go("writer", function() rw:lock() x.value = 100 rw:unlock() ch:send(1) end)
for i = 1, 5 do
  go("receiver" .. i, function() ch:recv() wg:done() end)
end
go("waiter", function() wg:wait() done:run(function() end) end)
