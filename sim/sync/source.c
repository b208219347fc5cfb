#include "sim/sync/source.h"

#include "sim/sync/routine.h"
#include "sim/sync/site.h"

#define TH_SOURCE_FILE "sim/sync/source.inc"
#include "sim/memory/source_table.inc"

#define ROUTINE(id, name, file, line)
#define L(indent, text)
#define S(site, indent, text) site
#define A(site) site

// The sites as numbers ...
#define AT(op, step) SITE_##op##_##step,
#define DID(step, did) SITE_##step##_did_##did,
enum {
    SITE_BEFORE_FIRST = TH_SITE_SYNC_FIRST - 1,
#include "sim/sync/source.inc"
    SITE_END,
};
#undef AT
#undef DID

// ... by the request and the step that stands there ...
#define AT(op, step) [TH_SYNC_##op][TH_STEP_##step] = SITE_##op##_##step,
#define DID(step, did)
static const uint16_t STANDS[TH_SYNC_OP_COUNT][TH_STEP_COUNT] = {
#include "sim/sync/source.inc"
};
#undef AT
#undef DID

// ... and by what a step did.
#define AT(op, step)
#define DID(step, did) [TH_STEP_##step][TH_SYNC_DID_##did] = SITE_##step##_did_##did,
static const uint16_t WENT[TH_STEP_COUNT][TH_SYNC_DID_COUNT] = {
#include "sim/sync/source.inc"
};
#undef AT
#undef DID

// Requests that run another one's routine.
static th_sync_op routine_of(th_sync_op op) {
    if (op == TH_SYNC_MAP_DELETE) return TH_SYNC_MAP_LOAD_AND_DELETE;
    return op == TH_SYNC_MAP_NEXT ? TH_SYNC_MAP_RANGE : op;
}

uint16_t th_sync_site(const th_sync_frame *frame) {
    const uint16_t own = STANDS[routine_of((th_sync_op)frame->op)][frame->pc];
    return own != 0 ? own : STANDS[TH_SYNC_OP_NONE][frame->pc];
}

uint16_t th_sync_site_after(uint16_t step, th_sync_did did) { return WENT[step][did]; }

bool th_sync_source(uint16_t site, th_site *out) {
    if (site < TH_SITE_SYNC_FIRST || site >= SITE_END) return false;
    *out = th_source_find(&SOURCE, (uint16_t)(site - SITE_BEFORE_FIRST));
    return true;
}
