-- A range loop over a map in the middle of a growth, whose own body deletes and so evacuates the very
-- bucket that the loop stands in. The language allows it, and every key is given at most once. More than
-- 60 steps, since the evacuation inside the delete alone takes 60.
scenario {
  id = "ch2-iterate-growth", chapter = "2.4", order = 1, truth = "real",
  title = { en = "A range loop during growth", zh = "扩容期间的 range 循环" },
  question = {
    en = "A loop's body moves the bucket that the loop stands in. What does the loop give next?",
    zh = "循环体把循环所在的桶迁走了。循环接下来会给出什么？",
  },
}

-- Growing from 4 buckets to 8, and old bucket 3 alone is left. It holds key 1, which will go to bucket 3,
-- and keys 2 and 3, which will go to bucket 7.
local m = map.make("int", "int", 26)
local home = { 3, 7, 7 }
for k = 1, 28 do m:hash(k, (k + 0x40) << 56 | (home[k] or k % 3 + k // 3 % 2 * 4)) end
m:hash(27, 0x5b << 56 | 1)
m:hash(28, 0x5c << 56 | 0)
for k = 1, 28 do m[k] = k * 10 end -- the last two make it grow and move buckets 1 and 0, then 2

main(function()
  for k in range(m) do
    if k ~= 2 then break end
    delete(m, 3)
  end
end)

caption {
  en = "The map is growing, and **old3** alone has not moved. Of its keys, 1 belongs to b3, 2 and 3 belong to b7.",
  zh = "map 正在扩容，只剩 **old3** 未迁移。其中键 1 归 b3，键 2、3 归 b7。",
}
local notes = {
  { "read h.buckets #1",
    "mapiterinit keeps a **snapshot** of B and buckets in the iterator. It goes along this array.",
    "mapiterinit 把 B 和 buckets 的**快照**存进迭代器，此后就沿着这个数组走。" },
  { "atomic update h.flags",
    "It marks the map as being iterated, and starts at a **random** bucket: here b7.",
    "标记 map 正在被遍历，并从**随机**的桶开始：这里是 b7。" },
  { "read old3.tophash[0] #1",
    "Bucket 7 is still empty: its keys are in **old3**. The loop reads them there.",
    "7 号桶还是空的，它的键都在 **old3** 里，循环就去那里读。" },
  { "read old3.value[1] #1",
    "Key 1 belongs to bucket 3: not now. **Key 2** belongs to bucket 7: it is given.",
    "键 1 归 3 号桶：现在不给。**键 2** 归 7 号桶：给出。" },
  { "evacuate old3.tophash[0]",
    "The body deletes key 3. A delete evacuates like a write: old3 moves **under the iterator**.",
    "循环体删除键 3。删除和写一样会迁移：old3 就在**迭代器脚下**被迁走。" },
  { "write h.oldbuckets",
    "The growth is over. The old array is garbage but for the iterator, which **keeps it alive**.",
    "扩容结束。旧数组已无人使用，只有迭代器还**让它存活**。" },
  { "write b7.tophash[1] #2",
    "Key 3 had moved to b7, slot 1. There it is deleted.",
    "键 3 已迁到 b7 的 1 号槽，在那里被删除。" },
  { "read stale3.key[2] #1",
    "The loop goes on in the old bucket. Slot 2 says key 3, and the mark that it has **moved** ...",
    "循环在旧桶里继续。2 号槽还写着键 3，但标记说它**已迁移**……" },
  { "read b7.tophash[1] #2",
    "... so the loop looks key 3 up again, in b7. It is gone: **not given**.",
    "……于是循环到 b7 重新查找键 3。没有了：**不给出**。" },
  { "read b0.value[0]",
    "The next bucket is b0. Key 1's turn comes with b3, and each key comes at most once.",
    "接着是 b0。键 1 要等轮到 b3；每个键最多给出一次。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("read old3.tophash[0] #2", function()
  ask {
    en = "The loop is at bucket 7, and old3's slots 0, 1, 2 hold keys 1, 2, 3. Which value is given first?",
    zh = "循环在 7 号桶，old3 的 0、1、2 号槽是键 1、2、3。先给出哪个值？",
    options = { { en = "10, key 1", zh = "10（键 1）", is = 10 }, { en = "20, key 2", zh = "20（键 2）", is = 20 } },
    answer = function(run) return run.value end,
    at = "read old3.value[1]",
    why = {
      en = "Key 1 will go to bucket 3, so it is not bucket 7's to give.",
      zh = "键 1 将去 3 号桶，不归 7 号桶给出。",
    },
  }
end)
when("read stale3.tophash[2] #1", function()
  ask {
    en = "Key 3 still stands in the old bucket, slot 2. Will the loop give it?",
    zh = "键 3 还留在旧桶的 2 号槽里。循环会给出它吗？",
    options = { { en = "Yes", zh = "会", is = true }, { en = "No", zh = "不会", is = false } },
    answer = function()
      local _, found = m:get(3)
      return found
    end,
    at = "read b7.tophash[1]",
    why = {
      en = "A slot marked as moved is looked up in the new array, and key 3 was deleted there.",
      zh = "标记为已迁移的槽要到新数组里重查，而键 3 在那里已被删除。",
    },
  }
end)

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

-- The 14th step draws where to begin: bucket 7, slot 0.
schedule "main*13 main@7 main*"
expect { done = true, race = false }
