/* Reading list files for the commands that make or change an index. */
#include "cli/index_sources.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cli/progress.h"
#include "cli/said.h"
#include "cli/versions.h"
#include "lists/reader.h"

#include <stdio.h>

typedef struct index_reading {
    cli_context *cli;
    const cli_index_work *work;
    mz_file_writer rejected; /* --rejected */
    bool writes_rejected;
    /* of the source in hand */
    const char *path;
    char list[MZ_LIST_NAME_SIZE];
    cli_progress progress;
    uint64_t rejected_seen;
} index_reading;

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    index_reading *reading = context;
    if (cli_interrupted()) return mz_fail(error, MZ_ERR_CANCELLED, "stopped; nothing was written");
    return reading->work->add(reading->work->into, record, error);
}

static mz_status write_rejected(index_reading *reading, const mz_rejection *rejection, mz_error *error) {
    mz_buffer line;
    mz_json json;
    mz_buffer_init(&line, 1 << 20);
    mz_json_init(&json, &line);
    mz_json_object(&json);
    mz_json_pair(&json, "source", mz_str_of(reading->path));
    mz_json_pair_int(&json, "line", rejection->at.line);
    mz_json_pair_int(&json, "column", rejection->at.column);
    mz_json_pair_int(&json, "file", rejection->at.file);
    mz_json_pair(&json, "record", rejection->record);
    mz_json_pair(&json, "reason", rejection->reason);
    mz_json_object_end(&json);
    mz_buffer_char(&line, '\n');
    mz_status status =
        line.failed ? mz_fail_memory(error) : mz_file_writer_append(&reading->rejected, line.data, line.size, error);
    mz_buffer_done(&line);
    return status;
}

static mz_status note_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    index_reading *reading = context;
    cli_rejection_note(reading->cli, reading->list, rejection, &reading->rejected_seen);
    return reading->writes_rejected ? write_rejected(reading, rejection, error) : MZ_OK;
}

static int show(void *context, uint64_t done, uint64_t total) {
    index_reading *reading = context;
    cli_progress_bytes(&reading->progress, done, total);
    return cli_interrupted();
}

typedef struct source_counts {
    const char *path, *format, *list;
    const mz_read_report *report;
} source_counts;

static void counts_json(mz_buffer *out, const source_counts *source) {
    char day[CLI_DAY_TEXT_SIZE];
    mz_json json;
    cli_day_text(source->report->published, day);
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "source", mz_str_of(source->path));
    mz_json_pair(&json, "format", mz_str_of(source->format));
    mz_json_pair(&json, "list", mz_str_of(source->list));
    mz_json_key(&json, "published");
    if (*day)
        mz_json_str(&json, mz_str_of(day));
    else
        mz_json_null(&json);
    mz_json_pair_int(&json, "records", (int64_t)source->report->records);
    mz_json_pair_int(&json, "entities", (int64_t)source->report->entities);
    mz_json_pair_int(&json, "rejected", (int64_t)source->report->rejected);
    mz_json_pair_int(&json, "stated_records", (int64_t)source->report->stated_records);
    mz_json_pair_int(&json, "bytes", (int64_t)source->report->bytes);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void counts_csv(mz_buffer *out, const source_counts *source) {
    char day[CLI_DAY_TEXT_SIZE];
    cli_day_text(source->report->published, day);
    cli_csv(out, mz_str_of(source->path), true);
    cli_csv(out, mz_str_of(source->format), false);
    cli_csv(out, mz_str_of(source->list), false);
    cli_csv(out, mz_str_of(day), false);
    mz_buffer_print(out, ",%llu,%llu,%llu\n", (unsigned long long)source->report->records,
                    (unsigned long long)source->report->entities, (unsigned long long)source->report->rejected);
}

