-- Evacuation moves a bucket slot by slot, but tells readers about all of it by the first slot's mark.
-- Four readers pass the check in time and look for the same key at four moments. Each takes a dozen
-- steps, so this is more than 60; the run ends with main, the last of the four.
scenario {
  id = "ch2-reader-between", chapter = "2.3", order = 2, truth = "real",
  title = { en = "A reader at every point of an evacuation", zh = "迁移的每一刻都有读者" },
  question = {
    en = "At which moments of an evacuation does a reader go wrong?",
    zh = "迁移过程中，哪些时刻读者会读错？",
  },
}

-- The map grows from 4 buckets to 8; buckets 0 and 1 have moved. Key 2 is in slot 1 of old bucket 2, and
-- will go to bucket 6; key 1, in slot 0, to bucket 2. uint16 keys use mapaccess and mapassign themselves.
local m = map.make("uint16", "int", 26)
local home = { 2, 6 }
for k = 1, 27 do m:hash(k, (k + 0x40) << 56 | (home[k] or k % 2 + k // 2 % 2 * 4)) end
for k = 1, 27 do m[k] = k * 10 end

local function look()
  local v, ok = m:get(2)
  label(ok and "found " .. v or "missed")
end
go("r1", look)
go("r2", look)
go("r3", look)
go("writer", function() m[1] = 11 end)
main(look)

caption {
  en = "A growing map. {5:writer}'s write will move old2. Four readers look for **key 2**, in its slot 1: it holds 20.",
  zh = "map 正在扩容，{5:writer} 的写会迁移 old2。四个读者都要找它 1 号槽里的**键 2**，值是 20。",
}
local notes = {
  { "main: read h.flags #1", "All four have passed their check: no writer yet.", "四个读者都通过了检查：还没有写者。" },
  { "r1: exit", "{2:r1} comes **before** the move: it finds 20 in the old bucket.", "{2:r1} 在迁移**之前**：在旧桶里找到 20。" },
  { "writer: write old2.tophash[0]",
    "{5:writer} marks slot 0 as moved. Readers look at **this mark only**.",
    "{5:writer} 把 0 号槽标为已迁移。读者**只看这一个标记**。" },
  { "r2: read old2.tophash[0]",
    "{3:r2} sees the mark and takes the whole bucket for moved ...",
    "{3:r2} 看到标记，以为整个桶都已迁走……" },
  { "r2: exit",
    "... but key 2 is still in the old one, slot 1: **missed**, without an error.",
    "……可键 2 还在旧桶的 1 号槽：**漏掉了**，也没有报错。" },
  { "writer: write b6.tophash[0]",
    "{5:writer} moves key 2 to b6: tophash, then key, then value, one by one.",
    "{5:writer} 把键 2 迁到 b6：tophash、键、值，逐个写。" },
  { "r3: exit",
    "{4:r3} comes before the value: key 2 is there, its value is **0**, which nobody ever stored.",
    "{4:r3} 赶在值之前：键 2 在，值却是 **0**，谁也没存过这个值。" },
  { "writer: write b6.value[0]", "Now key 2 is whole in b6.", "现在键 2 已完整地在 b6 里。" },
  { "main: exit", "{1:main} comes **after** the move: it finds 20 in the new bucket.", "{1:main} 在迁移**之后**：在新桶里找到 20。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

local options = { { en = "20", is = 20 }, { en = "Nothing", zh = "找不到", is = "nothing" }, { en = "0", is = 0 } }
when("r2: read h.hash0", function()
  ask {
    en = "Key 1 is being moved, key 2 not yet. What does {3:r2} get for m[2] now?",
    zh = "正在迁移键 1，还没轮到键 2。{3:r2} 此刻读 m[2] 会得到什么？",
    options = options,
    answer = function(run) return run.label == "found 20, missed" and "nothing" or 20 end,
    at = "r2: exit",
    why = {
      en = "The first slot's mark counts for the whole bucket: {3:r2} looks into b6, which is still empty.",
      zh = "首槽的标记代表整个桶：{3:r2} 去查 b6，那里还是空的。",
    },
  }
end)
when("r3: read h.hash0", function()
  ask {
    en = "Key 2's tophash and key are in b6, its value is not. What does {4:r3} get for m[2]?",
    zh = "键 2 的 tophash 和键已在 b6，值还没有。{4:r3} 读 m[2] 会得到什么？",
    options = options,
    answer = function(run) return run.value end,
    at = "r3: read b6.value[0]",
    why = {
      en = "Whoever finds the key loads the value beside it, stored or not.",
      zh = "找到键就读旁边的值，不管写没写进去。",
    },
  }
end)

claim {
  says = {
    en = "While old buckets are moving a reader sees an inconsistent state.",
    zh = "旧桶迁移期间，读者会看到不一致的状态。",
  },
  verdict = "true",
  evidence = {
    en = "evacuated(b) looks at tophash[0] alone, and that is the first byte evacuate stores. A reader behind it goes to the new bucket too early.",
    zh = "evacuated(b) 只看 tophash[0]，而它正是 evacuate 最先写的字节。之后的读者过早去了新桶。",
  },
  source = "runtime/map.go:203, 1221 (Go 1.19)",
}

schedule "r1*2 r2*2 r3*2 main*2 r1* writer*22 r2* writer*15 r3* writer*2 main*"
expect {
  done = true, label = "found 20, missed, found 0", race = true,
  explore = { -- two preemptions are enough for each way to go wrong
    mode = "bounded", bound = 2,
    outcomes = {
      { done = true, label = "found 20" },
      { done = true, label = "found 20, missed" },
      { done = true, label = "found 20, found 0" },
      { fatal = "concurrent map read and map write" },
    },
  },
}
