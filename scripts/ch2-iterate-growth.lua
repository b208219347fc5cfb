-- A range loop over a map in the middle of a growth, while its own body deletes and so evacuates. The
-- language allows it, and every key is given at most once.
scenario {
  id = "ch2-iterate-growth", chapter = "2.4", truth = "real",
  title = { en = "A range loop during growth", zh = "扩容期间的 range 循环" },
  question = {
    en = "Keys 1, 2 and 3 share an old bucket. Which of them does the loop give, and where from?",
    zh = "键 1、2、3 在同一个旧桶里。循环会给出哪些，分别从哪里取？",
  },
}

-- Growing from 4 buckets to 8: old buckets 0 and 1 have moved. Old bucket 3 holds key 1, which will go
-- to bucket 3, and keys 2 and 3, which will go to bucket 7.
local m = map.make("int", "int", 26)
local home = { 3, 7, 7, 2 }
for k = 1, 27 do m:hash(k, (k + 0x40) << 56 | (home[k] or k % 2)) end
for k = 1, 26 do m[k] = k * 10 end
m[27] = 270 -- makes it grow

main(function()
  for k in range(m) do
    if k == 1 then delete(m, 3) end
    if k == 2 then break end
  end
end)

caption {
  en = "The map is growing. **old3** still holds keys 1, 2 and 3. A loop begins; its body deletes key 3.",
  zh = "map 正在扩容，**old3** 里还有键 1、2、3。循环开始，循环体会删除键 3。",
}
local notes = {
  { "read h.buckets #1",
    "mapiterinit keeps a **snapshot** of B and buckets in the iterator. It goes along this array.",
    "mapiterinit 把 B 和 buckets 的**快照**存进迭代器，此后就沿着这个数组走。" },
  { "atomic update h.flags",
    "It marks the map as being iterated, and starts at a **random** bucket: here b3.",
    "标记 map 正在被遍历，并从**随机**的桶开始：这里是 b3。" },
  { "read old3.tophash[0] #1",
    "Bucket 3 is still empty: its keys are in **old3**, not evacuated. The loop reads them there.",
    "3 号桶还是空的，键都在未迁移的 **old3** 里，循环就去那里读。" },
  { "read old3.value[0] #1",
    "**Key 1** belongs to bucket 3: given. Keys 2 and 3 belong to bucket 7: not now.",
    "**键 1** 归 3 号桶：给出。键 2、3 归 7 号桶：现在不给。" },
  { "evacuate old3.tophash[0]",
    "The body deletes key 3. A delete evacuates like a write: old3 moves **under the iterator**.",
    "循环体删除键 3。删除和写一样会迁移：old3 就在**迭代器脚下**被迁走。" },
  { "write b7.value[1] #1",
    "Key 3 has moved to b7, slot 1 ...",
    "键 3 迁到了 b7 的 1 号槽……" },
  { "write b7.tophash[1] #2",
    "... where it is deleted **before the loop came to it**: it will never be given.",
    "……在那里被删除，**循环还没走到**：它不会再被给出。" },
  { "read stale3.tophash[1]",
    "The loop goes on in the old bucket it stands in, which the garbage collector keeps for it. Nothing more for bucket 3.",
    "循环在原来的旧桶里继续走，垃圾回收器会为它保留。3 号桶没有别的键了。" },
  { "read b7.tophash[0] #2",
    "Bucket 7: its old bucket has moved, so the loop reads the new one.",
    "到了 7 号桶：对应的旧桶已迁移，循环读新桶。" },
  { "read b7.key[0] #2",
    "**Key 2** is given, once. Inserts and deletes by the loop's own goroutine are legal.",
    "**键 2** 给出，只给一次。循环所在的协程自己增删是合法的。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end

claim {
  says = {
    en = "Modifying a map during its iteration invalidates the iterator and panics.",
    zh = "遍历期间修改 map 会使迭代器失效并 panic。",
  },
  verdict = "false",
  evidence = {
    en = "Only for another goroutine, and then it is the fatal error concurrent map iteration and map write. In one goroutine the language allows it.",
    zh = "只在另一个协程修改时才出错，而且是 fatal error: concurrent map iteration and map write。同一协程内语言允许这样做。",
  },
  source = "runtime/map.go:866-986 (Go 1.19)",
}

-- The 11th step draws where to begin: bucket 3, slot 0.
schedule "main*10 main@3 main*"
expect { done = true, race = false }
