// Two goroutines' progress against each other: all states that runs stand in after n steps, with
// the number of ways there, from n to n + 1. A state may be passed with different progress (a loop
// that comes back to where it was), so progress is no property of a node.
#include "sim/explore/chart.h"

#include "sim/base/assert.h"
#include "sim/explore/intern.h"

#include <stdlib.h>
#include <string.h>

// A state, reached with that many steps of `a`; those of `b` are what is left of the layer's.
typedef struct spot {
    uint32_t node, column;
    th_scaled ways;
} spot;

typedef struct layer {
    spot *items;
    uint32_t count, capacity;
} layer;

static void add(layer *to, spot item) {
    to->items =
        th_explore_reserve(to->items, to->count + UINT64_C(1), &to->capacity, sizeof(*to->items));
    to->items[to->count++] = item;
}

static int by_place(const void *a, const void *b) {
    const spot *one = a, *other = b;
    if (one->node != other->node) return one->node < other->node ? -1 : 1;
    return one->column < other->column ? -1 : one->column > other->column;
}

// Sums up the ways of equal spots.
static void merge(layer *of) {
    if (of->count == 0) return;
    qsort(of->items, of->count, sizeof(*of->items), by_place);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < of->count; i++) {
        if (by_place(&of->items[kept], &of->items[i]) == 0) {
            of->items[kept].ways = th_scaled_add(of->items[kept].ways, of->items[i].ways);
        } else {
            of->items[++kept] = of->items[i];
        }
    }
    of->count = kept + 1;
}

static void pass(th_chart_grid *grid, uint32_t column, uint32_t row, th_scaled ways,
                 const th_scaled *ends) {
    th_scaled *to = grid->runs + ((size_t)row * grid->columns + column) * TH_CHART_KIND_MAX;
    for (uint32_t kind = 0; kind < TH_CHART_KIND_MAX; kind++) {
        to[kind] = th_scaled_add(to[kind], th_scaled_multiply(ways, ends[kind]));
    }
}

// Takes every step of the layer; what ends is passed at once.
static void advance(const th_chart *chart, th_chart_grid *grid, const layer *from, uint32_t steps,
                    layer *to) {
    to->count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        const spot *at = &from->items[i];
        const th_chart_node *node = &chart->nodes[at->node];
        pass(grid, at->column, steps - at->column, at->ways, node->ends);
        for (uint32_t e = node->first_edge; e < node->first_edge + node->edge_count; e++) {
            const th_chart_edge *edge = &chart->edges[e];
            if (edge->closes) continue;
            const uint32_t column = at->column + (edge->choice.g == grid->a);
            if ((edge->target & TH_CHART_END) == 0) {
                add(to, (spot){edge->target, column, at->ways});
                continue;
            }
            th_scaled ends[TH_CHART_KIND_MAX];
            th_chart_ends(chart, edge->target, ends);
            pass(grid, column, steps + 1 - column, at->ways, ends);
        }
    }
    merge(to);
}

// The two goroutines that take steps. False: there are others, or drains and Ps.
static bool find_two(const th_chart *chart, th_chart_grid *grid) {
    for (uint32_t e = 0; e < chart->edge_count; e++) {
        const th_choice choice = chart->edges[e].choice;
        if (choice.kind != TH_CHOICE_RUN) return false;
        if (choice.g == grid->a || choice.g == grid->b) continue;
        if (grid->a == 0)
            grid->a = choice.g;
        else if (grid->b == 0)
            grid->b = choice.g;
        else
            return false;
    }
    if (grid->b != 0 && grid->b < grid->a) {
        const uint16_t a = grid->b;
        grid->b = grid->a;
        grid->a = a;
    }
    return grid->b != 0;
}

// The most steps of one goroutine on any way from the start.
static uint32_t most_steps(const th_chart *chart, uint16_t g) {
    uint32_t *most = calloc(chart->node_count, sizeof(*most));
    TH_ASSERT(most != NULL);
    uint32_t all = 0;
    for (uint32_t i = 0; i < chart->node_count; i++) {
        const uint32_t node = chart->order[i];
        const th_chart_node *from = &chart->nodes[node];
        for (uint32_t e = from->first_edge; e < from->first_edge + from->edge_count; e++) {
            const th_chart_edge *edge = &chart->edges[e];
            if (edge->closes) continue;
            const uint32_t steps = most[node] + (edge->choice.g == g);
            if (steps > all) all = steps;
            if ((edge->target & TH_CHART_END) == 0 && steps > most[edge->target]) {
                most[edge->target] = steps;
            }
        }
    }
    free(most);
    return all;
}

bool th_chart_grid_make(const th_chart *chart, th_chart_grid *grid) {
    *grid = (th_chart_grid){0};
    if (!th_chart_is_usable(chart) || !find_two(chart, grid)) return false;
    grid->columns = most_steps(chart, grid->a) + 1;
    grid->rows = most_steps(chart, grid->b) + 1;
    if (grid->columns > TH_CHART_SIDE_MAX || grid->rows > TH_CHART_SIDE_MAX) return false;
    grid->runs =
        calloc((size_t)grid->columns * grid->rows * TH_CHART_KIND_MAX, sizeof(*grid->runs));
    TH_ASSERT(grid->runs != NULL);
    layer layers[2] = {0};
    add(&layers[0], (spot){0, 0, th_scaled_of(1)});
    for (uint32_t steps = 0; layers[steps % 2].count > 0; steps++) {
        advance(chart, grid, &layers[steps % 2], steps, &layers[(steps + 1) % 2]);
    }
    free(layers[0].items);
    free(layers[1].items);
    return true;
}

void th_chart_grid_free(th_chart_grid *grid) {
    free(grid->runs);
    *grid = (th_chart_grid){0};
}
