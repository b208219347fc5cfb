// Random hands on the program without a window: keys, mouse, wheel, sizes, times and raw requests,
// on the lesson picker and on the lessons that it opens.
#ifndef TH_TESTS_APP_MONKEY_H
#define TH_TESTS_APP_MONKEY_H

#include <stdint.h>

typedef struct th_monkey th_monkey;

// Opens the lesson picker over every scenario below `folder`. Equal seeds do the same. What is kept
// between runs goes into a folder that th_monkey_free removes. NULL: it could not be opened.
th_monkey *th_monkey_new(const char *folder, uint64_t seed);
void th_monkey_free(th_monkey *monkey);

// Does one thing, looks at the picture, and asserts what must hold of the state and the picture.
void th_monkey_event(th_monkey *monkey);

// Lessons opened so far.
uint64_t th_monkey_lesson_count(const th_monkey *monkey);

#endif
