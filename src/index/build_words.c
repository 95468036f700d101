/* What needs all words: the vocabulary in its order, the names' words by it, postings, and the tables of words. */
#include "base/error.h"
#include "index/blocks.h"
#include "index/build.h"
#include "index/postings.h"
#include "match/word.h"
#include "names/acronym.h"

#include <stdlib.h>

/* A word of the vocabulary: its row, and what it is told apart by. */
typedef struct fresh_word {
    mz_word_row row;
    mz_str folded, key;
    const uint8_t *phones;
} fresh_word;

typedef struct vocabulary {
    mz_index_builder *builder;
    fresh_word *words; /* as they came */
    uint32_t *number;  /* their numbers in the vocabulary */
    fresh_word **sorted;
    uint32_t count;
    mz_word_row *rows; /* in order */
    mz_buffer phones;
} vocabulary;

static void append(mz_index_builder *builder, mz_section section, const void *rows, size_t size) {
    mz_spill_append(&builder->sections[section], rows, size);
}

/* ---- the order of words ---- */

static int by_text(const fresh_word *a, const fresh_word *b) {
    if (a->row.phone_count != b->row.phone_count) return a->row.phone_count < b->row.phone_count ? -1 : 1;
    int order = mz_str_order(a->folded, b->folded);
    return order ? order : mz_str_order(a->key, b->key);
}

/* Words by sound (blocks.h), behind them those that are not found by sound. */
static int by_sound(const void *left, const void *right) {
    const fresh_word *a = *(const fresh_word *const *)left, *b = *(const fresh_word *const *)right;
    bool a_sounds = mz_word_sounds(a->row.class, a->row.phone_count),
         b_sounds = mz_word_sounds(b->row.class, b->row.phone_count);
    if (a_sounds != b_sounds) return a_sounds ? -1 : 1;
    if (!a_sounds) return by_text(a, b);
    if (a->row.system != b->row.system) return a->row.system < b->row.system ? -1 : 1;
    if (a->row.bare != b->row.bare) return a->row.bare < b->row.bare ? -1 : 1;
    int order = mz_blocks_order(a->phones, a->row.phone_count, b->phones, b->row.phone_count);
    return order ? order : by_text(a, b);
}

static uint8_t kind_of(const fresh_word *word) {
    mz_name_word facts = {.class = word->row.class, .script = word->row.script, .gender = word->row.gender};
    memcpy(facts.groups, word->row.groups, sizeof facts.groups);
    return mz_word_kind(&facts);
}

static void take_words(vocabulary *v) {
    const mz_str *keys = (const void *)v->builder->words.data;
    for (uint32_t i = 0; i < v->count; i++) {
        const mz_word_key *key = (const void *)keys[i].data;
        v->words[i] = (fresh_word){.row = {.skeleton = key->skeleton,
                                           .phone_count = key->phone_count,
                                           .bare = key->bare,
                                           .class = key->class,
                                           .script = key->script,
                                           .system = key->system,
                                           .weight = key->weight,
                                           .bits = key->bits,
                                           .gender = key->gender},
                                   .folded = mz_word_key_folded(key),
                                   .key = keys[i],
                                   .phones = mz_word_key_phones(key)};
        memcpy(v->words[i].row.groups, key->groups, sizeof key->groups);
        v->sorted[i] = &v->words[i];
    }
}

/* Rows in order, but for their postings. */
static void sort_words(vocabulary *v) {
    take_words(v);
    qsort(v->sorted, v->count, sizeof *v->sorted, by_sound);
    for (uint32_t i = 0; i < v->count; i++) {
        fresh_word *word = v->sorted[i];
        uint8_t kind = kind_of(word);
        v->number[word - v->words] = i;
        word->row.folded = mz_build_text(v->builder, word->folded);
        word->row.phones = (uint32_t)v->phones.size;
        mz_buffer_append(&v->phones, word->phones, word->row.phone_count);
        append(v->builder, MZ_SECTION_KINDS, &kind, 1);
        v->rows[i] = word->row;
    }
}

