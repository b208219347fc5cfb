-- Who pays for a growth: a write moves two old buckets at most, a read none. Some 100 steps, since to
-- move a bucket takes 24 even when it holds one entry, and this is about two.
scenario {
  id = "ch2-growwork", chapter = "2.5", order = 1, truth = "real",
  title = { en = "growWork's two buckets", zh = "growWork 的两个桶" },
  question = {
    en = "Which two old buckets does a write move, and in which order?",
    zh = "一次写会迁移哪两个旧桶？先后次序如何？",
  },
}

-- 26 keys fill four buckets to the limit; the 27th makes the map grow and moves old buckets 0 and 1.
-- All keys but two are in those, so that what moves in this run is soon moved.
local m = map.make("int", "int", 26)
local home = { [2] = 2, [3] = 3 }
for k = 1, 27 do m:hash(k, (k + 0x40) << 56 | (home[k] or k % 2 + k // 2 % 2 * 4)) end
for k = 1, 27 do m[k] = k * 10 end

main(function() m[3] = 33 end)

caption {
  en = "Four old buckets, two of them moved: **nevacuate = 2**. The rest moves with the writes to come.",
  zh = "四个旧桶，已迁移两个：**nevacuate = 2**。其余随之后的写逐步迁移。",
}
local notes = {
  { "write h.flags #1", "`m[3] = 33` is a **write**: before it looks for its key, it does growWork. A read would not.", "`m[3] = 33` 是**写**：找键之前先做 growWork。读则不会。" },
  { "evacuate old3.tophash[0]",
    "First bucket: **the one it is about to use**, 3 & 3 = old3.",
    "第一个桶：**自己要用的那个**，3 & 3 = old3。" },
  { "read h.nevacuate #2",
    "Second bucket: the first that has not moved, **nevacuate = 2**. This makes sure that every growth ends.",
    "第二个桶：排在最前的未迁移桶，**nevacuate = 2**。有它，扩容才一定能完成。" },
  { "evacuate old2.tophash[0]", "old2 moves. Two buckets for one write, never more.", "迁移 old2。一次写最多迁移两个桶。" },
  { "write h.nevacuate #1", "nevacuate = 3. The next one, old3, has moved already ...", "nevacuate = 3。下一个 old3 早已迁移……" },
  { "write h.nevacuate #2", "... so it goes on to 4: all are done.", "……于是直接到 4：全部完成。" },
  { "grown", "**oldbuckets = nil**: the growth is over.", "**oldbuckets = nil**：扩容结束。" },
  { "write b3.value[0] #2", "Now the write itself, in the new **b3**. Nothing here asked an allocator.", "最后才是写入本身，写在新桶 **b3**。全程没有找分配器要内存。" },
}
local buckets = { { en = "old2", is = 2 }, { en = "old3", is = 3 }, { en = "None", zh = "不迁移", is = -1 } }
when("read h.oldbuckets #1", function()
  ask {
    en = "Key 3 is in old3, and nevacuate is 2. Which old bucket moves first?",
    zh = "键 3 在 old3，nevacuate 是 2。先迁移哪个旧桶？",
    options = buckets,
    answer = function(run) return run.place == "old3.tophash[0]" and 3 or 2 end,
    at = "evacuate",
    why = { en = "The one that the write is about to use.", zh = "先迁移这次写要用到的那个。" },
  }
end)
when("read h.nevacuate #1", function()
  ask {
    en = "old3 has moved. Which old bucket will this same write move next?",
    zh = "old3 已迁移。同一次写接下来还会迁移哪个旧桶？",
    options = buckets,
    answer = function(run) return run.place == "old2.tophash[0]" and 2 or 3 end,
    at = "evacuate",
    why = {
      en = "One more for each write, the first in line: so a growth ends even if nobody uses those buckets.",
      zh = "每次写再多迁移一个，按次序来：这样即使没人用到那些桶，扩容也能完成。",
    },
  }
end)
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

claim {
  says = {
    en = "growWork is the key entry by which mcache asks mcentral for memory.",
    zh = "growWork 是 mcache 向 mcentral 申请内存的关键入口。",
  },
  verdict = "false",
  evidence = {
    en = "growWork belongs to the map: evacuate(bucket & oldmask), then evacuate(nevacuate). mapassign and mapdelete call it, and nobody else.",
    zh = "growWork 是 map 的函数：先 evacuate(bucket & oldmask)，再 evacuate(nevacuate)，只由 mapassign 和 mapdelete 调用。",
  },
  source = "runtime/map.go:1128-1137, 610, 726 (Go 1.19)",
}

expect { done = true, race = false }
