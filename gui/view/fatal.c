// The end of a program that died: Go's message and dump, how it came to that, what to do next.
#include "gui/view/view.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float HEAD_H = 92, FOOT_H = 82, LINE_H = 32, CAUSE_W = 300, HEADER_H = 132;

typedef struct panel {
    const th_view *view;
    th_rect rect;
    th_color ground, ink, dim;
} panel;

static void draw_frame(const panel *in) {
    const th_view *view = in->view;
    const th_theme_colors *c = &view->theme->color;
    const th_rect stage = view->at->stage;
    const float shown = view->scene->failure.shown;
    // The header stays in sight: it shows what killed the program.
    const th_rect below = {stage.x, stage.y + HEADER_H, stage.w, stage.h - HEADER_H};
    th_view_fill(view, view->scene->map.present ? below : stage, 0,
                 th_color_alpha(c->stage, view->theme->motion.fatal.scrim_alpha * shown));
    for (int i = 0; i < 3; i++) {
        th_view_outline(view, th_rect_inset(stage, (float)i * 5), 4,
                        th_color_alpha(c->alert, i == 0 ? shown : 0.35f * shown), i == 0 ? 4 : 3);
    }
}

static void draw_head(const panel *in) {
    const th_view *view = in->view;
    const th_theme_colors *c = &view->theme->color;
    const th_rect r = in->rect;
    const float radius = view->theme->radius.dialog;
    th_view_fill(view, (th_rect){r.x, r.y, r.w, HEAD_H}, radius, c->alert);
    th_view_fill(view, (th_rect){r.x, r.y + HEAD_H - radius, r.w, radius}, 0, c->alert);
    const th_point at = th_view_point_px(view, r.x + 52, r.y + HEAD_H / 2);
    th_icon_fatal(view->list, at.x, at.y, 27 * view->scale, 0xFFFFFFFF, c->alert);
    th_view_text_shrunk(view, th_type_mono(view->theme->font.fatal_title, 700, 0xFFFFFFFF), 20,
                        r.x + 96, r.y + HEAD_H / 2, r.w - 116, view->scene->failure.title);
}

// A path that is too long loses its folders: the file and the line are what matters.
static void draw_file(const panel *in, th_type type, float x, float y, float width,
                      const char *text) {
    const char *slash = strrchr(text, '/');
    if (slash == NULL || th_view_text_width(in->view, type, text) <= width) {
        th_view_text(in->view, type, x, y, width, text);
    } else {
        th_view_textf(in->view, type, x, y, width, "    …%s", slash);
    }
}

static void draw_dump(const panel *in, th_rect area) {
    const th_view *view = in->view;
    const th_scene_failure *failure = &view->scene->failure;
    const float line_h = view->at->compact ? 27 : LINE_H, size = view->at->compact ? 18 : 20;
    float y = area.y + line_h / 2;
    const int shown = (int)ceilf(failure->lines_shown);
    const float bottom = area.y + area.h - line_h * 1.6f;
    int i = 0;
    for (; i < failure->line_count && i < shown && y < bottom; i++) {
        const th_scene_dump_line *line = &failure->lines[i];
        const bool head = line->style == TH_DUMP_HEAD;
        if (line->style == TH_DUMP_BLANK) {
            y += line_h * 0.5f;
            continue;
        }
        if (head) th_view_badge(view, line->g, area.x + 17, y, 15);
        const bool first = line->style == TH_DUMP_CALL || head;
        const th_type type = th_type_mono(size, head ? 700 : 500, first ? in->ink : in->dim);
        draw_file(in, type, area.x + 48, y, area.w - 56, line->text);
        y += line_h;
    }
    if (shown < failure->line_count) return;
    const char *rest = i < failure->line_count ? "…   " : "";
    th_view_textf(view, th_type_mono(size, 700, in->ink), area.x + 48, y + line_h * 0.3f, 0, "%s%s",
                  rest, failure->status_2 ? th_view_word(view, TH_WORD_EXIT_STATUS) : "");
}

static void text_flags(uint32_t value, char *out) {
    for (int i = 0; i < 4; i++) out[i] = value >> (3 - i) & 1 ? '1' : '0';
    out[4] = 0;
}

