#include "gui/export/out_name.h"

#include <stdio.h>
#include <string.h>

#include "gui/export/error.h"
#include "sim/base/assert.h"

static const struct {
    const char *ending;
    th_export_format format;
} ENDINGS[] = {
    {".png", TH_EXPORT_PNG}, {"/", TH_EXPORT_PNG},      {".gif", TH_EXPORT_GIF},
    {".mp4", TH_EXPORT_MP4}, {".webm", TH_EXPORT_WEBM}, {".svg", TH_EXPORT_SVG},
};

static bool ends_with(const char *text, const char *ending) {
    const size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

bool th_export_format_of(const char *out, th_export_format *format, th_export_error *error) {
    if (strcmp(out, "-") == 0) {
        *format = TH_EXPORT_Y4M;
        return true;
    }
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        if (ends_with(out, ENDINGS[i].ending)) {
            *format = ENDINGS[i].format;
            return true;
        }
    }
    return th_export_fail(error, TH_EXPORT_BAD_NAME,
                          "%s: the name must be dir/, dir/%%05d.png, .gif, .mp4, .webm, .svg or -",
                          out);
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool bad_pattern(const char *out, th_export_error *error) {
    return th_export_fail(error, TH_EXPORT_BAD_NAME,
                          "%s: a PNG sequence needs exactly one number such as %%05d, in the last "
                          "part of its name, and no other %%",
                          out);
}

/* The length of the "%0Nd" at `text`, with N in *digits; 0 if there is none. */
static size_t read_number_mark(const char *text, int *digits) {
    if (text[0] != '%' || text[1] != '0' || text[2] < '1' || text[2] > '0' + TH_OUT_DIGITS_MAX ||
        text[3] != 'd') {
        return 0;
    }
    *digits = text[2] - '0';
    return 4;
}

static bool digits_suffice(int digits, int frame_count) {
    long long past_last = 1;
    for (int i = 0; i < digits; i++) {
        past_last *= 10;
    }
    return frame_count < past_last;
}

bool th_out_pattern_parse(const char *out, int frame_count, th_out_pattern *pattern,
                          th_export_error *error) {
    char name[TH_OUT_PATH_MAX];
    const int length =
        snprintf(name, sizeof name, "%s%s", out, ends_with(out, "/") ? "%05d.png" : "");
    /* Room is left for the digits and for the temporary name, so that later copies always fit. */
    if (length < 0 || length >= TH_OUT_PATH_MAX - 32) {
        return th_export_fail(error, TH_EXPORT_BAD_NAME, "the output name is too long");
    }
    const char *mark = strchr(name, '%');
    const char *last = last_part(name);
    const size_t mark_length = mark != NULL ? read_number_mark(mark, &pattern->digits) : 0;
    if (mark_length == 0 || mark < last || strchr(mark + 1, '%') != NULL) {
        return bad_pattern(out, error);
    }
    if (!digits_suffice(pattern->digits, frame_count)) {
        return th_export_fail(error, TH_EXPORT_BAD_NAME, "%s: %d frames need more than %d digits",
                              out, frame_count, pattern->digits);
    }
    snprintf(pattern->prefix, sizeof pattern->prefix, "%.*s", (int)(mark - name), name);
    snprintf(pattern->suffix, sizeof pattern->suffix, "%s", mark + mark_length);
    snprintf(pattern->folder, sizeof pattern->folder, "%.*s", (int)(last - name), name);
    if (last == name) {
        strcpy(pattern->folder, ".");
    }
    return true;
}

void th_out_pattern_path(const th_out_pattern *pattern, int index, char path[TH_OUT_PATH_MAX]) {
    const int length = snprintf(path, TH_OUT_PATH_MAX, "%s%0*d%s", pattern->prefix, pattern->digits,
                                index + 1, pattern->suffix);
    TH_ASSERT(length > 0 && length < TH_OUT_PATH_MAX); /* th_out_pattern_parse leaves room */
}

bool th_out_temporary(const char *path, char temporary[TH_OUT_PATH_MAX], th_export_error *error) {
    const char *last = last_part(path);
    const int length =
        snprintf(temporary, TH_OUT_PATH_MAX, "%.*s.%s.part", (int)(last - path), path, last);
    if (length < 0 || length >= TH_OUT_PATH_MAX) {
        return th_export_fail(error, TH_EXPORT_BAD_NAME, "the output name is too long");
    }
    return true;
}
