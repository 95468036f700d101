/* Drawing customers from a file: any list format, most often a table or queries in JSON. The file is read twice, first
 * for the number by which each row is drawn, then for the rows drawn, so that memory holds no more than the sample. */
#include "effectiveness/sample.h"

#include "base/checked.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static const char customers_list[] = "customers";

typedef struct customer_reading {
    const mz_effectiveness_options *options;
    mz_sample *sample;
    uint64_t *numbers; /* of all rows, by which they are drawn */
    size_t count, room;
    uint64_t most; /* the largest number drawn */
    bool second;
} customer_reading;

static int show(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    const customer_reading *reading = context;
    (void)done_bytes;
    (void)total_bytes;
    return reading->options->progress ? reading->options->progress(reading->options->context, 0, 0) : 0;
}

static mz_str first_name(const mz_entity *entity) {
    for (size_t f = 0; f < entity->fact_count; f++)
        if (mz_property_kind(entity->facts[f].property) == MZ_TYPE_NAME) return entity->facts[f].value;
    return (mz_str){"", 0};
}

static bool keep_number(customer_reading *reading, uint64_t number) {
    if (reading->count == reading->room) {
        size_t room = reading->room ? reading->room * 2 : 1024, bytes;
        uint64_t *grown = mz_multiply_size(room, sizeof *grown, &bytes) ? realloc(reading->numbers, bytes) : NULL;
        if (!grown) return false;
        reading->numbers = grown;
        reading->room = room;
    }
    reading->numbers[reading->count++] = number;
    return true;
}

static void keep_customer(mz_sample *sample, const mz_record *record, mz_str name, uint64_t number) {
    const mz_entity *entity = &record->entities[0];
    mz_arena *arena = &sample->arena;
    mz_fact *facts = MZ_ARENA_NEW(arena, entity->fact_count + 1, mz_fact);
    if (!facts) return;
    for (size_t f = 0; f < entity->fact_count; f++) {
        facts[f] = entity->facts[f];
        facts[f].value = mz_arena_copy(arena, facts[f].value);
        facts[f].original = facts[f].roles = facts[f].language = (mz_str){"", 0};
    }
    mz_subject *subject = &sample->customers[sample->customer_count++];
    *subject = (mz_subject){.who = {.id = mz_arena_copy(arena, entity->id),
                                    .name = mz_arena_copy(arena, name),
                                    .kinds = mz_change_kinds_of(entity->schema),
                                    .script = mz_script_of_name(name)},
                            .number = number,
                            .reference = mz_arena_copy(arena, record->reference),
                            .schema = entity->schema,
                            .facts = facts,
                            .fact_count = entity->fact_count};
    mz_subject_describe(subject, entity, arena);
}

static mz_status take(void *context, const mz_record *record, mz_error *error) {
    customer_reading *reading = context;
    const mz_entity *entity = &record->entities[0];
    mz_str name = first_name(entity);
    if (!name.size || !mz_change_kinds_of(entity->schema)) return MZ_OK;
    uint64_t number = mz_change_seed(reading->options->seed, MZ_STR("customer"), entity->id, name);
    if (!reading->second) return keep_number(reading, number) ? MZ_OK : mz_fail_memory(error);
    bool drawn = number <= reading->most && reading->sample->customer_count < reading->options->customer_sample;
    if (drawn) keep_customer(reading->sample, record, name, number);
    return reading->sample->arena.failed ? mz_fail_arena(&reading->sample->arena, error, "the sample") : MZ_OK;
}

static mz_status reject(void *context, const mz_rejection *rejection, mz_error *error) {
    const customer_reading *reading = context;
    if (reading->second || !reading->options->rejected) return MZ_OK;
    return reading->options->rejected(reading->options->context, rejection, error);
}

static int by_number(const void *left, const void *right) {
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static mz_status read_file(customer_reading *reading, mz_error *error) {
    const mz_list_format *format;
    const char *path;
    mz_list_source_parse(reading->options->customers, &format, &path);
    mz_status status = format ? MZ_OK : mz_list_sniff(path, &format, error);
    if (status) return status;
    mz_read_report report;
    mz_read_options options = {.list = customers_list,
                               .mapping_path = reading->options->mapping_path,
                               .progress = show,
                               .record = take,
                               .rejected = reject,
                               .context = reading};
    status = mz_list_read(format, path, &options, &report, error);
    if (!status) {
        reading->sample->customer_rows = report.records;
        reading->sample->customer_rejected = report.rejected;
    }
    return status;
}

static int by_subject(const void *left, const void *right) {
    const mz_subject *a = left, *b = right;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return mz_str_order(a->who.id, b->who.id);
}

mz_status mz_sample_customers(mz_sample *sample, const mz_effectiveness_options *options, mz_error *error) {
    customer_reading reading = {.options = options, .sample = sample};
    mz_status status = read_file(&reading, error);
    size_t drawn = reading.count < options->customer_sample ? reading.count : options->customer_sample;
    if (!status && !drawn)
        status = mz_fail(error, MZ_ERR_INPUT, "there is no name of a customer in %.200s", options->customers);
    if (!status) {
        qsort(reading.numbers, reading.count, sizeof *reading.numbers, by_number);
        reading.most = reading.numbers[drawn - 1];
        reading.second = true;
        sample->customers = MZ_ARENA_NEW(&sample->arena, drawn + 1, mz_subject);
        status = sample->customers ? read_file(&reading, error) : mz_fail_arena(&sample->arena, error, "the sample");
    }
    if (!status) qsort(sample->customers, sample->customer_count, sizeof *sample->customers, by_subject);
    free(reading.numbers);
    return status;
}
