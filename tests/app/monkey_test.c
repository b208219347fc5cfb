// A monkey at the keyboard and the mouse, for a while; `make fuzz` leaves it there for longer.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/app/monkey.h"

enum { EVENT_COUNT = 2500 };

static void nothing_a_monkey_does_breaks_it(void **state) {
    (void)state;
    th_monkey *monkey = th_monkey_new("scripts", 1);
    assert_non_null(monkey);
    for (int i = 0; i < EVENT_COUNT; i++) th_monkey_event(monkey);
    assert_true(th_monkey_lesson_count(monkey) > 3);
    th_monkey_free(monkey);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_a_monkey_does_breaks_it),
    };
    return cmocka_run_group_tests_name("monkey", tests, NULL, NULL);
}
