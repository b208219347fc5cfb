-- The nine fields of a map's header, as a loop and an insert that makes the map grow meet them. The run
-- ends with main, when all nine have been met; what the insert does next is ch2-growwork's subject.
scenario {
  id = "ch2-header", chapter = "2.1", order = 1, truth = "real",
  title = { en = "The header, field by field", zh = "hmap 头部，逐字段看" },
  question = {
    en = "Which field of a map's header is a lock?",
    zh = "map 头部的哪个字段是锁？",
  },
}

local m = map.make("int", "int")
for k = 1, 8 do m[k] = k * 10 end -- a full bucket

main(function()
  for _ in range(m) do break end
  go("inserter", function() m[9] = 90 end) -- makes it grow
  local _ = len(m) -- in the middle of the insert
end)

caption {
  en = "A map's header: 48 bytes, nine fields. {1:main} loops over the map, then {2:inserter} makes it grow. Look for a **lock**.",
  zh = "map 的头部：48 字节，九个字段。{1:main} 先遍历，随后 {2:inserter} 让它扩容。找找看，哪里有**锁**？",
}

-- moment, English, Chinese
local notes = {
  { "main: read h.B #1",
    "**B**, at byte 9: the array has 2^B buckets. B = 0: one.",
    "**B**，偏移 9：数组有 2^B 个桶。B = 0 就是一个桶。" },
  { "main: read h.buckets #1",
    "**buckets**, at 16: the address of the array. In an empty map it is nil until the first insert.",
    "**buckets**，偏移 16：桶数组的地址。空 map 里它是 nil，第一次插入才分配。" },
  { "main: atomic update h.flags",
    "**flags**, at 8: a loop sets iterator and oldIterator. It is the **only atomic operation** on a map.",
    "**flags**，偏移 8：遍历置位 iterator 和 oldIterator。这是整个 map 里**唯一的原子操作**。" },
  { "inserter: read h.flags #1",
    "The insert checks flags: hashWriting (4) is not set. A plain load, not an atomic one.",
    "插入先检查 flags：hashWriting（4）没有置位。普通读，不是原子读。" },
  { "inserter: read h.hash0 #1",
    "**hash0**, at 12: this map's own seed. Every hash of a key begins with it.",
    "**hash0**，偏移 12：这张 map 自己的种子，键的哈希都从它算起。" },
  { "inserter: write h.flags #1",
    "flags ^= 4: **hashWriting**. A load and a store, two steps; no compare-and-swap.",
    "flags ^= 4：置位 **hashWriting**。先读后写两步，不是 CAS。" },
  { "inserter: read h.oldbuckets #1",
    "**oldbuckets**, at 24: nil, no growth is under way. Reads look at it, too, when B is not 0.",
    "**oldbuckets**，偏移 24：nil，没有在扩容。B 不为 0 时，读操作也会看它。" },
  { "inserter: read h.count #1",
    "**count**, at 0: the number of keys. 8 + 1 is more than one bucket may hold.",
    "**count**，偏移 0：键的个数。8 + 1 超过一个桶的上限。" },
  { "inserter: write h.B",
    "Growth: **B = 1**, by a plain store. There is no bucketShift field and no lock for it.",
    "扩容：**B = 1**，普通写。没有 bucketShift 字段，也没有锁。" },
  { "inserter: write h.oldbuckets", "The full array becomes **oldbuckets** ...", "装满的数组成为 **oldbuckets** ……" },
  { "inserter: write h.buckets", "... and **buckets** points to a new one of two.", "……**buckets** 指向有两个桶的新数组。" },
  { "inserter: write h.nevacuate",
    "**nevacuate**, at 32: all old buckets before this number have moved. None yet.",
    "**nevacuate**，偏移 32：编号小于它的旧桶都已迁移。现在是 0。" },
  { "inserter: write h.noverflow",
    "**noverflow**, at 10: how many overflow buckets there are, roughly. The new array has none.",
    "**noverflow**，偏移 10：溢出桶的大致个数。新数组还没有。" },
  { "inserter: read h.extra",
    "**extra**, at 40: lists of overflow buckets, made only when needed. The ninth field, and **no lock**.",
    "**extra**，偏移 40：溢出桶列表，需要时才分配。这是第九个字段：**没有锁**。" },
  { "main: read h.count #2",
    "So nothing stops len(m) in the middle of an insert: it loads **count** = 8, and looks at nothing else.",
    "所以插入进行到一半，len(m) 也畅通无阻：只读 **count** = 8，别的都不看。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("inserter: read b0.key[7]", function()
  ask {
    en = "Nine keys are too many for one bucket. What will B be once the map has grown?",
    zh = "九个键，一个桶放不下。扩容之后 B 会是多少？",
    options = { 1, 2, 9 },
    answer = function(run) return run.value end,
    at = "inserter: write h.B",
    why = { en = "The array doubles: 2^1 = 2 buckets.", zh = "数组翻倍：2^1 = 2 个桶。" },
  }
end)
when("inserter: read extra.overflow", function()
  ask {
    en = "{2:inserter} is in the middle of its insert. {1:main} calls len(m). What happens?",
    zh = "{2:inserter} 正插入到一半，{1:main} 调用 len(m)。会怎样？",
    options = {
      { en = "It waits", zh = "等待插入结束", is = "waits" },
      { en = "A fatal error", zh = "fatal error", is = "fatal" },
      { en = "It gets 8", zh = "得到 8", is = "done" },
    },
    answer = function(run) return run.outcome end,
    why = {
      en = "There is no lock to wait for, and len does not look at flags.",
      zh = "没有锁可等，len 也不看 flags。",
    },
  }
end)

claim {
  says = {
    en = "buckets is protected by a bucketShift lock; flags and count must be accessed atomically.",
    zh = "buckets 由 bucketShift 锁保护；flags 和 count 必须原子访问。",
  },
  verdict = "false",
  evidence = {
    en = "hmap has no lock field. All its fields are loaded and stored plainly but for one atomic or of flags in mapiterinit.",
    zh = "hmap 没有锁字段。除 mapiterinit 里对 flags 的一次原子或之外，所有字段都是普通读写。",
  },
  source = "runtime/map.go:116-130, 860 (Go 1.19)",
}
claim {
  says = {
    en = "nelems is a field of hmap, and safe to read through sync/atomic.",
    zh = "nelems 是 hmap 的字段，可用 sync/atomic 安全读取。",
  },
  verdict = "false",
  evidence = {
    en = "nelems belongs to mspan, the allocator. hmap has count, and an unsynchronised len(m) is a data race.",
    zh = "nelems 属于内存分配器的 mspan。hmap 里是 count；不加同步的 len(m) 就是数据竞争。",
  },
  source = "runtime/mheap.go:405, runtime/map.go:117 (Go 1.19)",
}

claim {
  says = {
    en = "flags and buckets decide the linearization point of a map write.",
    zh = "flags 和 buckets 决定 map 写入的线性化点。",
  },
  verdict = "false",
  evidence = {
    en = "A map promises no linearizability: it leaves synchronisation to its user. A write is many plain stores, the value's after hashWriting is cleared.",
    zh = "map 不承诺线性一致，同步由使用者负责。一次写入是许多次普通写，值还在清除 hashWriting 之后。",
  },
  source = "runtime/map.go:680-693 (Go 1.19)",
}

schedule "main*24 inserter*42 main"
-- len(m) reads count before the insert has written it: the race is one of other orders.
expect {
  done = true, race = false,
  explore = { complete = true, outcomes = { { done = true, race = true }, { fatal = true, count = 0 } } },
}
