/* mizan subjects import: a file into the register, done by the command itself. When it is broken off, the same command
 * goes on where it was. */
#include "subjects/imports.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/progress.h"
#include "cli/said.h"
#include "subjects/mapping.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum {
    REJECTED_PAGE = 1000,
    PAGE_BYTES = 16 << 20,
    LINE_BYTES = 64 << 10,
    SHOWN_REJECTIONS = 10,
    FOLDER_SIZE = 3000,
    NUMBER_BYTES = 24
};

typedef struct bringing {
    cli_office *office;
    const char *path;
    char folder[FOLDER_SIZE];
    mz_import_draft draft;
    mz_import_file file;
    mz_subject_import import;
    cli_progress progress;
    /* a page of rejected lines */
    mz_arena page;
    mz_subject_rejection *rejections;
    size_t count;
    uint64_t after;
} bringing;

/* ---- what is brought in ---- */

/* FORMAT:PATH, or a path whose name or beginning shows the format. */
static int find_file(cli_context *cli, bringing *b) {
    const char *operand = cli->operands[0], *colon = strchr(operand, ':');
    char first[512];
    mz_input input;
    mz_error error;
    size_t size = 0;
    b->path = operand;
    b->draft.format = MZ_SUBJECT_FORMAT_COUNT;
    if (colon) b->draft.format = mz_subject_format_of((mz_str){operand, (size_t)(colon - operand)});
    if (b->draft.format != MZ_SUBJECT_FORMAT_COUNT) {
        b->path = colon + 1;
        return CLI_DONE;
    }
    if (strcmp(operand, "-") == 0) return cli_usage(cli, "say what standard input is: csv:-, xlsx:- or jsonl:-");
    mz_status status = mz_input_open(&input, b->path, &error);
    if (!status) {
        status = mz_input_read(&input, first, sizeof first, &size, &error);
        mz_input_close(&input);
    }
    if (status) return cli_fail(&error);
    b->draft.format = mz_subject_format_guess(mz_str_of(b->path), (mz_str){first, size});
    return CLI_DONE;
}

