-- "Checked before every access"? Three accesses to a map that is being written: two of them look at
-- nothing but count.
scenario {
  id = "ch1-unchecked", chapter = "1", order = 3, truth = "real",
  title = { en = "Reads that nobody checks", zh = "没人检查的读" },
  question = {
    en = "Which accesses to a map are never checked?",
    zh = "哪些 map 访问从不检查？",
  },
}

local m = map.make("int", "int")

go("writer", function() m[1] = 10 end)

go("reader", function()
  local _ = len(m)
  _ = m[1] -- the map is empty
  _ = m[1] -- now it is not
end)

caption {
  en = "An empty map. {1:writer} inserts the first key, {2:reader} looks on.",
  zh = "一个空 map。{1:writer} 插入第一个键，{2:reader} 在旁读取。",
}
when("writer: write h.flags #1", function()
  caption {
    en = "**hashWriting** is set: from here to the end of the insert a check can find it.",
    zh = "**hashWriting** 已置位：从这里到插入结束，检查都能看到它。",
  }
end)
when("writer: read h.buckets #1", function()
  ask {
    en = "{2:reader} calls m[1] **again**, while the bit is still set. Will it be caught this time?",
    zh = "标志位还在，{2:reader} **再次**读 m[1]。这次会被发现吗？",
    options = {
      { en = "Yes: fatal", zh = "会：fatal", is = "fatal" },
      { en = "No: it passes again", zh = "不会：又放过", is = "done" },
    },
    answer = function(run) return run.outcome end,
    why = {
      en = "It depends on count alone: once count is 1, the read gets as far as the check.",
      zh = "只看 count：count 变成 1 之后，读操作才会走到检查处。",
    },
  }
end)
when("reader: read h.count #1", function()
  caption {
    en = "len(m): one plain load of count. **Not checked.**",
    zh = "len(m)：只是普通地读一次 count，**不检查**。",
  }
end)
when("reader: read h.count #2", function()
  caption {
    en = "m[1] on an empty map: count is 0, return zero. The check comes after that: **not reached.**",
    zh = "读空 map 的 m[1]：count 为 0，直接返回零值。检查在这之后，**没有执行到**。",
  }
end)
when("writer: write h.count", function()
  caption {
    en = "{1:writer} stores count = 1. It is still inside: the bit is set.",
    zh = "{1:writer} 写入 count = 1。它还没结束，标志位仍在。",
  }
end)
when("fatal", function()
  caption {
    en = "The same m[1] again: count is 1 now, so {2:reader} gets as far as the check. **Fatal.**",
    zh = "同样的 m[1]：这回 count 是 1，{2:reader} 走到了检查处，**fatal**。",
  }
end)

claim {
  says = {
    en = "The runtime makes a light check before every access to a map.",
    zh = "运行时在每次访问 map 之前都做一次轻量检查。",
  },
  verdict = "partly",
  evidence = {
    en = "len(m) and reads of an empty map check nothing. The value itself is loaded or stored by the caller, after the routine has returned.",
    zh = "len(m) 和读空 map 都不检查；值本身由调用者在函数返回之后读写，同样不受检查。",
  },
  source = "runtime/map.go:408, 414 (Go 1.19)",
}

schedule "writer*4 reader*2 writer*15 reader*"
expect {
  fatal = "concurrent map read and map write", race = true,
  explore = {
    executions = 8414,
    outcomes = {
      { fatal = "concurrent map read and map write", count = 1144 },
      { done = true, count = 7270 },
    },
  },
}
