-- The sharded map of scripts/lib: writers of different shards do not wait for each other, and no
-- increment is lost.
scenario {
  id = "lib-sharded", chapter = "1", truth = "real",
  title = { en = "A map in shards", zh = "分片的映射" }, seed = 3,
}

local sharded = use "sharded"
local m = sharded.make("int", "int", 4)

local function work(from)
  for k = from, from + 7 do m:add(k, 1) end
  for k = from, from + 7 do m:add(k, 1) end
  m:delete(from)
end

go("A", work, 0)
go("B", work, 4)
go("C", work, 100)

finally(function()
  local sum = 0
  for i = 0, m.count - 1 do
    for _, v in range(m[i]) do sum = sum + v end
  end
  return "sum " .. sum .. ", operations " .. m:total("ops")
end)

expect { done = true, label = "sum 40, operations 51", race = false }
