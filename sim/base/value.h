// A value of a simulated program: up to 16 bytes, as they lie in memory.
#ifndef TH_BASE_VALUE_H
#define TH_BASE_VALUE_H

#include <stdint.h>

// w[0]: an integer (sign or zero extended to its type's 64 bits), the bits of a float64, a bool, a
// pointer; a string is {address of its text, length}; [2]uint64 takes both words.
typedef struct th_value {
    uint64_t w[2];
} th_value;

// Types of cells, keys and elements. X(NAME, "go name", bytes, is it signed)
#define TH_SCALARS(X)            \
    X(BOOL, "bool", 1, 0)        \
    X(U8, "uint8", 1, 0)         \
    X(U16, "uint16", 2, 0)       \
    X(U32, "uint32", 4, 0)       \
    X(U64, "uint64", 8, 0)       \
    X(I32, "int32", 4, 1)        \
    X(I64, "int", 8, 1)          \
    X(F64, "float64", 8, 0)      \
    X(PTR, "pointer", 8, 0)      \
    X(STRING, "string", 16, 0)   \
    X(U64X2, "[2]uint64", 16, 0) \
    X(EMPTY, "struct{}", 0, 0)

typedef enum th_scalar {
#define X(name, text, size, is_signed) TH_##name,
    TH_SCALARS(X)
#undef X
        TH_SCALAR_COUNT,
} th_scalar;

const char *th_scalar_string(th_scalar scalar);
uint32_t th_scalar_size(th_scalar scalar);
// Finds a type by its Go name. False: unknown.
int th_scalar_parse(const char *name, th_scalar *scalar);
// Low bytes of a word as a value of that type: sign extended where it is signed.
uint64_t th_scalar_extend(th_scalar scalar, uint64_t word);

#endif
