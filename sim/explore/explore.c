#include "sim/explore/explore.h"

#include "sim/base/assert.h"
#include "sim/explore/findings.h"
#include "sim/explore/ladder.h"
#include "sim/explore/shrink.h"
#include "sim/explore/tally.h"

#include <stdlib.h>
#include <string.h>

// Preemptions of a schedule that nobody has counted yet.
#define UNCOUNTED UINT32_MAX

// --- searches that keep states ---

typedef struct kept {
    const th_explore_desc *desc;
    th_findings *findings;
    th_space space;
    th_graph graph;
    th_search search;
} kept;

// The finding of a class of the space.
static th_finding *finding_of(kept *job, uint32_t class) {
    const th_class *of = &job->space.classes[class];
    const th_ending *ending = &job->space.endings[of->ending];
    return th_findings_add(job->findings, &(th_finding){.message = ending->message,
                                                        .label = of->label,
                                                        .end = ending->end,
                                                        .raced = of->raced});
}

static uint64_t state_limit(const th_explore_desc *desc) {
    return desc->state_limit != 0 ? desc->state_limit : TH_EXPLORE_STATE_MAX;
}

static void set_way(kept *job, const th_ladder *ladder, uint32_t class) {
    const th_way *way = &ladder->ways[class];
    th_finding *finding = finding_of(job, class);
    th_choice *choices = malloc((way->step_count + UINT64_C(1)) * sizeof(*choices));
    TH_ASSERT(choices != NULL);
    th_ladder_choices(ladder, way, choices);
    th_finding_set(finding, choices, way->step_count, way->level);
    finding->proof = th_ladder_settled(ladder, class) ? TH_PROOF_MINIMAL : TH_PROOF_NONE;
    free(choices);
}

static void set_ways(kept *job, const th_ladder *ladder) {
    for (uint32_t class = 0; class < ladder->way_count; class ++) {
        if (ladder->ways[class].rung != 0) set_way(job, ladder, class);
    }
}

// Any way along the graph's edges to each class that has no schedule yet, breadth first.
typedef struct step_back {
    uint32_t from;  // node
    uint32_t edge;  // + 1; 0: not come to yet
} step_back;

// True: it had none.
static bool set_path(kept *job, const step_back *back, uint32_t node, const th_edge *last,
                     uint32_t class) {
    th_finding *finding = finding_of(job, class);
    if (finding->choices != NULL) return false;
    uint32_t count = last != NULL;
    for (uint32_t at = node; at != 0; at = back[at].from) count++;
    th_choice *choices = malloc((count + UINT64_C(1)) * sizeof(*choices));
    TH_ASSERT(choices != NULL);
    uint32_t left = count;
    if (last != NULL) choices[--left] = th_choice_of(last->g, last->code);
    for (uint32_t at = node; at != 0; at = back[at].from) {
        const th_edge *edge = &job->graph.edges[back[at].edge - 1];
        choices[--left] = th_choice_of(edge->g, edge->code);
    }
    th_finding_set(finding, choices, count, UNCOUNTED);
    free(choices);
    return true;
}

static uint32_t classes_without_schedule(kept *job) {
    uint32_t count = 0;
    for (uint32_t class = 0; class < job->space.class_count; class ++) {
        count += finding_of(job, class)->choices == NULL;
    }
    return count;
}

static void set_paths(kept *job) {
    const th_graph *graph = &job->graph;
    step_back *back = calloc(graph->node_count, sizeof(*back));
    uint32_t *queue = calloc(graph->node_count, sizeof(*queue));
    TH_ASSERT(back != NULL);
    TH_ASSERT(queue != NULL);
    uint32_t missing = classes_without_schedule(job);
    uint32_t count = 1;
    for (uint32_t i = 0; i < count && missing > 0; i++) {
        const th_node *node = &graph->nodes[queue[i]];
        if (node->end != 0) {
            missing -= set_path(job, back, queue[i], NULL, node->end & ~TH_EDGE_END);
        }
        for (uint32_t edge = node->edge; edge != 0; edge = graph->edges[edge - 1].next) {
            const th_edge *to = &graph->edges[edge - 1];
            if ((to->target & TH_EDGE_END) != 0) {
                missing -= set_path(job, back, queue[i], to, to->target & ~TH_EDGE_END);
            } else if (to->target != 0 && back[to->target].edge == 0) {
                back[to->target] = (step_back){queue[i], edge};
                queue[count++] = to->target;
            }
        }
    }
    free(back);
    free(queue);
}

