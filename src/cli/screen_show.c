/* A screening for a person to read: a block of lines for each hit, so that 80 columns are enough for names in two
 * scripts and all that decides. A wide table was rejected: names of 100 letters and right-to-left ones break it. */
#include "base/error.h"
#include "cli/evidence.h"
#include "cli/filter.h"
#include "cli/plan.h"
#include "cli/screen.h"
#include "cli/versions.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 11, MOST_VALUES = 3, RECORD_CEILING_BYTES = 64 << 20, SMALL_BYTES = 64 * 1024 };

/* One hit being shown. */
typedef struct hit_view {
    cli_context *cli;
    const mz_hit *hit;
    mz_record record;
    size_t label_columns;
    mz_buffer *line; /* what the next labelled line says */
} hit_view;

static const cli_message labels[] = {CLI_SAY_WEIGHT, CLI_SAY_MATCHED,   CLI_SAY_KNOWN, CLI_SAY_WHY,
                                     CLI_SAY_LISTED, CLI_SAY_PROGRAMME, CLI_SAY_SINCE};

static size_t label_columns(mz_language language) {
    size_t widest = 0;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t width = mz_display_width(mz_str_of(cli_message_text(labels[i], language)));
        if (width > widest) widest = width;
    }
    return widest + 2;
}

static void label(const hit_view *view, cli_message message) {
    mz_buffer *out = &view->cli->out.text;
    mz_str text = mz_str_of(cli_message_text(message, view->cli->language));
    mz_buffer_print(out, "%*s", INDENT, "");
    if (view->cli->color) mz_buffer_print(out, "\033[2m");
    mz_buffer_str(out, text);
    if (view->cli->color) mz_buffer_print(out, "\033[0m");
    for (size_t width = mz_display_width(text); width < view->label_columns; width++) mz_buffer_char(out, ' ');
}

/* A labelled line, filled to the width; empties `text`. */
static void labelled(const hit_view *view, cli_message message, mz_buffer *text) {
    size_t indent = INDENT + view->label_columns;
    label(view, message);
    (void)cli_fill(&view->cli->out.text, mz_buffer_view(text), view->cli->width, indent, indent);
    mz_buffer_char(&view->cli->out.text, '\n');
    mz_buffer_clear(text);
}

static mz_script script_of_text(mz_str text) {
    size_t at = 0;
    for (uint32_t c; mz_utf8_next(text, &at, &c);) {
        mz_script script = mz_script_of(c);
        if (script != MZ_SCRIPT_NONE) return script;
    }
    return MZ_SCRIPT_NONE;
}

/* The listed name in another script than the caption's, the one marked as original before others. */
static mz_str other_script(const hit_view *view) {
    const mz_entity *entity = &view->record.entities[0];
    mz_script own = script_of_text(view->hit->entity.caption);
    mz_str other = MZ_STR("");
    for (size_t i = 0; i < entity->fact_count; i++) {
        const mz_fact *fact = &entity->facts[i];
        if (mz_property_kind(fact->property) != MZ_TYPE_NAME || script_of_text(fact->value) == own) continue;
        if (fact->name_kind == MZ_NAME_ORIGINAL_SCRIPT) return fact->value;
        if (other.size == 0) other = fact->value;
    }
    return other;
}

static const char *score_color(double score) {
    return score >= 0.9 ? "\033[1;31m" : score >= 0.8 ? "\033[1;33m" : "\033[1m";
}

static void show_heading(const hit_view *view, size_t rank) {
    mz_buffer *out = &view->cli->out.text;
    mz_buffer_print(out, "%3zu  ", rank);
    if (view->cli->color) mz_buffer_print(out, "%s", score_color(view->hit->score));
    cli_put_score(out, view->hit->score);
    mz_buffer_print(out, " ");
    cli_put_name(view->cli, out, view->hit->entity.caption);
    if (view->cli->color) mz_buffer_print(out, "\033[0m");
    mz_str other = other_script(view);
    size_t both = INDENT + mz_display_width(view->hit->entity.caption) + 2 + mz_display_width(other);
    if (other.size) {
        if (both > view->cli->width)
            mz_buffer_print(out, "\n%*s", INDENT, "");
        else
            mz_buffer_print(out, "  ");
        cli_put_name(view->cli, out, other);
    }
    mz_buffer_char(out, '\n');
}

