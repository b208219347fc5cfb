#include "gui/view/help.h"

#include <math.h>
#include <string.h>

static const float ROW_H = 36, ROW_H_MIN = 24, TITLE_H = 44, GROUP_GAP = 14, PAD = 44,
                   COLUMN_GAP = 40;
static const float WIDTH = 1500, HEAD_H = 104, FOOT_H = 28, SHEET_MARGIN = 32;
enum { COLUMNS_MAX = 3 };

#define ROW(group, keys, word, ...)                            \
    {                                                          \
        TH_HELP_##group, keys, TH_WORD_##word, { __VA_ARGS__ } \
    }

static const th_help_row ROWS[] = {
    ROW(PLAY, "Space", KEY_PLAY, TH_ACTION_PLAY),
    ROW(PLAY, "←  →", KEY_STEP, TH_ACTION_STEP_BACK, TH_ACTION_STEP),
    ROW(PLAY, "⇧ ←  ⇧ →", KEY_MARK, TH_ACTION_PREVIOUS_MARK, TH_ACTION_NEXT_MARK),
    ROW(PLAY, "Home  End", KEY_ENDS, TH_ACTION_FIRST, TH_ACTION_LAST),
    ROW(PLAY, "↑  ↓", KEY_SPEED, TH_ACTION_FASTER, TH_ACTION_SLOWER),
    ROW(PLAY, "R", KEY_RESTART, TH_ACTION_RESTART),
    ROW(PLAY, "A", KEY_AUTO_PAUSE, TH_ACTION_AUTO_PAUSE),
    ROW(TRY, "1 – 9", KEY_RUN, TH_ACTION_RUN),
    ROW(TRY, "1 – 6", KEY_ANSWER, TH_ACTION_NONE),
    ROW(TRY, "B", KEY_BRANCH, TH_ACTION_BRANCH),
    ROW(TRY, "W", KEY_DRAIN, TH_ACTION_DRAIN),
    ROW(TRY, "J", KEY_SWAP, TH_ACTION_SWAP),
    ROW(TRY, "`  :", KEY_CONSOLE, TH_ACTION_CONSOLE),
    ROW(TRY, "⇧ E", KEY_EDIT, TH_ACTION_EDIT),
    ROW(TRY, "⇧ G", KEY_SPAWN, TH_ACTION_SPAWN),
    ROW(TRY, "U", KEY_UNDO, TH_ACTION_UNDO),
    ROW(LOOK, "F", KEY_FIT, TH_ACTION_FIT),
    ROW(LOOK, "+  −", KEY_NEARER, TH_ACTION_NEARER, TH_ACTION_FARTHER),
    ROW(LOOK, "V", KEY_MAP, TH_ACTION_MAP),
    ROW(LOOK, "<  >", KEY_ZOOM, TH_ACTION_ZOOM_OUT, TH_ACTION_ZOOM_IN),
    ROW(LOOK, "⇧ ↑  ⇧ ↓", KEY_PAN, TH_ACTION_PAN_BACK, TH_ACTION_PAN_ON),
    ROW(LOOK, "click", KEY_FILTER, TH_ACTION_NONE),
    ROW(LOOK, "⇧ click", KEY_WATCH, TH_ACTION_NONE),
    ROW(LOOK, "I", KEY_CLAIM, TH_ACTION_ABOUT),
    ROW(EXPLORE, "E", KEY_EXPLORE, TH_ACTION_EXPLORE),
    ROW(EXPLORE, "Enter", KEY_EXAMPLE, TH_ACTION_CONFIRM),
    ROW(EXPLORE, "O", KEY_OUTCOME, TH_ACTION_OUTCOME),
    ROW(EXPLORE, "D", KEY_DIVERGE, TH_ACTION_DIVERGE),
    ROW(EXPLORE, "M", KEY_EXPLORE_MORE, TH_ACTION_EXPLORE_MORE),
    ROW(EXPLORE, "X", KEY_FIX, TH_ACTION_FIX),
    ROW(EXPLORE, "⇧ B", KEY_BRANCHES, TH_ACTION_BRANCHES),
    ROW(EXPLORE, "[  ]", KEY_BRANCH_MOVE, TH_ACTION_BRANCH_PREVIOUS, TH_ACTION_BRANCH_NEXT),
    ROW(EXPLORE, "N", KEY_NAME, TH_ACTION_NAME),
    ROW(EXPLORE, "H", KEY_CLUE, TH_ACTION_CLUE),
    ROW(EXPLORE, "0", KEY_GIVE_UP, TH_ACTION_GIVE_UP),
    ROW(PRESENT, "F5", KEY_PRESENT, TH_ACTION_PRESENT),
    ROW(PRESENT, "Page ↑  Page ↓", KEY_STOP, TH_ACTION_PREVIOUS_STOP, TH_ACTION_NEXT_STOP),
    ROW(PRESENT, "C", KEY_CAPTION, TH_ACTION_CAPTION),
    ROW(PRESENT, "P", KEY_LASER, TH_ACTION_LASER),
    ROW(PRESENT, "Z", KEY_GLASS, TH_ACTION_GLASS),
    ROW(PRESENT, ".", KEY_BLACK, TH_ACTION_BLACK),
    ROW(PRESENT, "⇧ N", KEY_NOTES, TH_ACTION_NOTES),
    ROW(PRESENT, "S", KEY_PICTURE, TH_ACTION_SAVE),
    ROW(PRESENT, "G", KEY_GIF, TH_ACTION_GIF),
    ROW(PRESENT, "⇧ M", KEY_MOTION, TH_ACTION_MOTION),
    ROW(PRESENT, "F11", KEY_FULLSCREEN, TH_ACTION_FULLSCREEN),
    ROW(HOME, "↑ ↓ ← →", HINT_CHOOSE, TH_ACTION_NONE),
    ROW(HOME, "Enter", HINT_OPEN, TH_ACTION_CONFIRM),
    ROW(HOME, "1 – 9", HINT_JUMP, TH_ACTION_RUN),
    ROW(HOME, "/", HINT_SEARCH, TH_ACTION_SEARCH),
    ROW(HOME, "I", HINT_ABOUT, TH_ACTION_ABOUT),
    ROW(GENERAL, "Tab  ⇧ Tab", KEY_FOCUS, TH_ACTION_NONE),
    ROW(GENERAL, "⇧ O", KEY_FILES, TH_ACTION_FILES),
    ROW(GENERAL, "L", HINT_LANGUAGE, TH_ACTION_LANGUAGE),
    ROW(GENERAL, "T", HINT_THEME, TH_ACTION_THEME),
    ROW(GENERAL, "?  F1", KEY_HELP, TH_ACTION_HELP),
    ROW(GENERAL, "Esc", KEY_BACK, TH_ACTION_BACK),
};

