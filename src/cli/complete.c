/* mizan completion: what bash, zsh and fish need to complete a command line, from the descriptions of the commands.
 *
 * Values that are words (formats, schemata, lists) are written into the script, so that pressing the tabulator
 * starts no program. */
#include "cli/commands.h"
#include "cli/help.h"
#include "mizan/list.h"
#include "mizan/schema.h"
#include "mizan/store.h"

#include <string.h>

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static void word(mz_buffer *out, const char *text) {
    if (out->size) mz_buffer_char(out, ' ');
    mz_buffer_append(out, text, strlen(text));
}

/* The words that an argument of this kind may be, blank-separated; none for files and free text. */
static void words_of(mz_buffer *out, cli_kind kind, const char *const *choices) {
    size_t count;
    mz_buffer_clear(out);
    if (kind == CLI_KIND_CHOICE)
        for (; choices && *choices; choices++) word(out, *choices);
    if (kind == CLI_KIND_SCHEMA)
        for (mz_schema schema = 0; schema < MZ_SCHEMA_COUNT; schema++) word(out, mz_schema_name(schema));
    if (kind == CLI_KIND_LIST) {
        const mz_list_origin *origins = mz_list_origins(&count);
        for (size_t i = 0; i < count; i++) word(out, origins[i].list);
    }
    if (kind == CLI_KIND_COMMAND) {
        const cli_command *const *commands = cli_commands(&count);
        for (size_t i = 0; i < count; i++) word(out, commands[i]->name);
    }
}

/* Calls back for each option of a command: its own, then the global ones. */
typedef void (*option_visit)(mz_buffer *out, const cli_command *command, const cli_option *option);

static void visit_options(mz_buffer *out, const cli_command *command, option_visit visit) {
    for (const cli_option_id *id = command->options; id && *id != CLI_NO_OPTION; id++)
        if (!cli_option_of(*id)->hidden) visit(out, command, cli_option_of(*id));
    for (cli_option_id id = 0; id < CLI_GLOBAL_OPTIONS; id++) visit(out, command, cli_option_of(id));
}

/* Whether a command is the first one with its first word: families are offered once. */
static bool first_of_family(const cli_command *command, size_t *ret_size) {
    size_t count, size = strcspn(command->name, " ");
    const cli_command *const *commands = cli_commands(&count);
    *ret_size = size;
    for (size_t i = 0; commands[i] != command; i++)
        if (strcspn(commands[i]->name, " ") == size && memcmp(commands[i]->name, command->name, size) == 0)
            return false;
    return true;
}

static void first_words(mz_buffer *out) {
    size_t count, size;
    const cli_command *const *commands = cli_commands(&count);
    for (size_t i = 0; i < count; i++)
        if (first_of_family(commands[i], &size))
            mz_buffer_print(out, "%s%.*s", i ? " " : "", (int)size, commands[i]->name);
}

static void second_words(mz_buffer *out, const char *family, size_t size) {
    size_t count;
    const cli_command *const *commands = cli_commands(&count);
    const char *between = "";
    for (size_t i = 0; i < count; i++) {
        if (strncmp(commands[i]->name, family, size) != 0 || commands[i]->name[size] != ' ') continue;
        mz_buffer_print(out, "%s%s", between, commands[i]->name + size + 1);
        between = " ";
    }
}

static void bash_argument(mz_buffer *out, cli_kind kind, const char *const *choices) {
    mz_buffer words;
    mz_buffer_init(&words, 16 * 1024);
    words_of(&words, kind, choices);
    if (words.size)
        mz_buffer_print(out, "COMPREPLY=($(compgen -W \"%s\" -- \"$current\"))", words.data);
    else if (kind == CLI_KIND_FILE || kind == CLI_KIND_SOURCE)
        mz_buffer_print(out, "COMPREPLY=($(compgen -f -- \"$current\"))");
    else if (kind == CLI_KIND_FOLDER)
        mz_buffer_print(out, "COMPREPLY=($(compgen -d -- \"$current\"))");
    else
        mz_buffer_print(out, "COMPREPLY=()");
    mz_buffer_done(&words);
}

