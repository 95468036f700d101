/* The command line: options may stand anywhere, `--` ends them, `--name=value` and `--name value` are the same.
 * A word that is unknown is refused together with the nearest one known. Names are not abbreviated: a script that
 * says --lim would break the day another option begins so. */
#include "cli/cli.h"
#include "mizan/schema.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool keep(cli_value *value, const char *text, bool many) {
    size_t count = many ? value->count : 0;
    const char **texts = realloc(value->texts, (count + 1) * sizeof *texts);
    if (!texts) {
        cli_complain("out of memory");
        return false;
    }
    texts[count] = text;
    value->texts = texts;
    value->count = count + 1;
    return true;
}

static bool parse_number(const cli_option *option, const char *text, double *ret_number) {
    char *end;
    errno = 0;
    double number = strtod(text, &end);
    if (end == text || *end || errno || !isfinite(number)) return false;
    if (number < option->low || number > option->high) return false;
    if (option->kind == CLI_KIND_COUNT && number != floor(number)) return false;
    /* strtod would take 0x10 and blanks too, which nobody means */
    if (strspn(text, "0123456789.eE+-") != strlen(text)) return false;
    *ret_number = number;
    return true;
}

static bool is_choice(const char *const *choices, const char *text) {
    for (; *choices; choices++)
        if (strcmp(*choices, text) == 0) return true;
    return false;
}

static void complain_choice(const char *from, const char *text, const char *const *choices) {
    char names[300] = "";
    size_t used = 0;
    for (size_t i = 0; choices[i] && used < sizeof names; i++) {
        const char *between = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        int size = snprintf(names + used, sizeof names - used, "%s%s", between, choices[i]);
        if (size > 0) used += (size_t)size;
    }
    cli_complain("%s: “%.100s” is not %s", from, text, names);
}

static void complain_number(const cli_option *option, const char *text, const char *from) {
    if (option->range)
        cli_complain("%s: “%.100s” is no %s", from, text, option->range);
    else
        cli_complain("%s: “%.100s” is no %snumber from %g to %g", from, text,
                     option->kind == CLI_KIND_COUNT ? "whole " : "", option->low, option->high);
}

static bool complain_schema(const char *from, const char *text) {
    const char *nearest = mz_schema_nearest(mz_str_of(text));
    if (nearest)
        cli_complain("%s: there is no schema “%.100s”; did you mean %s?", from, text, nearest);
    else
        cli_complain("%s: there is no schema “%.100s”; usual ones are Person, Company, Organization and Vessel", from,
                     text);
    return false;
}

static bool check_value(const cli_option *option, const char *text, const char *from, double *ret_number) {
    mz_schema schema;
    switch (option->kind) {
    case CLI_KIND_NUMBER:
    case CLI_KIND_COUNT:
        if (parse_number(option, text, ret_number)) return true;
        complain_number(option, text, from);
        return false;
    case CLI_KIND_CHOICE:
        if (is_choice(option->choices, text)) return true;
        complain_choice(from, text, option->choices);
        return false;
    case CLI_KIND_SCHEMA: return mz_schema_find(mz_str_of(text), &schema) || complain_schema(from, text);
    case CLI_KIND_FILE:
    case CLI_KIND_FOLDER:
    case CLI_KIND_LIST:
        if (*text) return true;
        cli_complain("%s: a name is missing", from);
        return false;
    case CLI_KIND_NONE:
    case CLI_KIND_TEXT:
    case CLI_KIND_SOURCE:
    case CLI_KIND_COMMAND: return true;
    }
    return true;
}

bool cli_set(cli_context *cli, cli_option_id id, const char *text, const char *from) {
    const cli_option *option = cli_option_of(id);
    double number = 0;
    if (!check_value(option, text, from, &number) || !keep(&cli->values[id], text, option->many)) return false;
    cli->values[id].number = number;
    return true;
}

/* The nearest option that the command takes, or NULL. */
static const char *nearest_option(const cli_context *cli, mz_str name) {
    unsigned best = CLI_FAR;
    const char *nearest = NULL;
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        const cli_option *option = cli_option_of(id);
        if (option->hidden || (cli->command && !cli_command_takes(cli->command, id))) continue;
        if (cli_nearer(name, mz_str_of(option->name), &best)) nearest = option->name;
    }
    return nearest;
}