static const th_word TITLES[TH_HELP_GROUP_COUNT] = {
    [TH_HELP_PLAY] = TH_WORD_KEYS_PLAY,       [TH_HELP_TRY] = TH_WORD_KEYS_TRY,
    [TH_HELP_LOOK] = TH_WORD_KEYS_LOOK,       [TH_HELP_EXPLORE] = TH_WORD_KEYS_EXPLORE,
    [TH_HELP_PRESENT] = TH_WORD_KEYS_PRESENT, [TH_HELP_HOME] = TH_WORD_KEYS_HOME,
    [TH_HELP_GENERAL] = TH_WORD_KEYS_GENERAL,
};

const th_help_row *th_help_rows(int *count) {
    *count = (int)(sizeof(ROWS) / sizeof(*ROWS));
    return ROWS;
}

static bool is_shown(int group, bool home) {
    if (group == TH_HELP_GENERAL) return true;
    return home == (group == TH_HELP_HOME);
}

static float group_height(int group, float row_h) {
    float height = TITLE_H + GROUP_GAP;
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
        if (ROWS[i].group == group) height += row_h;
    }
    return height;
}

// What a key does a press on it does, too. Digits mean nothing here: there is no knowing which.
static void press(const th_view *view, th_rect rect, th_action action) {
    const bool next = action == TH_ACTION_OUTCOME || action == TH_ACTION_FIX;
    if (action == TH_ACTION_NONE || action == TH_ACTION_RUN) return;
    th_view_hit(view, rect, action, next ? TH_NEXT : 0);
}

