// `tophash help`: made from the tables, so it cannot disagree with what is understood.
#include "gui/cli/cli.h"

#include <stdio.h>
#include <string.h>

static int help_all(void) {
    puts("Tophash shows how Go's map works inside, and how it breaks.\n");
    puts("Usage: tophash                     opens the first lesson");
    puts("       tophash COMMAND [OPTIONS]   below\n");
    for (int i = 0; th_command_at(i) != NULL; i++) {
        const th_command *command = th_command_at(i);
        char usage[64];
        snprintf(usage, sizeof usage, "%s %s", command->name,
                 command->operands != NULL ? command->operands : "");
        printf("  %-22s %s\n", usage, command->summary);
    }
    puts("  --version              prints the version\n");
    puts("FILE is a scenario, or the name of a lesson (see tophash list).");
    puts("tophash help COMMAND tells what a command takes.\n");
    puts("Exit status: 0 done; 1 bad input; 2 the simulated program failed; 64 wrong usage.");
    return TH_EXIT_OK;
}

static void print_option(th_option option) {
    const th_option_facts *facts = th_option_at(option);
    char word[64];
    char letter[8] = "    ";
    if (facts->letter != 0) snprintf(letter, sizeof letter, "-%c, ", facts->letter);
    snprintf(word, sizeof word, "%s--%s %s", letter, facts->name,
             facts->value != NULL ? facts->value : "");
    printf("  %-22s %s\n", word, facts->help);
}

static int help_one(const char *name) {
    const th_command *command = th_command_find(name);
    if (command == NULL) return th_cli_usage("", "unknown command %s", name);
    printf("Usage: tophash %s%s%s%s\n\n%s\n", command->name,
           command->option_count > 0 ? " [OPTIONS]" : "", command->operands != NULL ? " " : "",
           command->operands != NULL ? command->operands : "", command->summary);
    if (command->details != NULL) printf("\n%s\n", command->details);
    puts("\nOptions:");
    for (int i = 0; i < command->option_count; i++) print_option(command->options[i]);
    print_option(TH_OPTION_HELP);
    return TH_EXIT_OK;
}

static int run(const th_args *args) {
    return args->operand_count == 0 ? help_all() : help_one(args->operands[0]);
}

const th_command th_command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .operand_max = 1,
    .summary = "tells what a command takes",
    .run = run,
};
