-- Challenge 2: the same on Go's real map.
scenario {
  id = "challenge-read-write", chapter = "6.2", truth = "real",
  title = { en = "A read meets a write", zh = "读写相遇" },
  question = { en = "When must the read look at flags?", zh = "读操作必须在什么时候去看 flags？" },
}

local m = map.make("int", "int")
m[1] = 10

go("writer", function() m[1] = 11 end)
go("reader", function() local _ = m[1] end)

caption {
  en = "{1:writer} stores m[1], {2:reader} loads it. Both steps by step, as Go 1.19 takes them.",
  zh = "{1:writer} 写 m[1]，{2:reader} 读 m[1]。每一步都和 Go 1.19 相同。",
}

challenge {
  goal = { fatal = "concurrent map read and map write" },
  task = {
    en = "Make it die with `concurrent map read and map write`.",
    zh = "让它以 `concurrent map read and map write` 终止。",
  },
  hint = {
    en = "A read looks at flags once, in its second step. Let it do so while the writer's bit is set.",
    zh = "读操作只在第二步看一次 flags。让它在写者置位期间去看。",
  },
  praise = {
    en = "The write toggles the bit in its fourth step and clears it near its end: a wide window for a read that begins in it.",
    zh = "写操作第四步置位，快结束时才清除：落在这段时间里开始的读都会被发现。",
  },
}

claim {
  says = { en = "Reading a map while it is written is always detected.", zh = "写 map 时去读，一定会被检测到。" },
  verdict = "false",
  evidence = {
    en = "Only a read that looks at flags inside the write's window is. Most orders of these two pass.",
    zh = "只有在写的窗口里去看 flags 的读才会。这两者的多数顺序都不报错。",
  },
  source = "runtime/map_fast64.go:21, 107, 179 (Go 1.19); explored",
}

schedule "writer*4 reader*2"
expect {
  fatal = "concurrent map read and map write", race = true,
  explore = {
    executions = 64980,
    outcomes = {
      { fatal = "concurrent map read and map write", count = 81 },
      { done = true, count = 64899 },
    },
  },
}
