/* Joining deflate streams (RFC 1951) that were compressed apart.
 *
 * libdeflate compresses a whole buffer and marks its last block as final. To put several such
 * streams behind one another, the mark must go and the stream must end on a byte boundary. Where
 * its last bit lies is only known by walking through its codes; nothing is decompressed on the way.
 */
#ifndef TH_GUI_EXPORT_DEFLATE_JOIN_H
#define TH_GUI_EXPORT_DEFLATE_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that th_deflate_open_end may add. */
enum { TH_DEFLATE_OPEN_END_MAX = 5 };

/* Turns a complete stream of `*size` bytes into one that another may follow: the last block is no
 * longer final, and an empty stored block fills up the last byte. `data` has room for
 * TH_DEFLATE_OPEN_END_MAX more bytes. False if it is not a valid stream; it is then untouched. */
bool th_deflate_open_end(uint8_t *data, size_t *size);

/* Adler-32 (RFC 1950) of two byte strings in a row from that of each; `length` is the second's. */
uint32_t th_adler32_join(uint32_t first, uint32_t second, size_t length);

#endif
