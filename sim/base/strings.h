// Interned, immutable texts of simulated programs, at addresses of Go's read-only data.
//
// They are no part of a world: a text never changes, so all worlds of a scenario share them.
#ifndef TH_BASE_STRINGS_H
#define TH_BASE_STRINGS_H

#include "sim/base/value.h"

#include <stddef.h>
#include <stdint.h>

#define TH_STRINGS_BASE UINT64_C(0x4a0000)  // where Go's linker puts such data on amd64

typedef struct th_strings th_strings;

th_strings *th_strings_new(void);
void th_strings_free(th_strings *strings);

// {address, length} of the text; the same text always has the same address, whatever was interned
// before (but for two texts in 2^28 that would share one). The empty string is {0, 0}, as in Go.
th_value th_strings_intern(th_strings *strings, const char *text, size_t length);
// The text at an address given by th_strings_intern, followed by a NUL byte; NULL for any other and
// for 0.
// Valid until the strings are freed.
const char *th_strings_text(const th_strings *strings, uint64_t address);
// Its length in bytes, for it may hold NUL bytes; 0 where there is no text.
size_t th_strings_length(const th_strings *strings, uint64_t address);

#endif
