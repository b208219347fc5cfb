/* What the tests of gui/draw share. */
#ifndef TH_TESTS_DRAW_SUPPORT_H
#define TH_TESTS_DRAW_SUPPORT_H

#include "gui/draw/raster.h"

/* The fonts of the running test program; closed by th_test_fonts_close. */
th_fonts *th_test_fonts(void);
int th_test_fonts_close(void **state);

/* FNV-1a of the picture. */
uint64_t th_test_picture_hash(const th_raster *raster);

/* Whether both pictures have the same pixels; prints the first difference. */
bool th_test_same_picture(const th_raster *a, const th_raster *b);

#endif
