// gui/app, exploring: shares are what counting every sequence gives, examples lead where they say,
// and what a person does with them leaves the rest as it was.
#include "gui/app/exploring.h"
#include "gui/app/progress.h"
#include "tests/support/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs four of the above
#include <cmocka.h>

enum { SIDE = 24, PATH_MAX_STEPS = 64 };

static const char LOST[] =
    "scenario { id = 'lost', chapter = '5', truth = 'model', title = 'lost' }\n"
    "fixes { 'none', 'mutex', 'twice' }\n"
    "local n = var('int', 0)\n"
    "local mu = mutex()\n"
    "local function add()\n"
    "  if fix() ~= 'none' then mu:lock() end\n"
    "  if fix() == 'twice' then mu:lock() end\n"
    "  n.value = n.value + 1\n"
    "  if fix() ~= 'none' then mu:unlock() end\n"
    "end\n"
    "go('A', add)\n"
    "go('B', add)\n"
    "finally(function() return 'n = ' .. n.value end)\n";

static const char CRASH[] =
    "scenario { id = 'crash', chapter = '1', truth = 'model', title = 'crash' }\n"
    "local flag = var('int', 0)\n"
    "local n = var('int', 0)\n"
    "local function write()\n"
    "  if flag.value ~= 0 then fatal 'two writers' end\n"
    "  flag.value = 1\n"
    "  n.value = n.value + 1\n"
    "  if flag.value == 0 then fatal 'somebody cleared it' end\n"
    "  flag.value = 0\n"
    "end\n"
    "go('A', write)\n"
    "go('B', write)\n"
    "finally(function() return 'n = ' .. n.value end)\n";

static const char THREE[] =
    "scenario { id = 'three', chapter = '1', truth = 'model', title = 'three' }\n"
    "local flag = var('int', 0)\n"
    "for _, name in ipairs { 'A', 'B', 'C' } do\n"
    "  go(name, function()\n"
    "    if flag.value ~= 0 then fatal 'in use' end\n"
    "    flag.value = 1\n"
    "    flag.value = 0\n"
    "  end)\n"
    "end\n";

#define CHALLENGE_BODY                                 \
    "local n = var('int', 0)\n"                        \
    "local function add() n.value = n.value + 1 end\n" \
    "go('A', add)\n"                                   \
    "go('B', add)\n"                                   \
    "finally(function() return 'n = ' .. n.value end)\n"

static const char CHALLENGE[] =
    "scenario { id = 'dare', chapter = '5', truth = 'model', title = 'dare' }\n"
    "challenge { goal = { label = 'n = 1' }, hint = { en = 'read first' } }\n" CHALLENGE_BODY;

static const char IMPOSSIBLE[] =
    "scenario { id = 'dare', chapter = '5', truth = 'model', title = 'dare' }\n"
    "challenge { goal = { label = 'n = 0' } }\n" CHALLENGE_BODY;

static void explore(th_model *model) {
    th_model_command(model, TH_ACTION_EXPLORE, 0);
    th_explorer_wait(th_exploring_explorer(model));
    th_model_advance(model, 1);
}

static void open_live(th_model *model, const char *lua) {
    char error[TH_MODEL_ERROR_MAX];
    const th_model_desc desc = {
        .scenario = {.path = "test.lua", .source = lua, .source_length = strlen(lua)},
        .live = true,
    };
    if (!th_model_open(model, &desc, error, sizeof(error))) fail_msg("%s", error);
}

static th_survey *survey_of(const char *lua, const char *fix, uint64_t state_limit) {
    return th_survey_run(&(th_survey_desc){
        .scenario = {.path = "test.lua", .source = lua, .source_length = strlen(lua), .fix = fix},
        .state_limit = state_limit});
}

// --- counting every sequence, one after the other ---

typedef struct counting {
    th_scenario *scenario;
    const th_survey *survey;
    uint16_t a, b;
    uint64_t passed[SIDE][SIDE][TH_RUN_KIND_COUNT];
    uint64_t ends[TH_RUN_KIND_COUNT];
} counting;

// What kind a run is does not depend on races, which worlds of a timeline do not know.
static uint8_t kind_of_end(const counting *of, const th_world *world) {
    const char *label;
    char error[256];
    assert_true(th_scenario_finish(of->scenario, world, &label, error, sizeof(error)));
    const th_finding *finding = NULL;
    for (int raced = 0; raced < 2 && finding == NULL; raced++) {
        finding = th_findings_find(of->survey->findings, (th_end)world->outcome.end,
                                   world->outcome.message, label, raced == 1);
    }
    assert_non_null(finding);
    return of->survey->kinds[finding - of->survey->findings->items];
}

