/* Evidence in words and in tables: the one place that says what a piece of it means. `mizan explain`, `mizan compare`
 * and `mizan screen` print it, and JSON has the words as "text". */
#include "cli/evidence.h"

#include "text/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_CEILING_BYTES = 64 * 1024, BAR_COLUMNS = 8 };

static const double TAKEN_PER_BLOCK = 0.05, BITS_PER_BLOCK = 2;

static bool right_to_left(mz_str text) {
    size_t at = 0;
    for (uint32_t c; mz_utf8_next(text, &at, &c);) {
        mz_script script = mz_script_of(c);
        if (script == MZ_SCRIPT_ARABIC || script == MZ_SCRIPT_HEBREW || script == MZ_SCRIPT_THAANA) return true;
    }
    return false;
}

void cli_put_name(const cli_context *cli, mz_buffer *out, mz_str name) {
    bool isolate = cli->language == MZ_ARABIC || (cli->out_is_terminal && right_to_left(name));
    if (isolate) mz_buffer_append(out, "\u2068", 3);
    cli_put_safe(out, name);
    if (isolate) mz_buffer_append(out, "\u2069", 3);
}

double cli_score_shown(double score) {
    /* the half-step keeps 0.93 from becoming 0.929 where it has no exact double */
    return floor(score * 1000.0 + 1e-7) / 1000.0;
}

void cli_put_score(mz_buffer *out, double score) {
    mz_buffer_print(out, "%.3f", cli_score_shown(score));
}

/* A country's name for its code, the word of a gender; else what was written. */
static mz_str shown_value(const cli_context *cli, mz_rule rule, mz_str value) {
    const char *name = rule == MZ_RULE_COUNTRY ? mz_country_name(value, cli->language) : NULL;
    if (rule == MZ_RULE_GENDER && mz_str_equal(value, MZ_STR("male")))
        name = cli_message_text(CLI_SAY_MALE, cli->language);
    if (rule == MZ_RULE_GENDER && mz_str_equal(value, MZ_STR("female")))
        name = cli_message_text(CLI_SAY_FEMALE, cli->language);
    return name ? mz_str_of(name) : value;
}

static cli_message agree_or_differ(const mz_evidence *evidence, cli_message agrees, cli_message differs) {
    return evidence->bits < 0 || evidence->points < 0 ? differs : agrees;
}

/* What agrees may be written in another way, or less exactly: then both are shown. */
static bool written_alike(const mz_evidence *evidence) {
    return mz_str_equal(evidence->query, evidence->entity);
}

static cli_message date_message(const mz_evidence *evidence) {
    bool alike = written_alike(evidence), year_only = evidence->query.size == 4 || evidence->entity.size == 4;
    if (evidence->property != MZ_PROP_birthDate)
        return agree_or_differ(evidence, alike ? CLI_SAY_DATE_AGREES : CLI_SAY_DATE_FITS, CLI_SAY_DATE_DIFFERS);
    return agree_or_differ(evidence,
                           year_only ? CLI_SAY_BIRTH_YEAR_AGREES
                           : alike   ? CLI_SAY_BIRTH_DATE_AGREES
                                     : CLI_SAY_BIRTH_DATE_FITS,
                           CLI_SAY_BIRTH_DATE_DIFFERS);
}

static cli_message number_message(const mz_evidence *evidence) {
    return agree_or_differ(evidence, written_alike(evidence) ? CLI_SAY_IDENTIFIER_AGREES : CLI_SAY_IDENTIFIER_NEAR,
                           CLI_SAY_IDENTIFIER_DIFFERS);
}

