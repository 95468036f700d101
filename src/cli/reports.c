/* mizan cases file, certificate, goaml, figures and export: what leaves the casework of an agency, for whoever may read
 * the database anyway. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/office.h"
#include "cli/said.h"
#include "cli/version.h"
#include "reports/case_file.h"
#include "reports/certificate.h"
#include "reports/export.h"
#include "reports/figures.h"
#include "reports/goaml_case.h"
#include "reports/goaml_settings.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400, USUAL_DAYS = 30 };
#define BUILD "mizan " CLI_VERSION

typedef struct reporting {
    cli_office office;
    mz_buffer text; /* what is written */
    mz_str key;     /* of the case */
    mz_case_file file;
    mz_certificate certificate;
    mz_buffer receipt;
    mz_goaml_case from;
    mz_goaml_settings goaml;
    const mz_json_value *given; /* settings in a file */
    mz_figures_period period;
    mz_figures figures;
} reporting;

static int begin(cli_context *cli, reporting *at) {
    *at = (reporting){.office = {.cli = cli}};
    int ending = cli_office_open(cli, &at->office);
    if (ending) return ending;
    mz_buffer_init(&at->text, MZ_SHEET_BYTES_MOST);
    mz_buffer_init(&at->receipt, MZ_SHEET_BYTES_MOST);
    return CLI_DONE;
}

static int end(reporting *at, mz_status status, const mz_error *error) {
    mz_buffer_done(&at->text);
    mz_buffer_done(&at->receipt);
    cli_office_close(&at->office);
    return status ? cli_fail(error) : CLI_DONE;
}

/* To --output, else to standard output. */
static mz_status put(reporting *at, mz_error *error) {
    cli_context *cli = at->office.cli;
    if (cli_given(cli, CLI_OUTPUT))
        return mz_file_replace(cli_text(cli, CLI_OUTPUT), at->text.data, at->text.size, error);
    mz_buffer_str(&cli->out.text, mz_buffer_view(&at->text));
    return MZ_OK;
}

static mz_status find_case(reporting *at, mz_sql *sql, mz_error *error) {
    mz_case found;
    mz_str label = mz_str_of(at->office.cli->operands[0]);
    mz_status status = mz_case_find(sql, at->office.agency.key, label, &at->office.arena, &found, error);
    if (!status) at->key = found.key;
    return status;
}

/* ---- pages ---- */

static mz_status read_file(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    mz_status status = find_case(at, sql, error);
    return status ? status
                  : mz_case_file_read(sql, at->office.agency.key, at->key, &at->office.arena, &at->file, error);
}

static int run_file(cli_context *cli) {
    reporting at;
    mz_error error;
    int ending = begin(cli, &at);
    if (ending) return ending;
    const mz_words_of words = cli_words_of(cli);
    const mz_sheet sheet = {.out = &at.text, .language = cli->language, .words = &words};
    mz_status status = mz_store_read(at.office.store, read_file, &at, &error);
    at.file.build = MZ_STR(BUILD);
    if (!status) status = mz_case_file_write(&at.file, &sheet, &at.office.arena, &error);
    if (!status) status = put(&at, &error);
    return end(&at, status, &error);
}

static mz_status read_certificate(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    const char *text = at->office.cli->operands[0];
    char *rest;
    long long number = strtoll(text, &rest, 10);
    mz_buffer_clear(&at->receipt);
    if (*rest || number <= 0) return mz_fail(error, MZ_ERR_ARGUMENT, "“%.40s” is no number of a receipt", text);
    return mz_certificate_read(sql, at->office.agency.key, number, &at->office.arena, &at->receipt, &at->certificate,
                               error);
}

static int run_certificate(cli_context *cli) {
    reporting at;
    mz_error error;
    int ending = begin(cli, &at);
    if (ending) return ending;
    const mz_words_of words = cli_words_of(cli);
    const mz_sheet sheet = {.out = &at.text, .language = cli->language, .words = &words};
    mz_status status = mz_store_read(at.office.store, read_certificate, &at, &error);
    if (!status) status = mz_certificate_write(&at.certificate, &sheet, &at.office.arena, &error);
    if (!status) status = put(&at, &error);
    return end(&at, status, &error);
}