static void count_from(counting *of, const th_world *world, uint16_t *path, uint32_t length) {
    if (th_world_ended(world)) {
        const uint8_t kind = kind_of_end(of, world);
        of->ends[kind]++;
        uint32_t column = 0, row = 0;
        of->passed[0][0][kind]++;
        for (uint32_t i = 0; i < length; i++) {
            column += path[i] == of->a;
            row += path[i] == of->b;
            of->passed[row][column][kind]++;
        }
        return;
    }
    th_choice choices[8];
    const uint32_t count = th_world_choices(world, choices, 8);
    assert_in_range(count, 1, 8);
    for (uint32_t i = 0; i < count; i++) {
        th_world next = {0};
        th_events events = {0};
        th_world_copy(&next, world);
        th_world_step(&next, choices[i], &events);
        assert_true(th_world_settle(&next, th_scenario_resolver(of->scenario), &events));
        assert_true(length < PATH_MAX_STEPS);
        path[length] = choices[i].g;
        count_from(of, &next, path, length + 1);
        th_events_free(&events);
        th_world_free(&next);
    }
}

static void load(counting *of, const char *lua, const char *fix) {
    char error[512];
    of->scenario = th_scenario_load(
        &(th_scenario_desc){
            .path = "test.lua", .source = lua, .source_length = strlen(lua), .fix = fix},
        error, sizeof(error));
    if (of->scenario == NULL) fail_msg("%s", error);
}

static void check_grid(const char *lua, const char *fix) {
    th_survey *survey = survey_of(lua, fix, 0);
    assert_string_equal(survey->error, "");
    assert_true(survey->has_grid);
    counting *of = calloc(1, sizeof(*of));
    assert_non_null(of);
    of->survey = survey;
    of->a = survey->grid.a;
    of->b = survey->grid.b;
    load(of, lua, fix);
    uint16_t path[PATH_MAX_STEPS];
    count_from(of, th_scenario_start(of->scenario), path, 0);
    assert_in_range(survey->grid.columns, 2, SIDE);
    assert_in_range(survey->grid.rows, 2, SIDE);
    for (uint32_t row = 0; row < SIDE; row++) {
        for (uint32_t column = 0; column < SIDE; column++) {
            const bool inside = column < survey->grid.columns && row < survey->grid.rows;
            for (uint32_t kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
                const uint64_t counted = of->passed[row][column][kind];
                if (!inside) {
                    assert_int_equal(counted, 0);
                    continue;
                }
                const th_scaled told = th_chart_grid_at(&survey->grid, column, row)[kind];
                assert_true(th_scaled_is_exact(told));
                assert_int_equal(told.mantissa, counted);
            }
        }
    }
    for (uint32_t kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        assert_int_equal(survey->chart->nodes[0].ends[kind].mantissa, of->ends[kind]);
    }
    th_scenario_free(of->scenario);
    free(of);
    th_survey_free(survey);
}

static void grid_counts_are_those_of_every_sequence(void **state) {
    (void)state;
    check_grid(CRASH, NULL);
    check_grid(LOST, "none");
    check_grid(LOST, "mutex");
    check_grid(LOST, "twice");
}

static void what_if_tells_what_counting_from_there_gives(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CRASH, "A*3 B*");
    explore(&model);
    counting of = {.survey = th_explorer_survey(th_exploring_explorer(&model), NULL),
                   .scenario = model.scenario};
    for (uint64_t step = 0; step < th_model_length(&model); step++) {
        th_model_command(&model, TH_ACTION_SEEK, step);
        const th_explore_scene *scene = th_model_explore(&model);
        assert_true(scene->choice_count > 0);
        for (int i = 0; i < scene->choice_count; i++) {
            th_world next = {0};
            th_events events = {0};
            uint16_t path[PATH_MAX_STEPS];
            th_world_copy(&next, th_timeline_seek(model.timeline, model.branch, step));
            const th_choice choice = {.g = scene->choices[i].g, .kind = TH_CHOICE_RUN, .value = -1};
            th_world_step(&next, choice, &events);
            assert_true(th_world_settle(&next, th_scenario_resolver(model.scenario), &events));
            memset(of.ends, 0, sizeof(of.ends));
            count_from(&of, &next, path, 0);
            uint64_t all = 0;
            for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) all += of.ends[kind];
            const uint64_t share = of.ends[TH_RUN_CRASH] * 1000000 / all;
            assert_int_equal(scene->choices[i].share[TH_RUN_CRASH], share);
            th_events_free(&events);
            th_world_free(&next);
        }
    }
    th_model_close(&model);
}

