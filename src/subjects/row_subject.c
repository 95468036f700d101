/* See row_subject.h. A row is refused only when nobody could be screened by it: no reference, no name and no number, a
 * word for its schema that nobody explained. A date that is none is no reason to leave its bearer unscreened, so the
 * row is taken, with the value as it stands, and told beside. */
#include "subjects/row_subject.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "lists/csv.h"
#include "screen/query_json.h"
#include "subjects/subjects.h"
#include "text/text.h"

#include <string.h>

/* ---- heading ---- */

static mz_status find_column(const mz_str *names, size_t count, mz_str wanted, int *ret_at, mz_error *error) {
    char known[240];
    mz_buffer text;
    *ret_at = -1;
    for (size_t i = 0; i < count && wanted.size; i++)
        if (mz_csv_name_equal(names[i], wanted)) {
            *ret_at = (int)i;
            return MZ_OK;
        }
    if (!wanted.size) return MZ_OK;
    mz_buffer_init(&text, sizeof known);
    for (size_t i = 0; i < count && !text.failed; i++)
        mz_buffer_print(&text, "%s%.*s", i ? ", " : "", mz_shown(names[i]), names[i].data);
    mz_str list = mz_buffer_view(&text);
    mz_status status = mz_fail(
        error, MZ_ERR_INPUT, "the mapping names a column “%.*s” that the file does not have; it has: %.*s%s",
        mz_shown(wanted), wanted.data, mz_shown_within(list, (int)sizeof known), list.data, text.failed ? " …" : "");
    mz_buffer_done(&text);
    return status;
}

mz_status mz_row_reader_heading(mz_row_reader *reader, const mz_str *names, size_t count, mz_arena *arena,
                                mz_error *error) {
    const mz_subject_mapping *mapping = reader->mapping;
    if (!mapping) return mz_fail(error, MZ_ERR_INPUT, "a table needs a mapping: what its columns are");
    mz_status status = find_column(names, count, mapping->reference, &reader->reference, error);
    if (!status) status = find_column(names, count, mapping->schema_column, &reader->schema, error);
    if (status) return status;
    reader->columns = MZ_ARENA_NEW(arena, mapping->column_count + 1, int);
    if (!reader->columns) return mz_fail_arena(arena, error, "the mapping");
    for (size_t c = 0; c < mapping->column_count && !status; c++)
        status = find_column(names, count, mapping->columns[c].column, &reader->columns[c], error);
    return status;
}

/* ---- a row of a table ---- */

static mz_str cell(const mz_subject_row *row, int column) {
    return column >= 0 && (size_t)column < row->count ? row->cells[column] : MZ_STR("");
}

typedef struct row_work {
    mz_row_reader *reader;
    const mz_subject_row *row;
    mz_arena *arena;
    mz_row_subject *made;
    mz_error *error;
} row_work;

static mz_str cut_value(const row_work *w, mz_str value) {
    return mz_arena_copy(w->arena, (mz_str){value.data, (size_t)mz_shown_within(value, MZ_SHOWN_IN_ROW)});
}

static mz_row_flaw flaw_of(const row_work *w, mz_row_flaw_code code, mz_str field, const char *reason, mz_str value) {
    return (mz_row_flaw){.field = mz_arena_copy(w->arena, field),
                         .reason = mz_arena_copy(w->arena, mz_str_of(reason)),
                         .value = cut_value(w, value),
                         .code = code};
}

static mz_status refuse(const row_work *w, mz_row_flaw_code code, mz_str field, const char *reason, mz_str value) {
    w->made->taken = false;
    w->made->flaw = flaw_of(w, code, field, reason, value);
    if (code == MZ_ROW_REFERENCE_LONG) w->made->flaw.number = MZ_SUBJECT_REFERENCE_BYTES_MOST;
    if (code == MZ_ROW_TOO_LARGE) w->made->flaw.number = MZ_SUBJECT_BYTES_MOST;
    return w->arena->failed ? mz_fail_arena(w->arena, w->error, "a row") : MZ_OK;
}

/* The first of them is told. */
static void note(const row_work *w, mz_row_flaw_code code, mz_str field, const char *reason, mz_str value) {
    if (!w->made->flaw.reason.size) w->made->flaw = flaw_of(w, code, field, reason, value);
}

