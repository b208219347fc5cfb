// Events are put together in two words where speed asks for it: the fields must lie where they are
// put.
#include "sim/memory/event.h"
#include "sim/memory/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

static void a_stamped_event_has_the_fields_that_were_given(void **state) {
    (void)state;
    const uint64_t offset = UINT64_C(0xfedcba98765);
    const th_event event = th_event_stamped(th_event_stamp(0xabcd, true), TH_EVENT_WRITE, 8, offset,
                                            UINT64_C(0x1122334455667788), 0x1234);
    assert_int_equal(event.offset, offset);
    assert_int_equal(event.kind, TH_EVENT_WRITE);
    assert_int_equal(event.size, 8);
    assert_int_equal(event.has_value, 1);
    assert_int_equal(event.race, 0);
    assert_int_equal(event.marked, 0);
    assert_int_equal(event.reserved, 0);
    assert_int_equal(event.value, 0x55667788);
    assert_int_equal(event.g, 0xabcd);
    assert_int_equal(event.site, 0x1234);
    const th_event plain = th_event_stamped(th_event_stamp(0, false), TH_EVENT_READ, 1, 0, 0, 0);
    assert_int_equal(plain.has_value, 0);
    assert_int_equal(plain.kind, TH_EVENT_READ);
}

static void an_address_near_nil_is_what_it_was(void **state) {
    (void)state;
    const th_event event =
        th_event_stamped(th_event_stamp(1, false), TH_EVENT_READ, 8,
                         (UINT64_C(8) - TH_MEMORY_BASE) & ((UINT64_C(1) << 44) - 1), 0, 0);
    assert_int_equal(th_event_address(event), 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stamped_event_has_the_fields_that_were_given),
        cmocka_unit_test(an_address_near_nil_is_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
