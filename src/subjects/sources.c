#include "subjects/sources.h"

#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "subjects/mapping.h"
#include "subjects/subjects.h"

static mz_subject_source source_of(const mz_sql_value *c, mz_arena *arena) {
    return (mz_subject_source){.source = mz_arena_copy(arena, c[0].text),
                               .title = mz_arena_copy(arena, c[1].text),
                               .mapping = mz_arena_copy(arena, c[2].text),
                               .subjects = (uint64_t)c[3].number,
                               .changed = c[4].number};
}

typedef struct listing {
    mz_arena *arena;
    mz_subject_source *sources;
    size_t count;
} listing;

static mz_status take_source(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count < MZ_SUBJECT_SOURCES_MOST) taken->sources[taken->count++] = source_of(columns, taken->arena);
    return MZ_OK;
}

mz_status mz_subject_sources_list(mz_sql *sql, mz_str agency, mz_arena *arena, mz_subject_source **ret_sources,
                                  size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .sources = MZ_ARENA_NEW(arena, MZ_SUBJECT_SOURCES_MOST, mz_subject_source)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(MZ_SUBJECT_SOURCES_MOST)};
    if (!taken.sources) return mz_fail_arena(arena, error, "the list of sources");
    mz_status status = mz_sql_query(sql,
                                    "SELECT source, title, mapping, subjects, changed FROM subject_source WHERE agency "
                                    "= ?1 ORDER BY source LIMIT ?2",
                                    values, 2, take_source, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of sources");
    if (status) return status;
    *ret_sources = taken.sources;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_subject_source_get(mz_sql *sql, mz_str agency, mz_str source, mz_arena *arena,
                                mz_subject_source *ret_source, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source)};
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(
        sql, "SELECT source, title, mapping, subjects, changed FROM subject_source WHERE agency = ?1 AND source = ?2",
        values, 2, arena, &columns, error);
    if (!status && !columns) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such source of subjects");
    if (status) return status;
    *ret_source = source_of(columns, arena);
    return arena->failed ? mz_fail_arena(arena, error, "the source") : MZ_OK;
}

/* ---- changing ---- */

/* Whether one more may be made. */
static mz_status check_room(mz_sql *sql, mz_str agency, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *columns = NULL;
    mz_arena_init(&arena, 1 << 16);
    mz_status status =
        mz_sql_first(sql, "SELECT COUNT(*) FROM subject_source WHERE agency = ?1", values, 1, &arena, &columns, error);
    if (!status && columns && columns[0].number >= MZ_SUBJECT_SOURCES_MOST)
        status = mz_fail(error, MZ_ERR_LIMIT, "an agency has at most %d sources of subjects", MZ_SUBJECT_SOURCES_MOST);
    mz_arena_done(&arena);
    return status;
}

mz_status mz_subject_source_count(mz_sql *sql, mz_str agency, mz_str source, int64_t more, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source), mz_sql_int(more),
                                   mz_sql_int(mz_clock_now())};
    uint64_t changed = 0;
    mz_status status =
        mz_sql_run(sql, "UPDATE subject_source SET subjects = subjects + ?3 WHERE agency = ?1 AND source = ?2", values,
                   3, &changed, error);
    if (status || changed) return status;
    status = check_room(sql, agency, error);
    if (status) return status;
    return mz_sql_run(sql,
                      "INSERT INTO subject_source (agency, source, title, mapping, subjects, changed) VALUES (?1, ?2, "
                      "'', '', ?3, ?4)",
                      values, 4, NULL, error);
}

/* ---- title and mapping ---- */

/* The mapping in its one form. */
static mz_status settle_mapping(mz_str given, mz_arena *arena, mz_str *ret_text, mz_error *error) {
    mz_subject_mapping mapping;
    mz_buffer text;
    *ret_text = MZ_STR("");
    if (!given.size) return MZ_OK;
    mz_status status = mz_subject_mapping_parse(given, arena, &mapping, error);
    if (status) return status;
    mz_buffer_init(&text, (size_t)2 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_subject_mapping_write(&mapping, &text);
    status = text.failed ? mz_fail_buffer(&text, error, "the mapping") : MZ_OK;
    if (!status) *ret_text = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return status;
}

static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_subject_source *source,
                      mz_error *error) {
    mz_buffer body;
    mz_json json;
    mz_buffer_init(&body, (size_t)4 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_json_init(&json, &body);
    mz_json_object(&json);
    mz_json_key(&json, "mapping");
    mz_json_raw(&json, source->mapping.size ? source->mapping : MZ_STR("null"));
    mz_json_pair(&json, "source", source->source);
    mz_json_pair(&json, "title", source->title);
    mz_json_object_end(&json);
    const mz_audit_draft draft = {.chain = agency,
                                  .kind = MZ_STR("subjects.source.changed"),
                                  .actor_kind = mz_actor_kind_of(actor),
                                  .actor = actor->who->key,
                                  .body = mz_buffer_view(&body)};
    mz_status status = body.failed ? mz_fail_buffer(&body, error, "an entry of the audit chain")
                                   : mz_audit_append(sql, &draft, NULL, error);
    mz_buffer_done(&body);
    return status;
}

mz_status mz_subject_source_set(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str source, mz_str title,
                                mz_str mapping, mz_arena *arena, mz_subject_source *ret_source, mz_error *error) {
    mz_subject_source held, after;
    mz_str settled = MZ_STR("");
    mz_status status = mz_subject_source_check(source, error);
    if (!status && title.size) status = mz_title_check(title, "the title of a source", error);
    if (!status && mapping.data) status = settle_mapping(mapping, arena, &settled, error);
    if (!status) status = mz_subject_source_count(sql, agency, source, 0, error);
    if (!status) status = mz_subject_source_get(sql, agency, source, arena, &held, error);
    if (status) return status;
    after = held;
    if (title.data) after.title = title;
    if (mapping.data) after.mapping = settled;
    *ret_source = after;
    if (mz_str_equal(after.title, held.title) && mz_str_equal(after.mapping, held.mapping)) return MZ_OK;
    ret_source->changed = mz_clock_now();
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source), mz_sql_text(after.title),
                                   mz_sql_text(after.mapping), mz_sql_int(ret_source->changed)};
    status = mz_sql_run(
        sql, "UPDATE subject_source SET title = ?3, mapping = ?4, changed = ?5 WHERE agency = ?1 AND source = ?2",
        values, 5, NULL, error);
    return status ? status : tell(sql, agency, actor, ret_source, error);
}
