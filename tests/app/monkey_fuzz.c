// A monkey at the keyboard and the mouse: `monkey_fuzz SECONDS [SEED]`.
#include "tests/app/monkey.h"
#include "tests/support/fuzz.h"

#include <stdio.h>

int main(int argc, char **argv) {
    const th_fuzz fuzz = th_fuzz_begin("monkey_fuzz", argc, argv);
    th_monkey *monkey = th_monkey_new("scripts", fuzz.rng.state);
    if (monkey == NULL) return 1;
    uint64_t count = 0;
    for (; th_fuzz_goes_on(&fuzz); count++) th_monkey_event(monkey);
    printf("monkey_fuzz: %llu events, %llu lessons opened\n", (unsigned long long)count,
           (unsigned long long)th_monkey_lesson_count(monkey));
    th_monkey_free(monkey);
    return 0;
}
