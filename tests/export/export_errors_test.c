/* gui/export: what goes wrong is told in one line, and nothing is left behind. */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "gui/export/export.h"
#include "tests/export/scratch.h"
#include "tests/export/synthetic.h"

static const th_synthetic_desc CLIP = {
    .width = 317,
    .height = 243,
    .frame_count = 40,
    .tells_changes = true,
};

static th_export_error export_with(const th_export_desc *desc, const th_synthetic_desc *clip) {
    th_synthetic *synthetic = th_synthetic_open(clip);
    const th_frame_source source = th_synthetic_source(synthetic);
    th_export_error error;
    const bool done = th_export_run(desc, &source, &error);
    assert_int_equal(done, error.code == TH_EXPORT_OK);
    assert_null(strchr(error.message, '\n'));
    th_synthetic_close(synthetic);
    return error;
}

static th_export_error export_to(const char *out) {
    const th_export_desc desc = {.out = out, .jobs = 2, .progress = TH_EXPORT_PROGRESS_QUIET};
    return export_with(&desc, &CLIP);
}

static void assert_message(const th_export_error *error, th_export_code code, const char *part) {
    if (error->code != code || strstr(error->message, part) == NULL) {
        fail_msg("code %d, \"%s\", but wanted code %d, \"...%s...\"", error->code, error->message,
                 code, part);
    }
}

static void bad_names_are_refused(void **state) {
    (void)state;
    static const char *const PATTERNS[] = {
        "out/a.png",        "out/%d.png",      "out/%5d.png",      "out/%00d.png",
        "out/%05d%05d.png", "out/%05d-%s.png", "out/%05i.png",     "o%05d/a.png",
        "out/%05d%.png",    "o%%/%05d.png",    "out/%012345d.png",
    };
    for (size_t i = 0; i < sizeof PATTERNS / sizeof PATTERNS[0]; i++) {
        const th_export_error error = export_to(PATTERNS[i]);
        assert_message(&error, TH_EXPORT_BAD_NAME, "exactly one number such as %05d");
    }
    static const char *const ENDINGS[] = {"out", "out.avi", "", "gif", "out/%05d"};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        const th_export_error error = export_to(ENDINGS[i]);
        assert_message(&error, TH_EXPORT_BAD_NAME, "the name must be");
    }
    const th_export_error digits = export_to("out/%01d.png");
    assert_message(&digits, TH_EXPORT_BAD_NAME, "40 frames need more than 1 digits");
    assert_int_equal(th_scratch_entry_count("out"), -1);
}

static void values_out_of_range_are_refused(void **state) {
    (void)state;
    const th_export_desc fast = {.out = "a.gif", .fps = 1000};
    th_export_error error = export_with(&fast, &CLIP);
    assert_message(&error, TH_EXPORT_BAD_VALUE, "fps is 1000, but must be 0 to 240");
    const th_export_desc crowded = {.out = "a.gif", .jobs = -1};
    error = export_with(&crowded, &CLIP);
    assert_message(&error, TH_EXPORT_BAD_VALUE, "jobs is -1");
    const th_export_desc other = {.out = "a.gif", .format = TH_EXPORT_MP4};
    error = export_with(&other, &CLIP);
    assert_message(&error, TH_EXPORT_BAD_NAME, "a.gif: the name asks for another format");
    const th_frame_source empty = {.width = 1, .height = 1};
    const th_export_desc plain = {.out = "a.gif"};
    assert_false(th_export_run(&plain, &empty, &error));
    assert_message(&error, TH_EXPORT_BAD_VALUE, "there are no frames");
}

static void a_missing_folder_is_named(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    static const char *const NAMES[] = {"no/a.gif", "no/a.mp4"};
    for (size_t i = 0; i < 2; i++) {
        const th_export_error error = export_to(th_scratch_path(&scratch, NAMES[i]));
        if (error.code != TH_EXPORT_NO_FFMPEG) {
            assert_message(&error, TH_EXPORT_IO, "/no/a.");
            assert_message(&error, TH_EXPORT_IO, ": No such file or directory");
        }
    }
    const th_export_error error = export_to(th_scratch_path(&scratch, "no/no/%05d.png"));
    assert_message(&error, TH_EXPORT_IO, "cannot make folder ");
    th_scratch_close(&scratch);
}

static void a_folder_of_that_name_is_not_replaced(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    mkdir(th_scratch_path(&scratch, "a.gif"), 0777);
    const th_export_error error = export_to(th_scratch_path(&scratch, "a.gif"));
    assert_message(&error, TH_EXPORT_IO, "a.gif: Is a directory");
    th_scratch_close(&scratch);
}

