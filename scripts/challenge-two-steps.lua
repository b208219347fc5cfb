-- Challenge 1: two steps are enough. One goroutine stores a flag, the other looks at it.
scenario {
  id = "challenge-two-steps", chapter = "6.1", truth = "model",
  title = { en = "Two steps to a crash", zh = "两步就崩" },
  question = { en = "Who must step first, and who second?", zh = "谁先走，谁后走？" },
}

local writing = var("bool", false)

go("writer", function()
  writing.value = true
  writing.value = false
end)

go("reader", function()
  if writing.value then fatal "concurrent map read and map write" end
end)

caption {
  en = "**A model** of the check: {1:writer} sets a flag and clears it, {2:reader} looks at it once.",
  zh = "检查的**简化模型**：{1:writer} 置位再清除，{2:reader} 只看一眼。",
}

challenge {
  goal = { fatal = "concurrent map read and map write" },
  task = { en = "Make {2:reader} crash.", zh = "让 {2:reader} 崩溃。" },
  hint = {
    en = "The flag is up between the writer's two steps only.",
    zh = "标志只在写者的两步之间是立着的。",
  },
  praise = {
    en = "One order of three crashes. That is why such a check finds some races and misses others.",
    zh = "三种顺序里只有一种崩溃。这种检查能发现一些竞争，也会漏掉另一些。",
  },
}

claim {
  says = { en = "A light check before each access finds concurrent use.", zh = "每次访问前的轻量检查能发现并发使用。" },
  verdict = "partly",
  evidence = {
    en = "It sees what is there at that moment, and nothing of what comes before or after.",
    zh = "它只看到那一刻的情形，看不到之前和之后。",
  },
  source = "runtime/map.go:414 (Go 1.19); explored",
}

schedule "writer reader"
expect {
  fatal = "concurrent map read and map write", race = true,
  explore = {
    executions = 3,
    outcomes = {
      { fatal = "concurrent map read and map write", count = 1 },
      { done = true, count = 2 },
    },
  },
}
