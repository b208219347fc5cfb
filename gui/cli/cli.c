#include "gui/cli/args.h"

#include "sim/base/assert.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const th_command *const COMMANDS[] = {
#define X(name) &th_command_##name,
    TH_COMMANDS(X)
#undef X
        NULL,
};

const th_command *th_command_at(int index) { return COMMANDS[index]; }

const th_command *th_command_find(const char *name) {
    for (int i = 0; COMMANDS[i] != NULL; i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0) return COMMANDS[i];
    }
    return NULL;
}

// "tophash: ..." without a newline. What a person typed may be part of it, and stays on the line.
static void say(const char *format, va_list arguments) {
    char text[8192];
    vsnprintf(text, sizeof text, format, arguments);
    for (char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7f) *at = '?';
    }
    fprintf(stderr, "tophash: %s", text);
}

int th_cli_error(const char *format, ...) {
    fflush(stdout);  // what was said before stays before
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return TH_EXIT_BAD;
}

int th_cli_usage(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    fprintf(stderr, " (see tophash help%s%s)\n", *command != '\0' ? " " : "", command);
    va_end(arguments);
    return TH_EXIT_USAGE;
}

bool th_cli_flush(void) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return true;
    th_cli_error("cannot write standard output: %s", strerror(errno != 0 ? errno : EIO));
    return false;
}

static void on_assertion(const char *file, int line, const char *expression) {
    fprintf(stderr, "tophash: internal error %s:%d %s, please report\n", file, line, expression);
}

static int print_version(void) {
    puts("tophash " TH_VERSION);
    return TH_EXIT_OK;
}

static int run_command(const th_command *command, int argc, char **argv) {
    th_args args;
    const int wrong = th_args_parse(command, argc, argv, &args);
    if (wrong != 0) return wrong;
    if (!th_args_has(&args, TH_OPTION_HELP)) return command->run(&args);
    const th_args help = {.operands = &command->name, .operand_count = 1};
    return th_command_help.run(&help);
}

static int dispatch(int argc, char **argv) {
    if (argc < 2) {
        const th_args none = {0};
        return th_command_play.run(&none);
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) return print_version();
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) word = "help";
    const th_command *command = th_command_find(word);
    if (command == NULL) return th_cli_usage("", "unknown command %s", word);
    return run_command(command, argc - 1, argv + 1);
}

int th_cli_main(int argc, char *const *argv) {
    th_assert_set_handler(on_assertion);
    // getopt permutes the words: it gets an array of its own.
    char **words = calloc((size_t)argc + 1, sizeof(*words));
    if (words == NULL) return th_cli_error("out of memory");
    memcpy(words, argv, (size_t)argc * sizeof(*words));
    int status = dispatch(argc, words);
    free(words);
    if (status != TH_EXIT_BAD && !th_cli_flush()) status = TH_EXIT_BAD;
    return status;
}