static void bash_option_name(mz_buffer *out, const cli_command *command, const cli_option *option) {
    (void)command;
    mz_buffer_print(out, "--%s ", option->name);
}

static void bash_values(mz_buffer *out) {
    mz_buffer_print(out, "    case \"$previous\" in\n");
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        const cli_option *option = cli_option_of(id);
        if (option->kind == CLI_KIND_NONE || option->hidden) continue;
        mz_buffer_print(out, "    --%s", option->name);
        if (option->letter) mz_buffer_print(out, "|-%c", option->letter);
        mz_buffer_print(out, ")\n        ");
        bash_argument(out, option->kind, option->choices);
        mz_buffer_print(out, "\n        return ;;\n");
    }
    mz_buffer_print(out, "    esac\n");
}

/* Options with a value, for telling their values from operands. */
static void bash_with_value(mz_buffer *out) {
    const char *between = "";
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        const cli_option *option = cli_option_of(id);
        if (option->kind == CLI_KIND_NONE || option->hidden) continue;
        mz_buffer_print(out, "%s--%s", between, option->name);
        if (option->letter) mz_buffer_print(out, "|-%c", option->letter);
        between = "|";
    }
}

static void bash_commands(mz_buffer *out) {
    size_t count, size;
    const cli_command *const *commands = cli_commands(&count);
    mz_buffer_print(out, "    case \"$command\" in\n    \"\")\n        COMPREPLY=($(compgen -W \"");
    first_words(out);
    mz_buffer_print(out, "\" -- \"$current\"))\n        return ;;\n");
    for (size_t i = 0; i < count; i++) {
        const cli_command *command = commands[i];
        if (!first_of_family(command, &size) || command->name[size] != ' ') continue;
        mz_buffer_print(out, "    %.*s)\n        COMPREPLY=($(compgen -W \"", (int)size, command->name);
        second_words(out, command->name, size);
        mz_buffer_print(out, "\" -- \"$current\"))\n        return ;;\n");
    }
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out,
                        "    \"%s\")\n        if [[ $current == -* ]]; then\n            COMPREPLY=($(compgen -W \"",
                        commands[i]->name);
        visit_options(out, commands[i], bash_option_name);
        mz_buffer_print(out, "\" -- \"$current\"))\n        else\n            ");
        bash_argument(out, commands[i]->operand, commands[i]->choices);
        mz_buffer_print(out, "\n        fi\n        return ;;\n");
    }
    mz_buffer_print(out, "    esac\n");
}

static void family_pattern(mz_buffer *out) {
    size_t count, size;
    const cli_command *const *commands = cli_commands(&count);
    const char *between = "";
    for (size_t i = 0; i < count; i++) {
        if (!first_of_family(commands[i], &size) || commands[i]->name[size] != ' ') continue;
        mz_buffer_print(out, "%s%.*s", between, (int)size, commands[i]->name);
        between = "|";
    }
}

static void bash_script(mz_buffer *out) {
    mz_buffer_print(out,
                    "# Completion of mizan for bash; put it where bash-completion looks, or: source <(mizan completion "
                    "bash)\n"
                    "_mizan() {\n"
                    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "    local command=\"\" word skip=\"\" i\n"
                    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "        word=${COMP_WORDS[i]}\n"
                    "        if [[ -n $skip ]]; then skip=\"\"; continue; fi\n"
                    "        case \"$word\" in\n        ");
    bash_with_value(out);
    mz_buffer_print(out, ") skip=1 ;;\n        -*) ;;\n        *)\n            case \"$command\" in\n"
                         "            \"\") command=$word ;;\n            ");
    family_pattern(out);
    mz_buffer_print(out, ") command=\"$command $word\" ;;\n            esac ;;\n        esac\n    done\n");
    bash_values(out);
    bash_commands(out);
    mz_buffer_print(out, "}\ncomplete -F _mizan mizan\n");
}

/* Text inside single quotes, with the given signs escaped by a backslash. */
static void quoted(mz_buffer *out, const char *text, const char *escape) {
    for (; *text; text++) {
        if (*text == '\'') {
            mz_buffer_append(out, "'\\''", 4);
            continue;
        }
        if (strchr(escape, *text)) mz_buffer_char(out, '\\');
        mz_buffer_char(out, *text);
    }
}

