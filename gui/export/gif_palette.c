#include "gui/export/gif_palette.h"

#include <stdlib.h>

#include "sim/base/assert.h"

/* A colour of the clip. Pixels count by the square root of their number: a plain count would give
 * every shade of the background before the first shade of the text on it. */
typedef struct weighted_color {
    uint32_t color;
    uint64_t count;
    double weight;
} weighted_color;

/* Colours [first, end) of the list, and the cut that lowers their variance most. */
typedef struct color_box {
    int first, end;
    int cut_shift; /* of the channel to cut: 16, 8 or 0 */
    int cut_value; /* the first value of the upper half */
    double gain;   /* by how much the cut lowers the weighted squared error; 0: no cut */
} color_box;

static int channel(uint32_t color, int shift) { return (int)(color >> shift & 0xff); }

static uint64_t square_root(uint64_t value) {
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 31; bit != 0; bit >>= 1) {
        const uint64_t tried = root | bit;
        if (tried * tried <= value) {
            root = tried;
        }
    }
    return root;
}

static int by_color(const void *a, const void *b) {
    const weighted_color *left = a, *right = b;
    return (left->color > right->color) - (left->color < right->color);
}

/* The table's colours in one order, whatever the order they came in. */
static weighted_color *list_colors(const th_color_table *table) {
    weighted_color *list = malloc((size_t)table->count * sizeof *list);
    int count = 0;
    for (int i = 0; list != NULL && i < TH_COLOR_TABLE_SLOTS; i++) {
        const th_color_slot *slot = &table->slots[i];
        if (slot->color != 0) {
            list[count].color = slot->color;
            list[count].count = slot->count;
            list[count].weight = (double)square_root(slot->count);
            count++;
        }
    }
    if (list != NULL) {
        qsort(list, (size_t)count, sizeof *list, by_color);
    }
    return list;
}

/* Tries every cut across one channel; keeps the best in the box. With W and S the sums of weights
 * and of weighted values on each side, a cut at a value lowers the squared error by
 * S1*S1/W1 + S2*S2/W2 - S*S/W. */
static void find_cut(const weighted_color *list, int shift, color_box *box) {
    double weights[256] = {0};
    double total_weight = 0, total_sum = 0;
    for (int i = box->first; i < box->end; i++) {
        const int value = channel(list[i].color, shift);
        weights[value] += list[i].weight;
        total_weight += list[i].weight;
        total_sum += list[i].weight * value;
    }
    double weight = 0, sum = 0;
    for (int value = 0; value < 255; value++) {
        weight += weights[value];
        sum += weights[value] * value;
        if (weight <= 0 || weight >= total_weight) {
            continue;
        }
        const double rest = total_sum - sum;
        const double gain = sum * sum / weight + rest * rest / (total_weight - weight) -
                            total_sum * total_sum / total_weight;
        if (gain > box->gain) {
            box->gain = gain;
            box->cut_shift = shift;
            box->cut_value = value + 1;
        }
    }
}

static void measure(const weighted_color *list, color_box *box) {
    box->gain = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        find_cut(list, shift, box);
    }
}

/* Moves the colours below the cut to the front; returns where the others begin. */
static int partition(weighted_color *list, const color_box *box) {
    int middle = box->first;
    for (int i = box->first; i < box->end; i++) {
        if (channel(list[i].color, box->cut_shift) < box->cut_value) {
            const weighted_color moved = list[i];
            list[i] = list[middle];
            list[middle++] = moved;
        }
    }
    TH_ASSERT(middle > box->first && middle < box->end);
    return middle;
}

/* Cuts until there are `max` boxes or nothing is left to cut. */
static int cut_boxes(weighted_color *list, int color_count, int max, color_box *boxes) {
    int count = 1;
    boxes[0] = (color_box){.first = 0, .end = color_count};
    measure(list, &boxes[0]);
    while (count < max) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = boxes[i].gain > boxes[best].gain ? i : best;
        }
        if (boxes[best].gain <= 0) {
            break;
        }
        const int middle = partition(list, &boxes[best]);
        boxes[count] = (color_box){.first = middle, .end = boxes[best].end};
        boxes[best].end = middle;
        measure(list, &boxes[best]);
        measure(list, &boxes[count]);
        count++;
    }
    return count;
}

/* One colour for a box: that of a flat area exactly, if one is most of it; otherwise the mean. */
static uint32_t box_color(const weighted_color *list, const color_box *box) {
    uint64_t count = 0;
    double weight = 0, sums[3] = {0};
    const weighted_color *most = &list[box->first];
    for (int i = box->first; i < box->end; i++) {
        const weighted_color *color = &list[i];
        count += color->count;
        weight += color->weight;
        for (int c = 0; c < 3; c++) {
            sums[c] += color->weight * channel(color->color, 8 * c);
        }
        if (color->count > most->count ||
            (color->count == most->count && color->color < most->color)) {
            most = color;
        }
    }
    if (most->count >= count - most->count) {
        return most->color;
    }
    uint32_t mean = 0xff000000u;
    for (int c = 0; c < 3; c++) {
        mean |= (uint32_t)(sums[c] / weight + 0.5) << (8 * c);
    }
    return mean;
}

static int nearest(const th_gif_palette *palette, uint32_t color) {
    int best = 0, best_distance = INT32_MAX;
    const int red = channel(color, 16), green = channel(color, 8), blue = channel(color, 0);
    for (int i = 0; i < palette->color_count; i++) {
        const uint32_t other = palette->colors[i];
        const int r = channel(other, 16) - red;
        const int g = channel(other, 8) - green;
        const int b = channel(other, 0) - blue;
        const int distance = 2 * r * r + 4 * g * g + b * b; /* about how bright each appears */
        if (distance < best_distance) {
            best_distance = distance;
            best = i;
        }
    }
    return best;
}

static void choose_colors(weighted_color *list, int count, th_gif_palette *palette) {
    if (count <= TH_GIF_COLORS_MAX) {
        palette->color_count = count;
        for (int i = 0; i < count; i++) {
            palette->colors[i] = list[i].color;
        }
        return;
    }
    color_box boxes[TH_GIF_COLORS_MAX];
    palette->color_count = cut_boxes(list, count, TH_GIF_COLORS_MAX - 1, boxes);
    for (int i = 0; i < palette->color_count; i++) {
        palette->colors[i] = box_color(list, &boxes[i]);
    }
}

bool th_gif_palette_build(th_color_table *table, th_gif_palette *palette) {
    TH_ASSERT(table->count > 0);
    weighted_color *list = list_colors(table);
    if (list == NULL) {
        return false;
    }
    *palette = (th_gif_palette){.transparent = TH_GIF_NOT_TRANSPARENT, .bits = 1};
    choose_colors(list, table->count, palette);
    free(list);
    int used = palette->color_count;
    if (used < TH_GIF_COLORS_MAX) {
        palette->transparent = used++;
    }
    while (1 << palette->bits < used) {
        palette->bits++;
    }
    for (int i = 0; i < TH_COLOR_TABLE_SLOTS; i++) {
        if (table->slots[i].color != 0) {
            table->slots[i].index = (uint32_t)nearest(palette, table->slots[i].color);
        }
    }
    return true;
}
