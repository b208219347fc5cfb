-- A compare-and-swap of a word, meant for one byte: it compares eight. From tophash[3] on these are five
-- tophashes and three bytes of the first key, so a neighbour makes it fail.
fixes { "none", "byte", "word" }
scenario {
  id = "ch3-cas-width", chapter = "3.2", order = 4, truth = "model",
  title = { en = "A CAS of the wrong width", zh = "宽度不对的 CAS" },
  question = {
    en = "Slot 3 is free. Why does an eight-byte compare-and-swap at tophash[3] fail?",
    zh = "3 号槽明明空着，在 tophash[3] 处做八字节 CAS 为什么会失败？",
  },
}

local EMPTY, TOP, SHIFT = 0, 7, 3 * 8
local Bucket = struct("bucket", { { "tophash", "u8", 8 }, { "keys", "u64", 8 } })
local Word = struct("word", { { "w", "u64" } })
local b = Bucket:new()
local tophashes = Word:at(addr(b, "tophash")) -- the same eight bytes, as one word

-- The right way with a word: compute the whole new word, and try again when a neighbour changed.
local function claim_in_word()
  repeat
    local word = atomic_load(tophashes, "w")
    if word >> SHIFT & 0xff ~= EMPTY then return false end
  until cas(tophashes, "w", word, word | TOP << SHIFT)
  return true
end

local function claim_slot()
  if fix() == "word" then return claim_in_word() end
  return cas_at(addr(b, "tophash", 3), fix() == "byte" and "u8" or "u64", EMPTY, TOP)
end

go("claimer", function()
  if claim_slot() then
    caption {
      en = "{1:claimer} has **claimed slot 3**.",
      zh = "{1:claimer} **占下了 3 号槽**。",
    }
    label "claimed"
  else
    caption {
      en = "{1:claimer} **fails**: of the eight bytes at tophash[3] one was not 0. Slot 3 is still free.",
      zh = "{1:claimer} **失败**：从 tophash[3] 起八个字节里有一个不是 0。3 号槽其实还空着。",
    }
    label "refused"
  end
end)

go("neighbour", function()
  atomic_store(b, "tophash", 4, 8)
  caption {
    en = "{2:neighbour} has taken **slot 4**: tophash[4] = 8. It has nothing to do with slot 3.",
    zh = "{2:neighbour} 占了 **4 号槽**：tophash[4] = 8，与 3 号槽毫不相干。",
  }
end)

local openings = {
  none = {
    en = "**A model, not Go:** {1:claimer} wants slot 3 and swaps a **word**, {2:neighbour} takes slot 4.",
    zh = "**模型，不是 Go：**{1:claimer} 想占 3 号槽，却 CAS 了整个**字**；{2:neighbour} 占 4 号槽。",
  },
  byte = {
    en = "**A model, not Go.** Fix 1: a compare-and-swap of **one byte**.",
    zh = "**模型，不是 Go。**解法一：只对**一个字节**做 CAS。",
  },
  word = {
    en = "**A model, not Go.** Fix 2: load all eight tophashes, swap the **whole word**, retry if it changed.",
    zh = "**模型，不是 Go。**解法二：读出八个 tophash，**整字** CAS，变了就重试。",
  },
}
caption(openings[fix()])
ask {
  en = "A model: {2:neighbour} stores tophash[4] = 8. Then {1:claimer} swaps at tophash[3], which is 0. Does it get slot 3?",
  zh = "{2:neighbour} 先写 tophash[4] = 8，{1:claimer} 再对值为 0 的 tophash[3] 做 CAS。能占到 3 号槽吗？",
  options = { { en = "Yes", zh = "能", is = true }, { en = "No", zh = "不能", is = false } },
  answer = function() return b.tophash[3] == TOP end,
  why = fix() == "none" and {
    en = "A word is eight bytes: tophash[4] is one of those it compares with 0.",
    zh = "一个字有八个字节，tophash[4] 也在要与 0 比较的范围里。",
  } or {
    en = "The comparison concerns slot 3 alone, or is tried again with what the neighbour stored.",
    zh = "比较只涉及 3 号槽；或者带上邻居写入的值再试一次。",
  },
}

labels {
  refused = { en = "a free slot is refused", zh = "空槽被拒绝", right = false },
  claimed = { en = "the free slot is claimed", zh = "空槽被占用", right = true },
}

claim {
  says = {
    en = "atomic.CasUintptr(&b.tophash[i], 0, top) claims slot i.",
    zh = "atomic.CasUintptr(&b.tophash[i], 0, top) 能占住槽 i。",
  },
  verdict = "false",
  evidence = {
    en = "A uintptr has eight bytes, a tophash one. The real runtime stores the byte plainly; its function of nearly that name is Casuintptr.",
    zh = "uintptr 有八个字节，tophash 只有一个。真实的运行时直接写这个字节；名字相近的函数叫 Casuintptr。",
  },
  source = "runtime/map.go:150-160, runtime/map_fast64.go:166 (Go 1.19); explored",
}

schedule "neighbour claimer*"
if fix() == "none" then
  expect {
    done = true, label = "refused",
    explore = {
      executions = 2,
      outcomes = { { label = "refused", count = 1 }, { label = "claimed", count = 1 } },
    },
  }
else
  expect {
    done = true, label = "claimed", race = false,
    explore = { outcomes = { { label = "claimed" }, { label = "refused", count = 0 } } },
  }
end
