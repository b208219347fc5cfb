-- Two cores write in turns, each its own field. That nobody shares a field does not mean that nobody
-- shares a cache line. The effect is real; the ticks are made up: 40 to fetch a line, 1 for one's own.
fixes { "none", "padding" }
scenario {
  id = "ch3-false-sharing", chapter = "3.1", order = 3, truth = "model",
  title = { en = "Two fields, one cache line", zh = "两个字段，一条缓存行" },
  question = {
    en = "The cores never touch the same field. Why does each slow the other down?",
    zh = "两个核从不碰同一个字段，为什么还会互相拖慢？",
  },
}
layout { cache_lines = true }

local padded = fix() == "padding"
local Counters = struct("counters", padded
  and { { "a", "u64" }, { "pad", "u8", 56 }, { "b", "u64" } }
  or { { "a", "u64" }, { "b", "u64" } })
local counters = Counters:new()

local function count(field)
  for i = 1, 10 do counters[field] = i end
end

go("core0", count, "a")
go("core1", count, "b")

if padded then
  caption {
    en = "**A cost model.** The fix: 56 bytes of padding put a and b into two cache lines.",
    zh = "**代价模型。**解法：填充 56 字节，让 a 和 b 分属两条缓存行。",
  }
  when("core1: write counters.b #1", function()
    caption {
      en = "Each core fetches its own line once: 40 ticks each. After that nobody takes it away.",
      zh = "两个核各取一次自己的行，各 40 拍。此后没人再来抢。",
    }
  end)
  when("core1: write counters.b #10", function()
    caption {
      en = "2 fetches of 40 and 18 own writes of 1: **98 ticks** instead of 800.",
      zh = "取行 2 次，每次 40；写自己的行 18 次，每次 1：共 **98 拍**，而不是 800。",
    }
  end)
else
  caption {
    en = "**A cost model:** a at byte 0, b at byte 8. Both lie in one cache line of 64 bytes.",
    zh = "**代价模型：**a 在第 0 字节，b 在第 8 字节，同在一条 64 字节的缓存行里。",
  }
  when("core0: write counters.a #1", function()
    caption {
      en = "{1:core0} writes a. It has to own the **whole line** first: 40 ticks.",
      zh = "{1:core0} 写 a。必须先独占**整条缓存行**：40 拍。",
    }
  end)
  when("core1: write counters.b #1", function()
    caption {
      en = "{2:core1} writes b, and takes the line away from {1:core0}: 40 ticks more.",
      zh = "{2:core1} 写 b，把这一行从 {1:core0} 手里抢走：又是 40 拍。",
    }
  end)
  when("core0: write counters.a #2", function()
    caption {
      en = "{1:core0} writes a again. Nobody has touched a, but **the line is gone**: 40 ticks.",
      zh = "{1:core0} 再写 a。没人动过 a，但**缓存行已不在手上**：40 拍。",
    }
  end)
  when("core1: write counters.b #10", function()
    caption {
      en = "20 writes, 20 fetches: **800 ticks**. All values are right. False sharing costs time only.",
      zh = "写 20 次，取行 20 次：**800 拍**。值全都正确，伪共享只费时间。",
    }
  end)
end

-- Ticks are the picture's: a rule of this model, not something that memory knows.
ask {
  en = "Each core writes its own field ten times, in turns. How many ticks do the 20 writes cost?",
  zh = "两个核轮流写各自的字段，各写十次。20 次写一共要多少拍？",
  options = { 20, 98, 800 },
  answer = padded and 1 or 2,
  why = padded and {
    en = "2 fetches of 40 ticks, and 18 writes to a line that is there already.",
    zh = "取行 2 次，各 40 拍；另外 18 次写的时候，行已在手上。",
  } or {
    en = "One line, two writers: each write has to fetch it back first. 20 times 40.",
    zh = "一条缓存行，两个写者：每次写都得先抢回来，20 乘以 40。",
  },
}

claim {
  says = {
    en = "False sharing of the header's fields makes the CAS of an evacuation fail.",
    zh = "hmap 字段的伪共享会让迁移中的 CAS 失败。",
  },
  verdict = "partly",
  evidence = {
    en = "False sharing exists and costs time; it makes nothing wrong. evacuate has no CAS. hmap is 48 bytes; on the heap its count, flags and B share a line.",
    zh = "伪共享确实存在，只影响速度，不影响对错。evacuate 里没有 CAS。hmap 共 48 字节，在堆上时 count、flags、B 同在一行。",
  },
  source = "runtime/map.go:116-130, 1152 (Go 1.19)",
}

finally(function() return "a " .. counters.a .. ", b " .. counters.b end)

schedule(string.rep("core0 core1 ", 10))
expect {
  done = true, label = "a 10, b 10", race = false,
  explore = { mode = "dpor", complete = true, outcomes = { { label = "a 10, b 10", race = false } } },
}
