#include "gui/export/deflate_join.h"

#include <string.h>

enum {
    CODE_BITS_MAX = 15,
    SYMBOL_MAX = 288,
    LITERAL_COUNT_MAX = 286,
    OFFSET_COUNT_MAX = 30,
    END_OF_BLOCK = 256,
    ADLER_BASE = 65521,

    /* What stands in a table's entry beside the number of bits to skip. */
    ENTRY_BITS = 0x3f,
    ENTRY_MATCH = 0x40, /* an offset code follows */
    ENTRY_END = 0x80,
    ENTRY_INVALID = 0 /* every code has at least one bit */
};

/* Bits are read from the least significant upwards. Past the end come zeros, counted in
 * `position`, so that only the end of a block needs a check. */
typedef struct bit_reader {
    const uint8_t *data;
    size_t size;
    size_t position; /* the next byte to load */
    uint64_t bits;
    int bit_count;
} bit_reader;

/* A table over the next `width` bits: how far to skip, with extra bits, and what follows. */
typedef struct skip_table {
    int width;
    uint8_t entries[1 << CODE_BITS_MAX];
} skip_table;

typedef struct deflate_walk {
    bit_reader reader;
    size_t final_bit; /* where the last block's final mark stands, in bits from the start */
    skip_table literals, offsets;
} deflate_walk;

/* Little-endian; compilers make one load of this form, and not of a loop. */
static inline uint64_t load_u64(const uint8_t *data) {
    return (uint64_t)data[0] | (uint64_t)data[1] << 8 | (uint64_t)data[2] << 16 |
           (uint64_t)data[3] << 24 | (uint64_t)data[4] << 32 | (uint64_t)data[5] << 40 |
           (uint64_t)data[6] << 48 | (uint64_t)data[7] << 56;
}

static inline void refill(bit_reader *reader) {
    if (reader->position + 8 <= reader->size) {
        reader->bits |= load_u64(reader->data + reader->position) << reader->bit_count;
        reader->position += (size_t)(63 - reader->bit_count) >> 3;
        reader->bit_count |= 56;
        return;
    }
    while (reader->bit_count <= 56) {
        const uint64_t byte = reader->position < reader->size ? reader->data[reader->position] : 0;
        reader->bits |= byte << reader->bit_count;
        reader->bit_count += 8;
        reader->position++;
    }
}

static void skip(bit_reader *reader, int count) {
    reader->bits >>= count;
    reader->bit_count -= count;
}

static unsigned take(bit_reader *reader, int count) {
    refill(reader);
    const unsigned value = (unsigned)(reader->bits & ((1u << count) - 1));
    skip(reader, count);
    return value;
}

/* Bits read so far. */
static size_t bit_position(const bit_reader *reader) {
    return reader->position * 8 - (size_t)reader->bit_count;
}

static int literal_entry(int symbol, int code_length) {
    if (symbol < END_OF_BLOCK) {
        return code_length;
    }
    if (symbol == END_OF_BLOCK) {
        return code_length | ENTRY_END;
    }
    if (symbol >= LITERAL_COUNT_MAX) {
        return ENTRY_INVALID;
    }
    const int extra_bits = symbol < 265 || symbol == 285 ? 0 : (symbol - 261) / 4;
    return (code_length + extra_bits) | ENTRY_MATCH;
}

static int offset_entry(int symbol, int code_length) {
    if (symbol >= OFFSET_COUNT_MAX) {
        return ENTRY_INVALID;
    }
    return code_length + (symbol < 4 ? 0 : symbol / 2 - 1);
}

static unsigned reverse_bits(unsigned code, int length) {
    unsigned reversed = 0;
    for (int i = 0; i < length; i++) {
        reversed = reversed << 1 | (code >> i & 1);
    }
    return reversed;
}

/* Builds the table of a canonical Huffman code. False if the lengths ask for more codes than there
 * are. */
static bool build_table(skip_table *table, const uint8_t *lengths, int symbol_count,
                        int (*entry_of)(int symbol, int code_length)) {
    int counts[CODE_BITS_MAX + 1] = {0};
    for (int i = 0; i < symbol_count; i++) {
        counts[lengths[i]]++;
    }
    counts[0] = 0;
    unsigned next_code[CODE_BITS_MAX + 1] = {0};
    table->width = 1;
    for (int bits = 1; bits <= CODE_BITS_MAX; bits++) {
        next_code[bits] = (next_code[bits - 1] + (unsigned)counts[bits - 1]) << 1;
        if (next_code[bits] + (unsigned)counts[bits] > 1u << bits) {
            return false;
        }
        table->width = counts[bits] > 0 ? bits : table->width;
    }
    memset(table->entries, ENTRY_INVALID, (size_t)1 << table->width);
    for (int symbol = 0; symbol < symbol_count; symbol++) {
        const int length = lengths[symbol];
        if (length == 0) {
            continue;
        }
        const uint8_t entry = (uint8_t)entry_of(symbol, length);
        const unsigned first = reverse_bits(next_code[length]++, length);
        for (unsigned i = first; i < 1u << table->width; i += 1u << length) {
            table->entries[i] = entry;
        }
    }
    return true;
}

static bool fixed_tables(deflate_walk *state) {
    uint8_t lengths[SYMBOL_MAX];
    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    if (!build_table(&state->literals, lengths, SYMBOL_MAX, literal_entry)) {
        return false;
    }
    memset(lengths, 5, 32);
    return build_table(&state->offsets, lengths, 32, offset_entry);
}

/* A code of code lengths is decoded by its symbol, which a skip table does not keep: at most 19
 * codes of at most 7 bits are searched. */