// Counts the preemptions of those schedules that were found without.
static void count_preemptions(const th_explore_desc *desc, th_findings *findings) {
    th_explore_desc unstopped = *desc;
    unstopped.go_on = NULL;
    th_walk walk;
    th_walk_init(&walk, &unstopped);
    for (uint32_t i = 0; i < findings->count && walk.error == NULL; i++) {
        th_finding *finding = &findings->items[i];
        if (finding->preemption_count != UNCOUNTED) continue;
        th_given given = th_given_make(finding->choices, finding->choice_count);
        if (!th_walk_run(&walk, &given.strategy, 0)) break;
        finding->preemption_count = walk.preemption_count;
    }
    th_walk_free(&walk);
}

// Makes the schedules simple that the ladder did not come to.
static void shrink_rest(const th_explore_desc *desc, th_findings *findings) {
    th_walk walk;
    th_walk_init(&walk, desc);
    walk.progress.simplifying = true;
    walk.progress.finding_count = findings->count;
    for (uint32_t i = 0; i < findings->count && !walk.stopped && walk.error == NULL; i++) {
        th_finding *finding = &findings->items[i];
        if (finding->choices == NULL || finding->proof == TH_PROOF_MINIMAL) continue;
        th_shrink(&walk, finding);
    }
    if (walk.error != NULL) findings->error = walk.error;
    th_walk_free(&walk);
}

static void find_simplest(kept *job) {
    if (job->desc->any_schedule || job->findings->error != NULL) return;
    th_ladder ladder = {.search = &job->search,
                        .bound = UINT32_MAX,
                        .wanted = job->space.class_count,
                        .rung_limit = state_limit(job->desc)};
    th_ladder_run(&ladder);
    set_ways(job, &ladder);
    th_ladder_free(&ladder);
    if (job->space.error != NULL) job->findings->error = job->space.error;
}

static void count_executions(kept *job) {
    th_findings *findings = job->findings;
    th_order order;
    th_order_find(&job->graph, &order);
    th_count *counts = calloc(job->space.class_count + UINT64_C(1), sizeof(*counts));
    TH_ASSERT(counts != NULL);
    th_tally_classes(&job->graph, &order, counts);
    for (uint32_t class = 0; class < job->space.class_count; class ++) {
        th_count_add(&findings->executions, counts[class]);
        th_finding *finding = finding_of(job, class);
        th_count_add(&finding->count, counts[class]);
    }
    findings->endless = order.closing_count > 0;
    free(counts);
    th_order_free(&order);
}

static void run_graph(kept *job) {
    job->search.reduces = job->desc->mode == TH_EXPLORE_DPOR;
    th_findings *findings = job->findings;
    findings->complete = th_search_run(&job->search);
    findings->error = job->space.error;
    findings->steps = job->search.steps;
    findings->states = job->graph.node_count;
    count_executions(job);
    if (findings->endless && job->desc->mode == TH_EXPLORE_ALL) findings->complete = false;
    find_simplest(job);
    set_paths(job);
    count_preemptions(job->desc, findings);
    if (!job->desc->any_schedule) shrink_rest(job->desc, findings);
}

static void run_bounded(kept *job) {
    const th_explore_desc *desc = job->desc;
    th_findings *findings = job->findings;
    th_ladder ladder = {.search = &job->search,
                        .counting = true,
                        .bound = desc->has_bound ? desc->bound : UINT32_MAX,
                        .wanted = UINT32_MAX,
                        .rung_limit = state_limit(desc)};
    const bool ran = th_ladder_run(&ladder);
    findings->complete = ran && !ladder.cut;
    findings->bound = ran && ladder.cut ? (int64_t)desc->bound : (int64_t)ladder.level - !ran;
    findings->steps = job->search.steps;
    findings->states = job->graph.node_count;
    findings->error = job->space.error;
    for (uint32_t class = 0; class < ladder.way_count; class ++) {
        if (ladder.ways[class].rung == 0) continue;
        finding_of(job, class)->count = ladder.ways[class].count;
        th_count_add(&findings->executions, ladder.ways[class].count);
    }
    set_ways(job, &ladder);
    th_ladder_free(&ladder);
    if (!desc->any_schedule) shrink_rest(desc, findings);
}