static void counts_line(mz_buffer *out, mz_language language, const source_counts *source) {
    char day[CLI_DAY_TEXT_SIZE], entities[CLI_COUNT_TEXT_SIZE], rejected[CLI_COUNT_TEXT_SIZE];
    cli_day_text(source->report->published, day);
    cli_count_text(source->report->entities, language, entities);
    cli_count_text(source->report->rejected, language, rejected);
    mz_buffer_print(out, "%-12s  ", source->list);
    CLI_SAY(out, language, CLI_SAY_INDEX_READ, entities);
    if (source->report->rejected) {
        CLI_SAY(out, language, CLI_SAY_COMMA, NULL);
        CLI_SAY(out, language, CLI_SAY_INDEX_READ_REJECTED, rejected);
    }
    if (*day) {
        CLI_SAY(out, language, CLI_SAY_COMMA, NULL);
        CLI_SAY(out, language, CLI_SAY_INDEX_READ_DATED, day);
    }
    mz_buffer_print(out, "  (%s, ", source->format);
    cli_put_safe(out, mz_str_of(source->path));
    mz_buffer_print(out, ")\n");
}

static mz_status read_list(index_reading *reading, const mz_list_format *format, mz_read_report *ret_report,
                           mz_error *error) {
    reading->rejected_seen = 0;
    cli_progress_start(&reading->progress, reading->cli, reading->list);
    mz_read_options options = {
        .list = reading->list,
        .mapping_path = cli_text(reading->cli, CLI_MAPPING),
        .progress = show,
        .record = add_record,
        .rejected = note_rejected,
        .context = reading,
    };
    mz_status status = mz_list_read(format, reading->path, &options, ret_report, error);
    cli_rejection_rest(reading->cli, reading->list, reading->rejected_seen);
    cli_progress_clear();
    return status;
}

static mz_status read_source(index_reading *reading, const char *source, mz_error *error) {
    const cli_index_work *work = reading->work;
    const mz_list_format *format;
    mz_read_report report;
    mz_list_source_parse(source, &format, &reading->path);
    mz_status status = format ? MZ_OK : mz_list_sniff(reading->path, &format, error);
    if (!status)
        status = mz_list_name(format, reading->path, cli_text(reading->cli, CLI_LIST),
                              cli_text(reading->cli, CLI_MAPPING), reading->list, error);
    if (!status && work->begin) status = work->begin(work->into, mz_str_of(reading->list), error);
    if (!status) status = read_list(reading, format, &report, error);
    if (!status) status = work->end(work->into, mz_str_of(reading->list), &report, error);
    if (status) return status;
    const source_counts counts = {reading->path, mz_list_format_name(format), reading->list, &report};
    mz_buffer *out = &reading->cli->out.text;
    if (reading->cli->format == CLI_PRINT_JSON) counts_json(out, &counts);
    if (reading->cli->format == CLI_PRINT_CSV) counts_csv(out, &counts);
    if (reading->cli->format == CLI_PRINT_TABLE) counts_line(out, reading->cli->language, &counts);
    return MZ_OK;
}

static mz_status read_all(index_reading *reading, mz_error *error) {
    cli_context *cli = reading->cli;
    mz_status status = MZ_OK;
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "source,format,list,published,records,entities,rejected\n");
    for (size_t i = 0; !status && i < cli->operand_count; i++) status = read_source(reading, cli->operands[i], error);
    return status ? status : reading->work->finish(reading->work->into, error);
}

mz_status cli_index_read(cli_context *cli, const cli_index_work *work, mz_error *error) {
    index_reading reading = {.cli = cli, .work = work};
    mz_status status = MZ_OK;
    if (cli_given(cli, CLI_REJECTED)) {
        status = mz_file_writer_open(&reading.rejected, cli_text(cli, CLI_REJECTED), error);
        if (status) return status;
        reading.writes_rejected = true;
    }
    status = read_all(&reading, error);
    if (reading.writes_rejected && !status)
        status = mz_file_writer_commit(&reading.rejected, error);
    else if (reading.writes_rejected)
        mz_file_writer_abandon(&reading.rejected);
    return status;
}
