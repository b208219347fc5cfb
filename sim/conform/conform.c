#include "sim/conform/replay.h"

#include "sim/base/assert.h"
#include "sim/gomap/hiter.h"

#include <stdlib.h>
#include <string.h>

// No address is used twice and old arrays stay, so a long replay moves on to another region in
// time.
enum { REGION_FULL = 1 << 28, FIRST_G = 1 };

const th_map_type *th_conform_type(const th_conform *replay) {
    return &replay->env.types[replay->type];
}

th_conform *th_conform_new(th_scalar key, int64_t hint) {
    th_conform *replay = calloc(1, sizeof(*replay));
    TH_ASSERT(replay != NULL);
    th_memory_init(&replay->memory);
    replay->env.strings = th_strings_new();
    replay->env.nan_hashes = &replay->nan_hashes;
    replay->port = (th_port){.memory = &replay->memory,
                             .events = &replay->events,
                             .draws = &replay->draws,
                             .choice_value = -1,
                             .g = FIRST_G};
    th_bucket_text_init(&replay->text);
    const int type = th_gomap_env_type(&replay->env, key, TH_U64);
    if (type >= 0) {
        replay->type = (uint16_t)type;
        replay->map = th_gomap_make(&replay->env, &replay->port, replay->type, hint, 1);
    }
    if (replay->map != 0) return replay;
    th_conform_free(replay);
    return NULL;
}

void th_conform_free(th_conform *replay) {
    if (replay == NULL) return;
    th_memory_free(&replay->memory);
    th_events_free(&replay->events);
    th_strings_free(replay->env.strings);
    th_gomap_env_free(&replay->env);
    th_bucket_text_free(&replay->text);
    free(replay->nan_items);
    free(replay);
}

// --- what differs ---

static th_conform_difference *differ(th_conform_report *report, const char *field) {
    TH_ASSERT(report->difference_count < TH_CONFORM_DIFFERENCE_MAX);
    th_conform_difference *difference = &report->differences[report->difference_count++];
    *difference = (th_conform_difference){.field = field};
    return difference;
}

static void differ_texts(th_conform_report *report, const char *field, const char *expected,
                         const char *actual) {
    th_conform_difference *difference = differ(report, field);
    th_print out = th_print_to(difference->expected, TH_CONFORM_TEXT_MAX);
    th_print_text(&out, expected);
    out = th_print_to(difference->actual, TH_CONFORM_TEXT_MAX);
    th_print_text(&out, actual);
}

static void compare_numbers(th_conform_report *report, const char *field, uint64_t expected,
                            uint64_t actual) {
    if (expected == actual) return;
    th_conform_difference *difference = differ(report, field);
    th_print out = th_print_to(difference->expected, TH_CONFORM_TEXT_MAX);
    th_print_uint(&out, expected);
    out = th_print_to(difference->actual, TH_CONFORM_TEXT_MAX);
    th_print_uint(&out, actual);
}

static void compare_bools(th_conform_report *report, const char *field, bool expected,
                          bool actual) {
    if (expected == actual) return;
    differ_texts(report, field, expected ? "true" : "false", actual ? "true" : "false");
}

static void compare_digests(th_conform_report *report, uint64_t expected, uint64_t actual) {
    if (expected == actual) return;
    th_conform_difference *difference = differ(report, "digest");
    th_print out = th_print_to(difference->expected, TH_CONFORM_TEXT_MAX);
    th_conform_print_word(&out, expected);
    out = th_print_to(difference->actual, TH_CONFORM_TEXT_MAX);
    th_conform_print_word(&out, actual);
}

static void print_spare(int64_t index, char *text) {
    th_print out = th_print_to(text, TH_CONFORM_TEXT_MAX);
    th_print_text(&out, index < 0 ? "-" : "p");
    if (index >= 0) th_print_int(&out, index);
}

static void compare_spares(th_conform_report *report, int64_t expected, int64_t actual) {
    if (expected == actual) return;
    th_conform_difference *difference = differ(report, "nextOverflow");
    print_spare(expected, difference->expected);
    print_spare(actual, difference->actual);
}

