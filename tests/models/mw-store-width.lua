-- An eight-byte exchange meant for one tophash: it writes zeros over the tophashes behind and over
-- the low bytes of the first key.
scenario {
  id = "mw-store-width", chapter = "3.1", truth = "model",
  title = { en = "Eight bytes written for one", zh = "本该写一个字节，却写了八个" },
}
fixes { "none", "byte" }

local TOP = 7
local Bucket = struct("bucket", { { "tophash", "u8", 8 }, { "keys", "u64", 8 } })
local b = Bucket:new()
b.tophash[4] = 8
b.keys[0] = 0x11223344

go("claimer", function()
  store_at(addr(b, "tophash", 3), fix() == "byte" and "u8" or "u64", TOP)
end)

finally(function()
  local kept = b.tophash[4] == 8 and b.keys[0] == 0x11223344
  return kept and "neighbours kept" or "neighbours wiped"
end)

local label = fix() == "none" and "neighbours wiped" or "neighbours kept"
expect { done = true, label = label, race = false,
         explore = { executions = 1, outcomes = { { done = true, label = label, count = 1 } } } }
