/* Words that sound alike: one walk over the vocabulary, all of which is aligned with the query.
 *
 * Words stand in the order of their phones, and a row of the alignment is shared by all words that begin with the same
 * ones. A row is made for the longest word of a branch (image.h); where nothing is kept of it, and no two sounds in
 * exchanged order lead past it, no word of the branch that begins so reaches the floor: sound_walk.h says why, and a
 * way through the table passes each row or crosses it by such an exchange. A row serves only words of the branch it was
 * made for: row r is made with a word that shares fewer than r phones with the one before it, and all behind that have
 * the row are of that word's branch. Of the words that are left the cost is known to the bit; what the likeness is,
 * mz_word_likeness says, which whoever is called back asks.
 *
 * Rejected: signatures that count phones (order is what tells words apart; they let half the vocabulary through); the
 * least costs between classes of consonants, vowels free (where costs are learned, the cheapest phone of a class speaks
 * for all, and a fifth of the vocabulary is left); a limit for each branch by the largest sizes in it (the most that
 * the rest can earn against this query is less). */
#include "index/alike.h"

#include "match/sound_walk.h"

#include <stdlib.h>

struct mz_alike {
    mz_sound_walk walk;
};

mz_alike *mz_alike_new(void) {
    return calloc(1, sizeof(mz_alike));
}

void mz_alike_free(mz_alike *alike) {
    free(alike);
}

/* The first row from `i` on that does not begin with the phones that are ruled out, `dead` of those of the row before.
 */
static uint32_t skip(const mz_index *index, uint32_t i, size_t dead) {
    while (i < index->sound_count && index->sounds[i].shared >= dead) i = index->sounds[i].branch_end;
    return i;
}

void mz_alike_find(mz_alike *alike, const mz_index *index, const mz_name_word *query,
                   void (*found)(void *context, uint32_t word), void *context) {
    const mz_sound_row *rows = index->sounds;
    mz_sound_walk *walk = &alike->walk;
    unsigned system = MZ_SOUND_SYSTEM_COUNT, bare = 0;
    for (uint32_t i = 0; i < index->sound_count;) {
        const mz_sound_row *row = &rows[i];
        const uint8_t *phones = index->phones + row->phones;
        size_t count = row->phone_count, begin = row->shared + 1u;
        if (row->system != system || row->bare != bare)
            mz_sound_walk_start(walk, query, (mz_sound_system)(system = row->system), bare = row->bare);
        size_t dead = mz_sound_walk_add(walk, phones, begin, count - 1, row->branch_longest);
        if (dead) {
            i = skip(index, i + 1, dead);
            continue;
        }
        bool within = mz_sound_walk_within(walk, phones, count);
        /* words of the same phones stand behind each other, and before those that go on */
        do {
            if (within) found(context, rows[i].word);
            i++;
        } while (i < index->sound_count && rows[i].shared == count && rows[i].phone_count == count);
        if (i < index->sound_count && rows[i].shared == count &&
            mz_sound_walk_add(walk, phones, count, count, row->branch_longest))
            i = skip(index, i, count);
    }
}
