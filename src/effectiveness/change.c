/* The name in hand, and how a class is applied to it. */
#include "effectiveness/change.h"

#include <string.h>
#include <utf8proc.h>

/* ---- letters ---- */

bool mz_letter_is_upper(uint32_t letter) {
    return utf8proc_category((utf8proc_int32_t)letter) == UTF8PROC_CATEGORY_LU;
}

uint32_t mz_letter_upper(uint32_t letter) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)letter);
}

uint32_t mz_letter_lower(uint32_t letter) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)letter);
}

bool mz_letter_is(uint32_t letter) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

mz_script mz_script_of_name(mz_str name) {
    size_t counts[MZ_SCRIPT_COUNT] = {0}, at = 0;
    for (uint32_t letter; mz_utf8_next(name, &at, &letter);) counts[mz_script_of(letter)]++;
    mz_script most = MZ_SCRIPT_NONE;
    counts[MZ_SCRIPT_NONE] = 0;
    for (mz_script s = 1; s < MZ_SCRIPT_COUNT; s++)
        if (counts[s] > counts[most]) most = s;
    return most;
}

unsigned mz_change_kinds_of(mz_schema schema) {
    if (schema == MZ_SCHEMA_Person) return MZ_OF_PERSONS;
    if (schema == MZ_SCHEMA_LegalEntity || schema == MZ_SCHEMA_Thing) return MZ_OF_PERSONS | MZ_OF_FIRMS;
    if (mz_schema_is_a(schema, MZ_SCHEMA_Organization)) return MZ_OF_FIRMS;
    if (mz_schema_is_a(schema, MZ_SCHEMA_Vehicle)) return MZ_OF_SHIPS;
    return 0;
}

/* ---- chance ---- */

static const uint64_t fnv_offset = 0xCBF29CE484222325U, fnv_prime = 0x100000001B3U;

/* FNV-1a, 64 bits, with a byte between two texts that neither can have. */
static uint64_t mix(uint64_t hash, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)bytes[i]) * fnv_prime;
    return (hash ^ 0xFF) * fnv_prime;
}

/* SplitMix64 (Steele, Lea, Flood 2014): full period, and good from any seed. */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

uint64_t mz_change_seed(uint64_t seed, mz_str what, mz_str id, mz_str name) {
    uint64_t hash = mix(fnv_offset ^ seed, what.data, what.size);
    hash = mix(mix(hash, id.data, id.size), name.data, name.size);
    return next_random(&hash);
}

uint32_t mz_change_random(mz_change *change, uint32_t below) {
    /* the high half, scaled: a bias of one in four thousand million does not matter here */
    return (uint32_t)(((next_random(&change->random) >> 32) * below) >> 32);
}

/* ---- the name in hand ---- */

static bool read_name(mz_change *change, mz_str name) {
    size_t at = 0;
    change->size = 0;
    for (uint32_t letter; mz_utf8_next(name, &at, &letter);) {
        if (change->size == MZ_CHANGE_LETTERS) return false;
        change->letters[change->size++] = letter;
    }
    return true;
}

static bool write_name(const mz_change *change, mz_buffer *out) {
    mz_buffer_clear(out);
    for (size_t i = 0; i < change->size; i++) {
        char bytes[4];
        mz_buffer_append(out, bytes, mz_utf8_put(change->letters[i], bytes));
    }
    return !out->failed;
}

size_t mz_change_words(const mz_change *change, mz_span words[MZ_CHANGE_WORDS]) {
    size_t count = 0;
    for (size_t i = 0; i < change->size && count < MZ_CHANGE_WORDS; i++) {
        if (change->letters[i] == ' ') continue;
        words[count].from = i;
        while (i < change->size && change->letters[i] != ' ') i++;
        words[count++].to = i;
    }
    return count;
}

static void put(mz_change *change, mz_span span, const uint32_t *letters, size_t count) {
    size_t behind = change->size - span.to;
    if (span.from + count + behind > MZ_CHANGE_LETTERS) {
        change->overflow = true;
        return;
    }
    memmove(change->letters + span.from + count, change->letters + span.to, behind * sizeof *letters);
    memcpy(change->letters + span.from, letters, count * sizeof *letters);
    change->size = span.from + count + behind;
}

void mz_change_put(mz_change *change, mz_span span, const char *text) {
    uint32_t letters[MZ_CHANGE_LETTERS];
    size_t count = 0, at = 0;
    mz_str view = mz_str_of(text);
    for (uint32_t letter; count < MZ_CHANGE_LETTERS && mz_utf8_next(view, &at, &letter);) letters[count++] = letter;
    put(change, span, letters, count);
}

void mz_change_put_letter(mz_change *change, mz_span span, uint32_t letter) {
    put(change, span, &letter, 1);
}

void mz_change_order(mz_change *change, const mz_span *words, const size_t *order, size_t count) {
    uint32_t letters[MZ_CHANGE_LETTERS];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        mz_span word = words[order[i]];
        if (size + 1 + word.to - word.from > MZ_CHANGE_LETTERS) {
            change->overflow = true;
            return;
        }
        if (i) letters[size++] = ' ';
        memcpy(letters + size, change->letters + word.from, (word.to - word.from) * sizeof *letters);
        size += word.to - word.from;
    }
    put(change, (mz_span){0, change->size}, letters, size);
}

bool mz_change_pick(mz_change *change, size_t least, mz_span *ret_word) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t letters = 0;
        for (size_t k = words[i].from; k < words[i].to; k++) letters += mz_letter_is(change->letters[k]);
        if (letters >= least) words[kept++] = words[i];
    }
    if (!kept) return false;
    *ret_word = words[mz_change_random(change, (uint32_t)kept)];
    return true;
}

bool mz_change_apply(const mz_change_kind *kind, uint64_t seed, const mz_changed *of, mz_change *change,
                     mz_buffer *out) {
    if (!(kind->kinds & of->kinds)) return false;
    if (kind->scripts && !(kind->scripts >> of->script & 1)) return false;
    if (!read_name(change, of->name)) return false;
    change->overflow = false;
    change->of = of;
    change->birth_date[0] = '\0';
    change->nationality = (mz_str){"", 0};
    change->random = mz_change_seed(seed, mz_str_of(kind->class.name), of->id, of->name);
    if (!kind->function(change) || change->overflow || !write_name(change, out)) return false;
    bool same = mz_str_equal(mz_buffer_view(out), of->name);
    return !same || kind->class.keeps_name;
}
