#include "index/remembered.h"

#include "names/phones.h"

#include <stdlib.h>

enum { ENTRIES_MOST = 16384, ARENA_BYTES = 64 << 20, KEY_BYTES = 8192 };

/* What a word was looked for: its neighbours, or the codes of those that may be, and light ones. */
enum { NEIGHBOURS, CODES, LIGHT };

struct mz_remembered_word {
    const void *found;
    size_t count;
    uint64_t cost;
};

/* All that the likeness of two words depends on, and which likenesses were asked for: a search at another floor is
 * another one, so that what is charged for it does not depend on those before. */
static mz_str key_of(const mz_name_word *word, uint16_t floor, int what, char *into) {
    size_t size = 0, folded = word->folded.size;
    if (folded > KEY_BYTES - MZ_PHONES_MOST - sizeof word->groups - 11) return (mz_str){"", 0};
    into[size++] = (char)what;
    into[size++] = (char)word->class;
    into[size++] = (char)word->system;
    into[size++] = (char)word->bare;
    into[size++] = (char)word->gender;
    into[size++] = (char)word->script;
    into[size++] = (char)word->phone_count;
    into[size++] = (char)(floor & 0xFF);
    into[size++] = (char)(floor >> 8);
    memcpy(into + size, word->phones, word->phone_count);
    size += word->phone_count;
    memcpy(into + size, word->groups, sizeof word->groups);
    size += sizeof word->groups;
    memcpy(into + size, word->folded.data, folded);
    return (mz_str){into, size + folded};
}

void mz_remembered_done(mz_remembered *remembered) {
    mz_arena_done(&remembered->arena);
    mz_map_done(&remembered->words);
    free(remembered->entries);
    *remembered = (mz_remembered){.entry_count = 0};
}

static const struct mz_remembered_word *look_up(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                                                int what) {
    char key[KEY_BYTES];
    mz_str text = key_of(word, floor, what, key);
    const uint32_t *number = text.size ? mz_map_get(&remembered->words, text) : NULL;
    return number ? &remembered->entries[*number] : NULL;
}

const mz_likeness_pair *mz_remembered_find(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                                           size_t *ret_count, uint64_t *ret_cost) {
    const struct mz_remembered_word *entry = look_up(remembered, word, floor, NEIGHBOURS);
    if (!entry) return NULL;
    *ret_count = entry->count;
    *ret_cost = entry->cost;
    return entry->found;
}

bool mz_remembered_codes(mz_remembered *remembered, const mz_name_word *word, uint16_t floor, uint16_t *into,
                         uint32_t *ret_count, uint64_t *ret_cost) {
    const struct mz_remembered_word *entry = look_up(remembered, word, floor, CODES);
    if (!entry) return false;
    if (entry->count) memcpy(into, entry->found, entry->count * sizeof *into);
    *ret_count = (uint32_t)entry->count;
    *ret_cost = entry->cost;
    return true;
}

const mz_likeness_pair *mz_remembered_light(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                                            size_t *ret_count) {
    const struct mz_remembered_word *entry = look_up(remembered, word, floor, LIGHT);
    if (!entry) return NULL;
    *ret_count = entry->count;
    return entry->found;
}

static bool make_room(mz_remembered *remembered) {
    if (remembered->entries && remembered->entry_count < ENTRIES_MOST && !remembered->arena.failed) return true;
    mz_remembered_done(remembered);
    mz_arena_init(&remembered->arena, ARENA_BYTES);
    mz_map_init(&remembered->words);
    remembered->entries = malloc(ENTRIES_MOST * sizeof *remembered->entries);
    return remembered->entries != NULL;
}

static void put(mz_remembered *remembered, const mz_name_word *word, uint16_t floor, int what, const void *found,
                size_t count, size_t row_size, uint64_t cost) {
    char key[KEY_BYTES];
    mz_str text = key_of(word, floor, what, key);
    if (!text.size || !make_room(remembered)) return;
    void *kept = mz_arena_alloc(&remembered->arena, count + 1, row_size);
    text = mz_arena_copy(&remembered->arena, text);
    if (remembered->arena.failed || !kept) return;
    if (count) memcpy(kept, found, count * row_size);
    uint32_t *number = mz_map_put(&remembered->words, text, remembered->entry_count);
    if (!number || *number != remembered->entry_count) return;
    remembered->entries[remembered->entry_count++] = (struct mz_remembered_word){kept, count, cost};
}

void mz_remembered_put(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                       const mz_likeness_pair *pairs, size_t count, uint64_t cost) {
    put(remembered, word, floor, NEIGHBOURS, pairs, count, sizeof *pairs, cost);
}

void mz_remembered_put_codes(mz_remembered *remembered, const mz_name_word *word, uint16_t floor, const uint16_t *codes,
                             uint32_t count, uint64_t cost) {
    put(remembered, word, floor, CODES, codes, count, sizeof *codes, cost);
}

void mz_remembered_put_light(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                             const mz_likeness_pair *pairs, size_t count) {
    put(remembered, word, floor, LIGHT, pairs, count, sizeof *pairs, 0);
}
