-- One of each that goroutines wait for each other with; `fix` chooses the way of scheduling.
fixes { "any", "go" }
scenario { id = "every-sync", chapter = "t", truth = "real", title = { en = "Every primitive" },
  seed = 5, schedule = fix(), procs = fix() == "go" and 2 or nil }
local mu, rw, wg, once, sm = mutex(), rwmutex(), waitgroup(), once(), syncmap("string", "int")
local full, hand = channel(1), channel(0)
local cond = cond(mu)
local ready = var("bool", false)
main(function()
  wg:add(2)
  go("partner", function()
    rw:rlock()
    rw:runlock()
    hand:send(1)
    select { full:on_recv(function() end) }
    mu:lock()
    ready.value = true
    cond:signal()
    mu:unlock()
    once:do_(function() gosched() end)
    wg:done()
  end)
  go("third", function()
    rw:lock()
    rw:unlock()
    if mu:trylock() then mu:unlock() end
    if rw:tryrlock() then rw:runlock() end
    if rw:trylock() then rw:unlock() end
    once:do_(function() gosched() end)
    wg:done()
  end)
  local _ = hand:recv()
  full:send(2)
  mu:lock()
  while not ready.value do cond:wait() end
  mu:unlock()
  sm:store("a", 1)
  local _ = sm:load("a")
  local _ = sm:load_or_store("a", 2)
  local _ = sm:load_or_store("b", 2)
  sm:delete("a")
  for _ in range(sm) do end
  wg:wait()
  cond:broadcast()
  full:close()
end)
expect { done = true }
