-- A full bucket, and the insert that needs an overflow bucket.
scenario {
  id = "ch2-bucket", chapter = "2.2", order = 1, truth = "real",
  title = { en = "A bucket and its overflow", zh = "桶和溢出桶" },
  question = {
    en = "A key's hash is `0x63...01`. Where does it go when its bucket is full?",
    zh = "一个键的哈希是 `0x63...01`。它的桶满了，该放到哪里？",
  },
}

local m = map.make("int", "int", 9) -- B = 1: two buckets
for k = 1, 9 do m:hash(k, (0x5a + k) << 56 | 1) end -- all in bucket 1; tophash 0x5b, 0x5c ...
for k = 1, 8 do m[k] = k * 10 end

main(function() m[9] = 90 end)

caption {
  en = "Two buckets, and eight keys in one of them: their hashes are made to end in 1. `m[9] = 90` comes next.",
  zh = "两个桶，八个键全在其中一个里：特意让哈希都以 1 结尾。接下来执行 `m[9] = 90`。",
}
when("read h.flags #1", function()
  ask {
    en = "Key 9's hash is `0x6300000000000001`. Which tophash will be stored for it?",
    zh = "键 9 的哈希是 `0x6300000000000001`。存下的 tophash 会是多少？",
    options = {
      { en = "`0x01`", is = 0x01 },
      { en = "`0x63`", is = 0x63 },
      { en = "`0x68`", is = 0x68 },
    },
    answer = function() return m:tophash(9) end,
    at = "write ov1.tophash[0]",
    why = {
      en = "The top byte of the hash. Only values below 5 get 5 added: those have a meaning of their own.",
      zh = "取哈希的最高字节。只有小于 5 的值才加 5，因为它们另有含义。",
    },
  }
end)
when("read h.hash0", function()
  ask {
    en = "And into which bucket does key 9 go, with B = 1?",
    zh = "B = 1，键 9 属于几号桶？",
    options = { { en = "Bucket 0", zh = "0 号桶", is = 0 }, { en = "Bucket 1", zh = "1 号桶", is = 1 } },
    answer = function() return m:bucket(9) end,
    at = "read h.B",
    why = { en = "The lowest B bits decide: here one bit, a 1.", zh = "由哈希的低 B 位决定：这里是一位，值为 1。" },
  }
end)
local notes = {
  { "read h.B #1",
    "B = 1: the lowest bit of the hash picks the bucket. Key 9's is 1: **b1**.",
    "B = 1：哈希的最低位决定桶号。键 9 的最低位是 1：**b1**。" },
  { "read b1.tophash[0] #1",
    "A bucket: 8 bytes of **tophash** at 0, 8 **keys** at 8, 8 **values** at 72, **overflow** at 136.",
    "桶内偏移：0 起 **8 个 tophash**，8 起 **8 个键**，72 起 **8 个值**，136 是 **overflow**。" },
  { "read b1.key[4]",
    "Slot after slot: in use, and not key 9. map[int]int uses the fast64 routines: they compare keys at once.",
    "逐槽比较：都在用，都不是键 9。map[int]int 用 fast64 系列函数，直接比较键。" },
  { "read b1.overflow #1",
    "All eight slots are taken, and **overflow** is nil. Key 9 is new.",
    "八个槽都满了，**overflow** 是 nil。键 9 是新键。" },
  { "read h.noverflow #1",
    "9 keys in two buckets: **no reason to grow**, 13 would still do. One chain may be long.",
    "两个桶 9 个键：**还不用扩容**，13 个以内都行。单条链可以很长。" },
  { "write h.noverflow",
    "So an overflow bucket is allocated: **noverflow** counts it, **extra** keeps a list of them for the GC.",
    "于是分配溢出桶：**noverflow** 计数，**extra** 里的列表让它不被 GC 回收。" },
  { "write b1.overflow",
    "It is linked in while still empty: each tophash in it is 0, **emptyRest**.",
    "链上它时还是空的：里面的 tophash 都是 0，即 **emptyRest**。" },
  { "write ov1.tophash[0]",
    "First the **tophash**: `0x63`, the top byte of key 9's hash ...",
    "先写 **tophash**：`0x63`，键 9 哈希的最高字节……" },
  { "write ov1.key[0]",
    "... then the **key**, 8 bytes after the first tophash. This is fast64's order.",
    "……再写**键**，就在 8 个 tophash 之后。这是 fast64 的顺序。" },
  { "write ov1.value[0]",
    "The **value** comes last: the caller stores it, after hashWriting was cleared.",
    "最后是**值**：由调用者写入，这时 hashWriting 已经清除。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

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
