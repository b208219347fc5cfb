// Channels (runtime/chan.go). Send, receive and close are one step each, as Go does them under the
// channel's own lock; whoever has to wait queues, and the one that serves it hands the value over.
#include "sim/base/assert.h"
#include "sim/sync/routine.h"
#include "sim/sync/site.h"

static uint64_t field(const th_sync_step *step, uint64_t channel, uint64_t offset) {
    return th_sync_get64(step->port->memory, channel + offset);
}

static bool closed(const th_memory *memory, uint64_t channel) {
    return th_sync_get(memory, channel + TH_HCHAN_closed) != 0;
}

static const th_sync_waiter *first_in(const th_sync *sync, uint64_t channel, uint64_t queue) {
    return th_sync_first_waiter(sync, channel + queue);
}

bool th_chan_unbuffered(const th_memory *memory, uint64_t channel) {
    return channel != 0 && th_sync_get64(memory, channel + TH_HCHAN_dataqsiz) == 0;
}

bool th_chan_ready(const th_sync *sync, const th_memory *memory, uint64_t channel, bool is_send) {
    if (channel == 0) return false;
    if (closed(memory, channel)) return true;
    const uint64_t count = th_sync_get64(memory, channel + TH_HCHAN_qcount);
    if (is_send) {
        return count < th_sync_get64(memory, channel + TH_HCHAN_dataqsiz) ||
               first_in(sync, channel, TH_HCHAN_recvq_first) != NULL;
    }
    return count > 0 || first_in(sync, channel, TH_HCHAN_sendq_first) != NULL;
}

void th_chan_count(th_sync_step *step, uint64_t channel, bool is_close) {
    if (channel == 0) return;
    const th_sync_frame place = {.pc = is_close ? TH_STEP_CHAN_CLOSE : TH_STEP_CHAN_SEND};
    // The address of hchan.raceaddr: len and cap do not race with it.
    th_sync_counts(step, is_close ? TH_EDGE_WRITE : TH_EDGE_READ, channel + TH_HCHAN_buf,
                   th_sync_site(&place));
}

static th_scalar elem_type(const th_sync_step *step, uint64_t channel) {
    return (th_scalar)field(step, channel, TH_HCHAN_elemtype);
}

static uint64_t slot_address(const th_sync_step *step, uint64_t channel, uint64_t index) {
    return field(step, channel, TH_HCHAN_buf) + index * th_scalar_size(elem_type(step, channel));
}

// The value as the element's type holds it.
static th_value as_element(const th_sync_step *step, uint64_t channel, th_value value) {
    const th_scalar type = elem_type(step, channel);
    if (th_scalar_size(type) > 8) return value;
    if (th_scalar_size(type) == 0) return (th_value){0};
    return (th_value){.w = {th_scalar_extend(type, value.w[0])}};
}

static th_value read_slot(const th_sync_step *step, uint64_t channel, uint64_t index) {
    const uint32_t size = th_scalar_size(elem_type(step, channel));
    const uint64_t address = slot_address(step, channel, index);
    th_value value = {0};
    value.w[0] = th_memory_peek(step->port->memory, address, size < 8 ? size : 8);
    if (size > 8) value.w[1] = th_memory_peek(step->port->memory, address + 8, size - 8);
    return as_element(step, channel, value);
}

static void write_slot(th_sync_step *step, uint64_t channel, uint64_t index, th_value value) {
    const uint32_t size = th_scalar_size(elem_type(step, channel));
    const uint64_t address = slot_address(step, channel, index);
    th_memory_poke(step->port->memory, address, size < 8 ? size : 8, value.w[0]);
    if (size > 8) th_memory_poke(step->port->memory, address + 8, size - 8, value.w[1]);
}

// Moves sendx or recvx on; returns the slot that it stood at.
static uint64_t advance(th_sync_step *step, uint64_t channel, uint64_t index_offset) {
    const uint64_t index = field(step, channel, index_offset);
    const uint64_t size = field(step, channel, TH_HCHAN_dataqsiz);
    th_sync_set64(step, channel + index_offset, index + 1 == size ? 0 : index + 1);
    return index;
}

