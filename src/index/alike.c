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

/* The least that changes between classes cost in a table of spellings. */
typedef struct class_costs {
    uint8_t exchange[MZ_PHONE_CLASS_COUNT][MZ_PHONE_CLASS_COUNT]; /* [left][right] */
    uint8_t omit_left[MZ_PHONE_CLASS_COUNT], omit_right[MZ_PHONE_CLASS_COUNT];
} class_costs;

struct mz_alike {
    class_costs costs[MZ_SPELLING_COUNT];
    /* the query's word in hand */
    const mz_name_word *query;
    uint8_t classes[MZ_PHONES_MOST];
    size_t count;
    uint16_t query_sizes[MZ_SOUND_SYSTEM_COUNT];
    /* against listed words of one system */
    uint8_t exchange[MZ_PHONE_CLASS_COUNT][MZ_PHONE_CLASS_COUNT]; /* [listed][query] */
    const uint8_t *omit_listed, *omit_query;
    unsigned turned_cost, query_size;
    uint16_t rows[MZ_PHONES_MOST + 1][MZ_PHONES_MOST + 1]; /* row r: r consonants of a listed word */
    uint16_t least[MZ_PHONES_MOST + 1];                    /* of row r and the one before */
    uint8_t word[MZ_PHONES_MOST];                          /* consonants of the listed word in hand */
    size_t valid, dead; /* rows that are its; the row where the last one ended, 0: none */
};

static void lower(uint8_t *least, unsigned cost) {
    if (cost < *least) *least = (uint8_t)cost;
}

static void set_costs(class_costs *costs, const mz_spelling *spelling) {
    memset(costs, 0xFF, sizeof *costs);
    for (unsigned x = 1; x < MZ_PHONE_COUNT; x++) {
        unsigned class = mz_phone_class((uint8_t)x);
        for (unsigned place = 0; place < MZ_PHONE_PLACES; place++) {
            lower(&costs->omit_left[class], spelling->omit_left[place][x]);
            lower(&costs->omit_right[class], spelling->omit_right[place][x]);
        }
        for (unsigned y = 1; y < MZ_PHONE_COUNT; y++) {
            unsigned other = mz_phone_class((uint8_t)y);
            lower(&costs->exchange[class][other], spelling->exchange[x][y]);
            /* a consonant taken for a weak phone is a consonant gone */
            if (!other) lower(&costs->omit_left[class], spelling->exchange[x][y]);
            if (!class) lower(&costs->omit_right[other], spelling->exchange[x][y]);
        }
    }
    costs->omit_left[0] = costs->omit_right[0] = 0;
    for (unsigned class = 0; class < MZ_PHONE_CLASS_COUNT; class ++) costs->exchange[class][class] = 0;
}

mz_alike *mz_alike_new(void) {
    mz_alike *alike = calloc(1, sizeof *alike);
    if (!alike) return NULL;
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++) set_costs(&alike->costs[t], &mz_spellings[t]);
    return alike;
}

void mz_alike_free(mz_alike *alike) {
    free(alike);
}

unsigned mz_alike_exchange(const mz_alike *alike, const mz_spelling *spelling, unsigned left, unsigned right) {
    return alike->costs[spelling - mz_spellings].exchange[left][right];
}

unsigned mz_alike_omit(const mz_alike *alike, const mz_spelling *spelling, bool right, unsigned class) {
    const class_costs *costs = &alike->costs[spelling - mz_spellings];
    return right ? costs->omit_right[class] : costs->omit_left[class];
}

/* What leaving out the first consonant costs where it is an article's. */
static unsigned first_omitted(unsigned cost, bool bare) {
    return bare && cost > MZ_LIKENESS_ARTICLE ? MZ_LIKENESS_ARTICLE : cost;
}

static void start(mz_alike *alike, const mz_name_word *query) {
    alike->query = query;
    alike->count = mz_phones_consonants(query->phones, query->phone_count, alike->classes);
    mz_sound_sizes(query->phones, query->phone_count, (mz_sound_system)query->system, alike->query_sizes);
}

/* Listed words of another system come next: other costs, and nothing is shared with what came before. */
static void start_system(mz_alike *alike, unsigned system) {
    bool turned;
    const mz_spelling *spelling =
        mz_spelling_between((mz_sound_system)system, (mz_sound_system)alike->query->system, &turned);
    const class_costs *costs = &alike->costs[spelling - mz_spellings];
    for (unsigned listed = 0; listed < MZ_PHONE_CLASS_COUNT; listed++)
        for (unsigned query = 0; query < MZ_PHONE_CLASS_COUNT; query++)
            alike->exchange[listed][query] = turned ? costs->exchange[query][listed] : costs->exchange[listed][query];
    alike->omit_listed = turned ? costs->omit_right : costs->omit_left;
    alike->omit_query = turned ? costs->omit_left : costs->omit_right;
    alike->turned_cost = spelling->turned;
    alike->query_size = alike->query_sizes[system];
    alike->valid = alike->dead = 0;
    alike->rows[0][0] = alike->least[0] = 0;
    for (size_t j = 1; j <= alike->count; j++)
        alike->rows[0][j] = (uint16_t)(alike->rows[0][j - 1] + first_omitted(alike->omit_query[alike->classes[j - 1]],
                                                                             alike->query->bare && j == 1));
}

static void add_row(mz_alike *alike, size_t r, bool bare) {
    const uint16_t *last = alike->rows[r - 1];
    uint16_t *row = alike->rows[r];
    unsigned x = alike->word[r - 1], omit = first_omitted(alike->omit_listed[x], bare && r == 1);
    const uint8_t *exchange = alike->exchange[x];
    unsigned left = last[0] + omit, least = left, before = UINT16_MAX;
    row[0] = (uint16_t)left;
    for (size_t j = 1; j <= alike->count; j++) {
        unsigned y = alike->classes[j - 1], cost = last[j - 1] + (unsigned)exchange[y];
        unsigned dropped = last[j] + omit, added = left + alike->omit_query[y];
        if (dropped < cost) cost = dropped;
        if (added < cost) cost = added;
        if (r > 1 && j > 1 && x == alike->classes[j - 2] && y == alike->word[r - 2]) {
            unsigned swapped = alike->rows[r - 2][j - 2] + alike->turned_cost;
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
    unsigned system = MZ_SOUND_SYSTEM_COUNT;
    start(alike, query);
    for (uint32_t i = 0; i < index->sound_count; i++) {
        const mz_sound_row *row = &index->sounds[i];
        if (row->system != system) start_system(alike, system = row->system);
        unsigned budget = mz_likeness_budget(alike->query_size + row->sizes[query->system], MZ_LIKENESS_FLOOR);
        if (allows(alike, index, row, budget)) found(context, row->word);
    }
}
