#include "gui/cli/conform_replay.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static th_replay_end damaged(th_replay *replay, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static th_replay_end damaged(th_replay *replay, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(replay->error, sizeof replay->error, format, arguments);
    va_end(arguments);
    return TH_REPLAY_DAMAGED;
}

typedef enum line_end { LINE_READ, LINE_NONE, LINE_BAD } line_end;

// A file without newlines would be read whole as its first line, and some have no end: /dev/zero.
static bool begins_with_nul(FILE *stream) {
    const int first = getc(stream);
    return first == '\0' || (first != EOF && ungetc(first, stream) == EOF);
}

// The next line, without its newline.
static line_end next_line(th_replay *replay, FILE *stream) {
    if (replay->line == 0 && begins_with_nul(stream)) {
        replay->line++;
        damaged(replay, "a NUL byte");
        return LINE_BAD;
    }
    errno = 0;
    ssize_t length = getline(&replay->text, &replay->text_size, stream);
    if (length < 0) {
        if (feof(stream)) return LINE_NONE;
        replay->line++;
        damaged(replay, "cannot be read: %s", strerror(errno != 0 ? errno : EIO));
        return LINE_BAD;
    }
    replay->line++;
    if (memchr(replay->text, '\0', (size_t)length) != NULL) {
        damaged(replay, "a NUL byte");
        return LINE_BAD;
    }
    replay->cut = replay->text[length - 1] != '\n';
    if (!replay->cut) replay->text[length - 1] = '\0';
    return LINE_READ;
}

static th_replay_end undecoded(th_replay *replay) {
    if (replay->cut) return damaged(replay, "the file was cut within this line");
    return damaged(replay, "%s", replay->decoded.error);
}

static th_replay_end do_line(th_replay *replay) {
    th_conform_line *line = &replay->decoded;
    if (!th_conform_line_op(line, replay->text, replay->conform)) return undecoded(replay);
    if (line->index != replay->op_count) {
        return damaged(replay, "operation %llu, where %llu comes next",
                       (unsigned long long)line->index, (unsigned long long)replay->op_count);
    }
    switch (th_conform_step(replay->conform, &line->op, &replay->report)) {
    case TH_CONFORM_REFUSED: return damaged(replay, "%s", replay->report.refused);
    case TH_CONFORM_DIFFERENT: return TH_REPLAY_DIFFERENT;
    case TH_CONFORM_SAME: break;
    }
    replay->op_count++;
    if (line->op.has_state) replay->state_count++;
    return TH_REPLAY_SAME;
}

static th_replay_end read_header(th_replay *replay, FILE *stream, th_conform_header *header) {
    const line_end end = next_line(replay, stream);
    if (end == LINE_BAD) return TH_REPLAY_DAMAGED;
    if (end == LINE_NONE) {
        replay->line = 1;
        return damaged(replay, "the file is empty");
    }
    if (!th_conform_line_header(&replay->decoded, replay->text, header)) return undecoded(replay);
    replay->conform = th_conform_new(header->key, header->hint);
    if (replay->conform == NULL) return damaged(replay, "the map is too big to simulate");
    return TH_REPLAY_SAME;
}

th_replay_end th_replay_stream(th_replay *replay, FILE *stream) {
    *replay = (th_replay){0};
    th_conform_header header = {0};
    th_replay_end result = read_header(replay, stream, &header);
    while (result == TH_REPLAY_SAME) {
        const line_end end = next_line(replay, stream);
        if (end == LINE_BAD) return TH_REPLAY_DAMAGED;
        if (end == LINE_NONE) break;
        if (replay->op_count == header.op_count) {
            return damaged(replay, "more operations than the %llu that the first line tells of",
                           (unsigned long long)header.op_count);
        }
        th_conform_line_free(&replay->decoded);
        result = do_line(replay);
    }
    if (result == TH_REPLAY_SAME && replay->op_count < header.op_count) {
        return damaged(replay, "the file ends after %llu of %llu operations: it was cut",
                       (unsigned long long)replay->op_count, (unsigned long long)header.op_count);
    }
    return result;
}

void th_replay_free(th_replay *replay) {
    th_conform_line_free(&replay->decoded);
    th_conform_free(replay->conform);
    free(replay->text);
    *replay = (th_replay){0};
}
