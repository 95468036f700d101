#include "bench/queries.h"

#include "base/ascii.h"
#include "base/error.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { LETTERS_MOST = 512, WORDS_MOST = 48, COMMON_MOST = 10 };

static const struct {
    uint32_t share;
    const char *text;
} kinds[QUERY_KIND_COUNT] = {
#define QUERY_X(name, share, text) {share, text},
    QUERY_KINDS(QUERY_X)
#undef QUERY_X
};

const char *query_kind_text(query_kind kind) {
    return kinds[kind].text;
}

/* ---- letters ---- */

typedef struct letters {
    uint32_t at[LETTERS_MOST];
    size_t count;
} letters;

static void read_letters(mz_str text, letters *ret_letters) {
    size_t at = 0;
    uint32_t c;
    ret_letters->count = 0;
    while (ret_letters->count < LETTERS_MOST - 2 && mz_utf8_next(text, &at, &c))
        ret_letters->at[ret_letters->count++] = c;
}

static void write_letters(const letters *from, query *q) {
    q->size = 0;
    for (size_t i = 0; i < from->count && q->size + 5 < sizeof q->name; i++)
        q->size += mz_utf8_put(from->at[i], q->name + q->size);
    q->name[q->size] = '\0';
}

/* A letter of the name's own script: one of its own, or for Latin any. */
static uint32_t other_letter(const letters *of, size_t at, chance *c) {
    uint32_t letter = of->at[at];
    if (letter < 0x80) return letter >= 'A' && letter <= 'Z' ? 'A' + chance_below(c, 26) : 'a' + chance_below(c, 26);
    for (int tries = 0; tries < 8; tries++) {
        uint32_t other = of->at[chance_below(c, (uint32_t)of->count)];
        if (other != letter && mz_script_of(other) == mz_script_of(letter)) return other;
    }
    return letter;
}

static bool is_letter(uint32_t c) {
    return mz_script_of(c) != MZ_SCRIPT_NONE;
}

static void damage_letter(letters *name, chance *c) {
    if (name->count < 3) return;
    for (int tries = 0; tries < 16; tries++) {
        size_t at = chance_below(c, (uint32_t)name->count - 1);
        uint32_t here = name->at[at], next = name->at[at + 1];
        if (!is_letter(here) || !is_letter(next)) continue;
        uint32_t kind = chance_below(c, 4), other = other_letter(name, at, c);
        size_t behind = name->count - at - 1;
        if (kind == 0) name->at[at] = other;
        if (kind == 1) memmove(&name->at[at], &name->at[at + 1], behind * sizeof name->at[0]), name->count--;
        if (kind == 2) {
            memmove(&name->at[at + 1], &name->at[at], (behind + 1) * sizeof name->at[0]);
            name->at[at] = other;
            name->count++;
        }
        if (kind == 3) name->at[at] = next, name->at[at + 1] = here;
        return;
    }
}

/* ---- words ---- */

static size_t cut_words(mz_str text, mz_str *words) {
    size_t count = 0, at = 0;
    while (at < text.size && count < WORDS_MOST) {
        while (at < text.size && text.data[at] == ' ') at++;
        size_t from = at;
        while (at < text.size && text.data[at] != ' ') at++;
        if (at > from) words[count++] = (mz_str){text.data + from, at - from};
    }
    return count;
}

static void write_words(const mz_str *words, size_t count, query *q) {
    q->size = 0;
    for (size_t i = 0; i < count; i++) {
        if (q->size + words[i].size + 2 > sizeof q->name) break;
        if (i) q->name[q->size++] = ' ';
        memcpy(q->name + q->size, words[i].data, words[i].size);
        q->size += words[i].size;
    }
    q->name[q->size] = '\0';
}

