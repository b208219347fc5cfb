-- One bucket, one insert into it, and one that needs an overflow bucket.
scenario {
  id = "ch2-bucket", chapter = "2.2", truth = "real",
  title = { en = "A bucket and its overflow", zh = "桶和溢出桶" },
  question = {
    en = "A key's hash is 0x63...01. Which bucket, and which tophash?",
    zh = "一个键的哈希是 0x63...01，它在哪个桶？tophash 是多少？",
  },
}

local m = map.make("int", "int", 9) -- B = 1: two buckets
for k = 1, 9 do m:hash(k, (0x5a + k) << 56 | 1) end -- all in bucket 1; tophash 0x5b, 0x5c ...
for k = 1, 7 do m[k] = k * 10 end

main(function()
  m[8] = 80
  m[9] = 90
end)

local notes = {
  { "read h.B #1",
    "B = 1: the lowest bit of the hash picks the bucket. Key 8's is 1: **b1**.",
    "B = 1：哈希的最低位决定桶号。键 8 的最低位是 1：**b1**。" },
  { "read b1.tophash[0] #1",
    "A bucket: 8 bytes of **tophash** at 0, 8 **keys** at 8, 8 **values** at 72, **overflow** at 136.",
    "桶内偏移：0 起 **8 个 tophash**，8 起 **8 个键**，72 起 **8 个值**，136 是 **overflow**。" },
  { "read b1.tophash[7] #1",
    "Slot 7: tophash 0, **emptyRest**. It is free, and so is all behind it: the search ends.",
    "7 号槽：tophash 为 0，即 **emptyRest**，这里及之后都空，查找结束。" },
  { "write b1.tophash[7]",
    "First the **tophash**: 0x62, the top byte of key 8's hash ...",
    "先写 **tophash**：0x62，键 8 哈希的最高字节……" },
  { "write b1.key[7]",
    "... then the **key**, 56 bytes further on. map[int]int uses the fast64 routines: this is their order.",
    "……再写**键**。map[int]int 用 fast64 系列函数，它们就是这个顺序。" },
  { "write b1.value[7]",
    "The **value** comes last: the caller stores it, after hashWriting was cleared.",
    "最后是**值**：由调用者写入，这时 hashWriting 已经清除。" },
  { "read b1.overflow #1",
    "Key 9 belongs to b1, too. Its eight slots are taken, and overflow is **nil**.",
    "键 9 也属于 b1。八个槽都满了，overflow 是 **nil**。" },
  { "read h.noverflow #2",
    "9 keys in two buckets: **no reason to grow**, 13 would still do. One chain may be long.",
    "两个桶 9 个键：**还不用扩容**，13 个以内都行。单条链可以很长。" },
  { "write b1.overflow",
    "An **overflow bucket** is linked in, still empty ...",
    "链上一个**溢出桶**，还是空的……" },
  { "write ov1.key[0]",
    "... and key 9 goes into its slot 0. Entries never move within a chain.",
    "……键 9 放进它的 0 号槽。同一条链里的条目不会挪动。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
caption {
  en = "Two buckets, and seven keys in one of them: their hashes are made to end in 1.",
  zh = "两个桶，七个键全在其中一个里：特意让它们的哈希都以 1 结尾。",
}

claim {
  says = {
    en = "A bucket has 8 slots: tophash first, then keys, then values, then the overflow pointer.",
    zh = "一个桶有 8 个槽：先 tophash，再键，再值，最后是 overflow 指针。",
  },
  verdict = "true",
  evidence = {
    en = "bmap declares tophash alone; keys, elems and overflow follow at computed addresses.",
    zh = "bmap 只声明了 tophash；键、值和 overflow 按计算出的地址排在后面。",
  },
  source = "runtime/map.go:150-160 (Go 1.19)",
}
claim {
  says = {
    en = "mapassign locks the bucket before it writes.",
    zh = "mapassign 写入前会锁住桶。",
  },
  verdict = "false",
  evidence = {
    en = "There is no lock on a bucket, nor on the map: only the hashWriting bit in flags.",
    zh = "桶上没有锁，map 上也没有：只有 flags 里的 hashWriting 位。",
  },
  source = "runtime/map.go:578-688 (Go 1.19)",
}

expect { done = true, race = false }
