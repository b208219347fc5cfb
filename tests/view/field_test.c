// gui/view: the cells of a field lie inside their frames, one for each bucket or group of them, at
// any number of buckets and any size of stage; the mouse finds the bucket that is drawn there.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gui/view/field.h"

static th_field_cell cells[TH_SCENE_FIELD_MAX];

static th_scene_crowd crowd_of(uint64_t base, bool growing) {
    th_scene_crowd crowd = {.detail = TH_DETAIL_FIELD, .base = base, .count = base};
    crowd.bucket_bytes = 144;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (!growing && part != TH_PART_X) continue;
        th_scene_field *field = &crowd.part[part];
        *field = (th_scene_field){.array = 0x1000, .count = base, .per = 1, .cells = cells};
        while (base / field->per > TH_SCENE_FIELD_MAX) field->per *= 2;
        field->shown = (uint32_t)(base / field->per);
    }
    return crowd;
}

static void check_layout(const th_scene_crowd *crowd, th_rect area) {
    th_field_layout layout;
    th_field_arrange(crowd, area, &layout);
    assert_true(layout.per * layout.shown >= crowd->base);
    th_rect above = {0};
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (crowd->part[part].count == 0) {
            assert_true(layout.box[part].h <= 0);
            continue;
        }
        const th_rect box = layout.box[part];
        assert_true(box.y >= above.y + above.h && box.y + box.h <= area.y + area.h + 0.5f);
        above = box;
        const uint64_t indices[] = {0, crowd->base / 2, crowd->base - 1};
        for (int i = 0; i < 3; i++) {
            const th_rect cell =
                th_field_cell_rect(&layout, crowd, (th_field_part)part, indices[i]);
            assert_true(cell.w > 0 && cell.h > 0);
            assert_true(cell.x >= box.x && cell.x + cell.w <= box.x + box.w + 0.5f);
            assert_true(cell.y >= box.y && cell.y + cell.h <= box.y + box.h + 0.5f);
        }
    }
}

static void cells_stay_in_their_frames(void **state) {
    (void)state;
    static const th_rect areas[] = {
        {444, 190, 1032, 640}, {350, 190, 720, 380}, {400, 190, 2100, 640}};
    for (int size = 0; size < 3; size++) {
        for (uint64_t base = 1; base <= UINT64_C(1) << 20; base *= 2) {
            for (int growing = 0; growing < 2; growing++) {
                const th_scene_crowd crowd = crowd_of(base, growing != 0);
                check_layout(&crowd, areas[size]);
            }
        }
    }
}

static void the_mouse_finds_what_is_drawn(void **state) {
    (void)state;
    static th_hits hits;
    const th_scene_crowd crowd = crowd_of(2048, true);
    th_field_layout layout;
    th_field_arrange(&crowd, (th_rect){444, 190, 1032, 640}, &layout);
    th_hits_field *field = &hits.field;
    memcpy(field->part, layout.inner, sizeof(field->part));
    field->address[TH_PART_OLD] = field->address[TH_PART_X] = field->address[TH_PART_Y] = 0x1000;
    field->shift[TH_PART_Y] = 2048;
    field->columns = (uint64_t)layout.columns;
    field->per = layout.per;
    field->bucket_bytes = crowd.bucket_bytes;
    field->cell_w = layout.cell_w;
    field->cell_h = layout.cell_h;
    field->count = field->base = 2048;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        for (uint64_t index = 0; index < 2048; index += 37) {
            const th_rect cell = th_field_cell_rect(&layout, &crowd, (th_field_part)part, index);
            const th_point at = {cell.x + cell.w / 2, cell.y + cell.h / 2};
            uint64_t found = 0, address = 0;
            assert_true(th_hits_bucket(&hits, at, &found, &address));
            assert_int_equal(found / layout.per, index / layout.per);
            assert_int_equal(address, 0x1000 + (field->shift[part] + found) * 144);
        }
    }
    const th_point from = {600, 400}, to = {600, 400 - layout.cell_h * 2.5f};
    assert_int_equal(th_hits_dragged(&hits, from, to), 2 * layout.columns * (int)layout.per);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_stay_in_their_frames),
        cmocka_unit_test(the_mouse_finds_what_is_drawn),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
