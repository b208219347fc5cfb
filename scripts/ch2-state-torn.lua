-- The article's bucket with a state and a reference count, looked at one after the other. Go has
-- neither; the model shows why two words cannot be trusted as one.
fixes { "none", "reference", "one-word" }
scenario {
  id = "ch2-state-torn", chapter = "2.3", order = 3, truth = "model",
  title = { en = "Reference count and state, torn apart", zh = "引用计数与状态的撕裂" },
  question = {
    en = "The freer checked both fields. Why does it free a bucket in use?",
    zh = "释放者两个字段都查过，为什么还会释放使用中的桶？",
  },
}

local ACTIVE, MIGRATING, FREED = 0, 1, 2
local Header = struct("header", { { "ref", "i64" }, { "state", "u64" } })
local Bucket = struct("bucket", { { "data", "u64" } })
-- "reference": the migrator took a reference before anybody could look.
local header = Header:new { ref = fix() == "reference" and 1 or 0 }
local bucket = Bucket:new { data = 42 }

local function may_free()
  if fix() == "one-word" then return cas(header, "state", ACTIVE, FREED) end
  if header.ref ~= 0 then return false end
  return header.state == ACTIVE
end

go("freer", function()
  if not may_free() then
    caption {
      en = "{1:freer} finds the bucket in use, and **leaves it alone**.",
      zh = "{1:freer} 发现桶在使用中，**不去动它**。",
    }
    return
  end
  caption(fix() == "one-word" and {
    en = "{1:freer} has looked and marked the bucket FREED **in one step**.",
    zh = "{1:freer} **一步之内**既检查又标记为 FREED。",
  } or {
    en = "{1:freer} has looked at both: **free to go**. It was true when it looked.",
    zh = "{1:freer} 两个都查了：**可以释放**。看的那一刻确实如此。",
  })
  free(bucket)
  label "freed"
end)

go("migrator", function()
  if fix() == "one-word" then
    if not cas(header, "state", ACTIVE, MIGRATING) then
      caption {
        en = "{2:migrator}'s swap fails: the bucket is gone, and it **knows**.",
        zh = "{2:migrator} 的 CAS 失败：桶已经没了，而且它**知道**。",
      }
      return
    end
  else
    header.state = MIGRATING
  end
  caption {
    en = "{2:migrator} has set the state to **MIGRATING**, and copies the data.",
    zh = "{2:migrator} 把状态置为 **MIGRATING**，开始复制数据。",
  }
  local _ = bucket.data
  _ = bucket.data
  if fix() == "one-word" then
    atomic_store(header, "state", ACTIVE)
  else
    header.state = ACTIVE
  end
end)

local openings = {
  none = {
    en = "**A model, not Go:** a bucket with a reference count and a state, in two words.",
    zh = "**模型，不是 Go：**桶带有引用计数和状态，各占一个字。",
  },
  reference = {
    en = "**A model, not Go.** Fix 1: {2:migrator} holds a reference **before** it begins.",
    zh = "**模型，不是 Go。**解法一：{2:migrator} 开始**之前**就持有引用。",
  },
  ["one-word"] = {
    en = "**A model, not Go.** Fix 2: one word, changed by compare-and-swap by both.",
    zh = "**模型，不是 Go。**解法二：只用一个字，双方都用 CAS 修改。",
  },
}
caption(openings[fix()])
if fix() == "none" then
  when("migrator: read bucket.data #1", function()
    ask {
      en = "{2:migrator} is copying, and {1:freer} has seen ref = 0 and ACTIVE before. Whose access fails?",
      zh = "{2:migrator} 正在复制，而 {1:freer} 先前看到 ref = 0 和 ACTIVE。谁的访问会出错？",
      options = {
        { en = "{1:freer}'s", zh = "{1:freer} 的", is = "freer" },
        { en = "{2:migrator}'s", zh = "{2:migrator} 的", is = "migrator" },
        { en = "Nobody's", zh = "都不会", is = "nobody" },
      },
      answer = function(run) return run.crashed end,
      why = {
        en = "{1:freer} acts on what it saw, and that is no longer true.",
        zh = "{1:freer} 按先前看到的行事，而那已经过时。",
      },
    }
  end)
end
when("fault", function()
  caption {
    en = "**Use after free:** {2:migrator} reads a bucket that {1:freer} has given back.",
    zh = "**释放后使用：**{2:migrator} 读的桶已被 {1:freer} 释放。",
  }
end)

labels {
  freed = { en = "the bucket is freed", zh = "桶被释放", right = true },
  kept = { en = "the bucket is kept", zh = "桶被保留", right = true },
}

claim {
  says = {
    en = "While oldbuckets migrate, a torn state and reference count lead to freed memory being used.",
    zh = "oldbuckets 迁移时，状态与引用计数撕裂会导致使用已释放的内存。",
  },
  verdict = "false",
  evidence = {
    en = "Go has no bucket state, no reference count and no free: the state is in the old tophash bytes, and the garbage collector keeps what is in use.",
    zh = "Go 没有桶状态、引用计数，也不手动释放：状态记在旧 tophash 里，垃圾回收器保留仍在使用的内存。",
  },
  source = "runtime/map.go:94-97, 1152 (Go 1.19); explored",
}

finally(function() return "kept" end)

if fix() == "none" then
  schedule "freer*2 migrator*2 freer migrator*"
  expect {
    fault = true, label = "freed", race = true,
    explore = {
      executions = 19,
      outcomes = {
        { fault = true, label = "freed", count = 3 },
        { done = true, label = "freed", count = 7 },
        { done = true, label = "kept", count = 9 },
      },
    },
  }
elseif fix() == "reference" then
  schedule "migrator*2 freer migrator*"
  expect {
    done = true, label = "kept", race = false,
    explore = { executions = 5, outcomes = { { done = true, label = "kept", count = 5 } } },
  }
else
  schedule "freer migrator freer"
  expect {
    done = true, label = "freed", race = false,
    explore = {
      executions = 6,
      outcomes = {
        { done = true, label = "freed" },
        { done = true, label = "kept" },
        { fault = true, count = 0 },
      },
    },
  }
end