// --- what a person does ---

static void an_example_that_is_played_ends_as_it_says(void **state) {
    (void)state;
    static const char *const TEXTS[] = {CRASH, LOST, THREE};
    for (size_t text = 0; text < sizeof(TEXTS) / sizeof(*TEXTS); text++) {
        th_model model;
        th_play_text(&model, TEXTS[text], NULL);
        explore(&model);
        const int count = th_model_explore(&model)->example_count;
        assert_true(count > 0);
        for (int i = 0; i < count; i++) {
            const th_explore_example example = th_model_explore(&model)->examples[i];
            th_model_command(&model, TH_ACTION_EXAMPLE, (uint64_t)i);
            if (th_model_explore(&model)->screen == TH_SCREEN_EXPLORE) {
                th_model_command(&model, TH_ACTION_CONFIRM, 0);
            }
            assert_int_equal(th_model_explore(&model)->screen, TH_SCREEN_STAGE);
            assert_int_equal(model.step, 0);
            assert_true(model.playing);
            assert_int_equal(th_model_length(&model), example.step_count);
            const th_world *end = th_timeline_end(model.timeline, model.branch);
            assert_int_equal(end->outcome.end, example.end);
            if (example.message[0] != '\0') {
                assert_string_equal(end->outcome.message, example.message);
            }
            assert_int_equal(end->races.race_count > 0, example.raced);
            th_model_command(&model, TH_ACTION_EXPLORE, 0);
        }
        th_timeline_check(model.timeline);
        th_model_close(&model);
    }
}

static void looking_at_examples_leaves_the_run_as_it_was(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CRASH, "A*");
    const uint64_t length = th_model_length(&model);
    explore(&model);
    th_model_command(&model, TH_ACTION_SLOWER, 0);
    assert_int_equal(th_model_explore(&model)->chosen, 1);
    assert_int_not_equal(model.branch, 0);
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_false(model.quit);
    assert_int_equal(model.branch, 0);
    assert_int_equal(model.step, 0);
    assert_int_equal(th_model_length(&model), length);
    // A step taken there is meant.
    explore(&model);
    th_model_command(&model, TH_ACTION_SEEK, 0);
    th_model_command(&model, TH_ACTION_RUN, 2);
    const th_branch_id taken = model.branch;
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_int_equal(model.branch, taken);
    assert_int_equal(model.step, 1);
    th_model_close(&model);
}

static void two_compared_runs_agree_up_to_the_deciding_step(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CRASH, NULL);
    explore(&model);
    th_model_command(&model, TH_ACTION_DIVERGE, 0);
    const th_explore_scene *scene = th_model_explore(&model);
    assert_int_equal(scene->screen, TH_SCREEN_DIVERGE);
    assert_true(scene->diverge.present);
    const th_branch_id bad = scene->diverge.runs[0].branch, good = scene->diverge.runs[1].branch;
    const uint64_t step = scene->diverge.step;
    assert_int_equal(scene->diverge.runs[0].kind, TH_RUN_CRASH);
    assert_int_equal(scene->diverge.runs[1].kind, TH_RUN_RIGHT);
    for (uint64_t i = 1; i < step; i++) {
        assert_int_equal(th_timeline_event(model.timeline, bad, i).g,
                         th_timeline_event(model.timeline, good, i).g);
    }
    assert_int_not_equal(th_timeline_event(model.timeline, bad, step).g,
                         th_timeline_event(model.timeline, good, step).g);
    // From there on nothing can save the first run: all that follow crash.
    th_model_show(&model, bad, step);
    if (step < th_timeline_length(model.timeline, bad)) {
        assert_int_equal(th_model_explore(&model)->here[TH_RUN_CRASH], 1000000);
    }
    th_model_show(&model, good, step);
    assert_true(th_model_explore(&model)->here[TH_RUN_CRASH] < 1000000);
    th_model_close(&model);
}

