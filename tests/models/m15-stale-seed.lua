-- Deleting the last key draws a new hash seed. An inserter that has hashed with the old one stores
-- a key that no search finds, and no check has seen the two meet.
scenario {
  id = "m15-stale-seed", chapter = "3.3", truth = "real",
  title = { en = "A key under a seed that is gone", zh = "旧种子之下的键" },
}
fixes { "none", "mutex" }

local WRITING = 4
local Hmap = struct("hmap", { { "count", "i64" }, { "flags", "u8" }, { "hash0", "u32" } })
local h = Hmap:new { count = 1, hash0 = 1 }
local hashed_with = var("u32")  -- what the new slot's tophash was computed with
local mu = mutex()

local function crash_if(bad, where)
  if not bad then return end
  label(where)
  fatal "concurrent map writes"
end

-- `hash` comes between the first check and the toggle, as in mapassign.
local function write(hash, change)
  if fix() == "mutex" then mu:lock() end
  crash_if(h.flags & WRITING ~= 0, "at entry")
  local seed = hash()
  h.flags = h.flags ~ WRITING
  change(seed)
  crash_if(h.flags & WRITING == 0, "at exit")
  h.flags = h.flags & ~WRITING
  if fix() == "mutex" then mu:unlock() end
end

go("deleter", write, function() end, function()
  local count = h.count - 1
  h.count = count
  if count == 0 then h.hash0 = 2 end
end)

go("inserter", write, function() return h.hash0 end, function(seed)
  hashed_with.value = seed
  h.count = h.count + 1
end)

finally(function() return hashed_with.value == h.hash0 and "found" or "unfindable" end)

if fix() == "none" then
  schedule "inserter*2 deleter* inserter*"
  expect { done = true, label = "unfindable", race = true,
           explore = {
             executions = 37870,
             outcomes = {
               { fatal = "concurrent map writes", label = "at entry", count = 12 },
               { fatal = "concurrent map writes", label = "at exit", count = 11015 },
               { done = true, label = "unfindable", count = 24385 },
               { done = true, label = "found", count = 2458 },
             },
           } }
else
  schedule "deleter* inserter*"
  expect { done = true, label = "found", race = false,
           explore = { executions = 2,
                       outcomes = { { done = true, label = "found", count = 2 } } } }
end
