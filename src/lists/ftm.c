/* "ftm": FollowTheMoney entities as JSON lines, as OpenSanctions and others publish them (entities.ftm.json,
 * targets.nested.json, entities.delta.json). Format: https://www.opensanctions.org/docs/entities/ and
 * https://www.opensanctions.org/faq/80/bulk-deltas/; model: https://followthemoney.tech/explorer/.
 *
 * One line is one record, listed itself or not ("target"), so that records = lines. What the model of
 * mizan/schema.h has no place for is kept as a note, "property: value", never dropped:
 *   - properties that it does not know, and members beside the usual ones, which some publishers misplace;
 *   - a key that stands twice in "properties": both are read (repeated id or schema: rejected, they would be a guess);
 *   - an entity written inside a property: attached, and linked to the one around it when nothing links it already;
 *     one of an unknown schema is attached as a Thing that carries its schema as `type`.
 * Beside the properties: datasets become `publisher`, referents (the ids this entity was merged from) `recordId`,
 * first_seen `createdAt`, last_change `modifiedAt`, all marked as derived. last_seen says when the file was made, not
 * something of the entity: the latest is the list's date, and an entity does not change because it was seen again.
 *
 * A line that is JSON and no entity (no id, an unknown schema), or larger than any entity, is rejected by its number. A
 * first line that is no entity is another format, a line that is not JSON is a damaged file: both fail as a whole. A
 * file of changes fails unless the caller takes deletions: its few entities must not be mistaken for the list. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_read.h"
#include "base/map.h"
#include "base/shown.h"
#include "lists/formats.h"

#include <stdio.h>

/* A string literal for a table. */
#define KEY(literal)                                                                                                   \
    { literal, sizeof(literal) - 1 }

enum { LINE_CEILING_BYTES = 16 << 20, TREE_CEILING_BYTES = 128 << 20 };

typedef struct ftm {
    mz_reading *reading;
    mz_builder *builder;
    mz_arena arena;  /* of the line in hand */
    mz_map attached; /* id to its entity's number, in the record in hand */
    mz_position at;
    bool any;     /* an entity was seen */
    bool changes; /* the first line was a change; so must the others be */
} ftm;

/* A member whose values become facts. */
typedef struct field {
    mz_str name; /* as written */
    bool known;
    mz_property property;
    unsigned flags; /* for mz_fact */
} field;

/* "Person:birthDate" is birthDate: FollowTheMoney's qualified names. */
static field field_of(mz_str name) {
    field f = {.name = name};
    const char *colon = name.size ? memchr(name.data, ':', name.size) : NULL;
    mz_str bare = colon ? (mz_str){colon + 1, name.size - (size_t)(colon + 1 - name.data)} : name;
    f.known = mz_property_find(bare, &f.property);
    return f;
}

static mz_name_kind name_kind(mz_property property) {
    if (property == MZ_PROP_name) return MZ_NAME_PRIMARY;
    if (property == MZ_PROP_weakAlias) return MZ_NAME_WEAK_ALIAS;
    if (property == MZ_PROP_previousName) return MZ_NAME_PREVIOUS;
    return MZ_NAME_UNSPECIFIED;
}

static void add_fact(ftm *f, unsigned entity, const field *of, mz_str value) {
    if (!of->known) {
        mz_str note =
            mz_arena_print(&f->arena, "%.*s: %.*s", (int)of->name.size, of->name.data, (int)value.size, value.data);
        mz_builder_add(f->builder, entity, MZ_PROP_notes, note, f->at);
        return;
    }
    mz_fact *fact = mz_builder_name(f->builder, entity, of->property, name_kind(of->property), value, f->at);
    if (fact) fact->flags |= of->flags;
}

/* --- entities inside entities --- */

static void add_member(ftm *f, unsigned entity, const mz_json_value *member);

static bool holds_text(const mz_json_value *value, mz_str text) {
    if (value->kind == MZ_JSON_STRING) return mz_str_equal(value->text, text);
    for (const mz_json_value *child = value->child; child; child = child->next)
        if (child->kind <= MZ_JSON_ARRAY && holds_text(child, text)) return true;
    return false;
}

