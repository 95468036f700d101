/* See subjects.h and register.h. All that belongs to one change is written in the caller's transaction.
 *
 * Numbers of the sequence come from one row of the agency, which whoever changes its subjects writes: so two who do at
 * once meet there, one is repeated, and who reads up to a number has all that came before it. */
#include "subjects/register.h"

#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "subjects/sources.h"

enum { ENTRY_BYTES = 8192 };

mz_subject mz_subject_of(const mz_sql_value *c, mz_arena *arena) {
    mz_schema schema = MZ_SCHEMA_LegalEntity;
    (void)mz_schema_find(c[3].text, &schema);
    return (mz_subject){.key = mz_arena_copy(arena, c[0].text),
                        .source = mz_arena_copy(arena, c[1].text),
                        .reference = mz_arena_copy(arena, c[2].text),
                        .schema = schema,
                        .caption = mz_arena_copy(arena, c[4].text),
                        .properties = mz_arena_copy(arena, c[5].text),
                        .digest = mz_arena_copy(arena, c[6].text),
                        .closed = mz_str_equal(c[7].text, MZ_STR("closed")),
                        .sequence = c[8].number,
                        .created = c[9].number,
                        .changed = c[10].number,
                        .screened = c[11].number};
}

/* ---- one of them ---- */

static mz_status take_first(const mz_sql_value *columns, mz_arena *arena, mz_subject *ret_subject, mz_error *error) {
    if (!columns) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such subject");
    *ret_subject = mz_subject_of(columns, arena);
    return arena->failed ? mz_fail_arena(arena, error, "the subject") : MZ_OK;
}

mz_status mz_subject_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_subject *ret_subject,
                         mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(agency)};
    const mz_sql_value *columns = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT subject, source, reference, schema, caption, properties, digest, state, sequence, "
                     "created, changed, screened FROM subject WHERE subject = ?1 AND agency = ?2",
                     values, 2, arena, &columns, error);
    return status ? status : take_first(columns, arena, ret_subject, error);
}

mz_status mz_subject_find(mz_sql *sql, mz_str agency, mz_str source, mz_str reference, mz_arena *arena,
                          mz_subject *ret_subject, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source), mz_sql_text(reference)};
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(
        sql,
        "SELECT subject, source, reference, schema, caption, properties, digest, state, sequence, "
        "created, changed, screened FROM subject WHERE reference = ?3 AND source = ?2 AND agency || '' = ?1",
        values, 3, arena, &columns, error);
    return status ? status : take_first(columns, arena, ret_subject, error);
}

mz_status mz_subject_entity(const mz_subject *subject, mz_arena *arena, const mz_entity **ret_entity, mz_error *error) {
    return mz_subject_shape_read(subject->key, subject->schema, subject->properties, arena, ret_entity, error);
}

mz_status mz_subjects_count(mz_sql *sql, mz_str agency, uint64_t *ret_count, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *columns = NULL;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql, "SELECT subjects FROM subject_register WHERE agency = ?1", values, 1, &arena,
                                    &columns, error);
    if (!status) *ret_count = columns ? (uint64_t)columns[0].number : 0;
    mz_arena_done(&arena);
    return status;
}

/* ---- writing ---- */

static mz_status take_numbers(mz_subject_writer *writer, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(writer->agency), mz_sql_int(writer->at_once)};
    const mz_sql_value *columns = NULL;
    mz_arena_init(&arena, 1 << 16);
    mz_status status =
        mz_sql_first(writer->sql,
                     "INSERT INTO subject_register (agency, sequence, subjects) VALUES (?1, ?2, 0) ON CONFLICT "
                     "(agency) DO UPDATE SET sequence = subject_register.sequence + excluded.sequence RETURNING "
                     "sequence",
                     values, 2, &arena, &columns, error);
    if (!status && !columns) status = mz_fail(error, MZ_ERR_IO, "the register of subjects gave no number");
    if (!status) {
        writer->left = writer->at_once;
        writer->next = columns[0].number - writer->at_once + 1;
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status next_number(mz_subject_writer *writer, int64_t *ret_number, mz_error *error) {
    mz_status status = writer->left ? MZ_OK : take_numbers(writer, error);
    if (status) return status;
    writer->left--;
    *ret_number = writer->next++;
    return MZ_OK;
}

static mz_status insert(mz_subject_writer *writer, const mz_subject *subject, mz_str words, mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(subject->key),
        mz_sql_text(writer->agency),
        mz_sql_text(subject->source),
        mz_sql_text(subject->reference),
        mz_sql_text(mz_str_of(mz_schema_name(subject->schema))),
        mz_sql_text(subject->caption),
        mz_sql_text(subject->properties),
        mz_sql_text(subject->digest),
        mz_sql_text(words),
        mz_sql_int(subject->sequence),
        mz_sql_int(subject->created),
    };
    return mz_sql_run(writer->sql,
                      "INSERT INTO subject (subject, agency, source, reference, schema, caption, properties, digest, "
                      "words, state, sequence, created, changed, screened) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                      "'active', ?10, ?11, ?11, 0)",
                      values, sizeof values / sizeof *values, NULL, error);
}