static cli_message message_of(const mz_evidence *evidence) {
    switch (evidence->rule) {
    case MZ_RULE_SAME:
        return mz_str_equal(evidence->query, evidence->entity) ? CLI_SAY_SAME_WORD : CLI_SAY_SAME_WRITTEN;
    case MZ_RULE_SPELLING: return CLI_SAY_SPELLING;
    case MZ_RULE_SCRIPT: return CLI_SAY_SCRIPT;
    case MZ_RULE_JOINED: return CLI_SAY_JOINED;
    case MZ_RULE_INITIAL: return CLI_SAY_INITIAL;
    case MZ_RULE_EQUIVALENT: return CLI_SAY_EQUIVALENT;
    case MZ_RULE_LEGAL_FORM: return agree_or_differ(evidence, CLI_SAY_LEGAL_FORM_AGREES, CLI_SAY_LEGAL_FORM_DIFFERS);
    case MZ_RULE_NUMBER: return agree_or_differ(evidence, CLI_SAY_NUMBER_AGREES, CLI_SAY_NUMBER_DIFFERS);
    case MZ_RULE_MISSING: return CLI_SAY_MISSING;
    case MZ_RULE_EXTRA: return CLI_SAY_EXTRA;
    case MZ_RULE_DIFFERENT: return CLI_SAY_DIFFERENT;
    case MZ_RULE_ORDER: return CLI_SAY_ORDER;
    case MZ_RULE_WEAK_ALIAS: return CLI_SAY_WEAK_ALIAS;
    case MZ_RULE_DATE: return date_message(evidence);
    case MZ_RULE_COUNTRY:
        return agree_or_differ(evidence, written_alike(evidence) ? CLI_SAY_COUNTRY_AGREES : CLI_SAY_COUNTRY_FITS,
                               CLI_SAY_COUNTRY_DIFFERS);
    case MZ_RULE_PLACE: return agree_or_differ(evidence, CLI_SAY_PLACE_AGREES, CLI_SAY_PLACE_DIFFERS);
    case MZ_RULE_ADDRESS: return CLI_SAY_ADDRESS_AGREES;
    case MZ_RULE_GENDER: return agree_or_differ(evidence, CLI_SAY_GENDER_AGREES, CLI_SAY_GENDER_DIFFERS);
    case MZ_RULE_IDENTIFIER: return number_message(evidence);
    case MZ_RULE_COUNT: break;
    }
    return CLI_SAY_SAME_WORD;
}

const char *cli_role_label(mz_role role, mz_language language) {
    static const cli_message labels[MZ_ROLE_COUNT] = {
        [MZ_ROLE_NAME] = CLI_SAY_ROLE_NAME,
        [MZ_ROLE_GIVEN] = CLI_SAY_ROLE_GIVEN,
        [MZ_ROLE_MIDDLE] = CLI_SAY_ROLE_MIDDLE,
        [MZ_ROLE_FILIATION] = CLI_SAY_ROLE_FILIATION,
        [MZ_ROLE_FAMILY] = CLI_SAY_ROLE_FAMILY,
        [MZ_ROLE_PATRONYMIC] = CLI_SAY_ROLE_PATRONYMIC,
        [MZ_ROLE_NISBA] = CLI_SAY_ROLE_NISBA,
        [MZ_ROLE_KUNYA] = CLI_SAY_ROLE_KUNYA,
        [MZ_ROLE_ARTICLE] = CLI_SAY_ROLE_ARTICLE,
        [MZ_ROLE_PARTICLE] = CLI_SAY_ROLE_PARTICLE,
        [MZ_ROLE_TITLE] = CLI_SAY_ROLE_TITLE,
        [MZ_ROLE_SUFFIX] = CLI_SAY_ROLE_SUFFIX,
        [MZ_ROLE_INITIAL] = CLI_SAY_ROLE_INITIAL,
        [MZ_ROLE_GENERIC] = CLI_SAY_ROLE_GENERIC,
        [MZ_ROLE_ACTIVITY] = CLI_SAY_ROLE_ACTIVITY,
        [MZ_ROLE_PLACE] = CLI_SAY_ROLE_PLACE,
        [MZ_ROLE_LEGAL_FORM] = CLI_SAY_ROLE_LEGAL_FORM,
        [MZ_ROLE_NUMBER] = CLI_SAY_ROLE_NUMBER,
        [MZ_ROLE_UNUSED] = CLI_SAY_ROLE_UNUSED,
    };
    return cli_message_text(labels[role], language);
}