static void add_value(const row_work *w, const mz_mapped_column *column, mz_str value) {
    char date[MZ_DATE_TEXT_SIZE];
    mz_str given = value;
    if (column->format.size) {
        if (!mz_date_format_read(column->format, value, date)) {
            note(w, MZ_ROW_DATE_FORMAT, column->column, "not a date in the format of this column", given);
            /* as any other date it might be read as another day */
            given = mz_arena_print(w->arena, "? %.*s", (int)value.size, value.data);
        } else {
            given = mz_str_of(date);
        }
    }
    const mz_fact *fact = mz_builder_add(w->reader->builder, 0, column->property, given, (mz_position){0});
    if (!fact) return;
    if (fact->flags & MZ_FACT_UNPARSED)
        note(w, MZ_ROW_NOT_UNDERSTOOD, column->column, "not understood, and not compared", value);
    if (fact->flags & MZ_FACT_WRONG_CHECK)
        note(w, MZ_ROW_CHECK_DIGIT, column->column, "its check digit does not agree", value);
}

static void add_column(const row_work *w, const mz_mapped_column *column, mz_str rest) {
    while (rest.size) {
        const char *end =
            column->split.size ? memmem(rest.data, rest.size, column->split.data, column->split.size) : NULL;
        size_t size = end ? (size_t)(end - rest.data) : rest.size, step = end ? size + column->split.size : size;
        mz_str value = mz_trimmed((mz_str){rest.data, size});
        if (value.size) add_value(w, column, value);
        rest = (mz_str){rest.data + step, rest.size - step};
    }
}

/* The parts of an address in the order in which they are written behind one another. */
static const mz_property place_parts[] = {MZ_PROP_street,     MZ_PROP_street2, MZ_PROP_street3, MZ_PROP_postOfficeBox,
                                          MZ_PROP_postalCode, MZ_PROP_city,    MZ_PROP_region,  MZ_PROP_state};

/* A whole address of its parts: it is what is compared. */
static void add_address(const row_work *w) {
    const mz_subject_mapping *mapping = w->reader->mapping;
    mz_str whole = MZ_STR("");
    bool behind_code = false;
    for (size_t c = 0; c < mapping->column_count; c++)
        if (mapping->columns[c].property == MZ_PROP_address && cell(w->row, w->reader->columns[c]).size) return;
    for (size_t p = 0; p < sizeof place_parts / sizeof *place_parts; p++)
        for (size_t c = 0; c < mapping->column_count; c++) {
            mz_str part = cell(w->row, w->reader->columns[c]);
            if (mapping->columns[c].property != place_parts[p] || !part.size) continue;
            whole = whole.size ? mz_arena_print(w->arena, "%.*s%s%.*s", (int)whole.size, whole.data,
                                                behind_code ? " " : ", ", (int)part.size, part.data)
                               : part;
            behind_code = place_parts[p] == MZ_PROP_postalCode;
            break;
        }
    if (whole.size) (void)mz_builder_add(w->reader->builder, 0, MZ_PROP_address, whole, (mz_position){0});
}

static void add_constants(const row_work *w) {
    const mz_subject_mapping *mapping = w->reader->mapping;
    for (size_t c = 0; c < mapping->constant_count; c++)
        (void)mz_builder_add(w->reader->builder, 0, mapping->constants[c].property, mapping->constants[c].value,
                             (mz_position){0});
}

/* The builder's record as a shape; what is wrong with it refuses the row. */
static mz_status finish(const row_work *w) {
    const mz_record *record = NULL;
    mz_error flaw = {0};
    mz_row_flaw_code code = MZ_ROW_UNREADABLE;
    mz_str value = MZ_STR("");
    mz_status status = mz_builder_finish(w->reader->builder, &record, &flaw);
    if (!status) {
        const mz_entity *entity = &record->entities[0];
        bool thing = mz_schema_is_a(entity->schema, MZ_SCHEMA_Thing);
        status = mz_subject_shape_make(entity, w->made->reference, w->arena, &w->made->shape, &flaw);
        code = thing ? MZ_ROW_NOBODY : MZ_ROW_NOT_A_SUBJECT;
        if (!thing) value = mz_str_of(mz_schema_name(entity->schema));
    }
    if (status == MZ_OK) return MZ_OK;
    if (status == MZ_ERR_LIMIT) code = MZ_ROW_TOO_LARGE;
    if (status == MZ_ERR_INPUT || (status == MZ_ERR_LIMIT && !w->arena->failed))
        return refuse(w, code, MZ_STR(""), flaw.text, value);
    if (w->error) *w->error = flaw;
    return status;
}

