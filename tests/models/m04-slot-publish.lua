-- The two words of a new slot, and the order in which a writer stores and a reader loads them. The
-- fast routines for 8-byte keys store tophash first and load the key first: a search for key 0 can
-- hit.
scenario {
  id = "m04-slot-publish", chapter = "2.2", truth = "real",
  title = { en = "A hit on a key that is not there yet", zh = "命中了还不存在的键" },
}
-- "generic": both routines of the generic family. The other two mix the families.
fixes { "none", "generic", "generic-writer", "generic-reader" }

local KEY, TOP = 7, 9
local Slot = struct("slot", { { "tophash", "u8" }, { "key", "i64" } })
local slot = Slot:new()

go("writer", function()
  if fix() == "generic" or fix() == "generic-writer" then
    slot.key = KEY
    slot.tophash = TOP
  else
    slot.tophash = TOP
    slot.key = KEY
  end
end)

-- Loads both words whatever the first says, so that each order has the same six interleavings.
go("reader", function()
  local tophash, key
  if fix() == "generic" or fix() == "generic-reader" then
    tophash = slot.tophash
    key = slot.key
  else
    key = slot.key
    tophash = slot.tophash
  end
  label(tophash ~= 0 and key == 0 and "false hit" or "right")
end)

local HITS = { none = 4, generic = 0, ["generic-writer"] = 1, ["generic-reader"] = 1 }
local SCHEDULES = {
  none = "writer reader*2 writer",
  generic = "writer reader*2 writer",
  ["generic-writer"] = "reader writer*2 reader",
  ["generic-reader"] = "writer reader*2 writer",
}
local hits = HITS[fix()]
schedule(SCHEDULES[fix()])
expect {
  done = true, label = hits > 0 and "false hit" or "right", race = true,
  explore = {
    executions = 6,
    outcomes = {
      { done = true, label = "false hit", count = hits },
      { done = true, label = "right", count = 6 - hits },
    },
  },
}
