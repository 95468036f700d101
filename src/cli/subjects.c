/* mizan subjects: whom an agency screens again and again, for whoever may read and write the database anyway. What
 * they change is screened by the service. */
#include "subjects/subjects.h"

#include "base/csv_write.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "cli/screen.h"
#include "cli/versions.h"
#include "subjects/sources.h"

#include <string.h>

enum { RECORD_BYTES = 4 << 20, PAGE_BYTES = 256 << 20 };

/* ---- list and export ---- */

typedef struct listing {
    cli_office *office;
    cli_table *table; /* NULL: of an export */
    mz_subject_query query;
    bool whole; /* lines of JSON that can be brought in again */
} listing;

static void print_table_row(const listing *of, const mz_subject *subject) {
    mz_language language = of->office->cli->language;
    char day[CLI_DAY_TEXT_SIZE];
    cli_day_text(subject->screened, day);
    cli_table_cell(of->table, subject->source);
    cli_table_cell(of->table, subject->reference);
    cli_table_cell(of->table, subject->caption);
    cli_table_cell(of->table, mz_str_of(cli_schema_label(subject->schema, language)));
    cli_table_word(of->table, language, subject->closed ? CLI_SAY_SUBJECT_CLOSED : CLI_SAY_STATE_ACTIVE);
    cli_table_cell(of->table, mz_str_of(day));
}

static void print_csv_row(mz_buffer *out, const mz_subject *subject) {
    char day[CLI_DAY_TEXT_SIZE];
    cli_day_text(subject->screened, day);
    cli_csv(out, subject->key, true);
    cli_csv(out, subject->source, false);
    mz_csv_cell(out, subject->reference, false);
    cli_csv(out, mz_str_of(mz_schema_name(subject->schema)), false);
    mz_csv_cell(out, subject->caption, false);
    cli_csv(out, subject->closed ? MZ_STR("closed") : MZ_STR("active"), false);
    cli_csv(out, mz_str_of(day), false);
    cli_csv_end(out);
}

/* `all`: also what only the register knows of it. */
static void print_json_row(mz_buffer *out, const mz_subject *subject, bool all, bool properties) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    if (all) mz_json_pair(&json, "id", subject->key);
    mz_json_pair(&json, "source", subject->source);
    mz_json_pair(&json, "reference", subject->reference);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(subject->schema)));
    if (all) {
        char day[CLI_DAY_TEXT_SIZE];
        cli_day_text(subject->screened, day);
        mz_json_pair(&json, "caption", subject->caption);
        mz_json_pair(&json, "state", subject->closed ? MZ_STR("closed") : MZ_STR("active"));
        mz_json_pair(&json, "screened", mz_str_of(day));
    }
    if (properties) {
        mz_json_key(&json, "properties");
        mz_json_raw(&json, subject->properties);
    }
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void print_subject(const listing *of, const mz_subject *subject) {
    cli_context *cli = of->office->cli;
    if (of->whole)
        print_json_row(&cli->out.text, subject, false, true);
    else if (cli->format == CLI_PRINT_TABLE)
        print_table_row(of, subject);
    else if (cli->format == CLI_PRINT_CSV)
        print_csv_row(&cli->out.text, subject);
    else
        print_json_row(&cli->out.text, subject, true, false);
}

/* All pages, each with memory of its own: the place where one begins is in that of the one before. */
static mz_status print_pages(void *context, mz_sql *sql, mz_error *error) {
    listing *of = context;
    mz_arena pages[2];
    mz_status status = MZ_OK;
    size_t turn = 0;
    mz_arena_init(&pages[0], PAGE_BYTES);
    mz_arena_init(&pages[1], PAGE_BYTES);
    for (bool more = true; more && !status; turn ^= 1) {
        mz_subject *subjects;
        size_t count = 0;
        mz_str next = MZ_STR("");
        mz_arena_reset(&pages[turn]);
        status =
            mz_subjects_list(sql, of->office->agency.key, &of->query, &pages[turn], &subjects, &count, &next, error);
        for (size_t k = 0; !status && k < count; k++) print_subject(of, &subjects[k]);
        if (!status && !cli_settle(&of->office->cli->out)) break; /* nobody reads any more */
        if (!status && cli_interrupted()) status = mz_fail(error, MZ_ERR_CANCELLED, "interrupted");
        of->query.after = next;
        more = !status && next.size;
    }
    mz_arena_done(&pages[0]);
    mz_arena_done(&pages[1]);
    return status;
}