static void compare_keys(const th_conform *replay, th_conform_report *report, th_value expected,
                         th_value actual) {
    if (expected.w[0] == actual.w[0] && expected.w[1] == actual.w[1]) return;
    th_conform_difference *difference = differ(report, "k");
    th_conform_key_print(replay, expected, difference->expected, TH_CONFORM_TEXT_MAX);
    th_conform_key_print(replay, actual, difference->actual, TH_CONFORM_TEXT_MAX);
}

// --- a step ---

static bool has_key(const th_conform_op *op) {
    return op->op == TH_MAP_SET || op->op == TH_MAP_GET || op->op == TH_MAP_DELETE;
}

static bool is_loop(const th_conform_op *op) {
    return op->op == TH_MAP_RANGE || op->op == TH_MAP_NEXT;
}

static void tell_hash(th_conform *replay, th_value key, uint64_t hash) {
    if (th_gomap_key_is_nan(th_conform_type(replay), key)) {
        replay->nan_items[replay->nan_hashes.count++] = hash;
    } else {
        th_gomap_pin(&replay->env, replay->type, key, hash);
    }
}

// Fixes what the runtime hashed in this operation. A key has one hash at a time; a NaN gets a new
// one each time, so those are told in order.
static void tell_hashes(th_conform *replay, const th_conform_op *op, uint64_t count) {
    if (op->hash_count >= replay->nan_capacity) {
        replay->nan_capacity = (op->hash_count + 1) * 2;
        replay->nan_items =
            realloc(replay->nan_items, replay->nan_capacity * sizeof(*replay->nan_items));
        TH_ASSERT(replay->nan_items != NULL);
    }
    replay->nan_hashes = (th_nan_hashes){.items = replay->nan_items};
    // An empty map is read and deleted from without hashing.
    if (op->op == TH_MAP_SET || (has_key(op) && count > 0)) tell_hash(replay, op->key, op->hash);
    for (uint32_t i = 0; i < op->hash_count; i++) {
        tell_hash(replay, op->hashes[i].key, op->hashes[i].hash);
    }
}

// The random number with which mapiterinit comes to that bucket and slot.
static int64_t range_choice(const th_conform_op *op, uint8_t B) {
    const uint64_t mask = (UINT64_C(1) << B) - 1;
    return (int64_t)((op->offset & (TH_BUCKET_SLOTS - 1)) << B | (op->start_bucket & mask));
}

static uint64_t begin_loop(th_conform *replay, const th_conform_op *op) {
    uint64_t *it = &replay->loops[op->loop];
    if (op->op == TH_MAP_RANGE && *it != 0) th_memory_clear(&replay->memory, *it, TH_HITER_SIZE);
    return *it;
}

static void move_on(th_conform *replay) {
    const uint16_t g = replay->port.g;
    if (g >= replay->memory.region_count || replay->memory.regions[g].top < REGION_FULL) return;
    if (g + 1 < TH_REGION_MAX) replay->port.g++;
}

static void compare_loop(th_conform *replay, const th_conform_op *op, const th_map_frame *frame,
                         th_conform_report *report) {
    if (op->op == TH_MAP_RANGE) {
        const th_memory *memory = &replay->memory;
        compare_numbers(report, "startBucket", op->start_bucket,
                        th_memory_peek(memory, frame->it + TH_HITER_start_bucket, 8));
        compare_numbers(report, "offset", op->offset,
                        th_memory_peek(memory, frame->it + TH_HITER_offset, 1));
    }
    compare_bools(report, "end", !op->ok, !frame->ok);
    if (!op->ok || !frame->ok) return;
    compare_keys(replay, report, op->key, frame->out_key);
    compare_numbers(report, "v", op->value, frame->out_elem.w[0]);
}

static void compare_result(th_conform *replay, const th_conform_op *op, const th_map_frame *frame,
                           th_conform_report *report) {
    if (is_loop(op)) compare_loop(replay, op, frame, report);
    if (op->op == TH_MAP_GET) {
        compare_bools(report, "ok", op->ok, frame->ok);
        compare_numbers(report, "v", op->value, frame->out_elem.w[0]);
    }
    compare_numbers(report, "hashes of NaNs", replay->nan_hashes.count, replay->nan_hashes.taken);
}

