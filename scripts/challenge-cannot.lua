-- Challenge 10: not every program can be broken. Say so when you are sure.
scenario {
  id = "challenge-cannot", chapter = "6.10", truth = "real",
  title = { en = "Can this be broken?", zh = "这个能弄坏吗？" },
  question = { en = "Is one mutex enough for two writers?", zh = "两个写者，一把互斥锁够吗？" },
}

local m = map.make("int", "int")
local mu = mutex()

local function write(k)
  mu:lock()
  m[k] = k * 10
  mu:unlock()
end

go("A", write, 1)
go("B", write, 2)

caption {
  en = "{1:A} and {2:B} write one map, each inside the same mutex.",
  zh = "{1:A} 和 {2:B} 写同一个 map，都在同一把互斥锁里。",
}

finally(function() return len(m) .. " keys" end)
labels { ["2 keys"] = { en = "both keys are there", zh = "两个键都在", right = true } }

challenge {
  goal = { fatal = true },
  task = {
    en = "Make it crash, or press **0** if you are sure that it cannot be done.",
    zh = "让它崩溃；如果你确信做不到，就按 **0**。",
  },
  hint = {
    en = "Between Lock and Unlock nobody else can get in. What could a switch there do?",
    zh = "Lock 和 Unlock 之间谁也进不来。在那里切换又能怎样？",
  },
  praise = {
    en = "The lock leaves nothing but who goes first. A test tries some orders; exploring tried them all.",
    zh = "有了锁，只剩下谁先谁后。测试只试几种顺序，探索试遍了全部。",
  },
}

claim {
  says = { en = "A mutex around each access makes a map safe.", zh = "每次访问都加互斥锁，map 就安全。" },
  verdict = "true",
  evidence = {
    en = "Every order of these steps was looked at: no crash, no race, both keys.",
    zh = "这些步骤的每种顺序都看过：不崩溃，无竞争，两个键都在。",
  },
  source = "sync/mutex.go:81 (Go 1.19); explored",
}

expect {
  done = true, label = "2 keys", race = false,
  explore = { outcomes = { { done = true, label = "2 keys" }, { fatal = true, count = 0 } } },
}
