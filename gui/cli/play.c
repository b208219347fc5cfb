#include "gui/app/app.h"
#include "gui/cli/picture.h"
#include "gui/cli/session.h"

static int run(const th_args *args) {
    th_run_options options;
    th_picture_setting picture;
    if (!th_run_options_read(args, &options) || !th_picture_setting_read(args, &picture)) {
        return TH_EXIT_USAGE;
    }
    th_session session = {.options = options};
    const bool has_file = args->operand_count > 0;
    if (has_file && !th_session_read(&session, args->operands[0], &options)) {
        const int status = th_cli_error("%s", session.error);
        th_session_close(&session);
        return status;
    }
    const th_app_desc desc = {
        .path = has_file ? session.path : NULL,
        .fix = session.options.fix,
        .seed = session.options.seed,
        .has_seed = session.options.has_seed,
        .schedule = session.options.schedule,
        .speed = picture.speed,
        .theme = picture.theme,
        .lang = picture.lang,
        .has_look = th_args_has(args, TH_OPTION_THEME) || th_args_has(args, TH_OPTION_LANG),
        .reduced_motion = th_args_has(args, TH_OPTION_MOTION),
        .text = th_args_has(args, TH_OPTION_TEXT),
        .fullscreen = th_args_has(args, TH_OPTION_FULLSCREEN),
    };
    char error[TH_APP_ERROR_MAX];
    const int status =
        th_app_run(&desc, error, sizeof error) ? TH_EXIT_OK : th_cli_error("%s", error);
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {
    TH_OPTION_SCHEDULE, TH_OPTION_SEED,   TH_OPTION_FIX,  TH_OPTION_SPEED,      TH_OPTION_THEME,
    TH_OPTION_LANG,     TH_OPTION_MOTION, TH_OPTION_TEXT, TH_OPTION_FULLSCREEN,
};

const th_command th_command_play = {
    .name = "play",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof *OPTIONS,
    .summary = "opens the window on a scenario",
    .run = run,
};