static bool links_to(const mz_json_value *properties, mz_str id) {
    for (const mz_json_value *p = properties ? properties->child : NULL; p; p = p->next) {
        field of = field_of(p->key);
        if (of.known && mz_property_kind(of.property) == MZ_TYPE_ENTITY && holds_text(p, id)) return true;
    }
    return false;
}

/* FollowTheMoney names the other end of a link after schema and role: "ownershipOwner" is Ownership:owner. */
static bool role_in_name(mz_str name, mz_schema schema, mz_property *ret_property) {
    const char *schema_name = mz_schema_name(schema);
    size_t size = strlen(schema_name);
    char role[40];
    if (name.size <= size || name.size - size >= sizeof role) return false;
    if ((name.data[0] | 0x20) != (schema_name[0] | 0x20) || memcmp(name.data + 1, schema_name + 1, size - 1) != 0)
        return false;
    memcpy(role, name.data + size, name.size - size);
    role[0] = (char)(role[0] | 0x20);
    return mz_property_find((mz_str){role, name.size - size}, ret_property);
}

/* Ties an attached entity to the one it was written in. */
static void link_attached(ftm *f, unsigned around, unsigned inside, mz_schema schema, const field *of,
                          const mz_json_value *properties) {
    mz_property back;
    mz_str around_id = mz_builder_id(f->builder, around), inside_id = mz_builder_id(f->builder, inside);
    if (of->known && mz_property_kind(of->property) == MZ_TYPE_ENTITY) {
        mz_builder_add(f->builder, around, of->property, inside_id, f->at);
        return;
    }
    if (links_to(properties, around_id)) return;
    if (mz_schema_is_a(schema, MZ_SCHEMA_Sanction))
        back = MZ_PROP_entity;
    else if (mz_schema_is_a(schema, MZ_SCHEMA_Identification))
        back = MZ_PROP_holder;
    else if (!role_in_name(of->name, schema, &back))
        return; /* it is in the record all the same */
    mz_builder_add(f->builder, inside, back, around_id, f->at);
}

static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    bool text = member && (member->kind == MZ_JSON_STRING || member->kind == MZ_JSON_NUMBER);
    return text ? member->text : MZ_STR("");
}

static bool is_entity(const mz_json_value *object) {
    return text_of(object, "schema").size && (text_of(object, "id").size || mz_json_member(object, "properties"));
}

static void attach(ftm *f, unsigned around, const field *of, const mz_json_value *object) {
    mz_str schema_name = text_of(object, "schema"), id = text_of(object, "id"),
           around_id = mz_builder_id(f->builder, around);
    mz_schema schema = MZ_SCHEMA_Thing;
    bool known = mz_schema_find(schema_name, &schema);
    if (!id.size)
        id = mz_arena_print(&f->arena, "%.*s-%.*s-%zu", (int)around_id.size, around_id.data, (int)of->name.size,
                            of->name.data, f->attached.count);
    const mz_json_value *properties = mz_json_member(object, "properties");
    const uint32_t *before = mz_map_get(&f->attached, id);
    unsigned inside;
    if (mz_str_equal(id, mz_builder_id(f->builder, 0))) {
        inside = 0;
    } else if (before) {
        inside = *before; /* the same entity again, inside another: more of it, perhaps */
    } else {
        inside = mz_builder_entity(f->builder, schema, id, f->at);
        if (!mz_map_put(&f->attached, id, inside)) f->arena.failed = f->arena.starved = true;
        if (!known) mz_builder_add(f->builder, inside, MZ_PROP_type, schema_name, f->at);
    }
    for (const mz_json_value *member = object->child; member; member = member->next) add_member(f, inside, member);
    link_attached(f, around, inside, schema, of, properties);
}

