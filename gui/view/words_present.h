// Words of presenting: laser, glass, blackout, pictures, the speaker's notes, files. Part of
// words.h.
#ifndef TH_GUI_VIEW_WORDS_PRESENT_H
#define TH_GUI_VIEW_WORDS_PRESENT_H

// X(NAME, "English", "Chinese"); see words.h.
#define TH_WORDS_PRESENT(X)                                                                    \
    X(KEY_STOP, "last, next stop (a clicker’s keys)", "上一个、下一个停顿点（翻页笔）")        \
    X(KEY_PRESENT, "present: full screen, large caption", "演示：全屏、大字幕")                \
    X(KEY_LASER, "laser pointer", "激光笔")                                                    \
    X(KEY_GLASS, "magnifying glass", "放大镜")                                                 \
    X(KEY_BLACK, "black screen", "黑屏")                                                       \
    X(KEY_NOTES, "speaker’s notes in their own window", "讲稿窗口")                            \
    X(KEY_PICTURE, "save a picture; in the list: the branch", "保存图片；列表中：保存分支")    \
    X(KEY_GIF, "the last steps as a GIF", "把最近几步存成 GIF")                                \
    X(KEY_MOTION, "less motion", "减少动效")                                                   \
    X(KEY_PAN, "move along the buckets", "沿着桶移动")                                         \
    X(KEY_FOCUS, "next, previous thing to press; Enter", "下一个、上一个可按之处；Enter")      \
    X(KEY_FILES, "open a file", "打开文件")                                                    \
    X(SAVED_PICTURE, "saved: %s", "已保存：%s")                                                \
    X(SAVED_NOT, "not saved: %s", "未保存：%s")                                                \
    X(SAVING_GIF, "GIF of steps %s to %s: %d %%", "第 %s 至 %s 步的 GIF：%d %%")               \
    X(MOTION_LESS, "less motion: steps show at once", "减少动效：步骤立即显示")                \
    X(MOTION_FULL, "full motion", "完整动效")                                                  \
    X(RACE_PAUSES, "playing pauses at a new race", "播放遇到新的竞争时暂停")                   \
    X(RACE_PASSES, "playing goes on at a new race", "播放遇到新的竞争时不停")                  \
    X(SPEAKER, "SPEAKER’S NOTES", "讲稿")                                                      \
    X(SPEAKER_NOW, "NOW", "现在")                                                              \
    X(SPEAKER_NEXT, "NEXT", "接下来")                                                          \
    X(SPEAKER_BEFORE, "BEFORE", "之前")                                                        \
    X(SPEAKER_END, "the run ends", "运行结束")                                                 \
    X(SPEAKER_CLAIMS, "CLAIMS", "说法")                                                        \
    X(SPEAKER_ANSWER, "answer: %s", "答案：%s")                                                \
    X(SPEAKER_NOTHING, "no caption yet", "尚无字幕")                                           \
    X(HINT_FILES, "file", "文件")                                                              \
    X(FILES, "Open a file", "打开文件")                                                        \
    X(FILES_FILTER, "type to filter", "输入以筛选")                                            \
    X(FILES_NONE, "no folder, scenario or saved run here", "这里没有文件夹、场景或保存的运行") \
    X(FILES_UP, "up", "上级")                                                                  \
    X(FILES_FOLDER, "folder", "文件夹")                                                        \
    X(FILES_SCENARIO, "scenario", "场景")                                                      \
    X(FILES_SAVED, "saved run", "保存的运行")                                                  \
    X(TEXT_RACE, "Data race with G%d: its %s at step %s.", "与 G%d 竞争：其%s在第 %s 步。")    \
    X(TEXT_END, "The run ends", "运行结束")

#endif
