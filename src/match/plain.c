#include "match/plain.h"

#include "base/error.h"
#include "names/lexicon.h"

#include <stdlib.h>
#include <xxhash.h>

static int by_bytes(const void *left, const void *right) {
    return mz_str_order(*(const mz_str *)left, *(const mz_str *)right);
}

/* How rare a word is, as in parsed names. */
static uint8_t bits_of(mz_str folded) {
    mz_lexeme lexeme = mz_lexicon_find(folded);
    if (lexeme.kinds & (MZ_LEXICON_ARTICLE | MZ_LEXICON_PARTICLE)) return 1;
    return (uint8_t)(lexeme.bits ? lexeme.bits : 16);
}

mz_status mz_plain_read(mz_algorithm algorithm, mz_str text, mz_arena *arena, mz_arena *scratch,
                        mz_plain_name *ret_name, mz_error *error) {
    mz_word *found;
    size_t count;
    bool cut;
    mz_status status = mz_text_words(text, arena, MZ_NAME_WORDS_MOST, &found, &count, &cut, error);
    if (status) return status;
    mz_name_word *words = MZ_ARENA_NEW(arena, count + 1, mz_name_word);
    mz_str *sorted = MZ_ARENA_NEW(arena, count + 1, mz_str);
    if (!words || !sorted) return mz_fail_arena(arena, error, "a name");
    for (size_t i = 0; i < count; i++) {
        words[i] = (mz_name_word){.folded = found[i].folded,
                                  .original = found[i].original,
                                  .script = (uint8_t)found[i].script,
                                  .class = MZ_WORD_PLAIN,
                                  .weight = MZ_WEIGHT_FULL,
                                  .bits = bits_of(found[i].folded)};
        sorted[i] = found[i].folded;
    }
    qsort(sorted, count, sizeof *sorted, by_bytes);
    ret_name->name = (mz_name){
        .text = text, .words = words, .count = count, .weight = (uint32_t)(count * MZ_WEIGHT_FULL), .cut = cut};
    ret_name->sorted = sorted;
    ret_name->ofac = (mz_ofac_name){.part_count = 0};
    return algorithm == MZ_ALGORITHM_OFAC ? mz_ofac_prepare(text, scratch, arena, &ret_name->ofac, error) : MZ_OK;
}

uint64_t mz_plain_key(const mz_plain_name *name) {
    uint64_t key = name->name.count;
    for (size_t i = 0; i < name->name.count; i++)
        key = XXH3_64bits_withSeed(name->sorted[i].data, name->sorted[i].size, key);
    return key;
}

/* ---- exact ---- */

static bool same_words(const mz_plain_name *a, const mz_plain_name *b) {
    if (a->name.count != b->name.count || a->name.cut != b->name.cut) return false;
    for (size_t i = 0; i < a->name.count; i++)
        if (!mz_str_equal(a->sorted[i], b->sorted[i])) return false;
    return a->name.count > 0;
}

/* The listed name's word that is the query's: that at the same place, else the first that is left. */
static size_t partner(const mz_plain_name *query, const mz_plain_name *listed, size_t i, const bool *taken) {
    mz_str word = query->name.words[i].folded;
    if (!taken[i] && mz_str_equal(listed->name.words[i].folded, word)) return i;
    for (size_t j = 0; j < listed->name.count; j++)
        if (!taken[j] && mz_str_equal(listed->name.words[j].folded, word)) return j;
    return i;
}

static bool score_exactly(const mz_prices *prices, const mz_plain_name *query, const mz_plain_name *listed,
                          mz_name_score *score) {
    bool taken[MZ_NAME_WORDS_MOST] = {false}, in_order = true;
    if (!same_words(query, listed)) return false;
    for (size_t i = 0; i < query->name.count; i++) {
        size_t j = partner(query, listed, i, taken);
        taken[j] = true;
        in_order &= i == j;
        score->pieces[score->piece_count++] = (mz_piece){.rule = MZ_RULE_SAME,
                                                         .query_first = (uint8_t)i,
                                                         .query_count = 1,
                                                         .entity_first = (uint8_t)j,
                                                         .entity_count = 1,
                                                         .likeness = MZ_LIKENESS_SAME,
                                                         .bits = query->name.words[i].bits,
                                                         .share = 1.0 / (double)query->name.count};
        score->bits += query->name.words[i].bits;
    }
    if (in_order) return true;
    score->pieces[score->piece_count++] = (mz_piece){.rule = MZ_RULE_ORDER, .cost = prices->order};
    score->cost = prices->order;
    return true;
}

/* ---- ofac ---- */

/* A cost whose score is so many percent, from the middle of all that have it. */
static double cost_of_percent(unsigned percent) {
    uint32_t score = percent * (MZ_SCORE_UNIT / 100);
    return percent >= 100 ? 0 : (mz_cost_from_score(score) + mz_cost_from_score(score + 1)) / 2;
}

