/* An explanation for a person to read: the two names, how they were read, what met what, and what it comes to. */
#include "cli/explain.h"

#include "base/error.h"
#include "cli/evidence.h"
#include "cli/screen.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_GAP = 2, INDENT = 2, WIDEST_CELL = 26, CELLS = 4, SMALL_BYTES = 64 * 1024, TEXT_BYTES = 4 << 20 };

/* What a piece must take from the score to be said to speak against it. */
static const double WORTH_SAYING = 0.03;

/* ---- what it comes to ---- */

typedef struct sentence_writer {
    const cli_context *cli;
    const mz_explanation *of;
    mz_buffer *out;
} sentence_writer;

static void say_alert(const sentence_writer *w) {
    mz_buffer score, threshold;
    mz_buffer_init(&score, SMALL_BYTES);
    mz_buffer_init(&threshold, SMALL_BYTES);
    cli_put_figures(w->cli, &score, "%.3f", cli_score_shown(w->of->score));
    cli_put_figures(w->cli, &threshold, "%.3f", cli_score_shown(w->of->threshold));
    CLI_SAY(w->out, w->cli->language, w->of->alert ? CLI_SAY_WOULD_ALERT : CLI_SAY_WOULD_NOT_ALERT,
            score.data ? score.data : "", threshold.data ? threshold.data : "");
    mz_buffer_char(w->out, '\n');
    mz_buffer_done(&score);
    mz_buffer_done(&threshold);
}

/* A sentence about one piece, with its figure. */
static void say_piece(const sentence_writer *w, cli_message message, const mz_evidence *piece, double figure,
                      int decimals) {
    mz_buffer words, number;
    mz_buffer_init(&words, TEXT_BYTES);
    mz_buffer_init(&number, SMALL_BYTES);
    cli_evidence_words(w->cli, &words, piece, true);
    cli_put_figures(w->cli, &number, "%.*f", decimals, figure);
    CLI_SAY(w->out, w->cli->language, message, words.data ? words.data : "", number.data ? number.data : "");
    mz_buffer_char(w->out, '\n');
    mz_buffer_done(&words);
    mz_buffer_done(&number);
}

static void say_for_and_against(const sentence_writer *w) {
    size_t count = w->of->evidence_count;
    mz_evidence *shown = calloc(count + 1, sizeof *shown);
    if (!shown) {
        w->out->failed = w->out->starved = true;
        return;
    }
    count = cli_evidence_faced(w->of->evidence, count, shown);
    const mz_evidence *most = NULL, *least = NULL;
    for (size_t i = 0; i < count; i++) {
        if (shown[i].bits > 0 && (!most || shown[i].bits > most->bits)) most = &shown[i];
        if (!least || shown[i].taken > least->taken) least = &shown[i];
    }
    if (most) say_piece(w, CLI_SAY_MOST_FOR, most, most->bits, 1);
    if (least && least->taken >= WORTH_SAYING)
        say_piece(w, CLI_SAY_MOST_AGAINST, least, least->taken, 3);
    else
        CLI_SAY(w->out, w->cli->language, CLI_SAY_NOTHING_AGAINST, NULL), mz_buffer_char(w->out, '\n');
    free(shown);
}

static void say_number(const sentence_writer *w, cli_message message, size_t first, size_t second) {
    char a[32], b[32];
    (void)snprintf(a, sizeof a, "%zu", first);
    (void)snprintf(b, sizeof b, "%zu", second);
    CLI_SAY(w->out, w->cli->language, message, a, b);
    mz_buffer_char(w->out, '\n');
}

static void say_place(const sentence_writer *w) {
    if (w->of->rank)
        say_number(w, CLI_SAY_HIT_RANK, w->of->rank, w->of->hits);
    else if (w->of->alert)
        say_number(w, CLI_SAY_BEYOND_BEST, MZ_RANKS, w->of->hits);
    else
        say_number(w, CLI_SAY_BELOW_HITS, w->of->hits, 0);
}

