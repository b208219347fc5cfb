// The list of all futures: choosing, naming and saving them.
#include "gui/app/branch_save.h"
#include "gui/app/exploring_parts.h"
#include "gui/draw/utf8.h"
#include "gui/scene/lanes.h"
#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GIF_FPS = 15 };

// All branches in the order of the list; free them.
static th_explore_branch *tree_of(const th_model *model, uint32_t *count) {
    *count = th_timeline_branch_count(model->timeline);
    th_explore_branch *rows = calloc(*count, sizeof(*rows));
    TH_ASSERT(rows != NULL);
    th_branches_tree(model->timeline, rows, *count);
    return rows;
}

static uint32_t row_of(const th_model *model, th_branch_id branch) {
    uint32_t count;
    th_explore_branch *rows = tree_of(model, &count);
    uint32_t row = 0;
    while (row + 1 < count && rows[row].id != branch) row++;
    free(rows);
    return row;
}

static th_branch_id branch_of(const th_model *model, uint32_t row) {
    uint32_t count;
    th_explore_branch *rows = tree_of(model, &count);
    const th_branch_id branch = rows[row < count ? row : count - 1].id;
    free(rows);
    return branch;
}

// Shows the branch of a row, at the step where it begins to differ from what was shown.
static void show_row(th_model *model, uint32_t row) {
    th_exploring *exploring = th_exploring_of(model);
    const th_branch_id branch = branch_of(model, row);
    exploring->list_chosen = row;
    exploring->previews = false;
    if (branch == model->branch) return;
    const uint64_t common = th_timeline_common(model->timeline, branch, model->branch);
    th_model_show(model, branch, model->step < common ? model->step : common);
}

// That future, at the step that is shown.
static void show_branch(th_model *model, uint64_t branch) {
    if (branch >= th_timeline_branch_count(model->timeline) || branch == model->branch) return;
    th_exploring_of(model)->previews = false;
    th_model_show(model, (th_branch_id)branch, model->step);
}

static void move_row(th_model *model, int by) {
    const uint32_t count = th_timeline_branch_count(model->timeline);
    const uint32_t row = row_of(model, model->branch);
    if (by < 0 && row == 0) return;
    if (by > 0 && row + 1 == count) return;
    show_row(model, by < 0 ? row - 1 : row + 1);
}

// --- naming ---

static void begin_naming(th_model *model) {
    th_exploring *exploring = th_exploring_of(model);
    if (!exploring->list_open) exploring->list_chosen = row_of(model, model->branch);
    exploring->list_open = true;
    exploring->naming = true;
    const th_branch_id branch = branch_of(model, exploring->list_chosen);
    const th_branch_note note = th_branches_of(&model->branches, branch);
    memcpy(exploring->typed, note.name, sizeof(exploring->typed));
}

static void end_naming(th_model *model, bool keep) {
    th_exploring *exploring = model->exploring;
    exploring->naming = false;
    if (!keep) return;
    const th_branch_id branch = branch_of(model, exploring->list_chosen);
    th_branch_note note = th_branches_of(&model->branches, branch);
    memcpy(note.name, exploring->typed, sizeof(note.name));
    th_branches_set(&model->branches, branch, note);
}

bool th_exploring_is_typing(const th_model *model) {
    return model->exploring != NULL && model->exploring->naming;
}

bool th_exploring_type(th_model *model, const char *text) {
    if (!th_exploring_is_typing(model)) return false;
    char *typed = model->exploring->typed;
    const size_t length = strlen(typed), more = strlen(text);
    if (length + more < sizeof(model->exploring->typed)) memcpy(typed + length, text, more + 1);
    model->changed = true;
    return true;
}

bool th_exploring_type_back(th_model *model) {
    if (!th_exploring_is_typing(model)) return false;
    char *typed = model->exploring->typed;
    typed[th_utf8_before(typed, strlen(typed))] = '\0';
    model->changed = true;
    return true;
}

// --- saving ---

// As a scenario, and as a GIF beside it.
static void save(th_model *model) {
    static const char *const ENDINGS[] = {".lua", ".gif", NULL};
    th_exploring *exploring = model->exploring;
    if (exploring->export != NULL) return;
    const th_branch_id branch = branch_of(model, exploring->list_chosen);
    char stem[256], path[264];
    th_branch_save_name(model, branch, ENDINGS, stem, sizeof(stem));
    snprintf(path, sizeof(path), "%s.lua", stem);
    const uint64_t steps = th_branch_save_length(model, branch);
    exploring->save_failed =
        !th_branch_save(model, branch, steps, path, exploring->said, sizeof(exploring->said));
    if (exploring->save_failed) return;
    snprintf(exploring->said, sizeof(exploring->said), "%s.gif", stem);
    exploring->export = th_branch_export_start(
        model, branch, 0, th_timeline_length(model->timeline, branch), GIF_FPS, exploring->said);
}

