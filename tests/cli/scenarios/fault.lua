scenario { id = "fault", chapter = "t", truth = "model", title = { en = "Used after its end" }, seed = 1 }
local T = struct("T", { { "a", "u64" } })
local x = T:new { a = 1 }
main(function()
  free(x)
  x.a = 2
end)
