#define _GNU_SOURCE /* pipe2 */

#include "gui/export/ffmpeg.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/out_name.h"

enum {
    PIPE_SIZE = 1 << 20, /* Linux's limit for a plain user; lets rendering run ahead a little */
    ARGUMENTS_MAX = 64,
    MESSAGE_MAX = 256,
    POLL_MS = 5
};

/* libx264's own choice of threads would follow the machine, and the bytes would follow that. */
static const char *const MP4_ARGUMENTS[] = {
    "-c:v",     "libx264", "-preset",   "ultrafast",  "-crf", "18",
    "-threads", "4",       "-movflags", "+faststart", "-f",   "mp4",
};
static const char *const WEBM_ARGUMENTS[] = {
    "-c:v",          "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8",
    "-crf",          "24",         "-b:v",      "0",        "-row-mt",   "1",
    "-tile-columns", "2",          "-threads",  "4",        "-f",        "webm",
};

bool th_ffmpeg_find(th_export_error *error) {
    const char *path = getenv("PATH");
    while (path != NULL) {
        const size_t length = strcspn(path, ":");
        char name[TH_OUT_PATH_MAX];
        struct stat status;
        snprintf(name, sizeof name, "%.*s/ffmpeg", (int)length, length > 0 ? path : ".");
        if (access(name, X_OK) == 0 && stat(name, &status) == 0 && S_ISREG(status.st_mode)) {
            return true;
        }
        path = path[length] == ':' ? path + length + 1 : NULL;
    }
    return th_export_fail(error, TH_EXPORT_NO_FFMPEG,
                          "mp4 and webm need the program ffmpeg, which is not in PATH; "
                          "the package is called ffmpeg");
}

typedef struct argument_list {
    const char *items[ARGUMENTS_MAX];
    int count;
} argument_list;

static void add_all(argument_list *list, const char *const *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        list->items[list->count++] = items[i];
    }
}

#define ADD_ALL(list, array) add_all(list, array, sizeof(array) / sizeof(array)[0])

/* The child's stdin is the pipe's reading end, its stderr the file; all else is closed to it. */
static bool spawn(th_ffmpeg *ffmpeg, int reading_end, const argument_list *arguments,
                  th_export_error *error) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, reading_end, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, fileno(ffmpeg->errors), STDERR_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int failure = posix_spawnp(&ffmpeg->child, "ffmpeg", &actions, &attributes,
                                     (char *const *)arguments->items, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        ffmpeg->child = 0;
        return th_export_fail_io(error, "start", "ffmpeg", failure);
    }
    return true;
}

static bool open_pipe(th_ffmpeg *ffmpeg, int *reading_end, th_export_error *error) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return th_export_fail_io(error, "make a pipe for", "ffmpeg", errno);
    }
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* only faster; failing is fine */
    *reading_end = ends[0];
    ffmpeg->input = ends[1];
    ffmpeg->errors = tmpfile();
    return ffmpeg->errors != NULL || th_export_fail_io(error, "make", "a temporary file", errno);
}

bool th_ffmpeg_start(th_ffmpeg *ffmpeg, const th_ffmpeg_desc *desc, th_export_error *error) {
    char size[32], fps[16], file[TH_OUT_PATH_MAX + 8];
    snprintf(size, sizeof size, "%dx%d", desc->width, desc->height);
    snprintf(fps, sizeof fps, "%d", desc->fps);
    snprintf(file, sizeof file, "file:%s", desc->path); /* a colon in a name is no protocol */
    const char *const input[] = {
        "ffmpeg",
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "error",
        "-y",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "yuv420p",
        "-video_size",
        size,
        "-framerate",
        fps,
        "-color_range",
        "tv",
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
        "-chroma_sample_location",
        "center",
        "-i",
        "pipe:0",
    };
    /* The same bytes every time: no version, date or host in the file. */
    const char *const exact[] = {"-fflags",       "+bitexact", "-flags:v", "+bitexact",
                                 "-map_metadata", "-1",        "-an"};
    argument_list arguments = {.count = 0};
    ADD_ALL(&arguments, input);
    ADD_ALL(&arguments, exact);
    if (desc->format == TH_EXPORT_MP4) {
        ADD_ALL(&arguments, MP4_ARGUMENTS);
    } else {
        ADD_ALL(&arguments, WEBM_ARGUMENTS);
    }
    arguments.items[arguments.count++] = file;
    arguments.items[arguments.count] = NULL;

    *ffmpeg = (th_ffmpeg){.input = -1};
    int reading_end = -1;
    const bool started =
        open_pipe(ffmpeg, &reading_end, error) && spawn(ffmpeg, reading_end, &arguments, error);
    if (reading_end >= 0) {
        close(reading_end);
    }
    if (!started) {
        th_ffmpeg_kill(ffmpeg);
    }
    return started;
}

/* The last line of the child's stderr that is not empty; empty if it said nothing. */
static void last_line(FILE *file, char line[MESSAGE_MAX]) {
    char next[MESSAGE_MAX];
    line[0] = '\0';
    rewind(file);
    while (fgets(next, sizeof next, file) != NULL) {
        next[strcspn(next, "\r\n")] = '\0';
        if (next[strspn(next, " \t")] != '\0') {
            memcpy(line, next, sizeof next);
        }
    }
}

static void release(th_ffmpeg *ffmpeg) {
    if (ffmpeg->input >= 0) {
        close(ffmpeg->input);
    }
    if (ffmpeg->errors != NULL) {
        fclose(ffmpeg->errors);
    }
    *ffmpeg = (th_ffmpeg){.input = -1};
}

static bool tell_failure(th_ffmpeg *ffmpeg, int status, th_export_error *error) {
    char line[MESSAGE_MAX];
    last_line(ffmpeg->errors, line);
    if (line[0] != '\0') {
        return th_export_fail(error, TH_EXPORT_FFMPEG, "ffmpeg failed: %s", line);
    }
    if (WIFSIGNALED(status)) {
        return th_export_fail(error, TH_EXPORT_FFMPEG, "ffmpeg was ended by signal %d",
                              WTERMSIG(status));
    }
    return th_export_fail(error, TH_EXPORT_FFMPEG, "ffmpeg failed with exit status %d",
                          WEXITSTATUS(status));
}

bool th_ffmpeg_finish(th_ffmpeg *ffmpeg, const volatile sig_atomic_t *cancel,
                      th_export_error *error) {
    close(ffmpeg->input);
    ffmpeg->input = -1;
    int status = 0;
    pid_t ended;
    while ((ended = waitpid(ffmpeg->child, &status, WNOHANG)) == 0) {
        if (cancel != NULL && *cancel != 0) {
            th_ffmpeg_kill(ffmpeg);
            return th_export_fail_cancelled(error);
        }
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    const bool well = ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!well) {
        tell_failure(ffmpeg, status, error);
    }
    release(ffmpeg);
    return well;
}

void th_ffmpeg_kill(th_ffmpeg *ffmpeg) {
    if (ffmpeg->child > 0) {
        kill(ffmpeg->child, SIGKILL);
        while (waitpid(ffmpeg->child, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    release(ffmpeg);
}
