#define _POSIX_C_SOURCE 200809L

#include "gui/export/gif_stream.h"

#include "gui/export/error.h"
#include "gui/export/out_file.h"

enum {
    DELAY_MAX = 60000, /* hundredths; the field ends at 65535 */
    DISPOSE_KEEP = 1 << 2,
    HAS_TRANSPARENT = 1
};

static void put_u8(th_bytes *out, int value) {
    const uint8_t byte = (uint8_t)value;
    th_bytes_append(out, &byte, 1);
}

static void put_u16(th_bytes *out, int value) {
    put_u8(out, value & 0xff);
    put_u8(out, value >> 8);
}

static bool write_packet(th_gif_stream *stream, th_export_error *error) {
    if (stream->packet.failed || stream->pending_data.failed) {
        return th_export_fail_memory(error);
    }
    struct iovec part = {stream->packet.items, stream->packet.count};
    const int failure = th_out_write(stream->descriptor, &part, 1);
    stream->packet.count = 0;
    return failure == 0 || th_export_fail_io(error, "write", stream->path, failure);
}

bool th_gif_stream_begin(th_gif_stream *stream, int width, int height,
                         const th_gif_palette *palette, th_export_error *error) {
    th_bytes *out = &stream->packet;
    stream->transparent = palette->transparent;
    th_bytes_append(out, "GIF89a", 6);
    put_u16(out, width);
    put_u16(out, height);
    put_u8(out, 0x80 | 0x70 | (palette->bits - 1)); /* a global table, 8 bits a channel */
    put_u8(out, 0);                                 /* background */
    put_u8(out, 0);                                 /* square pixels */
    for (int i = 0; i < 1 << palette->bits; i++) {
        const uint32_t color = i < palette->color_count ? palette->colors[i] : 0;
        put_u8(out, (int)(color >> 16 & 0xff));
        put_u8(out, (int)(color >> 8 & 0xff));
        put_u8(out, (int)(color & 0xff));
    }
    th_bytes_append(out, "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00", 19); /* for ever */
    return write_packet(stream, error);
}

/* When a frame begins, in hundredths of a second. */
static int64_t start_of(const th_gif_stream *stream, int index) {
    return (int64_t)index * 100 / stream->fps;
}

static bool write_pending(th_gif_stream *stream, int next_index, th_export_error *error) {
    const th_gif_image *image = &stream->pending;
    const bool has_transparent = stream->transparent != TH_GIF_NOT_TRANSPARENT;
    th_bytes *out = &stream->packet;
    th_bytes_append(out, "\x21\xf9\x04", 3); /* graphic control extension */
    put_u8(out, DISPOSE_KEEP | (has_transparent ? HAS_TRANSPARENT : 0));
    put_u16(out, (int)(start_of(stream, next_index) - start_of(stream, image->index)));
    put_u8(out, has_transparent ? stream->transparent : 0);
    put_u8(out, 0);
    put_u8(out, 0x2c); /* image descriptor */
    put_u16(out, image->rect.x0);
    put_u16(out, image->rect.y0);
    put_u16(out, image->rect.x1 - image->rect.x0);
    put_u16(out, image->rect.y1 - image->rect.y0);
    put_u8(out, 0); /* no table of its own, not interlaced */
    th_bytes_append(out, stream->pending_data.items, stream->pending_data.count);
    stream->has_pending = false;
    return write_packet(stream, error);
}

/* Whether the pending image can stay until `index` is over, and one frame longer to be safe. */
static bool can_stay(const th_gif_stream *stream, int index) {
    return start_of(stream, index + 1) - start_of(stream, stream->pending.index) <= DELAY_MAX;
}

bool th_gif_stream_add(th_gif_stream *stream, const th_gif_image *image, th_export_error *error) {
    if (stream->has_pending) {
        if (image->is_unchanged && can_stay(stream, image->index)) {
            return true;
        }
        if (!write_pending(stream, image->index, error)) {
            return false;
        }
    }
    stream->pending = *image;
    stream->pending_data.count = 0;
    th_bytes_append(&stream->pending_data, image->data, image->size);
    stream->has_pending = true;
    return true;
}

bool th_gif_stream_end(th_gif_stream *stream, int frame_count, th_export_error *error) {
    if (!write_pending(stream, frame_count, error)) {
        return false;
    }
    put_u8(&stream->packet, 0x3b);
    return write_packet(stream, error);
}

void th_gif_stream_free(th_gif_stream *stream) {
    th_bytes_free(&stream->pending_data);
    th_bytes_free(&stream->packet);
}
