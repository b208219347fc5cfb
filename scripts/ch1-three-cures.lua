-- The same work with each cure: two writes, and two reads of one key. Choose with --fix NAME, or with a
-- key in the window.
fixes { "none", "rwmutex", "syncmap", "shards" }
scenario {
  id = "ch1-three-cures", chapter = "1", order = 8, truth = "real",
  title = { en = "Three cures side by side", zh = "三种解法，并排比较" },
  question = {
    en = "When does a reader have to wait with each of the three cures?",
    zh = "三种解法里，读者各在什么时候必须等待？",
  },
}

-- A map behind one RWMutex is a sharded map of one shard: the same code, the same counters.
local sharded = use "sharded"
local cure = fix()
local plain, sm, m
if cure == "none" then
  plain = map.make("int", "int")
  plain[1] = 1
elseif cure == "syncmap" then
  sm = syncmap("int", "int")
  sm:store(1, 1)
  sm:load(1) -- a miss that makes dirty the read part
else
  m = sharded.make("int", "int", cure == "shards" and 2 or 1)
  m[m:shard_of(1)][1] = 1
end

local function put(k, v)
  if plain then
    plain[k] = v
  elseif sm then
    sm:store(k, v)
  else
    m:set(k, v)
  end
end

local function get(k)
  if plain then
    return plain[k]
  elseif sm then
    return sm:load(k)
  else
    return m:get(k)
  end
end

go("writer", function()
  put(1, 10)
  put(2, 20)
end)

go("reader", function()
  get(1)
  get(1)
  local counted = {
    rwmutex = {
      en = "**RWMutex**: 4 locks, **1 wait**. Readers share, a writer shuts everybody out.",
      zh = "**RWMutex**：加锁 4 次，**等待 1 次**。读者共享，写者独占整张表。",
    },
    syncmap = {
      en = "**sync.Map**: {2:reader} took no lock, **0 waits**. A new key costs {1:writer} a copy of the read part.",
      zh = "**sync.Map**：{2:reader} 没有加锁，**等待 0 次**。新键让 {1:writer} 把 read 部分复制一遍。",
    },
    shards = {
      en = "**2 shards**: 4 locks, **0 waits**. One hot key would still queue at one shard.",
      zh = "**2 个分片**：加锁 4 次，**等待 0 次**。但热点键仍会挤在同一个分片上。",
    },
  }
  if counted[cure] then caption(counted[cure]) end
end)

local openings = {
  none = {
    en = "No cure: {1:writer} puts keys 1 and 2, {2:reader} reads key 1 twice.",
    zh = "不加保护：{1:writer} 写键 1 和键 2，{2:reader} 读两次键 1。",
  },
  rwmutex = { en = "Cure 1: one **RWMutex** around one map.", zh = "解法一：一个 **RWMutex** 保护一个 map。" },
  syncmap = { en = "Cure 2: a **sync.Map**. Key 1 is in its read part.", zh = "解法二：**sync.Map**，键 1 在 read 部分。" },
  shards = {
    en = "Cure 3: **two shards**, each a map with its own RWMutex. Key 1 and key 2 are in different ones.",
    zh = "解法三：**两个分片**，各有自己的 map 和 RWMutex。键 1、键 2 在不同分片。",
  },
}
caption(openings[cure])

-- Must the reader wait? The run tells; one cure answers otherwise than the next.
local function ask_about_waiting(no, yes, answer, at, why)
  ask {
    en = "{1:writer} holds a lock for key 2. {2:reader} wants key 1. Must it wait?",
    zh = "{1:writer} 正为键 2 持有锁。{2:reader} 要读键 1，得等吗？",
    options = { { en = "No", zh = "不用", is = no }, { en = "Yes", zh = "要等", is = yes } },
    answer = answer,
    at = at,
    why = why,
  }
end

local function label_of(run) return run.label end

