#include "tests/draw/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/hash.h"

static th_fonts *fonts;

th_fonts *th_test_fonts(void) {
    char error[256];
    if (fonts == NULL) fonts = th_fonts_open(error, sizeof error);
    if (fonts == NULL) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
    return fonts;
}

int th_test_fonts_close(void **state) {
    (void)state;
    th_fonts_close(fonts);
    fonts = NULL;
    return 0;
}

static size_t picture_bytes(const th_raster *raster) {
    return (size_t)raster->width * (size_t)raster->height * sizeof raster->pixels[0];
}

uint64_t th_test_picture_hash(const th_raster *raster) {
    return th_hash_fnv1a64(raster->pixels, picture_bytes(raster));
}

bool th_test_same_picture(const th_raster *a, const th_raster *b) {
    if (memcmp(a->pixels, b->pixels, picture_bytes(a)) == 0) return true;
    int i = 0;
    while (a->pixels[i] == b->pixels[i]) i++;
    fprintf(stderr, "# pixel %d,%d: %08x and %08x\n", i % a->width, i / a->width, a->pixels[i],
            b->pixels[i]);
    return false;
}
