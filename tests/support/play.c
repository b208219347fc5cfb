#include "tests/support/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/files/libraries.h"

const char th_play_two_writers[] =
    "scenario { id = 'two', chapter = '3', truth = 'real', seed = 7,\n"
    "  title = { en = 'Two writers', zh = '两个写者' } }\n"
    "local m = map.make('int', 'int', 20)\n"
    "m:hash(5, 0x1800000000000002)\n"
    "m:hash(13, 0x4300000000000002)\n"
    "for i = 20, 30 do m[i] = i end\n"
    "caption{ en = '{1:G1} and {2:G2} write.', zh = '{1:G1} 与 {2:G2} 同时写。' }\n"
    "go('a', function() m[5] = 10 end)\n"
    "go('b', function() m[13] = 20 end)\n"
    "expect { fatal = 'concurrent map writes' }\n";

const char th_play_two_writers_schedule[] = "a*3 b*3 a b a*4 b*4 a* b*";

const char th_play_growth[] = "scenario { id = 'grow', chapter = '2', truth = 'real', seed = 3,\n"
                              "  title = { en = 'Growth', zh = '扩容' } }\n"
                              "local m = map.make('int', 'int')\n"
                              "for k = 1, 13 do m[k] = k * 17 end\n"
                              "go('w', function() m[14] = 1 m[15] = 2 m[16] = 3 end)\n"
                              "expect { done = true }\n";

static void open_model(th_model *model, const char *path, const char *text, size_t length,
                       const char *schedule) {
    char error[TH_MODEL_ERROR_MAX];
    const th_model_desc desc = {
        .scenario = {.path = path,
                     .source = text,
                     .source_length = length,
                     .libraries = th_libraries_beside(path)},
        .schedule = schedule,
    };
    if (!th_model_open(model, &desc, error, sizeof(error))) fail_msg("%s", error);
}

void th_play_text(th_model *model, const char *lua, const char *schedule) {
    open_model(model, "test.lua", lua, strlen(lua), schedule);
}

void th_play_file(th_model *model, const char *path) {
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("cannot open %s", path);
    const size_t length = fread(text, 1, sizeof(text), file);
    fclose(file);
    open_model(model, path, text, length, NULL);
}

uint64_t th_play_find(th_model *model, uint64_t from, const char *name, bool write) {
    for (uint64_t step = from + 1; step <= th_model_length(model); step++) {
        const th_event event = th_timeline_event(model->timeline, model->branch, step);
        if (th_event_kind_writes((th_event_kind)event.kind) != write) continue;
        char found[64];
        const th_world *world = th_timeline_seek(model->timeline, model->branch, step);
        th_scenario_name(model->scenario, world, th_event_address(event), found, sizeof(found));
        if (strcmp(found, name) == 0) return step;
    }
    return 0;
}
