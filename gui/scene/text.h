// Values and requests in the words of Go. Texts are cut to the room that `out` has.
#ifndef TH_GUI_SCENE_TEXT_H
#define TH_GUI_SCENE_TEXT_H

#include "sim/script/scenario.h"

// A value of a type: 42, -1, 1.5, true, "abc", {1 2}, 0xc000012340.
void th_text_value(const th_strings *strings, th_scalar scalar, th_value value, char *out,
                   size_t size);

// The `length` bytes at an address as a picture shows them: tophash in hex, flags in binary, keys
// and values by their type, pointers by the name of what they lead to.
void th_text_bytes(const th_scenario *scenario, const th_world *world, uint64_t address,
                   uint32_t length, char *out, size_t size);

// The same for a value that is no longer there (the low half of it, as events keep it).
void th_text_recorded(const th_scenario *scenario, const th_world *world, uint64_t address,
                      uint32_t length, uint32_t low, char *out, size_t size);

// Whether that half is too little to tell the value (of a pointer, a float, a text).
bool th_text_is_partial(const th_scenario *scenario, const th_world *world, uint64_t address,
                        uint32_t length);

// What a goroutine asks for, as a Go programmer writes it: m[5] = 10, delete(m, 21), wg.Wait().
void th_text_request(const th_scenario *scenario, const th_world *world, const th_request *request,
                     char *out, size_t size);

// The scenario's name of what lies at the address: "m", "wg"; "?" when it has none.
const char *th_text_object(const th_scenario *scenario, const th_world *world, uint64_t address);

#endif