/* Runs in a child: limits and identities cannot be given back. Exits 0 if `body` returns. */
static void in_child(void (*body)(const th_scratch *), const th_scratch *scratch) {
    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(120);
        body(scratch);
        _exit(0); /* a failed assertion leaves by cmocka's way, with another status */
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void require(bool condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "in child: %s\n", what);
        _exit(2);
    }
}

static void write_where_forbidden(const th_scratch *scratch) {
    require(geteuid() != 0 || setuid(65534) == 0, "cannot become nobody");
    static const char *const NAMES[] = {"%05d.png", "new/%05d.png", "a.gif", "a.mp4"};
    for (size_t i = 0; i < 4; i++) {
        const th_export_error error = export_to(th_scratch_path(scratch, NAMES[i]));
        require(error.code == TH_EXPORT_NO_FFMPEG ||
                    (error.code == TH_EXPORT_IO &&
                     strstr(error.message, ": Permission denied") != NULL),
                error.message);
    }
}

static void a_folder_that_cannot_be_written_is_told(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    chmod(scratch.folder, 0555);
    in_child(write_where_forbidden, &scratch);
    assert_int_equal(th_scratch_entry_count(scratch.folder), 0);
    chmod(scratch.folder, 0755);
    th_scratch_close(&scratch);
}

/* A limit on the size of files stops a write half-way, as a full disk does. */
static void write_with_little_room(const th_scratch *scratch) {
    const struct rlimit room = {9000, 9000};
    require(setrlimit(RLIMIT_FSIZE, &room) == 0, "setrlimit");
    static const char *const NAMES[] = {"new/%05d.png", "a.gif", "a.mp4", "a.webm"};
    for (size_t i = 0; i < 4; i++) {
        const th_export_error error = export_to(th_scratch_path(scratch, NAMES[i]));
        require(error.code == TH_EXPORT_NO_FFMPEG || error.code == TH_EXPORT_IO ||
                    error.code == TH_EXPORT_FFMPEG,
                error.message);
        require(error.code != TH_EXPORT_IO || strstr(error.message, ": File too large") != NULL,
                error.message);
    }
    require(th_scratch_entry_count(scratch->folder) == 0, "something was left behind");
}

static void running_out_of_room_leaves_nothing(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    in_child(write_with_little_room, &scratch);
    th_scratch_close(&scratch);
}

static void write_stdout_to(const char *path) {
    const int file = open(path, O_WRONLY);
    require(file >= 0 && dup2(file, STDOUT_FILENO) >= 0, "cannot open");
    const th_export_error error = export_to("-");
    require(strcmp(error.message, "cannot write standard output: No space left on device") == 0,
            error.message);
}

static void write_to_dev_full(const th_scratch *scratch) {
    (void)scratch;
    write_stdout_to("/dev/full");
}

static void write_to_closed_pipe(const th_scratch *scratch) {
    (void)scratch;
    int ends[2];
    require(pipe(ends) == 0 && dup2(ends[1], STDOUT_FILENO) >= 0, "pipe");
    close(ends[0]);
    close(ends[1]);
    const th_export_error error = export_to("-");
    require(strcmp(error.message, "cannot write standard output: Broken pipe") == 0, error.message);
}

static void a_full_or_closed_standard_output_is_told(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    in_child(write_to_dev_full, &scratch);
    in_child(write_to_closed_pipe, &scratch);
    th_scratch_close(&scratch);
}

static void a_frame_that_fails_is_told_and_nothing_stays(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    static const char *const NAMES[] = {"new/%05d.png", "a.gif", "a.mp4"};
    th_synthetic_desc clip = CLIP;
    clip.fail_at = 23;
    for (size_t i = 0; i < 3; i++) {
        for (int jobs = 1; jobs <= 2; jobs++) {
            const th_export_desc desc = {.out = th_scratch_path(&scratch, NAMES[i]),
                                         .jobs = jobs,
                                         .progress = TH_EXPORT_PROGRESS_QUIET};
            const th_export_error error = export_with(&desc, &clip);
            if (error.code != TH_EXPORT_NO_FFMPEG) {
                assert_message(&error, TH_EXPORT_RENDER,
                               "cannot draw frame 23: this frame is made to fail");
            }
            assert_int_equal(th_scratch_entry_count(scratch.folder), 0);
        }
    }
    th_scratch_close(&scratch);
}

static void a_failure_leaves_earlier_files_alone(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const char *path = th_scratch_path(&scratch, "00001.png");
    FILE *old = fopen(path, "w");
    fputs("old", old);
    fclose(old);
    th_synthetic_desc clip = CLIP;
    clip.fail_at = 30;
    const th_export_desc desc = {.out = th_scratch_path(&scratch, ""),
                                 .progress = TH_EXPORT_PROGRESS_QUIET};
    export_with(&desc, &clip);
    size_t size;
    uint8_t *data = th_scratch_read(path, &size);
    assert_int_equal(size, 3);
    free(data);
    assert_int_equal(th_scratch_entry_count(scratch.folder), 1);
    th_scratch_close(&scratch);
}