/* The word for the kind of a name in the record, or the empty string. */
static const char *kind_of_name(const hit_view *view, mz_str name) {
    const mz_entity *entity = &view->record.entities[0];
    for (size_t i = 0; i < entity->fact_count; i++) {
        const mz_fact *fact = &entity->facts[i];
        if (mz_property_kind(fact->property) != MZ_TYPE_NAME || !mz_str_equal(fact->value, name)) continue;
        if (fact->property == MZ_PROP_weakAlias) return cli_message_text(CLI_SAY_NAME_WEAK, view->cli->language);
        switch (fact->name_kind) {
        case MZ_NAME_PRIMARY: return cli_message_text(CLI_SAY_NAME_PRIMARY, view->cli->language);
        case MZ_NAME_STRONG_ALIAS: return cli_message_text(CLI_SAY_NAME_STRONG, view->cli->language);
        case MZ_NAME_WEAK_ALIAS: return cli_message_text(CLI_SAY_NAME_WEAK, view->cli->language);
        case MZ_NAME_PREVIOUS: return cli_message_text(CLI_SAY_NAME_PREVIOUS, view->cli->language);
        case MZ_NAME_ORIGINAL_SCRIPT: return cli_message_text(CLI_SAY_NAME_ORIGINAL, view->cli->language);
        case MZ_NAME_UNSPECIFIED:
        case MZ_NAME_KIND_COUNT: return "";
        }
    }
    return "";
}

static void show_matched(const hit_view *view) {
    const mz_hit *hit = view->hit;
    mz_buffer *out = view->line;
    if (hit->entity_name.size == 0) return;
    cli_put_name(view->cli, out, hit->query_name);
    mz_buffer_print(out, " ~ ");
    cli_put_name(view->cli, out, hit->entity_name);
    const char *kind = kind_of_name(view, hit->entity_name);
    if (*kind) mz_buffer_print(out, " (%s)", kind);
    labelled(view, CLI_SAY_MATCHED, out);
}

const char *cli_schema_label(mz_schema schema, mz_language language) {
    static const struct {
        mz_schema schema;
        cli_message word;
    } words[] = {{MZ_SCHEMA_Person, CLI_SAY_SCHEMA_PERSON},
                 {MZ_SCHEMA_Company, CLI_SAY_SCHEMA_COMPANY},
                 {MZ_SCHEMA_Organization, CLI_SAY_SCHEMA_ORGANIZATION},
                 {MZ_SCHEMA_Vessel, CLI_SAY_SCHEMA_VESSEL},
                 {MZ_SCHEMA_Airplane, CLI_SAY_SCHEMA_AIRPLANE},
                 {MZ_SCHEMA_LegalEntity, CLI_SAY_SCHEMA_LEGAL_ENTITY}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].schema == schema) return cli_message_text(words[i].word, language);
    return mz_schema_name(schema);
}

static const char *comma(const cli_context *cli) {
    return cli->language == MZ_ARABIC ? "، " : ", ";
}

/* Whether an equal value of the kind stands before fact `number`: "ma" as nationality and as country is said once. */
static bool said_before(const mz_entity *entity, size_t number) {
    const mz_fact *fact = &entity->facts[number];
    for (size_t i = 0; i < number; i++)
        if (mz_property_kind(entity->facts[i].property) == mz_property_kind(fact->property) &&
            mz_str_equal(entity->facts[i].value, fact->value))
            return true;
    return false;
}

static void show_births(const hit_view *view) {
    const mz_entity *entity = &view->record.entities[0];
    mz_buffer *out = view->line, date;
    unsigned said = 0;
    mz_buffer_init(&date, SMALL_BYTES);
    for (size_t i = 0; i < entity->fact_count && said < MOST_VALUES; i++) {
        if (entity->facts[i].property != MZ_PROP_birthDate) continue;
        mz_buffer_clear(&date);
        cli_put_safe(&date, entity->facts[i].value);
        mz_buffer_print(out, "%s", comma(view->cli));
        CLI_SAY(out, view->cli->language, CLI_SAY_BORN, date.data ? date.data : "");
        said++;
    }
    mz_buffer_done(&date);
}

static void show_countries(const hit_view *view) {
    const mz_entity *entity = &view->record.entities[0];
    mz_buffer *out = view->line;
    unsigned said = 0;
    for (size_t i = 0; i < entity->fact_count && said < MOST_VALUES; i++) {
        const mz_fact *fact = &entity->facts[i];
        if (mz_property_kind(fact->property) != MZ_TYPE_COUNTRY || said_before(entity, i)) continue;
        const char *name = mz_country_name(fact->value, view->cli->language);
        mz_buffer_print(out, "%s", comma(view->cli));
        cli_put_safe(out, name ? mz_str_of(name) : fact->value);
        said++;
    }
}