static void add_values(ftm *f, unsigned entity, const field *of, const mz_json_value *value) {
    switch (value->kind) {
    case MZ_JSON_NULL: return;
    case MZ_JSON_FALSE:
    case MZ_JSON_TRUE:
    case MZ_JSON_NUMBER:
    case MZ_JSON_STRING: add_fact(f, entity, of, value->text); return;
    case MZ_JSON_ARRAY:
        for (const mz_json_value *element = value->child; element; element = element->next)
            add_values(f, entity, of, element);
        return;
    case MZ_JSON_OBJECT: break;
    }
    if (is_entity(value)) {
        attach(f, entity, of, value);
        return;
    }
    for (const mz_json_value *member = value->child; member; member = member->next) {
        field inner = {.name = mz_arena_print(&f->arena, "%.*s.%.*s", (int)of->name.size, of->name.data,
                                              (int)member->key.size, member->key.data)};
        add_values(f, entity, &inner, member);
    }
}

/* --- an entity's own line --- */

/* The second of the same name, when both are there: which one is meant cannot be known. */
static const mz_json_value *repeated(const mz_json_value *object, const char *key) {
    const mz_json_value *first = mz_json_member(object, key);
    for (const mz_json_value *m = first ? first->next : NULL; m; m = m->next)
        if (mz_str_equal(m->key, first->key)) return m;
    return NULL;
}

/* Things are listed for themselves; addresses, positions and links are there for others. */
static bool usually_target(mz_schema schema) {
    return mz_schema_is_a(schema, MZ_SCHEMA_Thing) && schema != MZ_SCHEMA_Address && schema != MZ_SCHEMA_Position &&
           schema != MZ_SCHEMA_Event;
}

static void keep_latest(ftm *f, const mz_json_value *value) {
    char text[40];
    int64_t seconds;
    if (value->kind != MZ_JSON_STRING || value->text.size + 1 >= sizeof text) return;
    memcpy(text, value->text.data, value->text.size);
    text[value->text.size] = 'Z'; /* OpenSanctions leaves the zone out */
    if (!mz_time_parse(text, value->text.size, &seconds) && !mz_time_parse(text, value->text.size + 1, &seconds))
        return;
    if (seconds > f->reading->report->published) f->reading->report->published = seconds;
}

static void add_properties(ftm *f, unsigned entity, const mz_json_value *properties) {
    for (const mz_json_value *p = properties->child; p; p = p->next) {
        field of = field_of(p->key);
        add_values(f, entity, &of, p);
    }
}

/* What a member of an entity beside its properties means. */
static void add_member(ftm *f, unsigned entity, const mz_json_value *member) {
    static const struct {
        mz_str key;
        mz_property property;
    } kept[] = {
        {KEY("datasets"), MZ_PROP_publisher},
        {KEY("referents"), MZ_PROP_recordId},
        {KEY("first_seen"), MZ_PROP_createdAt},
        {KEY("last_change"), MZ_PROP_modifiedAt},
    };
    static const mz_str passed_over[] = {KEY("id"),        KEY("schema"), KEY("caption"),   KEY("target"),
                                         KEY("last_seen"), KEY("list"),   KEY("reference"), KEY("provenance")};
    if (mz_str_equal(member->key, MZ_STR("properties")) && member->kind == MZ_JSON_OBJECT) {
        add_properties(f, entity, member);
        return;
    }
    if (mz_str_equal(member->key, MZ_STR("last_seen"))) keep_latest(f, member);
    for (size_t i = 0; i < sizeof passed_over / sizeof passed_over[0]; i++)
        if (mz_str_equal(member->key, passed_over[i])) return;
    field of = field_of(member->key);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (mz_str_equal(member->key, kept[i].key)) of = (field){member->key, true, kept[i].property, MZ_FACT_DERIVED};
    add_values(f, entity, &of, member);
}

static mz_status reject_schema(ftm *f, mz_str id, mz_str schema) {
    const char *nearest = mz_schema_nearest(schema);
    if (!schema.size) return mz_reading_reject(f->reading, f->at, id, "the entity has no schema");
    return mz_reading_reject(f->reading, f->at, id, "unknown schema \"%.*s\"%s%s%s", mz_shown(schema), schema.data,
                             nearest ? "; the nearest is \"" : "", nearest ? nearest : "", nearest ? "\"" : "");
}