/* A spelling of the word that the pairs know: its native one, or another Latin one of the same native word. */
static bool other_spelling(const parts *p, mz_str word, chance *c, mz_str *ret_other) {
    char small[PART_WORD_MOST];
    if (!word.size || word.size >= sizeof small) return false;
    for (size_t i = 0; i < word.size; i++) small[i] = mz_lower(word.data[i]);
    mz_str key = {small, word.size};
    size_t first = chance_below(c, PART_SCRIPTS);
    for (size_t k = 0; k < PART_SCRIPTS; k++) {
        size_t s = (first + k) % PART_SCRIPTS;
        const uint32_t *by_latin = mz_map_get(&p->by_latin[s], key), *by_native = mz_map_get(&p->by_native[s], word);
        if (!by_latin && !by_native) continue;
        const word_part *one = &p->words[s].items[by_latin ? *by_latin : *by_native];
        bool native = by_latin && (one->next == *by_latin || chance_below(c, 2));
        *ret_other = native ? one->native : p->words[s].items[by_latin ? one->next : *by_native].latin;
        return ret_other->size > 0;
    }
    return false;
}

/* False when the name is not such as can be damaged so. */
static bool damage_words(const query_source *source, mz_str name, chance *c, query *q) {
    mz_str words[WORDS_MOST + 1], other;
    size_t count = cut_words(name, words), at = count ? chance_below(c, (uint32_t)count) : 0;
    char whole[PART_WORD_MOST * 2];
    switch ((int)q->kind) {
    case QUERY_word_lost:
        if (count < 3) return false;
        memmove(&words[at], &words[at + 1], (count - at - 1) * sizeof words[0]);
        count--;
        break;
    case QUERY_word_added:
        if (!count || count == WORDS_MOST) return false;
        memmove(&words[at + 1], &words[at], (count - at) * sizeof words[0]);
        words[at] = source->p->latin.items[chance_below(c, source->p->latin.count)].latin;
        count++;
        break;
    case QUERY_words_exchanged:
        if (count < 2) return false;
        other = words[0];
        words[0] = words[count - 1];
        words[count - 1] = other;
        break;
    case QUERY_words_joined:
        at = count > 1 ? chance_below(c, (uint32_t)count - 1) : 0;
        if (count < 2 || words[at].size + words[at + 1].size > sizeof whole) return false;
        memcpy(whole, words[at].data, words[at].size);
        memcpy(whole + words[at].size, words[at + 1].data, words[at + 1].size);
        words[at] = (mz_str){whole, words[at].size + words[at + 1].size};
        memmove(&words[at + 1], &words[at + 2], (count - at - 2) * sizeof words[0]);
        count--;
        break;
    case QUERY_other_spelling:
        if (!count || !other_spelling(source->p, words[at], c, &other)) return false;
        words[at] = other;
        break;
    default: return false;
    }
    write_words(words, count, q);
    return true;
}

static bool split_word(letters *name, chance *c) {
    for (int tries = 0; tries < 8 && name->count > 6; tries++) {
        size_t at = 3 + chance_below(c, (uint32_t)name->count - 5), before = at, behind = at;
        while (before && is_letter(name->at[before - 1])) before--;
        while (behind < name->count && is_letter(name->at[behind])) behind++;
        if (at - before < 3 || behind - at < 2) continue;
        memmove(&name->at[at + 1], &name->at[at], (name->count - at) * sizeof name->at[0]);
        name->at[at] = ' ';
        name->count++;
        return true;
    }
    return false;
}

/* ---- queries ---- */

static void stranger(const query_source *source, uint64_t number, query *q) {
    corpus_entity one;
    chance rest;
    corpus_entity_of(source->strangers, number, &one, &rest);
    q->schema = one.schema;
    q->size = one.names[0].size < sizeof q->name ? one.names[0].size : sizeof q->name - 1;
    memcpy(q->name, one.names[0].data, q->size);
    q->name[q->size] = '\0';
    q->entity = QUERY_STRANGER;
}

static void damage(const query_source *source, mz_str name, chance *c, query *q) {
    letters text;
    read_letters(name, &text);
    if (q->kind == QUERY_as_listed) {
        write_letters(&text, q);
        return;
    }
    if (damage_words(source, name, c, q)) return;
    if (q->kind != QUERY_word_split || !split_word(&text, c)) {
        if (q->kind != QUERY_two_letters) q->kind = QUERY_one_letter;
        damage_letter(&text, c);
        if (q->kind == QUERY_two_letters) damage_letter(&text, c);
    }
    write_letters(&text, q);
}