/* For pieces of which one side or both have no words of their own: what is said of the whole name. */
static cli_message wordless_message(const mz_evidence *evidence) {
    bool one_side = evidence->query.size || evidence->entity.size;
    cli_message message = message_of(evidence);
    if (evidence->rule == MZ_RULE_DIFFERENT) return one_side ? CLI_SAY_DIFFERENT_ONE : CLI_SAY_GENERAL_ONLY;
    if (one_side && evidence->rule == MZ_RULE_NUMBER) return CLI_SAY_NUMBER_ONE_SIDE;
    if (one_side && evidence->rule == MZ_RULE_LEGAL_FORM) return CLI_SAY_LEGAL_FORM_ONE_SIDE;
    if (one_side) return message;
    if (evidence->rule == MZ_RULE_MISSING || evidence->rule == MZ_RULE_EXTRA) return CLI_SAY_ONE_WORD;
    if (message == CLI_SAY_LEGAL_FORM_AGREES) return CLI_SAY_LEGAL_FORM_MET;
    if (message == CLI_SAY_LEGAL_FORM_DIFFERS) return CLI_SAY_LEGAL_FORM_NOT_MET;
    if (message == CLI_SAY_NUMBER_AGREES) return CLI_SAY_NUMBER_MET;
    if (message == CLI_SAY_NUMBER_DIFFERS) return CLI_SAY_NUMBER_NOT_MET;
    return message;
}

static bool said_by_role(const mz_evidence *evidence) {
    return evidence->rule == MZ_RULE_DIFFERENT && evidence->role != MZ_ROLE_NAME &&
           (evidence->query.size || evidence->entity.size);
}

static void say_words(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, const char *left,
                      const char *right) {
    bool both = evidence->query.size && evidence->entity.size;
    const char *role = cli_role_label(evidence->role, cli->language);
    if (evidence->rule == MZ_RULE_IDENTIFIER)
        CLI_SAY(out, cli->language, message_of(evidence), cli_property_label(evidence->property, cli->language), left,
                right);
    else if (said_by_role(evidence) && both)
        CLI_SAY(out, cli->language, CLI_SAY_ROLE_DIFFERS, role, left, right);
    else if (said_by_role(evidence))
        CLI_SAY(out, cli->language, CLI_SAY_ROLE_DIFFERS_ONE, role, *left ? left : right);
    else if (!both)
        CLI_SAY(out, cli->language, wordless_message(evidence), *left ? left : right);
    else
        CLI_SAY(out, cli->language, message_of(evidence), left, right);
}

void cli_evidence_words(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, bool roles) {
    mz_buffer query, entity;
    mz_buffer_init(&query, WORD_CEILING_BYTES);
    mz_buffer_init(&entity, WORD_CEILING_BYTES);
    cli_put_name(cli, &query, shown_value(cli, evidence->rule, evidence->query));
    cli_put_name(cli, &entity, shown_value(cli, evidence->rule, evidence->entity));
    say_words(cli, out, evidence, evidence->query.size ? query.data : "", evidence->entity.size ? entity.data : "");
    if (roles && evidence->role != MZ_ROLE_NAME && !said_by_role(evidence))
        mz_buffer_print(out, " (%s)", cli_role_label(evidence->role, cli->language));
    mz_buffer_done(&query);
    mz_buffer_done(&entity);
}

size_t cli_evidence_faced(const mz_evidence *evidence, size_t count, mz_evidence *ret_shown) {
    size_t query = count, entity = count, query_left = 0, entity_left = 0, shown = 0;
    for (size_t i = 0; i < count; i++) {
        if (evidence[i].rule != MZ_RULE_DIFFERENT) continue;
        if (evidence[i].query.size && !evidence[i].entity.size) query = i, query_left++;
        if (evidence[i].entity.size && !evidence[i].query.size) entity = i, entity_left++;
    }
    bool faced = query_left == 1 && entity_left == 1;
    for (size_t i = 0; i < count; i++) {
        if (faced && i == entity) continue;
        ret_shown[shown] = evidence[i];
        if (faced && i == query) {
            const mz_evidence *other = &evidence[entity];
            ret_shown[shown].entity = other->entity;
            ret_shown[shown].points += other->points;
            ret_shown[shown].taken += other->taken;
            ret_shown[shown].bits += other->bits;
            if (other->role != evidence[i].role) ret_shown[shown].role = MZ_ROLE_NAME;
        }
        shown++;
    }
    return shown;
}

/* Where a filled line stands. */
typedef struct filling {
    const cli_context *cli;
    mz_buffer *out;
    size_t indent, column;
} filling;

