// A map of everything that can happen: all states of a small scenario, where each choice leads, and
// how many maximal sequences of steps go on from there to which kind of end.
//
//     th_chart *chart = th_chart_run(&desc, kind_of, context);
//     if (th_chart_is_usable(chart)) {
//         uint32_t at = 0;                                  // the start
//         at = th_chart_follow(chart, at, choice);          // a node, or an end
//         ... th_chart_share(th_chart_node_at(chart, at)->ends, kind) ...
//     }
//     th_chart_free(chart);
//
// A chart is plain data: it needs neither the scenario nor the worlds that it was made from, and
// several threads may read it.
#ifndef TH_SIM_EXPLORE_CHART_H
#define TH_SIM_EXPLORE_CHART_H

#include "sim/explore/explore.h"
#include "sim/explore/scaled.h"

enum { TH_CHART_KIND_MAX = 6 };  // kinds of ends, numbered by whoever asks for the chart

// Where an edge leads: a node; or the kind of a run that ends.
#define TH_CHART_END UINT32_C(0x80000000)
#define TH_CHART_NOWHERE UINT32_MAX  // the choice is not possible there

typedef struct th_chart_edge {
    th_choice choice;
    uint32_t target;  // a node; or a kind | TH_CHART_END
    bool closes;      // it closes a cycle: going round again counts for nothing
} th_chart_edge;

typedef struct th_chart_node {
    uint32_t first_edge, edge_count;
    uint32_t end;                       // kind + 1 of a run that ends here without a step; 0: none
    th_scaled ends[TH_CHART_KIND_MAX];  // runs from here on, by kind
    uint32_t steps[TH_CHART_KIND_MAX];  // fewest to such an end; UINT32_MAX: none can be reached
} th_chart_node;

typedef struct th_chart {
    th_chart_node *nodes;  // [0]: the start
    uint32_t node_count;
    th_chart_edge *edges;  // those of a node lie together
    uint32_t edge_count;
    uint32_t *order;    // [node_count]: each node before all that it leads to
    bool complete;      // every state is in it
    bool stopped;       // go_on said no
    bool endless;       // some runs never end
    const char *error;  // static text: why it could not be made; NULL: it could
} th_chart;

// Explores all states. Of `desc`, mode and limits of runs are not looked at; state_limit 0:
// TH_EXPLORE_STATE_MAX. `kind_of` says of which kind a run is; of the finding it is given, there
// are end, message, label and raced.
th_chart *th_chart_run(const th_explore_desc *desc,
                       uint32_t (*kind_of)(void *context, const th_finding *finding),
                       void *context);
void th_chart_free(th_chart *chart);

// Complete and without an error: else its shares say nothing.
static inline bool th_chart_is_usable(const th_chart *chart) {
    return chart != NULL && chart->complete && chart->error == NULL;
}

// The node or end that the choice leads to. From an end: TH_CHART_NOWHERE.
uint32_t th_chart_follow(const th_chart *chart, uint32_t node, th_choice choice);
// How many runs go on from a target, by kind: a node's, or the one run that has ended.
void th_chart_ends(const th_chart *chart, uint32_t target, th_scaled ends[TH_CHART_KIND_MAX]);

th_scaled th_chart_total(const th_scaled ends[TH_CHART_KIND_MAX]);
// In millionths, rounded down, but 0 for none alone and 1000000 for all alone.
uint32_t th_chart_share(const th_scaled ends[TH_CHART_KIND_MAX], uint32_t kind);

// The way to an end of that kind with the fewest steps, or the fewest changes of goroutine and
// then the fewest steps, from a node; `last`: who took the step before, 0: nobody. The choices are
// allocated, the caller frees them; NULL: no such end can be reached.
th_choice *th_chart_shortest(const th_chart *chart, uint32_t node, uint32_t kind, uint32_t *count);
th_choice *th_chart_calmest(const th_chart *chart, uint32_t node, uint16_t last, uint32_t kind,
                            uint32_t *count, uint32_t *switch_count);

// Two goroutines' progress against each other. A point is passed by the runs in which, at some
// moment, `a` has taken `column` steps and `b` `row`.
enum { TH_CHART_SIDE_MAX = 256 };  // points of a side; nobody reads more

typedef struct th_chart_grid {
    uint16_t a, b;           // goroutines
    uint32_t columns, rows;  // points: one more than the steps that a run can have at the most
    th_scaled *runs;         // [(row * columns + column) * TH_CHART_KIND_MAX + kind]
} th_chart_grid;

// False: other than two goroutines take steps, store buffers drain by themselves, or it is too
// large.
bool th_chart_grid_make(const th_chart *chart, th_chart_grid *grid);
void th_chart_grid_free(th_chart_grid *grid);
static inline const th_scaled *th_chart_grid_at(const th_chart_grid *grid, uint32_t column,
                                                uint32_t row) {
    return grid->runs + ((size_t)row * grid->columns + column) * TH_CHART_KIND_MAX;
}

#endif
