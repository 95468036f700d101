/* Scoring every name: the words first, each once, then a look at each name that costs a byte a word.
 *
 * What a name must have to be scored, from the scorer's own rules:
 *  - Two words meet only where their likeness is not 0, and in earnest only in a word of the query that decides and not
 *    by an initial (mz_name_word_decides); a query of nothing but words that do not decide is met in any of them.
 *  - A join meets a word only when both have the same consonants. Those of words written together begin with those of
 *    the first and end with those of the last, so that a word of the name begins a join only when its own are the
 *    beginning of those of a word of the query, and ends one only when they are their end. Longer ones than a skeleton
 *    has place for are not told apart here.
 *  - A word of the name meets a join of the query's words when it has the consonants of that join.
 *  - Acronyms are met by their keys: by a word of the name that has one of the query's, and by a name whose words begin
 *    with the letters of a word of the query, the first of which may be left out when it is an article or a particle.
 */
#include "screen/exhaustive.h"

#include "base/error.h"
#include "match/name_score.h"
#include "names/acronym.h"
#include "screen/all_words.h"

#include <stdlib.h>

enum { SKELETON_NIBBLES_MOST = 15, JOINS_OF_WORD_MOST = 3 };

/* What a word of the image is to the query in hand. */
enum {
    MEETS = 1,           /* in earnest */
    BEGINS_JOIN = 2,     /* of words of the name */
    ENDS_JOIN = 4,       /* the same */
    IS_JOIN = 8,         /* of the query's words, or an acronym of its name */
    BEGINS_INITIALS = 16 /* of a name that a word of the query may be the acronym of */
};

struct mz_exhaustive {
    const mz_index *index;
    mz_all_words *words;
    const mz_name *query;
    uint8_t *marks;                                          /* by word */
    uint16_t *likeness[MZ_NAME_WORDS_MOST];                  /* by word; NULL until used */
    uint64_t joins[JOINS_OF_WORD_MOST * MZ_NAME_WORDS_MOST]; /* consonants of the joins of the query's words */
    size_t join_count;
    uint64_t acronyms[MZ_ACRONYMS_MOST]; /* of the query's name */
    size_t acronym_count;
    uint64_t meant[MZ_NAME_WORDS_MOST]; /* the query's words as acronyms; 0: can be none */
    size_t fewest_letters;              /* of those; 0: there are none */
    bool initials;                      /* the query has no word that decides */
};

mz_status mz_exhaustive_new(const mz_index *index, mz_exhaustive **ret_exhaustive, mz_error *error) {
    mz_exhaustive *x = calloc(1, sizeof *x);
    if (!x) return mz_fail_memory(error);
    x->index = index;
    x->marks = malloc((size_t)index->word_count + 1);
    mz_status status = x->marks ? mz_all_words_new(index, &x->words, error) : mz_fail_memory(error);
    if (status) {
        mz_exhaustive_free(x);
        return status;
    }
    *ret_exhaustive = x;
    return MZ_OK;
}

void mz_exhaustive_free(mz_exhaustive *x) {
    if (!x) return;
    for (size_t i = 0; i < MZ_NAME_WORDS_MOST; i++) free(x->likeness[i]);
    free(x->marks);
    mz_all_words_free(x->words);
    free(x);
}

/* ---- the query ---- */

static void add_join(mz_exhaustive *x, const mz_name_word *const *parts, size_t count) {
    uint64_t skeleton = mz_join_skeleton(parts, count);
    if (skeleton) x->joins[x->join_count++] = skeleton;
}

static void take_joins(mz_exhaustive *x) {
    const mz_name *query = x->query;
    x->join_count = 0;
    for (size_t size = 2; size <= 3; size++)
        for (size_t i = 0; i + size <= query->count; i++) {
            const mz_name_word *const parts[3] = {&query->words[i], &query->words[i + 1], &query->words[i + size - 1]};
            add_join(x, parts, size);
        }
    if (query->count != 2) return;
    const mz_name_word *const turned[2] = {&query->words[1], &query->words[0]};
    add_join(x, turned, 2);
}

static void take_acronyms(mz_exhaustive *x) {
    const mz_name *query = x->query;
    x->acronym_count = mz_acronyms_of_name(query, x->acronyms);
    x->fewest_letters = 0;
    for (size_t i = 0; i < query->count; i++) {
        const mz_name_word *word = &query->words[i];
        bool meant = query->organisation && !word->capitalised;
        x->meant[i] = meant ? mz_acronym_of_word(word) : 0;
        size_t letters = x->meant[i] ? mz_acronym_letters(word) : 0;
        if (letters && (!x->fewest_letters || letters < x->fewest_letters)) x->fewest_letters = letters;
    }
}

/* ---- the words of the image ---- */