static void cause_texts(const th_view *view, const th_scene_cause *cause, char *title, size_t size,
                        th_word *why) {
    char flags[5];
    text_flags(cause->value, flags);
    switch (cause->kind) {
    case TH_CAUSE_BOTH_SET:
        snprintf(title, size, th_view_word(view, TH_WORD_CAUSE_BOTH), flags);
        *why = TH_WORD_CAUSE_BOTH_WHY;
        break;
    case TH_CAUSE_SET:
        snprintf(title, size, th_view_word(view, TH_WORD_CAUSE_SET), (int)cause->g);
        *why = TH_WORD_CAUSE_SET_WHY;
        break;
    case TH_CAUSE_CLEARED:
        snprintf(title, size, th_view_word(view, TH_WORD_CAUSE_CLEAR), (int)cause->g);
        *why = TH_WORD_CAUSE_CLEAR_WHY;
        break;
    case TH_CAUSE_TOGGLED_OFF:
        snprintf(title, size, th_view_word(view, TH_WORD_CAUSE_OFF), (int)cause->g);
        *why = TH_WORD_CAUSE_OFF_WHY;
        break;
    default:
        snprintf(title, size, th_view_word(view, TH_WORD_CAUSE_READ), (int)cause->g, flags);
        *why = cause->value & TH_FLAG_HASH_WRITING ? TH_WORD_CAUSE_READ_ON : TH_WORD_CAUSE_READ_OFF;
        break;
    }
}

static void draw_causes(const panel *in, th_rect area) {
    const th_view *view = in->view;
    const th_theme_colors *c = &view->theme->color;
    const th_scene_failure *failure = &view->scene->failure;
    th_view_line(view, area.x - 18, area.y, area.x - 18, area.y + area.h, c->line2, 1.5f);
    th_view_text(view, th_type_ui(16, 700, in->dim), area.x + 6, area.y + 12, area.w,
                 th_view_word(view, TH_WORD_HOW_IT_GOT_HERE));
    const float pitch = fminf(88, (area.h - 40) / (float)failure->cause_count);
    float y = area.y + 58;
    for (int i = 0; i < failure->cause_count; i++) {
        const th_scene_cause *cause = &failure->causes[i];
        char steps[48], title[96];
        if (cause->first_step == cause->last_step) {
            snprintf(steps, sizeof(steps), "%" PRIu64, cause->first_step);
        } else {
            snprintf(steps, sizeof(steps), "%" PRIu64 "–%" PRIu64, cause->first_step,
                     cause->last_step);
        }
        th_word why;
        cause_texts(view, cause, title, sizeof(title), &why);
        if (i + 1 < failure->cause_count && pitch > 44) {
            th_view_line(view, area.x + 34, y + 20, area.x + 34, y + pitch - 20, c->line2, 2);
        }
        const th_type number = th_type_mono(17, 700, in->ink);
        const float chip = fmaxf(58, th_view_text_width(view, number, steps) + 20);
        th_view_fill(view, (th_rect){area.x + 6, y - 16, chip, 32}, view->theme->radius.chip,
                     view->theme->name == TH_THEME_DARK ? c->raised2 : c->raised);
        th_view_text(view, th_type_center(number), area.x + 6 + chip / 2, y, 0, steps);
        th_view_hit(view, (th_rect){area.x, y - 20, area.w, 40}, TH_ACTION_SEEK, cause->first_step);
        const float x = area.x + chip + 20;
        const float width = area.x + area.w - x;
        th_view_text_shrunk(view, th_type_ui(19, 700, in->ink), 15, x, y, width, title);
        if (pitch > 56) {
            th_view_text_shrunk(view, th_type_ui(17, 500, in->dim), 14, x, y + 28, width,
                                th_view_word(view, why));
        }
        y += pitch;
    }
}

