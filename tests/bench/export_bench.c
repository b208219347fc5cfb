/* Exports against the program ffmpeg on the same frames, in the same run: time, size of the files,
 * peak memory. Prints ratios; never passes or fails.
 *
 *     export_bench [FRAMES] [WIDTHxHEIGHT]      160 frames of 1920x1080 take 1.3 GB of TMPDIR
 *
 * ffmpeg reads the frames as raw BGRA from a file that is in the page cache by then; ours are drawn
 * by the synthetic source, changes reported, and that drawing counts as our time. Each side runs
 * in a process of its own, as often as RUNS says, and the fastest run counts.
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "gui/export/export.h"
#include "gui/export/ffmpeg.h"
#include "tests/export/scratch.h"
#include "tests/export/synthetic.h"

enum { RUNS = 3, JOBS = 2 };

static th_synthetic_desc clip = {
    .width = 1920,
    .height = 1080,
    .frame_count = 160,
    .tells_changes = true,
};

static th_scratch scratch;

typedef struct measurement {
    double seconds;
    double processor; /* seconds of all processors: the neighbours count less than by the clock */
    double megabytes; /* the process's peak */
} measurement;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void export_to(const char *out, int jobs) {
    th_synthetic *synthetic = th_synthetic_open(&clip);
    const th_frame_source source = th_synthetic_source(synthetic);
    const th_export_desc desc = {.out = out, .jobs = jobs, .progress = TH_EXPORT_PROGRESS_QUIET};
    th_export_error error;
    if (!th_export_run(&desc, &source, &error)) {
        fprintf(stderr, "export_bench: %s\n", error.message);
        _exit(1);
    }
    th_synthetic_close(synthetic);
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* Runs ffmpeg with these arguments, or our export if there are none, in a child. */
static measurement run(const char *out, int jobs, const char *const *arguments) {
    measurement best = {.seconds = 1e9, .processor = 1e9};
    for (int i = 0; i < RUNS; i++) {
        fflush(NULL);
        const double start = now();
        const pid_t child = fork();
        if (child == 0) {
            if (arguments == NULL) {
                export_to(out, jobs);
                _exit(0);
            }
            execvp("ffmpeg", (char *const *)arguments);
            _exit(127);
        }
        int status;
        struct rusage usage;
        if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
            fprintf(stderr, "export_bench: a run failed\n");
            th_scratch_close(&scratch);
            exit(1);
        }
        const double seconds = now() - start;
        const double processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
        best.seconds = seconds < best.seconds ? seconds : best.seconds;
        best.processor = processor < best.processor ? processor : best.processor;
        best.megabytes = (double)usage.ru_maxrss / 1024;
    }
    return best;
}

static const char *write_raw_frames(void) {
    const char *path = th_scratch_path(&scratch, "frames.bgra");
    th_synthetic *synthetic = th_synthetic_open(&clip);
    const size_t count = (size_t)clip.width * (size_t)clip.height;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    FILE *file = fopen(path, "wb");
    for (int i = 0; i < clip.frame_count; i++) {
        th_synthetic_draw(synthetic, i, pixels);
        if (fwrite(pixels, sizeof *pixels, count, file) != count) {
            fprintf(stderr, "export_bench: cannot write %s\n", path);
            exit(1);
        }
    }
    fclose(file);
    free(pixels);
    th_synthetic_close(synthetic);
    return path;
}

static double file_bytes(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? (double)status.st_size : 0;
}

static double sequence_bytes(const char *folder) {
    double sum = 0;
    for (int i = 1; i <= clip.frame_count; i++) {
        char path[2 * TH_SCRATCH_PATH_MAX];
        snprintf(path, sizeof path, "%s/%05d.png", folder, i);
        sum += file_bytes(path);
    }
    return sum;
}

static void print_line(const char *what, measurement time, double bytes) {
    printf("  %-32s %8.1f fps  %9.0f bytes a frame  %6.0f MB\n", what,
           clip.frame_count / time.seconds, bytes / clip.frame_count, time.megabytes);
}

#define RAW_INPUT(raw, size)                                                                \
    "ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra", \
        "-video_size", size, "-framerate", "30", "-i", raw

