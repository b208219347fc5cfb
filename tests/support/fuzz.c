#include "tests/support/fuzz.h"

#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>

static void say(const char *file, int line, const char *expr) {
    fprintf(stderr, "%s:%d: %s does not hold\n", file, line, expr);
}

th_fuzz th_fuzz_begin(const char *name, int argc, char **argv) {
    const long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
    printf("%s: seed %llu\n", name, (unsigned long long)seed);
    fflush(stdout);
    th_assert_set_handler(say);
    return (th_fuzz){.end = time(NULL) + seconds, .rng = {seed}};
}

bool th_fuzz_goes_on(const th_fuzz *fuzz) { return time(NULL) < fuzz->end; }
