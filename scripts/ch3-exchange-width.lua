-- An exchange compares nothing and writes as many bytes as it is wide. Eight bytes written at the
-- address of one tophash reach into its neighbours and into the first key.
fixes { "none", "byte" }
scenario {
  id = "ch3-exchange-width", chapter = "3.1", order = 4, truth = "model",
  title = { en = "Eight bytes written for one", zh = "本该写一个字节，却写了八个" },
  question = {
    en = "What else does an eight-byte exchange at tophash[3] write?",
    zh = "在 tophash[3] 的地址上做八字节交换，还会写到什么？",
  },
}

local TOP = 7
local Bucket = struct("bucket", { { "tophash", "u8", 8 }, { "keys", "u64", 8 } })
local b = Bucket:new()
b.tophash[4] = 82 -- a neighbour: slot 4 is in use
b.tophash[0] = 65
b.keys[0] = 5

go("claimer", function()
  store_at(addr(b, "tophash", 3), fix() == "byte" and "u8" or "u64", TOP)
  local top = b.tophash[4]
  caption(top == 82 and {
    en = "tophash[4] is still 82: one byte was written.",
    zh = "tophash[4] 仍是 82：只写了一个字节。",
  } or {
    en = "tophash[4] was 82 and is **" .. top .. "**: slot 4 looks free now.",
    zh = "tophash[4] 原是 82，现在是 **" .. top .. "**：4 号槽看上去成了空槽。",
  })
  local key = b.keys[0]
  caption(key == 5 and {
    en = "The first key is still 5. The width of an access is part of it.",
    zh = "第一个键仍是 5。访问的宽度也是访问的一部分。",
  } or {
    en = "The first key was 5 and is **" .. key .. "**: its low three bytes were in the way.",
    zh = "第一个键原是 5，现在是 **" .. key .. "**：它的低三个字节也被盖掉了。",
  })
end)

caption(fix() == "byte" and {
  en = "**A model, not Go.** The fix: write **one byte**.",
  zh = "**模型，不是 Go。**解法：只写**一个字节**。",
} or {
  en = "**A model, not Go:** {1:claimer} claims slot 3 by exchanging a whole word at tophash[3].",
  zh = "**模型，不是 Go：**{1:claimer} 要占 3 号槽，在 tophash[3] 处交换了整整一个字。",
})
ask {
  en = "Slot 4 is in use: tophash[4] is 82. Which value has it after {1:claimer}'s exchange at tophash[3]?",
  zh = "4 号槽在用，tophash[4] 是 82。{1:claimer} 在 tophash[3] 处交换之后，它是多少？",
  options = { 82, 7, 0 },
  answer = function() return b.tophash[4] end,
  why = fix() == "none" and {
    en = "A word is eight bytes, low byte first: 7 goes to tophash[3], zeros to the seven bytes behind it.",
    zh = "一个字有八个字节，低字节在前：7 写到 tophash[3]，后面七个字节都写成零。",
  } or {
    en = "One byte was written, and that was tophash[3].",
    zh = "只写了一个字节，就是 tophash[3]。",
  },
}
if fix() == "none" then
  when("write b.tophash[3]", function()
    caption {
      en = "7 and seven zeros: over **tophash[3] to [7]** and three bytes of the first key.",
      zh = "写下 7 和七个零：盖住 **tophash[3] 到 [7]**，还有第一个键的三个字节。",
    }
  end)
end

labels {
  ["neighbours kept"] = { en = "one byte was written", zh = "只写了一个字节", right = true },
  ["neighbours wiped"] = { en = "seven bytes of neighbours are wiped", zh = "相邻的七个字节被清掉", right = false },
}

claim {
  says = {
    en = "The assembly's XCHG is the compare-and-swap of the field; it locks for bytes only.",
    zh = "汇编里的 XCHG 就是对该字段的 CAS，只对字节加锁。",
  },
  verdict = "false",
  evidence = {
    en = "XCHG compares nothing (CMPXCHG does), locks memory at every width and sets no flag to branch on. evacuate has neither of them.",
    zh = "XCHG 不做比较（CMPXCHG 才做），访问内存时无论宽度都自带 LOCK，也不影响标志位。evacuate 里两者都没有。",
  },
  source = "runtime/map.go:1152 (Go 1.19); amd64 instruction set",
}

claim {
  says = {
    en = "A //go:volatile pragma keeps such an access in order.",
    zh = "//go:volatile 编译指示能保证这类访问的次序。",
  },
  verdict = "false",
  evidence = {
    en = "Go has no such pragma. What orders accesses is synchronisation: locks, channels, sync/atomic.",
    zh = "Go 没有这个编译指示。给访问定序的是同步：锁、channel、sync/atomic。",
  },
  source = "cmd/compile/internal/noder/lex.go:43-84 (Go 1.19), go.dev/ref/mem",
}

finally(function()
  return b.tophash[4] == 82 and b.keys[0] == 5 and "neighbours kept" or "neighbours wiped"
end)

local label = fix() == "none" and "neighbours wiped" or "neighbours kept"
expect {
  done = true, label = label, race = false,
  explore = { executions = 1, outcomes = { { done = true, label = label, count = 1 } } },
}