/* ---- goAML ---- */

static mz_status read_goaml(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    mz_status status = find_case(at, sql, error);
    return status ? status
                  : mz_goaml_case_read(sql, at->office.agency.key, at->key, at->office.cli->language, &at->office.arena,
                                       &at->from, error);
}

static mz_status note_written(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    return mz_goaml_case_written(sql, at->office.agency.key, &at->office.actor, at->key, mz_buffer_view(&at->text),
                                 MZ_STR(""), &at->office.arena, error);
}

/* The report in a file that was filled in. What it lacks goes to standard error, a line each. */
static mz_status write_goaml(reporting *at, const char *path, bool *ret_whole, mz_error *error) {
    mz_arena *arena = &at->office.arena;
    const mz_json_value *report;
    mz_goaml_gap *gaps;
    size_t count = 0;
    mz_buffer json;
    mz_buffer_init(&json, MZ_GOAML_XML_BYTES);
    mz_status status = mz_file_read(path, &json, error);
    if (!status) status = mz_json_parse(mz_buffer_view(&json), 0, arena, &report, error);
    if (!status && mz_json_member(report, "missing")) report = mz_json_member(report, "report");
    if (!status) status = mz_goaml_write(report, &at->from.rules, arena, &at->text, &gaps, &count, error);
    for (size_t k = 0; !status && k < count; k++)
        cli_complain("%.*s: %.*s", (int)gaps[k].path.size, gaps[k].path.data, (int)gaps[k].says.size,
                     gaps[k].says.data);
    if (!status && !count) status = mz_store_change(at->office.store, note_written, at, error);
    mz_buffer_done(&json);
    *ret_whole = count == 0;
    return status;
}

static int run_goaml(cli_context *cli) {
    reporting at;
    mz_error error;
    bool whole = true;
    int ending = begin(cli, &at);
    if (ending) return ending;
    mz_status status = mz_store_read(at.office.store, read_goaml, &at, &error);
    if (!status && cli->operand_count > 1) {
        status = write_goaml(&at, cli->operands[1], &whole, &error);
    } else if (!status) {
        status = mz_goaml_case_tell(&at.from, cli->language, &at.office.arena, &at.text, &error);
        mz_buffer_char(&at.text, '\n');
    }
    if (!status && whole) status = put(&at, &error);
    ending = end(&at, status, &error);
    return ending ? ending : whole ? CLI_DONE : CLI_FAILED;
}

/* ---- what an agency says in each report ---- */

static mz_status read_settings(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    return mz_goaml_settings_get(sql, at->office.agency.key, &at->office.arena, &at->goaml, error);
}

static mz_status write_settings(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    mz_status status = read_settings(at, sql, error);
    return status ? status
                  : mz_goaml_settings_set(sql, at->office.agency.key, &at->office.actor, at->goaml.version, at->given,
                                          &at->office.arena, &at->goaml, error);
}

/* What is printed may be given back: then the settings are a member of it. */
static mz_status read_given(reporting *at, const char *path, mz_error *error) {
    mz_buffer json;
    mz_buffer_init(&json, MZ_GOAML_SETTINGS_BYTES);
    mz_status status = mz_file_read(path, &json, error);
    mz_str text = status ? MZ_STR("") : mz_arena_copy(&at->office.arena, mz_buffer_view(&json));
    if (!status && !text.data) status = mz_fail_arena(&at->office.arena, error, "the settings");
    if (!status) status = mz_json_parse(text, 0, &at->office.arena, &at->given, error);
    if (!status) status = mz_json_expect(at->given, MZ_JSON_OBJECT, "the settings", error);
    if (!status && mz_json_member(at->given, "settings")) at->given = mz_json_member(at->given, "settings");
    mz_buffer_done(&json);
    return status;
}

