/* Runs an import, see imports.h. Rows are read, checked and made into what is kept outside of any transaction; only
 * writing them is in one, so that others who write wait for milliseconds.
 *
 * The references of a file are kept in memory while it is read, so that one that stands there twice is told with the
 * line it stood in first, and that those which a whole file lacks are known. That is some hundred bytes for each, which
 * MZ_IMPORT_ROWS_MOST and REFERENCES_BYTES bound. */
#include "base/error.h"
#include "base/map.h"
#include "base/shown.h"
#include "entity/normalise.h"
#include "subjects/import_rows.h"
#include "subjects/mapping.h"
#include "subjects/subjects.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BUILDER_BYTES = 16 << 20,
    REFERENCES_BYTES = 1 << 30,
    KEPT_BYTES = 4 << 20,
    CLOSED_AT_ONCE = 1000,
    PAGE_BYTES = 16 << 20,
    MOST_VANISHING_PERCENT = 20
};

typedef struct import_run {
    const mz_import_work *work;
    mz_subject_import import, next; /* as it is, and as the transaction at hand leaves it */
    mz_subject_mapping mapping;
    mz_row_reader reader;
    char path[MZ_IMPORT_PATH_SIZE];
    mz_arena kept;  /* while it runs */
    mz_arena batch; /* of the rows that wait */
    mz_arena refs;
    mz_map lines; /* from a reference to the line it stands in first */
    mz_import_item items[MZ_IMPORT_BATCH_ROWS];
    size_t count;
    uint64_t rows;  /* read so far */
    bool gathering; /* references only */
    const mz_str *closing;
    size_t closing_count;
} import_run;

static mz_status fail_stopped(mz_error *error) {
    return mz_fail(error, MZ_ERR_CANCELLED, "the import was stopped; it goes on where it is when it is run again");
}

static bool is_stopping(const import_run *run) {
    return run->work->stopping && run->work->stopping(run->work->context);
}

/* ---- batches ---- */

static mz_status note(import_run *run, mz_sql *sql, mz_error *error) {
    return run->work->note ? run->work->note(run->work->context, sql, &run->next, error) : MZ_OK;
}

static mz_status write_batch(void *context, mz_sql *sql, mz_error *error) {
    import_run *run = context;
    const mz_import_batch batch = {run->items, run->count, run->rows, run->next.done};
    uint64_t done = run->next.done;
    run->next = run->import;
    mz_status status = mz_import_write(sql, &run->next, &batch, error);
    if (!status) status = note(run, sql, error);
    if (status) run->next.done = done; /* for another try */
    return status;
}

static mz_status flush(import_run *run, mz_error *error) {
    if (run->rows == run->import.position) return MZ_OK;
    mz_status status = mz_store_change(run->work->store, write_batch, run, error);
    if (status) return status;
    run->import = run->next;
    run->count = 0;
    mz_arena_reset(&run->batch);
    return is_stopping(run) ? fail_stopped(error) : MZ_OK;
}

/* ---- rows ---- */

/* The line in which a reference stands first; `line` when that is here. */
static mz_status first_line(import_run *run, mz_str reference, uint64_t line, uint64_t *ret_first, mz_error *error) {
    uint32_t here = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    const uint32_t *held = mz_map_get(&run->lines, reference);
    if (!held) {
        mz_str kept = mz_arena_copy(&run->refs, reference);
        if (run->refs.failed) return mz_fail_arena(&run->refs, error, "the table of references");
        held = mz_map_put(&run->lines, kept, here);
        if (!held) return mz_fail_memory(error);
    }
    *ret_first = *held;
    return MZ_OK;
}

static mz_status count_row(import_run *run, mz_error *error) {
    if (run->rows++ < MZ_IMPORT_ROWS_MOST) return MZ_OK;
    return mz_fail(error, MZ_ERR_LIMIT, "a file has at most %d rows; bring it in in parts", MZ_IMPORT_ROWS_MOST);
}

static mz_status keep(import_run *run, uint64_t line, const mz_row_subject *row, uint64_t read_bytes, mz_error *error) {
    run->items[run->count++] = (mz_import_item){line, *row};
    run->next.done = read_bytes ? read_bytes : run->rows;
    if (run->count < MZ_IMPORT_BATCH_ROWS && run->batch.used_bytes < MZ_IMPORT_BATCH_BYTES) return MZ_OK;
    return flush(run, error);
}