static void a_cure_brings_the_share_down_or_a_deadlock_up(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LOST, NULL);
    explore(&model);
    assert_true(th_model_explore(&model)->fixes[0].share[TH_RUN_WRONG] > 0);
    th_model_command(&model, TH_ACTION_FIX, 1);
    th_explorer_wait(th_exploring_explorer(&model));
    const th_explore_scene *scene = th_model_explore(&model);
    assert_string_equal(th_scenario_fix_chosen(model.scenario), "mutex");
    assert_true(scene->fixes[0].known);
    assert_true(scene->fixes[1].known);
    assert_int_equal(scene->fixes[1].share[TH_RUN_WRONG], 0);
    assert_int_equal(scene->fixes[1].share[TH_RUN_RIGHT], 1000000);
    assert_int_equal(scene->races, TH_RACES_NEVER);
    th_model_command(&model, TH_ACTION_FIX, TH_NEXT);
    th_explorer_wait(th_exploring_explorer(&model));
    scene = th_model_explore(&model);
    assert_int_equal(scene->fixes[2].share[TH_RUN_STUCK], 1000000);
    th_model_command(&model, TH_ACTION_FIX, TH_NEXT);
    assert_string_equal(th_scenario_fix_chosen(model.scenario), "none");
    th_model_close(&model);
}

static void type(th_model *model, const char *name) {
    th_model_command(model, TH_ACTION_NAME, 0);
    assert_true(th_exploring_is_typing(model));
    assert_true(th_exploring_type(model, name));
    assert_true(th_exploring_type(model, "界"));
    assert_true(th_exploring_type_back(model));
    th_model_command(model, TH_ACTION_CONFIRM, 0);
    assert_false(th_exploring_is_typing(model));
}

static void branches_by_hand_and_by_search_live_in_one_tree(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CRASH, "A*");
    th_model_command(&model, TH_ACTION_SEEK, 2);
    th_model_command(&model, TH_ACTION_RUN, 2);
    const th_branch_id by_hand = model.branch;
    type(&model, "mine");
    th_model_command(&model, TH_ACTION_BACK, 0);  // the list
    explore(&model);
    th_model_command(&model, TH_ACTION_EXAMPLE, 0);
    th_model_command(&model, TH_ACTION_CONFIRM, 0);
    const th_branch_id found = model.branch;
    th_model_command(&model, TH_ACTION_BRANCHES, 0);
    const th_branch_list *list = &th_model_explore(&model)->branches;
    assert_true(list->open);
    assert_int_equal(list->count, th_timeline_branch_count(model.timeline));
    assert_int_equal(list->items[0].id, 0);
    bool has_hand = false, has_found = false;
    for (int i = 0; i < list->count; i++) {
        const th_explore_branch *row = &list->items[i];
        if (row->id == by_hand) {
            has_hand = true;
            assert_string_equal(row->name, "mine");
            assert_false(row->searched);
        }
        if (row->id == found && found != 0) {
            has_found = true;
            assert_true(row->shown);
        }
    }
    assert_true(has_hand);
    assert_true(has_found);
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_false(model.quit);
    // From row to row and back.
    for (uint32_t i = 0; i < th_timeline_branch_count(model.timeline); i++) {
        th_model_command(&model, TH_ACTION_BRANCH_PREVIOUS, 0);
    }
    assert_int_equal(model.branch, 0);
    for (uint32_t i = 0; i < th_timeline_branch_count(model.timeline); i++) {
        th_model_command(&model, TH_ACTION_BRANCH_NEXT, 0);
    }
    assert_int_not_equal(model.branch, 0);
    th_timeline_check(model.timeline);
    th_model_close(&model);
}

static void a_schedule_that_was_played_is_found_again(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, CRASH, "A B A B A*");
    const uint64_t length = th_model_length(&model);
    th_choice choices[64];
    for (uint64_t i = 0; i < length; i++) {
        choices[i] = th_timeline_choice(model.timeline, 0, i + 1);
    }
    th_branch_id branch = 7;
    assert_true(th_branches_play(model.timeline, choices, (uint32_t)length, &branch));
    assert_int_equal(branch, 0);
    assert_int_equal(th_timeline_branch_count(model.timeline), 1);
    th_model_close(&model);
}

// --- challenges ---

