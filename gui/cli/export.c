#include "gui/export/export.h"
#include "gui/app/frames.h"
#include "gui/cli/clips.h"
#include "gui/cli/picture.h"
#include "gui/cli/session.h"

#include <stdio.h>

typedef struct export_job {
    th_frames_desc frames;
    th_export_desc files;
} export_job;

static int export_once(const export_job *job) {
    char why[TH_SESSION_ERROR_MAX];
    th_frame_source source;
    if (!th_frames_open(&job->frames, &source, why, sizeof why)) return th_cli_error("%s", why);
    th_export_error error;
    const bool good = th_export_run(&job->files, &source, &error);
    th_frames_close(&source);
    return good ? TH_EXIT_OK : th_cli_error("%s", error.message);
}

// One file for each caption, from the step that shows it to the one before the next.
static int export_clips(const th_session *session, export_job job) {
    th_session played;
    th_clips clips = {0};
    int status = TH_EXIT_OK;
    if (!th_session_load(&played, session->path, &session->options) || !th_session_play(&played)) {
        status = th_cli_error("%s", played.error);
    } else if (!th_clips_of(&played, &clips)) {
        status = th_cli_error("%s: no captions, so no clips", session->path);
    }
    th_session_close(&played);
    const char *out = job.files.out;
    for (int i = 0; i < clips.count && status == TH_EXIT_OK; i++) {
        char name[TH_PATH_MAX];
        if (!th_clip_name(out, i + 1, name, sizeof name)) {
            status = th_cli_error("%s: a name for clips ends in .gif, .mp4, .webm or .svg", out);
            break;
        }
        job.files.out = name;
        job.frames.has_steps = true;
        job.frames.first_step = clips.items[i].first;
        job.frames.last_step = clips.items[i].last;
        status = export_once(&job);
    }
    th_clips_free(&clips);
    return status;
}

static bool read_format(const th_args *args, th_export_format *format) {
    static const char *const WORDS[] = {"png", "gif", "mp4", "webm", "y4m", "svg", NULL};
    static const th_export_format FORMATS[] = {TH_EXPORT_PNG,  TH_EXPORT_GIF, TH_EXPORT_MP4,
                                               TH_EXPORT_WEBM, TH_EXPORT_Y4M, TH_EXPORT_SVG};
    int index = -1;
    if (!th_args_word(args, TH_OPTION_FORMAT, WORDS, &index)) return false;
    *format = index < 0 ? TH_EXPORT_AUTO : FORMATS[index];
    return true;
}

static bool read_job(const th_args *args, export_job *job) {
    th_picture_setting picture;
    th_frames_desc *frames = &job->frames;
    th_export_desc *files = &job->files;
    *job = (export_job){0};
    if (!th_picture_setting_read(args, &picture) || !read_format(args, &files->format) ||
        !th_args_size(args, TH_OPTION_SIZE, TH_FRAME_SIDE_MAX, &frames->width, &frames->height) ||
        !th_args_int(args, TH_OPTION_FPS, 1, TH_EXPORT_FPS_MAX, &files->fps) ||
        !th_args_int(args, TH_OPTION_JOBS, 1, TH_EXPORT_JOBS_MAX, &files->jobs) ||
        !th_args_range(args, TH_OPTION_STEPS, &frames->first_step, &frames->last_step)) {
        return false;
    }
    files->out = args->value[TH_OPTION_OUT];
    frames->fps = files->fps;
    frames->has_steps = th_args_has(args, TH_OPTION_STEPS);
    frames->speed = picture.speed;
    frames->theme = picture.theme;
    frames->lang = picture.lang;
    return true;
}

static int export_file(const th_args *args, const th_session *session, export_job job) {
    job.frames.scenario = th_session_desc(session);
    job.frames.schedule = session->options.schedule;
    // Wrong names are told before anything is played.
    th_export_format format;
    th_export_error error;
    if (!th_export_format_of(job.files.out, &format, &error)) {
        return th_cli_error("%s", error.message);
    }
    job.frames.still = format == TH_EXPORT_SVG;
    job.files.cancel = th_export_catch_signals();
    return th_args_has(args, TH_OPTION_CLIPS) ? export_clips(session, job) : export_once(&job);
}

static int run(const th_args *args) {
    th_run_options options;
    export_job job;
    if (!th_run_options_read(args, &options) || !read_job(args, &job)) return TH_EXIT_USAGE;
    if (!th_args_has(args, TH_OPTION_OUT)) {
        return th_cli_usage("export", "export needs -o OUT");
    }
    if (th_args_has(args, TH_OPTION_CLIPS) && th_args_has(args, TH_OPTION_STEPS)) {
        return th_cli_usage("export", "--clips and --steps do not go together");
    }
    th_session session;
    const int status = th_session_read(&session, args->operands[0], &options)
                           ? export_file(args, &session, job)
                           : th_cli_error("%s", session.error);
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {
    TH_OPTION_OUT,      TH_OPTION_FORMAT, TH_OPTION_SIZE, TH_OPTION_FPS,   TH_OPTION_SPEED,
    TH_OPTION_STEPS,    TH_OPTION_CLIPS,  TH_OPTION_JOBS, TH_OPTION_THEME, TH_OPTION_LANG,
    TH_OPTION_SCHEDULE, TH_OPTION_SEED,   TH_OPTION_FIX,
};

const th_command th_command_export = {
    .name = "export",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof *OPTIONS,
    .summary = "makes pictures or a video of a scenario",
    .details =
        "OUT tells the kind: dir/%05d.png or dir/ (a PNG for each frame), name.gif,\n"
        "name.mp4, name.webm (both need ffmpeg), name.svg (the last step, sharp at any size),\n"
        "or - for YUV4MPEG2 on standard output.",
    .run = run,
};