static void read_query(const cli_context *cli, mz_subject_query *query) {
    const char *source = cli_text(cli, CLI_SOURCE), *schema = cli_text(cli, CLI_SCHEMA);
    *query = (mz_subject_query){.limit = MZ_SUBJECTS_PAGE_MOST, .closed = cli_given(cli, CLI_ALL) ? -1 : 0};
    query->source = mz_str_of(source ? source : "");
    query->schema = mz_str_of(schema ? schema : "");
    query->text = mz_str_of(cli->operand_count ? cli->operands[0] : "");
}

static int run_listing(cli_context *cli, bool whole) {
    static const cli_message names[] = {CLI_SAY_COLUMN_SOURCE, CLI_SAY_COLUMN_REFERENCE, CLI_SAY_COLUMN_NAME,
                                        CLI_SAY_COLUMN_KIND,   CLI_SAY_COLUMN_STATE,     CLI_SAY_COLUMN_SCREENED};
    cli_office office;
    cli_table table;
    mz_error error;
    listing of = {.office = &office, .table = &table, .whole = whole};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_interruptible();
    read_query(cli, &of.query);
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    if (!whole && cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "id,source,reference,schema,caption,state,screened\n");
    if (mz_store_read(office.store, print_pages, &of, &error)) ending = cli_fail(&error);
    if (!ending && cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&office);
    return ending;
}

static int run_list(cli_context *cli) {
    return run_listing(cli, false);
}

static int run_export(cli_context *cli) {
    return run_listing(cli, true);
}

/* ---- one of them ---- */

typedef struct one {
    cli_office *office;
    mz_str source, reference;
    const mz_entity *entity;
    mz_subject subject;
    mz_subject_outcome outcome;
} one;

static mz_status find_one(void *context, mz_sql *sql, mz_error *error) {
    one *of = context;
    return mz_subject_find(sql, of->office->agency.key, of->source, of->reference, &of->office->arena, &of->subject,
                           error);
}

