// Where things are decided: the grid of two goroutines' progress, what follows from each choice,
// and the steps of an example at which most is decided.
#include "gui/app/exploring_parts.h"

#include "sim/base/assert.h"

#include <stdlib.h>

enum { MILLION = 1000000 };

static void make_shares(th_exploring *exploring, const th_survey *survey, th_run_kind kind) {
    const th_chart_grid *grid = &survey->grid;
    const size_t count = (size_t)grid->columns * grid->rows;
    free(exploring->shares);
    exploring->shares = calloc(count, sizeof(*exploring->shares));
    TH_ASSERT(exploring->shares != NULL);
    for (size_t i = 0; i < count; i++) {
        const th_scaled *runs = grid->runs + i * TH_CHART_KIND_MAX;
        exploring->shares[i] =
            th_scaled_is_zero(th_chart_total(runs)) ? TH_SHARE_UNKNOWN : th_chart_share(runs, kind);
    }
    exploring->shares_kind = (uint8_t)kind;
}

void th_exploring_build_grid(th_model *model, const th_survey *survey) {
    th_exploring *exploring = model->exploring;
    th_explore_grid *out = &exploring->scene.grid;
    *out = (th_explore_grid){0};
    if (!survey->has_grid) return;
    const th_run_kind kind = th_exploring_kind(exploring, survey);
    if (exploring->shares == NULL || exploring->shares_kind != kind) {
        make_shares(exploring, survey, kind);
    }
    *out = (th_explore_grid){
        .present = true,
        .a = survey->grid.a,
        .b = survey->grid.b,
        .columns = survey->grid.columns,
        .rows = survey->grid.rows,
        .share = exploring->shares,
        .a_steps = survey->axes[0].steps,
        .b_steps = survey->axes[1].steps,
        .a_count = survey->axes[0].count,
        .b_count = survey->axes[1].count,
    };
    out->on_example = exploring->previews;
    for (uint64_t step = 1; step <= model->step; step++) {
        const uint16_t g = th_timeline_event(model->timeline, model->branch, step).g;
        out->column += g == out->a;
        out->row += g == out->b;
        if (out->trail_count < TH_EXPLORE_STRIP_MAX) out->trail[out->trail_count++] = g;
    }
}

static void fill_shares(const th_chart *chart, uint32_t target, uint32_t *shares) {
    th_scaled ends[TH_CHART_KIND_MAX];
    th_chart_ends(chart, target, ends);
    for (uint32_t kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        shares[kind] = th_chart_share(ends, kind);
    }
}

// The choices at a node of the chart.
static int choices_at(const th_chart *chart, uint32_t node, th_explore_choice *out) {
    const th_chart_node *from = &chart->nodes[node];
    int count = 0;
    for (uint32_t i = 0; i < from->edge_count && count < TH_EXPLORE_CHOICE_MAX; i++) {
        const th_chart_edge *edge = &chart->edges[from->first_edge + i];
        th_explore_choice *choice = &out[count++];
        *choice = (th_explore_choice){.g = edge->choice.g,
                                      .drains = edge->choice.kind == TH_CHOICE_DRAIN,
                                      .ends = (edge->target & TH_CHART_END) != 0};
        fill_shares(chart, edge->target, choice->share);
    }
    return count;
}

// What each of them does next.
static void describe_next(th_model *model, th_explore_choice *choices, int count) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    for (int i = 0; i < count; i++) {
        const uint16_t g = choices[i].g;
        if (choices[i].drains || g >= world->goroutine_count) continue;
        const th_access *access = &world->goroutines[g].access;
        th_survey_describe(model->scenario, world, g, (th_event_kind)access->kind, access->address,
                           &choices[i].next);
    }
}

int th_exploring_possible(th_model *model, th_explore_choice *out) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (th_world_ended(world)) return 0;
    th_choice choices[TH_EXPLORE_CHOICE_MAX];
    uint32_t count = th_world_choices(world, choices, TH_EXPLORE_CHOICE_MAX);
    if (count > TH_EXPLORE_CHOICE_MAX) count = TH_EXPLORE_CHOICE_MAX;
    for (uint32_t i = 0; i < count; i++) {
        out[i] =
            (th_explore_choice){.g = choices[i].g, .drains = choices[i].kind == TH_CHOICE_DRAIN};
        for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) out[i].share[kind] = TH_SHARE_UNKNOWN;
    }
    describe_next(model, out, (int)count);
    return (int)count;
}

