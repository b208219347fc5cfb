// The queues that goroutines wait in, and what wakers leave for them.
#include "sim/base/assert.h"
#include "sim/sync/routine.h"

#include <string.h>

// Index of the first waiter at or behind an address.
static uint32_t lower_bound(const th_sync *sync, uint64_t address) {
    uint32_t low = 0, high = sync->waiter_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sync->waiters[middle].address < address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void th_sync_enqueue(th_sync *sync, const th_sync_waiter *waiter, bool front) {
    sync->waiters = th_sync_reserve(sync->waiters, sync->waiter_count + 1, &sync->waiter_capacity,
                                    sizeof(*sync->waiters));
    const uint32_t at = lower_bound(sync, front ? waiter->address : waiter->address + 1);
    memmove(&sync->waiters[at + 1], &sync->waiters[at],
            (sync->waiter_count - at) * sizeof(*sync->waiters));
    sync->waiters[at] = *waiter;
    sync->waiter_count++;
}

const th_sync_waiter *th_sync_first_waiter(const th_sync *sync, uint64_t address) {
    const uint32_t at = lower_bound(sync, address);
    if (at == sync->waiter_count || sync->waiters[at].address != address) return NULL;
    return &sync->waiters[at];
}

const th_sync_waiter *th_sync_waiter_with_ticket(const th_sync *sync, uint64_t address,
                                                 uint32_t ticket) {
    for (uint32_t i = lower_bound(sync, address);
         i < sync->waiter_count && sync->waiters[i].address == address; i++) {
        if (sync->waiters[i].ticket == ticket) return &sync->waiters[i];
    }
    return NULL;
}

bool th_sync_waits(const th_sync *sync, uint16_t g) {
    for (uint32_t i = 0; i < sync->waiter_count; i++) {
        if (sync->waiters[i].g == g) return true;
    }
    return false;
}

uint32_t th_sync_queue(const th_sync *sync, uint64_t address, uint16_t *gs, uint32_t max) {
    uint32_t count = 0;
    for (uint32_t i = lower_bound(sync, address);
         i < sync->waiter_count && sync->waiters[i].address == address; i++, count++) {
        if (count < max) gs[count] = sync->waiters[i].g;
    }
    return count;
}

void th_sync_write_ends(th_sync_step *step, uint64_t address) {
    const th_sync *sync = step->sync;
    const uint32_t first = lower_bound(sync, address);
    const uint32_t end = lower_bound(sync, address + 1);
    th_sync_set64(step, address, first < end ? sync->waiters[first].g : 0);
    th_sync_set64(step, address + 8, first < end ? sync->waiters[end - 1].g : 0);
}

static void remove_at(th_sync_step *step, uint32_t at) {
    th_sync *sync = step->sync;
    const th_sync_waiter removed = sync->waiters[at];
    sync->waiter_count--;
    memmove(&sync->waiters[at], &sync->waiters[at + 1],
            (sync->waiter_count - at) * sizeof(*sync->waiters));
    if (removed.flags & TH_WAITER_LINKED) th_sync_write_ends(step, removed.address);
}

void th_sync_dequeue(th_sync_step *step, uint16_t g) {
    for (uint32_t i = step->sync->waiter_count; i-- > 0;) {
        if (step->sync->waiters[i].g == g) remove_at(step, i);
    }
}

static uint32_t wakeup_index(const th_sync *sync, uint16_t g) {
    uint32_t at = 0;
    while (at < sync->wakeup_count && sync->wakeups[at].g < g) at++;
    return at;
}

const th_sync_wakeup *th_sync_wakeup_of(const th_sync *sync, uint16_t g) {
    const uint32_t at = wakeup_index(sync, g);
    return at < sync->wakeup_count && sync->wakeups[at].g == g ? &sync->wakeups[at] : NULL;
}

static void add_wakeup(th_sync *sync, const th_sync_wakeup *wakeup) {
    sync->wakeups = th_sync_reserve(sync->wakeups, sync->wakeup_count + 1, &sync->wakeup_capacity,
                                    sizeof(*sync->wakeups));
    const uint32_t at = wakeup_index(sync, wakeup->g);
    memmove(&sync->wakeups[at + 1], &sync->wakeups[at],
            (sync->wakeup_count - at) * sizeof(*sync->wakeups));
    sync->wakeups[at] = *wakeup;
    sync->wakeup_count++;
}

void th_sync_wake(th_sync_step *step, const th_sync_waiter *waiter, const th_sync_wakeup *wakeup) {
    th_sync_wakeup own = *wakeup;
    own.g = waiter->g;
    own.case_index = waiter->case_index;
    if (waiter->flags & TH_WAITER_SELECT) {
        th_sync_dequeue(step, own.g);
    } else {
        remove_at(step, (uint32_t)(waiter - step->sync->waiters));
    }
    add_wakeup(step->sync, &own);
    th_sync_io *io = step->io;
    io->ready =
        th_sync_reserve(io->ready, io->ready_count + 1, &io->ready_capacity, sizeof(*io->ready));
    io->ready[io->ready_count++] = own.g;
}

th_sync_wakeup th_sync_take_wakeup(th_sync_step *step) {
    th_sync *sync = step->sync;
    const uint32_t at = wakeup_index(sync, step->port->g);
    TH_ASSERT(at < sync->wakeup_count);
    const th_sync_wakeup wakeup = sync->wakeups[at];
    TH_ASSERT(wakeup.g == step->port->g);
    sync->wakeup_count--;
    memmove(&sync->wakeups[at], &sync->wakeups[at + 1],
            (sync->wakeup_count - at) * sizeof(*sync->wakeups));
    step->frame->parked = 0;
    return wakeup;
}

th_run th_sync_park(th_sync_step *step, uint16_t pc) {
    step->frame->parked = 1;
    return th_sync_did_and(step, TH_SYNC_DID_QUEUED, th_sync_go(step, pc));
}

uint32_t th_sync_cases(const th_sync *sync, uint16_t g, const th_sync_case **first) {
    uint32_t at = 0, count = 0;
    while (at < sync->case_count && sync->cases[at].g < g) at++;
    while (at + count < sync->case_count && sync->cases[at + count].g == g) count++;
    *first = count > 0 ? &sync->cases[at] : NULL;
    return count;
}

void th_sync_add_case(th_sync *sync, const th_sync_case *added) {
    sync->cases = th_sync_reserve(sync->cases, sync->case_count + 1, &sync->case_capacity,
                                  sizeof(*sync->cases));
    uint32_t at = sync->case_count;
    while (at > 0 && sync->cases[at - 1].g > added->g) at--;
    memmove(&sync->cases[at + 1], &sync->cases[at], (sync->case_count - at) * sizeof(*sync->cases));
    sync->cases[at] = *added;
    sync->case_count++;
}

void th_sync_drop_cases(th_sync *sync, uint16_t g) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sync->case_count; i++) {
        if (sync->cases[i].g != g) sync->cases[kept++] = sync->cases[i];
    }
    sync->case_count = kept;
}