static int unknown_option(const cli_context *cli, const char *word, mz_str name) {
    const char *nearest = nearest_option(cli, name);
    const char *has = cli->command ? " has no option " : "there is no option ";
    const char *command = cli->command ? cli->command->name : "";
    if (nearest) return cli_usage(cli, "%s%s%.100s; did you mean --%s?", command, has, word, nearest);
    return cli_usage(cli, "%s%s%.100s", command, has, word);
}

/* One option at argv[*at]; moves *at behind its argument. Options of any command are read, and those that the
 * command does not take are refused when the command is known. */
static int take_option(cli_context *cli, int argc, char **argv, int *at) {
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    const char *equals = is_long ? strchr(word, '=') : NULL;
    mz_str name =
        is_long ? (mz_str){word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2)} : (mz_str){word + 1, 1};
    cli_option_id id = is_long ? cli_option_find(name) : cli_option_find_letter(word[1]);
    if (id == CLI_NO_OPTION || (cli->command && !cli_command_takes(cli->command, id)))
        return unknown_option(cli, word, name);
    const cli_option *option = cli_option_of(id);
    char from[64];
    (void)snprintf(from, sizeof from, "--%s", option->name);
    if (option->once && cli_given(cli, id)) return cli_usage(cli, "%s is given twice", from);
    const char *text = equals ? equals + 1 : NULL;
    if (option->kind == CLI_KIND_NONE) {
        if (text) return cli_usage(cli, "%s takes no value", from);
        if (!is_long && word[2]) return cli_usage(cli, "letters are given one by one: -%c -%c", word[1], word[2]);
        return cli_set(cli, id, "", from) ? CLI_DONE : cli_see_help(cli);
    }
    if (!is_long && word[2]) text = word + 2;
    if (!text) {
        if (*at + 1 >= argc) return cli_usage(cli, "%s needs a value: %s %s", from, from, option->argument);
        text = argv[++*at];
    }
    return cli_set(cli, id, text, from) ? CLI_DONE : cli_see_help(cli);
}

static int unknown_command(const cli_context *cli, mz_str name) {
    size_t count;
    const cli_command *const *commands = cli_commands(&count);
    const char *nearest = NULL;
    unsigned best = CLI_FAR;
    for (size_t i = 0; i < count; i++) {
        mz_str known = mz_str_of(commands[i]->name);
        const char *blank = memchr(known.data, ' ', known.size);
        bool verb = blank && !memchr(name.data, ' ', name.size); /* alone: "update" for "lists update" */
        bool nearer = cli_nearer(name, known, &best);
        if (verb && cli_nearer(name, mz_str_of(blank + 1), &best)) nearer = true;
        if (nearer) nearest = commands[i]->name;
    }
    if (nearest)
        return cli_usage(cli, "there is no command “%.*s”; did you mean “%s”?", (int)name.size, name.data, nearest);
    return cli_usage(cli, "there is no command “%.*s”", (int)name.size, name.data);
}

/* The command from the first one or two operands; they are taken away. */
static int find_command(cli_context *cli) {
    if (cli->operand_count == 0) {
        bool asked = cli_given(cli, CLI_HELP);
        if (!asked) return cli_usage(cli, "what is to be done? for example: mizan screen \"Some Name\"");
        cli->command = cli_command_find(MZ_STR("help"));
        return CLI_DONE;
    }
    char name[200];
    mz_str first = mz_str_of(cli->operands[0]);
    size_t words = 1;
    if (cli_family(first)) {
        if (cli_given(cli, CLI_HELP) && cli->operand_count == 1) {
            cli->command = cli_command_find(MZ_STR("help"));
            return CLI_DONE;
        }
        words = cli->operand_count > 1 ? 2 : 1;
    }
    (void)snprintf(name, sizeof name, "%.90s%s%.90s", cli->operands[0], words > 1 ? " " : "",
                   words > 1 ? cli->operands[1] : "");
    cli->command = cli_command_find(mz_str_of(name));
    if (!cli->command && words == 1 && cli_family(first))
        return cli_usage(cli, "%s what? mizan help %s names its commands", name, name);
    if (!cli->command) return unknown_command(cli, mz_str_of(name));
    cli->operand_count -= words;
    memmove(cli->operands, cli->operands + words, cli->operand_count * sizeof *cli->operands);
    return CLI_DONE;
}

