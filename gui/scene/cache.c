// Cache lines at a moment: counted up to the step before, and what the step itself does to them.
#include "gui/scene/cache.h"
#include "gui/scene/context.h"

#include <string.h>

bool th_scene_cache_asked(const th_scenario *scenario) {
    uint32_t count;
    const th_setting *settings = th_scenario_settings(scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(settings[i].key, "cache_lines") == 0) {
            return strcmp(settings[i].value, "true") == 0;
        }
    }
    return false;
}

void th_cache_count_free(th_cache_count *count) {
    th_lines_free(&count->lines);
    *count = (th_cache_count){0};
}

static void add_to_core(th_scene_core *cores, uint16_t g, const th_lines *before,
                        const th_lines *after) {
    if (g == 0 || g > TH_SCENE_CORE_MAX) return;
    cores[g - 1].write_count += after->write_count - before->write_count;
    cores[g - 1].fetch_count += after->fetch_count - before->fetch_count;
    cores[g - 1].ticks += after->ticks - before->ticks;
}

void th_cache_count_to(th_cache_count *count, th_timeline *timeline, th_branch_id branch,
                       uint64_t step) {
    if (!count->valid || count->branch != branch || count->step > step) th_cache_count_free(count);
    count->valid = true;
    count->branch = branch;
    for (; count->step < step; count->step++) {
        const th_event event = th_timeline_event(timeline, branch, count->step + 1);
        const th_lines before = count->lines;
        th_lines_take(&count->lines, event);
        add_to_core(count->cores, event.g, &before, &count->lines);
    }
}

// The line of an address, which is added in its place; NULL: there is no room left.
static th_scene_cache_line *line_at(th_scene_cache *cache, uint64_t address) {
    address -= address % TH_LINE_BYTES;
    int at = 0;
    while (at < cache->line_count && cache->lines[at].address < address) at++;
    if (at < cache->line_count && cache->lines[at].address == address) return &cache->lines[at];
    if (cache->line_count == TH_SCENE_CACHE_LINE_MAX) return NULL;
    memmove(&cache->lines[at + 1], &cache->lines[at],
            (size_t)(cache->line_count - at) * sizeof(*cache->lines));
    cache->line_count++;
    cache->lines[at] = (th_scene_cache_line){.address = address};
    return &cache->lines[at];
}

// Lines that hold something to look at: fields and variables.
static void find_lines(const th_scene_context *cx, th_scene_cache *cache) {
    const th_scene *scene = cx->out;
    for (int i = 0; i < scene->object_count; i++) {
        const th_scene_object *object = &scene->objects[i];
        if (!object->in_memory) continue;
        for (int k = object->first; k < object->first + object->count; k++) {
            const th_scene_cell *cell = &scene->cells[k].cell;
            const uint64_t end = cell->address + cell->size;
            for (uint64_t at = cell->address - cell->address % TH_LINE_BYTES; at < end;
                 at += TH_LINE_BYTES) {
                line_at(cache, at);
            }
        }
    }
}

static void take_history(const th_lines *before, th_scene_cache_line *line) {
    const th_line *known = th_lines_of(before, line->address);
    if (known == NULL) return;
    line->owner = known->owner;
    line->write_count = known->write_count;
    line->fetch_count = known->fetch_count;
}

// What the step does, by the counter itself, on lines that hold only those it touches.
static void take_step(const th_scene_context *cx, const th_lines *before, th_scene_cache *cache) {
    th_lines own = {0};
    th_lines_take(&own, cx->event);
    th_scene_core *core =
        cx->event.g > 0 && cx->event.g <= TH_SCENE_CORE_MAX ? &cache->cores[cx->event.g - 1] : NULL;
    for (uint32_t i = 0; i < own.count; i++) {
        const th_line *known = th_lines_of(before, own.items[i].address);
        const bool taken = known == NULL || known->owner != cx->event.g;
        cache->step_fetches += taken;
        cache->step_ticks += taken ? TH_LINE_FETCH_TICKS : TH_LINE_OWN_TICKS;
        if (core != NULL) {
            core->write_count++;
            core->fetch_count += taken;
            core->ticks += taken ? TH_LINE_FETCH_TICKS : TH_LINE_OWN_TICKS;
        }
        for (int k = 0; k < cache->line_count; k++) {
            th_scene_cache_line *line = &cache->lines[k];
            if (line->address != own.items[i].address) continue;
            line->from = line->owner;
            line->owner = cx->event.g;
            line->written = true;
            line->taken = taken;
            line->write_count++;
            line->fetch_count += taken;
        }
    }
    cache->write_count = before->write_count + own.count;
    cache->fetch_count = before->fetch_count + cache->step_fetches;
    cache->ticks = before->ticks + cache->step_ticks;
    th_lines_free(&own);
}

void th_scene_build_cache(const th_scene_context *cx) {
    th_scene_cache *cache = &cx->out->cache;
    *cache = (th_scene_cache){.asked = th_scene_cache_asked(cx->in->scenario), .at = 1};
    if (!cache->asked) return;
    const uint64_t before = cx->in->step > 0 ? cx->in->step - 1 : 0;
    th_cache_count_to(cx->cache, cx->in->timeline, cx->in->branch, before);
    const th_lines *lines = &cx->cache->lines;
    memcpy(cache->cores, cx->cache->cores, sizeof(cache->cores));
    const uint32_t count = cx->now->goroutine_count - 1;
    cache->core_count = count < TH_SCENE_CORE_MAX ? (int)count : TH_SCENE_CORE_MAX;
    for (int i = 0; i < cache->core_count; i++) {
        cache->cores[i].name = th_world_goroutine_name(cx->now, (uint16_t)(i + 1));
    }
    find_lines(cx, cache);
    for (int i = 0; i < cache->line_count; i++) take_history(lines, &cache->lines[i]);
    take_step(cx, lines, cache);
    if (cache->step_fetches == 0) return;
    const th_theme_motion *theme = cx->in->motion.theme;
    cache->at = th_motion_at(&cx->in->motion, 0, theme->evacuation.ms, theme->in_out);
}
