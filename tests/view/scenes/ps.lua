-- Sixteen Ps with queues, and a lock that many wait for.
scenario {
  id = "golden-ps", truth = "real", schedule = "go", procs = 16,
  title = { en = "Sixteen Ps", zh = "十六个 P" },
}
local m, mu = map.make("int", "int"), mutex()
for i = 1, 100 do
  go("w" .. i, function() mu:lock() m[i] = i mu:unlock() end)
end
