#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "gui/draw/utf8.h"

/* Reads a whole text and compares its characters with `expected`. */
static void expect_characters(const char *text, size_t length, const uint32_t *expected,
                              size_t count) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(at < length);
        assert_int_equal(th_utf8_next(text, length, &at), expected[i]);
    }
    assert_int_equal(at, length);
}

/* A text of `length` bytes and the characters that it shows. */
#define EXPECT(text, length, ...)                              \
    expect_characters(text, length, (uint32_t[]){__VA_ARGS__}, \
                      sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static void reads_characters_of_every_length(void **state) {
    (void)state;
    const char *text = "aé中\U0001F600";
    EXPECT(text, strlen(text), 'a', 0xE9, 0x4E2D, 0x1F600);
}

static void shows_each_bad_byte_as_one_replacement(void **state) {
    (void)state;
    const uint32_t r = TH_UTF8_REPLACEMENT;
    EXPECT("\xFFx", 2, r, 'x');
    EXPECT("\x80", 1, r);
    EXPECT("\xC0\xAF", 2, r, r);               /* overlong */
    EXPECT("\xE0\x80\x80", 3, r, r, r);        /* overlong */
    EXPECT("\xED\xA0\x80", 3, r, r, r);        /* surrogate */
    EXPECT("\xF4\x90\x80\x80", 4, r, r, r, r); /* above U+10FFFF */
    EXPECT("\xE4\xB8", 2, r, r);               /* cut off */
    EXPECT("\xE4\xB8x", 3, r, r, 'x');
}

static void steps_over_whole_characters(void **state) {
    (void)state;
    const char *text = "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80";
    static const size_t BEGINNINGS[] = {0, 1, 3, 6, 10};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(th_utf8_behind(text, BEGINNINGS[i]), BEGINNINGS[i + 1]);
        assert_int_equal(th_utf8_before(text, BEGINNINGS[i + 1]), BEGINNINGS[i]);
    }
    assert_int_equal(th_utf8_before(text, 0), 0);
    assert_int_equal(th_utf8_behind(text, 10), 10);
    assert_int_equal(th_utf8_before("\x80\x80", 2), 0); /* no character begins */
}

static void writes_what_it_reads(void **state) {
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[4];
        size_t at = 0, length = th_utf8_put(bytes, c);
        assert_int_equal(th_utf8_next(bytes, length, &at), c);
        assert_int_equal(at, length);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_characters_of_every_length),
        cmocka_unit_test(shows_each_bad_byte_as_one_replacement),
        cmocka_unit_test(steps_over_whole_characters),
        cmocka_unit_test(writes_what_it_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
