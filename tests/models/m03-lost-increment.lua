-- m[k]++ on a key that is there: the flag is cleared before the caller loads and stores the value,
-- so two increments may leave one, and no check sees it.
scenario {
  id = "m03-lost-increment", chapter = "3.2", truth = "real",
  title = { en = "The value is stored after the flag is cleared", zh = "清除标志之后才写入值" },
}
fixes { "none", "mutex", "atomic" }

local WRITING = 4
local Hmap = struct("hmap", { { "flags", "u8" } })
local h = Hmap:new()
local elem = var("i64")
local mu = mutex()

local function crash_if(bad, where)
  if not bad then return end
  label(where)
  fatal "concurrent map writes"
end

local function assign()
  crash_if(h.flags & WRITING ~= 0, "at entry")
  h.flags = h.flags ~ WRITING
  crash_if(h.flags & WRITING == 0, "at exit")
  h.flags = h.flags & ~WRITING
end

local function increment()
  if fix() == "atomic" then
    -- map[K]*atomic.Int64: the map is only read, the value it points to is added to.
    crash_if(h.flags & WRITING ~= 0, "at entry")
    atomic_add(elem, 1)
    return
  end
  if fix() == "mutex" then mu:lock() end
  assign()
  elem.value = elem.value + 1
  if fix() == "mutex" then mu:unlock() end
end

go("A", increment)
go("B", increment)

finally(function() return "value " .. elem.value end)

if fix() == "none" then
  schedule "A*7 B* A"
  expect {
    done = true, label = "value 1", race = true,
    explore = {
      executions = 5244,
      outcomes = {
        { fatal = "concurrent map writes", label = "at entry", count = 6 },
        { fatal = "concurrent map writes", label = "at exit", count = 396 },
        { done = true, label = "value 2", count = 2182 },
        { done = true, label = "value 1", count = 2660 },
      },
    },
  }
else
  local executions = fix() == "mutex" and 2 or 6
  expect { done = true, label = "value 2", race = false,
           explore = { executions = executions,
                       outcomes = { { done = true, label = "value 2", count = executions } } } }
end
