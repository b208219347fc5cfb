scenario { id = "loop", chapter = "t", truth = "real", title = { en = "Never ends" } }
while true do end