void th_exploring_build_choices(th_model *model, const th_survey *survey) {
    th_explore_scene *scene = &model->exploring->scene;
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) scene->here[kind] = TH_SHARE_UNKNOWN;
    scene->off_chart = false;
    if (survey->chart == NULL) {
        scene->choice_count = th_exploring_possible(model, scene->choices);
        return;
    }
    const uint32_t node = th_exploring_node(model, survey->chart, model->branch, model->step);
    scene->choice_count = 0;
    scene->off_chart = node == TH_CHART_NOWHERE;
    if (scene->off_chart) return;
    fill_shares(survey->chart, node, scene->here);
    if ((node & TH_CHART_END) == 0) {
        scene->choice_count = choices_at(survey->chart, node, scene->choices);
        describe_next(model, scene->choices, scene->choice_count);
    }
}

// How far apart the choices at a node are.
static uint32_t spread(const th_chart *chart, uint32_t node, th_run_kind kind) {
    th_explore_choice choices[TH_EXPLORE_CHOICE_MAX];
    const int count = choices_at(chart, node, choices);
    uint32_t least = MILLION, most = 0;
    for (int i = 0; i < count; i++) {
        if (choices[i].share[kind] < least) least = choices[i].share[kind];
        if (choices[i].share[kind] > most) most = choices[i].share[kind];
    }
    return count < 2 ? 0 : most - least;
}

// Keeps the TH_EXPLORE_DECISION_MAX steps with the largest spread, in the order of steps.
typedef struct keeping {
    uint32_t step[TH_EXPLORE_DECISION_MAX], node[TH_EXPLORE_DECISION_MAX];
    uint32_t spread[TH_EXPLORE_DECISION_MAX];
    int count;
} keeping;

static void keep(keeping *of, uint32_t step, uint32_t node, uint32_t apart) {
    if (apart == 0) return;
    if (of->count == TH_EXPLORE_DECISION_MAX) {
        int least = 0;
        for (int i = 1; i < of->count; i++) {
            if (of->spread[i] < of->spread[least]) least = i;
        }
        if (of->spread[least] >= apart) return;
        for (int i = least; i + 1 < of->count; i++) {
            of->step[i] = of->step[i + 1];
            of->node[i] = of->node[i + 1];
            of->spread[i] = of->spread[i + 1];
        }
        of->count--;
    }
    of->step[of->count] = step;
    of->node[of->count] = node;
    of->spread[of->count++] = apart;
}

void th_exploring_build_decisions(th_model *model, const th_survey *survey) {
    th_exploring *exploring = model->exploring;
    th_explore_scene *scene = &exploring->scene;
    scene->decision_count = 0;
    if (survey->chart == NULL || scene->example_count == 0) return;
    const th_finding *finding = &survey->findings->items[exploring->examples[exploring->chosen]];
    const th_run_kind kind = th_exploring_kind(exploring, survey);
    keeping kept = {0};
    uint32_t node = 0;
    for (uint32_t i = 0; i < finding->choice_count && node < survey->chart->node_count; i++) {
        keep(&kept, i + 1, node, spread(survey->chart, node, kind));
        node = th_chart_follow(survey->chart, node, finding->choices[i]);
    }
    uint32_t before = 0;
    for (int i = 0; i < kept.count; i++) {
        th_explore_decision *decision = &scene->decisions[scene->decision_count++];
        const th_scaled *ends = survey->chart->nodes[kept.node[i]].ends;
        *decision = (th_explore_decision){.step = kept.step[i],
                                          .share = th_chart_share(ends, kind),
                                          .other_steps = kept.step[i] - before - 1};
        before = kept.step[i];
        decision->choice_count = choices_at(survey->chart, kept.node[i], decision->choices);
        const th_choice taken = finding->choices[kept.step[i] - 1];
        for (int k = 0; k < decision->choice_count; k++) {
            th_explore_choice *choice = &decision->choices[k];
            choice->taken =
                choice->g == taken.g && choice->drains == (taken.kind == TH_CHOICE_DRAIN);
        }
    }
}
