-- False sharing: two cores count in turns, each in its own field. In one cache line every write
-- fetches the line from the other core; with padding each fetches its own once. The ticks are made
-- up. In Go's map header, count, flags and B always share a line, which says nothing about right or
-- wrong.
scenario {
  id = "fs-one-line", chapter = "3.1", truth = "model",
  title = { en = "Two counters in one cache line", zh = "同一缓存行里的两个计数器" },
}
fixes { "none", "padding" }
layout { cache_lines = true }

local Counters
if fix() == "padding" then
  Counters = struct("padded", { { "a", "u64" }, { "pad", "u8", 56 }, { "b", "u64" } })
else
  Counters = struct("counters", { { "a", "u64" }, { "b", "u64" } })
end
local counters = Counters:new()

local function count(field)
  for i = 1, 10 do counters[field] = i end
end

go("core0", count, "a")
go("core1", count, "b")

finally(function() return "a " .. counters.a .. ", b " .. counters.b end)

schedule(string.rep("core0 core1 ", 10))
expect { done = true, label = "a 10, b 10", race = false }
