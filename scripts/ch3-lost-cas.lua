-- What a compare-and-swap is worth when nobody looks whether it succeeded. Go's map has none; this is
-- the growth that the article imagines.
fixes { "none", "retry" }
scenario {
  id = "ch3-lost-cas", chapter = "3.1", order = 2, truth = "model",
  title = { en = "A lost compare-and-swap", zh = "失败后无人理会的 CAS" },
  question = {
    en = "Two growths, each adds 1 to B by compare-and-swap. Why is B only one higher?",
    zh = "两次扩容各用 CAS 给 B 加一，为什么 B 只大了一？",
  },
}

local Hmap = struct("hmap", { { "B", "u8" } })
local h = Hmap:new { B = 3 }

local function grow(me)
  repeat
    local B = atomic_load(h, "B")
    caption {
      en = me .. " has loaded **B = " .. B .. "**, and will swap it for " .. B + 1 .. ".",
      zh = me .. " 读到 **B = " .. B .. "**，准备换成 " .. B + 1 .. "。",
    }
    local swapped = cas(h, "B", B, B + 1)
    caption(swapped and {
      en = me .. "'s swap succeeds: B was still " .. B .. ", now it is **" .. B + 1 .. "**.",
      zh = me .. " 的 CAS 成功：B 仍是 " .. B .. "，现在是 **" .. B + 1 .. "**。",
    } or fix() == "none" and {
      en = me .. "'s swap **fails**: B is no longer " .. B .. ". It does not look, and goes on.",
      zh = me .. " 的 CAS **失败**：B 已不是 " .. B .. "。它看都不看，继续往下走。",
    } or {
      en = me .. "'s swap **fails**: B is no longer " .. B .. ". It loads B again.",
      zh = me .. " 的 CAS **失败**：B 已不是 " .. B .. "。它重新读 B。",
    })
  until swapped or fix() == "none"
end

go("first", grow, "{1:first}")
go("second", grow, "{2:second}")

caption(fix() == "none" and {
  en = "**A model, not Go:** two growths raise B by compare-and-swap. B = 3; two more should make 5.",
  zh = "**模型，不是 Go：**两次扩容各用 CAS 把 B 加一。B = 3，加两次应为 5。",
} or {
  en = "**A model, not Go.** The fix: whoever fails loads again and **retries**.",
  zh = "**模型，不是 Go。**解法：谁失败，谁就重新读取并**重试**。",
})

when("first: compare and swap", function()
  ask {
    en = "B is 4. {2:second} loaded 3 and now swaps 3 for 4. Which B is there after this step?",
    zh = "B 已是 4。{2:second} 读到的是 3，现在要把 3 换成 4。这一步之后 B 是多少？",
    options = { 3, 4, 5 },
    at = "second: failed compare and swap",
    answer = function() return h.B end,
    why = {
      en = "It compares first: B is not the 3 that it expects, so it stores nothing, and says so.",
      zh = "CAS 先比较：B 不是它期望的 3，于是什么都不写，并返回失败。",
    },
  }
end)

labels {
  ["B+1"] = { en = "one growth of two is lost", zh = "两次扩容丢了一次", right = false },
  ["B+2"] = { en = "both growths count", zh = "两次扩容都算数", right = true },
}

claim {
  says = {
    en = "Under contention the CAS of a growth may fail.",
    zh = "竞争激烈时，扩容中的 CAS 可能失败。",
  },
  verdict = "partly",
  evidence = {
    en = "True of any CAS, but the map has none: hashGrow uses a load and a store. In this model 4 of 6 orders lose an increment; with a retry none does.",
    zh = "对任何 CAS 都成立，但 map 里没有 CAS：hashGrow 是一次读一次写。本模型 6 种顺序有 4 种少加一次；重试则一次不少。",
  },
  source = "runtime/map.go:1058 (Go 1.19); explored",
}

finally(function() return "B+" .. h.B - 3 end)

if fix() == "none" then
  schedule "first second first second"
  expect {
    done = true, label = "B+1", race = false,
    explore = {
      executions = 6,
      outcomes = {
        { done = true, label = "B+1", count = 4 },
        { done = true, label = "B+2", count = 2 },
      },
    },
  }
else
  schedule "first second first second*"
  expect {
    done = true, label = "B+2", race = false,
    explore = { executions = 6, outcomes = { { done = true, label = "B+2", count = 6 } } },
  }
end
