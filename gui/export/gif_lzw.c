#include "gui/export/gif_lzw.h"

#include <string.h>

enum {
    CODE_MAX = 4096, /* codes have at most 12 bits */
    SLOT_BITS = 14,
    SLOT_COUNT = 1 << SLOT_BITS, /* four times the codes, so probes are short */
    BLOCK_MAX = 255
};

typedef struct lzw_encoder {
    th_bytes *out;
    uint8_t block[1 + BLOCK_MAX]; /* the sub-block being filled, behind its length */
    int block_count;
    uint64_t bits; /* not yet in the block, lowest first */
    int bit_count;
    int code_bits;
    int next_code;
    uint32_t slots[SLOT_COUNT]; /* (prefix code << 8 | index) << 12 | code; 0: free */
} lzw_encoder;

static void flush_block(lzw_encoder *lzw) {
    lzw->block[0] = (uint8_t)lzw->block_count;
    th_bytes_append(lzw->out, lzw->block, (size_t)lzw->block_count + 1);
    lzw->block_count = 0;
}

static void put_code(lzw_encoder *lzw, unsigned code) {
    lzw->bits |= (uint64_t)code << lzw->bit_count;
    lzw->bit_count += lzw->code_bits;
    while (lzw->bit_count >= 8) {
        lzw->block[1 + lzw->block_count++] = (uint8_t)lzw->bits;
        lzw->bits >>= 8;
        lzw->bit_count -= 8;
        if (lzw->block_count == BLOCK_MAX) {
            flush_block(lzw);
        }
    }
}

static void forget_codes(lzw_encoder *lzw, int size) {
    lzw->code_bits = size + 1;
    lzw->next_code = (1 << size) + 2; /* past the clear and the end code */
    memset(lzw->slots, 0, sizeof lzw->slots);
}

/* The slot of a string, or the free one where it belongs. */
static uint32_t *find_string(lzw_encoder *lzw, uint32_t key) {
    uint32_t i = (key * 0x9e3779b1u) >> (32 - SLOT_BITS);
    while (lzw->slots[i] != 0 && lzw->slots[i] >> 12 != key) {
        i = (i + 1) & (SLOT_COUNT - 1);
    }
    return &lzw->slots[i];
}

/* Gives the next code to a new string, or starts over when there is none left. */
static void learn_string(lzw_encoder *lzw, uint32_t *slot, uint32_t key, int size) {
    if (lzw->next_code == CODE_MAX) {
        put_code(lzw, 1u << size);
        forget_codes(lzw, size);
        return;
    }
    /* The decoder learns one string later, so its codes grow when this code no longer fits. */
    if (lzw->next_code == 1 << lzw->code_bits) {
        lzw->code_bits++;
    }
    *slot = key << 12 | (uint32_t)lzw->next_code++;
}

static void put_end(lzw_encoder *lzw, unsigned prefix, int size) {
    put_code(lzw, prefix);
    /* The decoder learns a last string from that code, which may make the end code longer. */
    if (lzw->next_code < CODE_MAX && lzw->next_code == 1 << lzw->code_bits) {
        lzw->code_bits++;
    }
    put_code(lzw, (1u << size) + 1);
    if (lzw->bit_count > 0) {
        lzw->code_bits = 8 - lzw->bit_count;
        put_code(lzw, 0);
    }
    if (lzw->block_count > 0) {
        flush_block(lzw);
    }
    flush_block(lzw); /* the empty block that ends the data */
}

void th_gif_lzw(const uint8_t *indices, int width, int height, int pitch, int bits, th_bytes *out) {
    const int size = bits < 2 ? 2 : bits; /* the format knows no less */
    lzw_encoder lzw;
    lzw.out = out;
    lzw.block_count = lzw.bit_count = 0;
    lzw.bits = 0;
    forget_codes(&lzw, size);

    const uint8_t size_byte = (uint8_t)size;
    th_bytes_append(out, &size_byte, 1);
    put_code(&lzw, 1u << size);
    uint32_t prefix = indices[0];
    int x = 1;
    for (int y = 0; y < height; y++, x = 0) {
        const uint8_t *row = indices + (ptrdiff_t)y * pitch;
        for (; x < width; x++) {
            const uint32_t key = prefix << 8 | row[x];
            uint32_t *slot = find_string(&lzw, key);
            if (*slot != 0) {
                prefix = *slot & (CODE_MAX - 1);
                continue;
            }
            put_code(&lzw, prefix);
            learn_string(&lzw, slot, key, size);
            prefix = row[x];
        }
    }
    put_end(&lzw, prefix, size);
}