static int64_t next_overflow(const th_conform *replay, const th_hmap *header) {
    if (header->extra == 0) return -1;
    const uint64_t next =
        th_memory_peek(&replay->memory, header->extra + TH_EXTRA_next_overflow, 8);
    if (next == 0) return -1;
    return th_bucket_text_spare(&replay->memory, th_conform_type(replay), header->buckets,
                                UINT64_C(1) << header->B, next);
}

static void compare_state(th_conform *replay, const th_conform_state *state,
                          th_conform_report *report) {
    th_hmap header;
    th_hmap_read(&replay->memory, replay->map, &header);
    compare_numbers(report, "count", state->count, header.count);
    compare_numbers(report, "flags", state->flags, header.flags);
    compare_numbers(report, "B", state->B, header.B);
    if (state->noverflow >= 0) {
        compare_numbers(report, "noverflow", (uint64_t)state->noverflow, header.noverflow);
    }
    compare_numbers(report, "nevacuate", state->nevacuate, header.nevacuate);
    compare_bools(report, "growing", state->growing, header.oldbuckets != 0);
    compare_spares(report, state->next_overflow, next_overflow(replay, &header));
    const bool keep = state->buckets != NULL;
    th_bucket_text_write(&replay->text, &replay->memory, replay->env.strings,
                         th_conform_type(replay), &header, keep);
    compare_digests(report, state->digest, replay->text.digest);
    if (!keep) return;
    report->buckets = replay->text.items;
    // Where the digests differ the texts do, and are shown; a trace can disagree with itself,
    // though.
    if (state->digest == replay->text.digest && strcmp(state->buckets, replay->text.items) != 0) {
        differ_texts(report, "buckets", "below", "below");
    }
}

static const char *refuse(const th_conform *replay, const th_conform_op *op) {
    if (!is_loop(op)) return NULL;
    if (op->loop >= TH_CONFORM_LOOP_MAX) return "too many range loops";
    if (op->op == TH_MAP_NEXT && !replay->under_way[op->loop]) return "no such loop is under way";
    return NULL;
}

// Runs the operation to its end.
static th_run operate(th_conform *replay, const th_conform_op *op, th_map_frame *frame) {
    th_hmap header;
    th_hmap_read(&replay->memory, replay->map, &header);
    tell_hashes(replay, op, header.count);
    replay->port.choice_value = op->op == TH_MAP_RANGE ? range_choice(op, header.B) : -1;
    replay->port.budget = UINT32_MAX;
    const th_value elem = {{op->value, 0}};
    th_gomap_begin(frame, op->op, replay->type, replay->map,
                   is_loop(op) ? begin_loop(replay, op) : 0, &op->key, &elem);
    const th_run run = th_gomap_run(&replay->env, &replay->port, frame);
    if (is_loop(op)) {
        replay->loops[op->loop] = frame->it;
        replay->under_way[op->loop] = frame->ok;
    }
    replay->events.count = 0;
    move_on(replay);
    return run;
}

th_conform_result th_conform_step(th_conform *replay, const th_conform_op *op,
                                  th_conform_report *report) {
    report->difference_count = 0;
    report->buckets = NULL;
    report->refused = refuse(replay, op);
    if (report->refused != NULL) return TH_CONFORM_REFUSED;
    th_map_frame frame;
    const th_run run = operate(replay, op, &frame);
    if (replay->port.limit) report->refused = "the map is too big to simulate";
    if (replay->port.limit) return TH_CONFORM_REFUSED;
    if (run == TH_RUN_DONE) {
        compare_result(replay, op, &frame, report);
    } else {
        differ_texts(report, "outcome", "done",
                     run == TH_RUN_FAULT ? th_fault_string((th_fault)replay->port.fault)
                                         : replay->port.message);
    }
    if (op->has_state) compare_state(replay, &op->state, report);
    return report->difference_count == 0 ? TH_CONFORM_SAME : TH_CONFORM_DIFFERENT;
}
