/* Words that sound alike: one walk over the vocabulary, all of which is aligned with the query.
 *
 * Words stand in the order of their phones, and a row of the alignment is shared by all words that begin with the same
 * ones. What a word may cost depends on its size; a row that begins a branch (image.h) is made for the largest of it,
 * and where no cell of a row allows that much, nor two sounds in exchanged order lead past it, no word of the branch
 * that begins so can be alike: a way through the table passes each row or crosses it by such an exchange, and no cost
 * is negative. A row is shared only within the branch it was made for: row r of a word was made by the last word before
 * it that shares fewer than r phones with its own neighbour, and all words behind that one that have the row are of its
 * branch. Of the words that are left the cost is known to the bit, and the likeness is that of mz_word_likeness, which
 * whoever is called back asks.
 *
 * Rejected: signatures that count phones (order is what tells words apart; they let half the vocabulary through); the
 * least costs between classes of consonants, vowels free (where costs are learned, the cheapest phone of a class speaks
 * for all, and the vowels that are then free are half of what differs: a third of the vocabulary is left). */
#include "index/alike.h"

#include "match/sound_walk.h"
#include "match/word.h"

#include <stdlib.h>

struct mz_alike {
    mz_sound_walk walk;
    uint16_t sizes[MZ_SOUND_SYSTEM_COUNT]; /* of the query, by the system of listed words */
};

mz_alike *mz_alike_new(void) {
    return calloc(1, sizeof(mz_alike));
}

void mz_alike_free(mz_alike *alike) {
    free(alike);
}

/* Adds the rows of a word that no word before it has made. Returns how many phones of it rule out all that begin with
 * them; 0 when none do. */
static size_t add_rows(mz_sound_walk *walk, const mz_sound_row *row, const uint8_t *phones, bool goes_on,
                       unsigned limit) {
    size_t end = goes_on ? row->phone_count : row->phone_count - 1u;
    for (size_t r = row->shared + 1u; r <= end; r++)
        if (!mz_sound_walk_add(walk, phones, r, limit)) return r;
    return 0;
}

static uint32_t skip(const mz_index *index, uint32_t i, size_t dead) {
    while (i < index->sound_count && index->sounds[i].shared >= dead) i = index->sounds[i].branch_end;
    return i;
}

void mz_alike_find(mz_alike *alike, const mz_index *index, const mz_name_word *query,
                   void (*found)(void *context, uint32_t word), void *context) {
    const mz_sound_row *rows = index->sounds, *before = NULL;
    mz_sound_sizes(query->phones, query->phone_count, (mz_sound_system)query->system, alike->sizes);
    for (uint32_t i = 0; i < index->sound_count;) {
        const mz_sound_row *row = &rows[i];
        const uint8_t *phones = index->phones + row->phones;
        size_t count = row->phone_count;
        if (!before || row->system != before->system || row->bare != before->bare)
            mz_sound_walk_start(&alike->walk, query, (mz_sound_system)row->system, row->bare);
        before = row;
        unsigned size = alike->sizes[row->system];
        /* words of the same phones stand behind each other */
        uint32_t same = i + 1;
        while (same < index->sound_count && rows[same].shared == count && rows[same].phone_count == count) same++;
        bool goes_on = same < index->sound_count && rows[same].shared == count;
        size_t dead = add_rows(&alike->walk, row, phones, goes_on,
                               mz_likeness_budget(size + row->branch_sizes[query->system], MZ_LIKENESS_FLOOR));
        if ((!dead || dead == count) &&
            mz_sound_walk_within(&alike->walk, phones, count,
                                 mz_likeness_budget(size + row->sizes[query->system], MZ_LIKENESS_FLOOR)))
            for (; i < same; i++) found(context, rows[i].word);
        i = dead ? skip(index, same, dead) : same;
    }
}