static mz_status update(mz_subject_writer *writer, const mz_subject *subject, mz_str words, mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(subject->key),     mz_sql_text(mz_str_of(mz_schema_name(subject->schema))),
        mz_sql_text(subject->caption), mz_sql_text(subject->properties),
        mz_sql_text(subject->digest),  mz_sql_text(words),
        mz_sql_int(subject->sequence), mz_sql_int(subject->changed),
        mz_sql_int(subject->screened),
    };
    return mz_sql_run(writer->sql,
                      "UPDATE subject SET schema = ?2, caption = ?3, properties = ?4, digest = ?5, words = ?6, state = "
                      "'active', sequence = ?7, changed = ?8, screened = ?9 WHERE subject = ?1",
                      values, sizeof values / sizeof *values, NULL, error);
}

static mz_status add(mz_subject_writer *writer, mz_str reference, const mz_subject_shape *shape, mz_arena *arena,
                     mz_subject *ret_subject, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    int64_t now = mz_clock_now();
    mz_sql_new_key(key);
    mz_subject fresh = {.key = mz_arena_copy(arena, mz_str_of(key)),
                        .source = writer->source,
                        .reference = reference,
                        .schema = shape->schema,
                        .caption = shape->caption,
                        .properties = shape->properties,
                        .digest = shape->digest,
                        .created = now,
                        .changed = now};
    mz_status status = arena->failed ? mz_fail_arena(arena, error, "the subject") : MZ_OK;
    if (!status) status = next_number(writer, &fresh.sequence, error);
    if (!status) status = insert(writer, &fresh, shape->words, error);
    if (status) return status;
    writer->more++;
    *ret_subject = fresh;
    return MZ_OK;
}

static mz_status change(mz_subject_writer *writer, const mz_subject_shape *shape, mz_subject *subject,
                        mz_error *error) {
    bool looks_otherwise = subject->closed || !mz_str_equal(subject->digest, shape->digest);
    mz_subject after = *subject;
    after.schema = shape->schema;
    after.caption = shape->caption;
    after.properties = shape->properties;
    after.digest = shape->digest;
    after.closed = false;
    after.changed = mz_clock_now();
    if (looks_otherwise) after.screened = 0;
    mz_status status = looks_otherwise ? next_number(writer, &after.sequence, error) : MZ_OK;
    if (!status) status = update(writer, &after, shape->words, error);
    if (status) return status;
    writer->more += subject->closed;
    *subject = after;
    return MZ_OK;
}

mz_status mz_subject_write(mz_subject_writer *writer, mz_str reference, const mz_subject_shape *shape, mz_arena *arena,
                           mz_subject *ret_subject, mz_subject_outcome *ret_outcome, mz_error *error) {
    mz_error absent;
    mz_subject held = {.closed = false};
    mz_status status = mz_subject_find(writer->sql, writer->agency, writer->source, reference, arena, &held, &absent);
    if (status == MZ_ERR_NOT_FOUND) {
        *ret_outcome = MZ_SUBJECT_ADDED;
        return add(writer, reference, shape, arena, ret_subject, error);
    }
    if (status) {
        if (error) *error = absent;
        return status;
    }
    bool same = !held.closed && held.schema == shape->schema && mz_str_equal(held.properties, shape->properties);
    *ret_outcome = same ? MZ_SUBJECT_SAME : MZ_SUBJECT_CHANGED;
    if (!same) status = change(writer, shape, &held, error);
    if (!status) *ret_subject = held;
    return status;
}

mz_status mz_subject_write_closed(mz_subject_writer *writer, mz_str key, mz_error *error) {
    int64_t sequence = 0;
    uint64_t changed = 0;
    mz_status status = next_number(writer, &sequence, error);
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(writer->agency), mz_sql_int(sequence),
                                   mz_sql_int(mz_clock_now())};
    status = mz_sql_run(writer->sql,
                        "UPDATE subject SET state = 'closed', sequence = ?3, changed = ?4 WHERE subject = ?1 AND "
                        "agency = ?2 AND state = 'active'",
                        values, 4, &changed, error);
    writer->more -= (int64_t)changed;
    return status;
}