static int run_goaml_settings(cli_context *cli) {
    reporting at;
    mz_error error;
    mz_json json;
    int ending = begin(cli, &at);
    if (ending) return ending;
    bool sets = cli->operand_count > 0;
    mz_status status = sets ? read_given(&at, cli->operands[0], &error) : MZ_OK;
    if (!status && sets) status = mz_store_change(at.office.store, write_settings, &at, &error);
    if (!status && !sets) status = mz_store_read(at.office.store, read_settings, &at, &error);
    if (!status) {
        mz_json_init(&json, &at.text);
        mz_json_object(&json);
        mz_json_pair_int(&json, "version", at.goaml.version);
        mz_json_key(&json, "settings");
        mz_json_raw(&json, at.goaml.text);
        mz_json_object_end(&json);
        mz_buffer_char(&at.text, '\n');
        status = put(&at, &error);
    }
    return end(&at, status, &error);
}

/* ---- figures and everything ---- */

static mz_status count_figures(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    return mz_figures_count(sql, at->office.agency.key, &at->period, mz_clock_now(), &at->office.arena, &at->figures,
                            error);
}

static mz_status read_day(const cli_context *cli, size_t place, int64_t *ret_seconds, mz_error *error) {
    if (cli->operand_count <= place) return MZ_OK;
    const char *text = cli->operands[place];
    return mz_time_parse(text, strlen(text), ret_seconds)
               ? MZ_OK
               : mz_fail(error, MZ_ERR_ARGUMENT, "“%.40s” is no day: write it as YYYY-MM-DD", text);
}

static mz_status read_period(const cli_context *cli, mz_figures_period *ret_period, mz_error *error) {
    ret_period->until = mz_clock_now() / DAY_S * DAY_S + DAY_S;
    mz_status status = read_day(cli, 1, &ret_period->until, error);
    ret_period->since = ret_period->until - USUAL_DAYS * DAY_S;
    return status ? status : read_day(cli, 0, &ret_period->since, error);
}

static int run_figures(cli_context *cli) {
    reporting at;
    mz_error error;
    mz_json json;
    int ending = begin(cli, &at);
    if (ending) return ending;
    mz_status status = read_period(cli, &at.period, &error);
    if (!status) status = mz_store_read(at.office.store, count_figures, &at, &error);
    if (!status && cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, &at.text);
        mz_json_object(&json);
        mz_figures_write_json(&at.figures, &json);
        mz_json_object_end(&json);
        mz_buffer_char(&at.text, '\n');
    } else if (!status) {
        mz_figures_write_csv(&at.figures, &at.text);
    }
    if (!status) status = put(&at, &error);
    return end(&at, status, &error);
}

static void say_exported(cli_context *cli, const mz_exported *exported) {
    mz_buffer *out = &cli->out.text;
    mz_json json;
    char files[CLI_COUNT_TEXT_SIZE], rows[CLI_COUNT_TEXT_SIZE], attachments[CLI_COUNT_TEXT_SIZE];
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(out, "files,rows,attachments,digest\n%llu,%llu,%llu,%s\n", (unsigned long long)exported->files,
                        (unsigned long long)exported->rows, (unsigned long long)exported->attachments,
                        exported->digest);
    if (cli->format == CLI_PRINT_TABLE) {
        cli_count_text(exported->files, cli->language, files);
        cli_count_text(exported->rows, cli->language, rows);
        cli_count_text(exported->attachments, cli->language, attachments);
        CLI_SAY(out, cli->language, CLI_SAY_CASEWORK_EXPORTED, files, rows, attachments, exported->digest);
        mz_buffer_char(out, '\n');
    }
    if (cli->format != CLI_PRINT_JSON) return;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "files", (int64_t)exported->files);
    mz_json_pair_int(&json, "rows", (int64_t)exported->rows);
    mz_json_pair_int(&json, "attachments", (int64_t)exported->attachments);
    mz_json_pair(&json, "digest", mz_str_of(exported->digest));
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static int run_export(cli_context *cli) {
    reporting at;
    mz_exported exported;
    mz_error error;
    int ending = begin(cli, &at);
    if (ending) return ending;
    mz_status status = mz_export(at.office.store, at.office.agency.key, cli->operands[0], BUILD, &exported, &error);
    if (!status) say_exported(cli, &exported);
    return end(&at, status, &error);
}

/* ---- descriptions ---- */