static void a_challenge_is_solved_at_par_by_following_its_clues(void **state) {
    (void)state;
    th_model model;
    open_live(&model, CHALLENGE);
    assert_true(model.by_hand);
    assert_int_equal(th_model_length(&model), 0);
    th_model_command(&model, TH_ACTION_CLUE, 0);
    th_explorer_wait(th_exploring_explorer(&model));
    const th_explore_scene *scene = th_model_explore(&model);
    assert_true(scene->challenge.known);
    assert_true(scene->challenge.possible);
    assert_int_equal(scene->challenge.par_steps, 4);
    assert_int_equal(scene->challenge.par_switches, 2);
    for (int i = 0; i < 16 && scene->challenge.state == TH_CHALLENGE_OPEN; i++) {
        assert_int_not_equal(scene->challenge.hint_g, 0);
        th_model_command(&model, TH_ACTION_RUN, scene->challenge.hint_g);
        scene = th_model_explore(&model);
    }
    assert_int_equal(scene->challenge.state, TH_CHALLENGE_DONE);
    assert_int_equal(scene->challenge.steps, scene->challenge.par_steps);
    assert_int_equal(scene->challenge.switches, scene->challenge.par_switches);
    uint32_t steps = 0, switches = 0;
    assert_true(th_exploring_solved(&model, &steps, &switches));
    assert_int_equal(steps, 4);
    th_model_close(&model);
}

static void a_lost_challenge_says_so_and_a_step_back_mends_it(void **state) {
    (void)state;
    th_model model;
    open_live(&model, CHALLENGE);
    th_explorer_wait(th_exploring_explorer(&model));
    th_model_command(&model, TH_ACTION_RUN, 1);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_OPEN);
    th_model_command(&model, TH_ACTION_RUN, 1);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_LOST);
    th_model_command(&model, TH_ACTION_STEP_BACK, 0);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_OPEN);
    th_model_command(&model, TH_ACTION_RUN, 2);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_OPEN);
    assert_int_equal(th_timeline_branch_count(model.timeline), 2);
    th_model_close(&model);
}

static void what_cannot_be_done_is_confirmed(void **state) {
    (void)state;
    th_model model;
    open_live(&model, IMPOSSIBLE);
    th_explorer_wait(th_exploring_explorer(&model));
    assert_false(th_model_explore(&model)->challenge.possible);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_OPEN);
    th_model_command(&model, TH_ACTION_GIVE_UP, 0);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_PROVEN);
    assert_string_equal(th_model_explore(&model)->challenge.count, "6");
    th_model_close(&model);
    open_live(&model, CHALLENGE);
    th_explorer_wait(th_exploring_explorer(&model));
    th_model_command(&model, TH_ACTION_GIVE_UP, 0);
    assert_int_equal(th_model_explore(&model)->challenge.state, TH_CHALLENGE_WRONG);
    th_model_close(&model);
}

// --- surveys ---

static void a_survey_says_the_same_every_time(void **state) {
    (void)state;
    for (uint64_t limit = 0; limit <= 20; limit += 20) {
        th_survey *one = survey_of(CRASH, NULL, limit), *other = survey_of(CRASH, NULL, limit);
        assert_int_equal(one->coverage, other->coverage);
        assert_int_equal(one->coverage == TH_COVERED_ALL, limit == 0);
        assert_int_equal(one->chart != NULL, limit == 0);
        assert_int_equal(one->findings->count, other->findings->count);
        for (uint32_t i = 0; i < one->findings->count; i++) {
            const th_finding *a = &one->findings->items[i], *b = &other->findings->items[i];
            assert_true(th_count_equal(a->count, b->count));
            assert_int_equal(a->choice_count, b->choice_count);
            assert_memory_equal(a->choices, b->choices, a->choice_count * sizeof(*a->choices));
            assert_int_equal(one->kinds[i], other->kinds[i]);
        }
        for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
            assert_int_equal(th_survey_share(one, (th_run_kind)kind),
                             th_survey_share(other, (th_run_kind)kind));
        }
        th_survey_free(one);
        th_survey_free(other);
    }
}

static bool never(void *context, const th_explore_progress *progress) {
    (void)progress;
    ++*(int *)context;
    return false;
}

static void a_survey_can_be_stopped_and_says_so(void **state) {
    (void)state;
    int asked = 0;
    static const char LONG[] =
        "scenario { id = 'long', chapter = '1', truth = 'model' }\n"
        "local n = var('int', 0)\n"
        "for _, name in ipairs { 'A', 'B', 'C' } do\n"
        "  go(name, function() for _ = 1, 200 do n.value = n.value + 1 end end)\n"
        "end\n";
    th_survey *survey = th_survey_run(&(th_survey_desc){
        .scenario = {.path = "long.lua", .source = LONG, .source_length = strlen(LONG)},
        .go_on = never,
        .context = &asked});
    assert_true(asked > 0);
    assert_true(survey->stopped);
    assert_null(survey->chart);
    th_survey_free(survey);
}

