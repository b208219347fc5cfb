-- A flusher remembers a word, writes the value out, and swaps the dirty bit away if the word is what it
-- was. It is, though the value has changed in between: 1, 0, 1. Every shared access is atomic, so there
-- is no data race, and still a value is lost.
fixes { "none", "version" }
scenario {
  id = "ch3-dirty-aba", chapter = "3.3", order = 2, truth = "model",
  title = { en = "A dirty bit lost to ABA", zh = "被 ABA 弄丢的脏位" },
  question = {
    en = "The word is the same as before. Does that mean that nothing happened?",
    zh = "这个字和先前一样，就说明什么都没发生过吗？",
  },
}

local DIRTY, VERSION = 1, 2
local Page = struct("page", { { "word", "i64" }, { "val", "i64" }, { "disk", "i64" } })
local page = Page:new { word = DIRTY, val = 1 }

go("flusher", function()
  local word = atomic_load(page, "word")
  local val = atomic_load(page, "val")
  caption {
    en = "{1:flusher} remembers word = " .. word .. " and the value **" .. val .. "**.",
    zh = "{1:flusher} 记下 word = " .. word .. "，值为 **" .. val .. "**。",
  }
  page.disk = val
  caption {
    en = "{1:flusher} has written **" .. val .. "** out. The page is clean if word is still " .. word .. ".",
    zh = "{1:flusher} 已把 **" .. val .. "** 写出。若 word 还是 " .. word .. "，页就是干净的。",
  }
  caption(cas(page, "word", word, word & ~DIRTY) and {
    en = "word is **" .. word .. "**: the swap succeeds, the dirty bit is off.",
    zh = "word 是 **" .. word .. "**：CAS 成功，脏位清除。",
  } or {
    en = "word is no longer " .. word .. ": the swap **fails**. The dirty bit stays, nothing is lost.",
    zh = "word 已不是 " .. word .. "：CAS **失败**。脏位还在，什么都没丢。",
  })
end)

go("writer", function()
  atomic_and(page, "word", ~DIRTY)
  atomic_store(page, "val", 2)
  if fix() == "version" then
    atomic_add(page, "word", DIRTY + VERSION)
    caption {
      en = "{2:writer} stored **2**, and sets the dirty bit with a **new version**.",
      zh = "{2:writer} 写入 **2**，置脏位，同时**版本加一**。",
    }
  else
    atomic_or(page, "word", DIRTY)
    caption {
      en = "{2:writer} cleared the bit, stored **2**, and set the bit again. The word looks untouched.",
      zh = "{2:writer} 清了脏位，写入 **2**，又置上脏位。这个字看上去原封未动。",
    }
  end
end)

caption(fix() == "none" and {
  en = "**A model, not Go:** word = 1, dirty. {1:flusher} saves the value, {2:writer} changes it.",
  zh = "**模型，不是 Go：**word = 1，脏。{1:flusher} 落盘，{2:writer} 修改。",
} or {
  en = "**A model, not Go.** The fix: the upper bits of word count **versions**.",
  zh = "**模型，不是 Go。**解法：word 的高位记**版本号**。",
})
when("flusher: write page.disk", function()
  ask {
    en = "{2:writer} now stores 2 and marks the page dirty again. Will {1:flusher}'s swap succeed after that?",
    zh = "这时 {2:writer} 写入 2，又把页标成脏。之后 {1:flusher} 的 CAS 会成功吗？",
    options = { { en = "Yes", zh = "会", is = true }, { en = "No", zh = "不会", is = false } },
    answer = function() return page.word & DIRTY == 0 end,
    why = fix() == "none" and {
      en = "It compares the word alone, and that is 1 again. It cannot know that it was 0 in between.",
      zh = "它只比较这个字，而字又是 1 了。中间变过 0，它无从知道。",
    } or {
      en = "The word has another version now, though its dirty bit is the same.",
      zh = "脏位虽然相同，版本号却不同了。",
    },
  }
end)
if fix() == "none" then
  when("flusher: exit", function()
    caption {
      en = "1, 0, 1: the swap was fooled. Marked clean, but disk = 1 and val = 2: **the 2 is never saved**.",
      zh = "1、0、1：CAS 上当了。标记为干净，可 disk = 1、val = 2：**2 再也不会落盘**。",
    }
  end)
end

labels {
  lost = { en = "the new value never reached the disk", zh = "新值没有写到磁盘", right = false },
  kept = { en = "the value is on disk, or still dirty", zh = "值已落盘，或仍标为脏", right = true },
}

claim {
  says = {
    en = "The dirty bit of mapdelete_fast64 suffers from ABA.",
    zh = "mapdelete_fast64 的 dirtybit 存在 ABA 问题。",
  },
  verdict = "false",
  evidence = {
    en = "ABA is real, in lock-free code; a map has no dirty bit and no CAS. In this model 7 of 35 orders lose the bit, with a version none.",
    zh = "ABA 在无锁代码里确有其事，但 map 没有 dirtybit 也没有 CAS。本模型 35 种顺序有 7 种丢失脏位，带版本号则为零。",
  },
  source = "runtime/map_fast64.go:273-361 (Go 1.19); explored",
}

finally(function()
  return page.word & DIRTY == 0 and page.disk ~= page.val and "lost" or "kept"
end)

schedule "flusher*3 writer* flusher*"
if fix() == "none" then
  expect {
    done = true, label = "lost", race = false,
    explore = {
      executions = 35,
      outcomes = {
        { done = true, label = "lost", count = 7 },
        { done = true, label = "kept", count = 28 },
      },
    },
  }
else
  expect {
    done = true, label = "kept", race = false,
    explore = { executions = 35, outcomes = { { done = true, label = "kept", count = 35 } } },
  }
end
