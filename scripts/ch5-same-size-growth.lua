-- A map that once was full and now is nearly empty walks long chains for few keys. Growing to the same
-- size moves what is left to the front. (One insert walks a chain and moves both, slot by slot: it takes
-- more steps than other scenes. Key 9 has moved by step 79; the second chain is the same once more.)
scenario {
  id = "ch5-same-size-growth", chapter = "5", order = 4, truth = "real",
  title = { en = "Growing to the same size", zh = "等量扩容" },
  question = {
    en = "Two keys in two buckets. Why does the map grow, and why not to four?",
    zh = "两个桶里只有两个键。map 为什么扩容？为什么不扩到四个桶？",
  },
}

-- Nine keys in each of two buckets, one bucket after the other; eight of each are deleted again. What
-- stays: keys 9 and 29, each alone in an overflow bucket.
local m = map.make("int", "int", 9)
for bucket = 0, 1 do
  local first = 20 * bucket + 1
  for k = first, first + 8 do
    m:hash(k, (0x40 + k) << 56 | bucket)
    m[k] = k * 10
  end
  for k = first, first + 7 do delete(m, k) end
end
m:hash(10, 0x4a << 56)

main(function() m[10] = 100 end)

caption {
  en = "Keys 9 and 29 are alone in their **overflow buckets**: what deletes have left. {1:main} inserts key 10.",
  zh = "键 9 和 29 各自孤零零待在**溢出桶**里，前面的都删了。{1:main} 插入键 10。",
}
local notes = {
  { "read b0.tophash[0] #1",
    "The search goes through eight empty slots (emptyOne) ...",
    "查找要走过八个空槽（emptyOne）……" },
  { "read ov1.tophash[0] #1",
    "... and through the overflow bucket. A map keeps such chains; it never shrinks.",
    "……再走过溢出桶。这样的链会一直留着，map 从不缩小。" },
  { "read h.noverflow #1",
    "count is 2: far from full. But **noverflow = 2**, as many as there are buckets: too many.",
    "count 是 2，远没有满。但 **noverflow = 2**，和桶一样多：太多了。" },
  { "write h.flags #2",
    "So hashGrow, with **sameSizeGrow** (8): flags = 12.",
    "于是 hashGrow，并置位 **sameSizeGrow**（8）：flags = 12。" },
  { "write h.buckets",
    "The new array has **two** buckets again. B stays 1.",
    "新数组**还是两个**桶，B 仍为 1。" },
  { "write old0.tophash[0]",
    "evacuate goes through old0: empty slots are only marked (4) ...",
    "evacuate 走一遍 old0：空槽只打标记（4）……" },
  { "write b0.value[0] #1",
    "... and key 9 moves to **slot 0** of the bucket of the same number. There is no Y half.",
    "……键 9 搬到同号桶的 **0 号槽**。没有 Y 半区。" },
  { "write b1.value[0] #1",
    "Key 29 likewise, in b1. No hash was needed: a same-size growth keeps each bucket's number.",
    "键 29 也一样，搬到 b1。不必算哈希：等量扩容不改变桶号。" },
  { "write b0.value[1] #1",
    "Key 10 follows in slot 1. Both chains are **one bucket long** again.",
    "键 10 放进 1 号槽。两条链又都**只有一个桶**了。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("write h.noverflow", function()
  ask {
    en = "noverflow = 0: the new chains have no overflow buckets yet. Key 9 was in bucket 0. Where does it go?",
    zh = "noverflow = 0：新链还没有溢出桶。键 9 原在 0 号桶，要搬到哪个桶？",
    options = { { en = "bucket 0", zh = "0 号桶", is = 0 }, { en = "bucket 1", zh = "1 号桶", is = 1 },
      { en = "bucket 2", zh = "2 号桶", is = 2 } },
    at = "grown",
    answer = function() return m:bucket(9) end,
    why = {
      en = "As many buckets as before, so as many bits of the hash choose one: its number stays.",
      zh = "桶数没变，选桶用的哈希位数也没变，桶号就不变。",
    },
  }
end)

claim {
  says = {
    en = "A map grows when it has too many keys, and then doubles.",
    zh = "键太多时 map 才扩容，而且总是翻倍。",
  },
  verdict = "partly",
  evidence = {
    en = "Above 6.5 keys a bucket it doubles. With about as many overflow buckets as buckets it grows to the same size. The bucket array never becomes smaller.",
    zh = "平均每桶超过 6.5 个键时翻倍；溢出桶大约和桶一样多时等量扩容。桶数组从不变小。",
  },
  source = "runtime/map.go:1041-1047, 1092-1102 (Go 1.19)",
}

finally(function() return m[9] .. ", " .. m[10] .. ", " .. m[29] end)
expect { done = true, label = "90, 100, 290", race = false }
