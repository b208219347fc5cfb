// gui/view: buckets never overlap, at any number of them and any size of stage.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gui/view/stage.h"

static th_scene_place items[TH_BOX_MAX];

// `old` and `count` buckets, the first `chains` of which have an overflow bucket each.
static th_scene_placement placement_of(int old, int count, int chains, int focus) {
    int n = 0;
    for (int i = 0; i < old; i++) {
        items[n] = (th_scene_place){
            .address = (uint64_t)n + 1, .role = TH_BUCKET_OLD, .parent = -1, .index = (uint32_t)i};
        n++;
    }
    const int first = n;
    for (int i = 0; i < count; i++) {
        items[n] = (th_scene_place){.address = (uint64_t)n + 1, .parent = -1, .index = (uint32_t)i};
        n++;
    }
    for (int i = 0; i < chains; i++) {
        items[n] = (th_scene_place){.address = (uint64_t)n + 1,
                                    .chain = 1,
                                    .parent = (int16_t)(first + i),
                                    .index = (uint32_t)i};
        n++;
    }
    th_scene_placement out = {.items = items,
                              .count = n,
                              .capacity = TH_BOX_MAX,
                              .focus = focus < n ? focus : -1,
                              .growing = old > 0,
                              .bucket_count = (uint64_t)count,
                              .old_count = (uint64_t)old};
    out.head = out.focus;
    while (out.head >= 0 && items[out.head].parent >= 0) out.head = items[out.head].parent;
    return out;
}

static void check_boxes(const th_stage_layout *layout, th_rect area) {
    for (int i = 0; i < layout->count; i++) {
        const th_rect a = layout->boxes[i].rect;
        assert_true(a.w > 0 && a.h > 0);
        assert_true(a.x >= area.x - 1 && a.x + a.w <= area.x + area.w + 1);
        assert_true(a.y >= area.y && a.y + a.h <= area.y + area.h + 1);
        for (int k = i + 1; k < layout->count; k++) {
            const th_rect b = layout->boxes[k].rect;
            const bool apart = a.x + a.w <= b.x + 0.1f || b.x + b.w <= a.x + 0.1f ||
                               a.y + a.h <= b.y + 0.1f || b.y + b.h <= a.y + 0.1f;
            assert_true(apart);
        }
    }
}

static void buckets_stay_apart_and_inside(void **state) {
    (void)state;
    static const th_rect areas[] = {
        {424, 192, 1072, 662}, {330, 192, 762, 400}, {375, 192, 850, 430}, {424, 192, 2200, 700}};
    for (int size = 0; size < 4; size++) {
        const th_rect area = areas[size];
        for (int b = 0; b <= 4; b++) {
            const int count = 1 << b;
            for (int chains = 0; chains <= count && chains <= 4; chains++) {
                for (int focus = -1; focus < count + chains; focus++) {
                    th_stage_layout layout;
                    const th_scene_placement still = placement_of(0, count, chains, focus);
                    th_stage_arrange(&still, area, area.x + 711, &layout);
                    check_boxes(&layout, area);
                    if (b == 0) continue;
                    const th_scene_placement growing =
                        placement_of(count / 2, count, chains, focus);
                    th_stage_arrange(&growing, area, area.x + 711, &layout);
                    check_boxes(&layout, area);
                }
            }
        }
    }
}

static void cells_fill_their_bucket(void **state) {
    (void)state;
    for (float w = 30; w <= 432; w += 6) {
        const th_box box = {.rect = {100, 100, w, 520}, .header = 60, .footer = 50, .alpha = 1};
        th_bucket_cells cells;
        th_bucket_arrange(&box, &cells);
        for (int i = 0; i < TH_BUCKET_SLOTS; i++) {
            assert_true(cells.top[i].x >= 100 && cells.top[i].w > 0);
            if (!cells.columns) continue;
            assert_true(cells.top[i].x + cells.top[i].w <= cells.key[i].x);
            assert_true(cells.key[i].x + cells.key[i].w <= cells.elem[i].x);
            assert_true(cells.elem[i].x + cells.elem[i].w <= 100 + w);
        }
        assert_true(cells.overflow.y + cells.overflow.h <= 620);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_stay_apart_and_inside),
        cmocka_unit_test(cells_fill_their_bucket),
    };
    return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
