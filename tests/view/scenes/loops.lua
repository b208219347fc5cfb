-- Five range loops over one map.
scenario { id = "golden-loops", truth = "real", title = { en = "Five range loops", zh = "五个遍历" } }
local m = map.make("int", "int")
for i = 1, 24 do m[i] = i end
for k = 1, 5 do
  go("loop" .. k, function() for _ in range(m) do end end)
end
