// Words of what a person does by hand: the console, changing values, further goroutines. Part of
// words.h.
#ifndef TH_GUI_VIEW_WORDS_HANDS_H
#define TH_GUI_VIEW_WORDS_HANDS_H

// X(NAME, "English", "Chinese"); see words.h.
#define TH_WORDS_HANDS(X)                                                                         \
    X(KEY_CONSOLE, "type an operation: m[42] = 1", "输入操作：m[42] = 1")                         \
    X(KEY_EDIT, "change a value (or double-click it)", "修改一个值（或双击它）")                  \
    X(KEY_SPAWN, "one goroutine more", "再起一个 goroutine")                                      \
    X(KEY_UNDO, "undo what was typed or run by hand", "撤销输入的操作或手动的一步")               \
    X(CELL_CLICKS, "double-click: change   ⇧ click: pause here", "双击：修改   ⇧ 单击：在此暂停") \
    X(LANE_TRUNK, "first run", "最初的运行")                                                      \
    X(LANE_HINT, "Another future. Click: show it; double-click: name it. ⇧B lists them all.",     \
      "另一个未来。单击：显示；双击：命名。⇧B 列出全部。")                                        \
    X(OFFER_SPAWN, "One goroutine more", "再起一个 goroutine")                                    \
    X(OFFER_CONSOLE, "Type an operation", "输入操作")                                             \
    X(CONSOLE_ASK,                                                                                \
      "m[42] = 1   set h.flags = 4   run G*5   seek 120   watch h.flags   undo   save NAME",      \
      "m[42] = 1   set h.flags = 4   run G*5   seek 120   watch h.flags   undo   save 名称")      \
    X(CONSOLE_OVER, "the run is over here: step back first", "运行已在此结束：先后退")            \
    X(CONSOLE_SEEK, "seek takes a step, +n or -n", "seek 后写步数，或 +n、-n")                    \
    X(CONSOLE_RUN, "run takes a schedule: writer*5 reader", "run 后写调度：writer*5 reader")      \
    X(CONSOLE_RAN, "played in a branch; undo leads back", "已在分支中运行；undo 可撤回")          \
    X(CONSOLE_DOES, "%s   (in a branch; undo leads back)", "%s   （在分支中；undo 可撤回）")      \
    X(CONSOLE_SET, "set takes a place and a value: set b0.value[3] = 7",                          \
      "set 后写位置和值：set b0.value[3] = 7")                                                    \
    X(CONSOLE_FIXED, "%s is changed by its own methods alone", "%s 只能由它自己的方法修改")       \
    X(CONSOLE_NO_PLACE, "nothing here is called %s", "这里没有叫 %s 的")                          \
    X(CONSOLE_UNDONE, "back where the branch left the run; the branch is kept",                   \
      "已回到分叉处；分支仍保留")                                                                 \
    X(CONSOLE_NO_UNDO, "nothing was done by hand", "没有手动操作可撤销")                          \
    X(CONSOLE_WATCHED, "playing pauses where %s is touched", "访问 %s 时将暂停")                  \
    X(CONSOLE_UNWATCHED, "nothing is watched", "不再监视")                                        \
    X(CONSOLE_FILTERED, "the log shows %s alone", "日志只显示 %s")                                \
    X(CONSOLE_UNFILTERED, "the log shows everything", "日志显示全部")                             \
    X(CONSOLE_NAME, "name takes a text", "name 后写名称")                                         \
    X(CONSOLE_NAMED, "this branch is called %s", "此分支名为 %s")                                 \
    X(CONSOLE_SAVED, "saved: %s", "已保存：%s")

#endif
