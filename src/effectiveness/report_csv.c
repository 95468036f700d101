/* details.csv: a row for each question, from which every figure of the report can be counted again. What was asked is
 * not kept but made once more, by the same seed. */
#include "effectiveness/report.h"

#include "base/csv_write.h"
#include "base/error.h"

enum { PIECE_BYTES = 1 << 20, ROOM_BYTES = 16 << 20 };

static const char heading[] =
    "run,set,class,list,script,schema,entity,reference,name,asked,birth_date,nationality,found,"
    "score,rank,hits,best,best_score\n";

typedef struct csv_rows {
    const mz_effectiveness *run;
    const mz_measured *measured;
    const char *run_name;
    mz_status (*put)(void *context, mz_str rows, mz_error *error);
    void *context;
    mz_buffer rows, text;
    mz_change change;
} csv_rows;

static void field(csv_rows *csv, mz_str text) {
    mz_csv_put(&csv->rows, text, false);
}

static void put_score(csv_rows *csv, uint32_t millionths) {
    if (millionths)
        mz_buffer_print(&csv->rows, ",%u.%06u", millionths / MZ_MEASURED_UNIT, millionths % MZ_MEASURED_UNIT);
    else
        mz_buffer_char(&csv->rows, ',');
}

static void put_answer(csv_rows *csv, const mz_answer *answer) {
    mz_buffer_print(&csv->rows, ",%d", answer->found);
    put_score(csv, answer->score);
    if (answer->rank)
        mz_buffer_print(&csv->rows, ",%u", answer->rank);
    else
        mz_buffer_char(&csv->rows, ',');
    mz_buffer_print(&csv->rows, ",%u", answer->hits);
    mz_index_entry best = {.id = {"", 0}};
    if (answer->best_score) mz_index_entity(csv->run->index, answer->best, &best);
    field(csv, best.id);
    put_score(csv, answer->best_score);
    mz_buffer_char(&csv->rows, '\n');
}

static void put_row(csv_rows *csv, const mz_subject *subject, const char *set, const char *class, mz_str asked,
                    mz_str birth_date, mz_str nationality, const mz_answer *answer) {
    bool listed = *set == 'l';
    mz_csv_put(&csv->rows, mz_str_of(csv->run_name), true);
    field(csv, mz_str_of(set));
    field(csv, mz_str_of(class));
    field(csv, listed ? csv->run->report.lists[subject->list].list : MZ_STR(""));
    field(csv, mz_str_of(mz_script_name(subject->who.script)));
    field(csv, mz_str_of(mz_schema_name(subject->schema)));
    field(csv, subject->who.id);
    field(csv, subject->reference);
    field(csv, subject->who.name);
    field(csv, asked);
    field(csv, birth_date);
    field(csv, nationality);
    put_answer(csv, answer);
}

static mz_status settle(csv_rows *csv, size_t most, mz_error *error) {
    if (csv->rows.failed || csv->text.failed) return mz_fail_memory(error);
    if (csv->rows.size <= most) return MZ_OK;
    mz_status status = csv->put(csv->context, mz_buffer_view(&csv->rows), error);
    mz_buffer_clear(&csv->rows);
    return status;
}

static mz_status put_classes(csv_rows *csv, const mz_subject *subject, const char *set, const mz_answer *answers,
                             mz_error *error) {
    size_t count;
    const mz_change_kind *kinds = mz_change_kinds(&count);
    for (size_t c = 0; c < csv->measured->class_count; c++) {
        const mz_change_kind *kind = &kinds[csv->measured->classes[c]];
        if (answers[c].state == MZ_NOT_ASKED) continue;
        if (!mz_change_apply(kind, csv->run->options.seed, &subject->who, &csv->change, &csv->text)) continue;
        put_row(csv, subject, set, kind->class.name, mz_buffer_view(&csv->text), mz_str_of(csv->change.birth_date),
                csv->change.nationality, &answers[c]);
    }
    return settle(csv, PIECE_BYTES, error);
}

static mz_status put_customer(csv_rows *csv, size_t number, mz_error *error) {
    static const char *const ways[MZ_CUSTOMER_WAYS] = {[MZ_BY_NAME] = "by-name", [MZ_WITH_FACTS] = "with-facts"};
    const mz_subject *customer = &csv->run->sample.customers[number];
    for (size_t way = 0; way < MZ_CUSTOMER_WAYS; way++) {
        bool facts = way == MZ_WITH_FACTS;
        put_row(csv, customer, "customer", ways[way], customer->who.name, facts ? customer->who.birth_date : MZ_STR(""),
                facts ? customer->who.nationality : MZ_STR(""),
                &csv->measured->customers[number * MZ_CUSTOMER_WAYS + way]);
    }
    if (number >= csv->measured->changed_count) return settle(csv, PIECE_BYTES, error);
    return put_classes(csv, customer, "customer", csv->measured->changed + number * csv->measured->class_count, error);
}

static mz_status put_run(csv_rows *csv, mz_error *error) {
    const mz_sample *sample = &csv->run->sample;
    mz_status status = MZ_OK;
    for (size_t s = 0; s < sample->listed_count && !status; s++)
        status = put_classes(csv, &sample->listed[s], "listed", csv->measured->listed + s * csv->measured->class_count,
                             error);
    for (size_t s = 0; s < sample->customer_count && !status; s++) status = put_customer(csv, s, error);
    return status;
}

mz_status mz_report_write_csv(const mz_effectiveness *run,
                              mz_status (*put)(void *context, mz_str rows, mz_error *error), void *context,
                              mz_error *error) {
    csv_rows csv = {.run = run, .measured = &run->measured, .run_name = "this", .put = put, .context = context};
    mz_buffer_init(&csv.rows, ROOM_BYTES);
    mz_buffer_init(&csv.text, (size_t)MZ_CHANGE_LETTERS * 4);
    mz_buffer_print(&csv.rows, "%s", heading);
    mz_status status = put_run(&csv, error);
    if (!status && run->paired) {
        csv.measured = &run->other_measured;
        csv.run_name = "against";
        status = put_run(&csv, error);
    }
    if (!status) status = settle(&csv, 0, error);
    mz_buffer_done(&csv.rows);
    mz_buffer_done(&csv.text);
    return status;
}