/* The file of --mapping, or PATH.map.json where there is one; checked, so that what is wrong in it has its place. */
static int read_mapping(cli_context *cli, bringing *b) {
    const char *path = cli_text(cli, CLI_MAPPING);
    char beside[PATH_MAX];
    mz_subject_mapping mapping;
    mz_buffer text;
    mz_error error;
    if (!path) {
        int size = snprintf(beside, sizeof beside, "%s.map.json", b->path);
        if (size < 0 || (size_t)size >= sizeof beside) return CLI_DONE;
        path = beside;
    }
    mz_buffer_init(&text, MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_status status = mz_file_read(path, &text, &error);
    if (status == MZ_ERR_NOT_FOUND && !cli_given(cli, CLI_MAPPING)) {
        mz_buffer_done(&text);
        return CLI_DONE;
    }
    b->draft.mapping = mz_arena_copy(&b->office->arena, mz_buffer_view(&text));
    if (!status) status = mz_subject_mapping_parse(b->draft.mapping, &b->office->arena, &mapping, &error);
    mz_buffer_done(&text);
    if (!status) return CLI_DONE;
    mz_error_name(&error, path);
    return cli_fail(&error);
}

/* Whether one that was broken off goes by another mapping than is given now: then the file is read anew. */
static bool is_mapped_otherwise(const bringing *b, const mz_subject_import *held) {
    mz_subject_mapping mapping;
    mz_buffer text;
    if (!b->draft.mapping.size || !held->mapping.size) return false;
    if (mz_subject_mapping_parse(b->draft.mapping, &b->office->arena, &mapping, NULL)) return false;
    mz_buffer_init(&text, (size_t)2 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_subject_mapping_write(&mapping, &text);
    bool otherwise = !text.failed && !mz_str_equal(mz_buffer_view(&text), held->mapping);
    mz_buffer_done(&text);
    return otherwise;
}

static mz_status add_import(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    mz_subject_import held;
    cli_office *office = b->office;
    mz_status status = mz_subject_import_unfinished(sql, office->agency.key, &b->draft, mz_str_of(b->file.digest),
                                                    &office->arena, &held, error);
    if (status == MZ_ERR_NOT_FOUND) {
        b->import = (mz_subject_import){.key = mz_str_of(b->file.key)};
        return mz_subject_import_add(sql, office->agency.key, &office->actor, &b->draft, &b->file, error);
    }
    if (!status && is_mapped_otherwise(b, &held)) {
        status = mz_subject_import_cancel(sql, office->agency.key, &office->actor, held.key, error);
        b->import = (mz_subject_import){.key = mz_str_of(b->file.key)};
        return status ? status
                      : mz_subject_import_add(sql, office->agency.key, &office->actor, &b->draft, &b->file, error);
    }
    if (!status) b->import = held;
    return status;
}

/* ---- working ---- */

static mz_status show_progress(void *context, mz_sql *sql, const mz_subject_import *import, mz_error *error) {
    bringing *b = context;
    (void)sql, (void)error;
    bool rows = import->format == MZ_SUBJECT_XLSX;
    if (rows)
        cli_progress_lines(&b->progress, import->position, import->rejected);
    else
        cli_progress_bytes(&b->progress, import->done, import->bytes);
    return MZ_OK;
}

static bool is_interrupted(void *context) {
    (void)context;
    return cli_interrupted();
}

static int do_import(cli_context *cli, bringing *b) {
    mz_error error;
    cli_office *office = b->office;
    const mz_import_work work = {office->store, b->folder, show_progress, is_interrupted, b};
    if (mz_import_file_copy(b->folder, b->path, mz_import_file_bytes_most, &b->file, &error)) return cli_fail(&error);
    mz_status status = mz_store_change(office->store, add_import, b, &error);
    /* what was broken off has its own copy, and when nothing is begun none is needed */
    if (status || !mz_str_equal(b->import.key, mz_str_of(b->file.key)))
        mz_import_file_remove(b->folder, mz_str_of(b->file.digest), mz_str_of(b->file.key));
    if (status) return cli_fail(&error);
    if (b->import.position) {
        char rows[CLI_COUNT_TEXT_SIZE];
        cli_count_text(b->import.position, cli->language, rows);
        cli_office_say(office, CLI_SAY_IMPORT_RESUMED, mz_str_of(rows));
    }
    mz_str key = mz_arena_copy(&office->arena, b->import.key);
    cli_progress_start(&b->progress, cli, cli_text(cli, CLI_SOURCE));
    status = mz_subject_import_run(&work, office->agency.key, key, &office->arena, &b->import, &error);
    cli_progress_clear();
    return status ? cli_fail(&error) : CLI_DONE;
}

/* ---- what is told ---- */

static mz_status read_rejections(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    mz_arena_reset(&b->page);
    return mz_subject_rejections_list(sql, b->office->agency.key, b->import.key, b->after, REJECTED_PAGE, &b->page,
                                      &b->rejections, &b->count, error);
}

static void write_rejection(const mz_subject_rejection *rejection, mz_buffer *out) {
    mz_json json;
    mz_buffer_clear(out);
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "line", (int64_t)rejection->line);
    mz_json_pair_bool(&json, "taken", rejection->taken);
    mz_json_pair(&json, "field", rejection->field);
    mz_json_pair(&json, "code", mz_str_of(mz_row_flaw_word(rejection->code)));
    if (rejection->number) mz_json_pair_int(&json, "number", rejection->number);
    mz_json_pair(&json, "reason", rejection->reason);
    mz_json_pair(&json, "value", rejection->value);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static const cli_message flaws[MZ_ROW_FLAW_COUNT] = {
#define MZ_X(constant, word) [MZ_ROW_##constant] = CLI_SAY_FLAW_##constant,
    MZ_ROW_FLAWS(MZ_X)
#undef MZ_X
};

/* In the language of who asks; why a line cannot be read, its reader says in English. */
static void say_reason(const cli_context *cli, const mz_subject_rejection *rejection, mz_buffer *out) {
    char number[NUMBER_BYTES];
    (void)snprintf(number, sizeof number, "%" PRId64, rejection->number);
    if (rejection->code != MZ_ROW_UNREADABLE || cli->language != MZ_ENGLISH)
        CLI_SAY(out, cli->language, flaws[rejection->code], number);
    if (rejection->code != MZ_ROW_UNREADABLE) return;
    if (cli->language != MZ_ENGLISH) mz_buffer_print(out, ": ");
    cli_put_safe(out, rejection->reason);
}

static void note_rejection(const cli_context *cli, const mz_subject_rejection *rejection) {
    mz_buffer safe;
    char line[NUMBER_BYTES];
    (void)snprintf(line, sizeof line, "%" PRIu64, rejection->line);
    mz_buffer_init(&safe, LINE_BYTES);
    CLI_SAY(&safe, cli->language, rejection->taken ? CLI_SAY_LINE_TAKEN : CLI_SAY_LINE_REJECTED, line);
    mz_buffer_print(&safe, ": ");
    if (rejection->field.size) {
        cli_put_safe(&safe, rejection->field);
        mz_buffer_print(&safe, ": ");
    }
    say_reason(cli, rejection, &safe);
    if (rejection->value.size) {
        mz_buffer_print(&safe, " (");
        cli_put_safe(&safe, rejection->value);
        mz_buffer_char(&safe, ')');
    }
    cli_note(cli, "%s", safe.data ? safe.data : "");
    mz_buffer_done(&safe);
}

/* All of them into the file of --rejected, or the first ten on standard error. */
static mz_status tell_rejections(cli_context *cli, bringing *b, mz_file_writer *file, mz_error *error) {
    mz_buffer line;
    mz_status status = MZ_OK;
    mz_buffer_init(&line, LINE_BYTES);
    mz_arena_init(&b->page, PAGE_BYTES);
    b->count = REJECTED_PAGE;
    for (size_t shown = 0; !status && b->count == REJECTED_PAGE && (file || shown < SHOWN_REJECTIONS);) {
        status = mz_store_read(b->office->store, read_rejections, b, error);
        for (size_t k = 0; !status && k < b->count; k++) {
            b->after = b->rejections[k].line;
            if (!file && shown++ < SHOWN_REJECTIONS) note_rejection(cli, &b->rejections[k]);
            if (!file) continue;
            write_rejection(&b->rejections[k], &line);
            status = mz_file_writer_append(file, line.data, line.size, error);
        }
    }
    mz_arena_done(&b->page);
    mz_buffer_done(&line);
    return status;
}

static int write_rejections(cli_context *cli, bringing *b) {
    const char *path = cli_text(cli, CLI_REJECTED);
    mz_file_writer file;
    mz_error error;
    uint64_t told = b->import.rejected + b->import.noted;
    if (path && mz_file_writer_open(&file, path, &error)) return cli_fail(&error);
    mz_status status = told ? tell_rejections(cli, b, path ? &file : NULL, &error) : MZ_OK;
    if (!path && !status && told > SHOWN_REJECTIONS)
        cli_note(cli, "… and %llu more; --rejected FILE keeps them all", (unsigned long long)(told - SHOWN_REJECTIONS));
    if (path && status) mz_file_writer_abandon(&file);
    if (path && !status) status = mz_file_writer_commit(&file, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

static void print_outcome(cli_context *cli, const mz_subject_import *import) {
    static const char *const names[] = {"added", "changed", "same", "closed", "rejected", "noted"};
    const uint64_t counts[] = {import->added,  import->changed,  import->same,
                               import->closed, import->rejected, import->noted};
    enum { COUNTS = sizeof counts / sizeof *counts };
    mz_buffer *out = &cli->out.text;
    mz_json json;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "source", import->source);
        mz_json_pair(&json, "import", import->key);
        mz_json_pair_int(&json, "rows", (int64_t)import->position);
        for (size_t k = 0; k < COUNTS; k++) mz_json_pair_int(&json, names[k], (int64_t)counts[k]);
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    } else if (cli->format == CLI_PRINT_CSV) {
        mz_buffer_print(out, "source,import,rows,added,changed,same,closed,rejected,noted\n");
        cli_csv(out, import->source, true);
        cli_csv(out, import->key, false);
        mz_buffer_print(out, ",%llu", (unsigned long long)import->position);
        for (size_t k = 0; k < COUNTS; k++) mz_buffer_print(out, ",%llu", (unsigned long long)counts[k]);
        cli_csv_end(out);
    } else {
        char texts[COUNTS][CLI_COUNT_TEXT_SIZE];
        for (size_t k = 0; k < COUNTS; k++) cli_count_text(counts[k], cli->language, texts[k]);
        CLI_SAY(out, cli->language, CLI_SAY_IMPORT_DONE, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5]);
        mz_buffer_char(out, '\n');
    }
}

/* ---- all of it ---- */

static int find_folder(cli_context *cli, bringing *b) {
    mz_list_store *lists;
    int ending = cli_store_open(cli, true, &lists);
    if (ending) return ending;
    int size = snprintf(b->folder, sizeof b->folder, "%s/subjects", mz_list_store_folder(lists));
    mz_list_store_close(lists);
    if (size > 0 && (size_t)size < sizeof b->folder) return CLI_DONE;
    cli_complain("the path of the store is too long");
    return CLI_FAILED;
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return strcmp(path, "-") == 0 ? "" : slash ? slash + 1 : path;
}

static int bring(cli_context *cli, bringing *b) {
    int ending = find_folder(cli, b);
    if (!ending) ending = find_file(cli, b);
    if (!ending) ending = read_mapping(cli, b);
    if (ending) return ending;
    b->draft.source = mz_str_of(cli_text(cli, CLI_SOURCE));
    b->draft.file_name = mz_str_of(name_of(b->path));
    b->draft.whole = cli_given(cli, CLI_WHOLE);
    b->draft.accepted = cli_given(cli, CLI_ACCEPT);
    ending = do_import(cli, b);
    if (ending) return ending;
    if (mz_str_equal(b->import.phase, MZ_STR("failed"))) {
        cli_complain("%s", b->import.error.data);
        return CLI_FAILED;
    }
    print_outcome(cli, &b->import);
    return write_rejections(cli, b);
}

static int run_import(cli_context *cli) {
    cli_office office;
    bringing b = {.office = &office, .draft = {.mapping = MZ_STR("")}};
    if (!cli_given(cli, CLI_SOURCE)) return cli_usage(cli, "say where these subjects come from: --source NAME");
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_interruptible();
    ending = bring(cli, &b);
    cli_office_close(&office);
    return ending;
}

static const cli_option_id options[] = {CLI_SOURCE,   CLI_MAPPING, CLI_WHOLE,    CLI_ACCEPT,
                                        CLI_REJECTED, CLI_AGENCY,  CLI_DATABASE, CLI_NO_OPTION};
static const cli_example examples[] = {
    {"mizan subjects import customers.csv --source core-banking --mapping core-banking.json",
     "the first time, with what the columns are"},
    {"mizan subjects import customers.csv --source core-banking --whole",
     "from then on it is remembered; who is no longer in the file is closed"},
    {"mizan subjects import --rejected rejected.jsonl --source customs xlsx:manifest.xlsx", "a workbook"},
    {"mizan subjects import --source partners jsonl:entities.ftm.json", "entities of FollowTheMoney"},
};
const cli_command cli_subjects_import = {
    .name = "subjects import",
    .operands = "[FORMAT:]FILE",
    .summary = "bring a file of subjects into the register",
    .description =
        "FORMAT is csv, xlsx or jsonl, and shows by itself in most files. A table needs a mapping, which says what its "
        "columns are: FILE.map.json, or --mapping; it is remembered for the source. Lines of JSON are subjects "
        "({\"reference\":…,\"schema\":…,\"properties\":{…}}) or entities of FollowTheMoney.\n\n"
        "Lines that cannot be taken are counted, and the first ten named; --rejected keeps them all. The others are in "
        "the register. A value that is not understood leaves its line taken, and is told as well.\n\n"
        "With --whole the file has all subjects of its source: those that it lacks are closed. When these are more "
        "than a fifth, nothing is changed unless --accept says otherwise.\n\n"
        "When the command is broken off, the same command goes on where it was: no line is taken twice, none is left "
        "out.",
    .examples = examples,
    .example_count = sizeof examples / sizeof *examples,
    .options = options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run_import,
};
