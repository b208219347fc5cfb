scenario { id = "memory", chapter = "t", truth = "real", title = { en = "Too much" } }
local s = string.rep("x", 1024 * 1024 * 1024)