// Caps for the keys, in a column of their own so that the meanings begin on one line.
static float draw_caps(const th_view *view, float x, float y, const th_help_row *row, float row_h) {
    char cap[32];
    int index = 0;
    for (const char *at = row->keys; *at != '\0'; index++) {
        const char *end = strstr(at, "  ");
        const size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        const size_t kept = length < sizeof(cap) ? length : sizeof(cap) - 1;
        memcpy(cap, at, kept);
        cap[kept] = '\0';
        const float width = th_view_key_cap(view, x, y, cap);
        const th_action action = row->actions[row->actions[1] != TH_ACTION_NONE && index > 0];
        press(view, (th_rect){x, y - row_h / 2, width + 4, row_h}, action);
        x += width + 6;
        at += end != NULL ? length + 2 : length;
    }
    return x;
}

static float draw_group(const th_view *view, int group, float x, float y, float width,
                        float row_h) {
    const th_theme_colors *c = &view->theme->color;
    const float keys_w = 132;
    th_view_text(view, th_type_ui(16, 700, c->faint), x, y + TITLE_H / 2, width,
                 th_view_word(view, TITLES[group]));
    y += TITLE_H;
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
        if (ROWS[i].group != group) continue;
        const float middle = y + row_h / 2;
        const float right = draw_caps(view, x, middle, &ROWS[i], row_h);
        const float at = fmaxf(x + keys_w, right + 8);
        if (ROWS[i].actions[1] == TH_ACTION_NONE) {
            press(view, (th_rect){at, y, x + width - at, row_h}, ROWS[i].actions[0]);
        }
        th_view_text_shrunk(view, th_type_ui(18, 500, c->text), 14, at, middle, x + width - at,
                            th_view_word(view, ROWS[i].word));
        y += row_h;
    }
    return y + GROUP_GAP;
}

// The height that the fullest of so many columns gets, and `draw`: draws them.
static float place_groups(const th_view *view, th_rect area, int columns, float row_h, bool home,
                          bool draw) {
    float total = 0, tallest = 0;
    for (int g = 0; g < TH_HELP_GROUP_COUNT; g++) {
        if (is_shown(g, home)) total += group_height(g, row_h);
    }
    const float share = total / (float)columns;
    const float width = (area.w - COLUMN_GAP * (float)(columns - 1)) / (float)columns;
    int column = 0;
    float y = 0;
    for (int g = 0; g < TH_HELP_GROUP_COUNT; g++) {
        if (!is_shown(g, home)) continue;
        const float height = group_height(g, row_h);
        if (y > 0 && y + height / 2 > share && column + 1 < columns) {
            column++;
            y = 0;
        }
        if (draw) {
            draw_group(view, g, area.x + (width + COLUMN_GAP) * (float)column, area.y + y, width,
                       row_h);
        }
        y += height;
        tallest = fmaxf(tallest, y);
    }
    return tallest;
}

void th_view_help(const th_view *view, th_extent screen, bool home) {
    const int columns = home ? 2 : screen.w > 1300 ? COLUMNS_MAX : 2;
    const th_rect nowhere = {0, 0, 0, 0};
    const float width = WIDTH * (float)columns / COLUMNS_MAX;
    const float room = screen.h - 2 * SHEET_MARGIN - HEAD_H - FOOT_H;
    float row_h = ROW_H;
    while (row_h > ROW_H_MIN && place_groups(view, nowhere, columns, row_h, home, false) > room) {
        row_h -= 1;
    }
    const float height = HEAD_H + place_groups(view, nowhere, columns, row_h, home, false) + FOOT_H;
    const th_rect box = th_view_dialog(view, screen, width, height, TH_ACTION_HELP);
    const float y =
        th_view_dialog_head(view, box, th_view_word(view, TH_WORD_KEYS), TH_ACTION_HELP);
    const th_rect inner = {box.x + PAD, y, box.w - 2 * PAD, box.y + box.h - y};
    place_groups(view, inner, columns, row_h, home, true);
}