/* A piece behind the one before: a comma between them, a new line where it does not fit. */
static void put_piece(filling *line, const mz_buffer *piece) {
    size_t width = mz_display_width(mz_buffer_view(piece));
    if (line->column > line->indent) {
        const char *comma = line->cli->language == MZ_ARABIC ? "،" : ",";
        mz_buffer_append(line->out, comma, strlen(comma));
        line->column++;
        if (line->column + 1 + width + 1 > line->cli->width) {
            mz_buffer_print(line->out, "\n%*s", (int)line->indent, "");
            line->column = line->indent;
        } else {
            mz_buffer_char(line->out, ' ');
            line->column++;
        }
    }
    /* one column stays free for the comma behind it */
    line->column = cli_fill(line->out, mz_buffer_view(piece), (size_t)line->cli->width - 1, line->column, line->indent);
}

static void put_line(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count, size_t indent) {
    filling line = {cli, out, indent, indent};
    mz_buffer piece;
    mz_buffer_init(&piece, WORD_CEILING_BYTES);
    unsigned same = 0;
    for (size_t i = 0; i < count; i++) same += evidence[i].rule == MZ_RULE_SAME;
    if (same > 1) {
        char number[16];
        (void)snprintf(number, sizeof number, "%u", same);
        CLI_SAY(&piece, cli->language, CLI_SAY_SAME_WORDS, number);
        put_piece(&line, &piece);
    }
    for (size_t i = 0; i < count; i++) {
        if (same > 1 && evidence[i].rule == MZ_RULE_SAME) continue;
        mz_buffer_clear(&piece);
        cli_evidence_words(cli, &piece, &evidence[i], false);
        put_piece(&line, &piece);
    }
    mz_buffer_char(out, '\n');
    mz_buffer_done(&piece);
}

/* The pieces as they are shown, to be freed; none when memory ran out, and then the buffer has failed, too. */
static mz_evidence *shown_of(mz_buffer *out, const mz_evidence *evidence, size_t count, size_t *ret_count) {
    mz_evidence *shown = calloc(count + 1, sizeof *shown);
    if (!shown) out->failed = out->starved = true;
    *ret_count = shown ? cli_evidence_faced(evidence, count, shown) : 0;
    return shown;
}

void cli_evidence_line(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                       size_t indent) {
    size_t shown_count;
    mz_evidence *shown = shown_of(out, evidence, count, &shown_count);
    if (shown) put_line(cli, out, shown, shown_count, indent);
    free(shown);
}

void cli_put_figures(const cli_context *cli, mz_buffer *out, const char *format, ...) {
    char text[128];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t blanks = strspn(text, " "); /* outside, so that they pad and are not turned */
    mz_buffer_append(out, text, blanks);
    if (cli->language == MZ_ARABIC) mz_buffer_append(out, "\u2066", 3);
    mz_buffer_append(out, text + blanks, strlen(text + blanks));
    if (cli->language == MZ_ARABIC) mz_buffer_append(out, "\u2069", 3);
}

void cli_right_to_left(const cli_context *cli, mz_buffer *out, size_t from) {
    if (cli->language != MZ_ARABIC || out->failed || from >= out->size) return;
    mz_buffer lines;
    mz_buffer_init(&lines, out->ceiling);
    mz_str text = {out->data + from, out->size - from};
    for (size_t at = 0; at < text.size;) {
        const char *end = memchr(text.data + at, '\n', text.size - at);
        size_t size = end ? (size_t)(end - text.data) + 1 - at : text.size - at;
        if (text.data[at] != '\n') mz_buffer_append(&lines, "\u200F", 3);
        mz_buffer_append(&lines, text.data + at, size);
        at += size;
    }
    out->size = from;
    if (lines.failed)
        out->failed = out->starved = true;
    else
        mz_buffer_str(out, mz_buffer_view(&lines));
    mz_buffer_done(&lines);
}

/* ---- the table ---- */

/* What was printed so far. Bits are printed as differences of their rounded running sum, so that the column adds up to
 * the last line as it is printed; points are in whole millionths, which six decimals hold exactly. */
typedef struct sums {
    double score, bits;
} sums;

static void bar(const cli_context *cli, mz_buffer *out, double value, double per_block, bool against) {
    if (!cli->out_is_terminal) return;
    double blocks = fabs(value) / per_block;
    unsigned halves = blocks >= BAR_COLUMNS ? 2 * BAR_COLUMNS : (unsigned)lround(2 * blocks), columns = 0;
    if (cli->color && halves) mz_buffer_print(out, against ? "\033[31m" : "\033[32m");
    for (; columns < halves / 2; columns++) mz_buffer_append(out, "█", strlen("█"));
    if (halves % 2) {
        mz_buffer_append(out, "▌", strlen("▌"));
        columns++;
    }
    if (cli->color && halves) mz_buffer_print(out, "\033[0m");
    mz_buffer_print(out, "%*s", (int)(BAR_COLUMNS - columns), "");
}

