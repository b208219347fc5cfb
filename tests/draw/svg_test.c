/* Draw lists as SVG documents: well formed whatever is drawn, and the same bytes each time. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "gui/draw/svg.h"
#include "sim/base/assert.h"
#include "tests/draw/random_list.h"
#include "tests/draw/specimen.h"
#include "tests/draw/support.h"

enum { DEPTH_MAX = 8, LISTS = 40, MARKS = 100 };

static char *write_svg(const th_draw_list *list, int width, int height) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    th_svg_write(out, list, th_test_fonts(), width, height, 0xFF102030);
    assert_int_equal(fclose(out), 0);
    return text;
}

static size_t name_length(const char *tag) { return strcspn(tag, " />\n"); }

/* Every tag that opens closes, in the order that a document asks for. */
static void assert_well_formed(const char *text) {
    const char *open[DEPTH_MAX] = {NULL};
    int depth = 0;
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const char *end = at + 1;
        for (bool quoted = false; quoted || *end != '>'; end++) {
            assert_true(*end != '\0' && *end != '<');
            if (*end == '"') quoted = !quoted;
        }
        if (at[1] == '/') {
            TH_ASSERT(depth > 0);
            depth--;
            assert_int_equal(name_length(open[depth]), name_length(at + 2));
            assert_memory_equal(open[depth], at + 2, name_length(at + 2));
        } else if (end[-1] != '/') {
            assert_true(depth < DEPTH_MAX);
            open[depth++] = at + 1;
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

static void whatever_is_drawn_makes_a_document(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_rng rng = {7};
    for (int round = 0; round < LISTS; round++) {
        th_draw_reset(&list);
        for (int i = 0; i < MARKS; i++) th_random_mark(&list, &rng, 400, 300);
        char *text = write_svg(&list, 400, 300);
        assert_well_formed(text);
        free(text);
    }
    th_draw_free(&list);
}

static void equal_lists_make_equal_documents(void **state) {
    (void)state;
    th_draw_list list = {0};
    char *texts[2];
    for (int i = 0; i < 2; i++) {
        th_draw_reset(&list);
        th_specimen_build(&list, th_theme_get(TH_THEME_DARK), th_test_fonts(), 3);
        texts[i] = write_svg(&list, TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    }
    assert_string_equal(texts[0], texts[1]);
    assert_well_formed(texts[0]);
    free(texts[0]);
    free(texts[1]);
    th_draw_free(&list);
}

static void text_keeps_its_place_its_length_and_its_signs(void **state) {
    (void)state;
    const th_text_style style = {
        .role = TH_FONT_MONO, .weight = 700, .size_px = 20, .color = 0xFFABCDEF};
    th_draw_list list = {0};
    th_draw_reset(&list);
    th_draw_text(&list, style, 10, 50, "a<b & \"c\" \x01\xFF");
    char *text = write_svg(&list, 400, 100);
    char expected[160];
    snprintf(expected, sizeof expected,
             "<text x=\"10\" y=\"50\" textLength=\"%d\" class=\"f%d\" font-size=\"20\" "
             "font-weight=\"700\" fill=\"#abcdef\">a&lt;b &amp; \"c\"  \xEF\xBF\xBD</text>",
             (int)th_text_width(th_test_fonts(), style, "a<b & \"c\" \x01\xFF", SIZE_MAX),
             TH_FONT_MONO);
    assert_non_null(strstr(text, expected));
    free(text);
    th_draw_free(&list);
}

static void clips_and_patterns_are_defined_before_they_are_used(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_draw_reset(&list);
    th_draw_clip_push(&list, (th_rect){10, 20, 30, 40});
    th_draw_rect(&list, (th_rect){5, 25, 50, 20}, 4,
                 (th_paint){.color = 0x80FF0000,
                            .pattern_color = 0xFF00FF00,
                            .pattern = TH_PATTERN_CROSS,
                            .pitch = 8});
    th_draw_clip_pop(&list);
    th_draw_rect(&list, (th_rect){0, 0, 5, 5}, 0, th_paint_solid(0xFFFFFFFF));
    char *text = write_svg(&list, 100, 100);
    const char *const in_order[] = {
        "<clipPath id=\"c1\"><rect x=\"10\" y=\"20\" width=\"30\" height=\"40\"/>",
        "<g clip-path=\"url(#c1)\">",
        "rx=\"4\" fill=\"#ff0000\" fill-opacity=\"0.5\"/>",
        "<pattern id=\"p1\"",
        "fill=\"url(#p1)\"",
        "</g>",
        "width=\"5\" height=\"5\" fill=\"#ffffff\"/>",
    };
    const char *at = text;
    for (size_t i = 0; i < sizeof in_order / sizeof in_order[0]; i++) {
        const char *found = strstr(at, in_order[i]);
        if (found != NULL) {
            at = found;
        } else {
            fail_msg("missing, or too early: %s", in_order[i]);
        }
    }
    free(text);
    th_draw_free(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_drawn_makes_a_document),
        cmocka_unit_test(equal_lists_make_equal_documents),
        cmocka_unit_test(text_keeps_its_place_its_length_and_its_signs),
        cmocka_unit_test(clips_and_patterns_are_defined_before_they_are_used),
    };
    return cmocka_run_group_tests_name("svg", tests, NULL, th_test_fonts_close);
}