// --- commands ---

static bool open_list_command(th_model *model, th_action action, uint64_t argument) {
    th_exploring *exploring = model->exploring;
    const uint32_t count = th_timeline_branch_count(model->timeline);
    switch (action) {
    case TH_ACTION_FASTER:
        if (exploring->list_chosen > 0) exploring->list_chosen--;
        return true;
    case TH_ACTION_SLOWER:
        if (exploring->list_chosen + 1 < count) exploring->list_chosen++;
        return true;
    case TH_ACTION_BRANCH_ROW:
        if (argument == exploring->list_chosen)
            show_row(model, (uint32_t)argument);
        else if (argument < count)
            exploring->list_chosen = (uint32_t)argument;
        return true;
    case TH_ACTION_CONFIRM:
        show_row(model, exploring->list_chosen);
        exploring->list_open = false;
        return true;
    case TH_ACTION_NAME: begin_naming(model); return true;
    case TH_ACTION_SAVE: save(model); return true;
    case TH_ACTION_BRANCHES:
    case TH_ACTION_BACK: exploring->list_open = false; return true;
    default: return false;
    }
}

bool th_exploring_list_command(th_model *model, th_action action, uint64_t argument) {
    if (th_exploring_is_typing(model)) {
        if (action == TH_ACTION_CONFIRM) end_naming(model, true);
        if (action == TH_ACTION_BACK) end_naming(model, false);
        return true;  // nothing else while a name is typed
    }
    if (model->exploring != NULL && model->exploring->list_open &&
        open_list_command(model, action, argument)) {
        return true;
    }
    switch (action) {
    case TH_ACTION_BRANCHES:
        th_exploring_of(model)->list_open = true;
        model->exploring->list_chosen = row_of(model, model->branch);
        model->exploring->said[0] = '\0';
        return true;
    case TH_ACTION_BRANCH_SHOW: show_branch(model, argument); return true;
    case TH_ACTION_BRANCH_NEXT: move_row(model, 1); return true;
    case TH_ACTION_BRANCH_PREVIOUS: move_row(model, -1); return true;
    case TH_ACTION_NAME: begin_naming(model); return true;
    default: return false;
    }
}

// --- the list as data ---

static void fill_row(const th_model *model, th_explore_branch *row) {
    const th_world *end = th_timeline_end(model->timeline, row->id);
    row->length = th_timeline_length(model->timeline, row->id);
    row->ended = th_world_ended(end);
    row->verdict = (uint8_t)th_lanes_verdict(end->outcome, end->races.race_count > 0);
    row->shown = row->id == model->branch;
    row->other = row->id == model->other && model->other != model->branch;
    const th_branch_note note = th_branches_of(&model->branches, row->id);
    row->searched = note.searched;
    memcpy(row->name, note.name, sizeof(row->name));
    if (row->length > row->fork) {
        row->first_g = th_timeline_event(model->timeline, row->id, row->fork + 1).g;
    }
}

void th_exploring_build_list(th_model *model) {
    th_exploring *exploring = model->exploring;
    th_branch_list *list = &exploring->scene.branches;
    list->open = exploring->list_open;
    if (!list->open) return;
    list->naming = exploring->naming;
    list->exporting = TH_SHARE_UNKNOWN;
    char unused[sizeof(exploring->said)];
    if (exploring->export != NULL) {
        th_branch_export_goes_on(exploring->export, &list->exporting, unused, sizeof(unused));
    }
    memcpy(list->message, exploring->said, sizeof(list->message));
    list->failed = exploring->save_failed;
    uint32_t count;
    th_explore_branch *rows = tree_of(model, &count);
    // Of a long list, the part around the chosen row.
    uint32_t first = 0;
    if (count > TH_EXPLORE_BRANCH_MAX && exploring->list_chosen >= TH_EXPLORE_BRANCH_MAX / 2) {
        first = exploring->list_chosen - TH_EXPLORE_BRANCH_MAX / 2;
        if (first + TH_EXPLORE_BRANCH_MAX > count) first = count - TH_EXPLORE_BRANCH_MAX;
    }
    list->first = first;
    list->count = 0;
    for (uint32_t i = first; i < count && list->count < TH_EXPLORE_BRANCH_MAX; i++) {
        list->items[list->count] = rows[i];
        fill_row(model, &list->items[list->count++]);
    }
    list->hidden = (int)count - list->count;
    list->chosen = (int)(exploring->list_chosen - first);
    if (list->naming && list->chosen < list->count) {
        memcpy(list->items[list->chosen].name, exploring->typed, sizeof(exploring->typed));
    }
    free(rows);
}
