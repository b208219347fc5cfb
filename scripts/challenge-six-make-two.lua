-- Challenge 9: two goroutines add one three times each. Two is possible.
scenario {
  id = "challenge-six-make-two", chapter = "6.9", truth = "real",
  title = { en = "Six increments make two", zh = "加六次，得二" },
  question = {
    en = "How small can n be when six increments are done?",
    zh = "做完六次加一，n 最小能是多少？",
  },
}

local n = var("int", 0)
local function three_times()
  for _ = 1, 3 do n.value = n.value + 1 end
end

go("A", three_times)
go("B", three_times)

caption {
  en = "{1:A} and {2:B} each do `n++` three times. n starts at 0.",
  zh = "{1:A} 和 {2:B} 各做三次 `n++`。n 从 0 开始。",
}

finally(function() return "n = " .. n.value end)
labels { ["n = 6"] = { right = true } }

challenge {
  goal = { label = "n = 2" },
  task = { en = "Let n end as **2**.", zh = "让 n 最后等于 **2**。" },
  hint = {
    en = "A load can be very old when its store comes. Keep one of each goroutine: the first of one, the last of the other.",
    zh = "写回时，先前读到的值可以已经很旧。一个 goroutine 压住它第一次的读，另一个压住它最后一次的读。",
  },
  praise = {
    en = "One goroutine's first store throws away two of the other's; then the other's last load finds 1.",
    zh = "一个 goroutine 的第一次写回抹掉了对方的两次；然后对方最后一次读到的是 1。",
  },
}

claim {
  says = { en = "At most half of the increments get lost.", zh = "最多丢一半的加一。" },
  verdict = "false",
  evidence = {
    en = "Six may leave two, and so may twelve or a hundred: n = 2 stays possible.",
    zh = "六次可以只剩二；次数再多，也可能只剩二。",
  },
  source = "explored",
}

schedule "A B*4 A B A*4 B"
expect {
  done = true, label = "n = 2", race = true,
  explore = { executions = 924, outcomes = { { label = "n = 2", count = 8 }, { label = "n = 1", count = 0 } } },
}
