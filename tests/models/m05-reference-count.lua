-- Migrating with a state and a reference count in two words: whoever frees looks at both, one after
-- the other, and the state changes in between. Go's buckets have neither; the collector frees them.
scenario {
  id = "m05-reference-count", chapter = "2.3", truth = "model",
  title = { en = "Freed while it is being migrated", zh = "迁移途中被释放" },
}
fixes { "none", "reference", "one-word" }

local ACTIVE, MIGRATING, FREED = 0, 1, 2
local Header = struct("header", { { "ref", "i64" }, { "state", "u64" } })
local Data = struct("data", { { "bytes", "u64" } })
-- "reference": the migrator took its own before anybody could look.
local header = Header:new { ref = fix() == "reference" and 1 or 0 }
local data = Data:new { bytes = 42 }

local function may_free()
  if fix() == "one-word" then return cas(header, "state", ACTIVE, FREED) end
  return header.ref == 0 and header.state == ACTIVE
end

go("freer", function()
  if not may_free() then return end
  free(data)
  label "freed"
end)

go("migrator", function()
  if fix() == "one-word" then
    if not cas(header, "state", ACTIVE, MIGRATING) then return end
  else
    header.state = MIGRATING
  end
  local _ = data.bytes
  _ = data.bytes
  if fix() == "one-word" then
    atomic_store(header, "state", ACTIVE)
  else
    header.state = ACTIVE
  end
end)

finally(function() return "kept" end)

if fix() == "none" then
  schedule "freer*2 migrator*2 freer migrator*"
  expect {
    fault = true, label = "freed", race = true,
    explore = {
      executions = 19,
      outcomes = {
        { fault = true, label = "freed", count = 3 },
        { done = true, label = "freed", count = 7 },
        { done = true, label = "kept", count = 9 },
      },
    },
  }
elseif fix() == "reference" then
  expect { done = true, label = "kept", race = false,
           explore = { executions = 5, outcomes = { { done = true, label = "kept", count = 5 } } } }
else
  expect { done = true,
           explore = { executions = 6, outcomes = { { done = true, label = "freed" },
                                                    { done = true, label = "kept" },
                                                    { fault = true, count = 0 } } } }
end
