-- Two writers insert two keys into one bucket, so evenly that both find the same free slot. The check
-- catches the second, after an entry has been lost.
scenario {
  id = "ch3-two-writers", chapter = "3.2", order = 2, truth = "real",
  title = { en = "Two writers, one slot", zh = "两个写者，一个槽位" },
  question = {
    en = "Both writers checked that nobody writes. How can both be writing?",
    zh = "两个写者都检查过没人在写，怎么会同时在写？",
  },
}

local m = map.make("int", "int", 9) -- B = 1: two buckets
-- All three keys belong to bucket 1; their tophashes are 0x41, 0x52 and 0x63.
m:hash(1, 1 | 0x41 << 56)
m:hash(2, 1 | 0x52 << 56)
m:hash(3, 1 | 0x63 << 56)
m[1] = 10

go("A", function() m[2] = 20 end)
go("B", function() m[3] = 30 end)

caption {
  en = "Key 1 lies in bucket 1. {1:A} will insert key 2 and {2:B} key 3, into the same bucket.",
  zh = "键 1 在桶 1。{1:A} 要插入键 2，{2:B} 要插入键 3，都落在这个桶里。",
}
when("A: read h.flags #1", function()
  caption {
    en = "{1:A} checks **flags**: 0, nobody writes.",
    zh = "{1:A} 检查 **flags**：0，没人在写。",
  }
end)
when("B: read h.flags #1", function()
  caption {
    en = "{2:B} checks too: still 0. **Both have passed.** The check reserves nothing.",
    zh = "{2:B} 也检查：仍是 0。**两个都通过了。**检查并不占住什么。",
  }
end)
when("A: read h.flags #2", function()
  caption {
    en = "To set the bit {1:A} loads flags once more: 0 ...",
    zh = "为了置位，{1:A} 再读一次 flags：0……",
  }
end)
when("B: read h.flags #2", function()
  caption {
    en = "... and so does {2:B}. Loading and storing are two steps.",
    zh = "……{2:B} 也一样。读和写回是两步。",
  }
end)
when("A: write h.flags #1", function()
  caption {
    en = "{1:A} stores 0 ^ 4: **hashWriting** is set.",
    zh = "{1:A} 写回 0 ^ 4：**hashWriting** 已置位。",
  }
end)
when("B: write h.flags #1", function()
  ask {
    en = "{2:B} stores 0 ^ 4 as well. One bit now stands for two writers. Who will notice?",
    zh = "{2:B} 也写回 0 ^ 4。一个位，现在代表两个写者。最后谁会发现？",
    options = { { en = "{1:A}", is = "A" }, { en = "{2:B}", is = "B" }, { en = "Nobody", zh = "没有人", is = "nobody" } },
    answer = function(run) return run.crashed end,
    why = {
      en = "Who clears the bit first sees nothing; the other finds it gone at its exit check. Here {1:A} is first.",
      zh = "先清除的人什么也看不到，后到的人在出口检查时发现位没了。这里 {1:A} 先到。",
    },
  }
end)
when("A: read b1.tophash[1]", function()
  caption {
    en = "{1:A} has gone through bucket 1. Key 2 is not there; **slot 1** is the first free one.",
    zh = "{1:A} 查了桶 1：没有键 2，第一个空槽位是 **1 号**。",
  }
end)
when("B: read b1.tophash[1]", function()
  caption {
    en = "{2:B} finds the same: **slot 1** is free. Nothing is written there yet.",
    zh = "{2:B} 的结论相同：**1 号槽位**空闲。那里还没写过东西。",
  }
end)
when("A: write b1.key[1]", function()
  caption {
    en = "{1:A} has stored tophash 0x52 and **key 2** in slot 1.",
    zh = "{1:A} 在 1 号槽位写入了 tophash 0x52 和**键 2**。",
  }
end)
when("B: write b1.tophash[1]", function()
  caption {
    en = "{2:B} stores its tophash 0x63 into the same byte. For one step the slot is half A's, half B's.",
    zh = "{2:B} 把 tophash 0x63 写进同一个字节。这一刻，槽位一半是 A 的，一半是 B 的。",
  }
end)
when("B: write b1.key[1]", function()
  caption {
    en = "**Key 3** overwrites key 2. {1:A}'s entry is gone, and {1:A} does not know.",
    zh = "**键 3** 覆盖了键 2。{1:A} 的条目没了，{1:A} 并不知道。",
  }
end)
when("B: write h.count", function()
  caption {
    en = "Both loaded **count = 1**, both store 2. Here that happens to match what is in the bucket.",
    zh = "两者都读到 **count = 1**，都写回 2。这里碰巧与桶里的条目数相符。",
  }
end)
when("A: read h.flags #3", function()
  caption {
    en = "{1:A} checks at its end: hashWriting is set, as it left it. All seems well.",
    zh = "{1:A} 结束前再检查：hashWriting 还在，和它离开时一样。看似一切正常。",
  }
end)
when("A: write h.flags #2", function()
  caption {
    en = "{1:A} clears **hashWriting**. It was also {2:B}'s.",
    zh = "{1:A} 清除 **hashWriting**。那也是 {2:B} 的标志。",
  }
end)
when("A: write b1.value[1]", function()
  caption {
    en = "{1:A} stores its value: **20, now under key 3**.",
    zh = "{1:A} 写入自己的值：**20，却记在键 3 名下**。",
  }
end)
when("B: read h.flags #3", function()
  caption {
    en = "{2:B} checks at its end: flags is **0**. Somebody else has cleared the bit.",
    zh = "{2:B} 结束前检查：flags 是 **0**，有人清掉了这个位。",
  }
end)
when("fatal", function()
  caption {
    en = "**fatal error: concurrent map writes.** Had {2:B} looked before {1:A} cleared the bit, nobody would have said a word.",
    zh = "**fatal error: concurrent map writes。**要是 {2:B} 赶在 {1:A} 清除之前检查，就谁也不会报错。",
  }
end)

claim {
  says = {
    en = "A writer claims the slot by a compare-and-swap of its tophash; who loses, goes on and throws.",
    zh = "写者用 CAS 抢占槽位的 tophash；失败者继续执行并 throw。",
  },
  verdict = "false",
  evidence = {
    en = "There is no compare-and-swap in the map. tophash and key are stored plainly; the message comes from two looks at a flag, at the beginning and at the end.",
    zh = "map 里没有 CAS。tophash 和键都是普通写；报错来自开头和结尾对标志位的两次检查。",
  },
  source = "runtime/map_fast64.go:101, 166, 176 (Go 1.19)",
}

schedule "A B A*2 B*2 A B A*11 B*11 A*2 B*2 A B A B A*4 B"
expect {
  fatal = "concurrent map writes", race = true,
  explore = {
    mode = "dpor", complete = true,
    outcomes = {
      { fatal = "concurrent map writes", race = true },
      { done = true, race = true }, -- not a word, whatever became of the keys
      { race = false, count = 0 },
    },
  },
}
