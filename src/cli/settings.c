/* Values that the command line left open: first the environment, then the settings file.
 *
 * The file is $XDG_CONFIG_HOME/mizan/mizan.conf, else ~/.config/mizan/mizan.conf: lines `key = value`, where key is
 * the name of an option that has an environment variable; a value may stand in double quotes; empty lines and
 * lines that begin with # are passed over. A line that is not understood stops the program, after all such lines
 * were named: a threshold that was meant and not taken would be worse than an error. */
#include "base/file.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_CEILING_BYTES = 1 << 20 };

/* A flag's words. 1 and 0 for yes and no, -1 for neither. */
static int truth_of(const char *text) {
    static const char *const words[2][6] = {{"0", "false", "no", "off", "", NULL}, {"1", "true", "yes", "on", NULL}};
    for (int truth = 0; truth < 2; truth++)
        for (const char *const *word = words[truth]; *word; word++)
            if (strcmp(*word, text) == 0) return truth;
    return -1;
}

static bool set_from(cli_context *cli, cli_option_id id, const char *text, const char *from) {
    if (cli_option_of(id)->kind != CLI_KIND_NONE) return cli_set(cli, id, text, from);
    int truth = truth_of(text);
    if (truth < 0) cli_complain("%s: “%.100s” is neither yes nor no", from, text);
    return truth < 0 ? false : truth == 0 || cli_set(cli, id, "", from);
}

/* Whether a command has a use for an option; the rest is not even checked. */
static bool wanted(const cli_context *cli, cli_option_id id) {
    return cli_option_of(id)->environment && cli_command_takes(cli->command, id);
}

static bool read_environment(cli_context *cli) {
    bool good = true;
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        if (!wanted(cli, id) || cli_given(cli, id)) continue;
        const char *name = cli_option_of(id)->environment, *text = getenv(name);
        if (text && *text && !set_from(cli, id, text, name)) good = false;
    }
    return good;
}

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t') text++;
    size_t size = strlen(text);
    while (size && strchr(" \t\r", text[size - 1])) size--;
    text[size] = '\0';
    return text;
}

static const char *nearest_key(const char *key) {
    const char *nearest = NULL;
    unsigned best = CLI_FAR;
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        const cli_option *option = cli_option_of(id);
        if (option->environment && cli_nearer(mz_str_of(key), mz_str_of(option->name), &best)) nearest = option->name;
    }
    return nearest;
}

/* One line. `open` are the options that neither the command line nor the environment gave. */
static bool read_line(cli_context *cli, char *line, const char *from, const bool *open) {
    char *key = trim(line), *equals = strchr(key, '=');
    if (*key == '\0' || *key == '#') return true;
    if (!equals) {
        cli_complain("%s: “%.100s” is not `key = value`", from, key);
        return false;
    }
    *equals = '\0';
    key = trim(key);
    char *value = trim(equals + 1);
    size_t size = strlen(value);
    if (size >= 2 && value[0] == '"' && value[size - 1] == '"') {
        value[size - 1] = '\0';
        value++;
    }
    cli_option_id id = cli_option_find(mz_str_of(key));
    if (id == CLI_NO_OPTION || !cli_option_of(id)->environment) {
        const char *nearest = nearest_key(key);
        cli_complain("%s: there is no setting “%.100s”%s%s%s", from, key, nearest ? "; did you mean " : "",
                     nearest ? nearest : "", nearest ? "?" : "");
        return false;
    }
    if (!wanted(cli, id) || !open[id]) return true;
    return set_from(cli, id, value, from);
}

static bool file_path(char *path, size_t size) {
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = -1;
    if (folder && *folder == '/')
        length = snprintf(path, size, "%s/mizan/mizan.conf", folder);
    else if (home && *home)
        length = snprintf(path, size, "%s/.config/mizan/mizan.conf", home);
    return length > 0 && (size_t)length < size;
}

static bool read_file(cli_context *cli) {
    char path[4096];
    mz_buffer bytes;
    mz_error error;
    if (!file_path(path, sizeof path)) return true;
    mz_buffer_init(&bytes, FILE_CEILING_BYTES);
    mz_status status = mz_file_read(path, &bytes, &error);
    if (status) {
        mz_buffer_done(&bytes);
        if (status == MZ_ERR_NOT_FOUND) return true;
        (void)cli_fail(&error);
        return false;
    }
    cli->settings = bytes.data;
    if (bytes.size && memchr(bytes.data, '\0', bytes.size)) {
        cli_complain("%s is not a text file", path);
        return false;
    }
    bool good = true, open[CLI_OPTION_COUNT];
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) open[id] = !cli_given(cli, id);
    unsigned number = 0;
    for (char *line = bytes.size ? bytes.data : NULL; line;) {
        char *end = strchr(line, '\n'), from[4200];
        if (end) *end = '\0';
        (void)snprintf(from, sizeof from, "%s:%u", path, ++number);
        if (!read_line(cli, line, from, open)) good = false;
        line = end ? end + 1 : NULL;
    }
    return good;
}

int cli_settings(cli_context *cli) {
    if (cli->command->without_settings || cli_given(cli, CLI_HELP)) return CLI_DONE;
    bool environment = read_environment(cli), file = read_file(cli);
    return environment && file ? CLI_DONE : CLI_USAGE;
}
