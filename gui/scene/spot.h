// What lies at an address: the value that it belongs to, its type, and how people write it.
#ifndef TH_GUI_SCENE_SPOT_H
#define TH_GUI_SCENE_SPOT_H

#include "sim/script/scenario.h"

typedef enum th_spot_shape {
    TH_SPOT_NUMBER,
    TH_SPOT_FLAGS,    // of a map header: four bits
    TH_SPOT_HEX32,    // hash0
    TH_SPOT_TOPHASH,  // two hexadecimal digits, or a mark
    TH_SPOT_POINTER,
    TH_SPOT_SCALAR,     // as its type says
    TH_SPOT_WAITGROUP,  // counter and waiters in one word
    TH_SPOT_ENTRY,      // of a sync.Map: a boxed value, nil or expunged
} th_spot_shape;

typedef struct th_spot {
    uint64_t
        address;  // where the value begins (a string that was asked for by its second word ...)
    th_scalar scalar;  // its type; TH_EMPTY: not known, as wide as the access to it
    th_spot_shape shape;
} th_spot;

// `block` holds `address`.
th_spot th_spot_at(const th_scenario *scenario, const th_block *block, uint64_t address);

#endif
