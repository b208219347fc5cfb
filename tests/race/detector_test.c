// The race detector against happens-before computed as a transitive closure over whole runs.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "sim/memory/memory.h"
#include "sim/race/detector.h"
#include "sim/race/report.h"

// ---- Brute force: a run is a list of events; edges between them; a closure; every pair looked at.

enum { EVENT_MAX = 160, G_MAX = 6 };

typedef enum event_class { START, EDGE, ACCESS } event_class;

typedef struct event {
    event_class class;
    th_race_access access;
    th_hb hb;
    uint16_t g, other;
    uint64_t object;
} event;

typedef struct run {
    event events[EVENT_MAX];
    uint32_t count;
    bool before[EVENT_MAX][EVENT_MAX];  // happens-before
} run;

static bool is_atomic(uint8_t kind) {
    return kind == TH_EVENT_ATOMIC_LOAD || kind == TH_EVENT_ATOMIC_STORE ||
           kind == TH_EVENT_ATOMIC_RMW || kind == TH_EVENT_ATOMIC_CAS ||
           kind == TH_EVENT_ATOMIC_CAS_FAILED;
}
static bool is_write(uint8_t kind) {
    return kind == TH_EVENT_WRITE || kind == TH_EVENT_ATOMIC_STORE || kind == TH_EVENT_ATOMIC_RMW ||
           kind == TH_EVENT_ATOMIC_CAS || kind == TH_EVENT_CLEAR || kind == TH_EVENT_RELEASE;
}
static bool touch(const th_race_access *a, const th_race_access *b, uint64_t byte) {
    return byte - a->address < a->size && byte - b->address < b->size;
}
static bool common_byte(const th_race_access *a, const th_race_access *b) {
    return a->address < b->address + b->size && b->address < a->address + a->size;
}

// Does atomic load `later` read a byte that `earlier` stored last?
static bool observes(const run *r, uint32_t earlier, uint32_t later) {
    const th_race_access *from = &r->events[earlier].access, *to = &r->events[later].access;
    if (!is_atomic(from->kind) || !is_write(from->kind)) return false;
    if (!is_atomic(to->kind) || to->kind == TH_EVENT_ATOMIC_STORE) return false;
    for (uint64_t byte = to->address; byte < to->address + to->size; byte++) {
        if (!touch(from, to, byte)) continue;
        bool last = true;
        for (uint32_t i = earlier + 1; i < later; i++) {
            const event *between = &r->events[i];
            if (between->class == ACCESS && is_atomic(between->access.kind) &&
                is_write(between->access.kind) &&
                byte - between->access.address < between->access.size) {
                last = false;
            }
        }
        if (last) return true;
    }
    return false;
}

static bool releases(th_hb hb) {
    return hb == TH_HB_RELEASE || hb == TH_HB_PUBLISH || hb == TH_HB_EXCHANGE;
}

// Does an edge of `earlier` reach `later` through the object? A publication or an exchange hides
// what was released before it.
static bool passes(const run *r, uint32_t earlier, uint32_t later) {
    const event *from = &r->events[earlier], *to = &r->events[later];
    if (from->object != to->object || !releases(from->hb)) return false;
    if (to->hb != TH_HB_ACQUIRE && to->hb != TH_HB_EXCHANGE) return false;
    for (uint32_t i = earlier + 1; i < later; i++) {
        const event *between = &r->events[i];
        if (between->class == EDGE && between->object == from->object &&
            (between->hb == TH_HB_PUBLISH || between->hb == TH_HB_EXCHANGE)) {
            return false;
        }
    }
    return true;
}

static bool is_hand(const event *e) { return e->class == EDGE && e->hb == TH_HB_HAND; }

static bool takes_part(const event *e, uint16_t g) {
    if (e->class == ACCESS) return e->access.g == g;
    const bool both = e->class == START || e->hb == TH_HB_RENDEZVOUS;
    return e->g == g || (both && e->other == g);
}

static bool reach[2 * EVENT_MAX][2 * EVENT_MAX];

