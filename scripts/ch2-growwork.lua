-- Who pays for a growth: a write moves two old buckets at most, a read none.
scenario {
  id = "ch2-growwork", chapter = "2.5", truth = "real",
  title = { en = "growWork's two buckets", zh = "growWork 的两个桶" },
  question = {
    en = "Which two old buckets does a write move, and in which order?",
    zh = "一次写会迁移哪两个旧桶？先后次序如何？",
  },
}

-- 52 keys fill eight buckets to the limit; the 53rd makes the map grow and moves old buckets 0 and 1.
-- Nearly all keys are in bucket 0, so the buckets that move in this run are soon moved.
local m = map.make("int", "int", 52)
for k = 1, 53 do m:hash(k, (k + 0x40) << 56 | (k <= 6 and k or 0)) end
for k = 1, 53 do m[k] = k * 10 end

main(function()
  local _ = m[5]
  m[4] = 44
end)

caption {
  en = "Eight old buckets, two of them moved: **nevacuate = 2**. The rest moves with the writes to come.",
  zh = "八个旧桶，已迁移两个：**nevacuate = 2**。其余随之后的写逐步迁移。",
}
local notes = {
  { "read old5.tophash[0] #1", "A **read** of key 5 looks into old5 and moves nothing.", "**读**键 5：在 old5 里查，不迁移。" },
  { "write h.flags #1", "m[4] = 44 is a **write**: before it looks for its key, it does growWork.", "m[4] = 44 是**写**：找键之前先做 growWork。" },
  { "evacuate old4.tophash[0]",
    "First bucket: **the one it is about to use**, 4 & 7 = old4.",
    "第一个桶：**自己要用的那个**，4 & 7 = old4。" },
  { "read h.nevacuate #2",
    "Second bucket: the first that has not moved, **nevacuate = 2**. This alone makes sure that growth ends.",
    "第二个桶：排在最前的未迁移桶，**nevacuate = 2**。有它，扩容才一定能完成。" },
  { "evacuate old2.tophash[0]", "old2 moves.", "迁移 old2。" },
  { "write h.nevacuate", "nevacuate goes on to 3. It counts buckets that are moved **without a gap**; old4 will be skipped later.",
    "nevacuate 前进到 3。它只数**连续**已迁移的桶；old4 之后会被跳过。" },
  { "write b4.value[0] #2", "Now the write itself, in the new **b4**. Nothing here asked an allocator.", "最后才是写入本身，写在新桶 **b4**。全程没有找分配器要内存。" },
}
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
