-- A walker goes along a chain while a deleter unlinks its first node and frees it. Go's overflow
-- chains are never unlinked, and memory is collected, so this is how the mistake works elsewhere.
scenario {
  id = "m06-freed-link", chapter = "2.4", truth = "model",
  title = { en = "The node under the walker is freed", zh = "遍历者脚下的节点被释放" },
}
fixes { "none", "pin", "lock", "collector" }

local Node = struct("node", { { "key", "i64" }, { "next", "ptr" } })
local b = Node:new { key = 2 }
local a = Node:new { key = 1, next = b }
local head = var("ptr", a)
local pins = var("i64")
local mu = mutex()

local function walk()
  local cur = head.value
  label "at the key"
  local _ = cur.key
  label "at the link"
  _ = cur.next
  label "walked"
end

go("walker", function()
  if fix() == "pin" then atomic_add(pins, 1) end
  if fix() == "lock" then mu:lock() end
  walk()
  if fix() == "lock" then mu:unlock() end
  if fix() == "pin" then atomic_add(pins, -1) end
end)

go("deleter", function()
  if fix() == "lock" then mu:lock() end
  head.value = b
  if fix() == "pin" then await(pins, 0) end
  if fix() ~= "collector" then free(a) end
  if fix() == "lock" then mu:unlock() end
end)

if fix() == "none" then
  schedule "walker deleter* walker*"
  expect {
    fault = true, label = "at the key", race = true,
    explore = {
      executions = 10,
      outcomes = {
        { fault = true, label = "at the key", count = 1 },
        { fault = true, label = "at the link", count = 2 },
        { done = true, label = "walked", count = 7 },
      },
    },
  }
else
  expect { done = true, label = "walked",
           explore = { outcomes = { { fault = true, count = 0 } } } }
end
