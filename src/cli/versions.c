#include "cli/versions.h"

#include "base/clock.h"
#include "base/shown.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN_REJECTIONS = 10, DAY_SECONDS = 86400 };

void cli_day_text(int64_t seconds, char ret_text[CLI_DAY_TEXT_SIZE]) {
    char text[MZ_TIME_TEXT_SIZE] = "";
    if (seconds) mz_time_text(seconds, text);
    (void)snprintf(ret_text, CLI_DAY_TEXT_SIZE, "%.10s", text);
}

int64_t cli_age_days(int64_t seconds) {
    int64_t now = mz_clock_now();
    return now > seconds ? (now - seconds) / DAY_SECONDS : 0;
}

bool cli_version_damaged(const mz_list_version *version) {
    if (!version->damage[0]) return false;
    cli_complain("%s: the version held is damaged: %s\nmizan lists update %s brings it anew, mizan lists select %s "
                 "VERSION takes another",
                 version->list, version->damage, version->list, version->list);
    return true;
}

bool cli_version_old(const mz_list_version *version) {
    return cli_age_days(version->checked) > CLI_OLD_DAYS;
}

void cli_version_old_note(const cli_context *cli, const mz_list_version *version) {
    if (version->damage[0] || !cli_version_old(version)) return;
    long long days = (long long)cli_age_days(version->checked);
    if (cli_origin_of(version->list))
        cli_note(cli, "warning: %s was last checked with its publisher %lld days ago; mizan lists update %s does it",
                 version->list, days, version->list);
    else
        cli_note(cli, "warning: %s was brought in %lld days ago; mizan lists import takes a newer file", version->list,
                 days);
}

const mz_list_origin *cli_origin_of(const char *list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(origins[i].list, list) == 0) return &origins[i];
    return NULL;
}

void cli_rejection_note(const cli_context *cli, const char *list, const mz_rejection *rejection, uint64_t *seen) {
    if (++*seen > SHOWN_REJECTIONS) return;
    char place[64] = "";
    if (rejection->at.line && rejection->at.column)
        (void)snprintf(place, sizeof place, " at line %u, column %u", rejection->at.line, rejection->at.column);
    else if (rejection->at.line)
        (void)snprintf(place, sizeof place, " at line %u", rejection->at.line);
    int name_size = mz_shown(rejection->record);
    cli_note(cli, "%s: rejected record%s%.*s%s%s%.*s%s: %.*s", list, rejection->file.size ? " in " : "",
             mz_shown(rejection->file), rejection->file.size ? rejection->file.data : "", place, name_size ? " (" : "",
             name_size, name_size ? rejection->record.data : "", name_size ? ")" : "",
             mz_shown_within(rejection->reason, 400), rejection->reason.data ? rejection->reason.data : "");
}

void cli_rejection_rest(const cli_context *cli, const char *list, uint64_t seen) {
    if (seen > SHOWN_REJECTIONS)
        cli_note(cli, "%s: … and %llu rejected records more", list, (unsigned long long)(seen - SHOWN_REJECTIONS));
}