static void zsh_action(mz_buffer *out, cli_kind kind, const char *const *choices) {
    mz_buffer words;
    mz_buffer_init(&words, 16 * 1024);
    words_of(&words, kind, choices);
    if (kind == CLI_KIND_COMMAND)
        mz_buffer_char(out, ' ');
    else if (words.size)
        mz_buffer_print(out, "(%s)", words.data);
    else if (kind == CLI_KIND_FILE || kind == CLI_KIND_SOURCE)
        mz_buffer_print(out, "_files");
    else if (kind == CLI_KIND_FOLDER)
        mz_buffer_print(out, "_files -/");
    else
        mz_buffer_char(out, ' ');
    mz_buffer_done(&words);
}

static void zsh_option(mz_buffer *out, const cli_command *command, const cli_option *option) {
    (void)command;
    mz_buffer_print(out, " \\\n            '%s--%s%s[", option->many ? "*" : "", option->name,
                    option->argument ? "=" : "");
    quoted(out, option->help, "[]:\\");
    mz_buffer_char(out, ']');
    if (option->argument) {
        mz_buffer_print(out, ":%s:", option->argument);
        zsh_action(out, option->kind, option->choices);
    }
    mz_buffer_char(out, '\'');
}

static void zsh_describe(mz_buffer *out, const char *family, size_t size) {
    size_t count, own;
    const cli_command *const *commands = cli_commands(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = commands[i]->name;
        if (size) {
            if (strncmp(name, family, size) != 0 || name[size] != ' ') continue;
            mz_buffer_print(out, " '%s:", name + size + 1);
            quoted(out, commands[i]->summary, ":\\");
        } else {
            if (!first_of_family(commands[i], &own)) continue;
            mz_buffer_print(out, " '%.*s:", (int)own, name);
            quoted(out, name[own] ? "commands of this family" : commands[i]->summary, ":\\");
        }
        mz_buffer_char(out, '\'');
    }
}

static void zsh_script(mz_buffer *out) {
    size_t count, size;
    const cli_command *const *commands = cli_commands(&count);
    mz_buffer_print(out,
                    "#compdef mizan\n# Completion of mizan for zsh; put it as _mizan in a folder of $fpath.\n"
                    "_mizan() {\n    local -a known\n    local name\n    if (( CURRENT == 2 )); then\n        known=(");
    zsh_describe(out, "", 0);
    mz_buffer_print(
        out, ")\n        _describe command known\n        return\n    fi\n    name=$words[2]\n    case $name in\n");
    for (size_t i = 0; i < count; i++) {
        if (!first_of_family(commands[i], &size) || commands[i]->name[size] != ' ') continue;
        mz_buffer_print(out, "    %.*s)\n        if (( CURRENT == 3 )); then\n            known=(", (int)size,
                        commands[i]->name);
        zsh_describe(out, commands[i]->name, size);
        mz_buffer_print(out, ")\n            _describe command known\n            return\n        fi\n"
                             "        name=\"$name $words[3]\"\n        shift words\n        (( CURRENT-- )) ;;\n");
    }
    mz_buffer_print(out, "    esac\n    shift words\n    (( CURRENT-- ))\n    case $name in\n");
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, "    '%s')\n        _arguments -S", commands[i]->name);
        visit_options(out, commands[i], zsh_option);
        if (commands[i]->most) {
            mz_buffer_print(out, " \\\n            '*:");
            quoted(out, commands[i]->operands, "[]:\\");
            mz_buffer_char(out, ':');
            zsh_action(out, commands[i]->operand, commands[i]->choices);
            mz_buffer_char(out, '\'');
        }
        mz_buffer_print(out, " ;;\n");
    }
    mz_buffer_print(out, "    esac\n}\n_mizan \"$@\"\n");
}

/* The condition under which a line of the fish script holds: the command was given. */
static void fish_condition(mz_buffer *out, const cli_command *command) {
    size_t size = strcspn(command->name, " ");
    mz_buffer_print(out, "complete -c mizan -n '__fish_seen_subcommand_from %.*s", (int)size, command->name);
    if (command->name[size]) mz_buffer_print(out, "; and __fish_seen_subcommand_from %s", command->name + size + 1);
    mz_buffer_print(out, "'");
}

