/* See settings.h. Settings are one object of JSON in a row, so that a new one needs no migration; what is not in it is
 * as the program has it. */
#include "cases/settings.h"

#include "audit/audit.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/json_read.h"
#include "cases/rows.h"

enum { SETTINGS_BYTES = 64 << 10, HOURS_MOST = 24 * 366, DAYS_MOST = 36600, DECIMALS = 6 };

/* X(member, lowest, highest) */
#define WHOLE_NUMBERS(X)                                                                                               \
    X(due_hours, 0, HOURS_MOST)                                                                                        \
    X(due_hours_urgent, 0, HOURS_MOST)                                                                                 \
    X(waiting_days, 1, DAYS_MOST)                                                                                      \
    X(clearance_days, 0, DAYS_MOST)                                                                                    \
    X(retention_days, 0, DAYS_MOST)                                                                                    \
    X(attachment_bytes_most, 0, 32 << 20)                                                                              \
    X(attachments_bytes_most, 0, INT64_C(1) << 40)

/* Fractions are numbers where people read them, and texts in the chain, whose numbers are whole. */
static void put_fraction(mz_json *json, const char *key, double number, bool as_text) {
    mz_json_key(json, key);
    if (as_text) mz_buffer_char(json->out, '"');
    mz_json_fixed(json, number, 6);
    if (as_text) mz_buffer_char(json->out, '"');
}

static void put_settings(const mz_case_settings *settings, bool as_text, mz_json *json) {
    mz_json_key(json, "four_eyes");
    mz_json_object(json);
    mz_json_pair_bool(json, "true_match", settings->four_eyes_true_match);
    mz_json_pair_bool(json, "false_positive", settings->four_eyes_false_positive);
    mz_json_pair_bool(json, "insufficient_information", settings->four_eyes_insufficient);
    mz_json_object_end(json);
#define MZ_X(member, lowest, highest) mz_json_pair_int(json, #member, settings->member);
    WHOLE_NUMBERS(MZ_X)
#undef MZ_X
    mz_json_pair_bool(json, "approve_by_command", settings->approve_by_command);
    put_fraction(json, "urgent_weight", settings->urgent_weight, as_text);
    put_fraction(json, "threshold", settings->threshold, as_text);
    mz_json_pair_int(json, "version", settings->version);
}

void mz_case_settings_write(const mz_case_settings *settings, mz_json *json) {
    mz_json_object(json);
    put_settings(settings, false, json);
    mz_json_object_end(json);
}

/* Digits, and up to six behind a point: what such numbers are written with. */
static bool parse_fraction(mz_str text, double *ret_number) {
    int64_t millionths = 0;
    size_t at = 0, decimals = 0;
    for (; at < text.size && mz_is_digit(text.data[at]) && millionths < INT64_C(1000000000); at++)
        millionths = millionths * 10 + (text.data[at] - '0');
    bool good = at > 0;
    if (at < text.size && text.data[at] == '.')
        for (at++; at < text.size && mz_is_digit(text.data[at]) && decimals < DECIMALS; at++, decimals++)
            millionths = millionths * 10 + (text.data[at] - '0');
    for (; decimals < DECIMALS; decimals++) millionths *= 10;
    if (!good || at != text.size) return false;
    *ret_number = (double)millionths / 1e6;
    return true;
}

static mz_status read_fraction(const mz_json_value *object, const char *key, double *ret_number, mz_error *error) {
    const mz_json_value *member = mz_json_member(object, key);
    if (!member || member->kind == MZ_JSON_NULL) return MZ_OK;
    mz_status status = mz_json_expect(member, MZ_JSON_NUMBER, key, error);
    if (!status && !parse_fraction(member->text, ret_number))
        status = mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                            "“%s” is a number with up to six digits behind the point", key);
    return status;
}

