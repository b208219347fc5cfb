#include "gui/app/branches.h"

#include "sim/base/assert.h"

#include <stdlib.h>

void th_branches_free(th_branches *branches) {
    free(branches->items);
    *branches = (th_branches){0};
}

th_branch_note th_branches_of(const th_branches *branches, th_branch_id branch) {
    return branch < branches->count ? branches->items[branch] : (th_branch_note){0};
}

void th_branches_set(th_branches *branches, th_branch_id branch, th_branch_note note) {
    if (branch >= branches->capacity) {
        branches->capacity = branch * 2 + 16;
        branches->items = realloc(branches->items, branches->capacity * sizeof(*branches->items));
        TH_ASSERT(branches->items != NULL);
    }
    while (branches->count <= branch) branches->items[branches->count++] = (th_branch_note){0};
    branches->items[branch] = note;
}

// How many of the choices the branch begins with.
static uint32_t shared_with(const th_timeline *timeline, th_branch_id branch,
                            const th_choice *choices, uint32_t count) {
    const uint64_t length = th_timeline_length(timeline, branch);
    uint32_t i = 0;
    for (; i < count && i < length; i++) {
        const th_choice choice = th_timeline_choice(timeline, branch, i + UINT64_C(1));
        if (choice.g != choices[i].g || choice.kind != choices[i].kind ||
            choice.value != choices[i].value) {
            break;
        }
    }
    return i;
}

bool th_branches_play(th_timeline *timeline, const th_choice *choices, uint32_t count,
                      th_branch_id *branch) {
    th_branch_id best = 0;
    uint32_t most = 0;
    for (th_branch_id i = 0; i < th_timeline_branch_count(timeline); i++) {
        const uint32_t shared = shared_with(timeline, i, choices, count);
        if (shared > most) {
            most = shared;
            best = i;
        }
        if (shared == count && th_timeline_length(timeline, i) == count) {
            *branch = i;
            return true;
        }
    }
    *branch = th_timeline_fork(timeline, best, most);
    for (uint32_t i = most; i < count; i++) {
        if (!th_world_enabled(th_timeline_end(timeline, *branch), choices[i]) ||
            !th_timeline_extend(timeline, *branch, choices[i])) {
            return false;
        }
    }
    return true;
}

// --- as a tree ---

typedef struct tree {
    const th_timeline *timeline;
    th_explore_branch *items;
    uint32_t max, count;
} tree;

// The child of `parent` that comes after the given one, in the order of forks, then of numbers.
static bool next_child(const tree *of, th_branch_id parent, uint64_t after_fork,
                       th_branch_id after_id, th_branch_id *child, uint64_t *fork) {
    bool found = false;
    for (th_branch_id i = 1; i < th_timeline_branch_count(of->timeline); i++) {
        uint64_t at;
        if (th_timeline_parent(of->timeline, i, &at) != parent) continue;
        if (at < after_fork || (at == after_fork && i <= after_id)) continue;
        if (found && at >= *fork) continue;
        found = true;
        *child = i;
        *fork = at;
    }
    return found;
}

static void add_tree(tree *of, th_branch_id branch, uint64_t fork, int depth) {
    if (of->count < of->max) {
        of->items[of->count] = (th_explore_branch){.id = branch, .depth = depth, .fork = fork};
    }
    of->count++;
    th_branch_id child = 0;
    uint64_t at = 0;
    while (next_child(of, branch, at, child, &child, &at)) add_tree(of, child, at, depth + 1);
}

uint32_t th_branches_tree(const th_timeline *timeline, th_explore_branch *items, uint32_t max) {
    tree of = {.timeline = timeline, .items = items, .max = max};
    add_tree(&of, 0, 0, 0);
    return of.count;
}

char *th_branches_schedule_until(const th_timeline *timeline, th_branch_id branch, uint64_t steps) {
    th_choice *choices = malloc((size_t)(steps + 1) * sizeof(*choices));
    TH_ASSERT(choices != NULL);
    for (uint64_t step = 1; step <= steps; step++) {
        choices[step - 1] = th_timeline_choice(timeline, branch, step);
    }
    const th_world *end = th_timeline_end(timeline, branch);
    const size_t size = th_schedule_format(end, choices, (size_t)steps, NULL, 0) + 1;
    char *text = malloc(size);
    TH_ASSERT(text != NULL);
    th_schedule_format(end, choices, (size_t)steps, text, size);
    free(choices);
    return text;
}

char *th_branches_schedule(const th_timeline *timeline, th_branch_id branch) {
    return th_branches_schedule_until(timeline, branch, th_timeline_length(timeline, branch));
}
