-- hashGrow, store by store, and the first item that evacuate moves. All stores are plain: no lock, no
-- compare-and-swap, no field called bucketShift. The point is made at step 62. The run is longer, for a
-- map grows when it is full, and the same call moves all eight items before it inserts its own.
scenario {
  id = "ch3-hashgrow", chapter = "3.1", order = 1, truth = "real",
  title = { en = "hashGrow's order of stores", zh = "hashGrow 的写入次序" },
  question = {
    en = "In which order does hashGrow store its fields, and what is half true in between?",
    zh = "hashGrow 按什么次序写这些字段？写到一半时是什么样子？",
  },
}

local m = map.make("int", "int")
-- tophash 0x41 to 0x49; after the growth odd keys belong to bucket 1, even keys to bucket 0.
for k = 1, 9 do m:hash(k, (0x40 + k) << 56 | k & 1) end
for k = 1, 8 do m[k] = k * 10 end -- the only bucket is full

go("writer", function() m[9] = 90 end)

caption {
  en = "Eight keys fill the only bucket: B = 0. {1:writer} inserts a ninth, and the map must grow.",
  zh = "八个键占满唯一的桶：B = 0。{1:writer} 插入第九个，map 必须扩容。",
}
local notes = {
  { "write h.flags #1",
    "{1:writer} has set **hashWriting**. It keeps nobody out; it only lets others notice.",
    "{1:writer} 置位 **hashWriting**。它拦不住别人，只是让别人有机会发现。" },
  { "write h.B",
    "First store: **B = 1**, two buckets. But buckets still points to an array of one.",
    "第一次写：**B = 1**，即两个桶。可 buckets 仍指向只有一个桶的数组。" },
  { "write h.flags #2",
    "Second: **flags**. Iterator bits would become oldIterator; there are none here.",
    "第二次：**flags**。iterator 位会变成 oldIterator，这里没有。" },
  { "write h.oldbuckets",
    "Third: **oldbuckets**. For one step both pointers lead to the old array.",
    "第三次：**oldbuckets**。这一刻两个指针都指向旧数组。" },
  { "write h.buckets",
    "Fourth: **buckets** points to the new array of two. Nothing is in it yet.",
    "第四次：**buckets** 指向两个桶的新数组，里面还什么都没有。" },
  { "write h.noverflow",
    "Fifth and sixth: nevacuate = 0, noverflow = 0. **Six plain stores**, any reader may come in between.",
    "第五、六次：nevacuate = 0，noverflow = 0。**六次普通写**，读者可能在任意两次之间闯入。" },
  { "write old0.tophash[0]",
    "Now **evacuate** moves slot 0. Before the item itself, the old slot is marked: 3, moved to Y.",
    "接着 **evacuate** 搬 0 号槽。条目还没搬，旧槽先打标记：3，迁到 Y。" },
  { "write b1.value[0]",
    "Then tophash, key and value are copied to b1. It never fails, and never tries again.",
    "然后把 tophash、键、值复制到 b1。它不会失败，也没有重试。" },
  { "write h.oldbuckets #2",
    "All eight have moved: **oldbuckets = nil**, the growth is over. Only now is key 9 inserted.",
    "八个都搬完：**oldbuckets = nil**，扩容结束。这时才插入键 9。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("read b0.overflow", function()
  ask {
    en = "Key 9 is not in b0, and there is no ninth slot: **hashGrow** begins. Which field does it store first?",
    zh = "b0 里没有键 9，也没有第九个槽：**hashGrow** 开始。它先写哪个字段？",
    options = { { en = "B", zh = "B", is = "h.B" }, { en = "buckets", zh = "buckets", is = "h.buckets" },
      { en = "oldbuckets", zh = "oldbuckets", is = "h.oldbuckets" } },
    at = "write",
    answer = function(run) return run.place end,
    why = {
      en = "B, before any pointer: from here until the store of buckets, B and buckets do not fit.",
      zh = "先写 B，后写指针：从这里到写 buckets 为止，B 和 buckets 对不上。",
    },
  }
end)

claim {
  says = {
    en = "evacuate changes bucketShift by compare-and-swap, and starts over when that fails.",
    zh = "evacuate 用 CAS 修改 bucketShift，失败则重来。",
  },
  verdict = "false",
  evidence = {
    en = "There is no such field: bucketShift is a function of B. hashGrow adds to B with a plain load and store; evacuate has no path that fails.",
    zh = "没有这个字段：bucketShift 是由 B 算出来的函数。hashGrow 用普通读写修改 B，evacuate 也没有失败分支。",
  },
  source = "runtime/map.go:184, 1058-1063, 1152 (Go 1.19)",
}

expect { done = true, race = false }
