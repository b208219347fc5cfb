// A monkey at the keyboard and the mouse: `monkey_fuzz SECONDS [SEED]`.
#include "tests/app/monkey.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
    const time_t end = time(NULL) + (argc > 1 ? strtol(argv[1], NULL, 10) : 1);
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
    printf("monkey_fuzz: seed %llu\n", (unsigned long long)seed);
    fflush(stdout);
    th_monkey *monkey = th_monkey_new("scripts", seed);
    if (monkey == NULL) return 1;
    uint64_t count = 0;
    for (; time(NULL) < end; count++) th_monkey_event(monkey);
    printf("monkey_fuzz: %llu events, %llu lessons opened\n", (unsigned long long)count,
           (unsigned long long)th_monkey_lesson_count(monkey));
    th_monkey_free(monkey);
    return 0;
}
