-- Challenge 7: a needle in a haystack: 2 of 54 orders.
scenario {
  id = "challenge-torn-header", chapter = "6.7", truth = "real",
  title = { en = "Past the end of the old array", zh = "越过旧数组的末尾" },
  question = {
    en = "Which value must the reader load early, and which late?",
    zh = "读者必须先读哪个值、后读哪个值？",
  },
}

local WRITING = 4
local Hmap = struct("hmap", { { "flags", "u8" }, { "B", "u8" }, { "buckets", "ptr" } })
local old = struct("one_bucket", { { "bucket0", "u64" } }):new()
local new = struct("two_buckets", { { "bucket0", "u64" }, { "bucket1", "u64" } }):new()
local h = Hmap:new { buckets = old }

go("writer", function()
  local flags = h.flags
  if flags & WRITING ~= 0 then fatal "concurrent map writes" end
  h.flags = flags ~ WRITING
  h.B = 1
  h.buckets = new
  flags = h.flags
  if flags & WRITING == 0 then fatal "concurrent map writes" end
  h.flags = flags & ~WRITING
end)

go("reader", function()
  if h.flags & WRITING ~= 0 then fatal "concurrent map read and map write" end
  local B, buckets = h.B, h.buckets
  if B == 1 and buckets == old then
    label "past the old array"
  else
    label(B == 0 and buckets == new and "old B, new buckets" or "consistent")
  end
end)

caption {
  en = "A map's header in small, in **Go's own order**: {1:writer} stores B, then buckets. {2:reader} loads B, then buckets.",
  zh = "缩小的 hmap，**次序与 Go 相同**：{1:writer} 先写 B 再写 buckets，{2:reader} 先读 B 再读 buckets。",
}

labels {
  ["past the old array"] = { en = "new B, old buckets: past its end", zh = "新的 B，旧的 buckets：越界", right = false },
  ["old B, new buckets"] = { en = "old B, new buckets: misses half", zh = "旧的 B，新的 buckets：漏掉一半", right = false },
  consistent = { en = "both old, or both new", zh = "同为旧的或同为新的", right = true },
}

challenge {
  goal = { label = "past the old array" },
  task = {
    en = "Let {2:reader} see the **new** B with the **old** buckets.",
    zh = "让 {2:reader} 看到**新的** B 和**旧的** buckets。",
  },
  hint = {
    en = "It must pass its check before the bit is set, and load when B is stored and buckets is not yet.",
    zh = "它得在置位之前通过检查，等 B 已写、buckets 还没写的时候再读。",
  },
  praise = {
    en = "Two of 54 orders: easily missed by testing. Exploring looks at all of them.",
    zh = "54 种顺序里只有两种：靠测试很容易漏掉，逐一探索则一种不落。",
  },
}

claim {
  says = { en = "A changed bucket pointer can lead out of bounds.", zh = "桶指针变化可能导致越界。" },
  verdict = "true",
  evidence = {
    en = "B and buckets are loaded one after the other: a grown B with the old array indexes past its end.",
    zh = "B 和 buckets 先后读取：新的 B 配旧数组，下标就越界了。",
  },
  source = "runtime/map.go:418-419, 1058-1061 (Go 1.19); explored",
}

schedule "reader writer*3 reader*2 writer*"
expect {
  done = true, label = "past the old array", race = true,
  explore = {
    executions = 54,
    outcomes = {
      { fatal = "concurrent map read and map write", count = 4 },
      { label = "consistent", count = 33 },
      { label = "old B, new buckets", count = 15 },
      { label = "past the old array", count = 2 },
    },
  },
}