static mz_status read_cells(const row_work *w) {
    const mz_subject_mapping *mapping = w->reader->mapping;
    mz_schema schema = mapping->schema;
    mz_str word = cell(w->row, w->reader->schema);
    if (word.size && !mz_subject_mapping_schema(mapping, word, &schema))
        return refuse(w, MZ_ROW_UNKNOWN_WORD, mapping->schema_column, "a word that the mapping does not explain", word);
    if (!word.size && mapping->schema_column.size && mapping->schema_wanted)
        return refuse(w, MZ_ROW_NO_SCHEMA, mapping->schema_column, "it does not say what the row is", word);
    mz_builder_start(w->reader->builder, w->reader->source);
    (void)mz_builder_entity(w->reader->builder, schema, w->made->reference, (mz_position){0});
    for (size_t c = 0; c < mapping->column_count; c++)
        add_column(w, &mapping->columns[c], cell(w->row, w->reader->columns[c]));
    add_address(w);
    add_constants(w);
    return finish(w);
}

/* ---- JSON lines ---- */

/* What only a file of FollowTheMoney has: its members are passed over, as another program's. */
static bool is_ftm(const mz_json_value *object) {
    return mz_json_member(object, "id") && !mz_json_member(object, "reference");
}

static void note_facts(const row_work *w, const mz_entity *entity) {
    for (size_t f = 0; f < entity->fact_count; f++) {
        const mz_fact *fact = &entity->facts[f];
        mz_str field = mz_str_of(mz_property_name(fact->property));
        if (fact->flags & MZ_FACT_UNPARSED)
            note(w, MZ_ROW_NOT_UNDERSTOOD, field, "not understood, and not compared", fact->value);
        if (fact->flags & MZ_FACT_WRONG_CHECK)
            note(w, MZ_ROW_CHECK_DIGIT, field, "its check digit does not agree", fact->value);
    }
}

/* What is wrong with a line, and with what of it. */
typedef struct line_flaw {
    mz_str field, value;
    mz_row_flaw_code code;
} line_flaw;

/* A FollowTheMoney entity as a subject: id, schema and properties of it. */
static mz_status read_ftm(const row_work *w, line_flaw *ret_what, mz_error *flaw) {
    mz_builder *builder = w->reader->builder;
    mz_schema schema = MZ_SCHEMA_LegalEntity;
    mz_str word = {NULL, 0};
    const mz_json_value *properties = mz_json_member(w->row->object, "properties");
    *ret_what = (line_flaw){MZ_STR("schema"), MZ_STR(""), MZ_ROW_UNREADABLE};
    mz_status status = mz_json_read_str(w->row->object, "schema", &word, flaw);
    if (status) return status;
    if (word.data && !mz_schema_find(word, &schema)) {
        *ret_what = (line_flaw){MZ_STR("schema"), word, MZ_ROW_UNKNOWN_SCHEMA};
        return mz_fail(flaw, MZ_ERR_INPUT, "unknown schema “%.*s”", mz_shown(word), word.data);
    }
    *ret_what = (line_flaw){MZ_STR("properties"), MZ_STR(""), MZ_ROW_NO_PROPERTIES};
    if (!properties) return mz_fail(flaw, MZ_ERR_INPUT, "the entity has no properties");
    ret_what->code = MZ_ROW_UNREADABLE;
    mz_builder_start(builder, w->reader->source);
    (void)mz_builder_entity(builder, schema, w->made->reference, (mz_position){0});
    return mz_query_read_properties(properties, builder, flaw);
}

