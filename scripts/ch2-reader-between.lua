-- Evacuation moves a bucket slot by slot, but tells readers about all of it by the first slot's mark.
-- Four readers pass the check in time and look for the same key at four moments.
scenario {
  id = "ch2-reader-between", chapter = "2.3", truth = "real",
  title = { en = "A reader at every point of an evacuation", zh = "迁移的每一刻都有读者" },
  question = {
    en = "At which moments of an evacuation does a reader go wrong?",
    zh = "迁移过程中，哪些时刻读者会读错？",
  },
}

local m = map.make("int", "int")
-- One full bucket. When it splits, odd keys stay in bucket 0 and even keys go to bucket 1.
for k = 1, 9 do m:hash(k, (k + 0x40) << 56 | (k + 1) % 2) end
for k = 1, 8 do m[k] = k * 10 end

local function look()
  local v, ok = m:get(2)
  label(ok and "found " .. v or "missed")
end
go("r1", look)
go("r2", look)
go("r3", look)
go("r4", look)

go("writer", function() m[9] = 90 end) -- makes the map grow

caption {
  en = "One full bucket. {5:writer} will make it grow; four readers look for **key 2**, in slot 1.",
  zh = "一个满桶。{5:writer} 将触发扩容；四个读者都要找 1 号槽里的**键 2**。",
}
local notes = {
  { "r4: read h.flags #1", "All four have passed their check: no writer yet.", "四个读者都通过了检查：还没有写者。" },
  { "r1: exit", "{1:r1} comes **before** the move: it finds 20 in the only bucket.", "{1:r1} 在迁移**之前**：在唯一的桶里找到 20。" },
  { "writer: write h.buckets", "The map has grown: one old bucket, two new ones. Nothing has moved.", "map 已扩容：一个旧桶，两个新桶，还什么都没迁移。" },
  { "writer: write old0.tophash[0]",
    "{5:writer} marks slot 0 as moved. Readers look at **this mark only**.",
    "{5:writer} 把 0 号槽标为已迁移。读者**只看这一个标记**。" },
  { "r2: read old0.tophash[0]",
    "{2:r2} sees the mark and takes the whole bucket for moved ...",
    "{2:r2} 看到标记，以为整个桶都已迁走……" },
  { "r2: exit",
    "... but key 2 is still in the old one, slot 1: **missed**, without an error.",
    "……可键 2 还在旧桶的 1 号槽：**漏掉了**，也没有报错。" },
  { "writer: write b1.tophash[0]",
    "{5:writer} moves key 2 to b1: tophash, then key, then value, one by one.",
    "{5:writer} 把键 2 迁到 b1：tophash、键、值，逐个写。" },
  { "r3: exit",
    "{3:r3} comes before the value: key 2 is there, its value is **0**, which nobody ever stored.",
    "{3:r3} 赶在值之前：键 2 在，值却是 **0**，谁也没存过这个值。" },
  { "writer: write b1.value[0]", "Now key 2 is whole in b1.", "现在键 2 已完整地在 b1 里。" },
  { "r4: exit", "{4:r4} comes **after** the move: it finds 20 in the new bucket.", "{4:r4} 在迁移**之后**：在新桶里找到 20。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

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

schedule "r1*2 r2*2 r3*2 r4*2 writer r1* writer*56 r2* writer*13 r3* writer*2 r4* writer*"
expect { done = true, label = "found 20, missed, found 0", race = true }