static const cli_option_id page_options[] = {CLI_OUTPUT, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id export_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example file_examples[] = {
    {"mizan cases file 2026-000123 --lang ar -o case.html", "a case to be printed, in Arabic"}};
const cli_command cli_cases_file = {
    .name = "cases file",
    .operands = "CASE",
    .summary = "write a case as a page to be printed",
    .description =
        "CASE is the label of a case, such as 2026-000123. The page is one file of HTML without script, for "
        "paper of the size A4: subject and listed entity side by side, the evidence as bars that add up, who "
        "decided what when and why, attachments by their digests, receipts and list versions.",
    .examples = file_examples,
    .example_count = 1,
    .options = page_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_file,
};

static const cli_example certificate_examples[] = {
    {"mizan cases certificate 41 --lang fr -o certificate.html", "what was asked and found, of which lists"}};
const cli_command cli_cases_certificate = {
    .name = "cases certificate",
    .operands = "RECEIPT",
    .summary = "write a screening as a page to be printed",
    .description = "RECEIPT is the number of a screening in the audit chain. The page says what was asked, of which "
                   "lists in which versions, by which policy and program, what was found, and how to verify and replay "
                   "it.",
    .examples = certificate_examples,
    .example_count = 1,
    .options = page_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_certificate,
};

static const cli_example goaml_examples[] = {
    {"mizan cases goaml 2026-000123 -o report.json", "what is known, and what is to be filled in"},
    {"mizan cases goaml 2026-000123 report.json -o report.xml", "the report, once it is filled in"}};
const cli_command cli_cases_goaml = {
    .name = "cases goaml",
    .operands = "CASE [REPORT]",
    .summary = "write a true match as goAML, for an authority",
    .description =
        "Without REPORT it prints a report to begin with, as JSON in the elements of goAML 5.0.2, what is missing in "
        "it, and what was changed to fit. With REPORT, a file with that JSON filled in (all that was printed, or its "
        "\"report\" alone), it writes the XML; what is still missing or wrong goes to standard error, a line each, and "
        "nothing is written. docs/reports.md describes both.",
    .examples = goaml_examples,
    .example_count = 2,
    .options = page_options,
    .least = 1,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_goaml,
};

static const cli_example goaml_settings_examples[] = {
    {"mizan cases goaml-settings -o goaml.json", "what is in each report of the agency"},
    {"mizan cases goaml-settings goaml.json", "what is in the file, from now on"}};
const cli_command cli_cases_goaml_settings = {
    .name = "cases goaml-settings",
    .operands = "[FILE]",
    .summary = "show or set what is in each goAML report of an agency",
    .description =
        "Who reports, from where, in which currency, with which of the unit's codes, and which edition of goAML the "
        "unit "
        "takes, as JSON. With FILE, which has the settings (all that was printed, or its \"settings\" alone), they are "
        "these from now on; each change stands in the audit chain. docs/reports.md describes the members.",
    .examples = goaml_settings_examples,
    .example_count = 2,
    .options = page_options,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run_goaml_settings,
};

static const cli_example figure_examples[] = {
    {"mizan cases figures 2026-01-01 2026-04-01 --format csv -o figures.csv", "of a quarter of a year, as a table"}};
const cli_command cli_cases_figures = {
    .name = "cases figures",
    .operands = "[SINCE [UNTIL]]",
    .summary = "count alerts, decisions and how long they took",
    .description =
        "From the day SINCE on and before the day UNTIL, each as YYYY-MM-DD; without them, of the last thirty days, "
        "today with them. By day, list and person, with median and ninetieth percentile of the times.",
    .examples = figure_examples,
    .example_count = 1,
    .options = page_options,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_figures,
};

static const cli_example export_examples[] = {
    {"mizan cases export casework", "a folder with a line of JSON for each row, and a manifest"}};
const cli_command cli_cases_export = {
    .name = "cases export",
    .operands = "FOLDER",
    .summary = "write the whole casework of an agency as JSON",
    .description =
        "A file of JSON lines for each table (subjects, cases, alerts, decisions, clearances, events, the "
        "audit chain, …), the attachments, and manifest.json with the digest (BLAKE2b-256) of each file, all "
        "of one state. FOLDER is made; one that has something in it is refused.",
    .examples = export_examples,
    .example_count = 1,
    .options = export_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_FOLDER,
    .run = run_export,
};
