// Replays of the committed traces of real Go maps agree; what was changed in one is found, and a
// damaged trace is told by line and crashes nothing.
#include "tests/conform/replay_text.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs the ones above
#include <cmocka.h>

#define TRACES "tests/oracle/traces/"

static void every_committed_trace_agrees(void **state) {
    (void)state;
    glob_t found;
    assert_int_equal(glob(TRACES "*.jsonl", 0, NULL, &found), 0);
    uint64_t states = 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        th_mutant text;
        th_replay replay;
        assert_true(th_mutant_read(found.gl_pathv[i], &text));
        const th_replay_end end = th_replay_text(&text, &replay);
        if (end != TH_REPLAY_SAME) {
            fail_msg("%s:%llu %s", found.gl_pathv[i], (unsigned long long)replay.line,
                     end == TH_REPLAY_DAMAGED ? replay.error : replay.report.differences[0].field);
        }
        states += replay.state_count;
        th_replay_free(&replay);
        free(text.bytes);
    }
    assert_true(states > 1000);
    globfree(&found);
}

#define HEAD(key, ops) "{\"format\":\"tophash-conform/1\",\"key\":\"" key "\",\"ops\":" ops "}\n"
#define SET "{\"i\":0,\"op\":\"set\",\"k\":\"1\",\"h\":\"1100000000000000\",\"v\":7"
#define STATE                                                                             \
    ",\"count\":1,\"flags\":0,\"B\":0,\"noverflow\":0,\"nevacuate\":0,\"growing\":false," \
    "\"nextOverflow\":\"-\",\"digest\":"
#define DIGEST "\"ce49ab5fc320bd8d\""
#define GET "{\"i\":1,\"op\":\"get\",\"k\":\"1\",\"h\":\"1100000000000000\",\"v\":"
#define ITER "{\"i\":1,\"op\":\"iter\",\"startBucket\":0,\"offset\":0,"

static th_replay_end replay_text(const char *text, th_replay *replay) {
    th_mutant trace = {malloc(strlen(text) + 1), strlen(text)};
    memcpy(trace.bytes, text, trace.length + 1);
    const th_replay_end end = th_replay_text(&trace, replay);
    free(trace.bytes);
    return end;
}

static void expect_same(const char *text) {
    th_replay replay;
    const th_replay_end end = replay_text(text, &replay);
    if (end == TH_REPLAY_DAMAGED) fail_msg("%s in %s", replay.error, text);
    if (end == TH_REPLAY_DIFFERENT) {
        fail_msg("%s: %s, %s", replay.report.differences[0].field,
                 replay.report.differences[0].expected, replay.report.differences[0].actual);
    }
    th_replay_free(&replay);
}

static void expect_difference(const char *text, uint64_t line, const char *field,
                              const char *expected, const char *actual) {
    th_replay replay;
    assert_int_equal(replay_text(text, &replay), TH_REPLAY_DIFFERENT);
    assert_int_equal(replay.line, line);
    assert_string_equal(replay.report.differences[0].field, field);
    assert_string_equal(replay.report.differences[0].expected, expected);
    assert_string_equal(replay.report.differences[0].actual, actual);
    th_replay_free(&replay);
}

static void expect_damage(const char *text, uint64_t line, const char *error) {
    th_replay replay;
    assert_int_equal(replay_text(text, &replay), TH_REPLAY_DAMAGED);
    if (strstr(replay.error, error) == NULL) fail_msg("\"%s\" for \"%s\"", replay.error, error);
    assert_int_equal(replay.line, line);
    th_replay_free(&replay);
}

static void each_field_of_a_state_is_compared(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *field, *expected, *actual;
    } CHANGES[] = {
        {"\"count\":1", "\"count\":2", "count", "2", "1"},
        {"\"flags\":0", "\"flags\":3", "flags", "3", "0"},
        {"\"B\":0", "\"B\":1", "B", "1", "0"},
        {"\"noverflow\":0", "\"noverflow\":9", "noverflow", "9", "0"},
        {"\"nevacuate\":0", "\"nevacuate\":1", "nevacuate", "1", "0"},
        {"\"growing\":false", "\"growing\":true", "growing", "true", "false"},
        {"\"nextOverflow\":\"-\"", "\"nextOverflow\":\"p0\"", "nextOverflow", "p0", "-"},
        {"\"digest\":\"ce", "\"digest\":\"2c", "digest", "2c49ab5fc320bd8d", "ce49ab5fc320bd8d"},
    };
    const char *whole = HEAD("u64", "1") SET STATE DIGEST "}\n";
    expect_same(whole);
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        char changed[1024];
        const char *at = strstr(whole, CHANGES[i].from);
        assert_non_null(at);
        snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - whole), whole, CHANGES[i].to,
                 at + strlen(CHANGES[i].from));
        expect_difference(changed, 2, CHANGES[i].field, CHANGES[i].expected, CHANGES[i].actual);
    }
}

