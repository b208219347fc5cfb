// Every word of the interface, in every language. One list: the enum, the texts, and the test that
// none is missing come from it. Texts with %s or %d are formats; the order of their arguments is
// the same in all languages. {n} marks are gui/draw/wrap.h's.
#ifndef TH_GUI_VIEW_WORDS_H
#define TH_GUI_VIEW_WORDS_H

#include "gui/view/words_explore.h"
#include "gui/view/words_hands.h"
#include "gui/view/words_present.h"
#include "gui/view/words_sheets.h"
#include "gui/view/words_stage.h"
#include "sim/script/scenario.h"

// X(NAME, "English", "Chinese")
#define TH_WORDS(X)                                                                                \
    X(CHAPTER, "CHAPTER %s", "第 %s 章")                                                           \
    X(LESSON, "LESSON", "课程")                                                                    \
    X(ENGINE_REAL, "Go 1.19–1.23 map", "Go 1.19–1.23 map")                                         \
    X(ENGINE_MODEL, "HYPOTHETICAL", "假想模型")                                                    \
    X(STEP, "STEP", "步骤")                                                                        \
    X(VERDICT_CLEAN, "NO RACE", "无竞争")                                                          \
    X(VERDICT_UNKNOWN, "RUNNING", "运行中")                                                        \
    X(VERDICT_RACE, "DATA RACE", "数据竞争")                                                       \
    X(VERDICT_RACES, "DATA RACE ×%d", "数据竞争 ×%d")                                              \
    X(VERDICT_FATAL, "FATAL ERROR", "致命错误")                                                    \
    X(VERDICT_PANIC, "PANIC", "panic")                                                             \
    X(VERDICT_DEADLOCK, "DEADLOCK", "死锁")                                                        \
    X(VERDICT_FAULT, "MEMORY FAULT", "内存错误")                                                   \
    X(VERDICT_LIMIT, "STEP LIMIT", "步数上限")                                                     \
    X(RUNNING, "RUNNING", "运行")                                                                  \
    X(READY, "READY", "就绪")                                                                      \
    X(WAITING, "WAITING", "等待")                                                                  \
    X(OVER, "DONE", "结束")                                                                        \
    X(FAILED, "FATAL", "致命")                                                                     \
    X(SLOT, "slot", "槽位")                                                                        \
    X(BLOCKED_ON, "blocked on", "阻塞于")                                                          \
    X(NOT_STARTED, "not started", "未开始")                                                        \
    X(SCHEDULER, "SCHEDULER", "调度器")                                                            \
    X(ANY_ORDER, "any order", "任意顺序")                                                          \
    X(GO_ORDER, "as Go does", "同 Go")                                                             \
    X(RUNQ, "runq", "队列")                                                                        \
    X(GLOBAL_QUEUE, "global %d", "全局 %d")                                                        \
    X(P_IDLE, "asleep", "休眠")                                                                    \
    X(P_LOOKING, "looks for work", "找活")                                                         \
    X(P_RUNNING, "running", "运行中")                                                              \
    X(P_PAUSED, "ready", "就绪")                                                                   \
    X(NEXT, "next", "可走")                                                                        \
    X(WAITS, "waits", "等待")                                                                      \
    X(NOBODY, "nobody", "无")                                                                      \
    X(MORE, "+%d more", "还有 %d 个")                                                              \
    X(NARRATION, "NARRATION", "解说")                                                              \
    X(SAY_START, "Nothing has happened yet. Space plays, the arrow keys step.",                    \
      "尚未开始。空格播放，方向键单步。")                                                          \
    X(SAY_READ, "{%d:G%d} reads **%s** and finds **%s**.", "{%d:G%d} 读取 **%s**，得到 **%s**。")  \
    X(SAY_WRITE, "{%d:G%d} writes **%s**, now **%s**.", "{%d:G%d} 写入 **%s**，现为 **%s**。")     \
    X(SAY_OTHER, "{%d:G%d} takes a step on **%s**: %s.", "{%d:G%d} 在 **%s** 上走一步：%s。")      \
    X(STORE_BUFFERS, "STORE BUFFERS", "写缓冲")                                                    \
    X(BUFFERS_EMPTY, "empty: memory holds every store", "为空：所有写都已到达内存")                \
    X(FREED, "freed", "已释放")                                                                    \
    X(QUESTION, "QUESTION", "思考")                                                                \
    X(LOG, "MEMORY ACCESS LOG", "内存访问日志")                                                    \
    X(LOG_FILTERED, "ONLY %s", "仅 %s")                                                            \
    X(LOG_EMPTY, "no access yet", "尚无访问")                                                      \
    X(RACE_TITLE, "DATA RACE", "数据竞争")                                                         \
    X(RACE_INDEX, "%d of %d", "第 %d 处，共 %d 处")                                                \
    X(RACER_READ, "G%d read", "G%d 读")                                                            \
    X(RACER_WRITE, "G%d write", "G%d 写")                                                          \
    X(AT_STEP, "step %s", "第 %s 步")                                                              \
    X(NO_EDGE, "No happens-before edge between them", "两者之间没有先行发生关系")                  \
    X(EVACUATION, "EVACUATION", "迁移")                                                            \
    X(ITEMS_MOVED, "%d of %d items", "%d / %d 项")                                                 \
    X(BUCKETS_MOVED, "%d of %d buckets done", "%d / %d 个桶完成")                                  \
    X(LEGEND_MOVED, "X moved to X half   Y moved to Y half", "X 去低半区   Y 去高半区")            \
    X(LEGEND_EMPTY, "∅ was empty   hex still here", "∅ 原为空   十六进制仍在原处")                 \
    X(HASH, "HASH OF THE KEY", "键的哈希")                                                         \
    X(HASH_BUCKET, "low bits: bucket %d", "低位：桶 %d")                                           \
    X(HASH_TOP, "top byte: tophash", "高字节：tophash")                                            \
    X(STATE_LEFT, "STATE LEFT BEHIND", "遗留状态")                                                 \
    X(LEFT_LIVE, "live items in the buckets: %d", "桶中实有 %d 项")                                \
    X(LEFT_SLOT, "top, key, value as they lie", "依次为 top、key、value")                          \
    X(LEFT_FLAG_ON, "hashWriting is still set", "hashWriting 仍置位")                              \
    X(LEFT_FLAG_OFF, "hashWriting is clear", "hashWriting 已清除")                                 \
    X(SPEED, "Speed", "速度")                                                                      \
    X(WHAT_IF, "What if G%d ran here?", "如果此刻轮到 G%d？")                                      \
    X(SWAP_BRANCH, "Swap with the branch", "与分支互换")                                           \
    X(READ, "read", "读")                                                                          \
    X(WRITE, "write", "写")                                                                        \
    X(RACE, "race", "竞争")                                                                        \
    X(FATAL, "fatal", "致命")                                                                      \
    X(MARK_GROW, "GROW", "扩容")                                                                   \
    X(MARK_GROWN, "GROWN", "扩容完成")                                                             \
    X(MARK_EVACUATE, "EVACUATE OLD %d", "迁移旧桶 %d")                                             \
    X(MARK_PANIC, "PANIC", "panic")                                                                \
    X(LANE_WAITS, "waiting: %s", "等待：%s")                                                       \
    X(BRANCH_LABEL, "what if G%d ran at %s?", "如果轮到 G%d（第 %s 步）？")                        \
    X(BUCKET, "bucket %d", "桶 %d")                                                                \
    X(TOPHASH, "tophash", "tophash")                                                               \
    X(TOP, "top", "top")                                                                           \
    X(KEY, "key", "key")                                                                           \
    X(VALUE, "value", "value")                                                                     \
    X(VAL, "val", "val")                                                                           \
    X(OVERFLOW, "overflow", "overflow")                                                            \
    X(OVERFLOW_BUCKET, "overflow", "溢出桶")                                                       \
    X(EVACUATING, "evacuating", "迁移中")                                                          \
    X(EVACUATED, "done", "完成")                                                                   \
    X(X_HALF, "X half", "X 半区")                                                                  \
    X(Y_HALF, "Y half", "Y 半区")                                                                  \
    X(X_RULE, "new = old", "新 = 旧")                                                              \
    X(Y_RULE, "new = old + %d", "新 = 旧 + %d")                                                    \
    X(SAME_SIZE, "same size", "等量扩容")                                                          \
    X(NO_BUCKETS, "no buckets yet: the first write makes them", "尚无桶：首次写入时分配")          \
    X(NO_MAP, "no map in this scenario", "此场景没有 map")                                         \
    X(HOW_TO_READ, "HOW TO READ A CELL", "如何看懂单元格")                                         \
    X(LEGEND_READ, "read  hollow", "读  空心")                                                     \
    X(LEGEND_WRITE, "write  filled", "写  实心")                                                   \
    X(LEGEND_REST, "0 emptyRest", "0 emptyRest")                                                   \
    X(LEGEND_TOP, "≥5 real tophash", "≥5 真实 tophash")                                            \
    X(TORN_SLOT, "Torn slot", "撕裂的槽")                                                          \
    X(TORN_EFFECT, "halves of two keys", "两个键各占一半")                                         \
    X(FIELD_OLD, "%s buckets, %s done", "%s 个桶，%s 个完成")                                      \
    X(FIELD_NOW, "%s buckets", "%s 个桶")                                                          \
    X(HOW_IT_GOT_HERE, "HOW IT GOT HERE", "经过")                                                  \
    X(CAUSE_BOTH, "Both store flags ← %s", "双方都写 flags ← %s")                                  \
    X(CAUSE_BOTH_WHY, "the second toggle is lost", "第二次置位丢失")                               \
    X(CAUSE_SET, "G%d sets hashWriting", "G%d 置位 hashWriting")                                   \
    X(CAUSE_SET_WHY, "its operation is under way", "它的操作进行中")                               \
    X(CAUSE_CLEAR, "G%d clears the flag", "G%d 清除标志")                                          \
    X(CAUSE_CLEAR_WHY, "its own operation is done", "它自己的操作已完成")                          \
    X(CAUSE_OFF, "G%d toggles the flag off", "G%d 把标志翻转为 0")                                 \
    X(CAUSE_OFF_WHY, "XOR over a bit that was set", "对已置位的位做异或")                          \
    X(CAUSE_READ, "G%d reads flags = %s", "G%d 读到 flags = %s")                                   \
    X(CAUSE_READ_ON, "another is inside: fatal", "另一个在里面：致命")                             \
    X(CAUSE_READ_OFF, "but it is still inside: fatal", "但它还在里面：致命")                       \
    X(EXIT_STATUS, "exit status 2", "exit status 2")                                               \
    X(STEP_BACK_TO, "Step back to %s", "退回第 %s 步")                                             \
    X(BRANCH_AT, "Branch at %s: run G%d", "在第 %s 步分支：运行 G%d")                              \
    X(RESTART, "Restart", "重来")                                                                  \
    X(HOME_LINE, "Go’s map, one memory access at a time", "Go 的 map，一次内存访问走一步")         \
    X(DARK, "Dark", "深色")                                                                        \
    X(PROJECTOR, "Projector", "投影")                                                              \
    X(SEARCH, "search", "搜索")                                                                    \
    X(STEPS, "%s steps", "%s 步")                                                                  \
    X(SEEN, "seen", "已看完")                                                                      \
    X(IN_PROGRESS, "in progress", "进行中")                                                        \
    X(CHAPTER_1, "Reads meet writes", "读写相遇")                                                  \
    X(CHAPTER_2, "Inside the map", "map 的内部")                                                   \
    X(CHAPTER_3, "Stores and swaps", "写入与交换")                                                 \
    X(CHAPTER_4, "Locks", "锁")                                                                    \
    X(CHAPTER_5, "Beyond the article", "文章之外")                                                 \
    X(CHAPTER_OTHER, "More", "更多")                                                               \
    X(CONTINUE_TITLE, "CONTINUE", "继续")                                                          \
    X(CONTINUE, "Continue", "继续")                                                                \
    X(START_TITLE, "START HERE", "从这里开始")                                                     \
    X(START, "Start", "开始")                                                                      \
    X(STEP_OF, "step %s of %s", "第 %s 步，共 %s 步")                                              \
    X(SANDBOX, "SANDBOX", "沙盒")                                                                  \
    X(WRITE_OWN, "Write your own", "自己写一个")                                                   \
    X(DROP_FILE, "or drop a .lua file on this window", "或把 .lua 文件拖到窗口上")                 \
    X(HINT_CHOOSE, "choose", "选择")                                                               \
    X(HINT_OPEN, "open", "打开")                                                                   \
    X(HINT_JUMP, "jump to lesson", "跳到课程")                                                     \
    X(HINT_SEARCH, "search", "搜索")                                                               \
    X(HINT_LANGUAGE, "language", "语言")                                                           \
    X(HINT_THEME, "theme", "主题")                                                                 \
    X(HINT_ABOUT, "about", "关于")                                                                 \
    X(ABOUT, "About Tophash", "关于 Tophash")                                                      \
    X(ABOUT_1,                                                                                     \
      "Tophash simulates the map of Go 1.19 to 1.23 byte for byte. What you see was simulated; "   \
      "nothing is drawn that did not happen.",                                                     \
      "Tophash 逐字节模拟 Go 1.19 至 1.23 的 map。看到的都是模拟出来的，没有一笔是假的。")         \
    X(ABOUT_2,                                                                                     \
      "Lessons are marked **real** (what Go does, checked against the runtime itself) or "         \
      "**hypothetical** (an idea that is not in Go, shown as a model).",                           \
      "课程标明是**真实**（Go 的行为，与运行时核对过）还是**假想**（Go "  \
      "里没有的想法，作为模型展示）。")                                                            \
    X(ABOUT_3,                                                                                     \
      "They follow an article about Go maps under concurrency. Much of it does not exist in Go: "  \
      "each lesson's card says which of its claims are true.",                                     \
      "课程依据一篇关于 Go map 并发的文章。其中许多内容在 Go "                \
      "里并不存在：每课的卡片说明哪些说法属实。")                                                  \
    X(ABOUT_4,                                                                                     \
      "Chapter 5 of that article, invented case studies, has nothing to do with maps and is left " \
      "out. Our chapter 5 goes beyond the article.",                                               \
      "文章第 5 章是虚构的案例，与 map 无关，因此略去。我们的第 5 章讲文章之外的内容。")

typedef enum th_word {
#define X(name, en, zh) TH_WORD_##name,
    TH_WORDS(X) TH_WORDS_SHEETS(X) TH_WORDS_EXPLORE(X) TH_WORDS_STAGE(X) TH_WORDS_HANDS(X)
        TH_WORDS_PRESENT(X)
#undef X
            TH_WORD_COUNT,
} th_word;

// The name of a chapter by its first character.
th_word th_word_chapter(char number);
const char *th_word_string(th_word word, th_lang lang);

#endif
