/* Pages of the register. Keys sort by the time at which they were made, so pages follow the order in which subjects
 * came, and a page begins behind the last key of the one before.
 *
 * What a page asks for is in one index (subject_listing), which is read in the order of keys until the page is full:
 * what nobody asked for costs its few bytes there, and its row is not read. Words are found by LIKE in that index,
 * about a million subjects in 0.3 seconds; more are not looked at by one call.
 *
 * Rejected: a table of words, each with its subjects. It would find a rare word at once, and cost each import several
 * times what the subjects themselves cost, in places all over the file. */
#include "base/error.h"
#include "subjects/register.h"

#include <string.h>

enum { WORDS_MOST = 4, PATTERN_BYTES = 256, FIRST_SPAN = 1000, LAST_SPAN = 100000 };
static const mz_str behind_all = MZ_STR_INIT("~"); /* keys are digits and capitals */

/* %word% for each word of the text; what is not used is %. Folded words have no sign that LIKE knows. */
typedef struct patterns {
    char texts[WORDS_MOST][PATTERN_BYTES];
    bool nothing; /* there is text, and no word in it */
} patterns;

static mz_status make_patterns(mz_str text, mz_arena *arena, patterns *made, mz_error *error) {
    mz_str words[WORDS_MOST];
    size_t count = 0;
    *made = (patterns){.nothing = false};
    for (size_t w = 0; w < WORDS_MOST; w++) memcpy(made->texts[w], "%", 2);
    if (!text.size) return MZ_OK;
    mz_status status = mz_subject_words(text, arena, WORDS_MOST, words, &count, error);
    for (size_t w = 0; w < count && !status; w++) {
        if (words[w].size > PATTERN_BYTES - 3)
            return mz_fail(error, MZ_ERR_ARGUMENT, "a word of the search is longer than %d bytes", PATTERN_BYTES - 3);
        made->texts[w][0] = '%';
        memcpy(made->texts[w] + 1, words[w].data, words[w].size);
        memcpy(made->texts[w] + 1 + words[w].size, "%", 2);
    }
    made->nothing = !count;
    return status;
}

typedef struct listing {
    mz_arena *arena;
    mz_subject *subjects;
    size_t count, limit;
} listing;

static mz_status take_subject(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count < taken->limit) taken->subjects[taken->count++] = mz_subject_of(c, taken->arena);
    return MZ_OK;
}

static mz_str text_or_empty(mz_str text) {
    return text.data ? text : MZ_STR("");
}

/* The last key of the next `most` behind `after`; behind all keys when there are not so many. */
static mz_status find_bound(mz_sql *sql, mz_str agency, mz_str after, size_t most, mz_arena *arena, mz_str *ret_bound,
                            mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(after), mz_sql_int((int64_t)most - 1)};
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(sql,
                                    "SELECT subject FROM subject WHERE agency = ?1 AND subject > ?2 ORDER BY subject "
                                    "LIMIT 1 OFFSET ?3",
                                    values, 3, arena, &columns, error);
    *ret_bound = !status && columns ? columns[0].text : behind_all;
    return status;
}

/* Those behind `after` and up to `bound`, as far as there is room. */
static mz_status read_span(mz_sql *sql, mz_str agency, const mz_subject_query *query, const patterns *wanted,
                           mz_str after, mz_str bound, listing *taken, mz_error *error) {
    const char *state = query->closed < 0 ? "" : query->closed ? "closed" : "active";
    const mz_sql_value values[] = {
        mz_sql_text(agency),
        mz_sql_text(after),
        mz_sql_text(bound),
        mz_sql_text(text_or_empty(query->source)),
        mz_sql_text(text_or_empty(query->schema)),
        mz_sql_text(mz_str_of(state)),
        mz_sql_text(mz_str_of(wanted->texts[0])),
        mz_sql_text(mz_str_of(wanted->texts[1])),
        mz_sql_text(mz_str_of(wanted->texts[2])),
        mz_sql_text(mz_str_of(wanted->texts[3])),
        mz_sql_int((int64_t)(taken->limit - taken->count)),
    };
    return mz_sql_query(sql,
                        "SELECT subject, source, reference, schema, caption, properties, digest, state, sequence, "
                        "created, changed, screened FROM subject WHERE subject IN (SELECT subject FROM subject WHERE "
                        "agency = ?1 AND subject > ?2 AND subject <= ?3 AND (?4 = '' OR source = ?4) AND (?5 = '' OR "
                        "schema = ?5) AND (?6 = '' OR state = ?6) AND words LIKE ?7 ESCAPE '!' AND words LIKE ?8 "
                        "ESCAPE '!' AND words LIKE ?9 ESCAPE '!' AND words LIKE ?10 ESCAPE '!' ORDER BY subject LIMIT "
                        "?11) ORDER BY subject",
                        values, sizeof values / sizeof *values, take_subject, taken, error);
}

/* Span by span, larger ones the longer it takes, until the page is full, the register at its end, or enough looked at.
 */
static mz_status read_page(mz_sql *sql, mz_str agency, const mz_subject_query *query, const patterns *wanted,
                           listing *taken, mz_str *ret_next, mz_error *error) {
    mz_str after = text_or_empty(query->after), bound = MZ_STR("");
    mz_status status = MZ_OK;
    size_t looked_at = 0;
    for (size_t span = FIRST_SPAN; !status && taken->count < taken->limit; span = span < LAST_SPAN ? span * 10 : span) {
        status = find_bound(sql, agency, after, span, taken->arena, &bound, error);
        if (!status) status = read_span(sql, agency, query, wanted, after, bound, taken, error);
        looked_at += span;
        after = bound;
        if (mz_str_equal(bound, behind_all) || looked_at >= MZ_SUBJECTS_LOOKED_AT_MOST) break;
    }
    bool full = taken->count == taken->limit;
    *ret_next = full ? taken->subjects[taken->count - 1].key : mz_str_equal(after, behind_all) ? MZ_STR("") : after;
    return status;
}

mz_status mz_subjects_list(mz_sql *sql, mz_str agency, const mz_subject_query *query, mz_arena *arena,
                           mz_subject **ret_subjects, size_t *ret_count, mz_str *ret_next, mz_error *error) {
    size_t limit = query->limit < MZ_SUBJECTS_PAGE_MOST ? query->limit : MZ_SUBJECTS_PAGE_MOST;
    listing taken = {.arena = arena, .limit = limit, .subjects = MZ_ARENA_NEW(arena, limit + 1, mz_subject)};
    patterns *wanted = MZ_ARENA_NEW(arena, 1, patterns);
    mz_str next = MZ_STR("");
    if (!taken.subjects || !wanted) return mz_fail_arena(arena, error, "the list of subjects");
    mz_status status = make_patterns(query->text, arena, wanted, error);
    if (!status && !wanted->nothing) status = read_page(sql, agency, query, wanted, &taken, &next, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of subjects");
    if (status) return status;
    *ret_subjects = taken.subjects;
    *ret_count = taken.count;
    *ret_next = next;
    return MZ_OK;
}