/* Why nothing met. */
static void say_no_meeting(const sentence_writer *w) {
    const mz_hit *hit = w->of->hit;
    mz_language language = w->cli->language;
    static const cli_message two_names[MZ_ALGORITHM_COUNT] = {[MZ_ALGORITHM_MIZAN_1] = CLI_SAY_NO_MEETING,
                                                              [MZ_ALGORITHM_EXACT] = CLI_SAY_NO_MEETING_EXACT,
                                                              [MZ_ALGORITHM_OFAC] = CLI_SAY_NO_MEETING_OFAC};
    if (!hit)
        CLI_SAY(w->out, language, two_names[w->of->algorithm], NULL);
    else if (!mz_schema_comparable(w->of->schema, hit->entity.schema))
        CLI_SAY(w->out, language, CLI_SAY_NOT_COMPARED, cli_schema_label(w->of->schema, language),
                cli_schema_label(hit->entity.schema, language));
    else {
        say_number(w, CLI_SAY_NO_NAME_MEETS, w->of->name_count, 0);
        return;
    }
    mz_buffer_char(w->out, '\n');
}

void cli_explain_sentences(const cli_context *cli, const mz_explanation *explanation, mz_buffer *out) {
    sentence_writer w = {cli, explanation, out};
    bool met = explanation->score > 0;
    say_alert(&w);
    if (met)
        say_for_and_against(&w);
    else
        say_no_meeting(&w);
    if (explanation->hit) say_place(&w);
    if (explanation->not_done.size) {
        mz_buffer what;
        mz_buffer_init(&what, SMALL_BYTES);
        cli_put_safe(&what, explanation->not_done);
        CLI_SAY(out, cli->language, CLI_SAY_NOT_SCREENED, what.data ? what.data : "");
        mz_buffer_char(out, '\n');
        mz_buffer_done(&what);
    }
}

static void words_of_evidence(const mz_words_of *words, const mz_evidence *evidence, mz_buffer *out) {
    cli_evidence_words(words->context, out, evidence, true);
}

static void words_of_all(const mz_words_of *words, const mz_explanation *explanation, mz_buffer *out) {
    cli_explain_sentences(words->context, explanation, out);
}

mz_words_of cli_words_of(const cli_context *cli) {
    return (mz_words_of){.evidence = words_of_evidence, .sentences = words_of_all, .context = cli};
}

/* ---- the names ---- */

static size_t label_columns(mz_language language) {
    static const cli_message labels[] = {CLI_SAY_QUERY, CLI_SAY_LISTED_NAME, CLI_SAY_ENTITY, CLI_SAY_SCORE,
                                         CLI_SAY_WEIGHT};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t width = mz_display_width(mz_str_of(cli_message_text(labels[i], language)));
        if (width > widest) widest = width;
    }
    return widest + LABEL_GAP;
}

static void label(const cli_context *cli, mz_buffer *out, cli_message message) {
    mz_str text = mz_str_of(cli_message_text(message, cli->language));
    mz_buffer_str(out, text);
    for (size_t width = mz_display_width(text); width < label_columns(cli->language); width++) mz_buffer_char(out, ' ');
}

static void labelled_name(const cli_context *cli, mz_buffer *out, cli_message message, mz_str name) {
    label(cli, out, message);
    cli_put_name(cli, out, name);
    mz_buffer_char(out, '\n');
}