static void noverflow_below_zero_is_not_compared(void **state) {
    (void)state;
    expect_same(HEAD("u64", "1") SET
                ",\"count\":1,\"flags\":0,\"B\":0,\"noverflow\":-1,\"nevacuate\":0,"
                "\"growing\":false,\"nextOverflow\":\"-\",\"digest\":" DIGEST "}\n");
}

static void what_operations_return_is_compared(void **state) {
    (void)state;
    expect_same(HEAD("u64", "2") SET "}\n" GET "7,\"ok\":true}\n");
    expect_difference(HEAD("u64", "2") SET "}\n" GET "8,\"ok\":true}\n", 3, "v", "8", "7");
    expect_difference(HEAD("u64", "2") SET "}\n" GET "7,\"ok\":false}\n", 3, "ok", "false", "true");
    expect_same(HEAD("u64", "2") SET "}\n" ITER "\"k\":\"1\",\"v\":7}\n");
    expect_difference(HEAD("u64", "2") SET "}\n" ITER "\"k\":\"2\",\"v\":7}\n", 3, "k", "2", "1");
    expect_difference(HEAD("u64", "2") SET "}\n" ITER "\"k\":\"1\",\"v\":9}\n", 3, "v", "9", "7");
    expect_difference(HEAD("u64", "2") SET "}\n" ITER "\"end\":true}\n", 3, "end", "true", "false");
}

static void values_of_64_bits_are_exact(void **state) {
    (void)state;
    expect_same(HEAD(
        "u64", "2") "{\"i\":0,\"op\":\"set\",\"k\":\"18446744073709551615\","
                    "\"h\":\"1100000000000000\",\"v\":18446744073709551615}\n"
                    "{\"i\":1,\"op\":\"get\",\"k\":\"18446744073709551615\","
                    "\"h\":\"1100000000000000\", \"v\" : 18446744073709551615 ,\"ok\":true}\n");
    expect_difference(
        HEAD("u64", "2") "{\"i\":0,\"op\":\"set\",\"k\":\"1\","
                         "\"h\":\"1100000000000000\",\"v\":9007199254740993}\n"
                         "{\"i\":1,\"op\":\"get\",\"k\":\"1\",\"h\":\"1100000000000000\","
                         "\"v\":9007199254740992,\"ok\":true}\n",
        3, "v", "9007199254740992", "9007199254740993");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"set\",\"k\":\"1\","
                                   "\"h\":\"1100000000000000\",\"v\":18446744073709551616}\n",
                  2, "\"v\" does not fit 64 bits");
}

