-- Two accounts, each with a mutex of its own, and two transfers at once. Each locks first the account that
-- it takes from: in opposite orders.
fixes { "none", "one-order" }
scenario {
  id = "ch4-lock-order", chapter = "4.2", truth = "real",
  title = { en = "Two locks in two orders", zh = "两把锁，两种顺序" },
  question = {
    en = "Each goroutine unlocks all that it locks. How can they wait for ever?",
    zh = "每个 goroutine 锁了都会解锁，怎么还会永远等下去？",
  },
}

local a, b = var("i64", 100), var("i64", 100)
local lock_a, lock_b = mutex(), mutex()

local function transfer(from, to, first, second)
  first:lock()
  second:lock()
  from.value = from.value - 10
  to.value = to.value + 10
  second:unlock()
  first:unlock()
end

go("T1", transfer, a, b, lock_a, lock_b)
if fix() == "none" then
  go("T2", transfer, b, a, lock_b, lock_a)
else
  go("T2", transfer, b, a, lock_a, lock_b) -- the order is the locks', not the money's
end

caption(fix() == "none" and {
  en = "{1:T1} moves 10 from a to b, {2:T2} from b to a. Each locks **its own source** first.",
  zh = "{1:T1} 从 a 转 10 到 b，{2:T2} 从 b 转到 a。各自先锁**转出的一方**。",
} or {
  en = "The cure: everybody locks in **one order**, lock_a before lock_b, whichever way the money goes.",
  zh = "解法：**统一顺序**，无论往哪边转，都先 lock_a 后 lock_b。",
})
if fix() == "none" then
  when("T1: synchronise #1", function()
    ask {
      en = "{1:T1} has taken **lock_a**, and needs lock_b too. {2:T2} takes its first lock now. Who can go on then?",
      zh = "{1:T1} 拿到 **lock_a**，还需要 lock_b。现在 {2:T2} 去拿它的第一把锁。之后谁还能继续？",
      options = { { en = "{1:T1}", is = "done" }, { en = "{2:T2}", is = 2 },
        { en = "Neither", zh = "谁都不能", is = "deadlock" } },
      answer = function(run) return run.outcome end,
      why = {
        en = "{2:T2} takes lock_b, which {1:T1} needs, and needs lock_a, which {1:T1} has.",
        zh = "{2:T2} 拿走的 lock_b 正是 {1:T1} 要的，而它要的 lock_a 在 {1:T1} 手里。",
      },
    }
  end)
  when("T2: synchronise #1", function()
    caption {
      en = "{2:T2} holds lock_b and needs lock_a; {1:T1} holds lock_a and needs lock_b. **A circle: deadlock.**",
      zh = "{2:T2} 拿着 lock_b 要 lock_a，{1:T1} 拿着 lock_a 要 lock_b。**成环：死锁。**",
    }
  end)
else
  when("T1: synchronise #1", function()
    caption {
      en = "{1:T1} has taken **lock_a**, and needs lock_b too.",
      zh = "{1:T1} 拿到 **lock_a**，还需要 lock_b。",
    }
  end)
  when("T1: synchronise #2", function()
    caption {
      en = "{1:T1} has both. {2:T2} holds **nothing** while it waits for lock_a, so nobody waits for {2:T2}.",
      zh = "{1:T1} 两把都有了。{2:T2} 等 lock_a 时**手里什么都没有**，所以没人会等它。",
    }
  end)
  when("T2: exit", function()
    caption {
      en = "Both transfers are done, in **any** order of steps: 100 and 100.",
      zh = "两次转账都完成，**任何**顺序都一样：100 和 100。",
    }
  end)
end

claim {
  says = {
    en = "The dirty bit's lock and the bmap lock are nested in two orders, against the POSIX lock hierarchy.",
    zh = "dirty bit 锁与 bmap 锁嵌套顺序颠倒，违反 POSIX 锁层次原则。",
  },
  verdict = "false",
  evidence = {
    en = "Go's map has neither lock (bmap is a bucket), and POSIX has no such principle. For locks of your own the danger is real: 2 of 6 orders deadlock here.",
    zh = "Go 的 map 没有这两把锁（bmap 是桶），POSIX 也没有这条原则。但自己的锁顺序颠倒确实危险：这里 6 种顺序有 2 种死锁。",
  },
  source = "runtime/map.go:116-160 (Go 1.19); explored",
}

finally(function() return "a " .. a.value .. ", b " .. b.value end)

if fix() == "none" then
  schedule "T1 T2"
  expect {
    deadlock = true, race = false,
    explore = {
      executions = 6,
      outcomes = { { deadlock = true, count = 2 }, { done = true, label = "a 100, b 100", count = 4 } },
    },
  }
else
  schedule "T1* T2*"
  expect {
    done = true, label = "a 100, b 100", race = false,
    explore = { executions = 2, outcomes = { { done = true, label = "a 100, b 100", count = 2 } } },
  }
end
