-- Three writers of one write each, to one real map.
scenario {
  id = "three-writers", chapter = "3.2", truth = "real",
  title = { en = "Three writers", zh = "三个写者" },
}
local m = map.make("int", "int")
for i = 1, 3 do
  go("writer" .. i, function() m[i] = i end)
end
