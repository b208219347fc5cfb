-- The generic writer stores the key, then tophash, and its reader loads them the other way round:
-- safe where stores reach memory in order. On a weak machine the second may overtake the first.
scenario {
  id = "m14-weak-publish", chapter = "2.2", truth = "model", memory = "weak",
  title = { en = "tophash overtakes its key", zh = "tophash 先于它的键到达" },
}
fixes { "none", "release" }

local KEY, TOP = 7, 9
local Slot = struct("slot", { { "tophash", "u8" }, { "key", "i64" } })
local slot = Slot:new()

go("writer", function()
  slot.key = KEY
  if fix() == "release" then
    atomic_store(slot, "tophash", TOP)
  else
    slot.tophash = TOP
  end
end)

go("reader", function()
  local tophash
  if fix() == "release" then tophash = atomic_load(slot, "tophash") else tophash = slot.tophash end
  local key = slot.key
  label(tophash ~= 0 and key == 0 and "false hit" or "right")
end)

if fix() == "none" then
  schedule "writer*2 ~writer:1 reader*2 ~writer"
  expect { done = true, label = "false hit", race = true,
           explore = { executions = 45, outcomes = { { label = "false hit", count = 1 },
                                                     { label = "right", count = 44 } } } }
else
  schedule "writer ~writer writer reader*2"
  expect { done = true, label = "right", race = false,
           explore = { executions = 10, outcomes = { { label = "right", count = 10 } } } }
end