static void add_count(th_sync_step *step, uint64_t channel, uint64_t delta) {
    th_sync_set64(step, channel + TH_HCHAN_qcount, field(step, channel, TH_HCHAN_qcount) + delta);
}

// The k-th receive is ordered before the end of the send that reuses its slot, and each send before
// the end of its receive. Slots of elements without size have one address: the index tells them
// apart.
static void exchange(th_sync_step *step, uint16_t g, uint64_t channel, uint64_t index) {
    const uint64_t slot = (channel + TH_HCHAN_dataqsiz) | index << 48;
    th_sync_edge_add(step->io, TH_EDGE_EXCHANGE, g, slot, 0);
}

static void hand_to_receiver(th_sync_step *step, uint64_t channel, th_value value,
                             const th_sync_waiter *receiver) {
    if (th_chan_unbuffered(step->port->memory, channel)) {
        th_sync_edge_add(step->io, TH_EDGE_RENDEZVOUS, step->port->g, 0, receiver->g);
    } else {  // as if it went through the empty buffer
        const uint64_t index = advance(step, channel, TH_HCHAN_recvx);
        th_sync_set64(step, channel + TH_HCHAN_sendx, field(step, channel, TH_HCHAN_recvx));
        exchange(step, step->port->g, channel, index);
        exchange(step, receiver->g, channel, index);
    }
    th_sync_wake(step, receiver, &(th_sync_wakeup){.value = value, .ok = 1});
    step->frame->did = TH_SYNC_DID_HANDED;
}

th_run th_chan_send_now(th_sync_step *step, uint64_t channel, th_value value) {
    if (closed(step->port->memory, channel)) {
        return th_sync_panic(step, "send on closed channel");
    }
    value = as_element(step, channel, value);
    const th_sync_waiter *receiver = first_in(step->sync, channel, TH_HCHAN_recvq_first);
    if (receiver != NULL) {
        hand_to_receiver(step, channel, value, receiver);
        return TH_RUN_DONE;
    }
    const uint64_t index = advance(step, channel, TH_HCHAN_sendx);
    exchange(step, step->port->g, channel, index);
    write_slot(step, channel, index, value);
    add_count(step, channel, 1);
    return th_sync_did_and(step, TH_SYNC_DID_PUT, TH_RUN_DONE);
}

static void received(th_sync_step *step, th_value value, bool ok) {
    step->frame->result[0] = value.w[0];
    step->frame->result[1] = value.w[1];
    step->frame->ok = ok;
}

// A full buffer's oldest value goes to the receiver, the waiting sender's into its slot.
static void take_from_sender(th_sync_step *step, uint64_t channel, const th_sync_waiter *sender) {
    step->frame->did = TH_SYNC_DID_HANDED;
    if (th_chan_unbuffered(step->port->memory, channel)) {
        th_sync_edge_add(step->io, TH_EDGE_RENDEZVOUS, step->port->g, 0, sender->g);
        received(step, sender->value, true);
    } else {
        const uint64_t index = advance(step, channel, TH_HCHAN_recvx);
        th_sync_set64(step, channel + TH_HCHAN_sendx, field(step, channel, TH_HCHAN_recvx));
        exchange(step, step->port->g, channel, index);
        exchange(step, sender->g, channel, index);
        received(step, read_slot(step, channel, index), true);
        write_slot(step, channel, index, sender->value);
    }
    th_sync_wake(step, sender, &(th_sync_wakeup){.ok = 1});
}

