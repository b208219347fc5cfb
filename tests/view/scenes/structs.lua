-- More structs than fit: those in use stay open.
scenario { id = "golden-structs", truth = "model", title = { en = "Many structs", zh = "许多结构体" } }
local Node = struct("node", {
  { "key", "u64" }, { "val", "u64", 12 }, { "next", "ptr" }, { "mu", "mutex" },
})
local head, nodes = var("ptr"), {}
for i = 1, 12 do nodes[i] = Node:new { key = i } end
for i = 1, 11 do nodes[i].next = nodes[i + 1] end
head.value = nodes[1]
for k = 1, 6 do
  go("walk" .. k, function()
    local n = head.value
    n = n.next
    n.key = k
    n.val[3] = k
  end)
end
