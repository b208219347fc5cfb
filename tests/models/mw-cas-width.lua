-- A word's compare-and-swap at the address of a byte looks at eight of them: from tophash[3] on,
-- five tophashes and three bytes of the first key. It fails although slot 3 is free, as soon as any
-- is set.
scenario {
  id = "mw-cas-width", chapter = "3.2", truth = "model",
  title = { en = "An eight-byte CAS on one tophash", zh = "对单个 tophash 做八字节 CAS" },
}
fixes { "none", "byte", "word" }

local EMPTY, TOP = 0, 7
local Bucket = struct("bucket", { { "tophash", "u8", 8 }, { "keys", "u64", 8 } })
local b = Bucket:new()

local function claim_in_word()
  repeat
    local word = load_at(addr(b, "tophash"), "u64")
    if word >> 24 & 0xff ~= EMPTY then return false end
  until cas_at(addr(b, "tophash"), "u64", word, word | TOP << 24)
  return true
end

local function claim()
  if fix() == "byte" then return cas_at(addr(b, "tophash", 3), "u8", EMPTY, TOP) end
  if fix() == "word" then return claim_in_word() end
  return cas_at(addr(b, "tophash", 3), "u64", EMPTY, TOP)
end

go("claimer", function() label(claim() and "claimed" or "refused") end)
go("neighbour", function() b.tophash[4] = 8 end)

schedule "neighbour claimer*"
if fix() == "none" then
  expect { done = true, label = "refused",
           explore = { executions = 2, outcomes = { { label = "refused", count = 1 },
                                                    { label = "claimed", count = 1 } } } }
else
  expect { done = true, label = "claimed",
           explore = { outcomes = { { label = "refused", count = 0 } } } }
end
