-- Challenge 12: choose the cure. Four of the five do not help.
fixes { "none", "lock-read", "own-locks", "atomics", "one-lock" }
scenario {
  id = "challenge-cure", chapter = "6.12", truth = "real",
  title = { en = "Which cure cures?", zh = "哪种解法有效？" },
  question = {
    en = "What must happen between the check and the booking?",
    zh = "检查和预订之间必须保证什么？",
  },
}

local cure = fix()
local seats = cure == "atomics" and atomic("int", 1) or var("int", 1) -- one is left
local mu, mine = mutex(), { mutex(), mutex() }
local booked = { var("int", 0), var("int", 0) }

-- Looks whether a seat is left, and takes it. Of two, one has to go away without.
local function book(who)
  if cure == "atomics" then
    if seats:load() > 0 then
      seats:add(-1)
      booked[who].value = 1
    end
    return
  end
  local lock = cure == "own-locks" and mine[who] or mu
  if cure ~= "none" then
    lock:lock()
  end
  local left = seats.value
  if cure == "lock-read" then
    lock:unlock()
  end
  if left > 0 then
    seats.value = left - 1
    booked[who].value = 1
  end
  if cure == "own-locks" or cure == "one-lock" then
    lock:unlock()
  end
end

go("A", book, 1)
go("B", book, 2)

local openings = {
  none = {
    en = "One seat is left. {1:A} and {2:B} each look, and take it if it is free.",
    zh = "还剩一个座位。{1:A} 和 {2:B} 各自查看，空着就订下。",
  },
  ["lock-read"] = {
    en = "A lock around the **look**, none around the booking.",
    zh = "查看时加锁，预订时不加。",
  },
  ["own-locks"] = { en = "{1:A} has a lock, and {2:B} has **another one**.", zh = "{1:A} 一把锁，{2:B} **另一把**。" },
  atomics = {
    en = "The seats are an atomic: each step of it is indivisible. The **two** steps are not.",
    zh = "座位数是原子变量：每一步都不可分割，**两步**之间却可以插入。",
  },
  ["one-lock"] = { en = "**One** lock around the look and the booking.", zh = "查看和预订放在**同一把**锁里。" },
}
caption(openings[cure])

finally(function() return booked[1].value + booked[2].value == 1 and "sold once" or "sold twice" end)
labels {
  ["sold once"] = { en = "the seat is sold once", zh = "座位只卖了一次", right = true },
  ["sold twice"] = { en = "the seat is sold twice", zh = "座位卖了两次", right = false },
}

challenge {
  goal = { label = "sold twice" },
  cure = true,
  task = {
    en = "Choose the cure under which the last seat is never sold twice.",
    zh = "选一种解法，使最后一个座位绝不会卖两次。",
  },
  hint = {
    en = "Nobody may come between the look and the booking, and both must agree on the same lock.",
    zh = "查看和预订之间不能有人插进来，而且双方必须用同一把锁。",
  },
  praise = {
    en = "A race detector would have been content with the atomics: no race, and still sold twice.",
    zh = "竞态检测器对原子变量那一版会很满意：没有竞争，却照样卖两次。",
  },
}

claim {
  says = { en = "Without a data race the program is right.", zh = "没有数据竞争，程序就是对的。" },
  verdict = "false",
  evidence = {
    en = "With atomics nothing races, and still some orders sell the seat twice: look and booking are two steps.",
    zh = "用原子变量没有数据竞争，仍有顺序会卖两次：查看和预订是两步。",
  },
  source = "go.dev/ref/mem; explored",
}

local both = { { label = "sold once" }, { label = "sold twice" } }
if cure == "none" then
  schedule "A B A*2 B*2"
  expect { done = true, label = "sold twice", race = true, explore = { outcomes = both } }
elseif cure == "lock-read" then
  schedule "A*3 B*3 A*2 B*2"
  expect { done = true, label = "sold twice", race = true, explore = { outcomes = both } }
elseif cure == "own-locks" then
  schedule "A*2 B*2 A*3 B*3"
  expect { done = true, label = "sold twice", race = true, explore = { outcomes = both } }
elseif cure == "atomics" then
  schedule "A B A*2 B*2"
  expect { done = true, label = "sold twice", race = false, explore = { outcomes = both } }
else
  expect {
    done = true, label = "sold once", race = false,
    explore = { outcomes = { { label = "sold once" }, { label = "sold twice", count = 0 } } },
  }
end
