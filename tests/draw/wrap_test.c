#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/utf8.h"
#include "gui/draw/wrap.h"
#include "sim/base/rng.h"
#include "tests/draw/support.h"

static const th_text_style style = {.role = TH_FONT_UI, .weight = 500, .size_px = 28};

/* The text of one line, without markup. */
static void line_text(const th_text_layout *layout, int line, char *out) {
    size_t length = 0;
    for (int i = 0; i < layout->run_count; i++) {
        const th_text_run *run = &layout->runs[i];
        if (run->line != line) continue;
        memcpy(out + length, layout->text + run->start, run->length);
        length += run->length;
    }
    out[length] = '\0';
}

static void expect_line(const th_text_layout *layout, int line, const char *expected) {
    char text[512];
    line_text(layout, line, text);
    assert_string_equal(text, expected);
}

static void markup_becomes_spans(void **state) {
    (void)state;
    th_text_layout layout = {0};
    th_text_parse(&layout, "{1:G1} set **bit 2**; {alert:lost} {code:m[1]} {dim:x}");
    assert_string_equal(layout.text, "G1 set bit 2; lost m[1] x");
    const th_span_kind kinds[] = {TH_SPAN_GOROUTINE, TH_SPAN_PLAIN, TH_SPAN_BOLD,
                                  TH_SPAN_PLAIN,     TH_SPAN_ALERT, TH_SPAN_PLAIN,
                                  TH_SPAN_CODE,      TH_SPAN_PLAIN, TH_SPAN_DIM};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        assert_int_equal(layout.spans[i].kind, kinds[i]);
    }
    assert_int_equal(layout.spans[0].goroutine_index, 0);
    th_text_layout_free(&layout);
}

static void what_is_no_markup_stays_as_written(void **state) {
    (void)state;
    static const char *const literal[] = {"m = {1}", "**open",     "{9x:a}", "{0:a}",
                                          "{1:open", "2 * 3 ** 4", "{x:y}",  "{1234:y}"};
    th_text_layout layout = {0};
    for (size_t i = 0; i < sizeof literal / sizeof literal[0]; i++) {
        th_text_parse(&layout, literal[i]);
        assert_string_equal(layout.text, literal[i]);
        assert_int_equal(layout.spans[0].kind, TH_SPAN_PLAIN);
    }
    th_text_parse(&layout, "\\**a\\** \\{1:b} \\\\ {code:a\\}b}");
    assert_string_equal(layout.text, "**a** {1:b} \\ a}b");
    th_text_layout_free(&layout);
}

static void latin_breaks_at_spaces(void **state) {
    (void)state;
    th_text_layout layout = {0};
    th_text_wrap(th_test_fonts(), style, 40, 120, "both believe they are alone", &layout);
    assert_int_equal(layout.line_count, 4);
    expect_line(&layout, 0, "both");
    expect_line(&layout, 1, "believe");
    expect_line(&layout, 2, "they are");
    expect_line(&layout, 3, "alone");
    th_text_layout_free(&layout);
}

static void a_newline_ends_the_line(void **state) {
    (void)state;
    th_text_layout layout = {0};
    th_text_wrap(th_test_fonts(), style, 40, 900, "one\n\ntwo", &layout);
    assert_int_equal(layout.line_count, 3);
    expect_line(&layout, 0, "one");
    expect_line(&layout, 1, "");
    expect_line(&layout, 2, "two");
    th_text_layout_free(&layout);
}

static void chinese_breaks_between_characters_but_not_before_punctuation(void **state) {
    (void)state;
    th_text_layout layout = {0};
    for (int step = 0; step < 62; step++) {
        const float width = (float)(90 + 5 * step);
        th_text_wrap(th_test_fonts(), style, 47, width,
                     "{1:G1} 检查标志时还没有写者。现在（同一个键），已把“值”清零。读到的是零！",
                     &layout);
        for (int line = 1; line < layout.line_count; line++) {
            char text[512];
            size_t at = 0;
            line_text(&layout, line, text);
            uint32_t first = th_utf8_next(text, strlen(text), &at);
            assert_true(first != 0x3002 && first != 0xFF0C && first != 0xFF09 && first != 0x201D &&
                        first != 0xFF01);
        }
    }
    th_text_layout_free(&layout);
}

static void a_word_too_wide_is_divided(void **state) {
    (void)state;
    th_text_layout layout = {0};
    th_text_wrap(th_test_fonts(), style, 40, 100, "a concurrentmapreadandmapwrite b", &layout);
    assert_true(layout.line_count > 3);
    assert_true(layout.width <= 100);
    th_text_wrap(th_test_fonts(), style, 40, 1, "abc", &layout);
    assert_int_equal(layout.line_count, 3);
    th_text_layout_free(&layout);
}

static void runs_follow_each_other_and_keep_their_style(void **state) {
    (void)state;
    th_text_layout layout = {0};
    th_text_wrap(th_test_fonts(), style, 40, 2000, "Now {2:G2} overwrites **it**.", &layout);
    assert_int_equal(layout.line_count, 1);
    assert_int_equal(layout.run_count, 5);
    assert_int_equal(layout.runs[1].goroutine_index, 1);
    for (int i = 1; i < layout.run_count; i++) {
        assert_true(layout.runs[i].x == layout.runs[i - 1].x + layout.runs[i - 1].width);
    }
    th_text_layout_free(&layout);
}

/* Whatever is thrown at it: no character but spaces and newlines is lost, no line is too wide
 * unless a single character is, and nothing crashes. */
static void any_text_is_wrapped_without_loss(void **state) {
    (void)state;
    static const char *const words[] = {"a",  " ",    "bucket", "中", "文。", "**", "{1:",   "}",
                                        "\n", "\xFF", "（",     "\\", ",",    "{",  "code:", "é"};
    th_rng rng = {11};
    th_text_layout layout = {0}, parsed = {0};
    for (int round = 0; round < 400; round++) {
        char markup[512] = "";
        size_t length = 0;
        for (int i = 0; i < 40; i++) {
            const char *word = words[th_rng_below(&rng, 16)];
            length += (size_t)snprintf(markup + length, sizeof markup - length, "%s", word);
        }
        float width = (float)(20 + th_rng_below(&rng, 400));
        th_text_wrap(th_test_fonts(), style, 40, width, markup, &layout);
        th_text_parse(&parsed, markup);
        assert_string_equal(layout.text, parsed.text);
        size_t seen = 0, wanted = 0;
        for (int i = 0; i < layout.run_count; i++) {
            const char *run = layout.text + layout.runs[i].start;
            for (uint32_t k = 0; k < layout.runs[i].length; k++) seen += run[k] != ' ';
        }
        for (size_t i = 0; i < layout.text_count; i++) {
            wanted += layout.text[i] != ' ' && layout.text[i] != '\n';
        }
        assert_int_equal(seen, wanted);
        assert_true(layout.width <= (width > 40 ? width : 40));
    }
    th_text_layout_free(&layout);
    th_text_layout_free(&parsed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_becomes_spans),
        cmocka_unit_test(what_is_no_markup_stays_as_written),
        cmocka_unit_test(latin_breaks_at_spaces),
        cmocka_unit_test(a_newline_ends_the_line),
        cmocka_unit_test(chinese_breaks_between_characters_but_not_before_punctuation),
        cmocka_unit_test(a_word_too_wide_is_divided),
        cmocka_unit_test(runs_follow_each_other_and_keep_their_style),
        cmocka_unit_test(any_text_is_wrapped_without_loss),
    };
    return cmocka_run_group_tests(tests, NULL, th_test_fonts_close);
}
