-- m[7]++ twice, one increment. mapassign returns a pointer, and has cleared the flag by then: loading and
-- storing the value is left to the caller.
fixes { "none", "mutex", "atomic" }
scenario {
  id = "ch5-lost-update", chapter = "5", order = 2, truth = "real",
  title = { en = "m[k]++ loses updates", zh = "m[k]++ 会丢更新" },
  question = {
    en = "Two increments, and flags never shows two writers. Why is m[7] only 1?",
    zh = "自增两次，flags 也从没显示过两个写者。m[7] 为什么只有 1？",
  },
}

local mu = fix() == "mutex" and mutex()
local Counter = struct("counter", { { "n", "i64" } })
local m
if fix() == "atomic" then
  m = map.make("int", "ptr", 8) -- map[int]*atomic.Int64: from now on only read
  m[7] = Counter:new()
else
  m = map.make("int", "int", 8)
  m[7] = 0
end

local function increment()
  if fix() == "atomic" then
    atomic_add(Counter:at(m[7]), "n", 1)
    return
  end
  if mu then mu:lock() end
  m:add(7, 1) -- m[7]++
  if mu then mu:unlock() end
end

go("A", increment)
go("B", increment)

if fix() == "none" then
  caption {
    en = "m[7] = 0. {1:A} and {2:B} each do **m[7]++** once.",
    zh = "m[7] = 0。{1:A} 和 {2:B} 各执行一次 **m[7]++**。",
  }
  local notes = {
    { "A: write h.flags #1",
      "{1:A} sets hashWriting and looks for key 7.",
      "{1:A} 置位 hashWriting，查找键 7。" },
    { "A: write h.flags #2",
      "Found: mapassign returns a **pointer to the value**. The flag is cleared already.",
      "找到了：mapassign 返回**指向值的指针**。标志此时已清除。" },
    { "B: read h.flags #1",
      "{2:B} does its whole m[7]++ now. flags is 0: **no writer to be seen**.",
      "{2:B} 现在做完整个 m[7]++。flags 是 0：**看不到任何写者**。" },
    { "B: write b0.value[0]", "{2:B} stores **1**.", "{2:B} 写入 **1**。" },
    { "A: write b0.value[0]",
      "{1:A} adds 1 to the 0 that it remembers, and stores **1**. One increment is lost, and no check could see it.",
      "{1:A} 给记着的 0 加一，写入 **1**。丢了一次自增，没有任何检查能发现。" },
  }
  for _, note in ipairs(notes) do
    when(note[1], function() caption { en = note[2], zh = note[3] } end)
  end
  when("A: read b0.value[0]", function()
    ask {
      en = "++ is the caller's: {1:A} loads **0**, and has yet to store. {2:B} begins its m[7]++. Which flags does it find?",
      zh = "++ 由调用者来做：{1:A} 读到 **0**，还没写回。{2:B} 开始它的 m[7]++，会看到什么样的 flags？",
      options = { { en = "0", is = 0 }, { en = "4, hashWriting", zh = "4，即 hashWriting", is = 4 } },
      at = "B: read h.flags",
      answer = function(run) return run.value end,
      why = {
        en = "The flag guards the search for the slot, not the value in it.",
        zh = "标志只管查找槽位的过程，不管槽里的值。",
      },
    }
  end)
elseif fix() == "mutex" then
  caption {
    en = "Cure 1: a **mutex** around the whole m[7]++, load and store included.",
    zh = "解法一：用**互斥锁**包住整个 m[7]++，读和写都在内。",
  }
else
  caption {
    en = "Cure 2: the map holds **pointers to atomic counters**, and is only read.",
    zh = "解法二：map 里存**指向原子计数器的指针**，map 本身只读。",
  }
end

if fix() ~= "none" then
  when("exit #2", function()
    caption {
      en = "Both increments count: m[7] = **2**, in any order of steps.",
      zh = "两次自增都算数：m[7] = **2**，任何顺序都一样。",
    }
  end)
end

labels {
  ["m[7] = 1"] = { en = "one increment is lost", zh = "丢了一次加一", right = false },
  ["m[7] = 2"] = { en = "both increments count", zh = "两次加一都算数", right = true },
}

claim {
  says = {
    en = "When no fatal error comes, m[k]++ from two goroutines has worked.",
    zh = "只要没报 fatal，两个 goroutine 的 m[k]++ 就没问题。",
  },
  verdict = "false",
  evidence = {
    en = "Go 1.19.8, two CPUs, two goroutines, 1000 runs each: with 3 increments 231 runs were fatal and 3 lost updates silently; with 10, 276 and 13.",
    zh = "Go 1.19.8，双核，两个 goroutine，各 1000 次运行：每个自增 3 次，231 次 fatal，3 次悄悄丢更新；自增 10 次，则是 276 次和 13 次。",
  },
  source = "runtime/map_fast64.go:176-180 (Go 1.19); measured",
}

finally(function()
  return "m[7] = " .. (fix() == "atomic" and Counter:at(m[7]).n or m[7])
end)

if fix() == "none" then
  schedule "A*14 B* A"
  expect {
    done = true, label = "m[7] = 1", race = true,
    explore = {
      mode = "dpor", complete = true,
      outcomes = {
        { fatal = "concurrent map writes" },
        { done = true, label = "m[7] = 1" },
        { done = true, label = "m[7] = 2" },
        { race = false, count = 0 },
      },
    },
  }
elseif fix() == "mutex" then
  expect {
    done = true, label = "m[7] = 2", race = false,
    explore = { executions = 2, outcomes = { { done = true, label = "m[7] = 2", count = 2 } } },
  }
else
  expect {
    done = true, label = "m[7] = 2", race = false,
    explore = { mode = "dpor", complete = true, outcomes = { { label = "m[7] = 2", race = false } } },
  }
end
