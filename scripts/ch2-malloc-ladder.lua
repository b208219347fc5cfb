-- Where memory for a bucket really comes from: three steps of a ladder, each more expensive than the one
-- before. A simplified model of Go 1.19's allocator.
scenario {
  id = "ch2-malloc-ladder", chapter = "2.5", order = 2, truth = "model",
  title = { en = "mcache, mcentral, mheap", zh = "mcache、mcentral、mheap" },
  question = {
    en = "On which steps of the allocator can goroutines meet at all?",
    zh = "在分配器的哪几级上，协程之间才可能相遇？",
  },
}

local MCache = struct("mcache", { { "free", "u64" } }) -- free slots of the span in hand
local MCentral = struct("mcentral", { { "partial", "u64" } }) -- spans with free slots
local MHeap = struct("mheap", { { "lock", "mutex" }, { "pages", "u64" } })
local p0 = MCache:new { free = 1 }
local p1 = MCache:new { free = 1 }
local central = MCentral:new { partial = 1 }
local heap = MHeap:new { pages = 8 }
local SPAN = 4 -- slots of a span; real ones have 1 to 1024

local function grow()
  heap.lock:lock()
  caption {
    en = "mcentral has none left: mcentral.grow takes pages from **mheap**, under **its lock**.",
    zh = "mcentral 也没有了：mcentral.grow 向 **mheap** 要页，要**加锁**。",
  }
  heap.pages = heap.pages - 1
  heap.lock:unlock()
end

local function refill(cache)
  local spans = atomic_load(central, "partial")
  while spans > 0 do
    if cas(central, "partial", spans, spans - 1) then
      caption {
        en = "mcache.refill: the span is used up, **mcentral** hands over another. An atomic set, no lock.",
        zh = "mcache.refill：span 用完，向 **mcentral** 换一个。用的是原子集合，没有锁。",
      }
      cache.free = SPAN
      return
    end
    spans = atomic_load(central, "partial")
  end
  grow()
  cache.free = SPAN
end

local function malloc(cache)
  if cache.free == 0 then
    refill(cache)
  end
  cache.free = cache.free - 1
end

go("worker0", function()
  malloc(p0)
  caption {
    en = "**mcache** had a free slot. It belongs to P0 alone: no lock, no atomic operation.",
    zh = "**mcache** 里有空槽。它归 P0 独有：不用锁，也不用原子操作。",
  }
  malloc(p0)
end)

go("worker1", function()
  malloc(p1)
  ask {
    en = "P1's span is full. Where does its next memory come from?",
    zh = "P1 的 span 用完了。下一块内存从哪里来？",
    options = { "mcache", "mcentral", "mheap" },
    answer = function() return heap.pages < 8 and "mheap" or central.partial < 1 and "mcentral" or "mcache" end,
    why = {
      en = "{1:worker0} took mcentral's last span with free slots, so mcentral itself must grow.",
      zh = "mcentral 里最后一个有空槽的 span 已被 {1:worker0} 取走，mcentral 自己也得扩充。",
    },
  }
  malloc(p1)
  caption {
    en = "Each P has its mcache; below, one mcentral for each span class, and one heap for all.",
    zh = "每个 P 有自己的 mcache；往下，每个 span class 一个 mcentral，全局一个 mheap。",
  }
end)

caption {
  en = "**A simplified model** of Go 1.19. {1:worker0} on P0 and {2:worker1} on P1 allocate two objects each.",
  zh = "Go 1.19 的**简化模型**。P0 上的 {1:worker0} 和 P1 上的 {2:worker1} 各分配两个对象。",
}

claim {
  says = {
    en = "mcache.alloc has 8 entries; 32 bytes is size class 12; there are 67 classes.",
    zh = "mcache.alloc 有 8 项；32 字节是 12 号级别；共 67 个级别。",
  },
  verdict = "false",
  evidence = {
    en = "136 entries: 68 size classes, with and without pointers. 32 bytes is class 4; class 12 is 160 bytes.",
    zh = "共 136 项：68 个 size class，各分含指针与不含指针。32 字节是 4 号，12 号是 160 字节。",
  },
  source = "runtime/mcache.go:44, runtime/sizeclasses.go:87-93 (Go 1.19)",
}

schedule "worker0* worker1*"
expect {
  done = true, race = false,
  explore = { complete = true, outcomes = { { done = true }, { race = true, count = 0 } } },
}