void query_make(const query_source *source, uint64_t seed, uint64_t number, query *q) {
    const mz_index *index = source->index;
    chance c = chance_of(seed, number);
    uint32_t r = chance_below(&c, 100), kind = 0;
    while (kind + 1 < QUERY_KIND_COUNT && r >= kinds[kind].share) r -= kinds[kind++].share;
    q->kind = (query_kind)kind;
    if (q->kind == QUERY_stranger || !index->name_count) {
        q->kind = QUERY_stranger;
        stranger(source, number, q);
        return;
    }
    uint32_t name = chance_below(&c, index->name_count);
    q->entity = index->names[name].entity;
    mz_index_entry entry;
    mz_index_entity(index, index->names[name].entity, &entry);
    q->schema = entry.schema;
    damage(source, mz_index_name_text(index, name), &c, q);
}

/* ---- what costs most ---- */

/* The commonest whole words in Latin letters, most common first; returns how many. */
static size_t common_words(const mz_index *index, uint32_t *names_with, uint32_t *ret_words) {
    size_t count = 0;
    for (uint32_t n = 0; n < index->name_count; n++)
        for (size_t j = 0; j < index->names[n].word_count; j++)
            if (!index->names[n].organisation) names_with[mz_index_name_word(index, n, j)]++;
    for (; count < COMMON_MOST; count++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t w = 0; w < index->word_count; w++) {
            mz_name_word word;
            if (!names_with[w] || (best != UINT32_MAX && names_with[w] <= names_with[best])) continue;
            mz_index_word(index, w, &word);
            if (word.class == MZ_WORD_PLAIN && word.script == MZ_SCRIPT_LATIN && word.weight > 50) best = w;
        }
        if (best == UINT32_MAX) break;
        names_with[best] = 0;
        ret_words[count] = best;
    }
    return count;
}

static void ask(hard_query *hard, const char *what, mz_schema schema, const mz_str *words, size_t count) {
    hard->what = what;
    hard->asked = (query){.schema = schema, .entity = QUERY_STRANGER};
    write_words(words, count, &hard->asked);
}

mz_status queries_hard(const mz_index *index, hard_query hard[QUERY_HARD_MOST], size_t *ret_count, mz_error *error) {
    uint32_t common[COMMON_MOST], *names_with = calloc((size_t)index->word_count + 1, sizeof *names_with);
    mz_str words[COMMON_MOST], letters_alone[] = {MZ_STR("a"), MZ_STR("b"), MZ_STR("c"), MZ_STR("d")};
    mz_str company[] = {MZ_STR("general"), MZ_STR("trading"), MZ_STR("company")};
    char long_word[300];
    size_t made = 0;
    if (!names_with) return mz_fail_memory(error);
    size_t count = common_words(index, names_with, common);
    free(names_with);
    for (size_t i = 0; i < count; i++) {
        mz_name_word word;
        mz_index_word(index, common[i], &word);
        words[i] = word.folded;
    }
    static const struct {
        size_t words;
        const char *what;
    } lengths[] = {{1, "one common word"}, {2, "two common words"}, {4, "four common words"}, {10, "ten common words"}};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
        if (lengths[l].words <= count) ask(&hard[made++], lengths[l].what, MZ_SCHEMA_Person, words, lengths[l].words);
    ask(&hard[made++], "four words of one letter", MZ_SCHEMA_Person, letters_alone, 4);
    ask(&hard[made++], "words that are in every firm's name", MZ_SCHEMA_Company, company, 3);
    for (size_t i = 0; i < sizeof long_word; i++) long_word[i] = "abdelkrimo"[i % 10];
    mz_str whole = {long_word, sizeof long_word};
    ask(&hard[made++], "a word of 300 letters", MZ_SCHEMA_Person, &whole, 1);
    *ret_count = made;
    return MZ_OK;
}
