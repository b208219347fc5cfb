// An operation on a map from its first access to the caller's load or store of the value.
#include "sim/gomap/gomap.h"

#include "sim/gomap/hiter.h"
#include "sim/gomap/routine.h"

void th_gomap_begin(th_map_frame *frame, th_map_op op, uint16_t type, uint64_t map, uint64_t it,
                    const th_value *key, const th_value *elem) {
    *frame = (th_map_frame){.op = (uint8_t)op, .type = type, .m = map, .it = it};
    if (key != NULL) frame->key = *key;
    if (elem != NULL) frame->elem = *elem;
}

static th_run access(const th_routine_context *cx, uint32_t level) {
    switch ((th_family)cx->type->family) {
    case TH_FAMILY_FAST32:
    case TH_FAMILY_FAST64: return th_gomap_access_fast(cx, level);
    case TH_FAMILY_FASTSTR: return th_gomap_access_str(cx, level);
    case TH_FAMILY_GENERIC: break;
    }
    return th_gomap_access_generic(cx, level);
}

static th_run assign(const th_routine_context *cx, uint32_t level) {
    switch ((th_family)cx->type->family) {
    case TH_FAMILY_FAST32:
    case TH_FAMILY_FAST64: return th_gomap_assign_fast(cx, level);
    case TH_FAMILY_FASTSTR: return th_gomap_assign_str(cx, level);
    case TH_FAMILY_GENERIC: break;
    }
    return th_gomap_assign_generic(cx, level);
}

// The caller's load of the value at f->elem_address, one word at a time.
static th_run load_elem(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->out_elem = (th_value){{0, 0}};
    if (t->elem_size > 0) {
        READ(CALLER_LOAD, th_word_size(t->elem_size), f->elem_address)
        f->out_elem.w[0] = th_scalar_extend((th_scalar)t->elem, VALUE);
    }
    if (t->elem_size == 16) {
        READ(CALLER_LOAD_HI, 8, f->elem_address + 8)
        f->out_elem.w[1] = VALUE;
    }
    END
}

static th_run get(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->ok = 0;
    CALL(CALLER_ACCESS, access(cx, level + 1))
    if (f->ok) {
        CALL(CALLER_LOAD_ELEM, load_elem(cx, level + 1))
    }
    END
}

// m[k] = v, or with `op` TH_MAP_ADD m[k] += v: the value is stored after hashWriting was cleared.
static th_run set(const th_routine_context *cx, uint32_t level) {
    BEGIN
    CALL(CALLER_ASSIGN, assign(cx, level + 1))
    if (f->op == TH_MAP_ADD) {
        CALL(CALLER_LOAD_ELEM, load_elem(cx, level + 1))
        f->elem.w[0] += f->out_elem.w[0];
    }
    if (t->elem_size > 0) {
        WRITE(CALLER_STORE, th_word_size(t->elem_size), f->elem_address, f->elem.w[0])
    }
    if (t->elem_size == 16) {
        WRITE(CALLER_STORE_HI, 8, f->elem_address + 8, f->elem.w[1])
    }
    END
}

static th_run iterate(const th_routine_context *cx, uint32_t level) {
    return cx->frame->op == TH_MAP_RANGE ? th_gomap_iterinit(cx, level)
                                         : th_gomap_iternext(cx, level);
}

// The loop's step: mapiterinit or mapiternext, then the caller's loads of key and value.
static th_run next(const th_routine_context *cx, uint32_t level) {
    BEGIN
    CALL(CALLER_ITER, iterate(cx, level + 1))
    if (f->ok) {
        READ(CALLER_KEY, th_word_size(t->key_size), f->key_address)
        f->out_key = (th_value){{th_routine_key_word(t, VALUE), 0}};
        if (t->key_size == 16) {
            READ(CALLER_KEY_HI, 8, f->key_address + 8)
            f->out_key.w[1] = VALUE;
        }
        CALL(CALLER_LOAD_ELEM, load_elem(cx, level + 1))
    }
    END
}

