#include "sim/base/print.h"

#include <string.h>

enum { DIGITS_MAX = 20 };  // of 2^64 - 1

th_print th_print_to(char *text, size_t size) {
    if (size > 0) text[0] = '\0';
    return (th_print){.text = text, .size = size};
}

void th_print_bytes(th_print *print, const char *bytes, size_t count) {
    if (count == 0) return;
    if (print->length + 1 < print->size) {
        const size_t room = print->size - 1 - print->length;
        const size_t fitting = count < room ? count : room;
        memcpy(print->text + print->length, bytes, fitting);
        print->text[print->length + fitting] = '\0';
    }
    print->length += count;
}

void th_print_text(th_print *print, const char *text) { th_print_bytes(print, text, strlen(text)); }

static void print_digits(th_print *print, uint64_t number, unsigned base) {
    char digits[DIGITS_MAX];
    size_t at = DIGITS_MAX;
    do {
        digits[--at] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    th_print_bytes(print, digits + at, DIGITS_MAX - at);
}

void th_print_uint(th_print *print, uint64_t number) { print_digits(print, number, 10); }

void th_print_int(th_print *print, int64_t number) {
    if (number < 0) th_print_text(print, "-");
    print_digits(print, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, 10);
}

void th_print_hex(th_print *print, uint64_t number) {
    th_print_text(print, "0x");
    print_digits(print, number, 16);
}
