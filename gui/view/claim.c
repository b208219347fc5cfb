// The scenario's claims: what the article says, whether it is so, why, and where to look.
#include "gui/view/claim.h"

#include <math.h>
#include <string.h>

static const float WIDTH = 1060, PAD = 44, GAP = 26, LINE = 34, SIGN_W = 64;

typedef struct claim_look {
    th_word word;
    th_color ink;
    int sign;  // 1 true, 0 partly, -1 false
} claim_look;

static claim_look look_of(const th_view *view, const th_claim *claim) {
    const th_theme_colors *c = &view->theme->color;
    if (strcmp(claim->verdict, "true") == 0) return (claim_look){TH_WORD_CLAIM_TRUE, c->ok, 1};
    if (strcmp(claim->verdict, "partly") == 0)
        return (claim_look){TH_WORD_CLAIM_PARTLY, c->warn, 0};
    return (claim_look){TH_WORD_CLAIM_FALSE, c->alert_ink, -1};
}

// Shapes as everywhere: a tick in a circle, a bar in a triangle, a cross in an octagon.
static void draw_sign(const th_view *view, int sign, float x, float y, float radius) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float r = th_px(view, radius);
    if (sign > 0)
        th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash);
    else if (sign == 0)
        th_icon_warn(view->list, at.x, at.y, r, c->warn, c->panel);
    else
        th_icon_fatal(view->list, at.x, at.y, r, c->alert, 0xFFFFFFFF);
}

// Draws the claim, or only measures it. Returns its height.
static float draw_claim(const th_view *view, const th_claim *claim, float x, float y, float width,
                        bool draw) {
    const th_theme_colors *c = &view->theme->color;
    const claim_look look = look_of(view, claim);
    const th_type said = th_type_ui(24, 600, c->text), why = th_type_ui(21, 500, c->text);
    const char *says = th_view_pick(view, claim->says),
               *evidence = th_view_pick(view, claim->evidence);
    const float inner = x + SIGN_W, inner_w = width - SIGN_W;
    if (!draw) {
        return 30 + th_view_paragraph_height(view, said, inner_w, LINE, says) + 50 +
               th_view_paragraph_height(view, why, inner_w, 30, evidence) +
               (claim->source != NULL ? 40 : 0);
    }
    const float top = y;
    th_view_text(view, th_type_ui(16, 700, c->faint), inner, y + 10, inner_w,
                 th_view_word(view, TH_WORD_CLAIM_SAYS));
    y += 30;
    y += th_view_paragraph(view, said, inner, y, inner_w, LINE, says);
    draw_sign(view, look.sign, x + 22, y + 26, 18);
    th_view_text(view, th_type_ui(24, 800, look.ink), inner, y + 26, inner_w,
                 th_view_word(view, look.word));
    y += 50;
    y += th_view_paragraph(view, why, inner, y, inner_w, 30, evidence);
    if (claim->source != NULL) {
        th_view_text(view, th_type_mono(17, 500, c->dim), inner, y + 24, inner_w, claim->source);
        y += 40;
    }
    return y - top;
}

void th_view_claim(const th_view *view, th_extent screen, const th_scenario *scenario) {
    const th_theme_colors *c = &view->theme->color;
    uint32_t count;
    const th_claim *claims = th_scenario_claims(scenario, &count);
    const float inner_w = fminf(WIDTH, screen.w - 64) - 2 * PAD;
    const bool model = th_scenario_truth(scenario) == TH_TRUTH_MODEL;
    const char *truth = th_view_word(view, model ? TH_WORD_TRUTH_MODEL : TH_WORD_TRUTH_REAL);
    const th_type truth_type = th_type_ui(19, 500, model ? c->hyp : c->dim);
    float height = 104 + th_view_paragraph_height(view, truth_type, inner_w, 28, truth) + 32;
    if (count == 0) height += 60;
    for (uint32_t i = 0; i < count; i++) {
        height += draw_claim(view, &claims[i], 0, 0, inner_w, false) + GAP;
    }
    const th_rect box = th_view_dialog(view, screen, WIDTH, height, TH_ACTION_ABOUT);
    const float x = box.x + PAD, bottom = box.y + box.h;
    float y =
        th_view_dialog_head(view, box, th_view_word(view, TH_WORD_CLAIM_TITLE), TH_ACTION_ABOUT);
    th_view_clip(view, box);
    if (count == 0) {
        th_view_text(view, th_type_ui(22, 500, c->dim), x, y + 16, inner_w,
                     th_view_word(view, TH_WORD_CLAIM_NONE));
        y += 60;
    }
    for (uint32_t i = 0; i < count && y < bottom; i++) {
        y += draw_claim(view, &claims[i], x, y, inner_w, true) + GAP;
    }
    th_view_line(view, x, y - 6, x + inner_w, y - 6, c->line, 1);
    th_view_paragraph(view, truth_type, x, y + 8, inner_w, 28, truth);
    th_view_unclip(view);
}
