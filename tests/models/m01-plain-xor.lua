-- Two map writers as the runtime has them: test the flag, toggle it by a load and a store, work,
-- test it again, clear it. When both load before either stores, both tests pass and an entry is not
-- counted.
scenario {
  id = "m01-plain-xor", chapter = "2.1", truth = "real",
  title = { en = "Two writers, one lost count", zh = "两个写者，丢了一次计数" },
}
fixes { "none", "mutex" }

local WRITING = 4
local Hmap = struct("hmap", { { "count", "i64" }, { "flags", "u8" } })
local h = Hmap:new()
local mu = mutex()

local function crash_if(bad, where)
  if not bad then return end
  label(where)
  fatal "concurrent map writes"
end

local function write()
  if fix() == "mutex" then mu:lock() end
  crash_if(h.flags & WRITING ~= 0, "at entry")
  h.flags = h.flags ~ WRITING
  h.count = h.count + 1
  crash_if(h.flags & WRITING == 0, "at exit")
  h.flags = h.flags & ~WRITING
  if fix() == "mutex" then mu:unlock() end
end

go("A", write)
go("B", write)

finally(function() return "count " .. h.count end)

if fix() == "none" then
  schedule "A B A B A B A B A B A B A B A B"
  expect {
    done = true, label = "count 1", race = true,
    explore = {
      executions = 6264,
      outcomes = {
        { fatal = "concurrent map writes", label = "at entry", count = 10 },
        { fatal = "concurrent map writes", label = "at exit", count = 1698 },
        { done = true, label = "count 2", count = 2396 },
        { done = true, label = "count 1", count = 2160 },
      },
    },
  }
else
  expect {
    done = true, label = "count 2", race = false,
    explore = { executions = 2, outcomes = { { done = true, label = "count 2", count = 2 } } },
  }
end
