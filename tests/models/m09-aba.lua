-- A flusher remembers a word, writes the value out, and swaps the word's dirty bit away if the word
-- is what it was. It is, though the value has changed: 1, 0, 1. A version in the word tells the two
-- apart.
scenario {
  id = "m09-aba", chapter = "3.3", truth = "model",
  title = { en = "The dirty bit that came back", zh = "去而复返的脏位" },
}
fixes { "none", "version" }

local DIRTY, VERSION = 1, 2
local Page = struct("page", { { "word", "u64" }, { "val", "i64" }, { "disk", "i64" } })
local page = Page:new { word = DIRTY, val = 1 }

go("flusher", function()
  local word = atomic_load(page, "word")
  local val = page.val
  page.disk = val
  cas(page, "word", word, word & ~DIRTY)
end)

go("writer", function()
  atomic_and(page, "word", ~DIRTY)
  page.val = 2
  if fix() == "version" then
    atomic_add(page, "word", DIRTY + VERSION)
  else
    atomic_or(page, "word", DIRTY)
  end
end)

finally(function()
  local clean = page.word & DIRTY == 0
  return clean and page.disk ~= page.val and "lost" or "kept"
end)

schedule "flusher*2 writer* flusher*"
if fix() == "none" then
  expect { done = true, label = "lost", race = true,
           explore = { executions = 35,
                       outcomes = { { done = true, label = "lost", count = 7 },
                                    { done = true, label = "kept", count = 28 } } } }
else
  expect { done = true, label = "kept",
           explore = { executions = 35,
                       outcomes = { { done = true, label = "kept", count = 35 } } } }
end
