/* A growing string of bytes. Running out of memory is remembered, and asked for once at the end:
 * an encoder that checked each byte would be all checks. */
#ifndef TH_GUI_EXPORT_BYTES_H
#define TH_GUI_EXPORT_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct th_bytes {
    uint8_t *items; /* owned */
    size_t count, capacity;
    bool failed; /* something was not appended for want of memory */
} th_bytes;

/* Makes room for `extra` more bytes; false, with `failed` set, if there is no memory. */
bool th_bytes_reserve(th_bytes *bytes, size_t extra);
void th_bytes_append(th_bytes *bytes, const void *data, size_t size);
void th_bytes_free(th_bytes *bytes);

#endif
