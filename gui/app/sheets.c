#include "gui/app/sheets.h"

static void toggle(th_model *model, th_sheet sheet) {
    model->desk.sheet = model->desk.sheet == sheet ? TH_SHEET_NONE : (uint8_t)sheet;
    model->playing = false;
}

// What would move the run while nobody sees it.
static bool moves_the_run(th_action action) {
    switch (action) {
    case TH_ACTION_STEP:
    case TH_ACTION_STEP_BACK:
    case TH_ACTION_NEXT_MARK:
    case TH_ACTION_PREVIOUS_MARK:
    case TH_ACTION_NEXT_STOP:
    case TH_ACTION_PREVIOUS_STOP:
    case TH_ACTION_FIRST:
    case TH_ACTION_LAST:
    case TH_ACTION_RESTART:
    case TH_ACTION_SEEK:
    case TH_ACTION_SCRUB:
    case TH_ACTION_RUN:
    case TH_ACTION_BRANCH:
    case TH_ACTION_SWAP:
    case TH_ACTION_PLAY: return true;
    default: return false;
    }
}

bool th_sheets_cover(th_model *model, th_action action) {
    if (model->desk.sheet == TH_SHEET_NONE || !moves_the_run(action)) return false;
    model->desk.sheet = TH_SHEET_NONE;
    return true;
}

void th_sheets_leave(th_model *model, th_action action) {
    if (model->desk.sheet != TH_SHEET_HELP) return;
    switch (action) {
    case TH_ACTION_NONE:
    case TH_ACTION_HOVER:
    case TH_ACTION_HINT:
    case TH_ACTION_HELP:
    case TH_ACTION_BACK: break;
    default: model->desk.sheet = TH_SHEET_NONE; break;
    }
}

bool th_sheets_command(th_model *model, th_action action, uint64_t argument) {
    switch (action) {
    case TH_ACTION_HELP: toggle(model, TH_SHEET_HELP); return true;
    case TH_ACTION_ABOUT: toggle(model, TH_SHEET_CLAIM); return true;
    case TH_ACTION_HINT: model->desk.hint = (uint16_t)argument; return true;
    case TH_ACTION_BACK:
        if (model->desk.sheet == TH_SHEET_NONE) return false;
        model->desk.sheet = TH_SHEET_NONE;
        return true;
    default: return false;
    }
}
