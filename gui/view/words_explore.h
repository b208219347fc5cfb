// Words of exploring: all orders, two runs compared, branches, fixes, challenges. Part of words.h.
#ifndef TH_GUI_VIEW_WORDS_EXPLORE_H
#define TH_GUI_VIEW_WORDS_EXPLORE_H

// X(NAME, "English", "Chinese"). The words of a kind of run stand in the order of th_run_kind.
#define TH_WORDS_EXPLORE(X)                                                                        \
    X(EXPLORE, "EXPLORE", "探索")                                                                  \
    X(EXPLORE_CHAPTER, "CHAPTER %s  ·  EXPLORE", "第 %s 章  ·  探索")                              \
    X(RACE_ALWAYS, "RACE IN ALL ORDERS", "所有顺序都有竞争")                                       \
    X(RACE_SOME, "RACE IN SOME ORDERS", "有的顺序有竞争")                                          \
    X(RACE_UNSEEN, "NO RACE SEEN YET", "尚未见到竞争")                                             \
    X(RACE_NEVER, "NO RACE IN ANY ORDER", "任何顺序都无竞争")                                      \
    X(ORDERS_ALL, "ALL POSSIBLE ORDERS", "所有可能的顺序")                                         \
    X(ORDERS_DRAWN, "ORDERS DRAWN AT RANDOM", "随机抽取的顺序")                                    \
    X(ORDERS_OF_TWO, "interleavings of %u + %u steps", "%u 步与 %u 步的交错")                      \
    X(ORDERS_OF_MORE, "orders of all steps", "种步骤顺序")                                         \
    X(ORDERS_RUNS, "runs, each step a uniform draw", "次运行，每步均匀抽取")                       \
    X(RUN_CRASH, "Crash", "崩溃")                                                                  \
    X(RUN_STUCK, "Deadlock", "死锁")                                                               \
    X(RUN_WRONG, "Wrong, silently", "悄悄出错")                                                    \
    X(RUN_RIGHT, "Right", "正确")                                                                  \
    X(RUN_CUT, "Cut off", "未跑完")                                                                \
    X(RUN_RIGHT_BY_LUCK, "Right, by luck", "正确，只凭运气")                                       \
    X(RUN_NO_CRASH, "No crash, by luck", "没有崩溃，只凭运气")                                     \
    X(RUN_FINISHED, "Finished", "跑完")                                                            \
    X(NOUN_CRASH, "crash", "崩溃")                                                                 \
    X(NOUN_STUCK, "deadlock", "死锁")                                                              \
    X(NOUN_WRONG, "wrong result", "错误结果")                                                      \
    X(NOUN_RIGHT, "right result", "正确结果")                                                      \
    X(NOUN_CUT, "cut-off run", "未跑完")                                                           \
    X(SHARE_CRASH, "%s crash", "%s 崩溃")                                                          \
    X(SHARE_STUCK, "%s deadlock", "%s 死锁")                                                       \
    X(SHARE_WRONG, "%s wrong", "%s 出错")                                                          \
    X(SHARE_RIGHT, "%s right", "%s 正确")                                                          \
    X(SHARE_CUT, "%s cut off", "%s 未跑完")                                                        \
    X(NOUN_FINISHED, "run that finishes", "跑完")                                                  \
    X(SHARE_FINISHED, "%s finish", "%s 跑完")                                                      \
    X(CONTENTS_LOST, "a key is lost", "丢了一个键")                                                \
    X(CONTENTS_MISCOUNTED, "count is wrong", "count 不对")                                         \
    X(CONTENTS_MIXED, "a state that no order of whole operations leaves",                          \
      "任何完整操作的顺序都不会留下的状态")                                                        \
    X(STILL_A_RACE, "still a data race", "仍是数据竞争")                                           \
    X(SOMETIMES_A_RACE, "with or without a data race", "有的有数据竞争")                           \
    X(NEVER_A_RACE, "no data race", "没有数据竞争")                                                \
    X(FACT_SHORTEST, "shortest way to a %s", "最短的%s")                                           \
    X(FACT_STEPS, "%u steps", "%u 步")                                                             \
    X(FACT_STEP, "%u step", "%u 步")                                                               \
    X(FACT_SWITCHES, "context switches are enough", "次切换就够了")                                \
    X(FACT_SWITCH, "context switch is enough", "次切换就够了")                                     \
    X(FACT_RACE_FREE, "orders are race-free", "种顺序没有数据竞争")                                \
    X(COVERED_ALL, "Every order was looked at.", "所有顺序都看过了。")                             \
    X(COVERED_OUTCOMES, "No outcome is missing; orders were not counted.",                         \
      "没有遗漏任何结局；顺序没有逐一计数。")                                                      \
    X(COVERED_SOME, "Stopped at %s states: outcomes may be missing.",                              \
      "看到 %s 个状态为止：可能还有别的结局。")                                                    \
    X(COVERED_ENDLESS, "Some runs never end; they are not counted.", "有些运行不会结束，未计入。") \
    X(LOOK_FURTHER, "look further", "继续看下去")                                                  \
    X(SEARCHING, "Looking at all orders ...", "正在查看所有顺序……")                                \
    X(SEARCHED_STATES, "%s states", "%s 个状态")                                                   \
    X(SEARCHED_STEPS, "%s steps taken", "已走 %s 步")                                              \
    X(SEARCH_STOP, "stop", "停止")                                                                 \
    X(REMARK_LUCKY_CRASH,                                                                          \
      "**The crash is the lucky case.** %s of all orders go wrong and say nothing.",               \
      "**崩溃反倒是幸运的。**%s 的顺序出了错，却一声不吭。")                                       \
    X(REMARK_CRASH, "**%s of all orders crash.** The rest finish, by luck alone.",                 \
      "**%s 的顺序会崩溃。**其余的能跑完，只凭运气。")                                             \
    X(REMARK_WRONG,                                                                                \
      "**Nothing crashes, and still it goes wrong:** %s of all orders, without a word.",           \
      "**没有崩溃，照样出错：**%s 的顺序，一声不吭。")                                             \
    X(REMARK_STUCK, "**%s of all orders stop for ever:** each waits for another.",                 \
      "**%s 的顺序会永远停住：**互相等待。")                                                       \
    X(REMARK_LUCK, "**No order crashes, and still it is a data race.** Go promises nothing here.", \
      "**没有顺序会崩溃，但仍是数据竞争。**Go 对此不作任何保证。")                                 \
    X(REMARK_SAFE, "**Right in every order.** No crash, no data race, nothing left to luck.",      \
      "**每种顺序都对。**没有崩溃，没有数据竞争，不靠运气。")                                      \
    X(REMARK_CLEAN, "**Every order ends without a crash or a data race.**",                        \
      "**每种顺序都跑完，没有崩溃，也没有数据竞争。**")                                            \
    X(GRID_TITLE, "Chance of a %s, given where both are", "双方各走到哪一步时，%s的比例")          \
    X(GRID_EVERY, "every %u steps", "每 %u 步一格")                                                \
    X(RAMP_LESS, "less", "少")                                                                     \
    X(RAMP_MORE, "more", "多")                                                                     \
    X(WHAT_FOLLOWS, "WHAT IF ...", "如果……")                                                       \
    X(NOTHING_YET, "Nothing has happened yet.", "尚未开始。")                                      \
    X(NEXT_IS, "G%d next", "接下来 G%d")                                                           \
    X(DRAINS_NEXT, "G%d's store lands", "G%d 的写入落地")                                          \
    X(RUN_IS_OVER, "The run is over here.", "运行到此结束。")                                      \
    X(NOT_ON_CHART, "The search has not come by here.", "搜索没有到过这里。")                      \
    X(ONE_CHOICE, "One scheduler choice decides. Press %s to take it.",                            \
      "调度器的一次选择就决定了结局。按 %s 试试。")                                                \
    X(NOTHING_DECIDED, "Here the choice changes little. Press %s to go on.",                       \
      "在这里怎么选差别不大。按 %s 继续。")                                                        \
    X(OR, " or ", " 或 ")                                                                          \
    X(TREE_TITLE, "The choices that decide this run", "决定这次运行的几次选择")                    \
    X(TREE_BETWEEN, "%u steps", "%u 步")                                                           \
    X(TREE_TAKEN, "this run", "这次运行")                                                          \
    X(TREE_NONE, "No choice changes anything: all orders end alike.",                              \
      "怎么选都一样：所有顺序结局相同。")                                                          \
    X(TOO_MANY, "Too many orders to count. What was found is on the right.",                       \
      "顺序太多，数不过来。找到的结局见右侧。")                                                    \
    X(SCHEDULES, "SCHEDULES", "调度")                                                              \
    X(EXAMPLES, "examples", "示例")                                                                \
    X(EXAMPLE_SHORTEST, "Shortest crash", "最短的崩溃")                                            \
    X(EXAMPLE_STUCK, "Deadlock", "死锁")                                                           \
    X(EXAMPLE_WRONG, "Silent corruption", "悄悄损坏")                                              \
    X(EXAMPLE_RIGHT, "Mixed, and right", "交错，却正确")                                           \
    X(EXAMPLE_FINISHED, "Mixed, and finished", "交错，跑完")                                       \
    X(EXAMPLE_CUT, "Cut off", "未跑完")                                                            \
    X(EXAMPLE_CRASH, "Another crash", "另一种崩溃")                                                \
    X(EXAMPLE_IN_TURN, "One after the other", "一个接一个")                                        \
    X(SWITCHES, "%u context switches", "%u 次切换")                                                \
    X(ONE_SWITCH, "1 context switch", "1 次切换")                                                  \
    X(TO_PLAY, "to play", "播放")                                                                  \
    X(RACED, "data race", "数据竞争")                                                              \
    X(FIXES, "CURES", "解法")                                                                      \
    X(FIX_UNKNOWN, "not explored yet", "尚未探索")                                                 \
    X(DIVERGE_TITLE, "One choice decides", "一次选择决定结局")                                     \
    X(DIVERGE_CHAPTER, "TWO RUNS COMPARED", "两次运行的比较")                                      \
    X(DIVERGE_ALIKE, "Up to step %s both are the same run.", "直到第 %s 步，两次运行完全相同。")   \
    X(DIVERGE_FROM_START, "They differ from the first step.", "从第一步起就不同。")                \
    X(DIVERGE_SHARE, "Before that step: %s.", "这一步之前：%s。")                                  \
    X(DIVERGE_NONE, "There is no failing run with a safe one beside it.",                          \
      "没有可供比较的一对运行：一次失败、一次正常。")                                              \
    X(DIVERGE_STEP, "STEP %s", "第 %s 步")                                                         \
    X(BRANCHES, "ALL FUTURES", "所有分支")                                                         \
    X(BRANCH_TRUNK, "as the scenario goes", "原本的运行")                                          \
    X(BRANCH_BY_HAND, "G%d at step %s", "G%d，第 %s 步")                                           \
    X(BRANCH_SEARCHED, "found by search", "搜索得到")                                              \
    X(BRANCH_FORK, "from step %s", "自第 %s 步")                                                   \
    X(BRANCH_SHOW, "show", "显示")                                                                 \
    X(BRANCH_NAME, "name", "命名")                                                                 \
    X(BRANCH_SAVE, "save, and as GIF", "保存，并存为 GIF")                                         \
    X(BRANCH_CLOSE, "close", "关闭")                                                               \
    X(BRANCH_SAVING, "%s: %s", "%s：%s")                                                           \
    X(BRANCH_SAVED, "saved: %s", "已保存：%s")                                                     \
    X(CHAPTER_6, "Challenges: make it fail", "挑战：让它出错")                                     \
    X(CHALLENGE, "CHALLENGE", "挑战")                                                              \
    X(CHALLENGE_TASK, "Make it fail.", "让它出错。")                                               \
    X(CHALLENGE_CURE, "Choose the cure after which no order fails.",                               \
      "选一种解法，使任何顺序都不出错。")                                                          \
    X(CHALLENGE_STEPS, "steps", "步")                                                              \
    X(CHALLENGE_MORE, "more challenges", "更多挑战")                                               \
    X(CHALLENGE_STEP, "step", "步")                                                                \
    X(CHALLENGE_SWITCH, "switch", "切换")                                                          \
    X(CHALLENGE_SWITCHES, "switches", "切换")                                                      \
    X(CHALLENGE_PAR, "par %u", "标准 %u")                                                          \
    X(CHALLENGE_BEST, "best %u", "最好 %u")                                                        \
    X(CHALLENGE_LOST, "From here the goal is out of reach. Step back with ←.",                     \
      "从这里已经达不到目标了。按 ← 退回。")                                                       \
    X(CHALLENGE_MISSED, "The run is over, and not as asked. Step back, or R to begin again.",      \
      "运行结束了，但不是要求的结局。退回，或按 R 重来。")                                         \
    X(CHALLENGE_DONE, "Done.", "完成。")                                                           \
    X(CHALLENGE_PAR_DONE, "Done, at par.", "完成，达到标准。")                                     \
    X(CHALLENGE_PROVEN, "Right: it cannot be done. %s orders, and none of them ends so.",          \
      "没错：做不到。%s 种顺序，没有一种是这个结局。")                                             \
    X(CHALLENGE_NOT_PROVEN, "It can be done: %u steps are enough.", "做得到：%u 步就够。")         \
    X(CHALLENGE_CURED, "Cured: %s orders, and all of them are right.",                             \
      "治好了：%s 种顺序，全部正确。")                                                             \
    X(CHALLENGE_NOT_CURED, "Not cured: some order still goes wrong. E shows it.",                  \
      "没治好：仍有顺序会出错。按 E 看。")                                                         \
    X(CHALLENGE_WHO, "Who takes the next step?", "下一步轮到谁？")                                 \
    X(CHALLENGE_CLUE, "clue", "提示")                                                              \
    X(CHALLENGE_CLUE_NEXT, "G%d should take the next step.", "下一步应轮到 G%d。")                 \
    X(CHALLENGE_CLUE_NONE, "The explorer knows no way there.", "探索器找不到通向那里的路。")       \
    X(CHALLENGE_GIVE_UP, "it cannot be done", "做不到")                                            \
    X(OFFER_EXPLORE, "All orders", "所有顺序")                                                     \
    X(OFFER_BRANCHES, "All futures", "所有分支")                                                   \
    X(OFFER_BACK, "Back", "返回")                                                                  \
    X(OFFER_COMPARE, "Compare", "比较")                                                            \
    X(OFFER_OUTCOME, "Next outcome", "换结局")                                                     \
    X(OFFER_BOTH, "Show both", "显示两者")                                                         \
    X(KEYS_EXPLORE, "EXPLORING", "探索")                                                           \
    X(KEY_EXPLORE, "all orders: what can happen", "所有顺序：会发生什么")                          \
    X(KEY_EXAMPLE, "choose and play an example", "选择并播放示例")                                 \
    X(KEY_OUTCOME, "shares of another outcome", "换一种结局看比例")                                \
    X(KEY_DIVERGE, "a failing and a safe run compared", "比较一次失败与一次正常的运行")            \
    X(KEY_FIX, "next cure", "下一种解法")                                                          \
    X(KEY_BRANCHES, "list of all futures", "所有分支的列表")                                       \
    X(KEY_BRANCH_MOVE, "previous, next branch", "上一个、下一个分支")                              \
    X(KEY_NAME, "name the branch", "给分支命名")                                                   \
    X(KEY_CLUE, "challenge: a clue", "挑战：提示")                                                 \
    X(KEY_GIVE_UP, "challenge: it cannot be done", "挑战：做不到")                                 \
    X(KEY_EXPLORE_MORE, "search on", "继续搜索")                                                   \
    X(NEW_HINT, "In a terminal: tophash new NAME. Then drop NAME.lua on this window.",             \
      "在终端运行 tophash new NAME，再把 NAME.lua 拖到窗口上。")

#endif
