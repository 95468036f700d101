/* A reading is a parsed name told to a person: its words in the order written, with those that the parser set aside
 * put back where they stood. These are found by what no word of the parsed name covers, so that parsing, which is done
 * for every query, need not remember them. */
#include "screen/reading.h"

#include "base/error.h"
#include "names/lexicon.h"
#include "names/phones.h"

#include <stdlib.h>

enum { READING_ARENA_BYTES = 64 << 20, SOUNDS_BYTES = 4 * MZ_PHONES_MOST };

const char *mz_role_name(mz_role role) {
    static const char *const names[MZ_ROLE_COUNT] = {
        [MZ_ROLE_NAME] = "name",           [MZ_ROLE_GIVEN] = "given",           [MZ_ROLE_MIDDLE] = "middle",
        [MZ_ROLE_FAMILY] = "family",       [MZ_ROLE_PATRONYMIC] = "patronymic", [MZ_ROLE_NISBA] = "nisba",
        [MZ_ROLE_KUNYA] = "kunya",         [MZ_ROLE_ARTICLE] = "article",       [MZ_ROLE_PARTICLE] = "particle",
        [MZ_ROLE_FILIATION] = "filiation", [MZ_ROLE_TITLE] = "title",           [MZ_ROLE_SUFFIX] = "suffix",
        [MZ_ROLE_INITIAL] = "initial",     [MZ_ROLE_GENERIC] = "generic",       [MZ_ROLE_LEGAL_FORM] = "legal form",
        [MZ_ROLE_NUMBER] = "number",       [MZ_ROLE_UNUSED] = "unused",         [MZ_ROLE_ACTIVITY] = "activity",
        [MZ_ROLE_PLACE] = "place",
    };
    return role < MZ_ROLE_COUNT ? names[role] : "?";
}

mz_role mz_word_role(const mz_name_word *word) {
    if (word->class == MZ_WORD_ACTIVITY) return MZ_ROLE_ACTIVITY;
    if (word->class == MZ_WORD_PLACE) return MZ_ROLE_PLACE;
    return (mz_role)word->role;
}

mz_role mz_words_role(const mz_name *name, size_t first, size_t count) {
    if (!count) return MZ_ROLE_NAME;
    size_t weightiest = first;
    for (size_t i = first; i < first + count; i++)
        if (name->words[i].weight > name->words[weightiest].weight) weightiest = i;
    return mz_word_role(&name->words[weightiest]);
}

/* A reading with its memory behind it. */
typedef struct reading {
    mz_reading shown; /* first, so that it is the same address */
    mz_arena arena;
} reading;

static mz_str sounds_of(mz_arena *arena, const mz_name_word *word) {
    char text[SOUNDS_BYTES];
    size_t size = 0;
    for (size_t i = 0; i < word->phone_count; i++)
        for (const char *letter = mz_phone_letters(word->phones[i]); *letter && size < sizeof text; letter++)
            text[size++] = *letter;
    return mz_arena_copy(arena, (mz_str){text, size});
}

static bool covers(const mz_name *name, const mz_word *word) {
    for (size_t i = 0; i < name->count; i++) {
        const mz_str original = name->words[i].original;
        if (original.data <= word->original.data && word->original.data < original.data + original.size) return true;
    }
    return false;
}

/* What a word is that the parser did not keep among the words. */
static mz_role role_aside(const mz_name *name, const mz_word *word) {
    const mz_lexeme lexeme = mz_lexicon_find(word->folded);
    if (name->number_count && (word->number || lexeme.kinds & (MZ_LEXICON_NUMBER | MZ_LEXICON_SIGN)))
        return MZ_ROLE_NUMBER;
    return name->organisation && name->legal_count ? MZ_ROLE_LEGAL_FORM : MZ_ROLE_UNUSED;
}

static mz_reading_word word_kept(mz_arena *arena, const mz_name_word *word) {
    return (mz_reading_word){.role = mz_word_role(word),
                             .written = word->original,
                             .normal = word->folded,
                             .sounds = sounds_of(arena, word),
                             .weight = word->weight / (double)MZ_WEIGHT_FULL,
                             .bits = word->bits};
}

/* Both lists are in the order written: one walk puts them together. */
static void merge(reading *r, const mz_name *name, const mz_word *found, size_t found_count, mz_reading_word *out) {
    size_t next = 0, *count = &r->shown.word_count;
    for (size_t i = 0; i < found_count; i++) {
        if (covers(name, &found[i])) continue;
        while (next < name->count && name->words[next].original.data < found[i].original.data)
            out[(*count)++] = word_kept(&r->arena, &name->words[next++]);
        out[(*count)++] = (mz_reading_word){
            .role = role_aside(name, &found[i]), .written = found[i].original, .normal = found[i].folded};
    }
    while (next < name->count) out[(*count)++] = word_kept(&r->arena, &name->words[next++]);
}

static mz_status fill(reading *r, mz_schema schema, mz_str text, mz_error *error) {
    mz_name name;
    mz_word *found;
    size_t found_count;
    bool cut;
    mz_str copy = mz_arena_copy(&r->arena, text);
    if (r->arena.failed) return mz_fail_arena(&r->arena, error, "the name");
    mz_status status = mz_name_parse(copy, mz_name_organisation(schema), &r->arena, &name, error);
    if (!status) status = mz_text_words(copy, &r->arena, MZ_NAME_WORDS_MOST, &found, &found_count, &cut, error);
    if (status) return status;
    mz_reading_word *words = MZ_ARENA_NEW(&r->arena, name.count + found_count + 1, mz_reading_word);
    if (!words) return mz_fail_memory(error);
    r->shown = (mz_reading){
        .organisation = name.organisation, .culture = (mz_culture)name.culture, .cut = name.cut, .words = words};
    merge(r, &name, found, found_count, words);
    return r->arena.failed ? mz_fail_arena(&r->arena, error, "the name") : MZ_OK;
}

mz_status mz_reading_new(mz_schema schema, mz_str name, mz_reading **ret_reading, mz_error *error) {
    reading *r = calloc(1, sizeof *r);
    if (!r) return mz_fail_memory(error);
    mz_arena_init(&r->arena, READING_ARENA_BYTES);
    mz_status status = fill(r, schema, name, error);
    if (status == MZ_ERR_MEMORY && r->arena.failed) status = mz_fail_arena(&r->arena, error, "reading the name");
    if (status) {
        mz_reading_free(&r->shown);
        return status;
    }
    *ret_reading = &r->shown;
    return MZ_OK;
}

void mz_reading_free(mz_reading *shown) {
    if (!shown) return;
    reading *r = (reading *)shown;
    mz_arena_done(&r->arena);
    free(r);
}
