#include "gui/app/app.h"
#include "gui/cli/lessons.h"
#include "gui/cli/picture.h"
#include "gui/cli/session.h"

static int open_window(const th_args *args, const th_session *session, th_picture_setting picture) {
    const th_app_desc desc = {
        .scenario = th_session_desc(session),
        .schedule = session->options.schedule,
        .speed = picture.speed,
        .theme = picture.theme,
        .lang = picture.lang,
        .fullscreen = th_args_has(args, TH_OPTION_FULLSCREEN),
    };
    char error[TH_APP_ERROR_MAX];
    return th_app_run(&desc, error, sizeof error) ? TH_EXIT_OK : th_cli_error("%s", error);
}

static int run(const th_args *args) {
    th_run_options options;
    th_picture_setting picture;
    if (!th_run_options_read(args, &options) || !th_picture_setting_read(args, &picture)) {
        return TH_EXIT_USAGE;
    }
    const char *name = args->operand_count > 0 ? args->operands[0] : TH_FIRST_LESSON;
    th_session session;
    const int status = th_session_read(&session, name, &options)
                           ? open_window(args, &session, picture)
                           : th_cli_error("%s", session.error);
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {
    TH_OPTION_SCHEDULE, TH_OPTION_SEED, TH_OPTION_FIX,        TH_OPTION_SPEED,
    TH_OPTION_THEME,    TH_OPTION_LANG, TH_OPTION_FULLSCREEN,
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