static void bench_png(const char *raw, const char *size) {
    char ours[TH_SCRATCH_PATH_MAX + 16], theirs[TH_SCRATCH_PATH_MAX + 16];
    char pattern[TH_SCRATCH_PATH_MAX + 32];
    snprintf(ours, sizeof ours, "%s/ours/", scratch.folder);
    snprintf(theirs, sizeof theirs, "%s/theirs", scratch.folder);
    snprintf(pattern, sizeof pattern, "%s/%%05d.png", theirs);
    mkdir(theirs, 0777);
    const char *const arguments[] = {RAW_INPUT(raw, size), "-threads", "2", pattern, NULL};
    const measurement ffmpeg = run(NULL, 0, arguments);
    const measurement one = run(ours, 1, NULL);
    const measurement two = run(ours, JOBS, NULL);
    const double our_bytes = sequence_bytes(ours), their_bytes = sequence_bytes(theirs);
    puts("PNG sequence");
    print_line("ffmpeg, 2 threads", ffmpeg, their_bytes);
    print_line("ours, 1 job", one, our_bytes);
    print_line("ours, 2 jobs", two, our_bytes);
    printf(
        "  speed %.1fx (goal 10x; 1 job %.1fx; by processor time %.1fx), size %.2fx (goal at most "
        "1.35x)\n",
        ffmpeg.seconds / two.seconds, ffmpeg.seconds / one.seconds,
        ffmpeg.processor / two.processor, our_bytes / their_bytes);
}

static void bench_gif(const char *raw, const char *size) {
    const char *ours = th_scratch_path(&scratch, "ours.gif");
    const char *theirs = th_scratch_path(&scratch, "theirs.gif");
    const char *const arguments[] = {
        RAW_INPUT(raw, size),
        "-filter_complex",
        "split[a][b];[a]palettegen[p];[b][p]paletteuse",
        theirs,
        NULL,
    };
    const measurement ffmpeg = run(NULL, 0, arguments);
    const measurement one = run(ours, 1, NULL);
    const measurement two = run(ours, JOBS, NULL);
    puts("GIF");
    print_line("ffmpeg palettegen, paletteuse", ffmpeg, file_bytes(theirs));
    print_line("ours, 1 job", one, file_bytes(ours));
    print_line("ours, 2 jobs", two, file_bytes(ours));
    printf(
        "  speed %.1fx (goal 10x; 1 job %.1fx; by processor time %.1fx), memory %.3fx (goal 0.1x; "
        "grows with ffmpeg's clip)\n",
        ffmpeg.seconds / two.seconds, ffmpeg.seconds / one.seconds,
        ffmpeg.processor / two.processor, two.megabytes / ffmpeg.megabytes);
}

static void bench_mp4(const char *raw, const char *size) {
    const char *ours = th_scratch_path(&scratch, "ours.mp4");
    const char *theirs = th_scratch_path(&scratch, "theirs.mp4");
    const char *const arguments[] = {
        RAW_INPUT(raw, size), "-c:v",    "libx264", "-preset", "ultrafast", "-crf", "18",
        "-pix_fmt",           "yuv420p", theirs,    NULL,
    };
    const measurement ffmpeg = run(NULL, 0, arguments);
    const measurement two = run(ours, JOBS, NULL);
    puts("mp4");
    print_line("ffmpeg x264 ultrafast from BGRA", ffmpeg, file_bytes(theirs));
    print_line("ours, 2 jobs (and ffmpeg's)", two, file_bytes(ours));
    printf("  time %.2fx (goal at most 0.6x; processor time %.2fx)\n", two.seconds / ffmpeg.seconds,
           two.processor / ffmpeg.processor);
}

int main(int argument_count, char **arguments) {
    if (argument_count > 1) {
        clip.frame_count = atoi(arguments[1]);
    }
    if (argument_count > 2 && sscanf(arguments[2], "%dx%d", &clip.width, &clip.height) != 2) {
        fprintf(stderr, "usage: export_bench [FRAMES] [WIDTHxHEIGHT]\n");
        return 64;
    }
    th_export_error error;
    if (!th_ffmpeg_find(&error)) {
        printf("export_bench: skipped, nothing to compare with: %s\n", error.message);
        return 0;
    }
    char size[32];
    snprintf(size, sizeof size, "%dx%d", clip.width, clip.height);
    printf("%d frames of %s, fastest of %d runs\n", clip.frame_count, size, RUNS);
    scratch = th_scratch_open();
    const char *raw = strdup(write_raw_frames());
    bench_png(raw, size);
    bench_gif(raw, size);
    bench_mp4(raw, size);
    free((void *)raw);
    th_scratch_close(&scratch);
    return 0;
}
