-- Ps and their queues where there is no map.
scenario {
  id = "golden-board", truth = "real", schedule = "go", procs = 8,
  title = { en = "Eight Ps", zh = "八个 P" },
}
local n = var("int")
for i = 1, 40 do
  go("w" .. i, function() for _ = 1, 6 do atomic_add(n, 1) end end)
end