static void print_properties(cli_context *cli, const mz_entity *entity) {
    static const cli_message names[] = {CLI_SAY_COLUMN_PROPERTY, CLI_SAY_COLUMN_STANDS};
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    for (size_t f = 0; f < entity->fact_count; f++) {
        cli_table_cell(&table, mz_str_of(mz_property_name(entity->facts[f].property)));
        cli_table_cell(&table, entity->facts[f].value);
    }
    (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
}

static int show_one(cli_context *cli, one *of) {
    const mz_entity *entity = NULL;
    mz_error error;
    if (cli->format == CLI_PRINT_JSON) {
        print_json_row(&cli->out.text, &of->subject, true, true);
        return CLI_DONE;
    }
    if (mz_subject_entity(&of->subject, &of->office->arena, &entity, &error)) return cli_fail(&error);
    if (cli->format == CLI_PRINT_TABLE) {
        print_properties(cli, entity);
        return CLI_DONE;
    }
    mz_buffer_print(&cli->out.text, "property,value\n");
    for (size_t f = 0; f < entity->fact_count; f++) {
        cli_csv(&cli->out.text, mz_str_of(mz_property_name(entity->facts[f].property)), true);
        mz_csv_cell(&cli->out.text, entity->facts[f].value, false);
        cli_csv_end(&cli->out.text);
    }
    return CLI_DONE;
}

static int run_show(cli_context *cli) {
    cli_office office;
    mz_error error;
    one of = {.office = &office};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    of.source = mz_str_of(cli->operands[0]);
    of.reference = mz_str_of(cli->operands[1]);
    ending = mz_store_read(office.store, find_one, &of, &error) ? cli_fail(&error) : show_one(cli, &of);
    cli_office_close(&office);
    return ending;
}

static mz_status close_one(void *context, mz_sql *sql, mz_error *error) {
    one *of = context;
    mz_status status = find_one(of, sql, error);
    return status ? status : mz_subject_close(sql, of->office->agency.key, &of->office->actor, of->subject.key, error);
}

static int run_close(cli_context *cli) {
    cli_office office;
    mz_error error;
    one of = {.office = &office};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    of.source = mz_str_of(cli->operands[0]);
    of.reference = mz_str_of(cli->operands[1]);
    if (mz_store_change(office.store, close_one, &of, &error))
        ending = cli_fail(&error);
    else
        cli_office_say(&office, CLI_SAY_SUBJECT_LEFT, of.subject.caption);
    cli_office_close(&office);
    return ending;
}

static mz_status put_one(void *context, mz_sql *sql, mz_error *error) {
    one *of = context;
    const mz_subject_draft draft = {of->source, of->reference, of->entity};
    return mz_subject_put(sql, of->office->agency.key, &of->office->actor, &draft, true, &of->office->arena,
                          &of->subject, &of->outcome, error);
}

static int add_one(cli_office *office, const mz_entity *query) {
    static const cli_message said[] = {CLI_SAY_SUBJECT_ADDED, CLI_SAY_SUBJECT_CHANGED, CLI_SAY_SUBJECT_SAME};
    mz_error error;
    cli_context *cli = office->cli;
    mz_entity entity = *query;
    if (!cli_given(cli, CLI_SCHEMA)) entity.schema = MZ_SCHEMA_LegalEntity;
    one of = {.office = office,
              .source = mz_str_of(cli_text(cli, CLI_SOURCE)),
              .reference = mz_str_of(cli_text(cli, CLI_REFERENCE)),
              .entity = &entity};
    if (mz_store_change(office->store, put_one, &of, &error)) return cli_fail(&error);
    cli_office_say(office, said[of.outcome], mz_arena_copy(&office->arena, of.subject.caption));
    return CLI_DONE;
}

static int run_add(cli_context *cli) {
    cli_office office;
    mz_error error;
    mz_builder *builder = NULL;
    const mz_entity *query = NULL;
    if (!cli_given(cli, CLI_SOURCE) || !cli_given(cli, CLI_REFERENCE))
        return cli_usage(cli, "say where it comes from and what it is called there: --source NAME --reference NUMBER");
    if (mz_builder_new(RECORD_BYTES, MZ_DATE_DAY_FIRST, &builder, &error)) return cli_fail(&error);
    int ending = cli_query_build(cli, builder, &query);
    if (!ending) ending = cli_office_open(cli, &office);
    if (!ending) {
        ending = add_one(&office, query);
        cli_office_close(&office);
    }
    mz_builder_free(builder);
    return ending;
}

/* ---- sources ---- */

typedef struct sources_of {
    cli_office *office;
    mz_subject_source *sources;
    size_t count;
} sources_of;

static mz_status read_sources(void *context, mz_sql *sql, mz_error *error) {
    sources_of *of = context;
    return mz_subject_sources_list(sql, of->office->agency.key, &of->office->arena, &of->sources, &of->count, error);
}

static void print_source(cli_context *cli, cli_table *table, const mz_subject_source *source) {
    mz_buffer *out = &cli->out.text;
    mz_json json;
    if (cli->format == CLI_PRINT_TABLE) {
        cli_table_cell(table, source->source);
        cli_table_cell(table, source->title);
        cli_table_count(table, source->subjects);
        if (source->mapping.size)
            cli_table_word(table, cli->language, CLI_SAY_MAPPING_KNOWN);
        else
            cli_table_cell(table, MZ_STR(""));
    } else if (cli->format == CLI_PRINT_CSV) {
        cli_csv(out, source->source, true);
        mz_csv_cell(out, source->title, false);
        mz_buffer_print(out, ",%llu", (unsigned long long)source->subjects);
        cli_csv(out, source->mapping, false);
        cli_csv_end(out);
    } else {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "source", source->source);
        mz_json_pair(&json, "title", source->title);
        mz_json_pair_int(&json, "subjects", (int64_t)source->subjects);
        mz_json_key(&json, "mapping");
        mz_json_raw(&json, source->mapping.size ? source->mapping : MZ_STR("null"));
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    }
}

