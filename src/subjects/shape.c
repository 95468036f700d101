/* See shape.h. Values are kept normalised, as the builder of records gives them; which of them were not understood is
 * found again when they are read, so that it need not be kept, and a program that understands more understands more of
 * what was brought in before it. */
#include "subjects/shape.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "entity/fact_order.h"
#include "entity/normalise.h"
#include "screen/facts.h"
#include "subjects/subjects.h"
#include "text/text.h"

#include <stdlib.h>

enum { WORDS_OF_ONE = 32 };

/* A whole name of the first values of its parts, in the order in which a query joins them (screen/query.c). */
static mz_str join_parts(const mz_entity *entity, mz_arena *arena) {
    static const mz_property parts[] = {MZ_PROP_firstName, MZ_PROP_secondName, MZ_PROP_middleName, MZ_PROP_fatherName,
                                        MZ_PROP_lastName};
    mz_str name = MZ_STR("");
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        mz_str part = mz_entity_first(entity, parts[p]);
        if (part.size)
            name = mz_arena_print(arena, "%.*s%s%.*s", (int)name.size, name.data, name.size ? " " : "", (int)part.size,
                                  part.data);
    }
    return name;
}

/* ---- properties out ---- */

typedef struct shape_value {
    mz_str property, value;
    size_t place; /* among all, as they came */
} shape_value;

static int order_values(const void *a, const void *b) {
    const shape_value *one = a, *other = b;
    int order = mz_str_order(one->property, other->property);
    return order ? order : (one->place > other->place) - (one->place < other->place);
}

static bool stands_before(const shape_value *values, size_t at) {
    for (size_t k = at; k > 0 && mz_str_equal(values[k - 1].property, values[at].property); k--)
        if (mz_str_equal(values[k - 1].value, values[at].value)) return true;
    return false;
}

static void write_values(const shape_value *values, size_t count, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    for (size_t v = 0; v < count; v++) {
        bool other = v == 0 || !mz_str_equal(values[v].property, values[v - 1].property);
        if (other && v) mz_json_array_end(&json);
        if (other) {
            mz_json_key(&json, values[v].property.data);
            mz_json_array(&json);
        }
        if (!stands_before(values, v)) mz_json_str(&json, values[v].value);
    }
    if (count) mz_json_array_end(&json);
    mz_json_object_end(&json);
}

static mz_status write_properties(const mz_entity *entity, mz_str made_name, mz_arena *arena, mz_str *ret_text,
                                  mz_error *error) {
    mz_buffer text;
    size_t count = 0;
    shape_value *values = MZ_ARENA_NEW(arena, entity->fact_count + 1, shape_value);
    if (!values) return mz_fail_arena(arena, error, "the subject");
    for (size_t f = 0; f < entity->fact_count; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (fact->value.size)
            values[count++] = (shape_value){mz_str_of(mz_property_name(fact->property)), fact->value, f};
    }
    if (made_name.size)
        values[count++] = (shape_value){mz_str_of(mz_property_name(MZ_PROP_name)), made_name, entity->fact_count};
    qsort(values, count, sizeof *values, order_values);
    mz_buffer_init(&text, MZ_SUBJECT_BYTES_MOST);
    write_values(values, count, &text);
    mz_status status = text.failed ? mz_fail_buffer(&text, error, "the properties of a subject") : MZ_OK;
    if (!status) *ret_text = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return status;
}

/* ---- properties in ---- */

/* Whether a value was understood; what is not in normal form was not. */
static uint32_t flags_of(mz_property property, mz_str value, mz_buffer *scratch) {
    uint32_t flags = mz_normalise_value(property, value, MZ_DATE_DAY_FIRST, scratch);
    return mz_str_equal(mz_buffer_view(scratch), value) ? flags : flags | MZ_FACT_UNPARSED;
}

static mz_status read_facts(const mz_json_value *object, mz_fact *facts, mz_buffer *scratch, mz_error *error) {
    size_t count = 0;
    for (const mz_json_value *member = object->child; member; member = member->next) {
        mz_property property;
        if (!mz_property_find(member->key, &property) || member->kind != MZ_JSON_ARRAY)
            return mz_fail(error, MZ_ERR_INPUT, "a subject of the register has a property “%.*s” that is not known",
                           (int)(member->key.size < 100 ? member->key.size : 100), member->key.data);
        for (const mz_json_value *value = member->child; value; value = value->next)
            facts[count++] = (mz_fact){.property = property,
                                       .flags = flags_of(property, value->text, scratch),
                                       .value = value->text,
                                       .original = MZ_STR(""),
                                       .roles = MZ_STR(""),
                                       .language = MZ_STR("")};
    }
    return scratch->starved ? mz_fail_memory(error) : MZ_OK;
}