static void fish_argument(mz_buffer *out, cli_kind kind, const char *const *choices) {
    mz_buffer words;
    mz_buffer_init(&words, 16 * 1024);
    words_of(&words, kind, choices);
    if (words.size && kind != CLI_KIND_COMMAND)
        mz_buffer_print(out, " -x -a '%s'", words.data);
    else if (kind == CLI_KIND_FOLDER)
        mz_buffer_print(out, " -x -a '(__fish_complete_directories)'");
    else if (kind == CLI_KIND_FILE || kind == CLI_KIND_SOURCE)
        mz_buffer_print(out, " -r -F");
    else
        mz_buffer_print(out, " -x");
    mz_buffer_done(&words);
}

static void fish_option(mz_buffer *out, const cli_command *command, const cli_option *option) {
    fish_condition(out, command);
    mz_buffer_print(out, " -l %s", option->name);
    if (option->letter) mz_buffer_print(out, " -s %c", option->letter);
    if (option->argument) fish_argument(out, option->kind, option->choices);
    mz_buffer_print(out, " -d '");
    quoted(out, option->help, "\\");
    mz_buffer_print(out, "'\n");
}

static void fish_command(mz_buffer *out, const cli_command *command) {
    size_t size;
    bool first = first_of_family(command, &size), family = command->name[size] == ' ';
    if (first) {
        mz_buffer_print(out, "complete -c mizan -n __fish_use_subcommand -a %.*s -d '", (int)size, command->name);
        quoted(out, family ? "commands of this family" : command->summary, "\\");
        mz_buffer_print(out, "'\n");
    }
    if (family) {
        mz_buffer_print(out,
                        "complete -c mizan -n '__fish_seen_subcommand_from %.*s; and not __fish_seen_subcommand_from ",
                        (int)size, command->name);
        second_words(out, command->name, size);
        mz_buffer_print(out, "' -a %s -d '", command->name + size + 1);
        quoted(out, command->summary, "\\");
        mz_buffer_print(out, "'\n");
    }
    visit_options(out, command, fish_option);
    if (!command->most || command->operand == CLI_KIND_TEXT || command->operand == CLI_KIND_COMMAND) return;
    fish_condition(out, command);
    if (command->operand == CLI_KIND_FILE || command->operand == CLI_KIND_SOURCE)
        mz_buffer_print(out, " -F");
    else
        fish_argument(out, command->operand, command->choices);
    mz_buffer_char(out, '\n');
}

static void fish_script(mz_buffer *out) {
    size_t count;
    const cli_command *const *commands = cli_commands(&count);
    mz_buffer_print(
        out, "# Completion of mizan for fish; put it as mizan.fish in a completions folder.\ncomplete -c mizan -f\n");
    for (size_t i = 0; i < count; i++) fish_command(out, commands[i]);
}

void cli_completion_script(mz_buffer *out, const char *shell) {
    if (strcmp(shell, "bash") == 0) bash_script(out);
    if (strcmp(shell, "zsh") == 0) zsh_script(out);
    if (strcmp(shell, "fish") == 0) fish_script(out);
}

static int run(cli_context *cli) {
    for (const char *const *shell = shells; *shell; shell++) {
        if (strcmp(*shell, cli->operands[0]) != 0) continue;
        cli_completion_script(&cli->out.text, *shell);
        return CLI_DONE;
    }
    return cli_usage(cli, "there is no completion for “%.60s”; there is for bash, zsh and fish", cli->operands[0]);
}

static const cli_example examples[] = {
    {"source <(mizan completion bash)", "complete in this bash"},
    {"mizan completion zsh > ~/.zfunc/_mizan", "for zsh, in a folder of $fpath"},
    {"mizan completion fish > ~/.config/fish/completions/mizan.fish", "for fish"},
};

const cli_command cli_completion = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .summary = "print the completion script of a shell",
    .description = "",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_CHOICE,
    .choices = shells,
    .without_settings = true,
    .run = run,
};
