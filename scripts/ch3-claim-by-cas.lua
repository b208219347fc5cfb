-- Two insert the same key and claim a slot by compare-and-swap. The loser goes on to the next slot
-- without looking again at the one it lost, and the key is there twice.
fixes { "none", "look-again" }
scenario {
  id = "ch3-claim-by-cas", chapter = "3.2", order = 3, truth = "model",
  title = { en = "A claim by CAS duplicates a key", zh = "用 CAS 占槽，键却重复了" },
  question = {
    en = "No compare-and-swap is wrong, and yet the key is there twice. Who forgot to look?",
    zh = "每次 CAS 都没错，键却存了两份。是谁忘了再看一眼？",
  },
}

local EMPTY, KEY = 0, 9
local Bucket = struct("bucket", { { "slot", "u8", 2 } })
local b = Bucket:new()

local function insert(me)
  for i = 0, 1 do
    if atomic_load(b, "slot", i) == KEY then
      caption {
        en = me .. " finds key 9 in slot " .. i .. ", and **updates** it.",
        zh = me .. " 在 " .. i .. " 号槽找到键 9，**更新**它。",
      }
      return
    end
    if cas(b, "slot", i, EMPTY, KEY) then
      caption(i == 0 and {
        en = me .. " **claims slot 0** for key 9.",
        zh = me .. " 为键 9 **占下 0 号槽**。",
      } or {
        en = me .. " claims slot 1 for the same key. Key 9 is in the bucket **twice**.",
        zh = me .. " 又占下 1 号槽存同一个键。桶里有**两份**键 9。",
      })
      return
    end
    caption {
      en = me .. " loses slot " .. i .. ": somebody claimed it in between. For which key?",
      zh = me .. " 没抢到 " .. i .. " 号槽：中途被人占了。占去放的是哪个键？",
    }
    if fix() == "look-again" and atomic_load(b, "slot", i) == KEY then
      caption {
        en = me .. " **looks again**: it is key 9 itself. Nothing is left to insert.",
        zh = me .. " **再看一眼**：就是键 9 本身，不必再插入。",
      }
      return
    end
  end
end

go("A", insert, "{1:A}")
go("B", insert, "{2:B}")

caption(fix() == "none" and {
  en = "**A model, not Go:** {1:A} and {2:B} both insert **key 9**, and claim slots by compare-and-swap.",
  zh = "**模型，不是 Go：**{1:A} 和 {2:B} 都插入**键 9**，用 CAS 抢槽。",
} or {
  en = "**A model, not Go.** The fix: the loser of a slot looks again at what is in it now.",
  zh = "**模型，不是 Go。**解法：没抢到的，再看一眼槽里现在是什么。",
})
when("B: failed compare and swap", function()
  ask {
    en = "{2:B} loses slot 0: somebody claimed it in between. Which slot does {2:B} load next?",
    zh = "{2:B} 没抢到 0 号槽：中途被人占了。{2:B} 接着去读哪个槽？",
    options = { { en = "slot 0 again", zh = "再读 0 号槽", is = "b.slot[0]" }, { en = "slot 1", zh = "1 号槽", is = "b.slot[1]" } },
    at = "B: atomic load",
    answer = function(run) return run.place end,
    why = fix() == "none" and {
      en = "It goes on, as after a slot with another key. But what took slot 0 is its own key.",
      zh = "它以为槽里是别的键，就去看下一个。可占了 0 号槽的正是它自己的键。",
    } or {
      en = "It looks again, and finds that its own key is there already.",
      zh = "它再看一眼，发现自己的键已经在里面了。",
    },
  }
end)
labels {
  duplicate = { en = "the key is there twice", zh = "键出现了两次", right = false },
  ["one copy"] = { en = "the key is there once", zh = "键只有一份", right = true },
}

claim {
  says = {
    en = "A failed CAS goes on to the next slot, and so no two writers collide.",
    zh = "CAS 失败就看下一个槽，所以两个写者不会冲突。",
  },
  verdict = "false",
  evidence = {
    en = "Go's map has no CAS. In this model 4 of 6 orders store the key twice; when the loser looks again, none.",
    zh = "Go 的 map 里没有 CAS。本模型 6 种顺序中有 4 种把键存了两份；失败者再看一眼，就一种也没有。",
  },
  source = "runtime/map_fast64.go:166 (Go 1.19); explored",
}

finally(function() return b.slot[1] == KEY and "duplicate" or "one copy" end)

if fix() == "none" then
  schedule "A B A B*"
  expect {
    done = true, label = "duplicate", race = false,
    explore = {
      executions = 6,
      outcomes = {
        { done = true, label = "duplicate", count = 4 },
        { done = true, label = "one copy", count = 2 },
      },
    },
  }
else
  schedule "A B A B*"
  expect {
    done = true, label = "one copy", race = false,
    explore = { executions = 6, outcomes = { { done = true, label = "one copy", count = 6 } } },
  }
end
