// The access sites of the map's routines as numbers: where a routine stands between two steps.
#ifndef TH_SIM_GOMAP_SITE_H
#define TH_SIM_GOMAP_SITE_H

typedef enum th_gomap_site_id {
    TH_SITE_NONE,
#define ROUTINE(id, name, file, line)
#define L(indent, text)
#define S(site, indent, text) TH_SITE_##site,
#define A(site) TH_SITE_##site,
#include "sim/gomap/source.inc"
#undef ROUTINE
#undef L
#undef S
#undef A
    TH_SITE_COUNT,
} th_gomap_site_id;

#endif
