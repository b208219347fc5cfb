scenario { id = "key-type", chapter = "t", truth = "real", title = { en = "No such key" } }
local m = map.make("float128", "int")
