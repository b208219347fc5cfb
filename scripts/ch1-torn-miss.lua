-- The check looks at flags once. A reader that passed it before the writer set the bit goes on, and
-- meets a header half of which is new.
scenario {
  id = "ch1-torn-miss", chapter = "1", order = 4, truth = "real",
  title = { en = "What the check misses: a key vanishes", zh = "检查漏掉了什么：键不见了" },
  question = {
    en = "Can a read that raced with a growing writer go wrong without any error?",
    zh = "与扩容中的写者竞争的读，会不会悄悄读错、却不报错？",
  },
}

local m = map.make("int", "int")
for k = 1, 8 do m[k] = k * 10 end -- full: the ninth key makes it grow

-- The run ends with main: how the writer goes on moving entries matters no more.
main(function()
  local _, ok = m:get(3)
  label(ok and "found" or "missed")
end)

go("writer", function() m[9] = 90 end)

caption {
  en = "Eight keys in one bucket: B = 0. {1:main} wants key 3, which is there.",
  zh = "一个桶，八个键：B = 0。{1:main} 要读键 3，它就在桶里。",
}
when("main: read h.flags", function()
  caption {
    en = "{1:main} passes **its only check**: flags is 0, nobody writes.",
    zh = "{1:main} 通过了**唯一一次检查**：flags 为 0，没人在写。",
  }
end)
when("main: read h.B", function()
  caption {
    en = "{1:main} loads **B = 0**: one bucket. The load of buckets comes next.",
    zh = "{1:main} 读到 **B = 0**：只有一个桶。接下来才读 buckets。",
  }
end)
when("writer: read h.flags #1", function()
  ask {
    en = "{2:writer} will add a ninth key now, and the map will grow. What will `v, ok = m[3]` give?",
    zh = "现在 {2:writer} 加入第九个键，map 会扩容。`v, ok = m[3]` 会得到什么？",
    options = {
      { en = "30, true", is = "found" },
      { en = "0, false", is = "missed" },
      { en = "A fatal error", zh = "fatal error", is = "fatal" },
    },
    answer = function(run) return run.outcome == "fatal" and run.outcome or run.label end,
    why = {
      en = "The check is behind it, and it has the old B. It will look into a new, empty bucket.",
      zh = "检查已经过去，手里又是旧的 B：它会去查一个新的空桶。",
    },
  }
end)
when("writer: write h.flags #1", function()
  caption {
    en = "Only now does {2:writer} set **hashWriting**: too late for {1:main} to see.",
    zh = "{2:writer} 这时才置位 **hashWriting**，{1:main} 已经看不到了。",
  }
end)
when("writer: write h.B", function()
  caption {
    en = "A ninth key: {2:writer} grows the map. First it stores **B = 1** ...",
    zh = "第九个键：{2:writer} 触发扩容，先写 **B = 1** ……",
  }
end)
when("writer: write h.buckets", function()
  caption {
    en = "... then the pointer to the **new array**. It is still empty.",
    zh = "……再写 buckets，指向**新桶数组**。里面还是空的。",
  }
end)
when("main: read h.buckets", function()
  caption {
    en = "{1:main} takes the **new** buckets with its **old** B: a torn header.",
    zh = "{1:main} 拿到**新** buckets，手里却是**旧** B：头部被撕裂。",
  }
end)
when("main: read b0.overflow", function()
  caption {
    en = "{1:main} finds nothing: key 3 is \"absent\". **No error.** The race detector would tell.",
    zh = "{1:main} 没找到：键 3“不存在”。**没有任何报错**，只有竞态检测器能发现。",
  }
end)

labels {
  missed = { en = "a key that is there is missed", zh = "漏掉了存在的键", right = false },
  found = { en = "the key is found", zh = "找到了键", right = true },
}

claim {
  says = {
    en = "The runtime actively detects the race, so it does not crash or misread at random.",
    zh = "运行时会主动检测数据竞争，而不是随机崩溃或读错。",
  },
  verdict = "partly",
  evidence = {
    en = "A reader checks flags once, at entry. In a model of these accesses 15 of 54 orders are torn like this and pass unnoticed.",
    zh = "读者只在入口检查一次 flags。在这些访问的模型里，54 种顺序中有 15 种像这样撕裂而不被发现。",
  },
  source = "runtime/map_fast64.go:21, runtime/map.go:1058 (Go 1.19)",
}

schedule "main*3 writer*38 main*"
expect {
  done = true, label = "missed", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true, label = "found" },
      { done = true, label = "missed" },
      { fatal = "concurrent map read and map write" },
    },
  },
}
