-- A map has grown and moves house: the array doubled at once, the entries follow bucket by bucket with
-- the writes that come next. One goroutine; nothing goes wrong. Some 100 steps, since moving one bucket
-- of three entries alone takes 50: the last bucket left, so that the growth ends here as well.
scenario {
  id = "ch2-evacuate", chapter = "2.3", order = 1, truth = "real",
  title = { en = "Growing: old buckets empty into X and Y", zh = "扩容：旧桶迁移到 X 和 Y" },
  question = {
    en = "When a map has doubled, where is a key that nobody has moved yet?",
    zh = "map 刚翻倍时，还没被迁移的键在哪里？",
  },
}

local m = map.make("int", "int", 26) -- B = 2: four buckets

-- A key's hash is made to be the key itself (and something to tell tophashes apart), so that each
-- bucket can be worked out by eye.
local function put(k)
  m:hash(k, k | (k + 64) << 56)
  m[k] = k * 10
end
for _, k in ipairs { 2, 6, 10 } do put(k) end -- all that bucket 2 gets
for k = 1, 31 do
  if k % 4 ~= 2 then put(k) end
end
-- 26 keys by now, as full as 6.5 a bucket allow. Two more: the map grows, and each moves old buckets.
put(35) -- old3, and old0
put(36) -- old1

main(function()
  local _ = m[2]
  m[6] = 66
  _ = m[10]
end)

caption {
  en = "Grown from 4 buckets to **8**, and only **old2** has not moved. Key k lies in bucket k & 7: its hash is k here.",
  zh = "从 4 个桶扩容到 **8** 个，只剩 **old2** 未迁移。这里让哈希等于键：键 k 在桶 k & 7。",
}
when("read h.hash0 #1", function()
  ask {
    en = "`m[2]` is read: 2 & 7 = 2. Does {1:main} find it in the new bucket b2, or still in old2?",
    zh = "读 `m[2]`：2 & 7 = 2。{1:main} 会在新桶 b2 里找到它，还是仍在 old2 里？",
    options = { { en = "In b2", zh = "在 b2", is = "moved" }, { en = "In old2", zh = "在 old2", is = "not moved" } },
    answer = function(run) return run.value < 5 and "moved" or "not moved" end, -- 2, 3, 4 are marks
    at = "read old2.tophash[0]",
    why = {
      en = "old2's first tophash is a key's, not one of the marks 2, 3 and 4: the bucket has not moved.",
      zh = "old2 的第一个 tophash 是键的，不是标记 2、3、4：这个桶还没迁移。",
    },
  }
end)
when("read old2.tophash[0] #1", function()
  caption {
    en = "Its first tophash tells: **old2** has not moved, so the key is looked up there. A read moves nothing.",
    zh = "它的第一个 tophash 表明 **old2** 还没迁移，就在旧桶里查。读不会迁移任何东西。",
  }
end)
when("write h.flags #1", function()
  caption {
    en = "`m[6] = 66` is a write: **hashWriting** first, as always. Then, before it looks for key 6, ...",
    zh = "`m[6] = 66` 是写：照例先置位 **hashWriting**。然后，在查找键 6 之前……",
  }
end)
when("evacuate old2.tophash[0]", function()
  caption {
    en = "... it moves the old bucket that its key belongs to. 6 & 3 = 2: **old2**.",
    zh = "……先迁移自己的键所属的旧桶。6 & 3 = 2，即 **old2**。",
  }
end)
when("read old2.key[1] #1", function()
  ask {
    en = "Key 6 is next: 110 in binary. Where will it be copied?",
    zh = "下一个是键 6，二进制 110。它会被复制到哪里？",
    options = { { en = "X: b2", zh = "X：b2", is = 2 }, { en = "Y: b6", zh = "Y：b6", is = 6 } },
    answer = function() return m:bucket(6) end,
    at = "moved #2",
    why = {
      en = "Bit 2 of the hash decides: 0 is X, the same index; 1 is Y, four further.",
      zh = "由哈希的第 2 位决定：0 去 X，桶号不变；1 去 Y，后移 4 个桶。",
    },
  }
end)
when("write old2.tophash[0]", function()
  caption {
    en = "Key 2 is 010: bit 2 is clear, so **X**. The old slot is marked first: evacuatedX (2).",
    zh = "键 2 是 010：第 2 位为 0，去 **X**。旧槽先打标记 evacuatedX（2）。",
  }
end)
when("moved #1", function()
  caption {
    en = "Then tophash, key and value are copied: key 2 is in **b2** now.",
    zh = "然后复制 tophash、键和值：键 2 到了 **b2**。",
  }
end)
when("write old2.tophash[1]", function()
  caption {
    en = "Key 6 is 110: bit 2 is set. The mark **evacuatedY** (3) says so.",
    zh = "键 6 是 110：第 2 位为 1。标记 **evacuatedY**（3）说明去向。",
  }
end)
when("moved #2", function()
  caption {
    en = "Key 6 is in **Y**, four buckets further: b6.",
    zh = "键 6 到了 **Y**，即后移 4 个桶的 b6。",
  }
end)
when("moved #3", function()
  caption {
    en = "Key 10 is 1010: bit 2 is clear, and it follows key 2 into b2.",
    zh = "键 10 是 1010：第 2 位为 0，跟着键 2 进了 b2。",
  }
end)
when("write old2.tophash[3]", function()
  caption {
    en = "Empty slots are marked, too: **evacuatedEmpty** (4).",
    zh = "空槽也打标记：**evacuatedEmpty**（4）。",
  }
end)
when("write h.oldbuckets", function()
  caption {
    en = "old2 was the last one. **oldbuckets = nil**: the growth is over.",
    zh = "old2 是最后一个。**oldbuckets = nil**：扩容结束。",
  }
end)
when("write b6.value[0] #2", function()
  caption {
    en = "Only now is 66 stored, in the new bucket **b6**.",
    zh = "直到这时才写入 66，写进新桶 **b6**。",
  }
end)
when("read b2.value[1]", function()
  caption {
    en = "`m[10]` is read: no old buckets any more. It is in **b2**.",
    zh = "读 `m[10]`：已经没有旧桶，它在 **b2**。",
  }
end)

claim {
  says = {
    en = "A bucket carries a state, BUCKET_MIGRATING, while oldbuckets is moved.",
    zh = "oldbuckets 迁移期间，桶带有 BUCKET_MIGRATING 状态。",
  },
  verdict = "false",
  evidence = {
    en = "There is no such field. Each old slot's tophash becomes a mark: evacuatedX (2), evacuatedY (3) or evacuatedEmpty (4), and the first slot's speaks for the bucket.",
    zh = "没有这个字段。旧槽的 tophash 变成标记：evacuatedX（2）、evacuatedY（3）或 evacuatedEmpty（4），首槽的标记代表整个桶。",
  },
  source = "runtime/map.go:95-97, 203, 1221 (Go 1.19)",
}

expect { done = true, race = false }