mz_status mz_case_settings_read(const mz_json_value *object, mz_case_settings *settings, mz_error *error) {
    const mz_json_value *four_eyes = mz_json_member(object, "four_eyes");
    mz_status status = four_eyes ? mz_json_expect(four_eyes, MZ_JSON_OBJECT, "“four_eyes”", error) : MZ_OK;
    if (!status) status = mz_json_read_bool(four_eyes, "true_match", &settings->four_eyes_true_match, error);
    if (!status) status = mz_json_read_bool(four_eyes, "false_positive", &settings->four_eyes_false_positive, error);
    if (!status)
        status = mz_json_read_bool(four_eyes, "insufficient_information", &settings->four_eyes_insufficient, error);
#define MZ_X(member, lowest, highest)                                                                                  \
    if (!status) status = mz_json_read_int(object, #member, lowest, highest, &settings->member, error);
    WHOLE_NUMBERS(MZ_X)
#undef MZ_X
    if (!status) status = mz_json_read_bool(object, "approve_by_command", &settings->approve_by_command, error);
    if (!status) status = read_fraction(object, "urgent_weight", &settings->urgent_weight, error);
    if (!status) status = read_fraction(object, "threshold", &settings->threshold, error);
    if (!status) status = mz_json_read_int(object, "version", 0, INT32_MAX, &settings->version, error);
    return status;
}

static mz_status check(const mz_case_settings *settings, mz_error *error) {
#define MZ_X(member, lowest, highest)                                                                                  \
    if (settings->member < (lowest) || settings->member > (highest))                                                   \
        return mz_fail(error, MZ_ERR_INPUT, "“%s” is from %lld to %lld", #member, (long long)(lowest),                 \
                       (long long)(highest));
    WHOLE_NUMBERS(MZ_X)
#undef MZ_X
    if (!(settings->urgent_weight >= 0 && settings->urgent_weight <= 1000))
        return mz_fail(error, MZ_ERR_INPUT, "“urgent_weight” is from 0 to 1000");
    if (settings->threshold != 0 && !(settings->threshold >= 0.5 && settings->threshold <= 1))
        return mz_fail(error, MZ_ERR_INPUT, "“threshold” is from 0.5 to 1, or 0 for that of the service");
    return MZ_OK;
}

typedef struct stored {
    mz_case_settings settings;
    bool there;
} stored;

static mz_status take_settings(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    stored *taken = context;
    const mz_json_value *value;
    mz_arena arena;
    (void)count;
    mz_arena_init(&arena, SETTINGS_BYTES);
    mz_status status = mz_json_parse(columns[0].text, 0, &arena, &value, error);
    if (!status) status = mz_case_settings_read(value, &taken->settings, error);
    taken->settings.version = columns[1].number;
    taken->there = true;
    mz_arena_done(&arena);
    return status;
}

static mz_status get(mz_sql *sql, mz_str agency, stored *ret_stored, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency)};
    *ret_stored = (stored){.settings = MZ_CASE_SETTINGS_INIT};
    return mz_sql_query(sql, "SELECT settings, version FROM case_settings WHERE agency = ?1", values, 1, take_settings,
                        ret_stored, error);
}

mz_status mz_case_settings_get(mz_sql *sql, mz_str agency, mz_case_settings *ret_settings, mz_error *error) {
    stored kept;
    mz_status status = get(sql, agency, &kept, error);
    if (!status) *ret_settings = kept.settings;
    return status;
}

static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_case_settings *from,
                      const mz_case_settings *to, mz_arena *arena, mz_error *error) {
    mz_case_object body;
    mz_audit_place place;
    mz_case_object_begin(&body);
    mz_json_key(&body.json, "from");
    mz_json_object(&body.json);
    put_settings(from, true, &body.json);
    mz_json_object_end(&body.json);
    mz_json_key(&body.json, "to");
    mz_json_object(&body.json);
    put_settings(to, true, &body.json);
    mz_json_object_end(&body.json);
    mz_audit_draft draft = {.chain = agency,
                            .kind = MZ_STR("setting.changed"),
                            .actor_kind = mz_actor_kind_of(actor),
                            .actor = actor->who->key,
                            .object = MZ_STR("casework"),
                            .body = mz_case_object_end(&body, arena)};
    return arena->failed ? mz_fail_arena(arena, error, "the settings") : mz_audit_append(sql, &draft, &place, error);
}

static mz_status write(mz_sql *sql, mz_str agency, const mz_case_settings *settings, mz_arena *arena, mz_error *error) {
    mz_case_object text;
    mz_case_object_begin(&text);
    put_settings(settings, false, &text.json);
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(mz_case_object_end(&text, arena)),
                                   mz_sql_int(settings->version)};
    if (arena->failed) return mz_fail_arena(arena, error, "the settings");
    return mz_sql_run(sql,
                      "INSERT INTO case_settings (agency, settings, version) VALUES (?1, ?2, ?3) ON CONFLICT (agency) "
                      "DO UPDATE SET settings = excluded.settings, version = excluded.version",
                      values, 3, NULL, error);
}

mz_status mz_case_settings_set(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_case_settings *settings,
                               mz_error *error) {
    stored before;
    mz_arena arena;
    mz_case_settings after = *settings;
    mz_status status = check(settings, error);
    if (!status) status = get(sql, agency, &before, error);
    if (status) return status;
    if (settings->version != before.settings.version)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "somebody else has changed the settings meanwhile (version %lld, not %lld); look at them again",
                       (long long)before.settings.version, (long long)settings->version);
    after.version++;
    mz_arena_init(&arena, SETTINGS_BYTES);
    status = write(sql, agency, &after, &arena, error);
    if (!status) status = tell(sql, agency, actor, &before.settings, &after, &arena, error);
    mz_arena_done(&arena);
    return status;
}
