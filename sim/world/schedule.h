// Schedules as text, and who decides when the text does not.
//
//     "writer*5 reader*3 writer*"   five steps of writer, three of reader, then writer to its end
//
// A part is a goroutine's name (`name#2`: the second of that name; `#3`, or `g3` where nobody is
// called so: by number), then `*n`
// (default 1; a bare `*`, in any part: until it cannot go on), then `@v` (the bounded random draw
// of that step). `+name` starts a goroutine that is kept for later. `~name` drains name's oldest
// store; `~name:2` entry 2. `^0`: P number 0 looks for work (under `go` scheduling). In this order:
// name#2:2*2@2. A bare `*` may take no step at all; any other part takes all of its steps or does
// not fit.
#ifndef TH_SIM_WORLD_SCHEDULE_H
#define TH_SIM_WORLD_SCHEDULE_H

#include "sim/world/world.h"

typedef struct th_schedule th_schedule;

// Parses the text. NULL: `error` says what and at which column. The text is copied.
th_schedule *th_schedule_parse(const char *text, char *error, size_t error_size);
void th_schedule_free(th_schedule *schedule);

// The number in "g3"; 0: `name` is no such word.
uint16_t th_schedule_name_number(const char *name, size_t length);
// Whether a goroutine may have that name: not empty, no space, none of *@#:~^+.
bool th_schedule_name_fits(const char *name);

// Where a run stands in a schedule, and the seed that decides beyond its end.
typedef struct th_chooser {
    const th_schedule *schedule;  // NULL: the seed alone
    uint64_t seed;
    uint32_t part;
    uint32_t taken;  // steps taken of that part
    bool text_only;  // where the text ends, so do the choices: the seed is not asked
} th_chooser;

typedef enum th_chosen {
    TH_CHOSEN,
    TH_CHOSEN_NONE,    // nothing can move: deadlock; or the text has ended, and text_only
    TH_CHOSEN_MISFIT,  // the schedule names a goroutine that does not exist or cannot move here
} th_chosen;

// The next choice at `world`. On TH_CHOSEN_MISFIT `error` says which part does not fit and why.
th_chosen th_chooser_next(th_chooser *chooser, const th_world *world, th_choice *choice,
                          char *error, size_t error_size);

// Whether the schedule's next part starts a goroutine by hand: a run that is done can go on by
// that.
bool th_chooser_starts(const th_chooser *chooser);

// After th_chooser_next: how many more steps by that same choice the schedule fixes, as long as
// they can be taken; so they may be taken in one burst. 0: ask again.
uint64_t th_chooser_ahead(const th_chooser *chooser);
// `count` of them were taken.
void th_chooser_advance(th_chooser *chooser, uint64_t count);

// Writes the choices of a run as a schedule text that th_schedule_parse takes (run-length form,
// names where they are unique). Used by run, explore, --save. Returns the length needed.
size_t th_schedule_format(const th_world *world, const th_choice *choices, size_t count, char *text,
                          size_t size);

#endif
