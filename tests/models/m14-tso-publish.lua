-- The same slot where stores leave a core in order, as on x86: the reader never sees tophash
-- without its key, whenever the buffer drains.
scenario {
  id = "m14-tso-publish", chapter = "2.2", truth = "model", memory = "tso",
  title = { en = "In order, tophash never comes first", zh = "按序到达，tophash 不会抢先" },
}

local KEY, TOP = 7, 9
local Slot = struct("slot", { { "tophash", "u8" }, { "key", "i64" } })
local slot = Slot:new()

go("writer", function()
  slot.key = KEY
  slot.tophash = TOP
end)

go("reader", function()
  local tophash = slot.tophash
  local key = slot.key
  label(tophash ~= 0 and key == 0 and "false hit" or "right")
end)

schedule "writer*2 ~writer reader*2 ~writer"
expect { done = true, label = "right", race = true,
         explore = { executions = 30, outcomes = { { label = "right", count = 30 } } } }
