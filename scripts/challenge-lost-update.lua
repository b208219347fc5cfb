-- Challenge 4: nothing crashes here. Make it wrong all the same.
scenario {
  id = "challenge-lost-update", chapter = "6.4", truth = "real",
  title = { en = "Two and two is three", zh = "二加二等于三" },
  question = { en = "Where must the other goroutine come in between?", zh = "另一个协程必须插在哪里？" },
}

local n = var("int", 2)
local function increment()
  n.value = n.value + 1
end

go("A", increment)
go("B", increment)

caption {
  en = "{1:A} and {2:B} each add one to n = 2. `n++` is a load and a store.",
  zh = "{1:A} 和 {2:B} 各给 n = 2 加一。`n++` 是一次读加一次写。",
}

finally(function() return "n = " .. n.value end)
labels {
  ["n = 3"] = { en = "one increment is lost", zh = "丢了一次加一", right = false },
  ["n = 4"] = { en = "n = 4, as it should be", zh = "n = 4，正确", right = true },
}

challenge {
  goal = { label = "n = 3" },
  task = { en = "Let n end as **3**.", zh = "让 n 最后等于 **3**。" },
  hint = {
    en = "Both must load before either stores.",
    zh = "两者都要在对方写入之前先读。",
  },
  praise = {
    en = "Four orders of six lose one increment. No message, no crash: only -race would tell.",
    zh = "六种顺序里有四种会丢一次。没有报错，也不崩溃：只有 -race 会指出。",
  },
}

claim {
  says = { en = "If nothing crashes, the result is right.", zh = "只要不崩溃，结果就是对的。" },
  verdict = "false",
  evidence = {
    en = "A data race without a crash may lose writes in silence.",
    zh = "不崩溃的数据竞争也会悄悄丢掉写入。",
  },
  source = "go.dev/ref/mem; explored",
}

schedule "A B A B"
expect {
  done = true, label = "n = 3", race = true,
  explore = {
    executions = 6,
    outcomes = { { label = "n = 3", count = 4 }, { label = "n = 4", count = 2 } },
  },
}
