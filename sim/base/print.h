// Writes text into a buffer piece by piece; what does not fit is counted and left out.
//
//     th_print out = th_print_to(name, name_size);
//     th_print_text(&out, "b");
//     th_print_uint(&out, bucket);      // name is "b2", NUL ended after every piece
//
// Numbers look the same everywhere: no locale takes part.
#ifndef TH_SIM_BASE_PRINT_H
#define TH_SIM_BASE_PRINT_H

#include <stddef.h>
#include <stdint.h>

typedef struct th_print {
    char *text;  // not owned; may be NULL when `size` is 0
    size_t size;
    size_t length;  // also of what did not fit: more than size - 1 means cut off
} th_print;

th_print th_print_to(char *text, size_t size);
void th_print_bytes(th_print *print, const char *bytes, size_t count);
void th_print_text(th_print *print, const char *text);
void th_print_uint(th_print *print, uint64_t number);
void th_print_int(th_print *print, int64_t number);
void th_print_hex(th_print *print, uint64_t number);  // "0xc000012340"

#endif
