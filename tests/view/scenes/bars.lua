-- A map seen from afar, by many goroutines.
scenario { id = "golden-bars", truth = "real", title = { en = "Two hundred writers", zh = "两百个写者" } }
local m, mu = map.make("int", "int"), mutex()
for i = 1, 410 do m[i] = i end
for i = 1, 200 do
  go("w" .. i, function() mu:lock() m[1000 + i] = i mu:unlock() end)
end
