// gui/view: panels never overlap nor leave the window, and no word is missing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gui/view/arrange.h"
#include "gui/view/words.h"

static const int SIZES[][2] = {
    {1024, 640},  {1024, 768},  {1280, 720},  {1366, 768},  {1280, 1024},
    {1440, 900},  {1600, 1200}, {1920, 1080}, {1920, 1200}, {2560, 1080},
    {2560, 1440}, {3440, 1440}, {3840, 2160},
};
enum { SIZE_COUNT = sizeof(SIZES) / sizeof(*SIZES) };

static bool apart(th_rect a, th_rect b) {
    const float slack = 0.01f;
    return a.w <= 0 || a.h <= 0 || b.w <= 0 || b.h <= 0 || a.x + a.w <= b.x + slack ||
           b.x + b.w <= a.x + slack || a.y + a.h <= b.y + slack || b.y + b.h <= a.y + slack;
}

static bool within(th_rect inner, th_rect outer) {
    const float slack = 0.01f;
    return inner.w <= 0 || inner.h <= 0 ||
           (inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
            inner.x + inner.w <= outer.x + outer.w + slack &&
            inner.y + inner.h <= outer.y + outer.h + slack);
}

static void check_arrangement(const th_arrangement *at) {
    const th_rect window = {0, 0, at->width, at->height};
    const th_rect panels[] = {at->top, at->left, at->stage, at->right, at->caption, at->timeline};
    const int count = sizeof(panels) / sizeof(*panels);
    for (int i = 0; i < count; i++) {
        assert_true(within(panels[i], window));
        for (int k = i + 1; k < count; k++) assert_true(apart(panels[i], panels[k]));
    }
    const th_rect parts[] = {at->narration, at->log, at->report};
    for (int i = 0; i < 3; i++) {
        assert_true(within(parts[i], at->right));
        for (int k = i + 1; k < 3; k++) assert_true(apart(parts[i], parts[k]));
    }
    assert_true(within(at->cards, at->left));
    assert_true(within(at->scheduler, at->left));
    assert_true(apart(at->cards, at->scheduler));
    assert_true(at->stage.w >= 480 && at->stage.h >= 330);
    assert_true(at->log.h >= 46 + 4 * 31);
    assert_true(at->report.h >= 150);
}

static void panels_fit_every_window(void **state) {
    (void)state;
    for (int size = 0; size < SIZE_COUNT; size++) {
        for (int lanes = 0; lanes <= 8; lanes++) {
            for (int flags = 0; flags < 4; flags++) {
                th_arrangement at;
                th_arrange(SIZES[size][0], SIZES[size][1], th_theme_get(TH_THEME_DARK), lanes,
                           flags & 1, flags & 2, &at);
                check_arrangement(&at);
            }
        }
    }
}

static void scales_are_those_of_the_design(void **state) {
    (void)state;
    th_arrangement at;
    th_arrange(1920, 1080, th_theme_get(TH_THEME_DARK), 2, false, false, &at);
    assert_float_equal(at.scale, 1, 0.001);
    assert_float_equal(at.left.w, 424, 0.001);
    assert_float_equal(at.stage.w, 1072, 0.001);
    th_arrange(1280, 720, th_theme_get(TH_THEME_DARK), 2, false, false, &at);
    assert_float_equal(at.scale, 0.8, 0.001);
    assert_true(at.caption.h > 0);
    th_arrange(3840, 2160, th_theme_get(TH_THEME_DARK), 2, false, false, &at);
    assert_float_equal(at.scale, 2, 0.001);
}

// The conversions of a format, as "%d%s".
static void conversions(const char *format, char *out, size_t size) {
    size_t at = 0;
    for (; *format != 0; format++) {
        if (*format != '%') continue;
        format++;
        if (*format == '%') continue;
        if (at + 2 < size) out[at++] = *format;
    }
    out[at] = 0;
}

static void every_word_is_there_in_every_language(void **state) {
    (void)state;
    for (int word = 0; word < TH_WORD_COUNT; word++) {
        char first[16], other[16];
        conversions(th_word_string((th_word)word, TH_LANG_EN), first, sizeof(first));
        for (int lang = 0; lang < TH_LANG_COUNT; lang++) {
            const char *text = th_word_string((th_word)word, (th_lang)lang);
            assert_non_null(text);
            assert_true(text[0] != 0);
            conversions(text, other, sizeof(other));
            if (strcmp(first, other) != 0) fail_msg("formats of \"%s\" differ", text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_fit_every_window),
        cmocka_unit_test(scales_are_those_of_the_design),
        cmocka_unit_test(every_word_is_there_in_every_language),
    };
    return cmocka_run_group_tests_name("arrange", tests, NULL, NULL);
}
