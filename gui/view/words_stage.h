// The words of the stage at large: the field of buckets, its lens and its counts.
#ifndef TH_GUI_VIEW_WORDS_STAGE_H
#define TH_GUI_VIEW_WORDS_STAGE_H

#include <inttypes.h>

// X(NAME, "English", "Chinese"); see words.h.
#define TH_WORDS_STAGE(X)                                                                 \
    X(FIELD_HOLDING, "%s still hold data", "%s 个仍有数据")                               \
    X(FIELD_RANGE, "%s to %s", "%s 至 %s")                                                \
    X(FIELD_SAME_INDEX, "same index", "下标不变")                                         \
    X(FIELD_PLUS, "index + %s", "下标 + %s")                                              \
    X(FIELD_PER, "%s in a cell", "每格 %s 个")                                            \
    X(LENS, "LENS", "透镜")                                                               \
    X(LENS_OLD, "old %s to %s", "旧桶 %s 至 %s")                                          \
    X(LENS_NOW, "buckets %s to %s", "桶 %s 至 %s")                                        \
    X(MINI_MAP, "MINI-MAP", "缩略图")                                                     \
    X(MINI_MAP_HINT, "scroll to zoom", "滚轮缩放")                                        \
    X(HISTOGRAM, "ITEMS PER BUCKET", "每桶项数")                                          \
    X(HISTOGRAM_OLD, "still old", "尚在旧桶")                                             \
    X(HISTOGRAM_MOVED, "moved", "已迁移")                                                 \
    X(HISTOGRAM_ALL, "all buckets", "所有桶")                                             \
    X(HISTOGRAM_AVERAGE, "average %s", "平均 %s")                                         \
    X(PROGRESS, "PROGRESS", "进度")                                                       \
    X(PROGRESS_MOVED, "%s of %s moved", "已迁移 %s / %s")                                 \
    X(PROGRESS_SCALE, "8 full, notch = overflow", "8 为满，缺口 = 有溢出桶")              \
    X(DETAIL_CELLS, "cells", "单元")                                                      \
    X(DETAIL_BUCKETS, "buckets", "桶")                                                    \
    X(DETAIL_FIELD, "field", "全场")                                                      \
    X(DETAIL, "level of detail", "细节层次")                                              \
    X(FOLLOW, "follow", "跟随")                                                           \
    X(LEGEND_SAME_SIZE, "X moved to the same index", "X 迁到相同下标")                    \
    X(STEALS, "P%d steals %d from P%d", "P%d 偷走 %d 个，自 P%d")                         \
    X(BOARD_GLOBAL, "GLOBAL QUEUE", "全局队列")                                           \
    X(BOARD_EMPTY, "empty", "空")                                                         \
    X(ITERATOR_FROM, "from b%s, slot %d", "自 b%s 槽 %d 起")                              \
    X(ITERATOR_DONE, "done", "完成")                                                      \
    X(ITERATOR_OLD_SIZE, "counts %s buckets", "按 %s 个桶数")                             \
    X(ITERATORS, "RANGE LOOPS", "遍历")                                                   \
    X(BAR_WRITE, "write %s", "写 %s")                                                     \
    X(BAR_OP, "operation %s", "操作 %s")                                                  \
    X(BAR_ALL, "all %d", "全部 %d 个")                                                    \
    X(BAR_PER_WRITE, "per write", "每次写")                                               \
    X(BAR_PER_OP, "per operation", "每次操作")                                            \
    X(CACHE_LINE, "line %#" PRIx64, "缓存行 %#" PRIx64)                                   \
    X(CACHE_OWNER, "G%d has the line", "G%d 独占此行")                                    \
    X(CACHE_NOBODY, "in no cache yet", "尚未进入任何缓存")                                \
    X(CACHE_MOVED, "fetched %s×", "被取走 %s 次")                                         \
    X(CACHE_TIMES, "fetches: %s", "取行 %s 次")                                           \
    X(CACHE_TICKS, "%s ticks", "%s 拍")                                                   \
    X(CACHE_FETCHES, "fetches the line: %d ticks", "取回缓存行：%d 拍")                   \
    X(CACHE_KEEPS, "has it already: %d tick", "行已在手：%d 拍")                          \
    X(CACHE_COST, "CACHE LINES", "缓存行")                                                \
    X(CACHE_WRITES, "of %s writes had to fetch the line", "次写入须先取行，共写 %s 次")   \
    X(CACHE_SUM, "ticks in all", "拍，总计")                                              \
    X(CACHE_MODEL, "cost model: 40 to fetch a line, 1 for one’s own",                     \
      "代价模型：取行 40 拍，写自己的行 1 拍")                                            \
    X(CACHE_LEGEND, "fetches a line", "取缓存行")                                         \
    X(KEY_NEARER, "nearer, farther: cells, buckets, field", "拉近、拉远：单元、桶、全场") \
    X(KEY_MAP, "hold the next map on the stage", "固定显示下一个 map")                    \
    X(KEY_DRAIN, "the oldest buffered store reaches memory", "最早的缓冲写到达内存")

#endif
