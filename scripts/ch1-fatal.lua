-- A panic can be recovered. What the map says about a race is not a panic: nothing deferred runs.
scenario {
  id = "ch1-fatal", chapter = "1", order = 2, truth = "real",
  title = { en = "Fatal, not a panic", zh = "是 fatal，不是 panic" },
  question = {
    en = "Can recover() save a program from concurrent map access?",
    zh = "recover() 能救回并发访问 map 的程序吗？",
  },
}

local none = map.none("int", "int") -- var none map[int]int
local m = map.make("int", "int")
m[1] = 10
local rescued = var("int") -- how many goroutines a deferred function has saved

local function rescue()
  if recover() then rescued.value = rescued.value + 1 end
end

go("careful", function()
  defer(rescue)
  none[1] = 1
end)

go("writer", function() m[2] = 20 end)

go("reader", function()
  defer(rescue)
  local _ = m[1]
end)

caption {
  en = "{1:careful} and {3:reader} each defer a recover(). {2:writer} does not.",
  zh = "{1:careful} 和 {3:reader} 都 defer 了 recover()，{2:writer} 没有。",
}
when("careful: write rescued", function()
  caption {
    en = "Writing to a nil map **panics**. {1:careful} recovers, and the program goes on.",
    zh = "写 nil map 触发 **panic**。{1:careful} 恢复了，程序继续运行。",
  }
end)
when("writer: write h.flags", function()
  caption {
    en = "{2:writer} sets **hashWriting** (4) in flags: the map is being written.",
    zh = "{2:writer} 在 flags 里置位 **hashWriting**（4）：map 正在被写。",
  }
end)
when("reader: read h.count", function()
  ask {
    en = "{3:reader} is about to meet that bit, with a recover() deferred. How does the program end?",
    zh = "{3:reader} 就要看到这个位，它 defer 了 recover()。程序会怎样结束？",
    options = {
      { en = "{3:reader} recovers, and all go on", zh = "{3:reader} 恢复，程序继续运行", is = "done" },
      { en = "with a panic", zh = "因 panic 退出", is = "panic" },
      { en = "with a fatal error", zh = "因 fatal error 退出", is = "fatal" },
    },
    answer = function(run) return run.outcome end,
    why = {
      en = "A panic runs deferred functions. A fatal error ends the process at once.",
      zh = "panic 会执行 defer，fatal error 则立即结束进程。",
    },
  }
end)
when("fatal", function()
  caption {
    en = "{3:reader} sees the bit. This is **fatal**: no defer runs, recover() is never asked, exit status 2.",
    zh = "{3:reader} 看到该位，触发 **fatal**：defer 不执行，recover() 无从谈起，退出码 2。",
  }
end)

claim {
  says = {
    en = "Go detects the concurrent access and panics at once.",
    zh = "Go 检测到并发访问，立即 panic。",
  },
  verdict = "partly",
  evidence = {
    en = "The message is right, but it comes from fatal, which ends the process without running defers; recover cannot catch it.",
    zh = "报错信息没错，但它来自 fatal：直接结束进程，不执行 defer，recover 捕获不到。",
  },
  source = "runtime/map.go:415, runtime/panic.go:1059 (Go 1.19)",
}

schedule "careful* writer*4 reader*"
finally(function() return "rescued " .. rescued.value end)
expect {
  fatal = "concurrent map read and map write", label = "rescued 1", race = true,
  explore = {
    complete = true,
    outcomes = {
      { fatal = "concurrent map read and map write" },
      { done = true, label = "rescued 1" },
      { label = "rescued 2", count = 0 },
    },
  },
}
