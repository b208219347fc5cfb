#include "sim/world/place.h"

#include "sim/gomap/source.h"
#include "sim/sync/source.h"

bool th_place_find(uint16_t site, th_site *out) {
    return th_gomap_source(site, out) || th_sync_source(site, out);
}

bool th_place_routine(const th_world *world, const th_request *request, uint16_t site,
                      th_routine *out) {
    th_site place;
    if (!th_place_find(site, &place)) return false;
    *out = *place.routine;
    const bool of_map = request != NULL && site < TH_SITE_SYNC_FIRST &&
                        th_request_op_class((th_request_op)request->op) == TH_CLASS_MAP;
    if (of_map) {
        *out = th_gomap_routine(site, (th_family)world->env->gomap.types[request->type].family);
    }
    return out->real_line != 0;
}
