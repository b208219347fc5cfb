#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

void th_probe_open(th_map_probe *probe, th_scalar key, int64_t hint) {
    *probe = (th_map_probe){0};
    th_memory_init(&probe->memory);
    probe->env.strings = th_strings_new();
    const int type = th_gomap_env_type(&probe->env, key, TH_U64);
    assert_true(type >= 0);
    probe->type = (uint16_t)type;
    probe->port = (th_port){.memory = &probe->memory,
                            .events = &probe->events,
                            .seed = 1,
                            .draws = &probe->draws,
                            .choice_value = -1,
                            .g = 1};
    probe->map = th_gomap_make(&probe->env, &probe->port, probe->type, hint, 1);
    assert_true(probe->map != 0);
}

void th_probe_close(th_map_probe *probe) {
    th_memory_check(&probe->memory);
    th_memory_free(&probe->memory);
    th_events_free(&probe->events);
    th_strings_free(probe->env.strings);
    th_gomap_env_free(&probe->env);
}

th_value th_probe_key(th_map_probe *probe, uint64_t n) {
    switch ((th_scalar)probe->env.types[probe->type].key) {
    case TH_STRING: {
        char text[32];
        const int length = snprintf(text, sizeof text, "key-%llu", (unsigned long long)n);
        return th_strings_intern(probe->env.strings, text, (size_t)length);
    }
    case TH_U64X2: return (th_value){{n, ~n}};
    case TH_F64: {
        const double number = (double)n;
        th_value value = {{0, 0}};
        memcpy(&value.w[0], &number, 8);
        return value;
    }
    default: return (th_value){{n, 0}};
    }
}

void th_probe_pin(th_map_probe *probe, uint64_t n, uint64_t bucket, uint64_t top) {
    th_gomap_pin(&probe->env, probe->type, th_probe_key(probe, n), top << 56 | bucket);
}

// "R b0.key[1], ": the second word of a key of two has "+8" behind it.
static void note_step(th_map_probe *probe, const th_access *access) {
    char name[64] = "";
    th_gomap_name(&probe->memory, probe->env.types, access->address, name, sizeof name);
    const bool second_word = probe->env.types[probe->type].key_size == 16 &&
                             strstr(name, ".key[") != NULL &&
                             (access->address - TH_BUCKET_SLOTS) % 16 == 8;
    const char *kind = "R";
    if (access->kind == TH_EVENT_WRITE) kind = "W";
    if (access->kind == TH_EVENT_CLEAR) kind = "C";
    if (access->kind == TH_EVENT_ATOMIC_RMW) kind = "A";
    const size_t length = strlen(probe->steps);
    snprintf(probe->steps + length, sizeof probe->steps - length, "%s %s%s, ", kind, name,
             second_word ? "+8" : "");
}

static th_run advance(th_map_probe *probe, th_map_frame *frame) {
    if (probe->quiet) {
        probe->port.budget = UINT32_MAX;
        return th_gomap_run(&probe->env, &probe->port, frame);
    }
    probe->steps[0] = '\0';
    probe->port.budget = 0;
    th_run run = th_gomap_run(&probe->env, &probe->port, frame);
    while (run == TH_RUN_YIELD) {  // one access at a time, as a scheduler would
        note_step(probe, &probe->port.access);
        probe->port.budget = 1;
        run = th_gomap_run(&probe->env, &probe->port, frame);
    }
    return run;
}

th_map_frame th_probe_run(th_map_probe *probe, th_map_op op, const th_value *key, uint64_t value,
                          uint64_t it) {
    th_map_frame frame;
    const th_value elem = {{value, 0}};
    th_gomap_begin(&frame, op, probe->type, probe->map, it, key, &elem);
    assert_int_equal(advance(probe, &frame), TH_RUN_DONE);
    probe->events.count = 0;
    if (!probe->quiet) {
        const char *broken = th_gomap_broken(&probe->env, &probe->memory, probe->map);
        if (broken != NULL) fail_msg("%s", broken);
    }
    return frame;
}

void th_probe_set(th_map_probe *probe, uint64_t n, uint64_t value) {
    const th_value key = th_probe_key(probe, n);
    th_probe_run(probe, TH_MAP_SET, &key, value, 0);
}

void th_probe_delete(th_map_probe *probe, uint64_t n) {
    const th_value key = th_probe_key(probe, n);
    th_probe_run(probe, TH_MAP_DELETE, &key, 0, 0);
}

void th_probe_clear(th_map_probe *probe) { th_probe_run(probe, TH_MAP_CLEAR, NULL, 0, 0); }

bool th_probe_get(th_map_probe *probe, uint64_t n, uint64_t *value) {
    const th_value key = th_probe_key(probe, n);
    const th_map_frame frame = th_probe_run(probe, TH_MAP_GET, &key, 0, 0);
    *value = frame.out_elem.w[0];
    return frame.ok;
}

th_map_frame th_probe_range(th_map_probe *probe, uint64_t start_bucket, uint64_t offset) {
    const th_hmap header = th_probe_header(probe);
    probe->port.choice_value = (int64_t)(offset << header.B | start_bucket);
    const th_map_frame frame = th_probe_run(probe, TH_MAP_RANGE, NULL, 0, 0);
    probe->port.choice_value = -1;
    return frame;
}

th_map_frame th_probe_next(th_map_probe *probe, const th_map_frame *loop) {
    return th_probe_run(probe, TH_MAP_NEXT, NULL, 0, loop->it);
}

th_hmap th_probe_header(const th_map_probe *probe) {
    th_hmap header;
    th_hmap_read(&probe->memory, probe->map, &header);
    return header;
}

// Appends one turn of a repeated body.
static char *add_turn(char *out, const char *body, const char *end, int number) {
    for (; body < end; body++) {
        if (*body == '#') {
            out += sprintf(out, "%d", number);
        } else {
            *out++ = *body;
        }
    }
    return out;
}

static void expand(const char *list, char *out) {
    while (*list != '\0') {
        int first;
        int last;
        int head = 0;
        if (*list != '{' || sscanf(list, "{%d..%d: %n", &first, &last, &head) != 2) {
            *out++ = *list++;
            continue;
        }
        const char *end = strchr(list, '}');
        for (int i = first; i <= last; i++) out = add_turn(out, list + head, end, i);
        list = end + 1;
    }
    *out = '\0';
}

void th_probe_expect_steps(const th_map_probe *probe, const char *expected) {
    static char expanded[TH_PROBE_STEPS_MAX];
    expand(expected, expanded);
    if (strcmp(expanded, probe->steps) == 0) return;
    size_t same = 0;
    while (expanded[same] == probe->steps[same]) same++;
    while (same > 0 && expanded[same - 1] != ' ') same--;
    fail_msg("after \"...%.*s\"\nexpected: %.200s\nactual:   %.200s",
             (int)(same < 120 ? same : 120), expanded + (same < 120 ? 0 : same - 120),
             expanded + same, probe->steps + same);
}