if cure == "none" then
  when("reader: read h.count #1", function()
    ask {
      en = "{1:writer} is in its second write. Who ends the program?",
      zh = "{1:writer} 正在第二次写。谁会让程序终止？",
      options = {
        { en = "{1:writer}", is = "writer" },
        { en = "{2:reader}", is = "reader" },
        { en = "Nobody", zh = "都不会", is = "nobody" },
      },
      answer = function(run) return run.crashed end,
      why = {
        en = "The bit is set, and the next step of {2:reader} is to look at it.",
        zh = "标志位已置位，而 {2:reader} 下一步就是去看它。",
      },
    }
  end)
  when("fatal", function()
    caption {
      en = "{2:reader} sees hashWriting: **fatal**. Now try the cures.",
      zh = "{2:reader} 看到 hashWriting：**fatal**。换成三种解法再试。",
    }
  end)
elseif cure == "rwmutex" then
  when("writer: atomic update #2", function()
    ask_about_waiting("4 locks, 0 waits", "4 locks, 1 waits", label_of, nil, {
      en = "One lock guards the whole map, whatever the key.",
      zh = "一把锁管整个 map，不分键。",
    })
  end)
  when("writer: write h.flags #3", function()
    caption {
      en = "{1:writer} holds the lock for key 2. {2:reader} wants key 1, and must **wait** all the same.",
      zh = "{1:writer} 为键 2 持有锁。{2:reader} 要读的是键 1，照样得**等**。",
    }
  end)
elseif cure == "syncmap" then
  when("writer: read sm.read.m.count #2", function()
    local function answer()
      local _, ok = sm:load(2)
      return ok and "writer first" or "reader first"
    end
    ask_about_waiting("reader first", "writer first", answer, "reader: exit", {
      en = "The lock guards the dirty part. Key 1 is in the read part, which is never changed in place.",
      zh = "这把锁只管 dirty 部分。键 1 在 read 部分，它从不原地修改。",
    })
  end)
  when("writer: synchronise #1", function()
    caption {
      en = "Key 2 is new: {1:writer} takes the lock inside. Key 1 was replaced without it.",
      zh = "键 2 是新键：{1:writer} 要加内部的锁。更新键 1 时则不需要。",
    }
  end)
else
  when("writer: atomic update #2", function()
    ask_about_waiting("4 locks, 0 waits", "4 locks, 1 waits", label_of, nil, {
      en = "Each shard has its own lock, and the two keys are in different shards.",
      zh = "每个分片各有一把锁，两个键不在同一个分片。",
    })
  end)
  when("writer: write m[1].h.flags #1", function()
    caption {
      en = "{1:writer} writes key 2 in shard **m[1]**. Key 1 is in m[0]: {2:reader} **need not wait**.",
      zh = "{1:writer} 在分片 **m[1]** 里写键 2。键 1 在 m[0]，{2:reader} **不用等**。",
    }
  end)
end

claim {
  says = {
    en = "Use a RWMutex, sync.Map for read-mostly data, or a sharded map.",
    zh = "用 RWMutex，读多写少用 sync.Map，或者用分片 map。",
  },
  verdict = "true",
  evidence = {
    en = "All three order the accesses. In these runs: RWMutex 4 locks, 1 wait; sync.Map 1 lock, 11 atomic operations, 0 waits; 2 shards 4 locks, 0 waits.",
    zh = "三者都给访问定了序。在这几次运行里：RWMutex 加锁 4 次、等待 1 次；sync.Map 加锁 1 次、原子操作 11 次、等待 0 次；2 个分片加锁 4 次、等待 0 次。",
  },
  source = "sync/map.go:20, sync/rwmutex.go:69 (Go 1.19)",
}

local schedules = {
  none = "writer*18 reader*",
  rwmutex = "writer*23 reader* writer* reader*",
  syncmap = "writer*9 reader* writer*",
  shards = "writer*23 reader* writer*",
}
schedule(schedules[cure])
finally(function() return m and m:total("ops") .. " locks, " .. m:total("waits") .. " waits" end)
local labels = { rwmutex = "4 locks, 1 waits", shards = "4 locks, 0 waits" }
if cure == "none" then
  expect {
    fatal = "concurrent map read and map write", race = true,
    explore = {
      complete = true,
      outcomes = { { done = true }, { fatal = "concurrent map read and map write" } },
    },
  }
else
  expect {
    done = true, race = false, label = labels[cure],
    explore = { complete = true, outcomes = { { done = true }, { race = true, count = 0 } } },
  }
end
