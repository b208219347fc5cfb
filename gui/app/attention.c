#include "gui/app/attention.h"

static uint64_t other_than(uint64_t now, uint64_t asked) { return now == asked ? 0 : asked; }

bool th_attention_command(th_model *model, th_action action, uint64_t argument) {
    switch (action) {
    case TH_ACTION_FILTER:
        model->filter = other_than(model->filter, argument);
        model->filter_g = 0;
        return true;
    case TH_ACTION_FILTER_GOROUTINE:
        model->filter_g = (uint16_t)other_than(model->filter_g, argument);
        model->filter = 0;
        return true;
    case TH_ACTION_WATCH: model->watch = other_than(model->watch, argument); return true;
    case TH_ACTION_HOVER:
        model->changed = model->hover != argument;
        model->hover = argument;
        return true;
    case TH_ACTION_GLANCE:
        model->changed = model->glance != argument;
        model->glance = argument;
        return true;
    default: return false;
    }
}

bool th_attention_pauses(const th_model *model) {
    if (model->watch == 0 || model->step == 0) return false;
    const th_event event = th_timeline_event(model->timeline, model->branch, model->step);
    if (event.kind == TH_EVENT_START) return false;
    const uint64_t address = th_event_address(event);
    return model->watch >= address && model->watch < address + (event.size > 0 ? event.size : 1);
}

bool th_attention_clear(th_model *model) {
    if (model->filter == 0 && model->filter_g == 0 && model->watch == 0) return false;
    if (model->filter == 0 && model->filter_g == 0) model->watch = 0;
    model->filter = 0;
    model->filter_g = 0;
    return true;
}
