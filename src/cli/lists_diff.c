/* mizan lists diff: what changed between two versions, in words that a person reads.
 *
 * The table is gathered before it is printed: its first line counts what follows, and what changed alike in very many
 * entries (a publisher adds the address of its page to each) is said once, behind the entries. Texts of changes are
 * kept once each. Rejected: reading the differences twice, which for the largest lists takes a minute. */
#include "base/arena.h"
#include "base/json_write.h"
#include "base/map.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/evidence.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_CEILING_BYTES = 512 << 20, MANY_ENTRIES = 100 };

typedef struct phrase { /* what changed, in words */
    mz_str text;
    uint64_t entries, last; /* how many have it; the number of the last of them */
} phrase;

typedef struct line { /* an entry; its phrases stand one behind the other in `used` */
    mz_str head;
    size_t phrases;
} line;

typedef struct diff_work {
    cli_context *cli;
    uint64_t counts[3];
    /* for the table */
    mz_arena arena;
    mz_map known;                /* a phrase's text to its number */
    mz_buffer phrases, lines;    /* of phrase and line */
    mz_buffer used;              /* of uint32_t: numbers of phrases */
    mz_buffer from, to, written; /* the one in hand */
} diff_work;

static void start(diff_work *comparing, cli_context *cli) {
    *comparing = (diff_work){.cli = cli};
    mz_arena_init(&comparing->arena, TEXT_CEILING_BYTES);
    mz_map_init(&comparing->known);
    mz_buffer *const buffers[] = {&comparing->phrases, &comparing->lines, &comparing->used,
                                  &comparing->from,    &comparing->to,    &comparing->written};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) mz_buffer_init(buffers[i], TEXT_CEILING_BYTES);
}

static void end(diff_work *comparing) {
    mz_buffer *const buffers[] = {&comparing->phrases, &comparing->lines, &comparing->used,
                                  &comparing->from,    &comparing->to,    &comparing->written};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) mz_buffer_done(buffers[i]);
    mz_map_done(&comparing->known);
    mz_arena_done(&comparing->arena);
}

static bool failed(const diff_work *comparing) {
    return comparing->arena.failed || comparing->known.failed || comparing->phrases.failed || comparing->lines.failed ||
           comparing->used.failed || comparing->from.failed || comparing->to.failed || comparing->written.failed;
}

static const char *const kind_names[] = {
    [MZ_CHANGE_ADDED] = "added", [MZ_CHANGE_REMOVED] = "removed", [MZ_CHANGE_CHANGED] = "changed"};

static void change_json(mz_buffer *out, const mz_change *change) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "change", mz_str_of(kind_names[change->kind]));
    mz_json_pair(&json, "id", change->id);
    mz_json_pair(&json, "reference", change->reference);
    mz_json_pair(&json, "caption", change->caption);
    mz_json_key(&json, "fields");
    mz_json_array(&json);
    for (size_t i = 0; i < change->field_count; i++) {
        const mz_field_change *field = &change->fields[i];
        mz_json_object(&json);
        mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(field->schema)));
        mz_json_pair(&json, "property", mz_str_of(mz_property_name(field->property)));
        mz_json_pair(&json, "from", field->from);
        mz_json_pair(&json, "to", field->to);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void csv_row(mz_buffer *out, const mz_change *change, const mz_field_change *field) {
    cli_csv(out, mz_str_of(kind_names[change->kind]), true);
    cli_csv(out, change->id, false);
    cli_csv(out, change->reference, false);
    cli_csv(out, change->caption, false);
    cli_csv(out, mz_str_of(field ? mz_schema_name(field->schema) : ""), false);
    cli_csv(out, mz_str_of(field ? mz_property_name(field->property) : ""), false);
    cli_csv(out, field ? field->from : MZ_STR(""), false);
    cli_csv(out, field ? field->to : MZ_STR(""), false);
    cli_csv_end(out);
}

static void change_csv(mz_buffer *out, const mz_change *change) {
    if (change->field_count == 0) csv_row(out, change, NULL);
    for (size_t i = 0; i < change->field_count; i++) csv_row(out, change, &change->fields[i]);
}

/* A value as people write it, with an end for cli_say; NULL when there is none. */
static const char *value_words(const cli_context *cli, mz_buffer *into, mz_property property, mz_str value) {
    const char *name = NULL;
    if (value.size == 0) return NULL;
    if (mz_property_kind(property) == MZ_TYPE_COUNTRY) name = mz_country_name(value, cli->language);
    if (mz_property_kind(property) == MZ_TYPE_GENDER && mz_str_equal(value, MZ_STR("male")))
        name = cli_message_text(CLI_SAY_MALE, cli->language);
    if (mz_property_kind(property) == MZ_TYPE_GENDER && mz_str_equal(value, MZ_STR("female")))
        name = cli_message_text(CLI_SAY_FEMALE, cli->language);
    mz_buffer_clear(into);
    cli_put_name(cli, into, name ? mz_str_of(name) : value);
    mz_buffer_char(into, '\0');
    return into->failed ? "" : into->data;
}

