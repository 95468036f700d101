#include "cli/filter.h"

#include "base/error.h"
#include "cli/messages.h"
#include "mizan/date.h"

#include <stdlib.h>
#include <string.h>

static const cli_option_id option_of[MZ_FILTER_KEY_COUNT] = {
    [MZ_FILTER_LISTS] = CLI_LIST,
    [MZ_FILTER_EXCLUDE_LISTS] = CLI_EXCLUDE_LIST,
    [MZ_FILTER_TOPICS] = CLI_TOPIC,
    [MZ_FILTER_EXCLUDE_TOPICS] = CLI_EXCLUDE_TOPIC,
    [MZ_FILTER_SCHEMATA] = CLI_LISTED_SCHEMA,
    [MZ_FILTER_EXCLUDE_SCHEMATA] = CLI_EXCLUDE_SCHEMA,
    [MZ_FILTER_EXCLUDE_ENTITIES] = CLI_EXCLUDE_ENTITY,
    [MZ_FILTER_LISTED_SINCE] = CLI_LISTED_SINCE,
    [MZ_FILTER_LISTED_BEFORE] = CLI_LISTED_BEFORE,
    [MZ_FILTER_CHANGED_SINCE] = CLI_CHANGED_SINCE,
};

static int check_date(const cli_context *cli, cli_option_id option, mz_str text) {
    mz_date date;
    if (mz_date_parse(text, MZ_DATE_DAY_FIRST, &date)) return CLI_DONE;
    return cli_usage(cli, "--%s needs a date: 2024-05-01, 2024-05 or 2024", cli_option_of(option)->name);
}

int cli_filter(const cli_context *cli, mz_filter *ret_filter) {
    *ret_filter = (mz_filter){.values = {{NULL, 0}}};
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        const cli_value *value = &cli->values[option_of[k]];
        if (!value->count) continue;
        mz_str *texts = malloc(value->count * sizeof *texts);
        mz_error error;
        if (!texts) {
            (void)mz_fail_memory(&error);
            return cli_fail(&error);
        }
        for (size_t i = 0; i < value->count; i++) texts[i] = mz_str_of(value->texts[i]);
        ret_filter->values[k].texts = texts;
        ret_filter->values[k].count = value->count;
        int status = mz_filter_key_is_date((mz_filter_key)k) ? check_date(cli, option_of[k], texts[0]) : CLI_DONE;
        if (status) return status;
    }
    return CLI_DONE;
}

void cli_filter_done(mz_filter *filter) {
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        union {
            const mz_str *borrowed;
            mz_str *own;
        } texts = {filter->values[k].texts};
        free(texts.own);
    }
}

/* The text of an error names the key as a query in JSON has it; here it came from an option. */
int cli_filter_check(const mz_filter *filter, const mz_index *index) {
    mz_filter_key key = MZ_FILTER_LISTS;
    mz_error error;
    mz_status status = mz_filter_check(filter, index, &key, &error);
    if (!status) return CLI_DONE;
    if (status != MZ_ERR_ARGUMENT) return cli_fail(&error);
    const char *name = mz_filter_key_name(key);
    size_t size = strlen(name);
    bool named = strncmp(error.text, name, size) == 0 && strncmp(error.text + size, ": ", 2) == 0;
    cli_complain("--%s: %s", cli_option_of(option_of[key])->name, named ? error.text + size + 2 : error.text);
    return CLI_FAILED;
}

static const cli_message said[MZ_FILTER_KEY_COUNT] = {
    [MZ_FILTER_LISTS] = CLI_SAY_FILTER_LISTS,
    [MZ_FILTER_EXCLUDE_LISTS] = CLI_SAY_FILTER_EXCLUDE_LISTS,
    [MZ_FILTER_TOPICS] = CLI_SAY_FILTER_TOPICS,
    [MZ_FILTER_EXCLUDE_TOPICS] = CLI_SAY_FILTER_EXCLUDE_TOPICS,
    [MZ_FILTER_SCHEMATA] = CLI_SAY_FILTER_SCHEMATA,
    [MZ_FILTER_EXCLUDE_SCHEMATA] = CLI_SAY_FILTER_EXCLUDE_SCHEMATA,
    [MZ_FILTER_EXCLUDE_ENTITIES] = CLI_SAY_FILTER_EXCLUDE_ENTITIES,
    [MZ_FILTER_LISTED_SINCE] = CLI_SAY_FILTER_LISTED_SINCE,
    [MZ_FILTER_LISTED_BEFORE] = CLI_SAY_FILTER_LISTED_BEFORE,
    [MZ_FILTER_CHANGED_SINCE] = CLI_SAY_FILTER_CHANGED_SINCE,
};

void cli_put_filter(mz_buffer *out, mz_language language, const mz_filter *filter) {
    bool any = false;
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        if (!filter->values[k].count) continue;
        if (any) CLI_SAY(out, language, CLI_SAY_SEMICOLON, NULL);
        CLI_SAY(out, language, said[k], NULL);
        for (size_t v = 0; v < filter->values[k].count; v++) {
            if (v) CLI_SAY(out, language, CLI_SAY_COMMA, NULL);
            cli_put_safe(out, filter->values[k].texts[v]);
        }
        any = true;
    }
}
