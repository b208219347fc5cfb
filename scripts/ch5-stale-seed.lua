-- Deleting a map's last key draws a new hash seed. An inserter that has hashed with the old one stores a
-- key that no search finds.
fixes { "none", "mutex" }
scenario {
  id = "ch5-stale-seed", chapter = "5", order = 3, truth = "real",
  title = { en = "A key under a seed that is gone", zh = "旧种子下的键" },
  question = {
    en = "m[2] was inserted, and nobody deleted it. Why is it not found?",
    zh = "m[2] 插入了，也没人删过，为什么查不到？",
  },
}

-- float64 keys use the generic routines, whose search compares tophash first.
local m = map.make("float64", "int", 8)
local mu = fix() == "mutex" and mutex()
m[1] = 10

go("deleter", function()
  if mu then mu:lock() end
  delete(m, 1)
  if mu then mu:unlock() end
end)

go("inserter", function()
  if mu then mu:lock() end
  m[2] = 20
  if mu then mu:unlock() end
end)

if fix() == "none" then
  caption {
    en = "One key. {1:deleter} deletes it, {2:inserter} inserts key 2.",
    zh = "只有一个键。{1:deleter} 删掉它，{2:inserter} 插入键 2。",
  }
  local notes = {
    { "inserter: read h.hash0",
      "{2:inserter} has checked flags, and computes its hash with **the seed hash0 of now**.",
      "{2:inserter} 查过 flags，用**此刻的种子 hash0** 算出哈希。" },
    { "deleter: write h.flags #1", "{1:deleter} begins only now: it sets hashWriting.", "{1:deleter} 这时才开始：置位 hashWriting。" },
    { "deleter: write h.hash0",
      "An empty map may change its seed, so it does: a **new hash0**, against hash flooding.",
      "空 map 可以换种子，于是就换了：**新的 hash0**，为了防哈希洪水攻击。" },
    { "deleter: write h.flags #2", "{1:deleter} is through. flags = 0.", "{1:deleter} 完成，flags = 0。" },
    { "inserter: write b0.tophash[0]",
      "{2:inserter} stores the tophash of its **old hash**. No check looks at the seed.",
      "{2:inserter} 写入**旧哈希**的 tophash。没有检查会去看种子。" },
    { "inserter: write b0.value[0]",
      "Key 2 is in the map, count = 1. Whoever asks for m[2] hashes with the new seed: **not found**.",
      "键 2 就在 map 里，count = 1。可查 m[2] 的人用新种子算哈希：**找不到**。" },
  }
  for _, note in ipairs(notes) do
    when(note[1], function() caption { en = note[2], zh = note[3] } end)
  end
  when("deleter: write h.count", function()
    ask {
      en = "count = 0: the map is **empty**. Which field does delete change next?",
      zh = "count = 0：map **空了**。delete 接下来改哪个字段？",
      options = { { en = "flags", zh = "flags", is = "h.flags" }, { en = "hash0", zh = "hash0", is = "h.hash0" }, { en = "buckets", zh = "buckets", is = "h.buckets" } },
      at = "deleter: write",
      answer = function(run) return run.place end,
      why = {
        en = "It draws a new seed: nothing in the map depends on the old one. But {2:inserter} does.",
        zh = "它换了个新种子：map 里已没有什么依赖旧种子，可 {2:inserter} 还依赖着。",
      },
    }
  end)
else
  caption {
    en = "The cure: a mutex around each. Hashing and inserting cannot be separated.",
    zh = "解法：两边都用互斥锁包住。算哈希和插入不会被拆开。",
  }
  when("exit #2", function()
    caption {
      en = "Key 2 is in the map under the seed that the map has: **found**, in any order.",
      zh = "键 2 用的就是 map 现在的种子：任何顺序都**找得到**。",
    }
  end)
end

claim {
  says = {
    en = "A race on a map either crashes or does no harm.",
    zh = "map 上的竞争要么崩溃，要么无害。",
  },
  verdict = "false",
  evidence = {
    en = "The hash is computed before hashWriting is set; mapdelete reseeds an empty map. In a model of just these accesses 24385 of 37870 orders leave an unfindable key.",
    zh = "哈希在 hashWriting 置位之前就算好；mapdelete 会给空 map 换种子。在只含这些访问的模型里，37870 种顺序中有 24385 种留下找不到的键。",
  },
  source = "runtime/map.go:597-601, 797-800 (Go 1.19); explored",
}

finally(function()
  local _, found = m:get(2)
  return "len " .. len(m) .. (found and ", found" or ", unfindable")
end)

if fix() == "none" then
  schedule "inserter*2 deleter* inserter*"
  expect {
    done = true, label = "len 1, unfindable", race = true,
    explore = {
      mode = "dpor", complete = true,
      outcomes = {
        { fatal = "concurrent map writes" },
        { done = true, label = "len 1, unfindable" },
        { done = true, label = "len 1, found" },
        { race = false, count = 0 },
      },
    },
  }
else
  schedule "inserter deleter* inserter* deleter*"
  expect {
    done = true, race = false,
    explore = { executions = 2, outcomes = { { label = "len 1, found", count = 2 } } },
  }
end