/* A row that is not taken, with its reason in the batch's memory. */
static mz_status keep_refused(import_run *run, uint64_t line, const mz_row_flaw *flaw, uint64_t read_bytes,
                              mz_error *error) {
    mz_row_subject row = {.reference = MZ_STR(""),
                          .flaw = {mz_arena_copy(&run->batch, flaw->field), mz_arena_copy(&run->batch, flaw->reason),
                                   mz_arena_copy(&run->batch, flaw->value), flaw->code, flaw->number}};
    if (run->batch.failed) return mz_fail_arena(&run->batch, error, "the rows of a batch");
    return keep(run, line, &row, read_bytes, error);
}

static mz_status take_heading(void *context, const mz_str *names, size_t count, mz_error *error) {
    import_run *run = context;
    return mz_row_reader_heading(&run->reader, names, count, &run->kept, error);
}

static mz_str reference_field(const import_run *run) {
    return run->import.format == MZ_SUBJECT_JSONL ? MZ_STR("reference") : run->mapping.reference;
}

static mz_status take_new_row(import_run *run, const mz_subject_row *row, mz_str reference, uint64_t first,
                              mz_error *error) {
    mz_row_subject made;
    if (reference.size && first != row->line) {
        const mz_row_flaw flaw = {.field = reference_field(run),
                                  .reason = mz_arena_print(&run->batch, "it stands already in line %" PRIu64, first),
                                  .value = reference,
                                  .code = MZ_ROW_REPEATED,
                                  .number = (int64_t)first};
        return keep_refused(run, row->line, &flaw, row->read_bytes, error);
    }
    mz_status status = mz_row_read(&run->reader, row, &run->batch, &made, error);
    return status ? status : keep(run, row->line, &made, row->read_bytes, error);
}

static mz_status take_row(void *context, const mz_subject_row *row, mz_error *error) {
    import_run *run = context;
    uint64_t first = row->line;
    mz_str reference = mz_row_reference(&run->reader, row);
    mz_status status = count_row(run, error);
    if (!status && reference.size) status = first_line(run, reference, row->line, &first, error);
    if (!status && run->rows % MZ_IMPORT_BATCH_ROWS == 0 && is_stopping(run)) status = fail_stopped(error);
    if (status || run->gathering || run->rows <= run->import.position) return status;
    return take_new_row(run, row, reference, first, error);
}

static mz_status take_broken(void *context, uint64_t line, mz_str reason, mz_str text, mz_error *error) {
    import_run *run = context;
    mz_status status = count_row(run, error);
    if (status || run->gathering || run->rows <= run->import.position) return status;
    mz_buffer clean; /* it may be anything */
    mz_buffer_init(&clean, MZ_SHOWN_IN_ROW * 3);
    mz_fold_space(text, false, &clean);
    mz_str shown = mz_buffer_view(&clean);
    shown.size = (size_t)mz_shown_within(shown, MZ_SHOWN_IN_ROW);
    const mz_row_flaw flaw = {MZ_STR(""), reason, shown, MZ_ROW_UNREADABLE, 0};
    status = clean.starved ? mz_fail_memory(error) : keep_refused(run, line, &flaw, run->next.done, error);
    mz_buffer_done(&clean);
    return status;
}

static mz_status read_rows(import_run *run, bool gathering, mz_error *error) {
    const mz_subject_row_sink sink = {take_heading, take_row, take_broken, run};
    char sheet[256];
    int size = snprintf(sheet, sizeof sheet, "%.*s", (int)run->mapping.sheet.size, run->mapping.sheet.data);
    if (size < 0 || (size_t)size >= sizeof sheet)
        return mz_fail(error, MZ_ERR_INPUT, "the name of the sheet is too long");
    const mz_subject_file file = {.path = run->path,
                                  .format = run->import.format,
                                  .encoding = run->mapping.encoding,
                                  .delimiter = run->mapping.delimiter,
                                  .sheet = size ? sheet : NULL};
    run->gathering = gathering;
    run->rows = 0;
    mz_status status = mz_subject_rows_read(&file, &sink, error);
    if (!status && !gathering) run->next.done = run->import.format == MZ_SUBJECT_XLSX ? run->rows : run->import.bytes;
    return status || gathering ? status : flush(run, error);
}

/* ---- those that a whole file lacks ---- */

typedef struct lacking {
    import_run *run;
    mz_arena arena; /* of a page */
    mz_str after;   /* key */
    mz_str keys[CLOSED_AT_ONCE];
    size_t count, seen;
} lacking;

static mz_status take_active(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    lacking *l = context;
    (void)count, (void)error;
    l->seen++;
    l->after = mz_arena_copy(&l->arena, c[0].text);
    if (!mz_map_get(&l->run->lines, c[1].text)) l->keys[l->count++] = mz_arena_copy(&l->arena, c[0].text);
    return MZ_OK;
}