static mz_status put_sounds(vocabulary *v, mz_error *error) {
    static const mz_section sections[] = {MZ_SECTION_SOUND_GROUPS, MZ_SECTION_SOUND_COLUMNS};
    mz_buffer parts[2];
    uint32_t sounds = 0;
    mz_status status = MZ_OK;
    if (v->phones.failed) return mz_fail_memory(error);
    for (size_t p = 0; p < 2; p++) mz_buffer_init(&parts[p], UINT32_MAX);
    while (sounds < v->count && mz_word_sounds(v->rows[sounds].class, v->rows[sounds].phone_count)) sounds++;
    mz_blocks_make(v->rows, sounds, (const uint8_t *)mz_buffer_view(&v->phones).data, &parts[0], &parts[1]);
    for (size_t p = 0; p < 2; p++) {
        if (parts[p].failed) status = mz_fail_memory(error);
        if (!status) append(v->builder, sections[p], parts[p].data, parts[p].size);
        mz_buffer_done(&parts[p]);
    }
    append(v->builder, MZ_SECTION_PHONES, v->phones.data, v->phones.size);
    mz_buffer_done(&v->phones);
    return status;
}

/* ---- names ---- */

/* The names' words by the order of the vocabulary; what stands behind them is no word. */
static mz_status renumber(vocabulary *v, mz_error *error) {
    enum { CHUNK = 4096 };
    const void *from, *names;
    mz_status status = mz_spill_view(&v->builder->name_words, &from, error);
    if (!status) status = mz_spill_view(&v->builder->sections[MZ_SECTION_NAMES], &names, error);
    if (status) return status;
    const mz_name_row *name = names;
    const mz_name_word_row *uses = from;
    for (uint32_t n = mz_build_count(v->builder, MZ_SECTION_NAMES); n > 0; n--, name++) {
        mz_name_word_row words[MZ_NAME_WORDS_MOST + 2 * MZ_NAME_NUMBERS_MOST];
        size_t count = (size_t)name->word_count + name->legal_count + name->number_count;
        memcpy(words, uses + name->first_word, count * sizeof *words);
        for (size_t i = 0; i < name->word_count; i++)
            words[i].word = v->number[words[i].word] & (MZ_IMAGE_WORDS_MOST - 1);
        append(v->builder, MZ_SECTION_NAME_WORDS, words, count * sizeof *words);
    }
    mz_spill_done(&v->builder->name_words);
    return MZ_OK;
}

/* ---- tables ---- */

/* Words that meet others which neither sound nor group finds: an initial any word that begins so, an article any other
 * article. */
static bool is_special(const mz_word_row *word) {
    return word->class == MZ_WORD_INITIAL || word->class == MZ_WORD_ARTICLE || word->phone_count == 0;
}

static void put_entry(mz_spill *entries, uint64_t key, uint32_t number) {
    const mz_entry entry = {mz_table_hash(key), number};
    mz_spill_append(entries, &entry, sizeof entry);
}

/* A word by its consonants, and as the acronym that it may be. */
static void put_skeletons(const fresh_word *word, uint32_t number, mz_spill *entries) {
    mz_name_word acronym = {.folded = word->folded, .class = word->row.class, .script = word->row.script};
    const uint64_t keys[] = {word->row.skeleton, mz_acronym_of_word(&acronym)};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i]) put_entry(entries, keys[i], number);
}

static mz_status make_table(mz_index_builder *builder, mz_spill *entries, mz_section section, mz_error *error) {
    const void *view;
    mz_status status = mz_spill_view(entries, &view, error);
    if (!status)
        status = mz_table_make(view, (size_t)mz_spill_size(entries) / sizeof(mz_entry), builder->limits.slice_bytes,
                               &builder->sections[section], error);
    mz_spill_done(entries);
    return status;
}

