-- The article's first program: one goroutine writes, one reads, nothing is between them. The schedule
-- shows a read beside a write that goes well, one that overlaps unseen, and the one that is caught.
scenario {
  id = "ch1-read-write", chapter = "1", order = 1, truth = "real",
  title = { en = "A read meets a write", zh = "读写相遇" },
  question = {
    en = "When does Go notice that a map is read and written at once, and when does it not?",
    zh = "Go 什么时候会发现 map 正被同时读写，什么时候发现不了？",
  },
  procs = 2, schedule = "any", memory = "sc", seed = 7,
}

local m  = map.make("int", "int")
local wg = waitgroup()

main(function()
  wg:add(2)
  go("writer", function()
    for i = 0, 999 do m[i] = i * 2 end
    wg:done()
  end)
  go("reader", function()
    for i = 0, 999 do local _ = m[i] end
    wg:done()
  end)
  wg:wait()
end)

caption {
  en = "An empty map. {1:main} is about to start {2:writer} and {3:reader}, and will wait for both.",
  zh = "一个空 map。{1:main} 将启动 {2:writer} 和 {3:reader}，然后等它们结束。",
}
when("writer: read h.flags #1", function()
  caption {
    en = "`m[0] = 0`. First the check: {2:writer} reads **flags**. It is 0: nobody writes.",
    zh = "`m[0] = 0`。先检查：{2:writer} 读 **flags**，是 0，没人在写。",
  }
end)
when("writer: write h.flags #1", function()
  caption {
    en = "{2:writer} stores flags with **hashWriting** (4) set. A plain store: no lock, no atomic.",
    zh = "{2:writer} 写回 flags，置位 **hashWriting**（4）。普通写：没有锁，也不是原子操作。",
  }
end)
when("writer: write h.buckets #1", function()
  caption {
    en = "The first insert gives the map its first **bucket**: eight slots.",
    zh = "第一次插入，map 才有了第一个**桶**：八个槽位。",
  }
end)
when("writer: write b0.tophash[0]", function()
  caption {
    en = "Slot 0 is free: its **tophash** is stored first, then the key.",
    zh = "槽位 0 空闲：先写它的 **tophash**，再写键。",
  }
end)
when("writer: write h.flags #2", function()
  caption {
    en = "{2:writer} clears **hashWriting**, although the value is not stored yet ...",
    zh = "{2:writer} 清除 **hashWriting**，而值还没有写进去……",
  }
end)
when("writer: write b0.value[0]", function()
  caption {
    en = "... the caller stores the **value** afterwards, outside the flag's protection.",
    zh = "……**值**由调用者随后写入，已不在标志的保护之内。",
  }
end)
when("reader: read h.flags #1", function()
  caption {
    en = "`m[0]`. {3:reader} makes its only check: **flags** is 0, so it goes on.",
    zh = "`m[0]`。{3:reader} 做它唯一的检查：**flags** 为 0，于是继续。",
  }
end)
when("reader: read b0.value[0] #1", function()
  caption {
    en = "This read came between two writes: no error. But nothing orders it after the write of the value: a **data race** all the same.",
    zh = "这次读恰好落在两次写之间：没有报错。但没有任何同步让它排在那次写之后：仍是**数据竞争**。",
  }
end)
when("reader: read h.flags #2", function()
  caption {
    en = "`m[1]`. {3:reader} passes its check again: flags is still 0.",
    zh = "`m[1]`。{3:reader} 再次通过检查：flags 仍是 0。",
  }
end)
when("writer: write h.flags #3", function()
  caption {
    en = "Now {2:writer} sets **hashWriting** for `m[1] = 2`. It cannot see {3:reader}: a reader leaves no mark.",
    zh = "这时 {2:writer} 为 `m[1] = 2` 置位 **hashWriting**。它看不到 {3:reader}：读者不留任何标记。",
  }
end)
when("writer: read h.buckets #3", function()
  ask {
    en = "Now both are inside the map. Which of the two will notice the other in this operation?",
    zh = "现在两者都在 map 里面。这次操作中，谁会发现对方？",
    options = {
      { en = "{2:writer} notices", zh = "{2:writer} 会发现", is = "writer" },
      { en = "{3:reader} notices", zh = "{3:reader} 会发现", is = "reader" },
      { en = "Nobody", zh = "都不会", is = "nobody" },
    },
    answer = function(run) return run.crashed end,
    at = "reader: read b0.overflow",
    why = {
      en = "{3:reader} has made its only check. {2:writer} looks for a writer's bit, and a reader sets none.",
      zh = "{3:reader} 唯一的检查已经做完；{2:writer} 只找写者的位，而读者不置位。",
    },
  }
end)
when("reader: read b0.overflow", function()
  caption {
    en = "{3:reader} has searched the bucket beside a running write. Key 1 is not there yet. **Nobody noticed.**",
    zh = "{3:reader} 在写进行时查完了整个桶，键 1 还不在。**谁也没有发现。**",
  }
end)
when("reader: read h.flags #3", function()
  caption {
    en = "`m[2]`. This time the check meets **hashWriting**: flags is 4.",
    zh = "`m[2]`。这一次检查撞上了 **hashWriting**：flags 为 4。",
  }
end)
when("fatal", function()
  caption {
    en = "**fatal error: concurrent map read and map write.** Not a panic: no recover, no deferred call, exit status 2.",
    zh = "**fatal error: concurrent map read and map write。** 这不是 panic：不能 recover，defer 不执行，退出码 2。",
  }
end)

claim {
  says = {
    en = "This program very probably crashes.",
    zh = "这个程序很可能崩溃。",
  },
  verdict = "partly",
  evidence = {
    en = "Go 1.19.8 on two CPUs, GOMAXPROCS=2: 30 of 1000 runs crashed; with GOMAXPROCS=1, 0 of 200. With 100000 iterations instead of 1000, 139 of 200.",
    zh = "Go 1.19.8，双核，GOMAXPROCS=2：运行 1000 次，崩溃 30 次；GOMAXPROCS=1 时 200 次中 0 次。把 1000 次循环改为 100000 次，200 次中崩溃 139 次。",
  },
  source = "runtime/map_fast64.go:21 (Go 1.19); measured",
}

schedule "main writer*22 reader*10 writer*8 reader*12"
expect { fatal = "concurrent map read and map write", race = true }
