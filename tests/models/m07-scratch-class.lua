-- Two callers compute a span class in one shared variable. Even with an indivisible += each may
-- read what the other wrote; two += on 134 give 136, one past the table. Go computes it in a local.
scenario {
  id = "m07-scratch-class", chapter = "2.5", truth = "model",
  title = { en = "A class computed in a shared variable", zh = "在共享变量里计算的级别" },
}
fixes { "none", "local" }

local CLASS_COUNT = 136
local Table = struct("spans", { { "of_class", "u8", CLASS_COUNT } })
local spans = Table:new()
local scratch = var("i64")

local function refill(class)
  local span_class
  if fix() == "local" then
    span_class = class * 2 + 1
  else
    scratch.value = class * 2
    atomic_add(scratch, 1)
    span_class = scratch.value
  end
  if span_class ~= class * 2 + 1 then label "wrong class" end
  local _ = spans.of_class[span_class]
end

go("c12", refill, 12)
go("c67", refill, 67)

finally(function() return "right classes" end)

local PAST = "runtime error: index out of range [136] with length 136"
if fix() == "none" then
  schedule "c12 c67 c12 c67 c12"
  expect {
    panic = PAST, race = true,
    explore = {
      executions = 60,
      outcomes = {
        { panic = PAST, label = "wrong class", count = 10 },
        { done = true, label = "wrong class", count = 40 },
        { done = true, label = "right classes", count = 10 },
      },
    },
  }
else
  expect { done = true, label = "right classes", race = false,
           explore = { executions = 2,
                       outcomes = { { done = true, label = "right classes", count = 2 } } } }
end
