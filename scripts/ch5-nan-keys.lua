-- NaN is not equal to itself. So no search finds a NaN key, each insert makes a new entry, and each is
-- hashed anew.
scenario {
  id = "ch5-nan-keys", chapter = "5", order = 6, truth = "real",
  title = { en = "NaN keys", zh = "NaN 键" },
  question = {
    en = "m[NaN] = 1, m[NaN] = 2, delete(m, NaN). How many keys are left?",
    zh = "m[NaN] = 1，m[NaN] = 2，delete(m, NaN)。还剩几个键？",
  },
}

local NaN = 0 / 0
local m = map.make("float64", "int", 8)
m[1] = 10
m[NaN] = 1

main(function()
  m[NaN] = 2
  caption {
    en = "No stored key was equal, so m[NaN] = 2 made a **second** NaN entry. count = 3.",
    zh = "没有相等的键，于是 m[NaN] = 2 造出**第二个** NaN 条目。count = 3。",
  }
  local _, found = m:get(NaN)
  caption {
    en = "v, ok = m[NaN] gives **false**: even with an equal tophash, NaN == NaN is false.",
    zh = "v, ok = m[NaN] 得到 **false**：就算 tophash 碰巧相同，NaN == NaN 也是 false。",
  }
  delete(m, NaN)
  local count = len(m)
  caption {
    en = "delete(m, NaN) found nothing either: **len(m) = " .. count .. "**. Only a loop shows these entries.",
    zh = "delete(m, NaN) 同样什么也没找到：**len(m) = " .. count .. "**。只有遍历才能看到它们。",
  }
  clear(m)
  caption {
    en = "**clear** (Go 1.21) gets rid of them: it asks for no key.",
    zh = "**clear**（Go 1.21 起）能清掉它们：它根本不问键。",
  }
  label((found and "found" or "not found") .. ", " .. count .. " keys")
end)

caption {
  en = "The map holds key 1 and **one NaN**. {1:main} stores under NaN once more.",
  zh = "map 里有键 1 和**一个 NaN**。{1:main} 再往 NaN 存一次。",
}
local notes = {
  { "read h.hash0 #1",
    "The hash of a NaN is **drawn at random**, each time anew: all NaNs with one hash would be one long chain.",
    "NaN 的哈希**每次随机抽取**：若都用同一个哈希，就会挤成一条长链。" },
  { "read b0.tophash[1] #1",
    "Slot 1 holds a NaN, under another hash. Were it the same, the comparison would still say: **not equal**.",
    "1 号槽就是 NaN，但哈希不同。哪怕相同，一比较仍然是**不相等**。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("read h.count #4", function()
  ask {
    en = "Key 1 and two NaN entries: count = 3. Now delete(m, NaN). What will len(m) be?",
    zh = "键 1 加两个 NaN 条目：count = 3。现在 delete(m, NaN)。之后 len(m) 是几？",
    options = { 1, 2, 3 },
    at = "read h.count",
    answer = function(run) return run.value end,
    why = {
      en = "delete searches for a key that is equal to NaN, and there is none.",
      zh = "delete 要找与 NaN 相等的键，而这样的键不存在。",
    },
  }
end)

claim {
  says = {
    en = "After m[k] = v, m[k] is v.",
    zh = "执行 m[k] = v 之后，m[k] 就是 v。",
  },
  verdict = "partly",
  evidence = {
    en = "Unless k is not equal to itself: NaN, alone or inside an array, struct or interface. Each insert adds an entry that only range and clear reach.",
    zh = "除非 k 不等于自己：NaN，或含 NaN 的数组、结构体、接口。每次插入都添一个条目，只有 range 和 clear 够得着。",
  },
  source = "runtime/alg.go:74-84, runtime/map_test.go:89 (Go 1.19)",
}

schedule "main*"
expect { done = true, label = "not found, 3 keys", race = false }