/* Words of a name that a piece may speak of. */
static void set_words(const mz_name *name, size_t first, size_t count, uint8_t *ret_first, uint8_t *ret_count) {
    if (first >= name->count) return;
    *ret_first = (uint8_t)first;
    *ret_count = (uint8_t)(count < name->count - first ? count : name->count - first);
}

static double rarity(const mz_name *name, size_t first, size_t count) {
    double bits = 0;
    for (size_t i = first; i < first + count; i++) bits += name->words[i].bits;
    return bits;
}

static bool same_letters(const mz_ofac_name *a, size_t a_first, size_t a_count, const mz_ofac_name *b, size_t b_first,
                         size_t b_count) {
    return a_count == b_count && memcmp(a->letters + a_first, b->letters + b_first, a_count * sizeof *a->letters) == 0;
}

static mz_piece piece_of_whole(const mz_plain_name *query, const mz_plain_name *listed) {
    const mz_ofac_name *a = &query->ofac, *b = &listed->ofac;
    bool same = same_letters(a, 0, a->letter_count, b, 0, b->letter_count);
    mz_piece piece = {.rule = same ? MZ_RULE_JOINED : MZ_RULE_SPELLING, .share = 1};
    set_words(&query->name, 0, query->name.count, &piece.query_first, &piece.query_count);
    set_words(&listed->name, 0, listed->name.count, &piece.entity_first, &piece.entity_count);
    return piece;
}

static mz_piece piece_of_part(const mz_plain_name *query, const mz_plain_name *listed, const mz_ofac_meeting *met) {
    const mz_ofac_part *part = &query->ofac.parts[met->query_part];
    mz_piece piece = {.rule = MZ_RULE_MISSING, .likeness = (uint16_t)(10 * met->score)};
    set_words(&query->name, part->first_word, part->word_count, &piece.query_first, &piece.query_count);
    if (met->listed_part == MZ_OFAC_NO_PART) return piece;
    const mz_ofac_part *other = &listed->ofac.parts[met->listed_part];
    bool same = same_letters(&query->ofac, part->first, part->count, &listed->ofac, other->first, other->count);
    piece.rule = same ? MZ_RULE_SAME : MZ_RULE_SPELLING;
    set_words(&listed->name, other->first_word, other->word_count, &piece.entity_first, &piece.entity_count);
    return piece;
}

static double bits_of_piece(const mz_plain_name *query, const mz_plain_name *listed, const mz_piece *piece,
                            unsigned percent) {
    double left = rarity(&query->name, piece->query_first, piece->query_count);
    double right = rarity(&listed->name, piece->entity_first, piece->entity_count);
    double least = left < right ? left : right;
    return percent > 50 ? least * (percent - 50) / 50 : 0;
}

/* What the score lacks to a hundred percent is spread over the parts by what each lacks. */
static bool score_as_portal(const mz_plain_name *query, const mz_plain_name *listed, mz_name_score *score) {
    mz_ofac_account account;
    unsigned percent = mz_ofac_account_for(&query->ofac, &listed->ofac, &account), lacking = 0;
    if (!percent) return false;
    score->cost = cost_of_percent(percent);
    if (account.by_whole) {
        mz_piece piece = piece_of_whole(query, listed);
        piece.cost = score->cost;
        piece.bits = score->bits = bits_of_piece(query, listed, &piece, percent);
        score->pieces[score->piece_count++] = piece;
        return true;
    }
    for (size_t m = 0; m < account.meeting_count; m++) lacking += 100u - account.meetings[m].score;
    for (size_t m = 0; m < account.meeting_count; m++) {
        const mz_ofac_meeting *met = &account.meetings[m];
        mz_piece piece = piece_of_part(query, listed, met);
        piece.share = 1.0 / (double)account.meeting_count;
        piece.cost = lacking ? score->cost * (100u - met->score) / lacking : 0;
        piece.bits = bits_of_piece(query, listed, &piece, met->score);
        score->bits += piece.bits;
        score->pieces[score->piece_count++] = piece;
    }
    return true;
}

bool mz_plain_score(mz_algorithm algorithm, const mz_prices *prices, const mz_plain_name *query,
                    const mz_plain_name *listed, mz_name_score *ret_score) {
    ret_score->cost = ret_score->bits = 0;
    ret_score->piece_count = 0;
    switch (algorithm) {
    case MZ_ALGORITHM_EXACT: return score_exactly(prices, query, listed, ret_score);
    case MZ_ALGORITHM_OFAC: return score_as_portal(query, listed, ret_score);
    case MZ_ALGORITHM_MIZAN_1:
    case MZ_ALGORITHM_COUNT: break;
    }
    return false;
}

void mz_plain_prices(mz_algorithm algorithm, mz_prices *prices) {
    if (algorithm == MZ_ALGORITHM_OFAC) *prices = (mz_prices){0};
}
