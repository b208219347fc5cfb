// A byte space in copy-on-write pages.
//
// Copying a th_pages shares every page; the first write to a shared page copies that page alone.
// It carries both the bytes of the simulated memory and the tables that describe it, so that a
// snapshot of a world costs one pointer a page. Not thread safe: worlds that share pages must stay
// on one thread (an explorer gives each thread a world of its own, built from the scenario).
#ifndef TH_SIM_MEMORY_PAGES_H
#define TH_SIM_MEMORY_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TH_PAGE_SHIFT = 10,
    TH_PAGE_SIZE = 1 << TH_PAGE_SHIFT,  // small: an explored state copies one or two
    TH_PAGE_GRANULES = TH_PAGE_SIZE / 8,
};

typedef struct th_page {
    uint32_t ref_count;
    uint32_t reserved;
    uint64_t live[TH_PAGE_GRANULES / 64];  // one bit for each 8 bytes: may they be accessed?
    uint8_t bytes[TH_PAGE_SIZE];
} th_page;

typedef struct th_pages {
    th_page **items;  // NULL where nothing was written yet: reads as zero bytes, not live
    uint32_t count;
    uint32_t capacity;
} th_pages;

void th_pages_free(th_pages *pages);

// Makes `to` an equal of `from` by sharing; what `to` held is released. `to` must be initialised
// (zeroed or used before), its array is reused.
void th_pages_copy(th_pages *to, const th_pages *from);

// The page with that index, ready to be written: created or unshared as needed.
th_page *th_pages_own(th_pages *pages, uint32_t index);

static inline const th_page *th_pages_look(const th_pages *pages, uint32_t index) {
    return index < pages->count ? pages->items[index] : NULL;
}

// Fixed-size records kept in pages; a record never crosses a page. `size` divides TH_PAGE_SIZE.
const void *th_pages_record(const th_pages *pages, uint32_t index, uint32_t size);
void *th_pages_record_own(th_pages *pages, uint32_t index, uint32_t size);

#endif
