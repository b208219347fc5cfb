-- Challenge 11: the hard one. Two writers lose a key, and Go says nothing.
scenario {
  id = "challenge-missed-race", chapter = "6.11", truth = "real",
  title = { en = "Lose a key without a word", zh = "悄无声息地丢一个键" },
  question = {
    en = "Both exit checks must find the bit set. How?",
    zh = "两次出口检查都要看到位还在。怎么办到？",
  },
}

local m = map.make("int", "int", 8)
m[1] = 10

go("A", function() m[2] = 20 end)
go("B", function() m[3] = 30 end)

caption {
  en = "{1:A} inserts key 2, {2:B} key 3, into the same bucket. Both must return, and one key be gone.",
  zh = "{1:A} 插入键 2，{2:B} 插入键 3，落在同一个桶。两者都要正常返回，却少一个键。",
}

finally(function()
  local found = 0
  for _ in range(m) do found = found + 1 end
  return found == 3 and "all keys" or "a key is lost"
end)
labels {
  ["all keys"] = { en = "all three keys are there", zh = "三个键都在", right = true },
  ["a key is lost"] = { en = "a key is lost, nothing was said", zh = "丢了一个键，没有任何报错", right = false },
}

challenge {
  goal = { done = true, label = "a key is lost" },
  task = {
    en = "Lose a key, and let **both** writers return without an error.",
    zh = "丢一个键，而且**两个**写者都正常返回，不报错。",
  },
  hint = {
    en = "Load flags twice in both before either stores it; choose the same slot; and check at the exit before either clears the bit.",
    zh = "两者都读完两次 flags 才让谁写回；选中同一个槽；在谁清位之前，两个都过出口检查。",
  },
  praise = {
    en = "This is the race that Go's own check misses. In a real program you would look for that key for days.",
    zh = "这就是 Go 自己的检查会漏掉的竞争。在真实程序里，你会为这个键找上好几天。",
  },
}

claim {
  says = { en = "Two writers at once are always reported.", zh = "两个写者同时写，一定会报告。" },
  verdict = "false",
  evidence = {
    en = "The check is two plain looks at one bit. Here is the order in which both look in vain.",
    zh = "检查只是对同一位普通地看两眼。这里就是两眼都看空的顺序。",
  },
  source = "runtime/map_fast64.go:101, 176 (Go 1.19); explored",
}

schedule "A B A B A B A B A*7 B*7 A*6 B*6 A*2 B*2 A B A*2 B*2 B A"
expect {
  done = true, label = "a key is lost", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, label = "all keys" },
      { done = true, label = "a key is lost" },
      { fatal = "concurrent map writes" },
    },
  },
}