static void show_known(const hit_view *view) {
    mz_buffer_print(view->line, "%s", cli_schema_label(view->hit->entity.schema, view->cli->language));
    show_births(view);
    show_countries(view);
    labelled(view, CLI_SAY_KNOWN, view->line);
}

/* The earliest value of a date property among all entities of the record; EDTF sorts as text. */
static mz_str earliest(const mz_record *record, mz_property property) {
    mz_str first = MZ_STR("");
    for (size_t i = 0; i < record->entity_count; i++)
        for (size_t j = 0; j < record->entities[i].fact_count; j++) {
            const mz_fact *fact = &record->entities[i].facts[j];
            if (fact->property != property || (fact->flags & MZ_FACT_UNPARSED)) continue;
            if (first.size == 0 || mz_str_order(fact->value, first) < 0) first = fact->value;
        }
    return first;
}

static void show_listed(const hit_view *view) {
    mz_buffer *out = view->line;
    mz_str since = earliest(&view->record, MZ_PROP_listingDate);
    if (since.size == 0) since = earliest(&view->record, MZ_PROP_startDate);
    cli_put_safe(out, view->hit->entity.list);
    if (view->hit->entity.reference.size) {
        mz_buffer_char(out, ' ');
        cli_put_safe(out, view->hit->entity.reference);
    }
    labelled(view, CLI_SAY_LISTED, out);
    if (since.size == 0) return;
    cli_put_safe(out, since);
    labelled(view, CLI_SAY_SINCE, out);
}

/* The programmes of the listing, each once. */
static void show_programmes(const hit_view *view) {
    mz_buffer *out = view->line;
    mz_str said[MOST_VALUES];
    size_t count = 0;
    for (size_t i = 0; i < view->record.entity_count; i++)
        for (size_t j = 0; j < view->record.entities[i].fact_count; j++) {
            const mz_fact *fact = &view->record.entities[i].facts[j];
            if (fact->property != MZ_PROP_program || count == MOST_VALUES) continue;
            bool again = false;
            for (size_t k = 0; k < count; k++) again = again || mz_str_equal(said[k], fact->value);
            if (again) continue;
            said[count++] = fact->value;
        }
    if (count == 0) return;
    for (size_t i = 0; i < count; i++) {
        if (i) mz_buffer_print(out, "%s", comma(view->cli));
        cli_put_name(view->cli, out, said[i]);
    }
    labelled(view, CLI_SAY_PROGRAMME, out);
}

static void show_weight(const hit_view *view) {
    char number[32];
    (void)snprintf(number, sizeof number, "%.1f", view->hit->weight);
    CLI_SAY(view->line, view->cli->language, CLI_SAY_BITS, number);
    labelled(view, CLI_SAY_WEIGHT, view->line);
}

static void show_hit(hit_view *view, size_t rank) {
    const mz_hit *hit = view->hit;
    cli_context *cli = view->cli;
    show_heading(view, rank);
    show_matched(view);
    label(view, CLI_SAY_WHY);
    cli_evidence_line(cli, &cli->out.text, hit->evidence, hit->evidence_count, INDENT + view->label_columns);
    show_weight(view);
    show_known(view);
    show_listed(view);
    show_programmes(view);
    if (cli_given(cli, CLI_EXPLAIN))
        cli_evidence_table(cli, &cli->out.text, hit->evidence, hit->evidence_count, INDENT);
    mz_buffer_char(&cli->out.text, '\n');
}

static mz_status show_hits(cli_context *cli, const mz_index *index, const mz_screening *screening, mz_error *error) {
    mz_status status = MZ_OK;
    mz_buffer line;
    mz_buffer_init(&line, 4 << 20);
    hit_view view = {.cli = cli, .label_columns = label_columns(cli->language), .line = &line};
    mz_arena arena;
    mz_arena_init(&arena, RECORD_CEILING_BYTES);
    for (size_t i = 0; !status && i < screening->hit_count; i++) {
        char *json = NULL;
        size_t size = 0;
        view.hit = &screening->hits[i];
        mz_arena_reset(&arena);
        status = mz_index_record(index, view.hit->number, &json, &size, error);
        if (!status) status = mz_record_read_json((mz_str){json, size}, &arena, &view.record, error);
        if (!status) show_hit(&view, i + 1);
        free(json);
    }
    mz_arena_done(&arena);
    mz_buffer_done(&line);
    return status;
}

