/* mizan help, and --help of every command. Examples come first: most who ask want one to begin with. */
#include "cli/help.h"

#include "cli/commands.h"

#include <string.h>

enum { LINE_COLUMNS = 80, OPTION_COLUMNS = 26 };

/* Text filled to LINE_COLUMNS from column `at` on, each further line indented by `indent`. */
static void fill(mz_buffer *out, const char *text, size_t at, size_t indent) {
    (void)cli_fill(out, mz_str_of(text), LINE_COLUMNS, at, indent);
    mz_buffer_char(out, '\n');
}

/* Paragraphs apart by an empty line. */
static void paragraphs(mz_buffer *out, const char *text) {
    while (text && *text) {
        const char *end = strstr(text, "\n\n");
        char paragraph[2000];
        size_t size = end ? (size_t)(end - text) : strlen(text);
        if (size >= sizeof paragraph) size = sizeof paragraph - 1;
        memcpy(paragraph, text, size);
        paragraph[size] = '\0';
        fill(out, paragraph, 0, 0);
        mz_buffer_char(out, '\n');
        text = end ? end + 2 : NULL;
    }
}

static void heading(mz_buffer *out, const cli_context *cli, const char *text) {
    mz_buffer_print(out, "%s%s%s\n", cli->color ? "\033[1m" : "", text, cli->color ? "\033[0m" : "");
}

static void print_option(mz_buffer *out, const cli_option *option) {
    size_t before = out->size;
    if (option->letter)
        mz_buffer_print(out, "  -%c, ", option->letter);
    else
        mz_buffer_print(out, "      ");
    mz_buffer_print(out, "--%s", option->name);
    if (option->argument) mz_buffer_print(out, " %s", option->argument);
    size_t width = out->size - before;
    if (width + 1 > OPTION_COLUMNS) {
        mz_buffer_char(out, '\n');
        width = 0;
    }
    mz_buffer_print(out, "%*s", (int)(OPTION_COLUMNS - width), "");
    char text[600];
    size_t size = 0;
    const char *parts[] = {option->help, option->many ? "; may be given more than once" : "",
                           option->environment ? " [" : "", option->environment ? option->environment : "",
                           option->environment ? "]" : ""};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t more = strlen(parts[i]);
        if (size + more >= sizeof text) break;
        memcpy(text + size, parts[i], more);
        size += more;
    }
    text[size] = '\0';
    fill(out, text, OPTION_COLUMNS, OPTION_COLUMNS);
}

static void print_examples(mz_buffer *out, const cli_context *cli, const cli_example *examples, size_t count) {
    heading(out, cli, "Examples");
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, "  %s\n      ", examples[i].command);
        fill(out, examples[i].says, 6, 6);
    }
    mz_buffer_char(out, '\n');
}

static void print_command(mz_buffer *out, const cli_context *cli, const cli_command *command) {
    bool own = false;
    for (const cli_option_id *id = command->options; id && *id != CLI_NO_OPTION; id++)
        own = own || !cli_option_of(*id)->hidden;
    mz_buffer_print(out, "mizan %s: ", command->name);
    fill(out, command->summary, 8 + strlen(command->name), 4);
    mz_buffer_char(out, '\n');
    print_examples(out, cli, command->examples, command->example_count);
    heading(out, cli, "Usage");
    mz_buffer_print(out, "  mizan %s%s%s%s\n\n", command->name, own ? " [OPTION...]" : "",
                    *command->operands ? " " : "", command->operands);
    paragraphs(out, command->description);
    if (own) heading(out, cli, "Options");
    for (const cli_option_id *id = command->options; id && *id != CLI_NO_OPTION; id++)
        if (!cli_option_of(*id)->hidden) print_option(out, cli_option_of(*id));
    if (own) mz_buffer_char(out, '\n');
    heading(out, cli, "Options of every command");
    for (cli_option_id id = 0; id < CLI_GLOBAL_OPTIONS; id++) print_option(out, cli_option_of(id));
    mz_buffer_char(out, '\n');
    heading(out, cli, "Exit status");
    for (size_t i = 0; i < sizeof cli_usual_exits / sizeof cli_usual_exits[0]; i++)
        mz_buffer_print(out, "  %d  %s\n", cli_usual_exits[i].status, cli_usual_exits[i].meaning);
    for (size_t i = 0; i < command->exit_count; i++)
        mz_buffer_print(out, "  %d  %s\n", command->exits[i].status, command->exits[i].meaning);
}

