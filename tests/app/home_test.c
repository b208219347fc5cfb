// The lesson picker without a window: what it opens, and at which step.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gui/app/home.h"

static char *const PATHS[] = {"scripts/ch1-fatal.lua", "scripts/ch2-evacuate.lua"};
static char folder[64];

static int use_a_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/tophash-home-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return setenv("XDG_STATE_HOME", folder, 1);
}

static int remove_the_folder(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof(path), "%s/tophash/progress.json", folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/tophash", folder);
    rmdir(path);
    return rmdir(folder);
}

static void open_home(th_home_state *home) {
    th_home_open(home, PATHS, 2, TH_THEME_DARK, TH_LANG_EN, false);
    while (th_home_learn(home)) continue;
}

static void the_first_time_it_begins_with_the_first_lesson(void **state) {
    (void)state;
    th_home_state home;
    open_home(&home);
    th_home_command(&home, TH_ACTION_CONTINUE, 0);
    assert_string_equal(home.open, PATHS[0]);
    assert_int_equal(home.open_step, 0);
    th_home_close(&home);
}

static void continue_goes_on_where_a_person_was_in_a_run_before(void **state) {
    (void)state;
    th_home_state home;
    open_home(&home);
    th_home_note(&home, PATHS[1], 17, 480);
    th_home_close(&home);
    open_home(&home);
    th_home_command(&home, TH_ACTION_CONTINUE, 0);
    assert_string_equal(home.open, PATHS[1]);
    assert_int_equal(home.open_step, 17);
    // Chosen by itself a lesson begins at its beginning.
    th_home_command(&home, TH_ACTION_OPEN, 1);
    assert_string_equal(home.open, PATHS[1]);
    assert_int_equal(home.open_step, 0);
    th_home_close(&home);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_time_it_begins_with_the_first_lesson,
                                        use_a_folder, remove_the_folder),
        cmocka_unit_test_setup_teardown(continue_goes_on_where_a_person_was_in_a_run_before,
                                        use_a_folder, remove_the_folder),
    };
    return cmocka_run_group_tests_name("home", tests, NULL, NULL);
}