// A goroutine's events in order, and what was handed to it before each.
static void chain(const run *r, uint16_t g) {
    int64_t last = -1;
    for (uint32_t i = 0; i < r->count; i++) {
        if (!takes_part(&r->events[i], g)) continue;
        if (last >= 0) reach[2 * last + 1][2 * i] = true;
        last = i;
        for (uint32_t k = 0; k < i; k++) {
            if (is_hand(&r->events[k]) && r->events[k].other == g) reach[2 * k][2 * i] = true;
        }
    }
}

// Event i is two nodes: 2i, all that its goroutines knew before it, which is what it releases; and
// 2i + 1, what they know after it, with what it acquired.
static void close_run(run *r) {
    const uint32_t n = 2 * r->count;
    memset(reach, 0, sizeof(reach));
    for (uint32_t i = 0; i < r->count; i++) reach[2 * i][2 * i + 1] = true;
    for (uint32_t g = 1; g < G_MAX; g++) chain(r, (uint16_t)g);
    for (uint32_t i = 0; i < r->count; i++) {
        for (uint32_t k = i + 1; k < r->count; k++) {
            const event *from = &r->events[i], *to = &r->events[k];
            if (from->class == EDGE && to->class == EDGE && passes(r, i, k)) {
                reach[2 * i][2 * k + 1] = true;
            }
            if (from->class == ACCESS && to->class == ACCESS && observes(r, i, k)) {
                reach[2 * i + 1][2 * k] = true;
            }
        }
    }
    for (uint32_t m = 0; m < n; m++) {
        for (uint32_t i = 0; i < n; i++) {
            if (!reach[i][m]) continue;
            for (uint32_t k = 0; k < n; k++) reach[i][k] |= reach[m][k];
        }
    }
    for (uint32_t i = 0; i < r->count; i++) {
        for (uint32_t k = 0; k < r->count; k++) r->before[i][k] = reach[2 * i + 1][2 * k];
    }
}

static bool races(const run *r, uint32_t i, uint32_t k) {
    const th_race_access *a = &r->events[i].access, *b = &r->events[k].access;
    return r->events[i].class == ACCESS && r->events[k].class == ACCESS && a->g != b->g &&
           common_byte(a, b) && (is_write(a->kind) || is_write(b->kind)) &&
           !(is_atomic(a->kind) && is_atomic(b->kind)) && !r->before[i][k];
}

// ---- Random runs

static const uint8_t KINDS[] = {
    TH_EVENT_READ,       TH_EVENT_READ,        TH_EVENT_WRITE,
    TH_EVENT_WRITE,      TH_EVENT_ATOMIC_LOAD, TH_EVENT_ATOMIC_STORE,
    TH_EVENT_ATOMIC_RMW, TH_EVENT_ATOMIC_CAS,  TH_EVENT_ATOMIC_CAS_FAILED,
    TH_EVENT_CLEAR};

static event random_access(th_rng *rng, uint16_t g, uint32_t step) {
    const uint8_t kind = KINDS[th_rng_below(rng, sizeof(KINDS))];
    const uint32_t size =
        kind == TH_EVENT_CLEAR ? 1 + (uint32_t)th_rng_below(rng, 24) : 1U << th_rng_below(rng, 4);
    return (event){.class = ACCESS,
                   .g = g,
                   .access = {.address = TH_MEMORY_BASE + 0x2000 + th_rng_below(rng, 20),
                              .step = step,
                              .size = size,
                              .line = (uint32_t)th_rng_below(rng, 4),
                              .g = g,
                              .kind = kind}};
}

static void random_run(run *r, th_rng *rng) {
    uint16_t started = (uint16_t)(1 + th_rng_below(rng, 3));  // at time zero
    r->count = 0;
    for (uint16_t g = 1; g <= started; g++) {
        r->events[r->count++] = (event){.class = START, .g = 0, .other = g};
    }
    const uint32_t length = 20 + (uint32_t)th_rng_below(rng, EVENT_MAX - 20);
    const uint32_t sync_share = 2 + (uint32_t)th_rng_below(rng, 6);
    while (r->count < length) {
        const uint16_t g = (uint16_t)(1 + th_rng_below(rng, started));
        uint16_t other = (uint16_t)(1 + th_rng_below(rng, started));
        if (started + 1 < G_MAX && th_rng_below(rng, 6) == 0) {
            started++;
            r->events[r->count++] = (event){.class = START, .g = g, .other = started};
        } else if (th_rng_below(rng, sync_share) == 0) {
            th_hb hb = (th_hb)th_rng_below(rng, TH_HB_HAND + 1);
            if (other == g && hb >= TH_HB_RENDEZVOUS) hb = TH_HB_ACQUIRE;
            if (hb < TH_HB_RENDEZVOUS) other = 0;
            const uint64_t object = hb < TH_HB_RENDEZVOUS ? 0x1000 + 8 * th_rng_below(rng, 3) : 0;
            r->events[r->count++] =
                (event){.class = EDGE, .hb = hb, .g = g, .other = other, .object = object};
        } else {
            r->events[r->count] = random_access(rng, g, r->count);
            r->count++;
        }
    }
    close_run(r);
}

