-- A deleted slot becomes emptyOne. When nothing is in use behind it, it becomes emptyRest, and so do the
-- emptyOne slots before it, back over the bucket's border into the bucket before.
scenario {
  id = "ch3-delete-cascade", chapter = "3.3", order = 1, truth = "real",
  title = { en = "delete, and the emptyRest cascade", zh = "delete 与 emptyRest 的连锁" },
  question = {
    en = "One delete writes tophash bytes four times. Which ones, and why backwards?",
    zh = "一次 delete 写了四次 tophash。写在哪几处？为什么倒着写？",
  },
}

local m = map.make("int", "int", 9) -- two buckets; all keys belong to bucket 0
for k = 1, 9 do m:hash(k, (0x40 + k) << 56) end
for k = 1, 9 do m[k] = k * 10 end -- key 9 is alone in an overflow bucket
delete(m, 7)
delete(m, 8)

main(function()
  delete(m, 9)
  delete(m, 3)
end)

caption {
  en = "Keys 7 and 8 were deleted: slots 6 and 7 are **emptyOne** (1). Key 9 is in the overflow bucket ov1.",
  zh = "键 7、8 已删：6、7 号槽是 **emptyOne**（1）。键 9 在溢出桶 ov1 里。",
}
local notes = {
  { "write h.flags #1",
    "delete(m, 9). A delete is a write: **hashWriting** is set, plainly. No lock-free path, no dirty bit.",
    "delete(m, 9)。删除也是写：普通写置位 **hashWriting**。没有无锁路径，没有脏位。" },
  { "read b0.overflow #1",
    "Key 9 is not among the eight of b0. The search follows the overflow pointer.",
    "b0 的八个槽里没有键 9，顺着溢出指针找下去。" },
  { "write ov1.value[0]",
    "Found. The value is zeroed. An int key stays in memory: it holds no pointer.",
    "找到了。值清零。int 键留在原处：它不含指针。" },
  { "write ov1.tophash[0] #1",
    "tophash = **emptyOne** (1): free, but others may follow.",
    "tophash = **emptyOne**（1）：空了，但后面可能还有。" },
  { "read ov1.tophash[1]",
    "The next slot is **emptyRest** (0): nothing follows. So this slot is the new end ...",
    "下一个槽是 **emptyRest**（0）：后面什么都没有。于是这里就是新的尽头……" },
  { "write ov1.tophash[0] #2",
    "... and becomes **emptyRest** itself. Now backwards: what is before it?",
    "……自己也变成 **emptyRest**。接着往回看：前一个槽呢？" },
  { "read b0.overflow #2",
    "It was the first slot of ov1. To go back, the chain is walked from its head: b0, slot 7.",
    "它是 ov1 的第一个槽。要往回走，得从链头重新走一遍：b0 的 7 号槽。" },
  { "write b0.tophash[6]", "Slot 6 was emptyOne too, and becomes **emptyRest**.", "6 号槽也是 emptyOne，同样改成 **emptyRest**。" },
  { "read b0.tophash[5]",
    "Slot 5 is in use: stop. Whoever searches this chain may now end at slot 6.",
    "5 号槽在用，停。以后查这条链，到 6 号槽就能结束。" },
  { "write h.flags #3", "delete(m, 3), from the middle of the bucket.", "delete(m, 3)，从桶的中间删。" },
  { "write b0.tophash[2]",
    "Slot 2 becomes **emptyOne** ...",
    "2 号槽变成 **emptyOne** ……" },
  { "read b0.tophash[3]",
    "... and stays so: slot 3 behind it is in use. The hole waits for the next insert.",
    "……到此为止：后面的 3 号槽还在用。这个空位留给下一次插入。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("write b0.tophash[7]", function()
  ask {
    en = "Slot 7 was emptyOne: **emptyRest** now. Going back, which slot of b0 is the first to stay as it is?",
    zh = "7 号槽原是 emptyOne，现在改成 **emptyRest**。接着往回走，b0 里第一个保持不动的是几号槽？",
    options = { { en = "7", is = "b0.tophash[7]" }, { en = "6", is = "b0.tophash[6]" },
      { en = "5", is = "b0.tophash[5]" }, { en = "0", is = "b0.tophash[0]" } },
    at = "read b0.tophash[5]", -- the last that it looks at; it stores nothing behind it
    answer = function(run) return run.place end,
    why = {
      en = "Slot 6 was emptyOne as well. Slot 5 holds key 6: it is looked at, and left as it is.",
      zh = "6 号槽也是 emptyOne。5 号槽里有键 6：看了一眼，保持不动。",
    },
  }
end)

claim {
  says = {
    en = "mapdelete_fast64 clears a dirty bit without a lock.",
    zh = "mapdelete_fast64 无锁地清除 dirtybit。",
  },
  verdict = "false",
  evidence = {
    en = "There is no dirty bit. It zeroes the value, stores emptyOne and then turns emptyOne into emptyRest backwards, all plainly, with hashWriting set.",
    zh = "没有 dirtybit。它把值清零，写 emptyOne，再倒着把 emptyOne 改成 emptyRest，全是普通写，期间 hashWriting 置位。",
  },
  source = "runtime/map_fast64.go:302-347 (Go 1.19)",
}

finally(function() return len(m) .. " keys" end)
expect { done = true, label = "5 keys", race = false }
