/* See safety.h. A publisher's server that answers with half a file, a mirror that went back in time, the wrong file
 * under the right name: each of these has taken people off somebody's list without anybody noticing. A person may
 * know better; then the reason stays in the manifest. */
#include "lists/safety.h"

#include "base/clock.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const double usual_most_shrink = 0.2;

enum { FEWEST_TO_COMPARE = 10, REASONS_SIZE = 400 };

typedef struct reason_text {
    char text[REASONS_SIZE]; /* room is left in an error's text for the remedy */
    size_t used;
} reason_text;

__attribute__((format(printf, 2, 3))) static void object(reason_text *reasons, const char *format, ...) {
    va_list arguments;
    size_t room = sizeof reasons->text - reasons->used;
    int mark = reasons->used ? snprintf(reasons->text + reasons->used, room, "; ") : 0;
    if (mark < 0 || (size_t)mark >= room) return;
    va_start(arguments, format);
    int size = vsnprintf(reasons->text + reasons->used + mark, room - (size_t)mark, format, arguments);
    va_end(arguments);
    size_t wanted = size < 0 ? 0 : (size_t)size + (size_t)mark;
    reasons->used += wanted < room ? wanted : room - 1;
}

static void judge_itself(const mz_safety_case *what, reason_text *reasons) {
    const mz_list_version *fresh = &what->fresh->version;
    if (what->misfits && what->misfits[0])
        object(reasons, "its changes do not fit the version held: %s", what->misfits);
    if (fresh->entities == 0) object(reasons, "there is no record in it");
    if (what->stated_records && what->stated_records != fresh->records)
        object(reasons, "it says that it has %llu records, but %llu were read: it may be cut off",
               (unsigned long long)what->stated_records, (unsigned long long)fresh->records);
}

static void judge_size(const mz_safety_case *what, reason_text *reasons) {
    uint64_t was = what->held->version.entities, is = what->fresh->version.entities;
    double most = what->most_shrink > 0 ? what->most_shrink : usual_most_shrink;
    if (was > 0 && is < was && (double)(was - is) > most * (double)was)
        object(reasons,
               "it shrank from %llu to %llu records (by %.0f %%, more than the %.0f %% that may vanish at once)",
               (unsigned long long)was, (unsigned long long)is, 100.0 * (double)(was - is) / (double)was, 100.0 * most);
    const mz_delta_counts *counts = what->counts;
    if (counts && was >= FEWEST_TO_COMPARE && is > 0 && counts->same + counts->changed == 0)
        object(reasons, "not one of the %llu records held is in it: it may be another list", (unsigned long long)was);
}

static void judge_age(const mz_safety_case *what, reason_text *reasons) {
    int64_t was = what->held->version.published, is = what->fresh->version.published;
    char was_text[MZ_TIME_TEXT_SIZE], is_text[MZ_TIME_TEXT_SIZE];
    if (was == 0 || is == 0 || is >= was) return;
    mz_time_text(was, was_text);
    mz_time_text(is, is_text);
    bool same_day = strncmp(was_text, is_text, 10) == 0;
    object(reasons, "it is of %.*s, older than the one held, of %.*s", same_day ? 20 : 10, is_text, same_day ? 20 : 10,
           was_text);
}

mz_status mz_safety_judge(const mz_safety_case *what, bool accept, char *ret_accepted, size_t size, mz_error *error) {
    reason_text reasons = {.used = 0};
    judge_itself(what, &reasons);
    if (what->held_damage)
        object(&reasons, "the version held is damaged and cannot be compared with it (%.100s)", what->held_damage);
    if (what->held) {
        judge_size(what, &reasons);
        judge_age(what, &reasons);
        if (strcmp(what->held->version.format, what->fresh->version.format) != 0)
            object(&reasons, "it has the format %s, the one held has %s", what->fresh->version.format,
                   what->held->version.format);
    }
    if (reasons.used && !accept)
        return mz_fail(error, MZ_ERR_REFUSED, "%s refused: %s. If it is right, take it with --accept",
                       what->fresh->version.list, reasons.text);
    mz_clean_copy(ret_accepted, size, reasons.text);
    return MZ_OK;
}
