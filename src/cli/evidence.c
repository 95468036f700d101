#include "cli/evidence.h"

#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WORD_CEILING_BYTES = 64 * 1024 };

static bool right_to_left(mz_str text) {
    size_t at = 0;
    for (uint32_t c; mz_utf8_next(text, &at, &c);) {
        mz_script script = mz_script_of(c);
        if (script == MZ_SCRIPT_ARABIC || script == MZ_SCRIPT_HEBREW || script == MZ_SCRIPT_THAANA) return true;
    }
    return false;
}

void cli_put_name(const cli_context *cli, mz_buffer *out, mz_str name) {
    bool isolate = cli->out_is_terminal && (cli->language == MZ_ARABIC || right_to_left(name));
    if (isolate) mz_buffer_append(out, "\u2068", 3);
    cli_put_safe(out, name);
    if (isolate) mz_buffer_append(out, "\u2069", 3);
}

void cli_put_score(mz_buffer *out, double score) {
    /* the half-step keeps 0.93 from becoming 0.929 where it has no exact double */
    mz_buffer_print(out, "%.3f", floor(score * 1000.0 + 1e-7) / 1000.0);
}

/* A country's name for its code, else what was written. */
static mz_str country_name(const cli_context *cli, mz_str code) {
    const char *name = mz_country_name(code, cli->language);
    return name ? mz_str_of(name) : code;
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
    case MZ_RULE_SAME: return CLI_SAY_SAME_WORD;
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

/* For pieces of which one side or both have no words of their own: what is said of the whole name. */
static cli_message wordless_message(const mz_evidence *evidence) {
    bool one_side = evidence->query.size || evidence->entity.size;
    cli_message message = message_of(evidence);
    if (evidence->rule == MZ_RULE_DIFFERENT) return one_side ? CLI_SAY_DIFFERENT_ONE : CLI_SAY_GENERAL_ONLY;
    if (one_side) return message;
    if (evidence->rule == MZ_RULE_MISSING || evidence->rule == MZ_RULE_EXTRA) return CLI_SAY_ONE_WORD;
    if (message == CLI_SAY_LEGAL_FORM_AGREES) return CLI_SAY_LEGAL_FORM_MET;
    if (message == CLI_SAY_LEGAL_FORM_DIFFERS) return CLI_SAY_LEGAL_FORM_NOT_MET;
    if (message == CLI_SAY_NUMBER_AGREES) return CLI_SAY_NUMBER_MET;
    if (message == CLI_SAY_NUMBER_DIFFERS) return CLI_SAY_NUMBER_NOT_MET;
    return message;
}

void cli_evidence_words(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence) {
    mz_buffer query, entity;
    mz_buffer_init(&query, WORD_CEILING_BYTES);
    mz_buffer_init(&entity, WORD_CEILING_BYTES);
    bool country = evidence->rule == MZ_RULE_COUNTRY;
    cli_put_name(cli, &query, country ? country_name(cli, evidence->query) : evidence->query);
    cli_put_name(cli, &entity, country ? country_name(cli, evidence->entity) : evidence->entity);
    const char *left = query.data ? query.data : "", *right = entity.data ? entity.data : "";
    bool both = evidence->query.size && evidence->entity.size;
    if (evidence->rule == MZ_RULE_IDENTIFIER)
        CLI_SAY(out, cli->language, message_of(evidence), mz_property_name(evidence->property), left, right);
    else if (!both)
        CLI_SAY(out, cli->language, wordless_message(evidence), *left ? left : right);
    else
        CLI_SAY(out, cli->language, message_of(evidence), left, right);
    mz_buffer_done(&query);
    mz_buffer_done(&entity);
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

void cli_evidence_line(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                       size_t indent) {
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
        cli_evidence_words(cli, &piece, &evidence[i]);
        put_piece(&line, &piece);
    }
    mz_buffer_char(out, '\n');
    mz_buffer_done(&piece);
}

static void table_row(mz_buffer *out, size_t indent, double points, double bits) {
    mz_buffer_print(out, "%*s%+10.6f  %+8.2f  ", (int)indent, "", points, bits);
}

static void heading(mz_buffer *out, mz_language language, cli_message message, size_t width) {
    mz_str text = mz_str_of(cli_message_text(message, language));
    for (size_t have = mz_display_width(text); have < width; have++) mz_buffer_char(out, ' ');
    mz_buffer_str(out, text);
    mz_buffer_append(out, "  ", 2);
}

void cli_evidence_table(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                        size_t indent) {
    double points = 0, bits = 0;
    mz_buffer_print(out, "%*s", (int)indent, "");
    heading(out, cli->language, CLI_SAY_POINTS, 10);
    heading(out, cli->language, CLI_SAY_BITS_HEADING, 8);
    mz_buffer_print(out, "%s\n", cli_message_text(CLI_SAY_EVIDENCE, cli->language));
    for (size_t i = 0; i < count; i++) {
        table_row(out, indent, evidence[i].points, evidence[i].bits);
        cli_evidence_words(cli, out, &evidence[i]);
        mz_buffer_char(out, '\n');
        points += evidence[i].points;
        bits += evidence[i].bits;
    }
    table_row(out, indent, points, bits);
    mz_buffer_print(out, "%s\n", cli_message_text(CLI_SAY_SUM, cli->language));
}
