-- A reader loads B and buckets one after the other while a writer, growing the map, stores them one
-- after the other. A new B with the old array indexes past that array's end.
scenario {
  id = "m02-torn-header", chapter = "1", truth = "real",
  title = { en = "A new B with the old buckets", zh = "新的 B 配旧的桶数组" },
}
fixes { "none", "rwmutex" }

local WRITING = 4
local Hmap = struct("hmap", { { "count", "i64" }, { "flags", "u8" }, { "B", "u8" },
                              { "buckets", "ptr" } })
local old = struct("one_bucket", { { "bucket0", "u64" } }):new()
local new = struct("two_buckets", { { "bucket0", "u64" }, { "bucket1", "u64" } }):new()
local h = Hmap:new { buckets = old }
local mu = rwmutex()

-- One writer alone toggles the flag, so it needs no loads but those of the checks.
go("writer", function()
  if fix() == "rwmutex" then mu:lock() end
  local flags = h.flags
  if flags & WRITING ~= 0 then fatal "concurrent map writes" end
  h.flags = flags ~ WRITING
  h.B = 1
  h.buckets = new
  flags = h.flags
  if flags & WRITING == 0 then fatal "concurrent map writes" end
  h.flags = flags & ~WRITING
  if fix() == "rwmutex" then mu:unlock() end
end)

go("reader", function()
  if fix() == "rwmutex" then mu:rlock() end
  if h.flags & WRITING ~= 0 then fatal "concurrent map read and map write" end
  local B, buckets = h.B, h.buckets
  if B == 0 then
    label(buckets == old and "consistent" or "old B, new buckets")
  else
    label(buckets == new and "consistent" or "past the old array")
  end
  if fix() == "rwmutex" then mu:runlock() end
end)

if fix() == "none" then
  schedule "reader writer*3 reader*2 writer*"
  expect {
    done = true, label = "past the old array", race = true,
    explore = {
      executions = 54,
      outcomes = {
        { fatal = "concurrent map read and map write", count = 4 },
        { done = true, label = "consistent", count = 33 },
        { done = true, label = "old B, new buckets", count = 15 },
        { done = true, label = "past the old array", count = 2 },
      },
    },
  }
else
  expect { done = true, label = "consistent", race = false,
           explore = { executions = 6,
                       outcomes = { { done = true, label = "consistent", count = 6 } } } }
end