static mz_status read_entity(ftm *f, const mz_json_value *object) {
    mz_str id = text_of(object, "id"), schema_name = text_of(object, "schema"), caption = text_of(object, "caption");
    mz_schema schema;
    if (!id.size) return mz_reading_reject(f->reading, f->at, caption, "the entity has no id");
    if (repeated(object, "id") || repeated(object, "schema"))
        return mz_reading_reject(f->reading, f->at, id, "id or schema stands twice in one entity");
    if (!mz_schema_find(schema_name, &schema)) return reject_schema(f, id, schema_name);
    const mz_json_value *target = mz_json_member(object, "target");
    bool says = target && (target->kind == MZ_JSON_TRUE || target->kind == MZ_JSON_FALSE);

    mz_map_done(&f->attached);
    mz_builder_start(f->builder, f->reading->list);
    mz_builder_target(f->builder, says ? target->kind == MZ_JSON_TRUE : usually_target(schema));
    mz_builder_reference(f->builder, id);
    mz_builder_caption(f->builder, caption);
    mz_builder_entity(f->builder, schema, id, f->at);
    if (!mz_builder_failed(f->builder) && !mz_builder_id(f->builder, 0).size)
        return mz_reading_reject(f->reading, f->at, caption, "the id of the entity is blank");
    for (const mz_json_value *member = object->child; member; member = member->next) add_member(f, 0, member);
    if (f->arena.starved) return mz_fail_memory(f->reading->error);
    if (f->arena.failed)
        return mz_reading_reject(f->reading, f->at, id, "the entity needs more memory than one may take");
    return mz_reading_emit(f->reading);
}

/* {"op":"ADD","entity":{…}}, "MOD" the same, "DEL" with the id alone. */
static mz_status read_change(ftm *f, mz_str op, const mz_json_value *entity) {
    const mz_read_options *options = f->reading->options;
    if (!options->deleted)
        return mz_fail_at(f->reading->error, MZ_ERR_REFUSED, f->at.line, 1,
                          "this is a file of changes, not the list; read the whole list (entities.ftm.json) instead, "
                          "or apply the changes to the one that is held (mizan lists import)");
    bool is_new = mz_str_equal(op, MZ_STR("ADD"));
    if (is_new || mz_str_equal(op, MZ_STR("MOD"))) {
        mz_status status = options->arriving ? options->arriving(options->context, is_new, f->reading->error) : MZ_OK;
        return status ? status : read_entity(f, entity);
    }
    mz_str id = text_of(entity, "id");
    if (!mz_str_equal(op, MZ_STR("DEL")))
        return mz_reading_reject(f->reading, f->at, id, "unknown change \"%.*s\": ADD, MOD and DEL exist", mz_shown(op),
                                 op.data);
    mz_builder_start(f->builder, f->reading->list); /* so that blanks in the id become what they become in a record's */
    id = mz_builder_id(f->builder, mz_builder_entity(f->builder, MZ_SCHEMA_Thing, id, f->at));
    if (mz_builder_failed(f->builder)) return mz_fail_memory(f->reading->error);
    if (!id.size) return mz_reading_reject(f->reading, f->at, id, "the entity to delete has no id");
    f->reading->report->records++;
    f->reading->report->deleted++;
    return options->deleted(options->context, id, f->reading->error);
}

/* --- lines --- */

static mz_status fail_format(ftm *f, const mz_error *reason) {
    return mz_fail_at(f->reading->error, MZ_ERR_INPUT, f->at.line, reason->column,
                      "this is no file of FollowTheMoney entities, one JSON object a line: %s", reason->text);
}

static mz_status fail_line(ftm *f, mz_str line, const mz_error *reason) {
    if (!f->any && reason->status == MZ_ERR_INPUT) return fail_format(f, reason);
    if (reason->column > line.size)
        return mz_fail_at(f->reading->error, MZ_ERR_INPUT, f->at.line, reason->column,
                          "the file breaks off in the middle of a line; fetch it again");
    return mz_fail_at(f->reading->error, reason->status, f->at.line, reason->column,
                      "the line is not JSON that can be read: %s; fetch the file again", reason->text);
}

static bool is_blank(mz_str line) {
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] != ' ' && line.data[i] != '\t') return false;
    return true;
}