static void damage_is_told_by_line(void **state) {
    (void)state;
    expect_damage("", 1, "empty");
    expect_damage("\n", 1, "not JSON");
    expect_damage("[]\n", 1, "not a JSON object");
    expect_damage("{\"format\":\"tophash-conform/2\"}\n", 1, "tophash-conform/2");
    expect_damage(HEAD("complex128", "1"), 1, "unknown key type complex128");
    expect_damage("{\"format\":\"tophash-conform/1\",\"key\":\"u16\",\"keysize\":8,\"ops\":1}\n", 1,
                  "\"keysize\" is 8");
    expect_damage("{\"format\":\"tophash-conform/1\",\"key\":\"u64\"}\n", 1, "\"ops\" is missing");
    expect_damage("{\"format\":\"tophash-conform/1\",\"key\":\"u64\",\"hint\":1000000000,"
                  "\"ops\":1}\n",
                  1, "too big to simulate");
    expect_damage(HEAD("u64", "2") SET "}\n", 2, "ends after 1 of 2 operations");
    expect_damage(HEAD("u64", "0") SET "}\n", 2, "more operations than the 0");
    expect_damage(HEAD("u64", "2") SET "}\n" SET "}\n", 3, "operation 0, where 1 comes next");
    expect_damage(HEAD("u64", "1") SET, 2, "cut within this line");
    expect_damage(HEAD("u64", "1") SET "\n", 2, "not JSON from column");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"put\"}\n", 2, "unknown operation put");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"set\",\"h\":\"00\"}\n", 2,
                  "\"k\" is missing");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"set\",\"k\":\"1\",\"h\":\"00\"}\n", 2,
                  "\"h\" is not of 16 hexadecimal digits");
    expect_damage(HEAD("u16", "1") "{\"i\":0,\"op\":\"set\",\"k\":\"65536\"}\n", 2,
                  "\"k\" is not a key of this type: 65536");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"next\",\"end\":true}\n", 2,
                  "no such loop is under way");
    expect_damage(HEAD("u64", "1") "{\"i\":0,\"op\":\"iter\",\"it\":1000,\"startBucket\":0,"
                                   "\"offset\":0,\"end\":true}\n",
                  2, "too many range loops");
    expect_damage(HEAD("u64", "1") SET ",\"count\":1}\n", 2, "\"flags\" is missing");
    expect_damage(HEAD("f64", "1") "{\"i\":0,\"op\":\"clear\",\"hashes\":[{\"k\":\"1\"}]}\n", 2,
                  "\"k\" is not a key of this type: 1");
}

// A last line that is complete but for its newline was not cut.
static void the_last_newline_may_be_missing(void **state) {
    (void)state;
    expect_same(HEAD("u64", "1") SET "}");
}

static void every_cut_of_a_trace_is_damage(void **state) {
    (void)state;
    th_mutant text;
    assert_true(th_mutant_read(TRACES "digest-big-u64-hint.jsonl", &text));
    const size_t whole = text.length;
    for (text.length = 0; text.length < whole - 1; text.length += 97) {
        th_replay replay;
        uint64_t lines = 1;
        for (size_t i = 0; i < text.length; i++) lines += text.bytes[i] == '\n';
        assert_int_equal(th_replay_text(&text, &replay), TH_REPLAY_DAMAGED);
        const bool at_line_end = text.length > 0 && text.bytes[text.length - 1] == '\n';
        assert_int_equal(replay.line, at_line_end ? lines - 1 : lines);
        th_replay_free(&replay);
    }
    free(text.bytes);
}

// What the fuzzer does, for a second or two and the same each time.
static void damaged_traces_crash_nothing(void **state) {
    (void)state;
    static const char *const PATHS[] = {
        TRACES "full-iterators-f64.jsonl", TRACES "full-longchurn-int.jsonl",
        TRACES "digest-loops-str.jsonl",   TRACES "digest-clear-u32.jsonl",
        TRACES "digest-collide-u64.jsonl",
    };
    enum { PATH_COUNT = sizeof PATHS / sizeof *PATHS };
    th_mutant texts[PATH_COUNT];
    th_rng rng = {3};
    uint32_t found[3] = {0};
    for (size_t i = 0; i < PATH_COUNT; i++) assert_true(th_mutant_read(PATHS[i], &texts[i]));
    for (int round = 0; round < 200; round++) {
        const th_mutant *text = &texts[th_rng_below(&rng, PATH_COUNT)];
        th_mutant mutant = th_mutant_of(text, &texts[th_rng_below(&rng, PATH_COUNT)], &rng);
        th_replay replay;
        found[th_replay_text(&mutant, &replay)]++;
        th_replay_free(&replay);
        free(mutant.bytes);
    }
    for (size_t i = 0; i < PATH_COUNT; i++) free(texts[i].bytes);
    assert_true(found[TH_REPLAY_DAMAGED] > 30);
    assert_true(found[TH_REPLAY_DIFFERENT] > 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_committed_trace_agrees),
        cmocka_unit_test(each_field_of_a_state_is_compared),
        cmocka_unit_test(noverflow_below_zero_is_not_compared),
        cmocka_unit_test(what_operations_return_is_compared),
        cmocka_unit_test(values_of_64_bits_are_exact),
        cmocka_unit_test(damage_is_told_by_line),
        cmocka_unit_test(the_last_newline_may_be_missing),
        cmocka_unit_test(every_cut_of_a_trace_is_damage),
        cmocka_unit_test(damaged_traces_crash_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
