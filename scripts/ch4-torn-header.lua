-- A reader loads B and buckets, one after the other; a writer that grows the map stores them one after the
-- other. Just these accesses, in Go's order, on a header of that shape: few enough to try every order.
fixes { "none", "rwmutex" }
scenario {
  id = "ch4-torn-header", chapter = "4.3", order = 1, truth = "real",
  title = { en = "A reader that takes buckets for stable", zh = "以为桶不会变的读者" },
  question = {
    en = "In how many of all orders does the reader get two halves that do not fit?",
    zh = "在全部顺序中，读者拿到对不上的两半有多少种？",
  },
}

local WRITING = 4
local Hmap = struct("hmap", { { "flags", "u8" }, { "B", "u8" }, { "buckets", "ptr" } })
local old = struct("one_bucket", { { "bucket0", "u64" } }):new()
local new = struct("two_buckets", { { "bucket0", "u64" }, { "bucket1", "u64" } }):new()
local h = Hmap:new { buckets = old }
local mu = fix() == "rwmutex" and rwmutex()

go("writer", function()
  if mu then mu:lock() end
  local flags = h.flags
  if flags & WRITING ~= 0 then fatal "concurrent map writes" end
  h.flags = flags ~ WRITING
  h.B = 1
  h.buckets = new
  flags = h.flags
  if flags & WRITING == 0 then fatal "concurrent map writes" end
  h.flags = flags & ~WRITING
  if mu then mu:unlock() end
end)

go("reader", function()
  if mu then mu:rlock() end
  if h.flags & WRITING ~= 0 then fatal "concurrent map read and map write" end
  caption {
    en = "{2:reader} has made its only check: nobody writes. **From here on it trusts the header.**",
    zh = "{2:reader} 做完唯一的检查：没人在写。**从此它就信任头部了。**",
  }
  local B = h.B
  caption {
    en = "{2:reader} has **B = " .. B .. "**: " .. (B == 0 and "one bucket" or "two buckets") .. ", it believes.",
    zh = "{2:reader} 读到 **B = " .. B .. "**：它以为有 " .. (1 << B) .. " 个桶。",
  }
  local fits = (h.buckets == new) == (B == 1)
  caption(fits and {
    en = "{2:reader} has buckets: B and buckets **belong together**.",
    zh = "{2:reader} 读到 buckets：与 B **是一套**。",
  } or B == 1 and {
    en = "{2:reader} has the **old** array with the **new** B: bucket 1 lies past its end.",
    zh = "{2:reader} 拿到**旧**数组，配着**新** B：桶 1 在数组之外。",
  } or {
    en = "{2:reader} has the **new** array with the **old** B: it may look into the wrong bucket.",
    zh = "{2:reader} 拿到**新**数组，配着**旧** B：可能找错桶。",
  })
  label(fits and "consistent" or B == 1 and "past the old array" or "old B, new buckets")
  if mu then mu:runlock() end
end)

caption(fix() == "none" and {
  en = "The header in small, with **Go's own order** of accesses: {1:writer} grows the map, {2:reader} reads.",
  zh = "缩小的 hmap，访问次序**与 Go 相同**：{1:writer} 扩容，{2:reader} 读。",
} or {
  en = "The cure: a **RWMutex** around both. Nobody reads while somebody grows.",
  zh = "解法：两边都用 **RWMutex** 包住。扩容时没人能读。",
})
if fix() == "none" then
  when("writer: write h.B", function()
    ask {
      en = "{1:writer} grows: **B = 1**, the new array is not in place. {2:reader} loads B and buckets now. Do they fit?",
      zh = "{1:writer} 扩容：**B = 1**，新数组还没换上。{2:reader} 这时读 B 和 buckets，对得上吗？",
      options = {
        { en = "Yes", zh = "对得上", is = "consistent" },
        { en = "No: it misses half of the buckets", zh = "对不上：会漏看一半的桶", is = "old B, new buckets" },
        { en = "No: bucket 1 is past the array's end", zh = "对不上：桶 1 在数组之外", is = "past the old array" },
      },
      answer = function(run) return run.label end,
      why = {
        en = "It gets the new B, 1, and the old array, of one bucket.",
        zh = "它拿到新的 B = 1，和只有一个桶的旧数组。",
      },
    }
  end)
end

claim {
  says = {
    en = "A read relies on buckets not changing, and dereferences a wild pointer.",
    zh = "读依赖于桶不变，否则会解引用野指针。",
  },
  verdict = "partly",
  evidence = {
    en = "The reader does rely on it. No pointer is wild: the collector keeps the old array. But in 17 of these 54 orders B and buckets do not fit, in 2 the index is past its end.",
    zh = "读者确实依赖它。但不是野指针：垃圾回收器会保留旧数组。这 54 种顺序中，17 种 B 与 buckets 不配套，其中 2 种下标越过旧数组末尾。",
  },
  source = "runtime/map.go:418-419, 1058-1061 (Go 1.19); explored",
}

if fix() == "none" then
  schedule "reader writer*3 reader*2 writer*"
  expect {
    done = true, label = "past the old array", race = true,
    explore = {
      executions = 54,
      outcomes = {
        { fatal = "concurrent map read and map write", count = 4 },
        { done = true, label = "consistent", count = 33 },
        { done = true, label = "old B, new buckets", count = 15 },
        { done = true, label = "past the old array", count = 2 },
      },
    },
  }
else
  expect {
    done = true, label = "consistent", race = false,
    explore = { executions = 6, outcomes = { { done = true, label = "consistent", count = 6 } } },
  }
end