static void show_heading(const cli_context *cli, const mz_explanation *of, mz_buffer *out) {
    labelled_name(cli, out, CLI_SAY_QUERY, of->query);
    if (of->listed.size || !of->hit) labelled_name(cli, out, CLI_SAY_LISTED_NAME, of->listed);
    if (of->hit) {
        const mz_index_entry *entity = &of->hit->entity;
        label(cli, out, CLI_SAY_ENTITY);
        cli_put_name(cli, out, entity->caption);
        mz_buffer_print(out, "  ");
        cli_put_name(cli, out, entity->id);
        if (entity->reference.size) mz_buffer_print(out, "  ");
        cli_put_name(cli, out, entity->reference);
        mz_buffer_print(out, "  %s\n", cli_schema_label(entity->schema, cli->language));
    }
    label(cli, out, CLI_SAY_SCORE);
    cli_put_figures(cli, out, "%.3f", cli_score_shown(of->score));
    mz_buffer_char(out, '\n');
    label(cli, out, CLI_SAY_WEIGHT);
    char bits[32];
    (void)snprintf(bits, sizeof bits, "%.1f", of->weight);
    CLI_SAY(out, cli->language, CLI_SAY_BITS, bits);
    mz_buffer_char(out, '\n');
}

/* ---- how they were read ---- */

/* A row of the readings: cells that are too wide for their column go on in the next line, under their heading. */
typedef struct cells {
    mz_buffer text[CELLS];
} cells;

static void cells_of(const cli_context *cli, const mz_reading_word *word, cells *row) {
    cli_put_name(cli, &row->text[0], word->written);
    mz_buffer_print(&row->text[1], "%s", cli_role_label(word->role, cli->language));
    cli_put_name(cli, &row->text[2], word->normal);
    cli_put_name(cli, &row->text[3], word->sounds);
}

static void clear_cells(cells *row) {
    for (size_t c = 0; c < CELLS; c++) mz_buffer_clear(&row->text[c]);
}

static size_t cell_width(const cells *row, size_t c) {
    return mz_display_width(mz_buffer_view(&row->text[c]));
}

static void put_cells(mz_buffer *out, const cells *row, const size_t *widths) {
    size_t column = INDENT, due = INDENT;
    mz_buffer_print(out, "%*s", INDENT, "");
    for (size_t c = 0; c < CELLS; c++) {
        size_t width = cell_width(row, c);
        if (width == 0 && c + 1 == CELLS) break;
        if (column > due) {
            mz_buffer_print(out, "\n%*s", (int)due, "");
            column = due;
        }
        mz_buffer_print(out, "%*s", (int)(due - column), "");
        mz_buffer_str(out, mz_buffer_view(&row->text[c]));
        column = due + width + LABEL_GAP;
        due += widths[c] + LABEL_GAP;
        if (c + 1 < CELLS) mz_buffer_print(out, "%*s", LABEL_GAP, "");
    }
    while (out->size && out->data[out->size - 1] == ' ') out->size--;
    mz_buffer_char(out, '\n');
}

static void headings(const cli_context *cli, cells *row) {
    static const cli_message names[CELLS] = {CLI_SAY_COLUMN_WORD, CLI_SAY_COLUMN_ROLE, CLI_SAY_COLUMN_NORMAL,
                                             CLI_SAY_COLUMN_SOUND};
    for (size_t c = 0; c < CELLS; c++) mz_buffer_print(&row->text[c], "%s", cli_message_text(names[c], cli->language));
}

static void widen(const cells *row, size_t *widths) {
    for (size_t c = 0; c < CELLS; c++) {
        size_t width = cell_width(row, c);
        if (width > widths[c]) widths[c] = width < WIDEST_CELL ? width : WIDEST_CELL;
    }
}

static const char *culture_label(mz_culture culture, mz_language language) {
    static const cli_message labels[MZ_CULTURE_COUNT] = {
#define MZ_X(constant, name) [MZ_CULTURE_##constant] = CLI_SAY_CULTURE_##constant,
        MZ_CULTURES(MZ_X)
#undef MZ_X
    };
    return cli_message_text(labels[culture], language);
}