static void runs_are_wrong_that_no_careful_order_has(void **state) {
    (void)state;
    th_survey *survey = survey_of(LOST, "none", 0);
    assert_true(survey->knows_right);
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        const th_finding *item = &survey->findings->items[i];
        const bool right = strcmp(item->label, "n = 2") == 0;
        assert_int_equal(survey->kinds[i], right ? TH_RUN_RIGHT : TH_RUN_WRONG);
    }
    th_survey_free(survey);
}

static const th_finding *find_label(const th_survey *survey, const char *label, uint8_t *kind) {
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        const th_finding *item = &survey->findings->items[i];
        if (item->end != TH_END_DONE) continue;
        if (label == NULL ? item->label != NULL
                          : item->label == NULL || strcmp(item->label, label) != 0) {
            continue;
        }
        *kind = survey->kinds[i];
        return item;
    }
    return NULL;
}

static void inserts_are_judged_by_what_they_leave(void **state) {
    (void)state;
    uint8_t kind = TH_RUN_CUT;
    th_survey *survey = survey_of(th_play_two_writers, NULL, 0);
    assert_true(survey->knows_right);
    assert_non_null(find_label(survey, TH_CONTENTS_LOST, &kind));
    assert_int_equal(kind, TH_RUN_WRONG);
    assert_non_null(find_label(survey, TH_CONTENTS_MISCOUNTED, &kind));
    assert_int_equal(kind, TH_RUN_WRONG);
    assert_non_null(find_label(survey, NULL, &kind));
    assert_int_equal(kind, TH_RUN_RIGHT);
    th_survey_free(survey);
    // Where others may come between a goroutine's operations, nothing is called wrong.
    static const char BOTH[] = "scenario { id = 'both', chapter = '1', truth = 'real' }\n"
                               "local m = map.make('int', 'int')\n"
                               "local mu = mutex()\n"
                               "for v = 1, 2 do\n"
                               "  go('w' .. v, function()\n"
                               "    for k = 1, 2 do mu:lock() m[k] = v mu:unlock() end\n"
                               "  end)\n"
                               "end\n";
    survey = survey_of(BOTH, NULL, 0);
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        assert_int_equal(survey->kinds[i], TH_RUN_RIGHT);
    }
    assert_false(survey->knows_right);
    th_survey_free(survey);
}

static void the_best_of_a_challenge_is_kept(void **state) {
    (void)state;
    th_progress progress = {0};
    th_progress_note_solved(&progress, "dare", 9, 4);
    th_progress_note_solved(&progress, "dare", 7, 5);
    th_progress_note_solved(&progress, "dare", 7, 6);
    th_progress_note(&progress, "dare", 0, 0);
    const th_progress_entry *entry = th_progress_of(&progress, "dare");
    assert_true(entry->done);
    assert_int_equal(entry->best_steps, 7);
    assert_int_equal(entry->best_switches, 5);
    th_progress_free(&progress);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grid_counts_are_those_of_every_sequence),
        cmocka_unit_test(what_if_tells_what_counting_from_there_gives),
        cmocka_unit_test(an_example_that_is_played_ends_as_it_says),
        cmocka_unit_test(looking_at_examples_leaves_the_run_as_it_was),
        cmocka_unit_test(two_compared_runs_agree_up_to_the_deciding_step),
        cmocka_unit_test(a_cure_brings_the_share_down_or_a_deadlock_up),
        cmocka_unit_test(branches_by_hand_and_by_search_live_in_one_tree),
        cmocka_unit_test(a_schedule_that_was_played_is_found_again),
        cmocka_unit_test(a_challenge_is_solved_at_par_by_following_its_clues),
        cmocka_unit_test(a_lost_challenge_says_so_and_a_step_back_mends_it),
        cmocka_unit_test(what_cannot_be_done_is_confirmed),
        cmocka_unit_test(a_survey_says_the_same_every_time),
        cmocka_unit_test(a_survey_can_be_stopped_and_says_so),
        cmocka_unit_test(runs_are_wrong_that_no_careful_order_has),
        cmocka_unit_test(inserts_are_judged_by_what_they_leave),
        cmocka_unit_test(the_best_of_a_challenge_is_kept),
    };
    return cmocka_run_group_tests_name("explorer", tests, NULL, NULL);
}
