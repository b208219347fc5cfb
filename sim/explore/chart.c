#include "sim/explore/chart.h"

#include "sim/base/assert.h"
#include "sim/explore/search.h"
#include "sim/explore/tally.h"

#include <stdlib.h>

typedef struct making {
    const th_explore_desc *desc;
    uint32_t (*kind_of)(void *context, const th_finding *finding);
    void *context;
    th_space space;
    th_graph graph;
    th_search search;
    uint32_t *kinds;  // [class]
    th_chart *chart;
} making;

static void *array(size_t count, size_t size) {
    void *memory = calloc(count > 0 ? count : 1, size);
    TH_ASSERT(memory != NULL);
    return memory;
}

static uint32_t checked_kind(const making *of, const th_finding *finding) {
    const uint32_t kind = of->kind_of(of->context, finding);
    TH_ASSERT(kind < TH_CHART_KIND_MAX);
    return kind;
}

static void ask_kinds(making *of) {
    of->kinds = array(of->space.class_count, sizeof(*of->kinds));
    for (uint32_t i = 0; i < of->space.class_count; i++) {
        const th_class *class = &of->space.classes[i];
        const th_ending *ending = &of->space.endings[class->ending];
        const th_finding finding = {.message = ending->message,
                                    .label = class->label,
                                    .end = ending->end,
                                    .raced = class->raced};
        of->kinds[i] = checked_kind(of, &finding);
    }
}

static uint32_t target_of(const making *of, uint32_t target) {
    if ((target & TH_EDGE_END) == 0) return target;
    return of->kinds[target & ~TH_EDGE_END] | TH_CHART_END;
}

// A node's edges, in the order in which their steps were taken: the graph lists the last first.
static void copy_edges(making *of, const th_order *order, uint32_t node) {
    th_chart *chart = of->chart;
    th_chart_node *to = &chart->nodes[node];
    const th_graph *graph = &of->graph;
    to->first_edge = chart->edge_count;
    for (uint32_t i = graph->nodes[node].edge; i != 0; i = graph->edges[i - 1].next) {
        to->edge_count++;
    }
    uint32_t at = chart->edge_count + to->edge_count;
    chart->edge_count = at;
    for (uint32_t i = graph->nodes[node].edge; i != 0; i = graph->edges[i - 1].next) {
        const th_edge *edge = &graph->edges[i - 1];
        const bool ends = (edge->target & TH_EDGE_END) != 0;
        chart->edges[--at] =
            (th_chart_edge){.choice = th_choice_of(edge->g, edge->code),
                            .target = target_of(of, edge->target),
                            .closes = !ends && th_order_closes(order, node, edge->target)};
    }
    if (graph->nodes[node].end != 0) {
        to->end = (target_of(of, graph->nodes[node].end) & ~TH_CHART_END) + 1;
    }
}

static void copy_graph(making *of) {
    th_chart *chart = of->chart;
    chart->node_count = of->graph.node_count;
    chart->nodes = array(chart->node_count, sizeof(*chart->nodes));
    chart->edges = array(of->graph.edge_count, sizeof(*chart->edges));
    chart->order = array(chart->node_count, sizeof(*chart->order));
    th_order order;
    th_order_find(&of->graph, &order);
    for (uint32_t i = 0; i < order.count; i++) chart->order[i] = order.nodes[i];
    for (uint32_t node = 0; node < chart->node_count; node++) copy_edges(of, &order, node);
    chart->endless = order.closing_count > 0;
    th_order_free(&order);
}

static void nearer(uint32_t *steps, uint32_t through) {
    if (through < *steps) *steps = through;
}

// What a node's edge adds to what is known of the node.
static void tally_edge(th_chart *chart, th_chart_node *node, const th_chart_edge *edge) {
    if ((edge->target & TH_CHART_END) != 0) {
        const uint32_t kind = edge->target & ~TH_CHART_END;
        node->ends[kind] = th_scaled_add(node->ends[kind], th_scaled_of(1));
        nearer(&node->steps[kind], 1);
        return;
    }
    if (edge->closes) return;
    const th_chart_node *to = &chart->nodes[edge->target];
    for (uint32_t kind = 0; kind < TH_CHART_KIND_MAX; kind++) {
        node->ends[kind] = th_scaled_add(node->ends[kind], to->ends[kind]);
        if (to->steps[kind] < UINT32_MAX) nearer(&node->steps[kind], to->steps[kind] + 1);
    }
}

// From the ends back to the start.
static void tally(th_chart *chart) {
    for (uint32_t i = chart->node_count; i-- > 0;) {
        th_chart_node *node = &chart->nodes[chart->order[i]];
        for (uint32_t kind = 0; kind < TH_CHART_KIND_MAX; kind++) node->steps[kind] = UINT32_MAX;
        if (node->end != 0) {
            node->ends[node->end - 1] = th_scaled_of(1);
            node->steps[node->end - 1] = 0;
        }
        for (uint32_t e = 0; e < node->edge_count; e++) {
            tally_edge(chart, node, &chart->edges[node->first_edge + e]);
        }
    }
}

// A run that has ended before its first step.
static void chart_ended(making *of) {
    const th_world *start = of->desc->start;
    th_finding finding = {.message = start->outcome.message,
                          .end = start->outcome.end,
                          .raced = start->race_step != 0};
    if (of->desc->label != NULL &&
        !of->desc->label(of->desc->label_context, start, &finding.label)) {
        of->chart->error = "finally failed";
        return;
    }
    th_chart *chart = of->chart;
    chart->node_count = 1;
    chart->nodes = array(1, sizeof(*chart->nodes));
    chart->order = array(1, sizeof(*chart->order));
    chart->nodes[0].end = checked_kind(of, &finding) + 1;
    chart->complete = true;
    tally(chart);
}

static void chart_states(making *of) {
    const th_explore_desc *desc = of->desc;
    const th_space_desc space = {.start = desc->start,
                                 .resolver = desc->resolver,
                                 .label = desc->label,
                                 .label_context = desc->label_context};
    if (!th_space_init(&of->space, &space)) {
        of->chart->error = of->space.error;
    } else {
        th_graph_init(&of->graph, &of->space);
        const uint64_t limit = desc->state_limit != 0 ? desc->state_limit : TH_EXPLORE_STATE_MAX;
        of->search = (th_search){.desc = desc, .graph = &of->graph, .state_limit = limit};
        of->chart->complete = th_search_run(&of->search);
        of->chart->error = of->space.error;
        of->chart->stopped = of->search.stopped && of->graph.node_count <= limit;
        if (of->chart->complete) {
            ask_kinds(of);
            copy_graph(of);
            tally(of->chart);
        }
    }
    free(of->kinds);
    th_search_free(&of->search);
    th_graph_free(&of->graph);
    th_space_free(&of->space);
}

th_chart *th_chart_run(const th_explore_desc *desc,
                       uint32_t (*kind_of)(void *context, const th_finding *finding),
                       void *context) {
    making *of = array(1, sizeof(*of));
    th_chart *chart = array(1, sizeof(*chart));
    *of = (making){.desc = desc, .kind_of = kind_of, .context = context, .chart = chart};
    if (th_world_ended(desc->start))
        chart_ended(of);
    else
        chart_states(of);
    free(of);
    return chart;
}

void th_chart_free(th_chart *chart) {
    if (chart == NULL) return;
    free(chart->nodes);
    free(chart->edges);
    free(chart->order);
    free(chart);
}