static mz_status read_object(ftm *f, const mz_json_value *value) {
    const mz_json_value *entity = mz_json_member(value, "entity");
    mz_str op = text_of(value, "op");
    bool change = op.size && entity && entity->kind == MZ_JSON_OBJECT;
    if (!f->any && !change && !mz_json_member(value, "schema")) {
        mz_error reason = {.column = 1, .text = "the first has no schema"};
        return fail_format(f, &reason);
    }
    if (!f->any) f->changes = change;
    f->any = true;
    if (change && !f->changes)
        return mz_reading_reject(f->reading, f->at, text_of(entity, "id"), "a change, among entities of a whole list");
    if (!change && f->changes)
        return mz_reading_reject(f->reading, f->at, text_of(value, "id"),
                                 "an entity without what happens to it, among changes");
    return change ? read_change(f, op, entity) : read_entity(f, value);
}

static mz_status read_line(ftm *f, mz_str line) {
    const mz_json_value *value = NULL;
    mz_error error;
    if (is_blank(line)) return MZ_OK;
    mz_arena_reset(&f->arena);
    mz_status status = mz_json_parse(line, MZ_JSON_KEEP_REPEATED_KEYS, &f->arena, &value, &error);
    if (f->arena.starved) return mz_fail_memory(f->reading->error);
    if (f->arena.failed && f->any) return mz_reading_reject(f->reading, f->at, MZ_STR(""), "%s", error.text);
    if (status) return fail_line(f, line, &error);
    status = mz_json_expect(value, MZ_JSON_OBJECT, "a line", &error);
    if (!status) return read_object(f, value);
    if (!f->any) return fail_format(f, &error);
    return mz_reading_reject(f->reading, f->at, MZ_STR(""), "%s", error.text);
}

static mz_status read_lines(ftm *f, mz_input *input, mz_buffer *line) {
    mz_error *error = f->reading->error;
    for (;;) {
        bool more = false;
        mz_status status = mz_input_line(input, line, &more, error);
        f->at.line = input->line > UINT32_MAX ? UINT32_MAX : (uint32_t)input->line;
        if (status == MZ_ERR_LIMIT && f->any) {
            status = mz_reading_reject(f->reading, f->at, MZ_STR(""), "%s", error->text);
            more = true;
        } else if (!status && more) {
            status = read_line(f, mz_buffer_view(line));
        }
        if (!status) status = mz_reading_progress(f->reading, input->consumed, input->total_bytes);
        if (status) return status;
        if (!more) return MZ_OK;
    }
}

static mz_status read_ftm(mz_reading *reading) {
    mz_input input;
    mz_buffer line;
    ftm f = {.reading = reading, .builder = reading->builder};
    mz_status status = mz_input_open(&input, reading->path, reading->error);
    if (status) return status;
    f.at.file = mz_reading_file(reading, reading->path);
    mz_arena_init(&f.arena, TREE_CEILING_BYTES);
    mz_map_init(&f.attached);
    mz_buffer_init(&line, LINE_CEILING_BYTES);
    status = read_lines(&f, &input, &line);
    reading->report->bytes = input.consumed;
    if (!status && !f.any) status = mz_fail(reading->error, MZ_ERR_INPUT, "the file is empty; fetch it again");
    mz_buffer_done(&line);
    mz_map_done(&f.attached);
    mz_arena_done(&f.arena);
    mz_input_close(&input);
    return status;
}

/* The first line is an object with a schema, or a change. */
static bool looks_like_ftm(mz_str first_bytes, const char *path) {
    (void)path;
    size_t at = first_bytes.size >= 3 && memcmp(first_bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (first_bytes.size <= at || first_bytes.data[at] != '{') return false;
    const char *start = first_bytes.data + at, *end = first_bytes.data + first_bytes.size;
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    size_t size = (size_t)((newline ? newline : end) - start);
    return memmem(start, size, "\"schema\"", 8) && memmem(start, size, "\"id\"", 4) &&
           (memmem(start, size, "\"properties\"", 12) || memmem(start, size, "\"op\"", 4));
}

const mz_list_format mz_format_ftm = {
    .name = "ftm",
    .title = "FollowTheMoney entities (OpenSanctions and others), JSON lines",
    .usual_list = "ftm",
    .one_file = true,
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like_ftm,
    .read = read_ftm,
};
