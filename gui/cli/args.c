#define _GNU_SOURCE  // getopt_long
#include "gui/cli/args.h"

#include "sim/base/assert.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_LONG = 256 };  // option codes above those of letters

static const th_option_facts OPTIONS[TH_OPTION_COUNT] = {
#define X(name, text, letter, value, help) [TH_OPTION_##name] = {text, letter, value, help},
    TH_OPTIONS(X)
#undef X
};

const th_option_facts *th_option_at(th_option option) { return &OPTIONS[option]; }

typedef struct option_specs {
    struct option longs[TH_OPTION_COUNT + 1];
    char shorts[2 * TH_OPTION_COUNT + 3];
} option_specs;

static void spec_add(option_specs *specs, int index, th_option option) {
    const th_option_facts *facts = &OPTIONS[option];
    specs->longs[index] = (struct option){
        .name = facts->name,
        .has_arg = facts->value != NULL ? required_argument : no_argument,
        .val = FIRST_LONG + (int)option,
    };
    if (facts->letter == 0) return;
    size_t length = strlen(specs->shorts);
    specs->shorts[length++] = facts->letter;
    if (facts->value != NULL) specs->shorts[length] = ':';
}

static void spec_make(const th_command *command, option_specs *specs) {
    *specs = (option_specs){.shorts = ":"};  // getopt reports, we say it
    int count = 0;
    for (int i = 0; i < command->option_count; i++) spec_add(specs, count++, command->options[i]);
    spec_add(specs, count, TH_OPTION_HELP);
}

static th_option option_of(int code) {
    if (code >= FIRST_LONG) return (th_option)(code - FIRST_LONG);
    for (int i = 0; i < TH_OPTION_COUNT; i++) {
        if (OPTIONS[i].letter == code) return (th_option)i;
    }
    TH_ASSERT(false);
    return TH_OPTION_COUNT;
}

static int refuse(const th_command *command, int code, char *const *argv) {
    // `optopt` is 0 for a long option that is unknown; the word is the one before `optind`.
    const char *word = argv[optind - 1];
    if (code == ':') return th_cli_usage(command->name, "option %s takes a value", word);
    if (optopt > 0 && optopt < FIRST_LONG) {
        return th_cli_usage(command->name, "unknown option -%c", optopt);
    }
    if (optopt >= FIRST_LONG) return th_cli_usage(command->name, "%s takes no value", word);
    return th_cli_usage(command->name, "unknown option %s", word);
}

int th_args_parse(const th_command *command, int argc, char **argv, th_args *args) {
    *args = (th_args){0};
    option_specs specs;
    spec_make(command, &specs);
    optind = 0;  // starts GNU getopt anew
    int code = 0;
    while ((code = getopt_long(argc, argv, specs.shorts, specs.longs, NULL)) != -1) {
        if (code == '?' || code == ':') return refuse(command, code, argv);
        const th_option option = option_of(code);
        args->value[option] = OPTIONS[option].value != NULL ? optarg : "";
    }
    args->operands = (const char *const *)argv + optind;
    args->operand_count = argc - optind;
    if (th_args_has(args, TH_OPTION_HELP)) return 0;
    if (args->operand_count < command->operand_min) {
        return th_cli_usage(command->name, "%s needs %s", command->name, command->operands);
    }
    if (args->operand_count > command->operand_max) {
        return th_cli_usage(command->name, "unexpected argument %s",
                            args->operands[command->operand_max]);
    }
    return 0;
}

static bool bad_value(const th_args *args, th_option option, const char *wanted) {
    th_cli_usage("", "--%s %s: %s", OPTIONS[option].name, args->value[option], wanted);
    return false;
}

static bool parse_u64(const char *text, const char **end, uint64_t *value) {
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    char *stop = NULL;
    const int base = strncmp(text, "0x", 2) == 0 ? 16 : 10;
    const unsigned long long parsed = strtoull(text, &stop, base);
    if (errno != 0) return false;
    *value = parsed;
    *end = stop;
    return true;
}

bool th_args_u64(const th_args *args, th_option option, uint64_t *value) {
    if (!th_args_has(args, option)) return true;
    const char *end = NULL;
    if (parse_u64(args->value[option], &end, value) && *end == '\0') return true;
    return bad_value(args, option, "not a number from 0 to 18446744073709551615");
}

bool th_args_int(const th_args *args, th_option option, int min, int max, int *value) {
    if (!th_args_has(args, option)) return true;
    const char *end = NULL;
    uint64_t parsed = 0;
    if (parse_u64(args->value[option], &end, &parsed) && *end == '\0' && parsed <= (uint64_t)max &&
        (int)parsed >= min) {
        *value = (int)parsed;
        return true;
    }
    char wanted[64];
    snprintf(wanted, sizeof wanted, "not a number from %d to %d", min, max);
    return bad_value(args, option, wanted);
}

bool th_args_number(const th_args *args, th_option option, double min, double max, double *value) {
    if (!th_args_has(args, option)) return true;
    char *end = NULL;
    const double parsed = strtod(args->value[option], &end);
    if (end != args->value[option] && *end == '\0' && parsed >= min && parsed <= max) {
        *value = parsed;
        return true;
    }
    char wanted[64];
    snprintf(wanted, sizeof wanted, "not a number from %g to %g", min, max);
    return bad_value(args, option, wanted);
}

bool th_args_size(const th_args *args, th_option option, int max, int *width, int *height) {
    if (!th_args_has(args, option)) return true;
    const char *end = NULL;
    uint64_t parsed_width = 0;
    uint64_t parsed_height = 0;
    if (parse_u64(args->value[option], &end, &parsed_width) && *end == 'x' &&
        parse_u64(end + 1, &end, &parsed_height) && *end == '\0' && parsed_width >= 1 &&
        parsed_height >= 1 && parsed_width <= (uint64_t)max && parsed_height <= (uint64_t)max) {
        *width = (int)parsed_width;
        *height = (int)parsed_height;
        return true;
    }
    char wanted[64];
    snprintf(wanted, sizeof wanted, "not a size such as 1920x1080, up to %d", max);
    return bad_value(args, option, wanted);
}

bool th_args_range(const th_args *args, th_option option, uint64_t *first, uint64_t *last) {
    if (!th_args_has(args, option)) return true;
    const char *at = args->value[option];
    uint64_t from = 0;
    uint64_t to = UINT64_MAX;
    const bool has_from = parse_u64(at, &at, &from);
    const bool has_dots = strncmp(at, "..", 2) == 0;
    if (has_dots) at += 2;
    const bool has_to = has_dots && parse_u64(at, &at, &to);
    if (!has_dots) to = from;
    if (*at != '\0' || !(has_from || has_to) || from > to) {
        return bad_value(args, option, "not steps such as 10..50");
    }
    *first = from;
    *last = to;
    return true;
}

bool th_args_word(const th_args *args, th_option option, const char *const *words, int *index) {
    if (!th_args_has(args, option)) return true;
    char wanted[128] = "not one of";
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], args->value[option]) == 0) {
            *index = i;
            return true;
        }
        const size_t length = strlen(wanted);
        snprintf(wanted + length, sizeof wanted - length, " %s", words[i]);
    }
    return bad_value(args, option, wanted);
}