static mz_str field_words(diff_work *comparing, const mz_field_change *field) {
    mz_language language = comparing->cli->language;
    mz_buffer *out = &comparing->written;
    const char *label = cli_property_label(field->property, language);
    const char *from = value_words(comparing->cli, &comparing->from, field->property, field->from);
    const char *to = value_words(comparing->cli, &comparing->to, field->property, field->to);
    mz_buffer_clear(out);
    if (from && to)
        CLI_SAY(out, language, CLI_SAY_VALUE_CHANGED, label, from, to);
    else
        CLI_SAY(out, language, from ? CLI_SAY_VALUE_REMOVED : CLI_SAY_VALUE_ADDED, label, from ? from : to ? to : "");
    return mz_buffer_view(out);
}

static phrase *phrases_of(const diff_work *comparing) {
    return (phrase *)(void *)comparing->phrases.data;
}

/* Notes that the entry of that number (from 1) has this phrase. */
static void use_phrase(diff_work *comparing, mz_str text, uint64_t entry) {
    uint32_t fresh = (uint32_t)(comparing->phrases.size / sizeof(phrase));
    uint32_t *known = mz_map_get(&comparing->known, text);
    if (!known) {
        phrase added = {.text = mz_arena_copy(&comparing->arena, text)};
        mz_buffer_append(&comparing->phrases, &added, sizeof added);
        known = failed(comparing) ? NULL : mz_map_put(&comparing->known, added.text, fresh);
    }
    if (!known) return;
    phrase *used = &phrases_of(comparing)[*known];
    if (used->last != entry) used->entries++;
    used->last = entry;
    mz_buffer_append(&comparing->used, known, sizeof *known);
}

static mz_str head_words(diff_work *comparing, const mz_change *change) {
    static const char signs[] = {[MZ_CHANGE_ADDED] = '+', [MZ_CHANGE_REMOVED] = '-', [MZ_CHANGE_CHANGED] = '~'};
    static const char *const colors[] = {
        [MZ_CHANGE_ADDED] = "\033[32m", [MZ_CHANGE_REMOVED] = "\033[31m", [MZ_CHANGE_CHANGED] = "\033[33m"};
    const cli_context *cli = comparing->cli;
    mz_buffer *out = &comparing->written;
    mz_buffer_clear(out);
    mz_buffer_print(out, "%s%c ", cli->color ? colors[change->kind] : "", signs[change->kind]);
    cli_put_safe(out, change->reference.size ? change->reference : change->id);
    mz_buffer_char(out, ' ');
    cli_put_name(cli, out, change->caption);
    if (cli->color) mz_buffer_print(out, "\033[0m");
    return mz_arena_copy(&comparing->arena, mz_buffer_view(out));
}

static void gather(diff_work *comparing, const mz_change *change) {
    line entry = {.head = head_words(comparing, change), .phrases = change->field_count};
    mz_buffer_append(&comparing->lines, &entry, sizeof entry);
    uint64_t number = comparing->lines.size / sizeof entry;
    for (size_t i = 0; i < change->field_count && !failed(comparing); i++)
        use_phrase(comparing, field_words(comparing, &change->fields[i]), number);
}

static mz_status take_change(void *context, const mz_change *change, mz_error *error) {
    diff_work *comparing = context;
    cli_context *cli = comparing->cli;
    comparing->counts[change->kind]++;
    switch (cli->format) {
    case CLI_PRINT_JSON: change_json(&cli->out.text, change); break;
    case CLI_PRINT_CSV: change_csv(&cli->out.text, change); break;
    case CLI_PRINT_TABLE: gather(comparing, change); break;
    }
    bool good = cli_settle(&cli->out) && !failed(comparing) && !cli_interrupted();
    if (!good) *error = (mz_error){.status = MZ_ERR_CANCELLED, .text = "stopped"};
    return good ? MZ_OK : MZ_ERR_CANCELLED;
}