/* A subject as requests give it; what is wrong stands at the place of the error. */
static mz_status read_draft(const row_work *w, line_flaw *ret_what, mz_error *flaw) {
    mz_subject_draft draft = {.source = w->reader->source};
    const mz_json_value *object = w->row->object, *schema = mz_json_member(object, "schema");
    mz_schema known;
    *ret_what = (line_flaw){MZ_STR(""), MZ_STR(""), MZ_ROW_UNREADABLE};
    mz_status status = mz_subject_draft_read(object, w->reader->source, w->reader->builder, &draft, flaw);
    if (!status && !mz_str_equal(draft.source, w->reader->source)) {
        *ret_what = (line_flaw){MZ_STR("source"), draft.source, MZ_ROW_ANOTHER_SOURCE};
        return mz_fail(flaw, MZ_ERR_INPUT, "the subject is of another source");
    }
    if (!status) return MZ_OK;
    if (schema && schema->kind == MZ_JSON_STRING && flaw->line == schema->line && flaw->column == schema->column &&
        !mz_schema_find(schema->text, &known))
        *ret_what = (line_flaw){MZ_STR("schema"), schema->text, MZ_ROW_UNKNOWN_SCHEMA};
    else if (!mz_json_member(object, "properties") && flaw->line == object->line && flaw->column == object->column)
        *ret_what = (line_flaw){MZ_STR("properties"), MZ_STR(""), MZ_ROW_NO_PROPERTIES};
    return status;
}

static mz_status read_object(const row_work *w) {
    line_flaw what;
    mz_error flaw = {0};
    mz_status status = is_ftm(w->row->object) ? read_ftm(w, &what, &flaw) : read_draft(w, &what, &flaw);
    if (status == MZ_ERR_LIMIT) what.code = MZ_ROW_TOO_LARGE;
    if (status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT)
        return refuse(w, what.code, what.field, flaw.text, what.value);
    if (status && w->error) *w->error = flaw;
    if (!status) status = finish(w);
    const mz_entity *entity = NULL;
    if (!status && w->made->taken)
        status = mz_subject_shape_read(MZ_STR(""), w->made->shape.schema, w->made->shape.properties, w->arena, &entity,
                                       w->error);
    if (!status && entity) note_facts(w, entity);
    return status;
}

/* ---- either ---- */

static mz_str given_reference(const mz_row_reader *reader, const mz_subject_row *row) {
    if (!row->object) return cell(row, reader->reference);
    const mz_json_value *at = mz_json_member(row->object, is_ftm(row->object) ? "id" : "reference");
    return at && at->kind == MZ_JSON_STRING ? at->text : MZ_STR("");
}

/* Of a reference that mz_subject_reference_check refuses, in its order. */
static mz_row_flaw_code reference_flaw(mz_str given) {
    if (!given.size) return MZ_ROW_NO_REFERENCE;
    if (given.size > MZ_SUBJECT_REFERENCE_BYTES_MOST) return MZ_ROW_REFERENCE_LONG;
    bool blanks = given.data[0] == ' ' || given.data[given.size - 1] == ' ';
    for (size_t i = 0; i < given.size; i++)
        if ((unsigned char)given.data[i] < ' ' || given.data[i] == 0x7F) return MZ_ROW_REFERENCE_CONTROL;
    return blanks && mz_utf8_valid(given, NULL) ? MZ_ROW_REFERENCE_BLANKS : MZ_ROW_REFERENCE_CONTROL;
}

mz_str mz_row_reference(const mz_row_reader *reader, const mz_subject_row *row) {
    mz_str given = given_reference(reader, row);
    return mz_subject_reference_check(given, NULL) ? MZ_STR("") : given;
}

mz_status mz_row_read(mz_row_reader *reader, const mz_subject_row *row, mz_arena *arena, mz_row_subject *ret_subject,
                      mz_error *error) {
    mz_error flaw = {0};
    *ret_subject = (mz_row_subject){.taken = true, .reference = MZ_STR(""), .flaw = {.reason = MZ_STR("")}};
    ret_subject->flaw.field = ret_subject->flaw.value = MZ_STR("");
    const row_work w = {reader, row, arena, ret_subject, error};
    mz_str given = given_reference(reader, row);
    if (mz_subject_reference_check(given, &flaw)) {
        mz_str field = row->object ? MZ_STR("reference") : reader->mapping->reference;
        return refuse(&w, reference_flaw(given), field, flaw.text, given);
    }
    ret_subject->reference = mz_arena_copy(arena, given);
    mz_status status = row->object ? read_object(&w) : read_cells(&w);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a row");
    return status;
}
