#include "sim/explore/rest.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

void th_packing_add(th_packing *packing, const void *bytes, size_t size) {
    if (packing->size + size > packing->capacity) {
        size_t capacity = packing->capacity ? packing->capacity : 256;
        while (capacity < packing->size + size) capacity *= 2;
        packing->bytes = realloc(packing->bytes, capacity);
        TH_ASSERT(packing->bytes != NULL);
        packing->capacity = capacity;
    }
    if (size > 0) memcpy(packing->bytes + packing->size, bytes, size);
    packing->size += size;
}

static void add_number(th_packing *packing, uint64_t number) {
    th_packing_add(packing, &number, sizeof(number));
}

static void add_blocks(th_packing *packing, const th_memory *memory) {
    add_number(packing, memory->region_count);
    for (uint32_t i = 0; i < memory->region_count; i++) {
        const th_region *region = &memory->regions[i];
        add_number(packing, (uint64_t)region->top << 32 | region->block_count);
        for (uint32_t block = 0; block < region->block_count; block++) {
            th_packing_add(packing, th_pages_record(&region->blocks, block, sizeof(th_block)),
                           sizeof(th_block));
        }
    }
}

static void add_sync(th_packing *packing, const th_sync *sync) {
    add_number(packing, (uint64_t)sync->waiter_count << 32 | sync->wakeup_count);
    add_number(packing, sync->case_count);
    th_packing_add(packing, sync->waiters, sync->waiter_count * sizeof(*sync->waiters));
    th_packing_add(packing, sync->wakeups, sync->wakeup_count * sizeof(*sync->wakeups));
    th_packing_add(packing, sync->cases, sync->case_count * sizeof(*sync->cases));
}

static void add_buffers(th_packing *packing, const th_world *world) {
    for (uint32_t g = 1; world->buffers != NULL && g < world->goroutine_count; g++) {
        const th_store_buffer *buffer = &world->buffers[g];
        add_number(packing, buffer->count);
        th_packing_add(packing, buffer->entries, buffer->count * sizeof(*buffer->entries));
    }
}

// A P without the places of its queue that are out of use.
static void add_p(th_packing *packing, const th_sched_p *p) {
    add_number(packing, p->count);
    for (uint32_t i = 0; i < p->count; i++) {
        th_packing_add(packing, &p->ring[(p->head + i) % TH_SCHED_RING], sizeof(p->ring[0]));
    }
    add_number(packing, (uint64_t)p->runnext << 32 | p->running);
    add_number(packing, (uint64_t)p->tick << 32 | p->slice_used);
    add_number(packing, (uint64_t)p->slice_limit << 32 | p->draw_count);
    add_number(packing, (uint64_t)p->state << 16 | (uint64_t)p->spinning << 8 | p->preempt);
}

static void add_sched(th_packing *packing, const th_world *world) {
    if (world->env->schedule != TH_SCHEDULE_GO) return;
    const th_sched *sched = &world->sched;
    for (uint32_t p = 0; p < sched->desc.procs; p++) add_p(packing, &sched->ps[p]);
    add_number(packing, (uint64_t)sched->g_count << 32 | sched->global_count);
    th_packing_add(packing, sched->states, sched->g_count);
    th_packing_add(packing, sched->global, sched->global_count * sizeof(*sched->global));
    add_number(packing, world->step_count);  // the clock of a Mutex's starvation
}

void th_rest_pack(const th_world *world, th_packing *packing) {
    packing->size = 0;
    add_number(packing, (uint64_t)world->goroutine_count << 32 | world->live_count);
    add_number(packing, (uint64_t)world->begun_count << 32 | world->main_g);
    add_blocks(packing, &world->memory);
    add_sync(packing, &world->sync);
    add_buffers(packing, world);
    add_sched(packing, world);
}

static size_t pages_bytes(const th_pages *pages) {
    return pages->capacity * sizeof(*pages->items) + TH_PAGE_SIZE;
}

// About: pages are shared between worlds, and a rest owns one or two.
static size_t world_bytes(const th_world *world) {
    size_t bytes = world->goroutine_capacity * sizeof(*world->goroutines);
    for (uint32_t i = 0; i < world->memory.region_capacity; i++) {
        bytes += pages_bytes(&world->memory.regions[i].bytes);
    }
    return bytes + sizeof(*world);
}

void th_rest_free(th_rest *rest) {
    th_world_free(&rest->world);
    free(rest->drains);
    *rest = (th_rest){0};
}

size_t th_rest_init(th_rest *rest, const th_world *world, uint32_t memory) {
    *rest = (th_rest){.memory = memory};
    th_world *own = &rest->world;
    th_world_copy(own, world);
    for (uint32_t g = 0; g < own->goroutine_count; g++) {
        own->goroutines[g] = (th_goroutine){.status = TH_STATUS_DEAD};  // until one is put in
    }
    th_detector_free(&own->races);
    th_detector_init(&own->races);
    if (own->env->schedule != TH_SCHEDULE_GO) own->step_count = 0;
    for (uint32_t p = 0; own->env->schedule == TH_SCHEDULE_GO && p < own->sched.desc.procs; p++) {
        rest->picks[p] = th_sched_next(&own->sched, p);
    }
    own->last_g = 0;
    own->race_step = 0;
    own->unresolved_count = 0;
    own->outcome = (th_outcome){0};
    return world_bytes(own);
}
