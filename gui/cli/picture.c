#include "gui/cli/picture.h"

static const double SPEED_MIN = 0.01;
static const double SPEED_MAX = 1e6;

bool th_picture_setting_read(const th_args *args, th_picture_setting *options) {
    static const char *const THEMES[] = {"dark", "light", NULL};  // in the order of th_theme_name
    static const char *const LANGS[] = {"en", "zh", NULL};        // in the order of th_lang
    int theme = TH_THEME_DARK;
    int lang = TH_LANG_EN;
    double speed = 0;
    if (!th_args_word(args, TH_OPTION_THEME, THEMES, &theme) ||
        !th_args_word(args, TH_OPTION_LANG, LANGS, &lang) ||
        !th_args_number(args, TH_OPTION_SPEED, SPEED_MIN, SPEED_MAX, &speed)) {
        return false;
    }
    *options = (th_picture_setting){
        .speed = speed,
        .theme = (th_theme_name)theme,
        .lang = (th_lang)lang,
    };
    return true;
}
