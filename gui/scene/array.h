// Growing arrays of the picture: {items, count, capacity}.
#ifndef TH_GUI_SCENE_ARRAY_H
#define TH_GUI_SCENE_ARRAY_H

#include <stddef.h>
#include <stdint.h>

// `items` with room for one more than `count` things of `size` bytes; aborts when memory is out.
void *th_array_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size);

#endif