static int decode_length_symbol(bit_reader *reader, const uint8_t lengths[19]) {
    unsigned code = 0, first = 0;
    for (int bits = 1; bits <= 7; bits++) {
        code = code << 1 | take(reader, 1);
        unsigned index = 0;
        for (int symbol = 0; symbol < 19; symbol++) {
            if (lengths[symbol] == bits) {
                if (code == first + index) {
                    return symbol;
                }
                index++;
            }
        }
        first = (first + index) << 1;
    }
    return -1;
}

/* Reads the code lengths of the literals and offsets, run-length coded. */
static bool read_lengths(bit_reader *reader, const uint8_t code_lengths[19], int count,
                         uint8_t *lengths) {
    for (int done = 0; done < count;) {
        const int symbol = decode_length_symbol(reader, code_lengths);
        if (symbol < 0 || (symbol == 16 && done == 0)) {
            return false;
        }
        if (symbol < 16) {
            lengths[done++] = (uint8_t)symbol;
            continue;
        }
        const uint8_t value = symbol == 16 ? lengths[done - 1] : 0;
        const int repeat = symbol == 16   ? 3 + (int)take(reader, 2)
                           : symbol == 17 ? 3 + (int)take(reader, 3)
                                          : 11 + (int)take(reader, 7);
        if (done + repeat > count) {
            return false;
        }
        memset(lengths + done, value, (size_t)repeat);
        done += repeat;
    }
    return true;
}

static bool dynamic_tables(deflate_walk *state) {
    static const uint8_t ORDER[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                      11, 4,  12, 3, 13, 2, 14, 1, 15};
    bit_reader *reader = &state->reader;
    const int literal_count = 257 + (int)take(reader, 5);
    const int offset_count = 1 + (int)take(reader, 5);
    const int code_count = 4 + (int)take(reader, 4);
    uint8_t code_lengths[19] = {0};
    for (int i = 0; i < code_count; i++) {
        code_lengths[ORDER[i]] = (uint8_t)take(reader, 3);
    }
    uint8_t lengths[SYMBOL_MAX + 32] = {0};
    if (!read_lengths(reader, code_lengths, literal_count + offset_count, lengths)) {
        return false;
    }
    return build_table(&state->literals, lengths, literal_count, literal_entry) &&
           build_table(&state->offsets, lengths + literal_count, offset_count, offset_entry);
}

/* Skips a block's codes up to and with its end. A literal or length takes at most 20 bits with its
 * extra bits and an offset 28, so one refill lasts for both. */
static bool skip_codes(deflate_walk *state) {
    bit_reader reader = state->reader; /* a copy that can stay in registers */
    const unsigned literal_mask = (1u << state->literals.width) - 1;
    const unsigned offset_mask = (1u << state->offsets.width) - 1;
    while (reader.position <= reader.size + 8) {
        refill(&reader);
        const int entry = state->literals.entries[reader.bits & literal_mask];
        if (entry == ENTRY_INVALID) {
            return false;
        }
        skip(&reader, entry & ENTRY_BITS);
        if (entry & ENTRY_MATCH) {
            const int offset = state->offsets.entries[reader.bits & offset_mask];
            if (offset == ENTRY_INVALID) {
                return false;
            }
            skip(&reader, offset);
        } else if (entry & ENTRY_END) {
            state->reader = reader;
            return true;
        }
    }
    return false;
}

static bool skip_stored(deflate_walk *state) {
    bit_reader *reader = &state->reader;
    size_t byte = (bit_position(reader) + 7) / 8;
    if (byte + 4 > reader->size) {
        return false;
    }
    byte += 4 + (size_t)(reader->data[byte] | reader->data[byte + 1] << 8);
    *reader = (bit_reader){.data = reader->data, .size = reader->size, .position = byte};
    return byte <= reader->size;
}

/* Walks to the end of the final block. */
static bool walk(deflate_walk *state) {
    bit_reader *reader = &state->reader;
    bool is_final = false;
    while (!is_final) {
        state->final_bit = bit_position(reader);
        is_final = take(reader, 1) == 1;
        const unsigned type = take(reader, 2);
        const bool skipped = type == 0   ? skip_stored(state)
                             : type == 1 ? fixed_tables(state) && skip_codes(state)
                             : type == 2 ? dynamic_tables(state) && skip_codes(state)
                                         : false;
        if (!skipped || bit_position(reader) > reader->size * 8) {
            return false;
        }
    }
    return true;
}

bool th_deflate_open_end(uint8_t *data, size_t *size) {
    deflate_walk state;
    state.reader = (bit_reader){.data = data, .size = *size};
    if (!walk(&state)) {
        return false;
    }
    data[state.final_bit / 8] &= (uint8_t) ~(1u << state.final_bit % 8);
    const size_t end_bit = bit_position(&state.reader);
    size_t end = (end_bit + 7) / 8;
    if (end_bit % 8 != 0) {
        data[end - 1] &= (uint8_t)((1u << end_bit % 8) - 1);
    }
    /* An empty stored block: three zero bits, zeros up to the byte, its length and complement. */
    if (end * 8 - end_bit < 3) {
        data[end++] = 0;
    }
    memcpy(data + end, "\x00\x00\xff\xff", 4);
    *size = end + 4;
    return true;
}

uint32_t th_adler32_join(uint32_t first, uint32_t second, size_t length) {
    /* a = 1 + sum of bytes, b = sum of all a; the second's were counted from a = 1. */
    const uint64_t a1 = first & 0xffff, b1 = first >> 16;
    const uint64_t a2 = second & 0xffff, b2 = second >> 16;
    const uint64_t n = length % ADLER_BASE;
    const uint64_t a = (a1 + a2 + ADLER_BASE - 1) % ADLER_BASE;
    const uint64_t b = (b1 + b2 + n * (a1 + ADLER_BASE - 1)) % ADLER_BASE;
    return (uint32_t)(b << 16 | a);
}