static size_t figures_columns(const cli_context *cli) {
    return (size_t)(9 + 1 + 8 + 2 + (cli->out_is_terminal ? 2 * (BAR_COLUMNS + 1) : 0));
}

static void put_figures(const cli_context *cli, mz_buffer *out, double score, double bits, bool bars) {
    cli_put_figures(cli, out, "%+9.6f", score);
    mz_buffer_char(out, ' ');
    if (cli->out_is_terminal) {
        bar(cli, out, bars ? score : 0, TAKEN_PER_BLOCK, score < 0);
        mz_buffer_char(out, ' ');
    }
    cli_put_figures(cli, out, "%+8.2f", bits);
    mz_buffer_print(out, "  ");
    if (cli->out_is_terminal) {
        bar(cli, out, bars ? bits : 0, BITS_PER_BLOCK, bits < 0);
        mz_buffer_char(out, ' ');
    }
}

static double hundredths(double bits) {
    return floor(bits * 100 + 0.5) / 100;
}

static void table_line(const cli_context *cli, mz_buffer *out, const mz_buffer *words, size_t indent) {
    size_t column = indent + figures_columns(cli);
    (void)cli_fill(out, mz_buffer_view(words), cli->width, column, column);
    mz_buffer_char(out, '\n');
}

static void table_piece(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t indent,
                        sums *so_far) {
    mz_buffer words;
    double bits = hundredths(so_far->bits + evidence->bits) - hundredths(so_far->bits);
    mz_buffer_init(&words, WORD_CEILING_BYTES);
    cli_evidence_words(cli, &words, evidence, true);
    mz_buffer_print(out, "%*s", (int)indent, "");
    /* nothing taken is nothing, not minus nothing */
    put_figures(cli, out, evidence->taken > 0 || evidence->taken < 0 ? -evidence->taken : 0, bits, true);
    table_line(cli, out, &words, indent);
    so_far->score -= evidence->taken;
    so_far->bits += evidence->bits;
    mz_buffer_done(&words);
}

static void heading(const cli_context *cli, mz_buffer *out, cli_message message, size_t width, size_t behind) {
    mz_str text = mz_str_of(cli_message_text(message, cli->language));
    for (size_t have = mz_display_width(text); have < width; have++) mz_buffer_char(out, ' ');
    mz_buffer_str(out, text);
    mz_buffer_print(out, "%*s", (int)(behind + (cli->out_is_terminal ? BAR_COLUMNS + 1 : 0)), "");
}

static void table(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count, size_t indent) {
    bool by_names = false;
    for (size_t i = 0; i < count; i++) by_names |= mz_property_kind(evidence[i].property) == MZ_TYPE_NAME;
    sums so_far = {.score = by_names ? 1 : 0};
    mz_buffer_print(out, "%*s", (int)indent, "");
    heading(cli, out, CLI_SAY_SCORE, 9, 1);
    heading(cli, out, CLI_SAY_BITS_HEADING, 8, 2);
    mz_buffer_print(out, "%s\n", cli_message_text(CLI_SAY_EVIDENCE, cli->language));
    if (by_names) {
        mz_buffer_print(out, "%*s", (int)indent, "");
        put_figures(cli, out, 1, 0, false);
        mz_buffer_print(out, "%s\n", cli_message_text(CLI_SAY_WHOLE, cli->language));
    }
    for (size_t i = 0; i < count; i++) table_piece(cli, out, &evidence[i], indent, &so_far);
    mz_buffer_print(out, "%*s", (int)indent, "");
    put_figures(cli, out, so_far.score, hundredths(so_far.bits), false);
    mz_buffer_print(out, "%s\n", cli_message_text(CLI_SAY_SUM, cli->language));
}

void cli_evidence_table(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                        size_t indent) {
    size_t shown_count;
    mz_evidence *shown = shown_of(out, evidence, count, &shown_count);
    if (shown) table(cli, out, shown, shown_count, indent);
    free(shown);
}
