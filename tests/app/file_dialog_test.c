// Choosing a file: folders, typing, keys, presses, and what cannot be read.
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL_keycode.h>
#include <cmocka.h>

#include "gui/app/file_dialog.h"
#include "gui/draw/theme.h"

static char folder[] = "/tmp/th-files-XXXXXX";

static void touch(const char *name) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fclose(file);
}

static int make_files(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) return -1;
    if (mkdir("below", 0700) != 0 || mkdir("another", 0700) != 0 || mkdir(".hidden", 0700) != 0)
        return -1;
    touch("race.lua");
    touch("growth.lua");
    touch("crash.schedule");
    touch("notes.txt");
    touch("below/deep.lua");
    return 0;
}

static int remove_files(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return chdir("/") != 0 || system(command) != 0 ? -1 : 0;
}

static void expect_rows(th_file_dialog *dialog, const char *wanted) {
    const th_files_scene *scene = th_file_dialog_scene(dialog);
    char rows[256] = "";
    size_t used = 0;
    for (int i = 0; i < scene->row_count && used < sizeof(rows); i++) {
        used += (size_t)snprintf(rows + used, sizeof(rows) - used, "%s%s", i > 0 ? " " : "",
                                 scene->rows[i].name);
    }
    assert_string_equal(rows, wanted);
}

static void folders_come_first_and_other_files_not_at_all(void **state) {
    (void)state;
    th_file_dialog dialog = {0};
    th_file_dialog_open(&dialog, ".");
    assert_string_equal(dialog.path, folder);
    expect_rows(&dialog, ".. another below crash.schedule growth.lua race.lua");
    assert_string_equal(dialog.rows[dialog.chosen].name, "another");
    th_file_dialog_free(&dialog);
}

static void typing_filters_and_enter_opens(void **state) {
    (void)state;
    th_file_dialog dialog = {0};
    th_file_dialog_open(&dialog, ".");
    th_file_dialog_type(&dialog, "R");
    expect_rows(&dialog, "another crash.schedule growth.lua race.lua");
    th_file_dialog_type(&dialog, "ac");
    expect_rows(&dialog, "race.lua");
    th_file_dialog_key(&dialog, SDLK_BACKSPACE);
    th_file_dialog_key(&dialog, SDLK_BACKSPACE);
    th_file_dialog_type(&dialog, "ow");
    expect_rows(&dialog, "growth.lua");
    th_file_dialog_key(&dialog, SDLK_RETURN);
    assert_false(dialog.open);
    char path[64];
    snprintf(path, sizeof(path), "%s/growth.lua", folder);
    assert_string_equal(dialog.picked, path);
    th_file_dialog_free(&dialog);
}

static void keys_go_into_folders_and_out_again(void **state) {
    (void)state;
    th_file_dialog dialog = {0};
    th_file_dialog_open(&dialog, ".");
    th_file_dialog_key(&dialog, SDLK_DOWN);
    th_file_dialog_key(&dialog, SDLK_RIGHT);
    expect_rows(&dialog, ".. deep.lua");
    th_file_dialog_key(&dialog, SDLK_LEFT);
    assert_string_equal(dialog.path, folder);
    th_file_dialog_key(&dialog, SDLK_END);
    assert_string_equal(dialog.rows[dialog.chosen].name, "race.lua");
    th_file_dialog_key(&dialog, SDLK_DOWN);
    th_file_dialog_key(&dialog, SDLK_PAGEUP);
    assert_int_equal(dialog.chosen, 0);
    th_file_dialog_key(&dialog, SDLK_RETURN);  // the way up
    assert_string_equal(dialog.path, "/tmp");
    // It opens where it was left.
    th_file_dialog_key(&dialog, SDLK_ESCAPE);
    assert_false(dialog.open);
    th_file_dialog_open(&dialog, folder);
    assert_string_equal(dialog.path, "/tmp");
    assert_null(dialog.picked);
    th_file_dialog_free(&dialog);
}

static void a_folder_that_is_gone_is_told_and_changes_nothing(void **state) {
    (void)state;
    th_file_dialog dialog = {0};
    th_file_dialog_open(&dialog, ".");
    assert_int_equal(rmdir("another"), 0);
    th_file_dialog_key(&dialog, SDLK_RETURN);
    assert_string_equal(dialog.path, folder);
    assert_non_null(strstr(dialog.error, "another: "));
    th_file_dialog_key(&dialog, SDLK_DOWN);
    th_file_dialog_key(&dialog, SDLK_RETURN);
    assert_string_equal(dialog.error, "");
    th_file_dialog_free(&dialog);
    assert_int_equal(mkdir("another", 0700), 0);
}

static void a_press_chooses_and_the_second_opens(void **state) {
    (void)state;
    char error[256];
    th_fonts *fonts = th_fonts_open(error, sizeof(error));
    assert_non_null(fonts);
    static th_hits hits;
    th_draw_list list = {0};
    th_file_dialog dialog = {0};
    th_file_dialog_open(&dialog, ".");
    for (int i = 0; i < 2; i++) {
        hits = (th_hits){0};
        th_draw_reset(&list);
        th_view_files(th_file_dialog_scene(&dialog), th_theme_get(TH_THEME_DARK), TH_LANG_EN, 1280,
                      720, fonts, &list, &hits);
        const th_hit *row = hits.items;
        for (int k = 0; k < hits.count; k++) {
            if (hits.items[k].action == TH_ACTION_FILE && hits.items[k].argument == 5) {
                row = &hits.items[k];
            }
        }
        assert_int_equal(row->action, TH_ACTION_FILE);
        const th_point at = {row->rect.x + 20, row->rect.y + row->rect.h / 2};
        assert_ptr_equal(th_hits_at(&hits, at, false), row);
        th_file_dialog_command(&dialog, row->action, row->argument);
    }
    assert_non_null(strstr(dialog.picked, "/race.lua"));
    th_file_dialog_free(&dialog);
    th_draw_free(&list);
    th_fonts_close(fonts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_come_first_and_other_files_not_at_all),
        cmocka_unit_test(typing_filters_and_enter_opens),
        cmocka_unit_test(keys_go_into_folders_and_out_again),
        cmocka_unit_test(a_folder_that_is_gone_is_told_and_changes_nothing),
        cmocka_unit_test(a_press_chooses_and_the_second_opens),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