static bool feed(th_detector *detector, const event *e, th_race_report *report) {
    if (e->class == START) th_detector_start(detector, e->g, e->other);
    if (e->class == EDGE) th_detector_edge(detector, e->hb, e->g, e->object, e->other);
    return e->class == ACCESS && th_detector_access(detector, &e->access, report);
}

static uint32_t latest_racing(const run *r, uint32_t k) {
    for (uint32_t i = k; i-- > 0;) {
        if (races(r, i, k)) return i;
    }
    return EVENT_MAX;
}

static void verdicts_equal_those_of_a_transitive_closure(void **state) {
    (void)state;
    static run r;
    uint32_t racing = 0, clean = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        th_rng rng = {.state = seed};
        random_run(&r, &rng);
        th_detector detector;
        th_detector_init(&detector);
        for (uint32_t k = 0; k < r.count; k++) {
            th_race_report report;
            const bool raced = feed(&detector, &r.events[k], &report);
            const bool expected = latest_racing(&r, k) != EVENT_MAX;
            if (raced != expected) {
                fail_msg("seed %u event %u: %d instead of %d", (unsigned)seed, k, raced, expected);
            }
            racing += raced;
            clean += !raced && r.events[k].class == ACCESS;
            if (raced) {  // the access named is one that does race
                assert_true(races(&r, (uint32_t)report.earlier.step, k));
                const th_race_access *named = &r.events[report.earlier.step].access;
                assert_int_equal(report.earlier.address, named->address);
                assert_int_equal(report.earlier.size, named->size);
                assert_int_equal(report.earlier.kind, named->kind);
            }
        }
        th_detector_check(&detector);
        th_detector_free(&detector);
    }
    assert_true(racing > 4000);
    assert_true(clean > 4000);
}

static void a_copy_gives_the_same_verdicts_and_hashes(void **state) {
    (void)state;
    static run r;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        th_rng rng = {.state = seed};
        random_run(&r, &rng);
        th_detector detector, copy = {0};
        th_detector_init(&detector);
        for (uint32_t k = 0; k < r.count; k++) {
            if (k == r.count / 2) th_detector_copy(&copy, &detector);
            feed(&detector, &r.events[k], NULL);
        }
        const uint64_t races_found = detector.race_count;
        const uint64_t hash = th_detector_hash(&detector);
        for (uint32_t k = r.count / 2; k < r.count; k++) feed(&copy, &r.events[k], NULL);
        assert_true(copy.race_count == races_found);
        assert_true(th_detector_hash(&copy) == hash);
        assert_int_equal(copy.report_count, detector.report_count);
        th_detector_check(&copy);
        th_detector_check(&detector);
        th_detector_free(&copy);
        th_detector_free(&detector);
    }
}

// ---- Single claims

static const uint64_t X = TH_MEMORY_BASE + 0x2000;

static bool at(th_detector *detector, th_event_kind kind, uint16_t g, uint64_t address,
               uint32_t size) {
    const th_race_access access = {.address = address,
                                   .step = detector->step + 1,
                                   .size = size,
                                   .g = g,
                                   .kind = (uint8_t)kind};
    return th_detector_access(detector, &access, NULL);
}

static th_detector two_goroutines(void) {
    th_detector detector;
    th_detector_init(&detector);
    th_detector_start(&detector, 0, 1);
    th_detector_start(&detector, 1, 2);
    return detector;
}

