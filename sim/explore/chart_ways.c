// Finding one's way on a chart.
#include "sim/explore/chart.h"

#include "sim/base/assert.h"

#include <stdlib.h>

enum { MILLION = 1000000 };

static bool same_choice(th_choice a, th_choice b) {
    return a.g == b.g && a.kind == b.kind && a.value == b.value;
}

uint32_t th_chart_follow(const th_chart *chart, uint32_t node, th_choice choice) {
    if (node >= chart->node_count) return TH_CHART_NOWHERE;
    const th_chart_node *from = &chart->nodes[node];
    for (uint32_t i = 0; i < from->edge_count; i++) {
        const th_chart_edge *edge = &chart->edges[from->first_edge + i];
        if (same_choice(choice, edge->choice)) return edge->target;
    }
    return TH_CHART_NOWHERE;
}

void th_chart_ends(const th_chart *chart, uint32_t target, th_scaled ends[TH_CHART_KIND_MAX]) {
    const bool over = (target & TH_CHART_END) != 0;
    TH_ASSERT(over || target < chart->node_count);
    for (uint32_t kind = 0; kind < TH_CHART_KIND_MAX; kind++) {
        ends[kind] =
            over ? th_scaled_of(kind == (target & ~TH_CHART_END)) : chart->nodes[target].ends[kind];
    }
}

th_scaled th_chart_total(const th_scaled ends[TH_CHART_KIND_MAX]) {
    th_scaled total = {0};
    for (uint32_t kind = 0; kind < TH_CHART_KIND_MAX; kind++) {
        total = th_scaled_add(total, ends[kind]);
    }
    return total;
}

uint32_t th_chart_share(const th_scaled ends[TH_CHART_KIND_MAX], uint32_t kind) {
    bool others = false;
    for (uint32_t i = 0; i < TH_CHART_KIND_MAX; i++) {
        others |= i != kind && !th_scaled_is_zero(ends[i]);
    }
    if (th_scaled_is_zero(ends[kind])) return 0;
    if (!others) return MILLION;
    const uint32_t share = th_scaled_millionths(ends[kind], th_chart_total(ends));
    return share < 1 ? 1 : share >= MILLION ? MILLION - 1 : share;
}

static bool ends_here(const th_chart *chart, uint32_t target, uint32_t kind) {
    if ((target & TH_CHART_END) != 0) return (target & ~TH_CHART_END) == kind;
    return chart->nodes[target].end == kind + 1;
}

th_choice *th_chart_shortest(const th_chart *chart, uint32_t node, uint32_t kind, uint32_t *count) {
    *count = 0;
    if (node >= chart->node_count || chart->nodes[node].steps[kind] == UINT32_MAX) return NULL;
    th_choice *way = malloc((chart->nodes[node].steps[kind] + (size_t)1) * sizeof(*way));
    TH_ASSERT(way != NULL);
    while (!ends_here(chart, node, kind)) {
        const th_chart_node *from = &chart->nodes[node];
        const th_chart_edge *edge = &chart->edges[from->first_edge];
        // The first edge that leads one step nearer.
        for (;; edge++) {
            if (edge->closes) continue;
            const bool over = (edge->target & TH_CHART_END) != 0;
            const uint32_t left = over ? 0 : chart->nodes[edge->target].steps[kind];
            if (over && !ends_here(chart, edge->target, kind)) continue;
            if (left + UINT64_C(1) == from->steps[kind]) break;
        }
        way[(*count)++] = edge->choice;
        node = edge->target;
    }
    return way;
}

// What is left to do behind an edge; UINT32_MAX switches: no end of the kind can be reached.
typedef struct effort {
    uint32_t switch_count, step_count;
    uint32_t next;  // edge to take
} effort;

static bool is_less(effort a, effort b) {
    if (a.switch_count != b.switch_count) return a.switch_count < b.switch_count;
    return a.step_count < b.step_count;
}

// The least effort from a target, whoever `last` took the step before.
static effort least(const th_chart *chart, const effort *behind, uint32_t target, uint16_t last,
                    uint32_t kind) {
    effort best = {UINT32_MAX, UINT32_MAX, UINT32_MAX};
    if (ends_here(chart, target, kind)) return (effort){0, 0, UINT32_MAX};
    if ((target & TH_CHART_END) != 0) return best;
    const th_chart_node *node = &chart->nodes[target];
    for (uint32_t i = node->first_edge; i < node->first_edge + node->edge_count; i++) {
        if (chart->edges[i].closes || behind[i].switch_count == UINT32_MAX) continue;
        const bool changes = last != 0 && chart->edges[i].choice.g != last;
        const effort all = {behind[i].switch_count + changes, behind[i].step_count + 1, i};
        if (is_less(all, best)) best = all;
    }
    return best;
}

th_choice *th_chart_calmest(const th_chart *chart, uint32_t node, uint16_t last, uint32_t kind,
                            uint32_t *count, uint32_t *switch_count) {
    *count = *switch_count = 0;
    if (node >= chart->node_count || chart->nodes[node].steps[kind] == UINT32_MAX) return NULL;
    effort *behind = calloc(chart->edge_count + (size_t)1, sizeof(*behind));
    TH_ASSERT(behind != NULL);
    for (uint32_t i = chart->node_count; i-- > 0;) {
        const th_chart_node *from = &chart->nodes[chart->order[i]];
        for (uint32_t e = from->first_edge; e < from->first_edge + from->edge_count; e++) {
            const th_chart_edge *edge = &chart->edges[e];
            behind[e] = edge->closes ? (effort){UINT32_MAX, UINT32_MAX, UINT32_MAX}
                                     : least(chart, behind, edge->target, edge->choice.g, kind);
        }
    }
    effort at = least(chart, behind, node, last, kind);
    *switch_count = at.switch_count;
    th_choice *way = malloc((at.step_count + (size_t)1) * sizeof(*way));
    TH_ASSERT(way != NULL);
    for (; at.next != UINT32_MAX; at = behind[at.next])
        way[(*count)++] = chart->edges[at.next].choice;
    free(behind);
    return way;
}
