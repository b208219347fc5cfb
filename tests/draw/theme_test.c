#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "gui/draw/theme.h"

static double linear(unsigned channel) {
    double v = channel / 255.0;
    return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(th_color c) {
    return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
           0.0722 * linear(c & 255);
}

/* Contrast as WCAG 2 defines it. */
static double contrast(th_color a, th_color b) {
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static void text_can_be_read_on_its_surfaces(void **state) {
    (void)state;
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        const th_theme_colors *c = &th_theme_get((th_theme_name)i)->color;
        const th_color surfaces[] = {c->bg, c->stage, c->panel, c->raised};
        for (size_t k = 0; k < sizeof surfaces / sizeof surfaces[0]; k++) {
            assert_true(contrast(c->text, surfaces[k]) >= 13);
            assert_true(contrast(c->dim, surfaces[k]) >= 7);
            assert_true(contrast(c->faint, surfaces[k]) >= 4.5);
        }
        for (int g = 0; g < TH_THEME_GOROUTINE_COUNT; g++) {
            assert_true(contrast(c->goroutine[g].ink, c->panel) >= 4.5);
            assert_true(contrast(c->goroutine[g].on, c->goroutine[g].fill) >= 4.5);
        }
    }
}

/* What presenting lays over the picture, and the words that warn. */
static void signals_can_be_read_on_every_surface(void **state) {
    (void)state;
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        const th_theme_colors *c = &th_theme_get((th_theme_name)i)->color;
        const th_color surfaces[] = {c->bg, c->stage, c->panel, c->raised, c->raised2};
        for (size_t k = 0; k < sizeof surfaces / sizeof surfaces[0]; k++) {
            assert_true(contrast(c->text, surfaces[k]) >= 10);
            assert_true(contrast(c->warn, surfaces[k]) >= 4.5);
            assert_true(contrast(c->ok, surfaces[k]) >= 4.5);
            /* the ring of the keyboard and the laser */
            assert_true(contrast(c->accent, surfaces[k]) >= 7);
        }
        assert_true(contrast(c->on_accent, c->accent) >= 7);
        assert_true(contrast(c->alert_ink, c->panel) >= 4.5);
        assert_true(contrast(c->hyp, c->panel) >= 4.5);
    }
}

static void themes_are_known_by_name(void **state) {
    (void)state;
    th_theme_name name;
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        assert_true(th_theme_parse(th_theme_string((th_theme_name)i), &name));
        assert_int_equal(name, i);
        assert_int_equal(th_theme_get(name)->name, i);
    }
    assert_false(th_theme_parse("blue", &name));
}

static void thirty_six_goroutines_differ_without_their_digit(void **state) {
    (void)state;
    const th_theme *theme = th_theme_get(TH_THEME_DARK);
    for (int i = 0; i < 36; i++) {
        th_goroutine_style a = th_theme_goroutine(theme, i);
        for (int k = 0; k < i; k++) {
            th_goroutine_style b = th_theme_goroutine(theme, k);
            assert_true(a.fill != b.fill || (a.shape != b.shape && a.pattern != b.pattern));
        }
    }
}

static void easings_run_from_start_to_end(void **state) {
    (void)state;
    const th_theme_motion *motion = &th_theme_get(TH_THEME_DARK)->motion;
    const th_easing easings[] = {motion->out, motion->in_out, motion->overshoot, motion->linear};
    for (int i = 0; i < 4; i++) {
        assert_true(th_easing_at(easings[i], 0) == 0);
        assert_true(th_easing_at(easings[i], 1) == 1);
        assert_true(fabsf(th_easing_at(easings[i], 0.999f) - 1) < 0.02f);
    }
    assert_true(fabsf(th_easing_at(motion->linear, 0.3f) - 0.3f) < 0.001f);
    assert_true(th_easing_at(motion->overshoot, 0.6f) > 1.02f);
    assert_true(th_easing_at(motion->out, 0.3f) > 0.7f);
}

static void directions_are_unit_vectors(void **state) {
    (void)state;
    for (int i = -64; i < 128; i++) {
        double turns = i / 64.0, angle = turns * 2 * 3.14159265358979323846;
        th_point d = th_draw_direction(turns);
        assert_true(fabs(d.x - cos(angle)) < 1e-6 && fabs(d.y - sin(angle)) < 1e-6);
    }
}

static void colors_mix_and_fade(void **state) {
    (void)state;
    assert_int_equal(th_color_mix(0xFF000000, 0xFFFFFFFF, 0), 0xFF000000);
    assert_int_equal(th_color_mix(0xFF000000, 0xFFFFFFFF, 1), 0xFFFFFFFF);
    assert_int_equal(th_color_mix(0xFF002040, 0xFF804020, 0.5f), 0xFF403030);
    assert_int_equal(th_color_alpha(0xFF123456, 0.5f), 0x80123456);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_can_be_read_on_its_surfaces),
        cmocka_unit_test(signals_can_be_read_on_every_surface),
        cmocka_unit_test(themes_are_known_by_name),
        cmocka_unit_test(thirty_six_goroutines_differ_without_their_digit),
        cmocka_unit_test(easings_run_from_start_to_end),
        cmocka_unit_test(directions_are_unit_vectors),
        cmocka_unit_test(colors_mix_and_fade),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