static void what_comes_before_a_go_statement_is_ordered(void **state) {
    (void)state;
    th_detector detector;
    th_detector_init(&detector);
    th_detector_start(&detector, 0, 1);
    assert_false(at(&detector, TH_EVENT_WRITE, 1, X, 8));
    th_detector_start(&detector, 1, 2);
    assert_false(at(&detector, TH_EVENT_READ, 2, X, 8));
    assert_true(at(&detector, TH_EVENT_WRITE, 1, X, 8));  // after it: not
    th_detector_free(&detector);
}

static void a_lock_orders_its_critical_sections(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    const uint64_t mutex = X + 64;
    assert_false(at(&detector, TH_EVENT_WRITE, 1, X, 8));
    th_detector_edge(&detector, TH_HB_RELEASE, 1, mutex, 0);
    th_detector_edge(&detector, TH_HB_ACQUIRE, 2, mutex, 0);
    assert_true(th_detector_ordered(&detector, 1, 2) == false);  // what 1 does from now on
    assert_false(at(&detector, TH_EVENT_WRITE, 2, X, 8));
    assert_true(at(&detector, TH_EVENT_READ, 1, X, 8));
    th_detector_free(&detector);
}

static void neighbouring_bytes_do_not_race(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    assert_false(at(&detector, TH_EVENT_WRITE, 1, X, 4));
    assert_false(at(&detector, TH_EVENT_WRITE, 2, X + 4, 4));
    assert_true(at(&detector, TH_EVENT_READ, 1, X + 3, 2));
    th_detector_free(&detector);
}

static void an_access_across_words_races_in_either(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    assert_false(at(&detector, TH_EVENT_WRITE, 1, X + 9, 1));
    assert_true(at(&detector, TH_EVENT_WRITE, 2, X + 2, 8));
    th_race_report report;
    const th_race_access read = {
        .address = X + 8, .step = 9, .size = 1, .g = 1, .kind = TH_EVENT_READ};
    assert_true(th_detector_access(&detector, &read, &report));
    assert_int_equal(report.earlier.address, X + 2);
    assert_int_equal(report.earlier.size, 8);
    th_detector_free(&detector);
}

static void an_atomic_store_hides_the_one_before(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    th_detector_start(&detector, 1, 3);
    assert_false(at(&detector, TH_EVENT_WRITE, 1, X, 8));
    assert_false(at(&detector, TH_EVENT_ATOMIC_STORE, 1, X + 8, 8));
    assert_false(at(&detector, TH_EVENT_ATOMIC_STORE, 2, X + 8, 8));
    assert_false(at(&detector, TH_EVENT_ATOMIC_LOAD, 3, X + 8, 8));
    assert_true(at(&detector, TH_EVENT_READ, 3, X, 8));
    th_detector_free(&detector);
}

static void free_is_a_write_of_the_whole_block(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    assert_false(at(&detector, TH_EVENT_READ, 1, X + 100, 1));
    assert_true(at(&detector, TH_EVENT_RELEASE, 2, X, 128));
    assert_int_equal(detector.race_count, 1);
    th_detector_free(&detector);
}

static void equal_lines_and_address_are_one_report(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    for (uint32_t i = 0; i < 10; i++) {
        const uint16_t g = (uint16_t)(1 + i % 2);
        const th_race_access write = {
            .address = X, .step = i + 1, .size = 8, .line = 5, .g = g, .kind = TH_EVENT_WRITE};
        assert_true(th_detector_access(&detector, &write, NULL) == (i > 0));
    }
    assert_int_equal(detector.report_count, 1);
    assert_int_equal(detector.race_count, 9);
    assert_int_equal(th_detector_report(&detector, 0)->count, 9);
    th_detector_free(&detector);
}

static void more_reports_than_kept_are_still_counted(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    for (uint32_t i = 0; i < TH_RACE_REPORT_MAX + 20; i++) {
        assert_false(at(&detector, TH_EVENT_WRITE, 1, X + 8 * i, 8));
        assert_true(at(&detector, TH_EVENT_WRITE, 2, X + 8 * i, 8));
    }
    assert_int_equal(detector.report_count, TH_RACE_REPORT_MAX);
    assert_int_equal(detector.race_count, TH_RACE_REPORT_MAX + 20);
    th_detector_free(&detector);
}