static mz_status read_active(void *context, mz_sql *sql, mz_error *error) {
    lacking *l = context;
    const mz_subject_import *import = &l->run->import;
    const mz_sql_value values[] = {mz_sql_text(import->agency), mz_sql_text(import->source), mz_sql_text(l->after),
                                   mz_sql_int(CLOSED_AT_ONCE)};
    l->count = l->seen = 0;
    return mz_sql_query(sql,
                        "SELECT subject, reference FROM subject WHERE agency = ?1 AND subject > ?3 AND source = ?2 AND "
                        "state = 'active' ORDER BY subject LIMIT ?4",
                        values, 4, take_active, l, error);
}

static mz_status close_batch(void *context, mz_sql *sql, mz_error *error) {
    import_run *run = context;
    run->next = run->import;
    mz_status status = mz_import_close(sql, &run->next, run->closing, run->closing_count, error);
    return status ? status : note(run, sql, error);
}

static mz_status close_page(import_run *run, const lacking *page, mz_error *error) {
    run->closing = page->keys;
    run->closing_count = page->count;
    mz_status status = page->count ? mz_store_change(run->work->store, close_batch, run, error) : MZ_OK;
    if (!status && page->count) run->import = run->next;
    if (!status && is_stopping(run)) status = fail_stopped(error);
    return status;
}

/* Goes through the active subjects of the source: counts those that the file lacks, or closes them. */
static mz_status each_lacking(import_run *run, bool closing, uint64_t *ret_active, uint64_t *ret_lacking,
                              mz_error *error) {
    char after[MZ_SQL_KEY_SIZE];
    mz_status status = MZ_OK;
    lacking *page = calloc(1, sizeof *page);
    if (!page) return mz_fail_memory(error);
    *ret_active = *ret_lacking = 0;
    page->run = run;
    page->after = MZ_STR("");
    mz_arena_init(&page->arena, PAGE_BYTES);
    do {
        size_t size = page->after.size;
        memcpy(after, page->after.data, size);
        mz_arena_reset(&page->arena);
        page->after = (mz_str){after, size};
        status = mz_store_read(run->work->store, read_active, page, error);
        if (!status && page->arena.failed) status = mz_fail_arena(&page->arena, error, "a page of subjects");
        if (status) break;
        *ret_active += page->seen;
        *ret_lacking += page->count;
        if (closing) status = close_page(run, page, error);
    } while (!status && page->seen == CLOSED_AT_ONCE);
    mz_arena_done(&page->arena);
    free(page);
    return status;
}

/* A file that lacks too many is not taken for the whole. */
static mz_status check_whole(import_run *run, mz_error *error) {
    uint64_t active, vanishing;
    mz_status status = read_rows(run, true, error);
    if (!status) status = each_lacking(run, false, &active, &vanishing, error);
    if (status || run->import.accepted || vanishing * 100 <= active * MOST_VANISHING_PERCENT) return status;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "the file lacks %" PRIu64 " of the %" PRIu64 " subjects of its source (%.0f %%, more than the %d %% "
                   "that may be closed at once). If it is right, bring it in again and accept that",
                   vanishing, active, 100.0 * (double)vanishing / (double)active, MOST_VANISHING_PERCENT);
}

/* ---- all of it ---- */

static mz_status prepare(import_run *run, mz_error *error) {
    run->reader = (mz_row_reader){.source = run->import.source, .reference = -1, .schema = -1};
    run->mapping = (mz_subject_mapping){.encoding = MZ_ENCODING_COUNT, .sheet = MZ_STR(""), .reference = MZ_STR("")};
    mz_status status = mz_import_file_path(run->work->folder, run->import.digest, run->import.key, run->path, error);
    if (!status && access(run->path, R_OK) != 0)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "the file of the import is not there any more; send it again");
    if (!status && run->import.mapping.size) {
        status = mz_subject_mapping_parse(run->import.mapping, &run->kept, &run->mapping, error);
        run->reader.mapping = &run->mapping;
    }
    if (!status) status = mz_builder_new(BUILDER_BYTES, run->mapping.dates, &run->reader.builder, error);
    return status;
}

static mz_status do_all(import_run *run, mz_error *error) {
    uint64_t active, closed;
    mz_status status = prepare(run, error);
    if (!status && run->import.whole && !run->import.position) status = check_whole(run, error);
    if (!status) status = read_rows(run, false, error);
    if (!status && run->import.whole) status = each_lacking(run, true, &active, &closed, error);
    return status;
}

