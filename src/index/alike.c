/* Words that sound alike, by their consonants first.
 *
 * Aligning two words changes their consonants, too, and each single change costs at least what the least costly change
 * between the classes of its phones does: so the cost of aligning two rows of consonant classes, weak phones free,
 * bounds the cost of aligning the words from below. Words stand in the order of their consonants, and a row of the
 * alignment is shared by all words that begin with the same ones; where a row and the one before it are dearer than a
 * word may be, so is the word, for a way through the table passes one of the two.
 *
 * Rejected: signatures that count phones (order is what tells words apart; they let half the vocabulary through), and
 * the same walk over whole words (vowels change so cheaply that few ways through the table end early). */
#include "index/alike.h"

#include "match/word.h"

#include <stdlib.h>

enum { SIZES_MOST = MZ_PHONES_MOST * MZ_PHONE_SIZE_MOST };

struct mz_alike {
    uint8_t exchange[MZ_PHONE_CLASS_COUNT][MZ_PHONE_CLASS_COUNT], omit[MZ_PHONE_CLASS_COUNT];
    /* the query's word in hand */
    uint8_t classes[MZ_PHONES_MOST];
    size_t count;
    bool bare;
    uint16_t rows[MZ_PHONES_MOST + 1][MZ_PHONES_MOST + 1]; /* row r: r consonants of a listed word */
    uint16_t least[MZ_PHONES_MOST + 1];                    /* of row r and the one before */
    uint16_t budget[2][SIZES_MOST + 1];                    /* by the other word's size; abjads apart */
    uint8_t word[MZ_PHONES_MOST];                          /* consonants of the listed word in hand */
    size_t valid, dead; /* rows that are its; the row where the last one ended, 0: none */
};

static void lower(uint8_t *least, unsigned cost) {
    if (cost < *least) *least = (uint8_t)cost;
}

mz_alike *mz_alike_new(void) {
    mz_alike *alike = calloc(1, sizeof *alike);
    if (!alike) return NULL;
    memset(alike->exchange, 0xFF, sizeof alike->exchange);
    memset(alike->omit, 0xFF, sizeof alike->omit);
    for (unsigned x = 1; x < MZ_PHONE_COUNT; x++) {
        unsigned class = mz_phone_class((uint8_t)x);
        lower(&alike->omit[class], mz_phone_omit[x]);
        lower(&alike->omit[class], mz_phone_omit_abjad[x]);
        for (unsigned y = 1; y < MZ_PHONE_COUNT; y++) {
            unsigned other = mz_phone_class((uint8_t)y);
            lower(&alike->exchange[class][other], mz_phone_exchange[x][y]);
            /* a consonant taken for a weak phone is a consonant gone */
            if (!other) lower(&alike->omit[class], mz_phone_exchange[x][y]);
        }
    }
    alike->omit[0] = 0;
    return alike;
}

void mz_alike_free(mz_alike *alike) {
    free(alike);
}

unsigned mz_alike_exchange(const mz_alike *alike, unsigned a, unsigned b) {
    return alike->exchange[a][b];
}

unsigned mz_alike_omit(const mz_alike *alike, unsigned class) {
    return alike->omit[class];
}

/* What leaving out the first consonant costs where it is an article's. */
static unsigned first_omitted(const mz_alike *alike, uint8_t class, bool bare) {
    unsigned cost = alike->omit[class];
    return bare && cost > MZ_LIKENESS_ARTICLE ? MZ_LIKENESS_ARTICLE : cost;
}

static void start(mz_alike *alike, const mz_name_word *query) {
    alike->count = mz_phones_consonants(query->phones, query->phone_count, alike->classes);
    alike->bare = query->bare > 0;
    alike->valid = alike->dead = 0;
    alike->rows[0][0] = alike->least[0] = 0;
    for (size_t j = 1; j <= alike->count; j++)
        alike->rows[0][j] =
            (uint16_t)(alike->rows[0][j - 1] + first_omitted(alike, alike->classes[j - 1], alike->bare && j == 1));
    for (unsigned size = 0; size <= SIZES_MOST; size++) {
        alike->budget[false][size] = (uint16_t)mz_likeness_budget(query->size + size, MZ_LIKENESS_FLOOR);
        alike->budget[true][size] = (uint16_t)mz_likeness_budget(query->size_abjad + size, MZ_LIKENESS_FLOOR);
    }
}

static void add_row(mz_alike *alike, size_t r, bool bare) {
    const uint16_t *last = alike->rows[r - 1];
    uint16_t *row = alike->rows[r];
    unsigned x = alike->word[r - 1], omit = first_omitted(alike, (uint8_t)x, bare && r == 1);
    const uint8_t *exchange = alike->exchange[x];
    unsigned left = last[0] + omit, least = left, before = UINT16_MAX;
    row[0] = (uint16_t)left;
    for (size_t j = 1; j <= alike->count; j++) {
        unsigned y = alike->classes[j - 1], cost = last[j - 1] + (x == y ? 0u : exchange[y]);
        unsigned dropped = last[j] + omit, added = left + alike->omit[y];
        if (dropped < cost) cost = dropped;
        if (added < cost) cost = added;
        if (r > 1 && j > 1 && x == alike->classes[j - 2] && y == alike->word[r - 2]) {
            unsigned swapped = alike->rows[r - 2][j - 2] + (unsigned)MZ_PHONE_SWAP;
            if (swapped < cost) cost = swapped;
        }
        row[j] = (uint16_t)cost;
        left = cost;
        if (cost < least) least = cost;
    }
    for (size_t j = 0; j <= alike->count; j++)
        if (last[j] < before) before = last[j];
    alike->least[r] = (uint16_t)(least < before ? least : before);
}

/* Whether the consonants of the word allow a cost of at most `budget`. */
static bool allows(mz_alike *alike, const mz_index *index, const mz_sound_row *row, unsigned budget) {
    if (row->shared < alike->valid) alike->valid = row->shared;
    if (row->shared < alike->dead)
        alike->dead = 0;
    else if (alike->dead && alike->least[alike->dead] > budget)
        return false;
    for (size_t r = 1; r <= alike->valid; r++)
        if (alike->least[r] > budget) return false;
    if (alike->valid < row->consonants)
        (void)mz_phones_consonants(index->phones + row->phones, row->phone_count, alike->word);
    while (alike->valid < row->consonants) {
        size_t r = ++alike->valid;
        add_row(alike, r, row->bare > 0);
        if (alike->least[r] <= budget) continue;
        alike->dead = r;
        return false;
    }
    return alike->rows[row->consonants][alike->count] <= budget;
}

void mz_alike_find(mz_alike *alike, const mz_index *index, const mz_name_word *query,
                   void (*found)(void *context, uint32_t word), void *context) {
    start(alike, query);
    for (uint32_t i = 0; i < index->sound_count; i++) {
        const mz_sound_row *row = &index->sounds[i];
        bool abjad = row->abjad || query->abjad;
        if (allows(alike, index, row, alike->budget[abjad][abjad ? row->size_abjad : row->size]))
            found(context, row->word);
    }
}