static int check_options(const cli_context *cli) {
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        if (!cli_given(cli, id) || cli_command_takes(cli->command, id)) continue;
        char word[64];
        (void)snprintf(word, sizeof word, "--%s", cli_option_of(id)->name);
        return unknown_option(cli, word, mz_str_of(word + 2));
    }
    return CLI_DONE;
}

static int check_operands(const cli_context *cli) {
    const cli_command *command = cli->command;
    if (cli_given(cli, CLI_HELP)) return CLI_DONE;
    if (cli->operand_count < command->least) return cli_usage(cli, "%s needs %s", command->name, command->operands);
    if (cli->operand_count <= command->most) return CLI_DONE;
    const char *extra = cli->operands[command->most];
    if (command->most == 0) return cli_usage(cli, "%s takes nothing, but was given “%.100s”", command->name, extra);
    return cli_usage(cli, "%s takes %s; “%.100s” is too much (quote what has blanks in it)", command->name,
                     command->operands, extra);
}

static void look_around(cli_context *cli) {
    cli->out_is_terminal = isatty(STDOUT_FILENO);
    cli->error_is_terminal = isatty(STDERR_FILENO);
    cli->width = 80;
    struct winsize size;
    if (cli->out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        cli->width = size.ws_col;
    cli_output_init(&cli->out, cli->out_is_terminal);
}

/* LC_ALL, LC_MESSAGES and LANG in the order POSIX has them. */
static const char *system_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return value;
    }
    return "en";
}

static mz_language language_of(const char *text) {
    if (strncmp(text, "fr", 2) == 0) return MZ_FRENCH;
    if (strncmp(text, "ar", 2) == 0) return MZ_ARABIC;
    return MZ_ENGLISH;
}

static void decide(cli_context *cli) {
    const char *format = cli_text(cli, CLI_FORMAT);
    cli->format = cli->out_is_terminal ? CLI_PRINT_TABLE : CLI_PRINT_JSON;
    if (format) cli->format = *format == 'j' ? CLI_PRINT_JSON : *format == 't' ? CLI_PRINT_TABLE : CLI_PRINT_CSV;
    const char *language = cli_text(cli, CLI_LANG);
    cli->language = language_of(language ? language : system_language());
    cli->quiet = cli_given(cli, CLI_QUIET);
    cli->verbose = cli_given(cli, CLI_VERBOSE);
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    cli->color = cli->out_is_terminal && !cli_given(cli, CLI_NO_COLOR) && !(no_color && *no_color) &&
                 !(terminal && strcmp(terminal, "dumb") == 0);
}

int cli_parse(cli_context *cli, int argc, char **argv) {
    *cli = (cli_context){0};
    look_around(cli);
    cli->operands = calloc((size_t)argc + 1, sizeof *cli->operands);
    if (!cli->operands) {
        cli_complain("out of memory");
        return CLI_FAILED;
    }
    bool options_ended = false;
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        if (!options_ended && strcmp(word, "--") == 0) {
            options_ended = true;
        } else if (!options_ended && word[0] == '-' && word[1] && strcmp(word, "--version") != 0) {
            int status = take_option(cli, argc, argv, &at);
            if (status) return status;
        } else {
            cli->operands[cli->operand_count++] = strcmp(word, "--version") == 0 && !options_ended ? "version" : word;
        }
    }
    int status = find_command(cli);
    if (!status) status = check_options(cli);
    if (!status) status = check_operands(cli);
    if (!status) status = cli_settings(cli);
    if (!status) decide(cli);
    return status;
}

void cli_done(cli_context *cli) {
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) free(cli->values[id].texts);
    free(cli->operands);
    free(cli->settings);
}