th_run th_chan_recv_now(th_sync_step *step, uint64_t channel) {
    const th_sync_waiter *sender = first_in(step->sync, channel, TH_HCHAN_sendq_first);
    if (sender != NULL) {
        take_from_sender(step, channel, sender);
        return TH_RUN_DONE;
    }
    if (field(step, channel, TH_HCHAN_qcount) == 0) {
        TH_ASSERT(closed(step->port->memory, channel));
        received(step, (th_value){0}, false);
        th_sync_acquired(step, channel);
        return th_sync_did_and(step, TH_SYNC_DID_CLOSED, TH_RUN_DONE);
    }
    const uint64_t index = advance(step, channel, TH_HCHAN_recvx);
    exchange(step, step->port->g, channel, index);
    received(step, read_slot(step, channel, index), true);
    write_slot(step, channel, index, (th_value){0});
    add_count(step, channel, UINT64_MAX);
    return th_sync_did_and(step, TH_SYNC_DID_TOOK, TH_RUN_DONE);
}

void th_chan_queue(th_sync_step *step, uint64_t channel, bool is_send, th_value value,
                   int case_index) {
    th_sync_waiter waiter = {
        .address = channel + (is_send ? TH_HCHAN_sendq_first : TH_HCHAN_recvq_first),
        .g = step->port->g,
        .flags = TH_WAITER_LINKED,
    };
    if (is_send) waiter.value = as_element(step, channel, value);
    if (case_index >= 0) {
        waiter.case_index = (uint8_t)case_index;
        waiter.flags |= TH_WAITER_SELECT;
    }
    th_sync_enqueue(step->sync, &waiter, false);
    th_sync_write_ends(step, waiter.address);
}

th_run th_chan_woken(th_sync_step *step, uint64_t channel, bool is_send,
                     const th_sync_wakeup *wakeup) {
    step->frame->did = TH_SYNC_DID_WOKE;
    if (!wakeup->ok) th_sync_acquired(step, channel);
    if (!is_send) {
        received(step, wakeup->value, wakeup->ok);
    } else if (!wakeup->ok) {
        return th_sync_panic(step, "send on closed channel");
    }
    return TH_RUN_DONE;
}

th_run th_sync_take_CHAN_SEND(th_sync_step *step) {
    const uint64_t channel = step->frame->object;
    th_chan_count(step, channel, false);
    if (th_chan_ready(step->sync, step->port->memory, channel, true)) {
        return th_chan_send_now(step, channel, step->frame->b);
    }
    if (channel != 0) th_chan_queue(step, channel, true, step->frame->b, -1);
    return th_sync_park(step, TH_STEP_CHAN_WAKE);
}

th_run th_sync_take_CHAN_RECV(th_sync_step *step) {
    const uint64_t channel = step->frame->object;
    if (th_chan_ready(step->sync, step->port->memory, channel, false)) {
        return th_chan_recv_now(step, channel);
    }
    if (channel != 0) th_chan_queue(step, channel, false, (th_value){0}, -1);
    return th_sync_park(step, TH_STEP_CHAN_WAKE);
}

th_run th_sync_take_CHAN_WAKE(th_sync_step *step) {
    const th_sync_wakeup wakeup = th_sync_take_wakeup(step);
    return th_chan_woken(step, step->frame->object, step->frame->op == TH_SYNC_CHAN_SEND, &wakeup);
}

static void wake_all(th_sync_step *step, uint64_t queue) {
    const th_sync_waiter *waiter;
    while ((waiter = th_sync_first_waiter(step->sync, queue)) != NULL) {
        th_sync_wake(step, waiter, &(th_sync_wakeup){.ok = 0});
    }
}

th_run th_sync_take_CHAN_CLOSE(th_sync_step *step) {
    const uint64_t channel = step->frame->object;
    if (channel == 0) return th_sync_panic(step, "close of nil channel");
    if (closed(step->port->memory, channel)) {
        return th_sync_panic(step, "close of closed channel");
    }
    th_chan_count(step, channel, true);
    th_sync_set(step, channel + TH_HCHAN_closed, 1);
    th_sync_released(step, channel);
    wake_all(step, channel + TH_HCHAN_recvq_first);
    wake_all(step, channel + TH_HCHAN_sendq_first);
    return th_sync_did_and(step, TH_SYNC_DID_CLOSED, TH_RUN_DONE);
}

th_run th_sync_take_CHAN_LEN(th_sync_step *step) {
    step->frame->result[0] = step->port->access.value;
    return TH_RUN_DONE;
}
