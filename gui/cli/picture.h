// The options that say what a picture looks like, for play and export.
#ifndef TH_GUI_CLI_PICTURE_H
#define TH_GUI_CLI_PICTURE_H

#include "gui/cli/args.h"
#include "gui/draw/theme.h"
#include "sim/script/scenario.h"

typedef struct th_picture_setting {
    double speed;  // 0: not given
    th_theme_name theme;
    th_lang lang;
} th_picture_setting;

// False, after a message: wrong usage.
bool th_picture_setting_read(const th_args *args, th_picture_setting *options);

#endif
