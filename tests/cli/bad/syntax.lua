scenario { id = "x"
local m = = 1
