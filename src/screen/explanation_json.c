#include "screen/explanation.h"

#include "base/error.h"
#include "base/json_write.h"

#include <string.h>

enum { TEXT_BYTES = 4 << 20 };

static void write_word(mz_json *json, const mz_reading_word *word) {
    mz_json_object(json);
    mz_json_pair(json, "written", word->written);
    mz_json_pair(json, "role", mz_str_of(mz_role_name(word->role)));
    mz_json_pair(json, "normal", word->normal);
    mz_json_pair(json, "sounds", word->sounds);
    mz_json_key(json, "weight");
    mz_json_fixed(json, word->weight, 2);
    mz_json_key(json, "bits");
    mz_json_fixed(json, word->bits, 2);
    mz_json_object_end(json);
}

static mz_status write_name(mz_json *json, const mz_explanation *explanation, mz_str name, mz_error *error) {
    mz_reading *reading;
    mz_status status =
        mz_reading_new(explanation->organisation ? MZ_SCHEMA_Organization : MZ_SCHEMA_Person, name, &reading, error);
    if (status) return status;
    mz_json_object(json);
    mz_json_pair(json, "name", name);
    mz_json_pair(json, "as", mz_str_of(reading->organisation ? "organisation" : "person"));
    if (!reading->organisation) mz_json_pair(json, "culture", mz_str_of(mz_culture_name(reading->culture)));
    if (reading->cut) mz_json_pair_bool(json, "cut", true);
    mz_json_key(json, "words");
    mz_json_array(json);
    for (size_t i = 0; i < reading->word_count; i++) write_word(json, &reading->words[i]);
    mz_json_array_end(json);
    mz_json_object_end(json);
    mz_reading_free(reading);
    return MZ_OK;
}

static void write_evidence(const mz_words_of *words, mz_json *json, const mz_evidence *evidence, mz_buffer *text) {
    mz_json_object(json);
    mz_json_pair(json, "rule", mz_str_of(mz_rule_name(evidence->rule)));
    mz_json_pair(json, "property", mz_str_of(mz_property_name(evidence->property)));
    if (mz_property_kind(evidence->property) == MZ_TYPE_NAME)
        mz_json_pair(json, "role", mz_str_of(mz_role_name(evidence->role)));
    if (evidence->query.size) mz_json_pair(json, "query", evidence->query);
    if (evidence->entity.size) mz_json_pair(json, "entity", evidence->entity);
    mz_json_key(json, "taken");
    mz_json_fixed(json, evidence->taken, 6);
    mz_json_key(json, "points");
    mz_json_fixed(json, evidence->points, 6);
    mz_json_key(json, "bits");
    mz_json_fixed(json, evidence->bits, 2);
    if (words) {
        mz_buffer_clear(text);
        words->evidence(words, evidence, text);
        mz_json_pair(json, "text", mz_buffer_view(text));
    }
    mz_json_object_end(json);
}

static void write_entity(mz_json *json, const mz_explanation *explanation) {
    const mz_index_entry *entity = &explanation->hit->entity;
    mz_json_key(json, "entity");
    mz_json_object(json);
    mz_json_pair(json, "id", entity->id);
    mz_json_pair(json, "list", entity->list);
    mz_json_pair(json, "reference", entity->reference);
    mz_json_pair(json, "caption", entity->caption);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(entity->schema)));
    mz_json_pair_int(json, "names", (int64_t)explanation->name_count);
    mz_json_object_end(json);
    if (explanation->rank) mz_json_pair_int(json, "rank", (int64_t)explanation->rank);
    mz_json_pair_int(json, "hits", (int64_t)explanation->hits);
    if (explanation->not_done.size) mz_json_pair(json, "not_done", explanation->not_done);
}

/* The sentences as an array. */
static void write_says(const mz_words_of *words, mz_json *json, const mz_explanation *explanation, mz_buffer *text) {
    mz_buffer_clear(text);
    words->sentences(words, explanation, text);
    mz_json_key(json, "says");
    mz_json_array(json);
    for (size_t at = 0; at < text->size;) {
        const char *end = memchr(text->data + at, '\n', text->size - at);
        size_t size = end ? (size_t)(end - text->data) - at : text->size - at;
        mz_json_str(json, (mz_str){text->data + at, size});
        at += size + 1;
    }
    mz_json_array_end(json);
}

static void write_figures(mz_json *json, const mz_explanation *explanation) {
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(explanation->schema)));
    mz_json_key(json, "score");
    mz_json_fixed(json, explanation->score, 6);
    mz_json_key(json, "weight");
    mz_json_fixed(json, explanation->weight, 2);
    mz_json_key(json, "threshold");
    mz_json_fixed(json, explanation->threshold, 6);
    mz_json_pair_bool(json, "alert", explanation->alert);
    if (explanation->hit) write_entity(json, explanation);
}

static mz_status write_names(mz_json *json, const mz_explanation *explanation, mz_error *error) {
    mz_json_key(json, "names");
    mz_json_array(json);
    mz_status status = write_name(json, explanation, explanation->query, error);
    if (!status && (explanation->listed.size || !explanation->hit))
        status = write_name(json, explanation, explanation->listed, error);
    mz_json_array_end(json);
    return status;
}

mz_status mz_explanation_write_json(const mz_explanation *explanation, const mz_words_of *words, mz_buffer *out,
                                    mz_error *error) {
    mz_json json;
    mz_buffer text;
    size_t before = out->size;
    mz_buffer_init(&text, TEXT_BYTES);
    mz_json_init(&json, out);
    mz_json_object(&json);
    write_figures(&json, explanation);
    mz_status status = write_names(&json, explanation, error);
    mz_json_key(&json, "evidence");
    mz_json_array(&json);
    for (size_t i = 0; i < explanation->evidence_count; i++)
        write_evidence(words, &json, &explanation->evidence[i], &text);
    mz_json_array_end(&json);
    if (words) write_says(words, &json, explanation, &text);
    mz_json_object_end(&json);
    if (!status && text.failed) status = mz_fail_buffer(&text, error, "the explanation");
    if (status) out->size = before; /* half a line of JSON helps nobody */
    mz_buffer_done(&text);
    return status;
}
