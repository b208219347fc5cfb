scenario { id = "depends", chapter = "t", truth = "real", title = { en = "Not by its results alone" } }
local v = var("u64", 0)
local calls = 0
main(function()
  calls = calls + 1
  for i = 1, calls do v.value = i end
end)
