-- Challenge 6: two locks in two orders.
scenario {
  id = "challenge-deadlock", chapter = "6.6", truth = "real",
  title = { en = "Two locks, two orders", zh = "两把锁，两种顺序" },
  question = { en = "Which two steps lead to a deadlock?", zh = "哪两步会导致死锁？" },
}

local users, orders = mutex(), mutex()
local balance = var("int", 10)

go("pay", function()
  users:lock()
  orders:lock()
  balance.value = balance.value - 1
  orders:unlock()
  users:unlock()
end)

go("refund", function()
  orders:lock()
  users:lock()
  balance.value = balance.value + 1
  users:unlock()
  orders:unlock()
end)

caption {
  en = "{1:pay} locks users, then orders. {2:refund} locks orders, then users.",
  zh = "{1:pay} 先锁 users 再锁 orders。{2:refund} 先锁 orders 再锁 users。",
}

challenge {
  goal = { deadlock = true },
  task = { en = "Bring both to a stop, for ever.", zh = "让两者永远停住。" },
  hint = {
    en = "Each must hold what the other one wants next.",
    zh = "各自都要握着对方下一步想要的东西。",
  },
  praise = {
    en = "Two steps. No race detector finds this: every access is ordered. One order of locks for all would cure it.",
    zh = "只要两步。竞态检测器发现不了它：每次访问都有先后。所有人按同一顺序加锁就好了。",
  },
}

claim {
  says = { en = "Locks in different orders can deadlock.", zh = "加锁顺序不同可能死锁。" },
  verdict = "true",
  evidence = {
    en = "Once each holds its first lock, every order of what is left stops for ever.",
    zh = "只要双方各拿到第一把锁，此后无论什么顺序都会永远停住。",
  },
  source = "explored",
}

schedule "pay refund"
expect {
  deadlock = true, race = false,
  explore = {
    complete = true,
    outcomes = { { done = true }, { deadlock = true }, { race = true, count = 0 } },
  },
}
