-- The shortest walk through everything that a sync.Map (Go 1.23 and before) has: read, dirty, amended,
-- misses, promotion, nil and expunged entries.
scenario {
  id = "ch4-syncmap", chapter = "4.4", truth = "real",
  title = { en = "sync.Map's two maps", zh = "sync.Map 的两个 map" },
  question = {
    en = "Six operations: which of them take the lock, and why?",
    zh = "六次操作：哪几次要加锁？为什么？",
  },
}

local sm = syncmap("string", "int")

main(function()
  sm:store("A", 1)
  sm:load("A")
  sm:load("A")
  sm:delete("A")
  sm:store("B", 2)
  sm:store("A", 3)
end)

caption {
  en = "**read** can be looked at without a lock. **dirty** belongs to the holder of mu. Both are still missing.",
  zh = "**read** 不加锁就能读，**dirty** 只归持有 mu 的人。现在两个都还没有。",
}
local notes = {
  { "atomic load sm.read #1",
    "Store A. read is looked at first: A is not there. A new key needs the **lock**.",
    "Store A。先看 read：没有 A。新键必须**加锁**。" },
  { "atomic store sm.read #1",
    "A new dirty is made. read now says **amended**: dirty has keys that read lacks.",
    "新建 dirty。read 标上 **amended**：dirty 里有 read 没有的键。" },
  { "write sm.dirty.count #1",
    "A goes into **dirty**, an ordinary Go map. The lock keeps it safe.",
    "A 放进 **dirty**，它就是普通的 Go map，由锁保护。" },
  { "atomic load sm.read #3",
    "Load A. Not in read, but amended is set: A may be in dirty. This read takes the **lock**.",
    "Load A。read 里没有，但 amended 为真：可能在 dirty 里。这次读要**加锁**。" },
  { "write sm.misses #1",
    "Found in dirty: a **miss**. misses = 1, as many as dirty has keys ...",
    "在 dirty 里找到：算一次 **miss**。misses = 1，已等于 dirty 的键数……" },
  { "atomic store sm.read #2",
    "... so dirty is **promoted**: it becomes read as it is, amended = false. No key is copied.",
    "……于是**提升**：dirty 原样变成 read，amended = false。一个键也不用复制。" },
  { "atomic load sm.read #5",
    "Load A again: **no lock**. Three reads: read, its key, its entry.",
    "再次 Load A：**不加锁**。只有三次读：read、键、entry。" },
  { "compare and swap sm[\"A\"] #1",
    "Delete A: **no lock** either. The key stays in read; its entry becomes **nil** by compare-and-swap.",
    "Delete A：也**不加锁**。键留在 read 里，entry 用 CAS 换成 **nil**。" },
  { "write sm.dirty #3",
    "Store B, a new key: the lock, and a new dirty. read's live entries are copied over ...",
    "Store B 是新键：加锁，新建 dirty。read 里活着的 entry 要抄过来……" },
  { "compare and swap sm[\"A\"] #2",
    "... but A is deleted: **expunged**. It marks that A is not in dirty.",
    "……而 A 已删除：标为 **expunged**，表示 dirty 里没有它。" },
  { "write sm.dirty.count #2", "B goes into dirty. read is amended again.", "B 放进 dirty。read 又是 amended。" },
  { "atomic load sm[\"A\"] #5",
    "Store A. A is in read, but **expunged**: a value stored here would be lost at the next promotion.",
    "Store A。A 在 read 里，却是 **expunged**：直接写，下次提升就丢了。" },
  { "write sm.dirty.count #3",
    "So, under the lock: **unexpunged** to nil, and put into dirty. Both maps share one entry ...",
    "所以加锁后：先**取消 expunged**（改成 nil），再放进 dirty。两个 map 共用一个 entry……" },
  { "atomic store sm[\"A\"]",
    "... and the value 3 is stored **once**, for both.",
    "……值 3 只写**一次**，两边都看得到。" },
}
for _, note in ipairs(notes) do
  when(note[1], function() caption { en = note[2], zh = note[3] } end)
end
when("write sm.misses #2", function()
  ask {
    en = "dirty = nil, misses = 0. Now Load A again: does it take the lock this time?",
    zh = "dirty = nil，misses = 0。再次 Load A，这回要加锁吗？",
    options = { { en = "Yes", zh = "要", is = "sm.mu" }, { en = "No", zh = "不要", is = "sm.read.m[\"A\"]" } },
    at = "read", -- of the key in read; the dirty map would be read behind the lock
    answer = function(run) return run.place end,
    why = {
      en = "After the promotion A is in read, and what is in read is read without the lock.",
      zh = "提升之后 A 就在 read 里，read 里的键不加锁就能读。",
    },
  }
end)
when("atomic load sm[\"A\"] #4", function()
  ask {
    en = "The entry of A is nil: deleted. Which keys will be in the new dirty after Store B?",
    zh = "A 的 entry 是 nil，已删除。Store B 之后，新的 dirty 里有哪些键？",
    options = { { en = "A and B", zh = "A 和 B", is = 2 }, { en = "B alone", zh = "只有 B", is = 1 } },
    at = "write sm.dirty.count",
    answer = function(run) return run.value end,
    why = {
      en = "Only live entries are shared with the new dirty. A's becomes expunged instead.",
      zh = "只有活着的 entry 才抄进新的 dirty；A 的 entry 改标为 expunged。",
    },
  }
end)

claim {
  says = {
    en = "High-frequency reads of a sync.Map avoid the lock entirely.",
    zh = "sync.Map 的高频读完全不碰锁。",
  },
  verdict = "partly",
  evidence = {
    en = "A hit in read takes no lock. A miss while read is amended takes mu and counts. From Go 1.24 on sync.Map is a hash trie instead, whose reads take no lock.",
    zh = "在 read 里命中不加锁；未命中且 amended 为真时要锁 mu，并计一次 miss。从 Go 1.24 起 sync.Map 改为哈希字典树，读不加锁。",
  },
  source = "sync/map.go:110-128, 144-171, 276-296 (Go 1.19)",
}

claim {
  says = {
    en = "sync.Map is safe because it bypasses the map's lock bits.",
    zh = "sync.Map 之所以安全，是因为它绕过了 map 的锁标志位。",
  },
  verdict = "false",
  evidence = {
    en = "There are no such bits. Its maps are ordinary: read's is never changed once it can be seen, dirty is used under mu alone.",
    zh = "没有这样的位。里面的两个 map 都很普通：read 的 map 一经发布就不再改动，dirty 只在持有 mu 时使用。",
  },
  source = "sync/map.go:27-60 (Go 1.19)",
}

claim {
  says = {
    en = "What Store has stored becomes visible by an atomic store.",
    zh = "Store 的值通过原子写变得可见。",
  },
  verdict = "true",
  evidence = {
    en = "The value's pointer is swapped or stored atomically, and so is read itself.",
    zh = "值的指针是原子地交换或写入的，read 本身也是。",
  },
  source = "sync/map.go:166, 183, 201, 365 (Go 1.19)",
}

finally(function()
  local v, ok = sm:load("A")
  return ok and "A = " .. v or "no A"
end)
expect { done = true, label = "A = 3", race = false }
