-- A map grows and moves house: the array doubles at once, the entries follow bucket by bucket with the
-- writes that come next. One goroutine; nothing goes wrong.
scenario {
  id = "ch2-evacuate", chapter = "2.3", truth = "real",
  title = { en = "Growing: old buckets empty into X and Y", zh = "扩容：旧桶迁移到 X 和 Y" },
  question = {
    en = "When a map has doubled, where is a key that nobody has moved yet?",
    zh = "map 刚翻倍时，还没被迁移的键在哪里？",
  },
}

local m = map.make("int", "int", 26) -- B = 2: four buckets

-- A key's hash is made to be the key itself (and something to tell tophashes apart), so that each
-- bucket can be worked out by eye.
for k = 1, 32 do m:hash(k, k | (k + 64) << 56) end
for k = 1, 26 do m[k] = k * 10 end

main(function()
  m[27] = 270
  local _ = m[2]
  _ = m[8]
  m[28] = 280
  m[29] = 290
end)

caption {
  en = "Four buckets, 26 keys: as full as 6.5 a bucket allow. Key k lies in bucket **k & 3**: its hash is k here, so you can follow.",
  zh = "4 个桶，26 个键：已到每桶平均 6.5 个的上限。键 k 在桶 **k & 3**：这里让哈希就等于 k，便于心算。",
}
when("write h.flags #1", function()
  caption {
    en = "`m[27] = 270`, a new key: one too many. First **hashWriting**, as for any write.",
    zh = "`m[27] = 270`，一个新键，超限了。和任何写一样，先置位 **hashWriting**。",
  }
end)
when("write h.B", function()
  caption {
    en = "**B becomes 3**: eight buckets from now on. Nothing has moved.",
    zh = "**B 变为 3**：从现在起有 8 个桶。还什么都没有迁移。",
  }
end)
when("write h.oldbuckets #1", function()
  caption {
    en = "The full array is kept as **oldbuckets** ...",
    zh = "满的那个桶数组留作 **oldbuckets**……",
  }
end)
when("write h.buckets", function()
  caption {
    en = "... and **buckets** is a new, empty one, twice as long. This is all that growing does at once.",
    zh = "……**buckets** 换成两倍长的新空数组。扩容当场只做这些。",
  }
end)
when("evacuate old3.tophash[0]", function()
  caption {
    en = "Each write moves old buckets: first the one its key belongs to. 27 & 3 = 3: **old3**.",
    zh = "每次写都迁移旧桶：先迁移自己的键所属的那个。27 & 3 = 3，即 **old3**。",
  }
end)
when("moved #1", function()
  caption {
    en = "Bit 2 of the hash decides. Key 3 has it clear: **X**, the new bucket of the same index, b3.",
    zh = "哈希的第 2 位决定去向。键 3 该位为 0：去 **X**，即同号的新桶 b3。",
  }
end)
when("write old3.tophash[1]", function()
  caption {
    en = "The old slot is marked before its entry is copied: the mark **evacuatedY** (3) says where it goes.",
    zh = "旧槽位先打标记，再复制：标记 **evacuatedY**（3）说明去向。",
  }
end)
when("moved #2", function()
  caption {
    en = "Key 7 has the bit set: **Y**, four buckets further, b7.",
    zh = "键 7 该位为 1：去 **Y**，即后移 4 个桶的 b7。",
  }
end)
when("evacuate old0.tophash[0]", function()
  caption {
    en = "Then one more, the next in line at **nevacuate**: old0. Two old buckets a write, never more.",
    zh = "然后再迁移一个，即 **nevacuate** 指着的下一个：old0。每次写最多迁移两个旧桶。",
  }
end)
when("write b3.tophash[3]", function()
  caption {
    en = "Only now is key 27 stored, in the new bucket **b3**.",
    zh = "直到这时才写入键 27，写进新桶 **b3**。",
  }
end)
when("read old2.tophash[0] #1", function()
  caption {
    en = "`m[2]` is read. Its tophash tells that **old2** has not moved: the key is looked up there. A read moves nothing.",
    zh = "读 `m[2]`。tophash 表明 **old2** 还没迁移，就在旧桶里查。读不会迁移任何东西。",
  }
end)
when("read b0.key[0]", function()
  caption {
    en = "`m[8]` is read. old0 has moved, so {1:main} looks into the new **b0**.",
    zh = "读 `m[8]`。old0 已迁移，{1:main} 就查新桶 **b0**。",
  }
end)
when("evacuate old1.tophash[0]", function()
  caption {
    en = "`m[28] = 280`: its own old bucket, old0, has moved already. The next in line follows: **old1**.",
    zh = "`m[28] = 280`：它自己的旧桶 old0 已迁移，于是只迁移下一个：**old1**。",
  }
end)
when("evacuate old2.tophash[0]", function()
  caption {
    en = "`m[29] = 290`: **old2** is the last. old3 went first, so after it nevacuate skips to the end.",
    zh = "`m[29] = 290`：**old2** 是最后一个。old3 早已迁移，之后 nevacuate 直接到头。",
  }
end)
when("grown", function()
  caption {
    en = "**oldbuckets = nil**: the growth is over. Three writes have paid for it.",
    zh = "**oldbuckets = nil**：扩容结束，从开始算起用了三次写。",
  }
end)

claim {
  says = {
    en = "growWork is the key entry by which mcache asks mcentral for memory.",
    zh = "growWork 是 mcache 向 mcentral 申请内存的关键入口。",
  },
  verdict = "false",
  evidence = {
    en = "growWork belongs to the map: it evacuates the old bucket that a write is about to use, and one more. It asks for no memory of its own.",
    zh = "growWork 是 map 的函数：迁移这次写要用到的旧桶，再多迁移一个。它与申请内存无关。",
  },
  source = "runtime/map.go:1128 (Go 1.19)",
}

expect { done = true, race = false }
