#define _XOPEN_SOURCE 700

#include "tests/export/scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

th_scratch th_scratch_open(void) {
    th_scratch scratch;
    const char *below = getenv("TMPDIR");
    snprintf(scratch.folder, sizeof scratch.folder, "%s/th-export-XXXXXX",
             below != NULL ? below : "/tmp");
    assert_non_null(mkdtemp(scratch.folder));
    return scratch;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *at) {
    (void)status;
    (void)kind;
    (void)at;
    return remove(path);
}

void th_scratch_close(const th_scratch *scratch) {
    nftw(scratch->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *th_scratch_path(const th_scratch *scratch, const char *name) {
    static char paths[4][2 * TH_SCRATCH_PATH_MAX];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", scratch->folder, name);
    return path;
}

int th_scratch_entry_count(const char *folder) {
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return -1;
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(entries);
    return count;
}

uint8_t *th_scratch_read(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("cannot read %s", path);
    }
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(*size + 1);
    assert_int_equal(fread(data, 1, *size, file), *size);
    fclose(file);
    return data;
}

void th_scratch_assert_same(const char *a, const char *b) {
    size_t a_size, b_size;
    uint8_t *a_data = th_scratch_read(a, &a_size);
    uint8_t *b_data = th_scratch_read(b, &b_size);
    assert_int_equal(a_size, b_size);
    assert_memory_equal(a_data, b_data, a_size);
    free(a_data);
    free(b_data);
}
