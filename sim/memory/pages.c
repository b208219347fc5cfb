#include "sim/memory/pages.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

static void page_drop(th_page *page) {
    if (page == NULL) return;
    TH_ASSERT(page->ref_count > 0);
    if (--page->ref_count == 0) free(page);
}

void th_pages_free(th_pages *pages) {
    for (uint32_t i = 0; i < pages->count; i++) page_drop(pages->items[i]);
    free(pages->items);
    *pages = (th_pages){0};
}

static void reserve(th_pages *pages, uint32_t count) {
    if (count <= pages->capacity) return;
    uint32_t capacity = pages->capacity ? pages->capacity : 4;
    while (capacity < count) capacity *= 2;
    pages->items = realloc(pages->items, capacity * sizeof(*pages->items));
    TH_ASSERT(pages->items != NULL);
    pages->capacity = capacity;
}

void th_pages_copy(th_pages *to, const th_pages *from) {
    if (to == from) return;
    // Take the new references first: both may share pages, and the last one must not go in between.
    for (uint32_t i = 0; i < from->count; i++) {
        if (from->items[i] != NULL) from->items[i]->ref_count++;
    }
    for (uint32_t i = 0; i < to->count; i++) page_drop(to->items[i]);
    reserve(to, from->count);
    if (from->count > 0) memcpy(to->items, from->items, from->count * sizeof(*to->items));
    to->count = from->count;
}

th_page *th_pages_own(th_pages *pages, uint32_t index) {
    if (index >= pages->count) {
        reserve(pages, index + 1);
        memset(pages->items + pages->count, 0, (index + 1 - pages->count) * sizeof(*pages->items));
        pages->count = index + 1;
    }
    th_page *page = pages->items[index];
    if (page != NULL && page->ref_count == 1) return page;
    th_page *own = page == NULL ? calloc(1, sizeof(*own)) : malloc(sizeof(*own));
    TH_ASSERT(own != NULL);
    if (page != NULL) {
        memcpy(own, page, sizeof(*own));
        page_drop(page);
    }
    own->ref_count = 1;
    pages->items[index] = own;
    return own;
}

const void *th_pages_record(const th_pages *pages, uint32_t index, uint32_t size) {
    const uint32_t per_page = TH_PAGE_SIZE / size;
    const th_page *page = th_pages_look(pages, index / per_page);
    return page == NULL ? NULL : page->bytes + (size_t)(index % per_page) * size;
}

void *th_pages_record_own(th_pages *pages, uint32_t index, uint32_t size) {
    const uint32_t per_page = TH_PAGE_SIZE / size;
    return th_pages_own(pages, index / per_page)->bytes + (size_t)(index % per_page) * size;
}
