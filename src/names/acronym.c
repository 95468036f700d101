#include "names/acronym.h"

#include <xxhash.h>

enum { INITIALS_BYTES = 4 * MZ_ACRONYM_LETTERS_MOST, COMMON_WEIGHT_MOST = 25 };

/* Apart from the consonants of words, which share a table with these keys. */
static uint64_t key_of(const char *letters, size_t size) {
    return XXH3_64bits(letters, size) | UINT64_C(3) << 62;
}

static bool alphabet(const mz_name_word *word) {
    return word->script == MZ_SCRIPT_LATIN || word->script == MZ_SCRIPT_CYRILLIC || word->script == MZ_SCRIPT_GREEK;
}

static bool begins_letter(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t mz_acronym_letters(const mz_name_word *word) {
    size_t letters = 0;
    for (size_t i = 0; i < word->folded.size; i++) letters += begins_letter(word->folded.data[i]);
    return letters;
}

uint64_t mz_acronym_of_word(const mz_name_word *word) {
    if (word->class != MZ_WORD_PLAIN || !alphabet(word)) return 0;
    size_t letters = mz_acronym_letters(word);
    if (letters < MZ_ACRONYM_LETTERS_LEAST || letters > MZ_ACRONYM_LETTERS_MOST) return 0;
    return key_of(word->folded.data, word->folded.size);
}

/* The key of the initials of the first `count` words; 0 where they are too few, too many or of several scripts. */
static uint64_t key_of_initials(const mz_name *name, size_t count, bool particles) {
    char initials[INITIALS_BYTES];
    size_t size = 0, letters = 0;
    unsigned script = MZ_SCRIPT_NONE;
    for (size_t i = 0; i < count; i++) {
        const mz_name_word *word = &name->words[i];
        if (!particles && (word->class == MZ_WORD_ARTICLE || word->class == MZ_WORD_PARTICLE)) continue;
        if (!alphabet(word) || (letters && word->script != script) || letters == MZ_ACRONYM_LETTERS_MOST) return 0;
        script = word->script;
        letters++;
        for (size_t byte = 0; byte < word->folded.size && byte < 4; byte++) {
            if (byte && begins_letter(word->folded.data[byte])) break;
            initials[size++] = word->folded.data[byte];
        }
    }
    return letters < MZ_ACRONYM_LETTERS_LEAST ? 0 : key_of(initials, size);
}

static size_t add_key(uint64_t key, uint64_t *keys, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (keys[i] == key) return count;
    if (key) keys[count++] = key;
    return count;
}

size_t mz_acronyms_of_name(const mz_name *name, uint64_t ret_keys[MZ_ACRONYMS_MOST]) {
    if (!name->organisation || name->count < MZ_ACRONYM_LETTERS_LEAST) return 0;
    size_t count = 0, shorter = name->count;
    while (shorter && name->words[shorter - 1].class == MZ_WORD_GENERIC &&
           name->words[shorter - 1].weight <= COMMON_WEIGHT_MOST)
        shorter--;
    count = add_key(key_of_initials(name, name->count, false), ret_keys, count);
    count = add_key(key_of_initials(name, name->count, true), ret_keys, count);
    return add_key(key_of_initials(name, shorter, false), ret_keys, count);
}
