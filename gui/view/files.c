#include "gui/view/files.h"

#include "gui/view/dialog.h"

#include <math.h>

static const float WIDTH = 1000, HEIGHT = 860, PAD = 44, ROW_H = 42, FIELD_H = 48, FOOT_H = 56;

static void draw_field(const th_view *view, const th_files_scene *files, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const float y = area.y + area.h / 2;
    th_view_fill(view, area, view->theme->radius.button, c->raised);
    th_view_outline(view, area, view->theme->radius.button, c->accent, 2);
    const th_type type = th_type_ui(20, 600, c->text);
    if (files->filter[0] == '\0') {
        th_view_text(view, th_type_ui(20, 500, c->faint), area.x + 20, y, area.w - 40,
                     th_view_word(view, TH_WORD_FILES_FILTER));
        return;
    }
    const float width = th_view_text(view, type, area.x + 16, y, area.w - 40, files->filter);
    th_view_fill(view, (th_rect){area.x + 18 + width, y - 12, 2.5F, 24}, 0, c->accent);
}

static void draw_row(const th_view *view, const th_files_row *entry, th_rect area, bool chosen) {
    static const th_word KINDS[] = {
        [TH_FILES_UP] = TH_WORD_FILES_UP,
        [TH_FILES_FOLDER] = TH_WORD_FILES_FOLDER,
        [TH_FILES_SCENARIO] = TH_WORD_FILES_SCENARIO,
        [TH_FILES_SAVED] = TH_WORD_FILES_SAVED,
    };
    const th_theme_colors *c = &view->theme->color;
    const float y = area.y + area.h / 2, kind_w = 130;
    if (chosen) {
        th_view_fill(view, area, view->theme->radius.chip, c->raised2);
        th_view_outline(view, area, view->theme->radius.chip, c->accent, 2.5F);
    }
    const bool folder = entry->kind <= TH_FILES_FOLDER;
    th_view_textf(view, th_type_mono(19, folder ? 500 : 700, folder ? c->dim : c->text),
                  area.x + 16, y, area.w - kind_w - 40, "%s%s", entry->name, folder ? "/" : "");
    th_view_text(view, th_type_right(th_type_ui(16, 500, c->faint)), area.x + area.w - 16, y,
                 kind_w, th_view_word(view, KINDS[entry->kind]));
}

// As many as fit, the chosen one among them.
static void draw_rows(const th_view *view, const th_files_scene *files, th_rect area) {
    const int room = (int)(area.h / ROW_H);
    int first = files->chosen - room / 2;
    if (first > files->row_count - room) first = files->row_count - room;
    if (first < 0) first = 0;
    for (int i = first; i < files->row_count && i < first + room; i++) {
        const th_rect row = {area.x, area.y + ROW_H * (float)(i - first), area.w, ROW_H - 2};
        draw_row(view, &files->rows[i], row, i == files->chosen);
        th_view_hit(view, row, TH_ACTION_FILE, (uint64_t)i);
    }
    if (files->row_count == 0) {
        th_view_text(view, th_type_ui(19, 500, view->theme->color.dim), area.x + 16,
                     area.y + ROW_H / 2, area.w - 32, th_view_word(view, TH_WORD_FILES_NONE));
    }
}

void th_view_files(const th_files_scene *files, const th_theme *theme, th_lang lang, int width,
                   int height, th_fonts *fonts, th_draw_list *list, th_hits *hits) {
    th_arrangement at;
    th_arrange(width, height, theme, 1, false, TH_CAPTION_SIDE, &at);
    const th_view view = {.theme = theme,
                          .at = &at,
                          .list = list,
                          .fonts = fonts,
                          .hits = hits,
                          .lang = lang,
                          .scale = at.scale};
    const th_extent screen = {at.width, at.height};
    const th_rect box = th_view_dialog(&view, screen, WIDTH, HEIGHT, TH_ACTION_FILES);
    float y = th_view_dialog_head(&view, box, th_view_word(&view, TH_WORD_FILES), TH_ACTION_FILES);
    const float x = box.x + PAD, inner = box.w - 2 * PAD;
    th_view_text(&view, th_type_mono(17, 500, theme->color.dim), x, y - 10, inner, files->folder);
    draw_field(&view, files, (th_rect){x, y + 12, inner, FIELD_H});
    y += FIELD_H + 28;
    draw_rows(&view, files, (th_rect){x, y, inner, box.y + box.h - FOOT_H - y});
    th_view_text(&view, th_type_ui(17, 600, theme->color.warn), x, box.y + box.h - FOOT_H / 2,
                 inner, files->error);
}
