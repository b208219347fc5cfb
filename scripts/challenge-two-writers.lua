-- Challenge 3: two writers, and one switch is enough.
scenario {
  id = "challenge-two-writers", chapter = "6.3", truth = "real",
  title = { en = "Two writers, one switch", zh = "两个写者，一次切换" },
  question = { en = "After which step must the other writer begin?", zh = "另一个写者必须在哪一步之后开始？" },
}

local m = map.make("int", "int", 9)
m[1] = 10

go("A", function() m[2] = 20 end)
go("B", function() m[3] = 30 end)

caption {
  en = "{1:A} inserts key 2, {2:B} key 3. Each looks at flags when it begins, and again at its end.",
  zh = "{1:A} 插入键 2，{2:B} 插入键 3。各自开始时看一次 flags，结束前再看一次。",
}

challenge {
  goal = { fatal = "concurrent map writes" },
  task = {
    en = "Make it die with `concurrent map writes`, switching **once**.",
    zh = "只切换**一次**，让它以 `concurrent map writes` 终止。",
  },
  hint = {
    en = "The bit is set by a store, not by the check. Let one writer get that far.",
    zh = "置位靠的是一次写入，而不是检查。让一个写者走到那一步。",
  },
  praise = {
    en = "The simplest crash: one goroutine is stopped right after it set the bit, and another begins.",
    zh = "最简单的崩溃：一个 goroutine 刚置位就停下，另一个开始。",
  },
}

claim {
  says = { en = "Concurrent writes crash only under heavy load.", zh = "并发写只有在高负载下才会崩溃。" },
  verdict = "false",
  evidence = {
    en = "One context switch between two writes is enough. Load only makes it likelier.",
    zh = "两次写之间一次上下文切换就够了。负载只是让它更可能发生。",
  },
  source = "runtime/map_fast64.go:101, 107 (Go 1.19); explored",
}

schedule "A*4 B"
expect {
  fatal = "concurrent map writes", race = true,
  explore = {
    mode = "dpor", complete = true,
    outcomes = { { fatal = "concurrent map writes" }, { done = true, race = true }, { race = false, count = 0 } },
  },
}