static th_run len(const th_routine_context *cx, uint32_t level) {
    BEGIN
    f->out_elem = (th_value){{0, 0}};
    if (f->m == 0) return th_routine_done(f, level);
    READ(CALLER_LEN, 8, HMAP(count))
    f->out_elem.w[0] = VALUE;
    END
}

// An iterator lives in a block of its own; it is made before the loop's first step.
static bool make_iterator(const th_routine_context *cx) {
    th_map_frame *frame = cx->frame;
    if (frame->op != TH_MAP_RANGE || frame->it != 0) return true;
    frame->it = th_gomap_allocate(cx, TH_BLOCK_HITER, TH_HITER_SIZE);
    return frame->it != 0;
}

th_run th_gomap_run(const th_gomap_env *env, th_port *port, th_map_frame *frame) {
    const th_routine_context cx = {env, &env->types[frame->type], port, frame};
    th_port_stamp(port);
    if (!make_iterator(&cx)) return TH_RUN_FAULT;
    switch ((th_map_op)frame->op) {
    case TH_MAP_GET: return get(&cx, 0);
    case TH_MAP_SET:
    case TH_MAP_ADD: return set(&cx, 0);
    case TH_MAP_DELETE: return th_gomap_delete(&cx, 0);
    case TH_MAP_CLEAR: return th_gomap_clear(&cx, 0);
    case TH_MAP_LEN: return len(&cx, 0);
    case TH_MAP_RANGE:
    case TH_MAP_NEXT: return next(&cx, 0);
    case TH_MAP_NONE: break;
    }
    TH_ASSERT(!"an operation on a map");
    return TH_RUN_DONE;
}

uint16_t th_gomap_site(const th_map_frame *frame) {
    uint16_t site = TH_SITE_NONE;
    for (uint32_t i = 0; i < TH_MAP_FRAME_DEPTH && frame->pc[i] != 0; i++) site = frame->pc[i];
    return site;
}

bool th_gomap_safe_point(uint16_t site) {
    switch ((th_gomap_site_id)site) {
    // The first access of a routine with a prologue that checks for preemption ...
    case TH_SITE_ACCESS_COUNT:
    case TH_SITE_KACCESS_COUNT:
    case TH_SITE_FACCESS_COUNT:
    case TH_SITE_SACCESS_COUNT:
    case TH_SITE_ASSIGN_FLAGS:
    case TH_SITE_FASSIGN_FLAGS:
    case TH_SITE_SASSIGN_FLAGS:
    case TH_SITE_DELETE_COUNT:
    case TH_SITE_CLEAR_COUNT:
    case TH_SITE_ITER_COUNT:
    case TH_SITE_NEXT_FLAGS:
    case TH_SITE_GROW_COUNT:
    case TH_SITE_WORK_B:
    case TH_SITE_EVAC_OLD:
    case TH_SITE_ADVANCE_R:
    case TH_SITE_OVERFLOW_EXTRA:
    // (those of generic keys' hashers too; where the key is local, the next access stands for it)
    case TH_SITE_EVAC_HASHER_KEY:
    case TH_SITE_ACCESS_B:
    case TH_SITE_ASSIGN_TOGGLE_R:
    // ... and the first access after an allocation.
    case TH_SITE_ASSIGN_NIL_W:
    case TH_SITE_FASSIGN_NIL_W:
    case TH_SITE_SASSIGN_NIL_W:
    case TH_SITE_GROW_FLAGS_R:
    case TH_SITE_GROW_NEXT_EXTRA:
    case TH_SITE_CREATE_EXTRA_W:
    case TH_SITE_CREATE_EXTRA_R2:
    case TH_SITE_OVERFLOW_CAP_W:
    // The caller's own code.
    case TH_SITE_CALLER_LOAD:
    case TH_SITE_CALLER_LOAD_HI:
    case TH_SITE_CALLER_STORE:
    case TH_SITE_CALLER_STORE_HI:
    case TH_SITE_CALLER_KEY:
    case TH_SITE_CALLER_KEY_HI:
    case TH_SITE_CALLER_LEN: return true;
    default: return false;
    }
}