static void run_kept(const th_explore_desc *desc, th_findings *findings) {
    kept *job = calloc(1, sizeof(*job));
    TH_ASSERT(job != NULL);
    job->desc = desc;
    job->findings = findings;
    const th_space_desc space = {.start = desc->start,
                                 .resolver = desc->resolver,
                                 .label = desc->label,
                                 .label_context = desc->label_context,
                                 .label_ignores_memory = desc->label_ignores_memory};
    if (th_space_init(&job->space, &space)) {
        th_graph_init(&job->graph, &job->space);
        job->search =
            (th_search){.desc = desc, .graph = &job->graph, .state_limit = state_limit(desc)};
        if (desc->mode == TH_EXPLORE_BOUNDED) {
            run_bounded(job);
        } else {
            run_graph(job);
        }
    } else {
        findings->error = job->space.error;
    }
    th_search_free(&job->search);
    th_graph_free(&job->graph);
    th_space_free(&job->space);
    free(job);
}

// --- searches by single executions ---

static void add_execution(th_findings *findings, const th_walk *walk) {
    const th_outcome *outcome = &walk->world.outcome;
    th_finding *finding = th_findings_add(findings, &(th_finding){.message = outcome->message,
                                                                  .label = walk->label,
                                                                  .end = outcome->end,
                                                                  .raced = th_walk_raced(walk)});
    th_count_add(&finding->count, th_count_of(1));
    th_count_add(&findings->executions, th_count_of(1));
    findings->steps += walk->count;
    if (!th_finding_is_simpler(finding, walk->preemption_count, walk->count)) return;
    th_finding_set(finding, walk->choices, walk->count, walk->preemption_count);
}

enum { USUAL_LENGTH_MAX = 1 << 20 };  // steps: without preemptions a program may spin for ever

// About how many steps an execution has: as many as one without preemptions.
static uint64_t usual_length(th_walk *walk) {
    th_given given = th_given_make(NULL, 0);
    walk->step_max = USUAL_LENGTH_MAX;
    const bool ran = th_walk_run(walk, &given.strategy, 0);
    walk->step_max = 0;
    return ran ? walk->count : 1;
}

static void run_walks(const th_explore_desc *desc, th_findings *findings) {
    th_walk walk;
    th_walk_init(&walk, desc);
    th_random random = th_random_make(desc->seed);
    th_pct pct;
    th_strategy *strategy = &random.strategy;
    if (desc->mode == TH_EXPLORE_PCT) {
        const uint32_t depth = desc->has_bound ? desc->bound : TH_PCT_DEPTH_DEFAULT;
        pct = th_pct_make(desc->seed, depth, usual_length(&walk));
        strategy = &pct.strategy;
    }
    const uint64_t stride = desc->job_count > 0 ? desc->job_count : 1;
    const uint64_t limit = desc->execution_limit != 0 ? desc->execution_limit : UINT64_MAX;
    for (uint64_t i = desc->job; i < limit && walk.error == NULL; i += stride) {
        if (!th_walk_run(&walk, strategy, i)) break;
        add_execution(findings, &walk);
        walk.progress.executions++;
        walk.progress.finding_count = findings->count;
    }
    findings->error = walk.error;
    th_walk_free(&walk);
    if (!desc->any_schedule && findings->error == NULL) shrink_rest(desc, findings);
}

// --- all of them ---

static void add_ended_start(const th_explore_desc *desc, th_findings *findings) {
    th_walk walk;
    th_walk_init(&walk, desc);
    th_given given = th_given_make(NULL, 0);
    if (th_walk_run(&walk, &given.strategy, 0)) {
        add_execution(findings, &walk);
        findings->items[0].proof = TH_PROOF_MINIMAL;
        findings->complete = true;
    }
    findings->error = walk.error;
    th_walk_free(&walk);
}

th_findings *th_explore_run(const th_explore_desc *desc) {
    th_findings *findings = calloc(1, sizeof(*findings));
    TH_ASSERT(findings != NULL);
    findings->mode = desc->mode;
    findings->bound = -1;
    if (th_world_ended(desc->start)) {
        add_ended_start(desc, findings);
    } else if (desc->mode == TH_EXPLORE_RANDOM || desc->mode == TH_EXPLORE_PCT) {
        run_walks(desc, findings);
    } else {
        run_kept(desc, findings);
    }
    return findings;
}

bool th_explore_replay(const th_explore_desc *desc, const th_choice *choices, uint32_t count,
                       th_world *end) {
    th_events events = {0};
    th_world_copy(end, desc->start);
    bool possible = true;
    for (uint32_t i = 0; i < count && possible; i++) {
        possible = th_world_enabled(end, choices[i]);
        if (!possible) break;
        events.count = 0;
        th_world_step(end, choices[i], &events);
        possible = th_world_settle(end, desc->resolver, &events);
    }
    th_events_free(&events);
    return possible;
}
