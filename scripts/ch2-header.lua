-- The nine fields of a map's header, in the order in which one insert that makes it grow meets them.
scenario {
  id = "ch2-header", chapter = "2.1", truth = "real",
  title = { en = "The header, field by field", zh = "hmap 头部，逐字段看" },
  question = {
    en = "Which field of a map's header is a lock?",
    zh = "map 头部的哪个字段是锁？",
  },
}

local m = map.make("int", "int")
for k = 1, 8 do m[k] = k * 10 end -- a full bucket

main(function()
  m[9] = 90 -- makes it grow
  for _ in range(m) do break end
end)

caption {
  en = "A map's header: 48 bytes, **nine fields, no lock**. One insert will meet nearly all of them.",
  zh = "map 的头部：48 字节，**九个字段，没有锁**。一次插入几乎会用到全部。",
}

-- moment, English, Chinese
local notes = {
  { "read h.flags #1",
    "**flags**, at byte 8. It is 0: nobody writes. A plain load, not an atomic one.",
    "**flags**，偏移 8。值为 0：没人在写。普通读，不是原子读。" },
  { "read h.hash0 #1",
    "**hash0**, at 12: this map's own seed. Every hash of a key begins with it.",
    "**hash0**，偏移 12：这张 map 自己的种子，键的哈希都从它算起。" },
  { "write h.flags #1",
    "flags ^= 4: **hashWriting**. A load and a store, two steps; no compare-and-swap.",
    "flags ^= 4：置位 **hashWriting**。先读后写两步，不是 CAS。" },
  { "read h.buckets #1",
    "**buckets**, at 16: the address of the array. In an empty map it is nil until the first insert.",
    "**buckets**，偏移 16：桶数组的地址。空 map 里它是 nil，第一次插入才分配。" },
  { "read h.B #1",
    "**B**, at 9: the array has 2^B buckets. B = 0: one.",
    "**B**，偏移 9：数组有 2^B 个桶。B = 0 就是一个桶。" },
  { "read h.oldbuckets #1",
    "**oldbuckets**, at 24: nil, no growth is under way. Reads look at it, too, when B is not 0.",
    "**oldbuckets**，偏移 24：nil，没有在扩容。B 不为 0 时，读操作也会看它。" },
  { "read h.count #1",
    "**count**, at 0: the number len(m) returns. 8 + 1 is more than one bucket may hold.",
    "**count**，偏移 0：len(m) 返回的就是它。8 + 1 超过一个桶的上限。" },
  { "write h.B",
    "Growth: **B = 1**, by a plain store. There is no bucketShift field and no lock for it.",
    "扩容：**B = 1**，普通写。没有 bucketShift 字段，也没有锁。" },
  { "write h.oldbuckets #1", "The full array becomes **oldbuckets** ...", "装满的数组成为 **oldbuckets** ……" },
  { "write h.buckets", "... and **buckets** points to a new one of two.", "……**buckets** 指向有两个桶的新数组。" },
  { "write h.nevacuate #1",
    "**nevacuate**, at 32: all old buckets before this number have moved. None yet.",
    "**nevacuate**，偏移 32：编号小于它的旧桶都已迁移。现在是 0。" },
  { "write h.noverflow",
    "**noverflow**, at 10: how many overflow buckets there are, roughly. The new array has none.",
    "**noverflow**，偏移 10：溢出桶的大致个数。新数组还没有。" },
  { "read h.extra #1",
    "**extra**, at 40: lists of overflow buckets, made only when needed. Nine fields, that is all.",
    "**extra**，偏移 40：溢出桶列表，需要时才分配。九个字段，到此为止。" },
  { "write h.count", "The key is in its bucket: **count** = 9, again a plain load and store.",
    "键已写入桶中：**count** = 9，同样是普通的读和写。" },
  { "atomic update h.flags",
    "A range loop sets iterator and oldIterator: **the only atomic operation on a map** there is.",
    "range 循环置位 iterator 和 oldIterator：**整个 map 里唯一的原子操作**。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

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

expect { done = true, race = false }