typedef struct ending {
    import_run *run;
    mz_task_phase phase;
    const char *text;
} ending;

static mz_status begin(void *context, mz_sql *sql, mz_error *error) {
    import_run *run = context;
    return mz_import_begin(sql, &run->import, error);
}

static mz_status end(void *context, mz_sql *sql, mz_error *error) {
    ending *e = context;
    return mz_import_end(sql, &e->run->import, e->phase, mz_str_of(e->text), error);
}

/* What is of the file and not of the moment. */
static bool is_final(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT || status == MZ_ERR_REFUSED || status == MZ_ERR_NOT_FOUND ||
           status == MZ_ERR_ARGUMENT || status == MZ_ERR_IO;
}

static mz_status run_held(import_run *run, mz_error *error) {
    mz_error own = {0};
    mz_status status = mz_store_change(run->work->store, begin, run, &own);
    if (!status) status = do_all(run, &own);
    if (!status || is_final(status)) {
        ending e = {run, status ? MZ_TASK_FAILED : MZ_TASK_DONE, status ? own.text : ""};
        status = mz_store_change(run->work->store, end, &e, &own);
        if (!status) mz_import_file_remove(run->work->folder, run->import.digest, run->import.key);
    }
    if (status && error) *error = own;
    return status;
}

typedef struct lookup {
    mz_str agency, key;
    mz_arena *arena;
    mz_subject_import import;
} lookup;

static mz_status read_import(void *context, mz_sql *sql, mz_error *error) {
    lookup *wanted = context;
    return mz_subject_import_get(sql, wanted->agency, wanted->key, wanted->arena, &wanted->import, error);
}

static void free_run(import_run *run) {
    mz_builder_free(run->reader.builder);
    mz_map_done(&run->lines);
    mz_arena_done(&run->refs);
    mz_arena_done(&run->batch);
    mz_arena_done(&run->kept);
    free(run);
}

mz_status mz_subject_import_run(const mz_import_work *work, mz_str agency, mz_str key, mz_arena *arena,
                                mz_subject_import *ret_import, mz_error *error) {
    lookup wanted = {.agency = agency, .key = key, .arena = arena};
    mz_status status = mz_store_read(work->store, read_import, &wanted, error);
    if (status) return status;
    import_run *run = calloc(1, sizeof *run);
    if (!run) return mz_fail_memory(error);
    run->work = work;
    run->import = run->next = wanted.import;
    mz_arena_init(&run->kept, KEPT_BYTES);
    mz_arena_init(&run->batch, (size_t)4 * MZ_IMPORT_BATCH_BYTES);
    mz_arena_init(&run->refs, REFERENCES_BYTES);
    mz_map_init(&run->lines);
    status = run_held(run, error);
    free_run(run);
    mz_status found = mz_store_read(work->store, read_import, &wanted, status ? NULL : error);
    if (found) return status ? status : found;
    if (mz_str_equal(wanted.import.phase, MZ_STR("cancelled"))) /* nobody reads the file any more */
        mz_import_file_remove(work->folder, wanted.import.digest, wanted.import.key);
    if (!status) *ret_import = wanted.import;
    return status;
}

/* ---- as a task ---- */

typedef struct task_work {
    mz_task_run *run;
} task_work;

static mz_status note_task(void *context, mz_sql *sql, const mz_subject_import *import, mz_error *error) {
    const task_work *t = context;
    bool rows = import->format == MZ_SUBJECT_XLSX;
    return mz_task_note(t->run, sql, import->done, rows ? 0 : import->bytes, rows ? "rows" : "bytes", MZ_STR(""),
                        error);
}

static bool task_stopping(void *context) {
    const task_work *t = context;
    return mz_task_stopping(t->run);
}

mz_status mz_subject_import_task(void *context, mz_task_run *run, mz_error *error) {
    const mz_import_work *place = context;
    const mz_task *task = mz_task_of(run);
    task_work own = {run};
    const mz_import_work work = {place->store, place->folder, note_task, task_stopping, &own};
    mz_subject_import import;
    mz_arena arena;
    mz_arena_init(&arena, KEPT_BYTES);
    mz_status status = mz_subject_import_run(&work, task->agency, task->object, &arena, &import, error);
    if (!status && mz_str_equal(import.phase, MZ_STR("failed")))
        status = mz_fail(error, MZ_ERR_INPUT, "%.*s", (int)import.error.size, import.error.data);
    mz_arena_done(&arena);
    return status;
}
