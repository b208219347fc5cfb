scenario { id = "schedule", truth = "real" }

local n = var("int")
go("A", function() n.value = n.value + 1 end)

-- The line that counts is that of the word.
schedule [[A
  B]]
expect { done = true }