static int run_sources(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_SOURCE, CLI_SAY_COLUMN_TITLE, CLI_SAY_COLUMN_SUBJECTS,
                                        CLI_SAY_COLUMN_MAPPING};
    cli_office office;
    cli_table table;
    mz_error error;
    sources_of of = {.office = &office};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1u << 2);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "source,title,subjects,mapping\n");
    if (mz_store_read(office.store, read_sources, &of, &error)) ending = cli_fail(&error);
    for (size_t k = 0; !ending && k < of.count; k++) print_source(cli, &table, &of.sources[k]);
    if (!ending && cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&office);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id list_options[] = {CLI_SOURCE, CLI_SCHEMA, CLI_ALL, CLI_AGENCY, CLI_DATABASE, CLI_NO_OPTION};
static const cli_option_id office_options[] = {CLI_AGENCY, CLI_DATABASE, CLI_NO_OPTION};
static const cli_option_id add_options[] = {CLI_SOURCE,      CLI_REFERENCE, CLI_SCHEMA,   CLI_ALIAS, CLI_BIRTH_DATE,
                                            CLI_NATIONALITY, CLI_COUNTRY,   CLI_GENDER,   CLI_ID,    CLI_PROPERTY,
                                            CLI_AGENCY,      CLI_DATABASE,  CLI_NO_OPTION};

static const cli_example list_examples[] = {
    {"mizan subjects list", "everybody who is screened again and again"},
    {"mizan subjects list --source core-banking 'belmaarouf zouhair'",
     "those with these words in a name or the reference"},
};
const cli_command cli_subjects_list = {
    .name = "subjects list",
    .operands = "[WORDS]",
    .summary = "say who is under continuous screening",
    .description = "Words are looked for in names and references; capitals and accents make no difference.",
    .examples = list_examples,
    .example_count = sizeof list_examples / sizeof *list_examples,
    .options = list_options,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_list,
};

static const cli_example export_examples[] = {
    {"mizan subjects export --source core-banking > subjects.jsonl", "lines that mizan subjects import reads"},
};
const cli_command cli_subjects_export = {
    .name = "subjects export",
    .operands = "[WORDS]",
    .summary = "print subjects as lines of JSON that can be brought in again",
    .description = "One subject a line, with all that is known of it, whatever --format says.",
    .examples = export_examples,
    .example_count = 1,
    .options = list_options,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_export,
};

static const cli_example show_examples[] = {
    {"mizan subjects show core-banking C-1001", "all that is known of a customer"}};
const cli_command cli_subjects_show = {
    .name = "subjects show",
    .operands = "SOURCE REFERENCE",
    .summary = "say what is known of a subject",
    .description = "",
    .examples = show_examples,
    .example_count = 1,
    .options = office_options,
    .least = 2,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_show,
};

static const cli_example add_examples[] = {
    {"mizan subjects add 'Zouhair Belmaarouf' --source desk --reference C-1", "one by hand"},
    {"mizan subjects add 'Amlal Star' --source port --reference 7 --schema Vessel", "a ship"},
};
const cli_command cli_subjects_add = {
    .name = "subjects add",
    .operands = "NAME",
    .summary = "put a subject under continuous screening",
    .description = "The same --source and --reference again change the subject. The service screens what is new or "
                   "changed; a request to POST /api/v1/subjects is answered with what was found.",
    .examples = add_examples,
    .example_count = sizeof add_examples / sizeof *add_examples,
    .options = add_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_add,
};

static const cli_example close_examples[] = {{"mizan subjects close core-banking C-1001", "a customer who left"}};
const cli_command cli_subjects_close = {
    .name = "subjects close",
    .operands = "SOURCE REFERENCE",
    .summary = "screen a subject no more",
    .description = "It is kept with its cases, and comes back when it is brought in again.",
    .examples = close_examples,
    .example_count = 1,
    .options = office_options,
    .least = 2,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_close,
};

static const cli_example sources_examples[] = {{"mizan subjects sources", "where subjects come from, and how many"}};
const cli_command cli_subjects_sources = {
    .name = "subjects sources",
    .operands = "",
    .summary = "say where subjects come from",
    .description = "With --format json also what the columns of their files are: the mapping that an import remembers.",
    .examples = sources_examples,
    .example_count = 1,
    .options = office_options,
    .run = run_sources,
};
