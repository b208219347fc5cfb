scenario { id = "loop-in-body", chapter = "t", truth = "real", title = { en = "Never asks" } }
main(function()
  while true do end
end)
