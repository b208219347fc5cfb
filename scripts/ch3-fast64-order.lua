-- One insert by mapassign_fast64, access by access: what it stores, in which order, and that nothing in
-- it is atomic.
scenario {
  id = "ch3-fast64-order", chapter = "3.2", order = 1, truth = "real",
  title = { en = "mapassign_fast64, store by store", zh = "mapassign_fast64 的每一次写" },
  question = {
    en = "m[7] = 70 changes six things. In which order, and which of them atomically?",
    zh = "m[7] = 70 要改六处。先后次序如何？哪几处是原子的？",
  },
}

local m = map.make("int", "int")
m:hash(5, 0x45 << 56)
m:hash(7, 0x47 << 56)
m[5] = 50

go("writer", function() m[7] = 70 end)

caption {
  en = "The map holds key 5 in slot 0. {1:writer} does m[7] = 70.",
  zh = "map 的 0 号槽里有键 5。{1:writer} 执行 m[7] = 70。",
}
local notes = {
  { "read h.flags #1",
    "The entry check. Only here, and once more at the exit, can \"concurrent map writes\" be raised.",
    "入口检查。只有这里和出口处会报 concurrent map writes。" },
  { "read h.flags #2",
    "To set the bit, flags is loaded ...",
    "为了置位，先读一次 flags……" },
  { "write h.flags #1",
    "... and stored, as two separate instructions. First store: **flags = 4**.",
    "……再写回：两条独立的指令。第一次写：**flags = 4**。" },
  { "read b0.key[0]",
    "The search compares **keys**. fast64 does not look at tophash to find one.",
    "查找时比较的是**键**。fast64 找键时不比 tophash。" },
  { "write b0.tophash[1]",
    "Second store: **tophash**, a plain byte. No compare-and-swap: nobody looks whether it was still 0.",
    "第二次写：**tophash**，普通的一个字节。没有 CAS，没人看它是否还是 0。" },
  { "write b0.key[1]",
    "Third: the **key**. (Generic mapassign stores the key first, then tophash.)",
    "第三次：**键**。（通用的 mapassign 先写键，再写 tophash。）" },
  { "write h.count",
    "Fourth: **count**, by a load and a store.",
    "第四次：**count**，先读后写。" },
  { "write h.flags #2",
    "Checked again, then the fifth store: **flags = 0**. mapassign_fast64 returns a pointer to slot 1.",
    "再检查一次，第五次写：**flags = 0**。mapassign_fast64 返回指向 1 号槽的指针。" },
  { "write b0.value[1]",
    "Sixth: the **value**, by the caller, after the flag was cleared. None of the six was atomic.",
    "第六次：**值**，由调用者在标志清除之后写入。六次写都不是原子操作。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("read b0.tophash[1]", function()
  ask {
    en = "Slot 1 is free (0, and nothing behind it): remembered, not reserved. Which store comes next?",
    zh = "1 号槽空闲（值为 0，后面也没有）：只是记下，并没有占住。下一次写的是什么？",
    options = { { en = "tophash", zh = "tophash", is = "b0.tophash[1]" }, { en = "key", zh = "键", is = "b0.key[1]" },
      { en = "value", zh = "值", is = "b0.value[1]" }, { en = "count", zh = "count", is = "h.count" } },
    at = "write",
    answer = function(run) return run.place end,
    why = {
      en = "In fast64 it is tophash, then the key: a reader may see a slot in use with a key that is not its own.",
      zh = "fast64 先写 tophash 再写键：读者可能看到一个“在用”的槽，里面却还不是它的键。",
    },
  }
end)

claim {
  says = {
    en = "mapassign_fast64 claims its slot with atomic.CasUintptr on the tophash.",
    zh = "mapassign_fast64 用 atomic.CasUintptr 抢占 tophash。",
  },
  verdict = "false",
  evidence = {
    en = "Plain stores of tophash, key and count. A CAS of a whole word on a tophash byte would also touch the seven bytes behind it.",
    zh = "tophash、键、count 都是普通写。若对一个 tophash 字节做整字 CAS，还会碰到后面七个字节。",
  },
  source = "runtime/map_fast64.go:101, 107, 166, 170, 172, 176 (Go 1.19)",
}

finally(function() return "m[7] = " .. m[7] end)
expect { done = true, label = "m[7] = 70", race = false }
