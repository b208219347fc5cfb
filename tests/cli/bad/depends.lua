scenario { id = "depends", chapter = "t", truth = "real", title = { en = "Not by its results alone" } }
local v = var("u64", 0)
local calls = 0
local function body()
  calls = calls + 1
  v.value = calls
end
go("a", body)
go("b", body)