static float draw_button(const panel *in, float x, float y, float right, const char *key,
                         const char *text, bool strong, th_action action, uint64_t argument) {
    const th_view *view = in->view;
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(19, 600, strong ? c->on_accent : in->ink);
    const float width = th_view_text_width(view, type, text) + 78;
    if (x + width > right) return x;
    const th_rect pill = {x, y - 26, width, 52};
    if (strong)
        th_view_fill(view, pill, 999, c->accent);
    else
        th_view_outline(view, pill, 999, c->line2, 1.5f);
    th_view_fill(view, (th_rect){x + 16, y - 14, 28, 28}, view->theme->radius.chip,
                 strong ? th_color_mix(c->accent, c->on_accent, 0.16f) : c->raised2);
    th_view_text(view, th_type_center(th_type_mono(16, 700, strong ? c->on_accent : c->text)),
                 x + 30, y, 0, key);
    th_view_text(view, type, x + 56, y, 0, text);
    th_view_hit(view, pill, action, argument);
    return x + width + 16;
}

static void draw_buttons(const panel *in) {
    const th_view *view = in->view;
    const th_scene *scene = view->scene;
    const float y = in->rect.y + in->rect.h - FOOT_H / 2 - 6;
    const float right = in->rect.x + in->rect.w - 12;
    char step[32], text[96];
    float x = in->rect.x + 30;
    if (scene->failure.branch_step > 0) {
        th_view_number(scene->failure.branch_step - 1, step, sizeof(step));
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_BRANCH_AT), step,
                 (int)scene->failure.other);
        x = draw_button(in, x, y, right, "B", text, true, TH_ACTION_BRANCH, 0);
    }
    if (scene->step > 0) {
        th_view_number(scene->step - 1, step, sizeof(step));
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_STEP_BACK_TO), step);
        x = draw_button(in, x, y, right, "←", text, false, TH_ACTION_STEP_BACK, 0);
    }
    draw_button(in, x, y, right, "R", th_view_word(view, TH_WORD_RESTART), false, TH_ACTION_RESTART,
                0);
}

// As high as its text asks for, in the middle of the stage below the header, which stays in sight.
static th_rect place_panel(const th_view *view) {
    const th_scene_failure *failure = &view->scene->failure;
    const th_rect stage = view->at->stage;
    const float line_h = view->at->compact ? 27 : LINE_H;
    float text = 2 * line_h;
    for (int i = 0; i < failure->line_count; i++) {
        text += failure->lines[i].style == TH_DUMP_BLANK ? line_h * 0.5f : line_h;
    }
    const float causes = 70 + 88 * (float)failure->cause_count;
    const float wanted = HEAD_H + 36 + fmaxf(text, causes) + FOOT_H;
    const float top = stage.y + 138, room = stage.h - 138 - 16;
    const float h = fminf(wanted, room);
    const float margin = view->at->compact ? 22 : 43;
    return (th_rect){stage.x + margin, top + fmaxf(0, (room - h) * 0.35f), stage.w - 2 * margin, h};
}

void th_view_fatal(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_failure *failure = &view->scene->failure;
    if (!failure->present || failure->shown <= 0) return;
    const bool dark = view->theme->name == TH_THEME_DARK;
    panel in = {.view = view,
                .rect = place_panel(view),
                .ink = c->text,
                .dim = c->dim,
                .ground = dark ? 0xFF0C0608 : c->panel};
    th_view_clip(view, view->at->stage);
    draw_frame(&in);
    th_draw_alpha_push(view->list, failure->shown);
    in.rect.y += (1 - failure->shown) * 24;
    th_view_glow(view, in.rect, view->theme->radius.dialog, c->alert,
                 view->theme->glow.fatal_panel);
    th_view_fill(view, in.rect, view->theme->radius.dialog, in.ground);
    draw_head(&in);
    th_view_outline(view, in.rect, view->theme->radius.dialog, c->alert, 3);
    const bool causes = failure->cause_count > 0 && in.rect.w > 620;
    const float cause_w = causes ? fminf(CAUSE_W + 60, in.rect.w * 0.36f) : 0;
    const th_rect body = {in.rect.x + 24, in.rect.y + HEAD_H + 22,
                          in.rect.w - 48 - cause_w - (causes ? 30 : 0),
                          in.rect.h - HEAD_H - FOOT_H - 30};
    draw_dump(&in, body);
    if (causes) {
        draw_causes(&in, (th_rect){body.x + body.w + 40, body.y + 4, cause_w - 10, body.h - 8});
    }
    draw_buttons(&in);
    th_draw_alpha_pop(view->list);
    th_view_unclip(view);
}
