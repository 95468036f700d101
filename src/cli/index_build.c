/* mizan index build: an image from list files, without the store. */
#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/versions.h"
#include "lists/reader.h"

#include <stdio.h>
#include <string.h>

typedef struct index_work {
    cli_context *cli;
    mz_index_builder *builder;
    mz_file_writer rejected; /* --rejected */
    bool writes_rejected;
    /* of the source in hand */
    const char *path;
    char list[MZ_LIST_NAME_SIZE];
    cli_progress progress;
    uint64_t rejected_seen;
} index_work;

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    index_work *work = context;
    if (cli_interrupted()) return mz_fail(error, MZ_ERR_CANCELLED, "stopped; nothing was written");
    return mz_index_builder_add(work->builder, record, error);
}

static mz_status write_rejected(index_work *work, const mz_rejection *rejection, mz_error *error) {
    mz_buffer line;
    mz_json json;
    mz_buffer_init(&line, 1 << 20);
    mz_json_init(&json, &line);
    mz_json_object(&json);
    mz_json_pair(&json, "source", mz_str_of(work->path));
    mz_json_pair_int(&json, "line", rejection->at.line);
    mz_json_pair_int(&json, "column", rejection->at.column);
    mz_json_pair_int(&json, "file", rejection->at.file);
    mz_json_pair(&json, "record", rejection->record);
    mz_json_pair(&json, "reason", rejection->reason);
    mz_json_object_end(&json);
    mz_buffer_char(&line, '\n');
    mz_status status =
        line.failed ? mz_fail_memory(error) : mz_file_writer_append(&work->rejected, line.data, line.size, error);
    mz_buffer_done(&line);
    return status;
}

static mz_status note_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    index_work *work = context;
    cli_rejection_note(work->cli, work->list, rejection, &work->rejected_seen);
    return work->writes_rejected ? write_rejected(work, rejection, error) : MZ_OK;
}

static int show(void *context, uint64_t done, uint64_t total) {
    index_work *work = context;
    cli_progress_bytes(&work->progress, done, total);
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

static void counts_line(mz_buffer *out, const source_counts *source) {
    char day[CLI_DAY_TEXT_SIZE];
    cli_day_text(source->report->published, day);
    mz_buffer_print(out, "%-12s  ", source->list);
    cli_put_count(out, source->report->entities, ",");
    mz_buffer_print(out, " entities");
    if (source->report->rejected) {
        mz_buffer_print(out, ", ");
        cli_put_count(out, source->report->rejected, ",");
        mz_buffer_print(out, " rejected");
    }
    if (*day) mz_buffer_print(out, ", dated %s", day);
    mz_buffer_print(out, "  (%s, ", source->format);
    cli_put_safe(out, mz_str_of(source->path));
    mz_buffer_print(out, ")\n");
}

static mz_status read_source(index_work *work, const char *source, mz_error *error) {
    const mz_list_format *format;
    mz_list_source_parse(source, &format, &work->path);
    mz_status status = format ? MZ_OK : mz_list_sniff(work->path, &format, error);
    if (status) return status;
    const char *mapping_path = cli_text(work->cli, CLI_MAPPING);
    status = mz_list_name(format, work->path, cli_text(work->cli, CLI_LIST), mapping_path, work->list, error);
    if (status) return status;
    work->rejected_seen = 0;
    cli_progress_start(&work->progress, work->cli, work->list);
    mz_read_options options = {
        .list = work->list,
        .mapping_path = mapping_path,
        .progress = show,
        .record = add_record,
        .rejected = note_rejected,
        .context = work,
    };
    mz_read_report report;
    status = mz_list_read(format, work->path, &options, &report, error);
    cli_rejection_rest(work->cli, work->list, work->rejected_seen);
    cli_progress_clear();
    if (status) return status;
    /* the date is known only now; the list keeps its place */
    status = mz_index_builder_list(work->builder, mz_str_of(work->list), MZ_STR(""), report.published, error);
    if (status) return status;
    const source_counts counts = {work->path, mz_list_format_name(format), work->list, &report};
    mz_buffer *out = &work->cli->out.text;
    if (work->cli->format == CLI_PRINT_JSON) counts_json(out, &counts);
    if (work->cli->format == CLI_PRINT_CSV) counts_csv(out, &counts);
    if (work->cli->format == CLI_PRINT_TABLE) counts_line(out, &counts);
    return MZ_OK;
}

static mz_status build(index_work *work, mz_error *error) {
    cli_context *cli = work->cli;
    mz_status status = mz_index_builder_new(cli_text(cli, CLI_OUTPUT), &work->builder, error);
    if (status) return status;
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "source,format,list,published,records,entities,rejected\n");
    for (size_t i = 0; !status && i < cli->operand_count; i++) status = read_source(work, cli->operands[i], error);
    if (!status) status = mz_index_builder_finish(work->builder, error);
    mz_index_builder_free(work->builder);
    return status;
}

static int run(cli_context *cli) {
    if (!cli_given(cli, CLI_OUTPUT))
        return cli_usage(cli, "where to? mizan index build --output FILE %s", cli->operands[0]);
    if (cli_given(cli, CLI_LIST) && cli->operand_count > 1)
        return cli_usage(cli, "--list names the list of one source, but there are %zu", cli->operand_count);
    index_work work = {.cli = cli};
    mz_error error;
    if (cli_given(cli, CLI_REJECTED)) {
        if (mz_file_writer_open(&work.rejected, cli_text(cli, CLI_REJECTED), &error)) return cli_fail(&error);
        work.writes_rejected = true;
    }
    cli_interruptible();
    mz_status status = build(&work, &error);
    if (work.writes_rejected && !status)
        status = mz_file_writer_commit(&work.rejected, &error);
    else if (work.writes_rejected)
        mz_file_writer_abandon(&work.rejected);
    return status ? cli_fail(&error) : CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan index build --output lists.mzi un:consolidated.xml", "an index of one list"},
    {"mizan index build -o lists.mzi un.xml ofac:sdn.csv eu:eu.csv",
     "of three; the format may be left out where it shows"},
    {"mizan index build -o house.mzi --list house --mapping columns.json csv:refused.csv", "of a list of one's own"},
};

static const cli_option_id options[] = {CLI_OUTPUT, CLI_REJECTED, CLI_LIST, CLI_MAPPING, CLI_NO_OPTION};

const cli_command cli_index_build = {
    .name = "index build",
    .operands = "SOURCE...",
    .summary = "build an index image from list files",
    .description =
        "SOURCE is FORMAT:PATH, or PATH alone where the format shows (mizan lists formats names them). Records that "
        "cannot be read are counted and the first ten of each source are named; --rejected keeps them all. A file that "
        "is "
        "malformed as a whole ends the command, and the old image stays.\n\n" CLI_OWN_LISTS,
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .least = 1,
    .most = 10000,
    .operand = CLI_KIND_SOURCE,
    .run = run,
};