static size_t nibbles(uint64_t skeleton) {
    size_t count = 0;
    for (; skeleton; skeleton >>= 4) count++;
    return count;
}

/* Whether consonants are the beginning, the end, of those of `whole`; true where that cannot be told. */
static unsigned part_of_join(uint64_t part, uint64_t whole) {
    size_t part_size = nibbles(part), whole_size = nibbles(whole);
    if (!whole) return 0;
    if (whole_size > SKELETON_NIBBLES_MOST || !part) return BEGINS_JOIN | ENDS_JOIN;
    if (part_size > whole_size) return 0;
    unsigned marks = (whole & ((UINT64_C(1) << 4 * part_size) - 1)) == part ? BEGINS_JOIN : 0;
    return marks | (whole >> 4 * (whole_size - part_size) == part ? ENDS_JOIN : 0);
}

/* The letters of one alphabet differ in their first byte or two; what does not is told apart by the scorer. */
static bool same_first_letter(mz_str a, mz_str b) {
    if (!a.size || !b.size || a.data[0] != b.data[0]) return false;
    return (a.data[0] & 0x80) == 0 || (a.size > 1 && b.size > 1 && a.data[1] == b.data[1]);
}

static unsigned marks_of(const mz_exhaustive *x, const mz_name_word *word) {
    const mz_name *query = x->query;
    unsigned marks = 0;
    for (size_t i = 0; i < query->count; i++) {
        marks |= part_of_join(word->skeleton, query->words[i].skeleton);
        if (x->meant[i] && same_first_letter(word->folded, query->words[i].folded)) marks |= BEGINS_INITIALS;
    }
    for (size_t j = 0; j < x->join_count; j++)
        if (x->joins[j] == word->skeleton) marks |= IS_JOIN;
    uint64_t key = x->acronym_count ? mz_acronym_of_word(word) : 0;
    for (size_t a = 0; a < x->acronym_count; a++)
        if (x->acronyms[a] == key) marks |= IS_JOIN;
    if (word->class == MZ_WORD_ARTICLE || word->class == MZ_WORD_PARTICLE) marks |= BEGINS_INITIALS;
    return marks;
}

static bool in_earnest(const mz_exhaustive *x, size_t i, const mz_name_word *word, uint16_t likeness) {
    if (x->initials) return true;
    if (!mz_name_word_decides(x->query, i)) return false;
    return word->class != MZ_WORD_INITIAL || likeness == MZ_LIKENESS_SAME;
}

static void mark_words(mz_exhaustive *x) {
    for (uint32_t w = 0; w < x->index->word_count; w++) {
        mz_name_word word;
        mz_index_word(x->index, w, &word);
        unsigned marks = marks_of(x, &word);
        for (size_t i = 0; i < x->query->count; i++)
            if (x->likeness[i][w] && in_earnest(x, i, &word, x->likeness[i][w])) marks |= MEETS;
        x->marks[w] = (uint8_t)marks;
    }
}

mz_status mz_exhaustive_start(mz_exhaustive *x, const mz_name *query, mz_error *error) {
    size_t words = (size_t)x->index->word_count + 1;
    for (size_t i = 0; i < query->count; i++) {
        if (!x->likeness[i]) x->likeness[i] = malloc(words * sizeof *x->likeness[i]);
        if (!x->likeness[i]) return mz_fail_memory(error);
    }
    x->query = query;
    x->initials = mz_name_of_initials(query);
    take_joins(x);
    take_acronyms(x);
    for (size_t i = 0; i < query->count; i++) mz_all_words_compare(x->words, &query->words[i], x->likeness[i]);
    mark_words(x);
    return MZ_OK;
}

/* ---- the names ---- */

bool mz_exhaustive_may_meet(const mz_exhaustive *x, uint32_t name, bool *ret_may_join) {
    const mz_name_row *row = &x->index->names[name];
    unsigned any = 0, before = 0, before_that = 0;
    bool join = false;
    for (size_t j = 0; j < row->word_count; j++) {
        unsigned marks = x->marks[mz_index_name_word(x->index, name, j)];
        any |= marks;
        join |= (marks & ENDS_JOIN) && ((before | before_that) & BEGINS_JOIN);
        before_that = before;
        before = marks;
    }
    if (row->word_count == 2) join |= (before & BEGINS_JOIN) && (before_that & ENDS_JOIN); /* exchanged */
    join |= (any & IS_JOIN) != 0;
    if (x->fewest_letters && row->organisation && row->word_count >= x->fewest_letters)
        join |= (x->marks[mz_index_name_word(x->index, name, 0)] & BEGINS_INITIALS) != 0;
    *ret_may_join = join;
    return join || (any & MEETS);
}

uint16_t mz_exhaustive_likeness(const mz_exhaustive *x, size_t i, uint32_t word) {
    return x->likeness[i][word];
}
