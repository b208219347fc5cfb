#define _GNU_SOURCE  // O_CLOEXEC
#include "gui/cli/cli.h"
#include "gui/cli/new_template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_id(const char *text) {
    static const char LETTERS[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return *text != '\0' && strspn(text, LETTERS) == strlen(text);
}

// Splits NAME, dir/NAME or either with .lua into the file's path and the scenario's id.
static bool split(const char *name, char *path, size_t path_size, char *id, size_t id_size) {
    const size_t length = strlen(name);
    const bool has_ending = length > 4 && strcmp(name + length - 4, ".lua") == 0;
    const size_t stem = has_ending ? length - 4 : length;
    if (stem + sizeof ".lua" > path_size) return false;
    snprintf(path, path_size, "%.*s", (int)stem, name);
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    if (strlen(base) >= id_size || !is_id(base)) return false;
    snprintf(id, id_size, "%s", base);
    snprintf(path + stem, path_size - stem, ".lua");
    return true;
}

static bool write_template(FILE *file, const char *id) {
    for (const char *at = TH_NEW_TEMPLATE; *at != '\0'; at++) {
        const bool good = *at == '@' ? fputs(id, file) >= 0 : fputc(*at, file) != EOF;
        if (!good) return false;
    }
    return true;
}

static int write_new(const char *path, const char *id) {
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) {
        return th_cli_error("%s is there already; it stays as it is", path);
    }
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    bool good = file != NULL && write_template(file, id);
    if (file != NULL) good = fclose(file) == 0 && good;
    if (good) {
        printf("%s\n", path);
        return TH_EXIT_OK;
    }
    const int why = errno;
    if (descriptor >= 0) unlink(path);
    return th_cli_error("cannot write %s: %s", path, strerror(why));
}

static int run(const th_args *args) {
    char path[TH_PATH_MAX];
    char id[64];
    if (!split(args->operands[0], path, sizeof path, id, sizeof id)) {
        return th_cli_usage("new", "%s: a name is up to 63 letters, digits, - and _",
                            args->operands[0]);
    }
    return write_new(path, id);
}

const th_command th_command_new = {
    .name = "new",
    .operands = "NAME",
    .operand_min = 1,
    .operand_max = 1,
    .summary = "writes a commented scenario to start from, NAME.lua",
    .run = run,
};
