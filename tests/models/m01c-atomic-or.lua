-- What if the flag were set by an atomic OR? Two writers that both passed the first check leave the
-- bit set, so neither learns of the other: that is why Go toggles with XOR.
scenario {
  id = "m01c-atomic-or", chapter = "2.1", truth = "model",
  title = { en = "An atomic OR hides the second writer", zh = "原子或掩盖了第二个写者" },
}

local WRITING = 4
local Hmap = struct("hmap", { { "count", "i64" }, { "flags", "u8" } })
local h = Hmap:new()

local function crash_if(bad, where)
  if not bad then return end
  label(where)
  fatal "concurrent map writes"
end

local function write()
  crash_if(atomic_load(h, "flags") & WRITING ~= 0, "at entry")
  atomic_or(h, "flags", WRITING)
  h.count = h.count + 1
  crash_if(atomic_load(h, "flags") & WRITING == 0, "at exit")
  atomic_and(h, "flags", 0xff & ~WRITING)
end

go("A", write)
go("B", write)

finally(function() return "count " .. h.count end)

schedule "A B A B A B A B A B A B"
expect {
  done = true, label = "count 1",
  explore = {
    executions = 514,
    outcomes = {
      { fatal = "concurrent map writes", label = "at entry", count = 8 },
      { fatal = "concurrent map writes", label = "at exit", count = 220 },
      { done = true, label = "count 2", count = 142 },
      { done = true, label = "count 1", count = 144 },
    },
  },
}
