/* Manual pages in the man macros (groff_man(7)), from the same descriptions as help. */
#include "cli/help.h"
#include "cli/version.h"

#include <ctype.h>
#include <string.h>

/* Text as it stands: what roff would take for a request, an escape or a typographic sign is written out. */
static void plain(mz_buffer *out, const char *text) {
    bool line_begins = out->size == 0 || out->data[out->size - 1] == '\n';
    for (; *text; text++) {
        if (line_begins && (*text == '.' || *text == '\'')) mz_buffer_append(out, "\\&", 2);
        line_begins = *text == '\n';
        switch (*text) {
        case '\\': mz_buffer_append(out, "\\e", 2); break;
        case '-': mz_buffer_append(out, "\\-", 2); break;
        case '\'': mz_buffer_append(out, "\\(aq", 4); break;
        case '"': mz_buffer_append(out, "\\(dq", 4); break;
        case '`': mz_buffer_append(out, "\\(ga", 4); break;
        case '~': mz_buffer_append(out, "\\(ti", 4); break;
        case '^': mz_buffer_append(out, "\\(ha", 4); break;
        default: mz_buffer_char(out, *text);
        }
    }
}

static void line(mz_buffer *out, const char *text) {
    plain(out, text);
    mz_buffer_char(out, '\n');
}

static void page_name(mz_buffer *out, const cli_command *command) {
    mz_buffer_append(out, "mizan", 5);
    if (!command) return;
    mz_buffer_char(out, '-');
    for (const char *at = command->name; *at; at++) mz_buffer_char(out, *at == ' ' ? '-' : *at);
}

static void title(mz_buffer *out, const cli_command *command, const char *summary) {
    mz_buffer name;
    mz_buffer_init(&name, 256);
    page_name(&name, command);
    mz_buffer_print(out, ".TH \"");
    for (size_t i = 0; i < name.size; i++) mz_buffer_char(out, (char)toupper((unsigned char)name.data[i]));
    mz_buffer_print(out, "\" 1 \"\" \"mizan %s\" \"Mizan\"\n.ad l\n.nh\n.SH NAME\n", CLI_VERSION);
    plain(out, name.data ? name.data : "mizan");
    mz_buffer_print(out, " \\- ");
    line(out, summary);
    mz_buffer_done(&name);
}

static void option_entry(mz_buffer *out, const cli_option *option) {
    mz_buffer_print(out, ".TP\n");
    if (option->letter) mz_buffer_print(out, "\\fB\\-%c\\fR, ", option->letter);
    mz_buffer_print(out, "\\fB\\-\\-");
    plain(out, option->name);
    mz_buffer_print(out, "\\fR");
    if (option->argument) mz_buffer_print(out, " \\fI%s\\fR", option->argument);
    mz_buffer_char(out, '\n');
    plain(out, option->help);
    if (option->many) mz_buffer_print(out, "; may be given more than once");
    mz_buffer_print(out, ".\n");
    if (option->environment) mz_buffer_print(out, "Environment: \\fB%s\\fR.\n", option->environment);
}

static void global_options(mz_buffer *out) {
    for (cli_option_id id = 0; id < CLI_GLOBAL_OPTIONS; id++) option_entry(out, cli_option_of(id));
}

static void examples(mz_buffer *out, const cli_command *command) {
    mz_buffer_print(out, ".SH EXAMPLES\n");
    for (size_t i = 0; i < command->example_count; i++) {
        mz_buffer_print(out, ".TP\n\\fB");
        plain(out, command->examples[i].command);
        mz_buffer_print(out, "\\fR\n");
        line(out, command->examples[i].says);
    }
}

static void exits(mz_buffer *out, const cli_exit *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, ".TP\n\\fB%d\\fR\n", all[i].status);
        line(out, all[i].meaning);
    }
}

static void description(mz_buffer *out, const char *text) {
    while (*text) {
        const char *end = strstr(text, "\n\n");
        size_t size = end ? (size_t)(end - text) : strlen(text);
        char paragraph[2000];
        if (size >= sizeof paragraph) size = sizeof paragraph - 1;
        memcpy(paragraph, text, size);
        paragraph[size] = '\0';
        mz_buffer_print(out, ".PP\n");
        line(out, paragraph);
        text = end ? end + 2 : "";
    }
}

static void command_page(mz_buffer *out, const cli_command *command) {
    title(out, command, command->summary);
    mz_buffer_print(out, ".SH SYNOPSIS\n\\fBmizan %s\\fR", command->name);
    if (command->options) mz_buffer_print(out, " [\\fIOPTION\\fR...]");
    if (*command->operands) {
        mz_buffer_char(out, ' ');
        plain(out, command->operands);
    }
    mz_buffer_char(out, '\n');
    examples(out, command);
    if (*command->description) mz_buffer_print(out, ".SH DESCRIPTION\n");
    description(out, command->description);
    mz_buffer_print(out, ".SH OPTIONS\n");
    for (const cli_option_id *id = command->options; id && *id != CLI_NO_OPTION; id++)
        if (!cli_option_of(*id)->hidden) option_entry(out, cli_option_of(*id));
    global_options(out);
    mz_buffer_print(out, ".SH EXIT STATUS\n");
    exits(out, cli_usual_exits, sizeof cli_usual_exits / sizeof cli_usual_exits[0]);
    exits(out, command->exits, command->exit_count);
    mz_buffer_print(out, ".SH SEE ALSO\n.BR mizan (1)\n");
}

static void program_page(mz_buffer *out) {
    size_t count;
    const cli_command *const *commands = cli_commands(&count);
    title(out, NULL, "screen names against official sanctions lists");
    mz_buffer_print(out, ".SH SYNOPSIS\n\\fBmizan\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n"
                         ".SH DESCRIPTION\n");
    line(out, "Reads the sanctions lists that the United Nations, governments and unions publish, screens names of any "
              "script against them, and explains every hit by the evidence that speaks for and against it.");
    mz_buffer_print(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, ".TP\n\\fBmizan %s\\fR\n", commands[i]->name);
        line(out, commands[i]->summary);
    }
    mz_buffer_print(out, ".SH OPTIONS\n");
    global_options(out);
    mz_buffer_print(out, ".SH FILES\n.TP\n\\fI$XDG_CONFIG_HOME/mizan/mizan.conf\\fR\n");
    line(out, "Settings: lines `key = value`, where key is the name of an option that has an environment variable. The "
              "command line comes before the environment, the environment before the file.");
    mz_buffer_print(out, ".TP\n\\fI$XDG_DATA_HOME/mizan\\fR\n");
    line(out, "The lists in all their versions, and the index image of the current ones.");
    mz_buffer_print(out, ".SH SEE ALSO\n");
    for (size_t i = 0; i < count; i++) {
        mz_buffer_print(out, ".BR ");
        page_name(out, commands[i]);
        mz_buffer_print(out, " (1)%s\n", i + 1 < count ? "," : "");
    }
}

void cli_man_page(mz_buffer *out, const cli_command *command) {
    if (command)
        command_page(out, command);
    else
        program_page(out);
}
