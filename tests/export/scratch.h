/* A folder for one test, and looking at what is in it. */
#ifndef TH_TESTS_EXPORT_SCRATCH_H
#define TH_TESTS_EXPORT_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

enum { TH_SCRATCH_PATH_MAX = 512 };

typedef struct th_scratch {
    char folder[TH_SCRATCH_PATH_MAX];
} th_scratch;

/* Makes an empty folder below TMPDIR, or fails the test. */
th_scratch th_scratch_open(void);

/* Removes it with all that is in it. */
void th_scratch_close(const th_scratch *scratch);

/* The path of a name in it; valid until the fourth call from then. */
const char *th_scratch_path(const th_scratch *scratch, const char *name);

/* How many entries a folder has, hidden ones with them; -1 if there is no such folder. */
int th_scratch_entry_count(const char *folder);

/* A whole file, to be freed; fails the test if there is none. */
uint8_t *th_scratch_read(const char *path, size_t *size);

/* Fails the test unless both files have the same bytes. */
void th_scratch_assert_same(const char *a, const char *b);

#endif
