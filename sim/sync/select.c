// select (runtime/select.go): one step finds a case that can proceed, or queues on all channels.
#include "sim/base/assert.h"
#include "sim/sync/routine.h"

// The cases that can proceed; while the goroutine queues (TH_SYNC_BRIEF) only those that nobody
// needs to hand over to: its own places in the queues are no partners.
static uint32_t ready_cases(const th_sync *sync, const th_memory *memory, uint16_t g, bool queued) {
    const th_sync_case *cases;
    const uint32_t count = th_sync_cases(sync, g, &cases);
    uint32_t ready = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t channel = cases[i].channel;
        if (queued && th_chan_unbuffered(memory, channel)) continue;
        if (th_chan_ready(sync, memory, channel, cases[i].is_send)) ready |= UINT32_C(1) << i;
    }
    return ready;
}

static bool any_unbuffered(const th_sync *sync, const th_memory *memory, uint16_t g) {
    const th_sync_case *cases;
    const uint32_t count = th_sync_cases(sync, g, &cases);
    for (uint32_t i = 0; i < count; i++) {
        if (th_chan_unbuffered(memory, cases[i].channel)) return true;
    }
    return false;
}

bool th_select_enabled(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                       uint16_t g) {
    const bool go = sync->fidelity == TH_SYNC_GO;
    if (frame->pc == TH_STEP_SELECT_WAKE) {
        return th_sync_wakeup_of(sync, g) != NULL ||
               (!go && ready_cases(sync, memory, g, true) != 0);
    }
    return go || frame->b.w[0] != 0 || any_unbuffered(sync, memory, g) ||
           ready_cases(sync, memory, g, false) != 0;
}

uint32_t th_sync_ready_cases(const th_sync *sync, const th_memory *memory,
                             const th_sync_frame *frame, uint16_t g) {
    if (frame->pc == TH_STEP_SELECT) return ready_cases(sync, memory, g, false);
    if (frame->pc != TH_STEP_SELECT_WAKE || sync->fidelity == TH_SYNC_GO) return 0;
    if (th_sync_wakeup_of(sync, g) != NULL) return 0;
    return ready_cases(sync, memory, g, true);
}

static uint32_t bit_count(uint32_t bits) {
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1) count++;
    return count;
}

static uint32_t choose(th_sync_step *step, uint32_t ready) {
    const uint32_t count = bit_count(ready);
    uint64_t nth = count > 1 ? th_port_draw(step->port) % count : 0;
    const int64_t fixed = step->port->choice_value;
    if (fixed >= 0 && fixed < 32 && (ready >> fixed & 1) != 0) return (uint32_t)fixed;
    for (uint32_t i = 0;; i++) {
        if ((ready >> i & 1) != 0 && nth-- == 0) return i;
    }
}

static th_run end(th_sync_step *step, uint64_t index, th_run run) {
    step->frame->result[2] = index;
    th_sync_drop_cases(step->sync, step->port->g);
    return run;
}

static th_run take_case(th_sync_step *step, uint32_t ready) {
    const th_sync_case *cases;
    th_sync_cases(step->sync, step->port->g, &cases);
    const uint32_t index = choose(step, ready);
    const th_sync_case chosen = cases[index];
    step->port->access.address = chosen.channel;
    if (chosen.is_send) th_chan_count(step, chosen.channel, false);
    return end(step, index,
               chosen.is_send ? th_chan_send_now(step, chosen.channel, chosen.value)
                              : th_chan_recv_now(step, chosen.channel));
}

// None could proceed: all of them were looked at.
static void count_sends(th_sync_step *step) {
    const th_sync_case *cases;
    const uint32_t count = th_sync_cases(step->sync, step->port->g, &cases);
    for (uint32_t i = 0; i < count; i++) {
        if (cases[i].is_send) th_chan_count(step, cases[i].channel, false);
    }
}

th_run th_sync_take_SELECT(th_sync_step *step) {
    const th_memory *memory = step->port->memory;
    const uint32_t ready = ready_cases(step->sync, memory, step->port->g, false);
    if (ready != 0) return take_case(step, ready);
    count_sends(step);
    if (step->frame->b.w[0] != 0) return end(step, UINT64_MAX, TH_RUN_DONE);
    const th_sync_case *cases;
    const uint32_t count = th_sync_cases(step->sync, step->port->g, &cases);
    const bool everywhere = step->sync->fidelity == TH_SYNC_GO;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t channel = cases[i].channel;
        if (channel == 0 || (!everywhere && !th_chan_unbuffered(memory, channel))) continue;
        th_chan_queue(step, channel, cases[i].is_send, cases[i].value, (int)i);
    }
    return th_sync_park(step, TH_STEP_SELECT_WAKE);
}

th_run th_sync_take_SELECT_WAKE(th_sync_step *step) {
    const uint16_t g = step->port->g;
    if (th_sync_wakeup_of(step->sync, g) == NULL) {
        th_sync_dequeue(step, g);
        step->frame->parked = 0;
        return take_case(step, ready_cases(step->sync, step->port->memory, g, true));
    }
    const th_sync_wakeup wakeup = th_sync_take_wakeup(step);
    const th_sync_case *cases;
    TH_ASSERT(wakeup.case_index < th_sync_cases(step->sync, g, &cases));
    const th_sync_case woken = cases[wakeup.case_index];
    step->port->access.address = woken.channel;
    return end(step, wakeup.case_index, th_chan_woken(step, woken.channel, woken.is_send, &wakeup));
}