static mz_status put_tables(vocabulary *v, mz_error *error) {
    mz_spill skeletons, groups;
    mz_index_builder *builder = v->builder;
    mz_spill_init(&skeletons, builder->writer.final_path, builder->limits.held_bytes);
    mz_spill_init(&groups, builder->writer.final_path, builder->limits.held_bytes);
    for (uint32_t i = 0; i < v->count; i++) {
        const mz_word_row *row = &v->rows[i];
        if (is_special(row)) append(builder, MZ_SECTION_SPECIAL, &i, sizeof i);
        put_skeletons(v->sorted[i], i, &skeletons);
        for (size_t g = 0; g < MZ_WORD_GROUPS_MOST && row->groups[g]; g++) put_entry(&groups, row->groups[g], i);
    }
    mz_status status = make_table(builder, &skeletons, MZ_SECTION_SKELETONS, error);
    if (!status) status = make_table(builder, &groups, MZ_SECTION_GROUPS, error);
    mz_spill_done(&skeletons);
    mz_spill_done(&groups);
    return status;
}

static mz_status put_postings(vocabulary *v, mz_error *error) {
    mz_index_builder *builder = v->builder;
    mz_spill *sections = builder->sections, entries;
    mz_postings postings = {.names = &sections[MZ_SECTION_POSTINGS],
                            .keys = &sections[MZ_SECTION_KEYS],
                            .contexts = &sections[MZ_SECTION_CONTEXTS],
                            .joins = &sections[MZ_SECTION_JOIN_ROWS],
                            .places = &sections[MZ_SECTION_PLACES],
                            .join_entries = &entries};
    mz_postings_source source = {.name_count = mz_build_count(builder, MZ_SECTION_NAMES),
                                 .words = v->rows,
                                 .word_count = v->count,
                                 .join_count = (size_t)mz_spill_size(&builder->joins) / sizeof(mz_join_use)};
    const void *names, *uses, *joins;
    mz_spill_init(&entries, builder->writer.final_path, builder->limits.held_bytes);
    mz_status status = mz_spill_view(&sections[MZ_SECTION_NAMES], &names, error);
    if (!status) status = mz_spill_view(&sections[MZ_SECTION_NAME_WORDS], &uses, error);
    if (!status) status = mz_spill_view(&builder->joins, &joins, error);
    if (!status) {
        source.names = names, source.uses = uses, source.joins = joins;
        status = mz_postings_make(&source, &postings, error);
    }
    if (!status) {
        append(builder, MZ_SECTION_WORD_CODES, postings.codes, v->count * sizeof *postings.codes);
        append(builder, MZ_SECTION_CODES, postings.shapes, postings.code_count * sizeof *postings.shapes);
        status = make_table(builder, &entries, MZ_SECTION_JOINS, error);
    }
    mz_postings_done(&postings);
    mz_spill_done(&builder->joins);
    mz_spill_done(&entries);
    return status;
}

mz_status mz_build_tables(mz_index_builder *builder, mz_error *error) {
    static const mz_section sections[MZ_ENTRY_KINDS] = {
        [MZ_ENTRY_IDENTIFIER] = MZ_SECTION_IDENTIFIERS, [MZ_ENTRY_ID] = MZ_SECTION_IDS};
    mz_status status = MZ_OK;
    for (size_t k = 0; k < MZ_ENTRY_KINDS && !status; k++)
        status = make_table(builder, &builder->entries[k], sections[k], error);
    return status;
}

mz_status mz_build_words(mz_index_builder *builder, mz_error *error) {
    vocabulary v = {.builder = builder, .count = (uint32_t)(builder->words.size / sizeof(mz_str))};
    v.words = malloc(((size_t)v.count + 1) * sizeof *v.words);
    v.number = malloc(((size_t)v.count + 1) * sizeof *v.number);
    v.sorted = malloc(((size_t)v.count + 1) * sizeof(fresh_word *));
    v.rows = malloc(((size_t)v.count + 1) * sizeof *v.rows);
    mz_buffer_init(&v.phones, UINT32_MAX);
    mz_status status = v.words && v.number && v.sorted && v.rows ? MZ_OK : mz_fail_memory(error);
    if (!status) {
        sort_words(&v);
        status = put_sounds(&v, error);
    }
    if (!status) status = renumber(&v, error);
    if (!status) status = put_tables(&v, error);
    free(v.words), free(v.number), free(v.sorted);
    if (!status) status = put_postings(&v, error);
    if (!status) append(builder, MZ_SECTION_WORDS, v.rows, v.count * sizeof *v.rows);
    mz_buffer_done(&v.phones);
    free(v.rows);
    return status;
}
