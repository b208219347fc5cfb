#define _POSIX_C_SOURCE 200809L /* open_memstream */

#include <stdlib.h>

#include "gui/export/error.h"
#include "gui/export/out_file.h"
#include "gui/export/writers.h"

static bool fail_source(const th_frame_source *source, th_export_error *error) {
    const char *why = source->message != NULL ? source->message(source->context) : "";
    return th_export_fail(error, TH_EXPORT_RENDER, "cannot draw the frame%s%s",
                          why[0] != '\0' ? ": " : "", why);
}

bool th_export_svg(const char *path, const th_frame_source *source, th_export_error *error) {
    if (source->vector == NULL || source->frame_count != 1) {
        return th_export_fail(error, TH_EXPORT_BAD_VALUE, "%s: an SVG is one still frame", path);
    }
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (memory == NULL) return th_export_fail_memory(error);
    bool good = source->vector(source->context, 0, memory) || fail_source(source, error);
    if (fclose(memory) != 0 && good) good = th_export_fail_memory(error);
    good = good && th_out_save(path, &(struct iovec){text, size}, 1, error);
    free(text);
    return good;
}
