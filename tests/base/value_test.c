/* sim/base: values, interned texts, text output. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/print.h"
#include "sim/base/strings.h"
#include "sim/base/value.h"

static void every_scalar_is_found_by_its_name(void **state) {
    (void)state;
    for (int i = 0; i < TH_SCALAR_COUNT; i++) {
        th_scalar found;
        assert_true(th_scalar_parse(th_scalar_string((th_scalar)i), &found));
        assert_int_equal(found, i);
    }
    th_scalar none;
    assert_false(th_scalar_parse("int7", &none));
    assert_false(th_scalar_parse("", &none));
}

static void extension_follows_size_and_sign(void **state) {
    (void)state;
    assert_true(th_scalar_extend(TH_U8, 0x1ff) == 0xff);
    assert_true(th_scalar_extend(TH_BOOL, 0x101) == 1);
    assert_true(th_scalar_extend(TH_U16, UINT64_MAX) == 0xffff);
    assert_true(th_scalar_extend(TH_U32, UINT64_MAX) == UINT32_MAX);
    assert_true(th_scalar_extend(TH_I32, 0x80000000u) == UINT64_C(0xffffffff80000000));
    assert_true(th_scalar_extend(TH_I32, 0x7fffffffu) == 0x7fffffffu);
    assert_true(th_scalar_extend(TH_I64, UINT64_MAX) == UINT64_MAX);
    assert_true(th_scalar_extend(TH_EMPTY, 5) == 0);
    assert_int_equal(th_scalar_size(TH_STRING), 16);
}

static void equal_texts_share_an_address_and_others_do_not(void **state) {
    (void)state;
    th_strings *strings = th_strings_new();
    const th_value go = th_strings_intern(strings, "go", 2);
    const th_value map = th_strings_intern(strings, "map", 3);
    const char *text = th_strings_text(strings, go.w[0]);
    for (int i = 0; i < 5000; i++) {
        char name[16];
        const int length = snprintf(name, sizeof(name), "key %d", i);
        th_strings_intern(strings, name, (size_t)length);
    }
    assert_true(go.w[1] == 2 && map.w[1] == 3 && go.w[0] != map.w[0]);
    assert_true(go.w[0] >= TH_STRINGS_BASE);
    assert_true(th_strings_intern(strings, "gopher", 2).w[0] == go.w[0]);
    assert_ptr_equal(th_strings_text(strings, go.w[0]), text);
    assert_string_equal(text, "go");
    assert_null(th_strings_text(strings, 0));
    assert_null(th_strings_text(strings, go.w[0] + 1));
    const th_value empty = th_strings_intern(strings, "x", 0);
    assert_true(empty.w[0] == 0 && empty.w[1] == 0);
    th_strings_free(strings);
}

static void an_address_does_not_depend_on_what_came_before(void **state) {
    (void)state;
    th_strings *one = th_strings_new(), *other = th_strings_new();
    const th_value a = th_strings_intern(one, "a", 1), b = th_strings_intern(one, "b", 1);
    assert_true(th_strings_intern(other, "b", 1).w[0] == b.w[0]);
    assert_true(th_strings_intern(other, "a", 1).w[0] == a.w[0]);
    th_strings_free(one);
    th_strings_free(other);
}

static void texts_may_hold_nul_bytes(void **state) {
    (void)state;
    th_strings *strings = th_strings_new();
    const th_value a = th_strings_intern(strings, "a\0b", 3),
                   b = th_strings_intern(strings, "a\0c", 3);
    assert_true(a.w[0] != b.w[0]);
    assert_memory_equal(th_strings_text(strings, a.w[0]), "a\0b", 4);
    assert_int_equal(th_strings_length(strings, a.w[0]), 3);
    assert_int_equal(th_strings_length(strings, 0), 0);
    assert_int_equal(th_strings_length(strings, a.w[0] + 1), 0);
    th_strings_free(strings);
}

static void print_counts_what_it_cuts_off(void **state) {
    (void)state;
    char text[8];
    th_print out = th_print_to(text, sizeof(text));
    assert_string_equal(text, "");
    th_print_text(&out, "b");
    th_print_uint(&out, 20);
    assert_string_equal(text, "b20");
    th_print_text(&out, ".tophash");
    assert_string_equal(text, "b20.top");
    assert_int_equal(out.length, 11);
    th_print none = th_print_to(NULL, 0);
    th_print_int(&none, -1);
    assert_int_equal(none.length, 2);
}

static void print_writes_extreme_numbers(void **state) {
    (void)state;
    char text[96];
    th_print out = th_print_to(text, sizeof(text));
    th_print_int(&out, INT64_MIN);
    th_print_text(&out, " ");
    th_print_uint(&out, UINT64_MAX);
    th_print_text(&out, " ");
    th_print_hex(&out, UINT64_C(0xc000012340));
    th_print_text(&out, " ");
    th_print_uint(&out, 0);
    assert_string_equal(text, "-9223372036854775808 18446744073709551615 0xc000012340 0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_is_found_by_its_name),
        cmocka_unit_test(extension_follows_size_and_sign),
        cmocka_unit_test(equal_texts_share_an_address_and_others_do_not),
        cmocka_unit_test(an_address_does_not_depend_on_what_came_before),
        cmocka_unit_test(texts_may_hold_nul_bytes),
        cmocka_unit_test(print_counts_what_it_cuts_off),
        cmocka_unit_test(print_writes_extreme_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