/* The commands whose names begin with `family` and a blank; all for "". */
static void print_commands(mz_buffer *out, const char *family) {
    size_t count, longest = 0, size = strlen(family);
    const cli_command *const *commands = cli_commands(&count);
    for (size_t i = 0; i < count; i++)
        if (strlen(commands[i]->name) > longest) longest = strlen(commands[i]->name);
    for (size_t i = 0; i < count; i++) {
        const char *name = commands[i]->name;
        if (size && !(strncmp(name, family, size) == 0 && name[size] == ' ')) continue;
        mz_buffer_print(out, "  %-*s  ", (int)longest, name);
        fill(out, commands[i]->summary, longest + 4, longest + 4);
    }
}

static const cli_example first_steps[] = {
    {"mizan lists update", "download the official lists (or: mizan lists import FILE)"},
    {"mizan screen \"Some Name\"", "screen one name, for a person to read"},
    {"mizan screen --birth-date 1970 --nationality ma \"Some Name\"", "the same with what else is known"},
    {"mizan screen --exit-code - < customers.jsonl > hits.jsonl", "screen many, a line of JSON each"},
    {"mizan compare \"One Name\" \"Another Spelling\"", "say how alike two names are, and why"},
};

static void print_program(mz_buffer *out, const cli_context *cli) {
    mz_buffer_print(out, "mizan: screens names of any script against official sanctions lists and explains every "
                         "hit\n\n");
    print_examples(out, cli, first_steps, sizeof first_steps / sizeof first_steps[0]);
    heading(out, cli, "Commands");
    print_commands(out, "");
    mz_buffer_char(out, '\n');
    heading(out, cli, "Options of every command");
    for (cli_option_id id = 0; id < CLI_GLOBAL_OPTIONS; id++) print_option(out, cli_option_of(id));
    mz_buffer_print(out, "\nmizan help COMMAND says more. Settings are taken from the command line, then from\n"
                         "the environment, then from ~/.config/mizan/mizan.conf (like: threshold = 0.8).\n");
}

static int print_named(cli_context *cli, mz_str name) {
    mz_buffer *out = &cli->out.text;
    const cli_command *command = cli_command_find(name);
    if (command) {
        print_command(out, cli, command);
    } else if (cli_family(name)) {
        mz_buffer_print(out, "mizan %.*s:\n\n", (int)name.size, name.data);
        print_commands(out, name.data);
        mz_buffer_print(out, "\nmizan help %.*s COMMAND says more.\n", (int)name.size, name.data);
    } else {
        return cli_usage(cli, "there is no command “%.*s”", (int)name.size, name.data);
    }
    return CLI_DONE;
}

int cli_help_print(cli_context *cli) {
    if (cli->command != &cli_help) return print_named(cli, mz_str_of(cli->command->name));
    if (cli->operand_count) return print_named(cli, mz_str_of(cli->operands[0]));
    print_program(&cli->out.text, cli);
    return CLI_DONE;
}

static void print_page_names(mz_buffer *out) {
    size_t count;
    const cli_command *const *commands = cli_commands(&count);
    mz_buffer_print(out, "mizan\n");
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, "mizan-");
        for (const char *at = commands[i]->name; *at; at++) mz_buffer_char(out, *at == ' ' ? '-' : *at);
        mz_buffer_char(out, '\n');
    }
}

static int run(cli_context *cli) {
    char name[200] = "";
    size_t size = 0;
    for (size_t i = 0; i < cli->operand_count; i++) {
        size_t more = strlen(cli->operands[i]);
        if (size + more + 2 > sizeof name) return cli_usage(cli, "there is no command of such a long name");
        if (size) name[size++] = ' ';
        memcpy(name + size, cli->operands[i], more + 1);
        size += more;
    }
    if (cli_given(cli, CLI_NAMES)) {
        print_page_names(&cli->out.text);
        return CLI_DONE;
    }
    if (cli_given(cli, CLI_MAN)) {
        const cli_command *command = cli_command_find((mz_str){name, size});
        if (size && !command) return cli_usage(cli, "there is no command “%s”", name);
        cli_man_page(&cli->out.text, command);
        return CLI_DONE;
    }
    if (size) return print_named(cli, (mz_str){name, size});
    print_program(&cli->out.text, cli);
    return CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan help", "what the program can do"},
    {"mizan help screen", "all about one command"},
    {"mizan help lists", "the commands of a family"},
};

static const cli_option_id options[] = {CLI_MAN, CLI_NAMES, CLI_NO_OPTION};

const cli_command cli_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "say what the program or one of its commands does",
    .description = "",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .most = 2,
    .operand = CLI_KIND_COMMAND,
    .without_settings = true,
    .run = run,
};