static void show_reading(const cli_context *cli, mz_buffer *out, cli_message whose, const mz_reading *reading,
                         const size_t *widths, cells *row) {
    const char *comma = cli->language == MZ_ARABIC ? "، " : ", ";
    mz_buffer_print(
        out, "\n%s%s%s", cli_message_text(whose, cli->language), comma,
        cli_message_text(reading->organisation ? CLI_SAY_READ_AS_OTHER : CLI_SAY_READ_AS_PERSON, cli->language));
    if (!reading->organisation) mz_buffer_print(out, "%s%s", comma, culture_label(reading->culture, cli->language));
    if (reading->cut) mz_buffer_print(out, "%s%s", comma, cli_message_text(CLI_SAY_NAME_CUT, cli->language));
    if (!reading->word_count) mz_buffer_print(out, "%s%s", comma, cli_message_text(CLI_SAY_NO_WORD, cli->language));
    mz_buffer_char(out, '\n');
    if (!reading->word_count) return;
    clear_cells(row);
    headings(cli, row);
    put_cells(out, row, widths);
    for (size_t i = 0; i < reading->word_count; i++) {
        clear_cells(row);
        cells_of(cli, &reading->words[i], row);
        put_cells(out, row, widths);
    }
}

static void show_both_readings(const cli_context *cli, mz_buffer *out, const mz_reading *query,
                               const mz_reading *listed) {
    size_t widths[CELLS] = {0};
    cells row;
    for (size_t c = 0; c < CELLS; c++) mz_buffer_init(&row.text[c], SMALL_BYTES);
    headings(cli, &row);
    widen(&row, widths);
    for (size_t k = 0; k < 2; k++) {
        const mz_reading *reading = k ? listed : query;
        for (size_t i = 0; reading && i < reading->word_count; i++) {
            clear_cells(&row);
            cells_of(cli, &reading->words[i], &row);
            widen(&row, widths);
        }
    }
    show_reading(cli, out, CLI_SAY_QUERY, query, widths, &row);
    if (listed) show_reading(cli, out, CLI_SAY_LISTED_NAME, listed, widths, &row);
    for (size_t c = 0; c < CELLS; c++) mz_buffer_done(&row.text[c]);
}

static mz_status show_readings(const cli_context *cli, mz_buffer *out, const mz_explanation *of, mz_error *error) {
    mz_schema schema = of->organisation ? MZ_SCHEMA_Organization : MZ_SCHEMA_Person;
    mz_reading *query, *listed = NULL;
    mz_status status = mz_reading_new(schema, of->query, &query, error);
    if (status) return status;
    if (of->listed.size || !of->hit) status = mz_reading_new(schema, of->listed, &listed, error);
    if (!status) show_both_readings(cli, out, query, listed);
    mz_reading_free(query);
    mz_reading_free(listed);
    return status;
}

/* ---- all of it ---- */

static void show_sentences(const cli_context *cli, mz_buffer *out, const mz_explanation *of) {
    mz_buffer text;
    mz_buffer_init(&text, TEXT_BYTES);
    cli_explain_sentences(cli, of, &text);
    mz_str all = mz_buffer_view(&text);
    mz_buffer_char(out, '\n');
    for (size_t at = 0; at < all.size;) {
        const char *end = memchr(all.data + at, '\n', all.size - at);
        size_t size = end ? (size_t)(end - all.data) - at : all.size - at;
        (void)cli_fill(out, (mz_str){all.data + at, size}, cli->width, 0, 0);
        mz_buffer_char(out, '\n');
        at += size + 1;
    }
    mz_buffer_done(&text);
}

mz_status cli_explain_show(cli_context *cli, const mz_explanation *explanation, mz_error *error) {
    mz_buffer *out = &cli->out.text;
    size_t from = out->size;
    show_heading(cli, explanation, out);
    mz_status status = show_readings(cli, out, explanation, error);
    if (status) {
        out->size = from;
        return status;
    }
    if (explanation->evidence_count) {
        mz_buffer_char(out, '\n');
        cli_evidence_table(cli, out, explanation->evidence, explanation->evidence_count, 0);
    }
    show_sentences(cli, out, explanation);
    cli_right_to_left(cli, out, from);
    return MZ_OK;
}