static void a_thousand_goroutines_are_told_apart(void **state) {
    (void)state;
    enum { COUNT = 1100 };
    th_detector detector;
    th_detector_init(&detector);
    th_detector_start(&detector, 0, 1);
    for (uint32_t g = 2; g <= COUNT; g++) th_detector_start(&detector, 1, (uint16_t)g);
    for (uint32_t id = 2; id <= COUNT; id++) {  // each after the one before, through a lock
        const uint16_t g = (uint16_t)id;
        th_detector_edge(&detector, TH_HB_ACQUIRE, g, X + 64, 0);
        assert_false(at(&detector, TH_EVENT_WRITE, g, X, 8));
        th_detector_edge(&detector, TH_HB_RELEASE, g, X + 64, 0);
    }
    assert_true(at(&detector, TH_EVENT_READ, 1, X, 8));
    th_detector_check(&detector);
    th_detector_free(&detector);
}

// ---- The report's text

static uint32_t stack(void *context, const th_race_access *access, th_race_frame *frames) {
    (void)context;
    frames[0] = (th_race_frame){"main.main.func1()", "main.go", access->line};
    return 1;
}
static uint32_t creation(void *context, uint16_t g, th_race_frame *frames) {
    (void)context;
    frames[0] = (th_race_frame){"main.main()", "main.go", 20U + g};
    return 1;
}
static bool finished(void *context, uint16_t g) {
    (void)context;
    return g == 3;
}

static void a_report_has_the_shape_of_gos(void **state) {
    (void)state;
    th_detector detector = two_goroutines();
    th_detector_start(&detector, 1, 3);
    th_race_report report;
    const th_race_access read = {
        .address = X, .step = 4, .size = 8, .line = 12, .g = 3, .kind = TH_EVENT_READ};
    const th_race_access write = {
        .address = X, .step = 6, .size = 8, .line = 17, .g = 2, .kind = TH_EVENT_WRITE};
    assert_false(th_detector_access(&detector, &read, NULL));
    assert_true(th_detector_access(&detector, &write, &report));
    char text[1024];
    th_print out = th_print_to(text, sizeof(text));
    const th_race_names names = {
        .stack = stack, .creation = creation, .finished = finished, .main_g = 1};
    th_race_print(&out, &report, &names);
    th_race_print_count(&out, detector.race_count);
    assert_string_equal(text, "==================\n"
                              "WARNING: DATA RACE\n"
                              "Write at 0x00c000002000 by goroutine 2:\n"
                              "  main.main.func1()\n"
                              "      main.go:17\n"
                              "\n"
                              "Previous read at 0x00c000002000 by goroutine 3:\n"
                              "  main.main.func1()\n"
                              "      main.go:12\n"
                              "\n"
                              "Goroutine 2 (running) created at:\n"
                              "  main.main()\n"
                              "      main.go:22\n"
                              "\n"
                              "Goroutine 3 (finished) created at:\n"
                              "  main.main()\n"
                              "      main.go:23\n"
                              "==================\n"
                              "Found 1 data race(s)\n");
    out = th_print_to(text, sizeof(text));
    th_race_print_why(&out, &report);
    assert_string_equal(text, "goroutine 3 has released nothing since its access at step 4");
    th_detector_free(&detector);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_equal_those_of_a_transitive_closure),
        cmocka_unit_test(a_copy_gives_the_same_verdicts_and_hashes),
        cmocka_unit_test(what_comes_before_a_go_statement_is_ordered),
        cmocka_unit_test(a_lock_orders_its_critical_sections),
        cmocka_unit_test(neighbouring_bytes_do_not_race),
        cmocka_unit_test(an_access_across_words_races_in_either),
        cmocka_unit_test(an_atomic_store_hides_the_one_before),
        cmocka_unit_test(free_is_a_write_of_the_whole_block),
        cmocka_unit_test(equal_lines_and_address_are_one_report),
        cmocka_unit_test(more_reports_than_kept_are_still_counted),
        cmocka_unit_test(a_thousand_goroutines_are_told_apart),
        cmocka_unit_test(a_report_has_the_shape_of_gos),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
