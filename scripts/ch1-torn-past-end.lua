-- The other tear: a new B with the old array. The bucket's number is then past the array's end.
scenario {
  id = "ch1-torn-past-end", chapter = "1", order = 5, truth = "real",
  title = { en = "What the check misses: past the end", zh = "检查漏掉了什么：越过末尾" },
  question = {
    en = "How can reading a map run past the end of its buckets?",
    zh = "读 map 怎么会越过桶数组的末尾？",
  },
}

local m = map.make("int", "int")
m:hash(3, 0x2a00000000000001) -- the lowest bit is 1: of two buckets, key 3 belongs to the second
for k = 1, 8 do m[k] = k * 10 end

go("reader", function() local _ = m[3] end)
go("writer", function() m[9] = 90 end)

caption {
  en = "One full bucket. {1:reader} wants key 3; {2:writer} will add a ninth key and make the map grow.",
  zh = "一个满桶。{1:reader} 要读键 3；{2:writer} 将加入第九个键，触发扩容。",
}
when("reader: read h.flags", function()
  caption {
    en = "{1:reader} passes its check: flags is 0.",
    zh = "{1:reader} 通过检查：flags 为 0。",
  }
end)
when("writer: write h.B", function()
  caption {
    en = "{2:writer} grows the map and stores **B = 1**. The new array is not in buckets yet.",
    zh = "{2:writer} 扩容，先写 **B = 1**。buckets 还没有指向新数组。",
  }
end)
when("reader: read h.B #1", function()
  caption {
    en = "{1:reader} loads the **new** B: it takes the map for one of two buckets.",
    zh = "{1:reader} 读到**新** B，以为已有两个桶。",
  }
end)
when("reader: read h.hash0", function()
  ask {
    en = "B = 1, and key 3's hash ends in the bit 1. Which bucket will {1:reader} look into?",
    zh = "B = 1，键 3 的哈希最低位是 1。{1:reader} 会去查几号桶？",
    options = { { en = "Bucket 0", zh = "0 号桶", is = 0 }, { en = "Bucket 1", zh = "1 号桶", is = 1 } },
    answer = function() return m:bucket(3) end,
    at = "reader: read h.buckets",
    why = {
      en = "hash & (2^B - 1) = 1. But does buckets point to an array of two by now?",
      zh = "hash & (2^B - 1) = 1。可是 buckets 此刻指向两个桶的数组了吗？",
    },
  }
end)
when("reader: read h.buckets", function()
  caption {
    en = "But buckets is still the **old** array, which has only one.",
    zh = "可 buckets 仍是**旧**数组，里面只有一个桶。",
  }
end)
when("reader: read h.oldbuckets", function()
  caption {
    en = "oldbuckets is nil: no growth in sight. {1:reader} goes to bucket 1 of **one**.",
    zh = "oldbuckets 为 nil，看不出在扩容。{1:reader} 去只有**一个**桶的数组里找 1 号桶。",
  }
end)
when("fault", function()
  caption {
    en = "**Past the end.** Go does not check this: it reads the neighbour's memory as if it were a bucket.",
    zh = "**越过末尾。** Go 不检查这里：它会把相邻对象的内存当作桶来读。",
  }
end)

claim {
  says = {
    en = "A reader may find the bucket pointer changed and access memory out of bounds.",
    zh = "读者可能遇到桶指针已变，从而越界访问。",
  },
  verdict = "true",
  evidence = {
    en = "hashGrow stores B before buckets, and a reader loads them one after the other: in a model of these accesses 2 of 54 orders.",
    zh = "hashGrow 先写 B 后写 buckets，读者又分两次读：在这些访问的模型里占 54 种顺序中的 2 种。",
  },
  source = "runtime/map.go:418, 1058, 1061 (Go 1.19)",
}

schedule "reader*2 writer*35 reader*"
expect {
  fault = true, race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true },
      { fatal = "concurrent map read and map write" },
      { fault = true },
    },
  },
}
