#include "gui/app/sheets.h"

static void toggle(th_model *model, th_sheet sheet) {
    model->desk.sheet = model->desk.sheet == sheet ? TH_SHEET_NONE : (uint8_t)sheet;
    model->playing = false;
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
