-- Whoever can predict hashes can choose keys that all belong to one bucket. Then a map is a list.
fixes { "none", "seed" }
scenario {
  id = "ch5-hash-flooding", chapter = "5", order = 5, truth = "real",
  title = { en = "Hash flooding", zh = "哈希洪水" },
  question = {
    en = "Four buckets for 24 keys. What does looking up one of them cost?",
    zh = "24 个键，四个桶。查其中一个要花多少？",
  },
}

local KEYS = 24
local m = map.make("int", "int", KEYS) -- B = 2: four buckets
if fix() == "none" then
  -- The attacker's keys: as if their hashes were known, all alike.
  for k = 1, KEYS do m:hash(k, 0x66 << 56) end
end
for k = 1, KEYS do m[k] = k * 10 end

main(function()
  local v = m[KEYS]
  label("found " .. v)
end)

if fix() == "none" then
  caption {
    en = "24 keys chosen as if the seed were known: **all hashes alike**. One chain of three, three buckets empty.",
    zh = "24 个键，假设攻击者知道种子，挑得**哈希全都一样**：一条链三个桶，另外三个桶空着。",
  }
  ask {
    en = "Four buckets and 24 keys, with one and the same hash. To how many keys is key 24 compared until it is found?",
    zh = "四个桶，24 个键，哈希全都一样。查到键 24 要比较多少个键？",
    options = { 1, 6, 24 },
    at = "read ov2.key[7]", -- the last key of the third bucket of eight
    answer = 2,
    why = {
      en = "All 24 are in one chain, and key 24 is its last.",
      zh = "24 个键全在一条链上，键 24 排在最后。",
    },
  }
  local notes = {
    { "read b0.key[0]",
      "Looking for key 24. The bucket is right, so every key in it has to be **compared** ...",
      "查键 24。桶找对了，但里面每个键都得**比一遍**……" },
    { "read b0.overflow", "... eight so far. On to the overflow bucket.", "……已经八个。去溢出桶。" },
    { "read ov1.overflow",
      "Sixteen. Growing would not help: equal hashes stay together at any B.",
      "十六个。扩容也没用：哈希相同，B 再大也分不开。" },
    { "read ov2.key[7]",
      "Found, at the **24th** comparison. With n such keys n lookups take some n² comparisons: an attack.",
      "找到了，比了 **24 次**。n 个这样的键，查 n 次约需 n² 次比较：这就是攻击。" },
  }
  for _, note in ipairs(notes) do
    when(note[1], function() caption { en = note[2], zh = note[3] } end)
  end
else
  caption {
    en = "The cure, in every Go map: a **random seed hash0**. The same keys, hashed with it, spread out.",
    zh = "解法，每个 Go map 都有：**随机种子 hash0**。同样的键，加了种子就分散开。",
  }
  when("read h.hash0", function()
    caption {
      en = "The hash is computed **with hash0**. Who does not know it cannot tell which keys collide.",
      zh = "哈希要**加上 hash0** 来算。不知道它，就凑不出会碰撞的键。",
    }
  end)
  when("exit", function()
    caption { en = "Found among the **few keys** of one bucket.", zh = "在一个只有**几个键**的桶里找到了。" }
  end)
end

claim {
  says = {
    en = "Looking a key up in a map takes constant time.",
    zh = "map 查找是常数时间。",
  },
  verdict = "partly",
  evidence = {
    en = "On average, with hashes that spread. Therefore each map draws its own seed when it is made, and a new one when it becomes empty.",
    zh = "平均如此，前提是哈希足够分散。所以每个 map 创建时都抽一个自己的种子，变空时再换一个。",
  },
  source = "runtime/map.go:295, 314, 797-800, runtime/map_fast64.go:13-50 (Go 1.19)",
}

expect { done = true, label = "found 240", race = false }
