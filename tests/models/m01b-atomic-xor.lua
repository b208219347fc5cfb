-- What if the flag were toggled by one indivisible XOR? Then no two writers pass unseen: the second
-- toggle undoes the first, and a check at the exit finds the bit gone. Go toggles with a load and a
-- store.
scenario {
  id = "m01b-atomic-xor", chapter = "2.1", truth = "model",
  title = { en = "An atomic XOR misses no second writer", zh = "原子异或不会漏掉第二个写者" },
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
  atomic_xor(h, "flags", WRITING)
  h.count = h.count + 1
  crash_if(atomic_load(h, "flags") & WRITING == 0, "at exit")
  atomic_and(h, "flags", 0xff & ~WRITING)
end

go("A", write)
go("B", write)

finally(function() return "count " .. h.count end)

schedule "A B A B A*"
expect {
  fatal = "concurrent map writes", label = "at exit",
  explore = {
    executions = 166,
    outcomes = {
      { fatal = "concurrent map writes", label = "at entry", count = 8 },
      { fatal = "concurrent map writes", label = "at exit", count = 152 },
      { done = true, label = "count 2", count = 6 },
      { done = true, label = "count 1", count = 0 },
    },
  },
}
