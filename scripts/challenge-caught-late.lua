-- Challenge 5: the check at the beginning is easy to fail. Fail the one at the end.
scenario {
  id = "challenge-caught-late", chapter = "6.5", truth = "model",
  title = { en = "Caught at the exit", zh = "出口才被抓住" },
  question = {
    en = "How can a writer's bit be gone before that writer has cleared it?",
    zh = "写者自己还没清除，它的位怎么会不见？",
  },
}

local WRITING = 4
local flags = var("u8", 0)

local function write()
  if flags.value & WRITING ~= 0 then
    label "at entry"
    fatal "concurrent map writes"
  end
  flags.value = flags.value ~ WRITING
  if flags.value & WRITING == 0 then
    label "at exit"
    fatal "concurrent map writes"
  end
  flags.value = flags.value & ~WRITING
end

go("A", write)
go("B", write)

caption {
  en = "**A model** of a map write: check, toggle the bit (a load and a store), check again, clear it.",
  zh = "map 写入的**简化模型**：检查，翻转（一读一写），再检查，清除。",
}

labels {
  ["at entry"] = { en = "at the entry check", zh = "入口检查" },
  ["at exit"] = { en = "at the exit check", zh = "出口检查" },
}

challenge {
  goal = { fatal = "concurrent map writes", label = "at exit" },
  task = {
    en = "Crash at the **exit** check: a writer finds its own bit gone.",
    zh = "让**出口**检查报错：写者发现自己的位没了。",
  },
  hint = {
    en = "Both must pass the entry check. Then somebody has to turn the bit off behind the other's back.",
    zh = "两者都要先通过入口检查。然后得有人背着另一个把位关掉。",
  },
  praise = {
    en = "Two toggles cancel each other, or one writer clears the bit for both. The exit check exists for that.",
    zh = "两次翻转互相抵消，或者一个写者替两个清了位。出口检查就是为此而设。",
  },
}

claim {
  says = { en = "A writer that passed the check is alone.", zh = "通过检查的写者就是唯一的写者。" },
  verdict = "false",
  evidence = {
    en = "The check reserves nothing: two may pass before either sets the bit.",
    zh = "检查不占住任何东西：置位之前两个都可能通过。",
  },
  source = "runtime/map.go:594, 685 (Go 1.19); explored",
}

schedule "A B A*2 B*2 A"
expect {
  fatal = "concurrent map writes", label = "at exit", race = true,
  explore = {
    complete = true,
    outcomes = {
      { done = true },
      { fatal = "concurrent map writes", label = "at entry" },
      { fatal = "concurrent map writes", label = "at exit" },
    },
  },
}
