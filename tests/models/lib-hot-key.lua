-- What shards help against: two writers of keys in different shards never wait for each other; two
-- writers of one hot key do, however many shards there are.
scenario {
  id = "lib-hot-key", chapter = "1", truth = "real",
  title = { en = "Shards do not help a hot key", zh = "分片救不了热点键" },
}
fixes { "none", "other-shard" }

local m = use("sharded").make("int", "int", 8)

local function other_shard(key)
  local k = key
  repeat k = k + 1 until m:shard_of(k) ~= m:shard_of(key)
  return k
end

local HOT = 7
local function count(key)
  for _ = 1, 5 do m:add(key, 1) end
end

go("A", count, HOT)
go("B", count, fix() == "none" and HOT or other_shard(HOT))

finally(function() return m:total("waits") > 0 and "waited" or "never waited" end)

schedule "A B*2 A* B*"
expect { done = true, label = fix() == "none" and "waited" or "never waited", race = false }
