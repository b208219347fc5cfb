// Words of what lies over the picture: keys, claims, questions, the console. Part of words.h.
#ifndef TH_GUI_VIEW_WORDS_SHEETS_H
#define TH_GUI_VIEW_WORDS_SHEETS_H

// X(NAME, "English", "Chinese")
#define TH_WORDS_SHEETS(X)                                                                         \
    X(KEYS, "Keys", "按键")                                                                        \
    X(KEYS_PLAY, "PLAYING", "播放")                                                                \
    X(KEYS_TRY, "TRYING OUT", "动手试")                                                            \
    X(KEYS_LOOK, "LOOKING CLOSER", "细看")                                                         \
    X(KEYS_PRESENT, "PRESENTING", "演示")                                                          \
    X(KEYS_HOME, "LESSONS", "课程")                                                                \
    X(KEYS_GENERAL, "ANYWHERE", "通用")                                                            \
    X(KEY_PLAY, "play, pause", "播放、暂停")                                                       \
    X(KEY_STEP, "one step back, on", "后退、前进一步")                                             \
    X(KEY_MARK, "previous, next race or mark", "上一个、下一个竞争或标记")                         \
    X(KEY_ENDS, "first, last step", "第一步、最后一步")                                            \
    X(KEY_SPEED, "faster, slower", "加速、减速")                                                   \
    X(KEY_RESTART, "start again", "从头开始")                                                      \
    X(KEY_AUTO_PAUSE, "pause at a first race: on, off", "首次竞争时暂停：开、关")                  \
    X(KEY_RUN, "that goroutine takes the next step", "由该 goroutine 走下一步")                    \
    X(KEY_BRANCH, "branch: another one goes here", "分支：此处换一个走")                           \
    X(KEY_SWAP, "swap the run and its branch", "主线与分支互换")                                   \
    X(KEY_FIT, "one bucket large, or all alike", "放大一个桶，或显示全部")                         \
    X(KEY_ZOOM, "more, fewer steps in the lanes", "时间线显示更多、更少步")                        \
    X(KEY_CLAIM, "what is claimed, and is it so?", "文章的说法，对吗？")                           \
    X(KEY_CAPTION, "caption: full width, large", "字幕：占满宽度、大字")                           \
    X(KEY_FULLSCREEN, "full screen", "全屏")                                                       \
    X(KEY_HELP, "these keys", "本页")                                                              \
    X(KEY_BACK, "close, go back", "关闭、返回")                                                    \
    X(HINT_KEYS, "keys", "按键")                                                                   \
    X(ANSWER_RIGHT, "Right.", "正确。")                                                            \
    X(ANSWER_WRONG, "Not so.", "不是。")                                                           \
    X(ANSWER_PLAY, "Play it: G%d goes on", "播放：让 G%d 继续")                                    \
    X(ANSWER_SEE, "See step %s", "看第 %s 步")                                                     \
    X(KEY_ANSWER, "while asked: that answer", "提问时：选该答案")                                  \
    X(KEY_FILTER, "log of that cell, or that lane, alone", "日志只看该单元或该泳道")               \
    X(KEY_WATCH, "pause where that cell is touched", "访问该单元时暂停")                           \
    X(WATCHED, "WATCH %s", "监视 %s")                                                              \
    X(CLAIM, "Claim", "说法")                                                                      \
    X(CLAIM_TITLE, "What is claimed, and is it so?", "文章的说法，对吗？")                         \
    X(CLAIM_SAYS, "THE ARTICLE SAYS", "文章说")                                                    \
    X(CLAIM_TRUE, "True", "正确")                                                                  \
    X(CLAIM_PARTLY, "Partly true", "部分正确")                                                     \
    X(CLAIM_FALSE, "Not so", "不正确")                                                             \
    X(CLAIM_NONE, "This scenario makes no claim.", "本场景没有要评判的说法。")                     \
    X(TRUTH_REAL,                                                                                  \
      "This lesson runs the simulated Go map: the accesses that Go 1.19 to 1.23 make, in their "   \
      "order.",                                                                                    \
      "本课运行的是模拟的 Go map：访问及其顺序与 Go 1.19 至 1.23 一致。")                          \
    X(TRUTH_MODEL,                                                                                 \
      "This lesson is a model of an idea that is not in Go. What it shows follows from the idea, " \
      "not from Go.",                                                                              \
      "本课是一个模型，演示 Go 里没有的想法。所见来自这个想法，不是 Go 的行为。")

#endif