/* The programs below stand in for ffmpeg. */
static void put_ffmpeg(const th_scratch *scratch, const char *script) {
    const char *path = th_scratch_path(scratch, "bin/ffmpeg");
    mkdir(th_scratch_path(scratch, "bin"), 0777);
    FILE *file = fopen(path, "w");
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    chmod(path, 0755);
}

static const char *program_path(void) {
    const char *path = getenv("PATH");
    return path != NULL ? path : "/usr/bin:/bin";
}

static th_export_error export_mp4_with_path(const th_scratch *scratch, const char *path) {
    char *kept = strdup(program_path());
    setenv("PATH", path, 1);
    const th_export_error error = export_to(th_scratch_path(scratch, "a.mp4"));
    setenv("PATH", kept, 1);
    free(kept);
    return error;
}

static void a_missing_ffmpeg_is_told_with_its_package(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    const th_export_error error = export_mp4_with_path(&scratch, scratch.folder);
    assert_message(&error, TH_EXPORT_NO_FFMPEG, "the package is called ffmpeg");
    assert_int_equal(th_scratch_entry_count(scratch.folder), 0);
    th_scratch_close(&scratch);
}

static void a_failing_ffmpeg_has_the_last_word(void **state) {
    (void)state;
    static const struct {
        const char *script, *message;
    } CASES[] = {
        {"echo first >&2; echo 'no such codec' >&2; echo >&2; exit 1", "failed: no such codec"},
        {"cat >/dev/null; echo 'late trouble' >&2; exit 1", "failed: late trouble"},
        {"cat >/dev/null; exit 3", "failed with exit status 3"},
        {"kill -9 $$", "ended by signal 9"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const th_scratch scratch = th_scratch_open();
        put_ffmpeg(&scratch, CASES[i].script);
        char path[2 * TH_SCRATCH_PATH_MAX];
        snprintf(path, sizeof path, "%s:%s", th_scratch_path(&scratch, "bin"), program_path());
        const th_export_error error = export_mp4_with_path(&scratch, path);
        assert_message(&error, TH_EXPORT_FFMPEG, CASES[i].message);
        assert_int_equal(th_scratch_entry_count(scratch.folder), 1);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* the child was reaped */
        th_scratch_close(&scratch);
    }
}

static volatile sig_atomic_t cancel;

/* A source that asks for the end at its tenth frame. */
static bool render_and_cancel(void *context, int index, uint32_t *pixels, th_frame_change *change) {
    (void)context;
    change->known = true;
    pixels[0] = (uint32_t)index;
    if (index == 10) {
        cancel = 1;
    }
    return true;
}

static void cancelling_ends_it_and_leaves_nothing(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    static const char *const NAMES[] = {"new/%05d.png", "a.gif", "a.mp4"};
    const th_frame_source source = {
        .width = 64, .height = 64, .frame_count = 5000, .render = render_and_cancel};
    for (size_t i = 0; i < 3; i++) {
        cancel = 0;
        const th_export_desc desc = {.out = th_scratch_path(&scratch, NAMES[i]),
                                     .cancel = &cancel,
                                     .progress = TH_EXPORT_PROGRESS_QUIET};
        th_export_error error;
        assert_false(th_export_run(&desc, &source, &error));
        if (error.code != TH_EXPORT_NO_FFMPEG) {
            assert_message(&error, TH_EXPORT_CANCELLED, "interrupted");
        }
        assert_int_equal(th_scratch_entry_count(scratch.folder), 0);
    }
    th_scratch_close(&scratch);
}

static void catch_an_interrupt(const th_scratch *scratch) {
    (void)scratch;
    const volatile sig_atomic_t *flag = th_export_catch_signals();
    require(*flag == 0, "set too early");
    raise(SIGINT);
    require(*flag == SIGINT, "not set");
}

static void an_interrupt_sets_the_flag(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    in_child(catch_an_interrupt, &scratch);
    th_scratch_close(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(values_out_of_range_are_refused),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(a_folder_of_that_name_is_not_replaced),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_told),
        cmocka_unit_test(running_out_of_room_leaves_nothing),
        cmocka_unit_test(a_full_or_closed_standard_output_is_told),
        cmocka_unit_test(a_frame_that_fails_is_told_and_nothing_stays),
        cmocka_unit_test(a_failure_leaves_earlier_files_alone),
        cmocka_unit_test(a_missing_ffmpeg_is_told_with_its_package),
        cmocka_unit_test(a_failing_ffmpeg_has_the_last_word),
        cmocka_unit_test(cancelling_ends_it_and_leaves_nothing),
        cmocka_unit_test(an_interrupt_sets_the_flag),
    };
    return cmocka_run_group_tests_name("export_errors", tests, NULL, NULL);
}
