-- What if flags were really changed atomically, as the article says? Two writers, three protocols.
-- "plain" is what Go does; the other two are not in Go.
fixes { "plain", "atomic-xor", "atomic-or", "mutex" }
scenario {
  id = "ch2-flags-atomic", chapter = "2.1", order = 2, truth = "model",
  title = { en = "What if flags were atomic?", zh = "如果 flags 真是原子的？" },
  question = {
    en = "Would an atomic flag have caught every pair of writers?",
    zh = "标志位改成原子操作，就能抓住每一对写者吗？",
  },
}

local WRITING = 4
local Hmap = struct("hmap", { { "count", "i64" }, { "flags", "u8" } })
local h = Hmap:new()
local mu = fix() == "mutex" and mutex()

local function set()
  if fix() == "atomic-xor" then
    atomic_xor(h, "flags", WRITING)
  elseif fix() == "atomic-or" then
    atomic_or(h, "flags", WRITING)
  else
    h.flags = h.flags ~ WRITING
  end
end

local function clear()
  if fix() == "atomic-xor" or fix() == "atomic-or" then
    atomic_and(h, "flags", ~WRITING & 0xff)
  else
    h.flags = h.flags & ~WRITING
  end
end

local function write()
  if mu then mu:lock() end
  if h.flags & WRITING ~= 0 then
    fatal "concurrent map writes"
  end
  set()
  h.count = h.count + 1
  if h.flags & WRITING == 0 then
    fatal "concurrent map writes"
  end
  clear()
  if mu then mu:unlock() end
end

go("A", write)
go("B", write)

local openings = {
  plain = {
    en = "**A model** of a map write: check, toggle, count++, check, clear. Go toggles by a load and a store.",
    zh = "map 写入的**简化模型**：检查、翻转、count++、检查、清除。Go 的翻转是先读后写。",
  },
  ["atomic-xor"] = {
    en = "**Not in Go:** the toggle is one atomic step. Of two writers, the second turns the bit off again.",
    zh = "**Go 里没有：**翻转是一步原子操作。两个写者，第二个又把位翻回 0。",
  },
  ["atomic-or"] = {
    en = "**Not in Go:** an atomic or. The second writer leaves no trace.",
    zh = "**Go 里没有：**原子或。第二个写者不留任何痕迹。",
  },
  mutex = {
    en = "**Not in Go's map:** a mutex around the write. This is what your own program has to add.",
    zh = "**Go 的 map 里没有：**用互斥锁包住写入。这得由你的程序自己来加。",
  },
}
caption(openings[fix()])
if fix() ~= "mutex" then
  when("B: read h.flags #1", function()
    caption {
      en = "{1:A} and {2:B} have both **passed the check** at the entry.",
      zh = "{1:A} 和 {2:B} 都**通过了入口检查**。",
    }
  end)
  when("B: write h.count", function()
    caption {
      en = "Both loaded count = 0, both store **1**: one of two entries is not counted.",
      zh = "两者都读到 count = 0，都写入 **1**：两项只计了一项。",
    }
  end)
end
if fix() == "plain" then
  when("B: write h.flags #1", function()
    caption {
      en = "Both had loaded 0, both store 4: the second toggle is **lost**.",
      zh = "两者都读到 0，都写入 4：第二次翻转**丢失了**。",
    }
  end)
end
when("B: atomic update h.flags #1", function()
  caption(fix() == "atomic-xor" and {
    en = "4 ^ 4 = **0**: the bit is off with two writers inside. The exit check will see it.",
    zh = "4 ^ 4 = **0**：里面有两个写者，位却是 0。出口检查会发现。",
  } or {
    en = "4 | 4 = **4**: nothing changes, so no check can tell one writer from two.",
    zh = "4 | 4 = **4**：什么都没变，检查分不清一个还是两个写者。",
  })
end)
if fix() ~= "mutex" then
  when("A: read h.count", function()
    ask {
      en = "Both writers are inside, and each will do count++. How does it end?",
      zh = "两个写者都在里面，各要执行 count++。结果如何？",
      options = {
        { en = "count = 2", zh = "count = 2", is = "count 2" },
        { en = "count = 1, unnoticed", zh = "count = 1，没人发现", is = "count 1" },
        { en = "A fatal error", zh = "fatal error", is = "fatal" },
      },
      answer = function(run) return run.outcome == "fatal" and run.outcome or run.label end,
      why = {
        en = "The exit check finds a second writer only if the bit is off by then.",
        zh = "只有到出口时位已是 0，检查才会发现第二个写者。",
      },
    }
  end)
end
when("fatal", function()
  caption {
    en = "{1:A} finds the bit off at the exit: **fatal**. An atomic xor tells two writers from one.",
    zh = "{1:A} 在出口发现位是 0：**fatal**。原子异或能区分一个和两个写者。",
  }
end)
when("exit #2", function()
  caption(fix() == "mutex" and {
    en = "One after the other: count = 2, and no data race in **any** order.",
    zh = "一个接一个：count = 2，**任何**顺序下都没有数据竞争。",
  } or {
    en = "Both returned and nobody complained: **count = 1** for two entries.",
    zh = "两者都正常返回，没有报错：两项却 **count = 1**。",
  })
end)

labels {
  ["count 1"] = { en = "one entry is not counted", zh = "少计了一项", right = false },
  ["count 2"] = { en = "both are counted", zh = "两项都计了", right = true },
}

claim {
  says = {
    en = "flags must be accessed atomically (atomic.OrUint8).",
    zh = "flags 必须原子访问（atomic.OrUint8）。",
  },
  verdict = "false",
  evidence = {
    en = "Go loads and stores it. With two writers no order of this model loses a count under an atomic xor; under an atomic or 144 of 514 do.",
    zh = "Go 用的是普通读写。本模型只有两个写者：原子异或在任何顺序下都不丢计数，原子或在 514 种顺序中有 144 种会丢。",
  },
  source = "runtime/map.go:594-603, 685 (Go 1.19); explored",
}

finally(function() return "count " .. h.count end)

local FATAL = "concurrent map writes"
if fix() == "plain" then
  schedule "A B A B A B A B A B A B A B A B"
  expect {
    done = true, label = "count 1", race = true,
    explore = {
      executions = 6264,
      outcomes = {
        { fatal = FATAL, count = 1708 },
        { done = true, label = "count 2", count = 2396 },
        { done = true, label = "count 1", count = 2160 },
      },
    },
  }
elseif fix() == "atomic-xor" then
  schedule "A B A B A B A B A*"
  expect {
    fatal = FATAL, race = true,
    explore = {
      executions = 166,
      outcomes = {
        { fatal = FATAL, count = 160 },
        { done = true, label = "count 2", count = 6 },
      },
    },
  }
elseif fix() == "atomic-or" then
  schedule "A B A B A B A B A B A B"
  expect {
    done = true, label = "count 1", race = true,
    explore = {
      executions = 514,
      outcomes = {
        { fatal = FATAL, count = 228 },
        { done = true, label = "count 2", count = 142 },
        { done = true, label = "count 1", count = 144 },
      },
    },
  }
else
  expect { done = true, label = "count 2", race = false }
end