mz_status mz_subject_shape_read(mz_str id, mz_schema schema, mz_str properties, mz_arena *arena,
                                const mz_entity **ret_entity, mz_error *error) {
    const mz_json_value *object = NULL;
    mz_buffer scratch;
    mz_status status = mz_json_parse(properties, 0, arena, &object, error);
    if (!status) status = mz_json_expect(object, MZ_JSON_OBJECT, "the properties of a subject", error);
    if (status) return status;
    size_t count = 0;
    for (const mz_json_value *member = object->child; member; member = member->next) count += member->count;
    mz_fact *facts = MZ_ARENA_NEW(arena, count + 1, mz_fact), *ordered = MZ_ARENA_NEW(arena, count + 1, mz_fact);
    mz_entity *entity = MZ_ARENA_NEW(arena, 1, mz_entity);
    if (arena->failed) return mz_fail_arena(arena, error, "the subject");
    mz_buffer_init(&scratch, MZ_SUBJECT_BYTES_MOST * 2);
    status = read_facts(object, facts, &scratch, error);
    mz_buffer_done(&scratch);
    if (status) return status;
    mz_order_facts(facts, count, ordered);
    *entity = (mz_entity){.id = id, .schema = schema, .facts = ordered, .fact_count = count};
    *ret_entity = entity;
    return arena->failed ? mz_fail_arena(arena, error, "the subject") : MZ_OK;
}

/* ---- words ---- */

mz_status mz_subject_words(mz_str text, mz_arena *arena, size_t most, mz_str *ret_words, size_t *ret_count,
                           mz_error *error) {
    mz_word *words = NULL;
    bool cut;
    mz_status status = mz_text_words(text, arena, most, &words, ret_count, &cut, error);
    for (size_t w = 0; !status && w < *ret_count; w++) ret_words[w] = words[w].folded;
    return status;
}

static void put_word(mz_buffer *out, mz_str word) {
    if (!word.size || out->size + word.size + 2 > MZ_SUBJECT_WORDS_BYTES_MOST) return;
    if (!out->size) mz_buffer_char(out, ' ');
    mz_buffer_str(out, word);
    mz_buffer_char(out, ' ');
}

/* A word of another script is there a second time, romanised. */
static mz_status put_words(mz_str text, mz_arena *arena, mz_buffer *out, mz_error *error) {
    mz_word *words = NULL;
    size_t count = 0;
    bool cut;
    mz_status status = mz_text_words(text, arena, WORDS_OF_ONE, &words, &count, &cut, error);
    if (status) return status;
    for (size_t w = 0; w < count; w++) put_word(out, words[w].folded);
    for (size_t w = 0; w < count; w++)
        if (!mz_str_equal(words[w].latin, words[w].folded)) put_word(out, words[w].latin);
    return MZ_OK;
}

static mz_status make_words(const mz_entity *entity, mz_str caption, mz_str reference, mz_arena *arena,
                            mz_str *ret_words, mz_error *error) {
    mz_buffer out;
    mz_buffer_init(&out, MZ_SUBJECT_WORDS_BYTES_MOST);
    mz_status status = put_words(caption, arena, &out, error);
    if (!status) status = put_words(reference, arena, &out, error);
    for (size_t f = 0; f < entity->fact_count && !status; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (mz_property_kind(fact->property) == MZ_TYPE_NAME && !mz_str_equal(fact->value, caption))
            status = put_words(fact->value, arena, &out, error);
    }
    if (!status && out.failed) status = mz_fail_buffer(&out, error, "the words of a subject");
    if (!status) *ret_words = mz_arena_copy(arena, mz_buffer_view(&out));
    mz_buffer_done(&out);
    return status;
}

/* ---- all of it ---- */

static bool is_somebody(const mz_entity *entity) {
    for (size_t f = 0; f < entity->fact_count; f++) {
        mz_property_type kind = mz_property_kind(entity->facts[f].property);
        if (kind == MZ_TYPE_NAME || kind == MZ_TYPE_IDENTIFIER) return true;
    }
    return false;
}

static mz_str caption_of(const mz_entity *entity, mz_str reference) {
    mz_str caption = mz_entity_first(entity, MZ_PROP_name);
    for (size_t f = 0; f < entity->fact_count && !caption.size; f++)
        if (mz_property_kind(entity->facts[f].property) == MZ_TYPE_NAME) caption = entity->facts[f].value;
    return caption.size ? caption : reference;
}

mz_status mz_subject_shape_make(const mz_entity *entity, mz_str reference, mz_arena *arena, mz_subject_shape *ret_shape,
                                mz_error *error) {
    const mz_entity *kept = NULL;
    char digest[MZ_DIGEST_HEX_SIZE];
    mz_str made_name = MZ_STR("");
    mz_subject_shape shape = {.schema = entity->schema};
    if (!mz_schema_is_a(entity->schema, MZ_SCHEMA_Thing))
        return mz_fail(error, MZ_ERR_INPUT, "a subject is a person, a company, a ship or another thing, not a “%s”",
                       mz_schema_name(entity->schema));
    if (!mz_entity_first(entity, MZ_PROP_name).size) made_name = join_parts(entity, arena);
    mz_status status = write_properties(entity, made_name, arena, &shape.properties, error);
    if (!status) status = mz_subject_shape_read(entity->id, entity->schema, shape.properties, arena, &kept, error);
    if (status) return status;
    if (!is_somebody(kept)) return mz_fail(error, MZ_ERR_INPUT, "neither a name nor a number of anybody in it");
    shape.caption = caption_of(kept, reference);
    mz_facts_digest(mz_facts_write(kept, arena), digest);
    shape.digest = mz_arena_copy(arena, mz_str_of(digest));
    status = make_words(kept, shape.caption, reference, arena, &shape.words, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the subject");
    if (!status) *ret_shape = shape;
    return status;
}