static void print_counts(cli_context *cli, const diff_work *comparing) {
    static const mz_change_kind order[] = {MZ_CHANGE_ADDED, MZ_CHANGE_REMOVED, MZ_CHANGE_CHANGED};
    char texts[3][64];
    for (size_t i = 0; i < 3; i++) {
        mz_buffer count;
        mz_buffer_init(&count, sizeof texts[i] - 1);
        cli_put_count(&count, comparing->counts[order[i]], cli_digit_separator(cli->language));
        mz_str digits = mz_buffer_view(&count);
        memcpy(texts[i], digits.data, digits.size);
        texts[i][digits.size] = '\0';
        mz_buffer_done(&count);
    }
    CLI_SAY(&cli->out.text, cli->language, CLI_SAY_CHANGES, texts[0], texts[1], texts[2]);
    mz_buffer_char(&cli->out.text, '\n');
}

static const char *semicolon(mz_language language) {
    return language == MZ_ENGLISH ? "; " : language == MZ_FRENCH ? " ; " : "؛ ";
}

/* An entry of which nothing is left to say but what is summed up is not named. */
static void print_line(cli_context *cli, const line *entry, const phrase *phrases, const uint32_t *used) {
    mz_buffer *out = &cli->out.text;
    size_t said = 0;
    for (size_t i = 0; i < entry->phrases; i++) {
        const phrase *what = &phrases[used[i]];
        if (what->entries >= MANY_ENTRIES) continue;
        if (said == 0) mz_buffer_str(out, entry->head);
        mz_buffer_print(out, "%s", said++ ? semicolon(cli->language) : ": ");
        mz_buffer_str(out, what->text);
    }
    if (entry->phrases == 0) mz_buffer_str(out, entry->head);
    if (said || entry->phrases == 0) mz_buffer_char(out, '\n');
}

static void print_repeated(cli_context *cli, const phrase *what) {
    char count[32];
    (void)snprintf(count, sizeof count, "%llu", (unsigned long long)what->entries);
    CLI_SAY(&cli->out.text, cli->language, CLI_SAY_IN_ENTRIES, count, what->text.data);
    mz_buffer_char(&cli->out.text, '\n');
}

static void print_words(cli_context *cli, const diff_work *comparing) {
    const phrase *phrases = phrases_of(comparing);
    const line *lines = (const line *)(const void *)comparing->lines.data;
    const uint32_t *used = (const uint32_t *)(const void *)comparing->used.data;
    print_counts(cli, comparing);
    for (size_t i = 0; i < comparing->lines.size / sizeof *lines && cli_settle(&cli->out); i++) {
        print_line(cli, &lines[i], phrases, used);
        if (lines[i].phrases) used += lines[i].phrases;
    }
    for (size_t i = 0; i < comparing->phrases.size / sizeof *phrases && cli_settle(&cli->out); i++)
        if (phrases[i].entries >= MANY_ENTRIES) print_repeated(cli, &phrases[i]);
}

static int run(cli_context *cli) {
    if (cli->operand_count == 2)
        return cli_usage(cli, "two versions are compared: mizan lists diff %s OLD NEW, or none of them for the newest",
                         cli->operands[0]);
    mz_list_store *store;
    int ending = cli_store_open(cli, false, &store);
    if (ending) return ending;
    diff_work comparing;
    start(&comparing, cli);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "change,id,reference,caption,schema,property,from,to\n");
    const char *from = cli->operand_count == 3 ? cli->operands[1] : NULL;
    const char *to = cli->operand_count == 3 ? cli->operands[2] : NULL;
    mz_error error;
    cli_interruptible();
    mz_status status = mz_list_store_diff(store, cli->operands[0], from, to, take_change, &comparing, &error);
    if (failed(&comparing)) {
        cli_complain("the differences are too many for a table; --format json has no limit");
        ending = CLI_FAILED;
    } else if (status) {
        ending = cli->out.number ? CLI_FAILED : cli_fail(&error);
    } else if (cli->format == CLI_PRINT_TABLE) {
        print_words(cli, &comparing);
    }
    end(&comparing);
    mz_list_store_close(store);
    return ending;
}

static const cli_example examples[] = {
    {"mizan lists diff un", "what the last import changed"},
    {"mizan lists diff un 3f9a 81c0", "between two versions, named by their first digits"},
    {"mizan lists diff --format csv un > changes.csv", "for a spreadsheet, a line for each value that changed"},
};

const cli_command cli_lists_diff = {
    .name = "lists diff",
    .operands = "LIST [OLD NEW]",
    .summary = "say what changed between two versions of a list",
    .description =
        "Without versions: the current one against the one before it. A line for each entity that was added "
        "(+), removed (-) or changed (~), and for the latter each value that came, went or changed. What changed "
        "alike in a hundred entities or more is said once, at the end; with --format json or csv all of it "
        "stands with its entity, under the names of FollowTheMoney.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .least = 1,
    .most = 3,
    .operand = CLI_KIND_LIST,
    .run = run,
};