mz_status mz_subject_writer_end(mz_subject_writer *writer, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(writer->agency), mz_sql_int(writer->more)};
    mz_status status = mz_subject_source_count(writer->sql, writer->agency, writer->source, writer->more, error);
    if (!status && writer->more)
        status = mz_sql_run(writer->sql, "UPDATE subject_register SET subjects = subjects + ?2 WHERE agency = ?1",
                            values, 2, NULL, error);
    return status;
}

/* ---- one change ---- */

/* An entry of the audit chain: of the source and the digest of the facts, beside them what tells of somebody. */
static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, const char *kind, const mz_subject *subject,
                      mz_error *error) {
    mz_buffer body, personal;
    mz_json json;
    mz_buffer_init(&body, ENTRY_BYTES);
    mz_buffer_init(&personal, MZ_SUBJECT_BYTES_MOST + ENTRY_BYTES);
    mz_json_init(&json, &body);
    mz_json_object(&json);
    mz_json_pair(&json, "digest", subject->digest);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(subject->schema)));
    mz_json_pair(&json, "source", subject->source);
    mz_json_object_end(&json);
    mz_json_init(&json, &personal);
    mz_json_object(&json);
    mz_json_pair(&json, "caption", subject->caption);
    mz_json_key(&json, "properties");
    mz_json_raw(&json, subject->properties);
    mz_json_pair(&json, "reference", subject->reference);
    mz_json_object_end(&json);
    const mz_audit_draft draft = {.chain = agency,
                                  .kind = mz_str_of(kind),
                                  .actor_kind = mz_actor_kind_of(actor),
                                  .actor = actor->who->key,
                                  .object = subject->key,
                                  .body = mz_buffer_view(&body),
                                  .personal = mz_buffer_view(&personal)};
    mz_status status = body.failed || personal.failed
                           ? mz_fail_buffer(body.failed ? &body : &personal, error, "an entry of the audit chain")
                           : mz_audit_append(sql, &draft, NULL, error);
    mz_buffer_done(&personal);
    mz_buffer_done(&body);
    return status;
}

mz_status mz_subject_put(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_subject_draft *draft, bool audited,
                         mz_arena *arena, mz_subject *ret_subject, mz_subject_outcome *ret_outcome, mz_error *error) {
    static const char *const kinds[] = {"subject.added", "subject.changed", NULL};
    mz_subject_writer writer = {.sql = sql, .agency = agency, .source = draft->source, .at_once = 1};
    mz_subject_shape shape;
    mz_status status = mz_subject_source_check(draft->source, error);
    if (!status) status = mz_subject_reference_check(draft->reference, error);
    if (!status) status = mz_subject_shape_make(draft->entity, draft->reference, arena, &shape, error);
    if (!status) status = mz_subject_write(&writer, draft->reference, &shape, arena, ret_subject, ret_outcome, error);
    if (!status) status = mz_subject_writer_end(&writer, error);
    if (!status && audited && kinds[*ret_outcome])
        status = tell(sql, agency, actor, kinds[*ret_outcome], ret_subject, error);
    return status;
}

mz_status mz_subject_close(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_error *error) {
    mz_arena arena;
    mz_subject subject;
    mz_arena_init(&arena, (size_t)4 * MZ_SUBJECT_BYTES_MOST);
    mz_status status = mz_subject_get(sql, agency, key, &arena, &subject, error);
    if (!status && !subject.closed) {
        mz_subject_writer writer = {.sql = sql, .agency = agency, .source = subject.source, .at_once = 1};
        status = mz_subject_write_closed(&writer, key, error);
        if (!status) status = mz_subject_writer_end(&writer, error);
        if (!status) status = tell(sql, agency, actor, "subject.closed", &subject, error);
    }
    mz_arena_done(&arena);
    return status;
}

mz_status mz_subject_screened(mz_sql *sql, mz_str agency, mz_str key, int64_t sequence, int64_t at, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(agency), mz_sql_int(sequence), mz_sql_int(at)};
    return mz_sql_run(sql,
                      "UPDATE subject SET screened = ?4 WHERE subject = ?1 AND agency = ?2 AND sequence = ?3 AND "
                      "screened < ?4",
                      values, 4, NULL, error);
}

/* When it was screened last stays true: what a run looks at is the number alone. */
mz_status mz_subject_again(mz_sql *sql, mz_str agency, mz_str key, mz_error *error) {
    mz_subject_writer writer = {.sql = sql, .agency = agency, .at_once = 1};
    int64_t sequence = 0;
    mz_status status = next_number(&writer, &sequence, error);
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(agency), mz_sql_int(sequence)};
    return status ? status
                  : mz_sql_run(sql,
                               "UPDATE subject SET sequence = ?3 WHERE subject = ?1 AND agency = ?2 AND state = "
                               "'active'",
                               values, 3, NULL, error);
}