/* What was screened: without it, "no hit" says nothing. */
static void show_lists(cli_context *cli, const mz_index *index) {
    mz_buffer *out = &cli->out.text, number, list;
    mz_index_facts facts;
    mz_index_info(index, &facts);
    mz_buffer_init(&number, SMALL_BYTES);
    mz_buffer_init(&list, SMALL_BYTES);
    cli_put_count(&number, facts.entities, cli_digit_separator(cli->language));
    CLI_SAY(out, cli->language, CLI_SAY_SCREENED, number.data ? number.data : "");
    mz_buffer_char(out, '\n');
    for (size_t i = 0; i < facts.list_count; i++) {
        char day[CLI_DAY_TEXT_SIZE], version[CLI_SHORT_VERSION + 1] = "";
        const mz_index_list *at = &facts.lists[i];
        size_t digits = at->version.size < CLI_SHORT_VERSION ? at->version.size : CLI_SHORT_VERSION;
        if (digits) memcpy(version, at->version.data, digits);
        cli_day_text(at->published, day);
        mz_buffer_clear(&number);
        mz_buffer_clear(&list);
        cli_put_count(&number, at->entities, cli_digit_separator(cli->language));
        cli_put_safe(&list, at->list);
        const char *unknown = cli_message_text(CLI_SAY_NO_DATE, cli->language);
        mz_buffer_print(out, "  ");
        CLI_SAY(out, cli->language, CLI_SAY_LIST_LINE, list.data ? list.data : "", *day ? day : unknown,
                *version ? version : unknown, number.data ? number.data : "");
        mz_buffer_char(out, '\n');
    }
    mz_buffer_done(&number);
    mz_buffer_done(&list);
}

static void show_filter(cli_context *cli, const mz_filter *filter) {
    mz_buffer what;
    mz_buffer_init(&what, SMALL_BYTES);
    cli_put_filter(&what, cli->language, filter);
    CLI_SAY(&cli->out.text, cli->language, CLI_SAY_FILTERED, what.data ? what.data : "");
    mz_buffer_char(&cli->out.text, '\n');
    mz_buffer_done(&what);
}

mz_status cli_show_screening(cli_context *cli, const mz_index *index, size_t limit, const mz_screening *screening,
                             mz_error *error) {
    mz_buffer *out = &cli->out.text, name, least;
    size_t from = out->size;
    char total[32], most[32];
    mz_buffer_init(&name, 1 << 20);
    mz_buffer_init(&least, SMALL_BYTES);
    cli_put_name(cli, &name, mz_str_of(cli->operands[0]));
    cli_put_score(&least, screening->threshold);
    (void)snprintf(total, sizeof total, "%zu", screening->total_hits);
    (void)snprintf(most, sizeof most, "%zu", limit);
    CLI_SAY(out, cli->language, screening->hit_count ? CLI_SAY_HITS : CLI_SAY_NO_HIT, name.data ? name.data : "",
            least.data ? least.data : "", total);
    mz_buffer_char(out, '\n');
    mz_buffer_done(&name);
    mz_buffer_done(&least);
    if (screening->total_hits > screening->hit_count) {
        CLI_SAY(out, cli->language, CLI_SAY_HITS_SHOWN, most);
        mz_buffer_char(out, '\n');
    }
    mz_buffer_char(out, '\n');
    mz_status status = show_hits(cli, index, screening, error);
    if (status) return status;
    if (screening->not_done.size) {
        mz_buffer what;
        mz_buffer_init(&what, SMALL_BYTES);
        cli_put_safe(&what, screening->not_done);
        CLI_SAY(out, cli->language, CLI_SAY_NOT_SCREENED, what.data ? what.data : "");
        mz_buffer_char(out, '\n');
        mz_buffer_done(&what);
    }
    if (screening->filter) show_filter(cli, screening->filter);
    show_lists(cli, index);
    if (cli_given(cli, CLI_EXPLAIN_PLAN) && !cli_plan_show(cli, out, screening->plan)) return mz_fail_memory(error);
    cli_right_to_left(cli, out, from);
    return MZ_OK;
}
