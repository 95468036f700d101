/* See ofac.h for what is published of the portal's way of scoring and what is inferred. */
#include "match/ofac.h"

#include "base/error.h"
#include "match/jaro_winkler.h"
#include "text/text.h"

#include <string.h>

_Static_assert((int)MZ_OFAC_LETTERS_MOST <= (int)MZ_JARO_LETTERS_MOST, "a whole name is compared");

const mz_ofac_settings mz_ofac_portal = {
    .whole_prefix = 5,
    .part_prefix = 4,
    .short_part = 2,
    .meet_percent = 50,
    .first_percent = 50,
    .soundex_percent = 0,
    .round_parts_up = true,
};

/* ---- making a name ready ---- */

typedef struct maker {
    uint32_t letters[MZ_OFAC_LETTERS_MOST];
    mz_ofac_part parts[MZ_OFAC_PARTS_MOST];
    size_t letter_count, part_count;
    bool cut;
} maker;

static void add_letter(maker *name, uint32_t letter) {
    if (name->letter_count == MZ_OFAC_LETTERS_MOST)
        name->cut = true;
    else
        name->letters[name->letter_count++] = letter;
}

/* The word's letters, into the part in hand; a word that no table romanises stays in its own script. */
static void add_word(maker *name, const mz_word *word) {
    mz_str text = word->latin.size ? word->latin : word->folded;
    uint32_t letter;
    for (size_t at = 0; mz_utf8_next(text, &at, &letter);) {
        if (name->letter_count == MZ_OFAC_LETTERS_MOST) {
            name->cut = true;
            return;
        }
        add_letter(name, letter);
        name->parts[name->part_count - 1].count++;
    }
}

/* What stands between two words decides: nothing (a digit behind a letter), and they are one part; a hyphen, and it
 * stays in the whole string; anything else goes. False: no room for a part. */
static bool add_border(maker *name, const char *end_of_last, const mz_word *next, size_t number) {
    if (end_of_last == next->original.data) {
        name->parts[name->part_count - 1].word_count++;
        return true;
    }
    if (name->part_count == MZ_OFAC_PARTS_MOST) return false;
    if (end_of_last && next->original.data == end_of_last + 1 && *end_of_last == '-') add_letter(name, '-');
    if (name->letter_count == MZ_OFAC_LETTERS_MOST) return false;
    name->parts[name->part_count++] =
        (mz_ofac_part){.first = (uint16_t)name->letter_count, .first_word = (uint8_t)number, .word_count = 1};
    return true;
}

mz_status mz_ofac_prepare(mz_str name, mz_arena *scratch, mz_arena *arena, mz_ofac_name *ret_name, mz_error *error) {
    maker made = {.letter_count = 0};
    mz_word *words;
    size_t count;
    const char *end = NULL;
    mz_arena_reset(scratch);
    /* every word has a letter, so that more words than letters are never wanted */
    mz_status status = mz_text_words(name, scratch, MZ_OFAC_LETTERS_MOST, &words, &count, &made.cut, error);
    if (status) return status;
    for (size_t i = 0; i < count; i++) {
        if (!add_border(&made, end, &words[i], i)) {
            made.cut = true;
            break;
        }
        add_word(&made, &words[i]);
        end = words[i].original.data + words[i].original.size;
    }
    for (size_t i = 0; i < made.part_count; i++)
        (void)mz_soundex(made.letters + made.parts[i].first, made.parts[i].count, made.parts[i].soundex);
    uint32_t *letters = MZ_ARENA_NEW(arena, made.letter_count, uint32_t);
    mz_ofac_part *parts = MZ_ARENA_NEW(arena, made.part_count, mz_ofac_part);
    if (arena->failed) return mz_fail_arena(arena, error, "a name");
    memcpy(letters, made.letters, made.letter_count * sizeof *letters);
    memcpy(parts, made.parts, made.part_count * sizeof *parts);
    *ret_name = (mz_ofac_name){letters, parts, (uint16_t)made.letter_count, (uint8_t)made.part_count, made.cut};
    return MZ_OK;
}

/* ---- comparing ---- */

static unsigned percent_near(mz_fraction part) {
    return (unsigned)((200 * part.over + part.under) / (2 * part.under));
}

static unsigned percent_up(mz_fraction part) {
    return (unsigned)((100 * part.over + part.under - 1) / part.under);
}

/* Levenshtein's: letters put in, left out or exchanged. */
static size_t edits(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count) {
    uint16_t row[MZ_OFAC_LETTERS_MOST + 1];
    for (size_t j = 0; j <= right_count; j++) row[j] = (uint16_t)j;
    for (size_t i = 0; i < left_count; i++) {
        uint16_t diagonal = row[0];
        row[0] = (uint16_t)(i + 1);
        for (size_t j = 0; j < right_count; j++) {
            uint16_t cost = (uint16_t)(diagonal + (left[i] != right[j]));
            diagonal = row[j + 1];
            if (row[j] + 1 < cost) cost = (uint16_t)(row[j] + 1);
            if (diagonal + 1 < cost) cost = (uint16_t)(diagonal + 1);
            row[j + 1] = cost;
        }
    }
    return row[right_count];
}

typedef struct pair {
    const mz_ofac_settings *settings;
    const mz_ofac_name *query, *listed;
} pair;

static mz_fraction part_likeness(const pair *names, const mz_ofac_part *part, const mz_ofac_part *other) {
    return mz_jaro_winkler(names->query->letters + part->first, part->count, names->listed->letters + other->first,
                           other->count, names->settings->part_prefix);
}

/* 0: the two parts do not meet. */
static unsigned part_score(const pair *names, const mz_ofac_part *part, const mz_ofac_part *other) {
    const uint32_t *left = names->query->letters + part->first, *right = names->listed->letters + other->first;
    if (left[0] != right[0]) return 0;
    bool same_sound = memcmp(part->soundex, other->soundex, MZ_SOUNDEX_SIZE) == 0 && part->soundex[0] != '0';
    size_t longer = part->count > other->count ? part->count : other->count;
    size_t alike = longer - edits(left, part->count, right, other->count);
    if (!same_sound && alike * 100 <= names->settings->meet_percent * longer) return 0;
    mz_fraction found = part_likeness(names, part, other);
    if (same_sound) {
        found.over = 100 * found.over + names->settings->soundex_percent * (found.under - found.over);
        found.under *= 100;
    }
    return names->settings->round_parts_up ? percent_up(found) : percent_near(found);
}

static mz_ofac_meeting best_meeting(const pair *names, size_t i) {
    mz_ofac_meeting best = {.query_part = (uint8_t)i, .listed_part = MZ_OFAC_NO_PART};
    for (size_t j = 0; j < names->listed->part_count && best.score < 100; j++) {
        unsigned score = part_score(names, &names->query->parts[i], &names->listed->parts[j]);
        if (score <= best.score) continue;
        best.score = (uint8_t)score;
        best.listed_part = (uint8_t)j;
    }
    return best;
}

/* Half alike to some part of the listed name, whatever letter that begins with. */
static bool resembles_one(const pair *names, const mz_ofac_part *part) {
    for (size_t j = 0; j < names->listed->part_count; j++) {
        mz_fraction found = part_likeness(names, part, &names->listed->parts[j]);
        if (100 * found.over >= names->settings->first_percent * found.under) return true;
    }
    return false;
}

/* The composite of the parts, and whether the first look finds the name. */
static unsigned parts_score(const pair *names, mz_ofac_account *account, bool *ret_found) {
    size_t shortest = names->settings->short_part, counted = 0, met = 0;
    const mz_ofac_part *first = NULL;
    unsigned sum = 0;
    while (counted == 0) {
        for (size_t i = 0; i < names->query->part_count; i++) {
            const mz_ofac_part *part = &names->query->parts[i];
            if (part->count <= shortest) continue;
            mz_ofac_meeting best = best_meeting(names, i);
            if (counted == 0) first = part;
            account->meetings[counted++] = best;
            met += best.score > 0;
            sum += best.score;
        }
        if (counted == 0 && shortest == 0) return 0; /* of nothing but hyphens there is no name */
        shortest = 0;
    }
    account->meeting_count = counted;
    *ret_found = 2 * met > counted || resembles_one(names, first);
    return (unsigned)((2 * sum + counted) / (2 * counted));
}

static unsigned score_by(const mz_ofac_settings *settings, const mz_ofac_name *query, const mz_ofac_name *listed,
                         mz_ofac_account *account) {
    pair names = {settings, query, listed};
    bool found = false;
    if (query->part_count == 0 || listed->part_count == 0) return 0;
    unsigned parts = parts_score(&names, account, &found);
    unsigned whole = 0;
    if (parts < 100)
        whole = percent_near(mz_jaro_winkler(query->letters, query->letter_count, listed->letters, listed->letter_count,
                                             settings->whole_prefix));
    unsigned score = parts > whole ? parts : whole;
    account->by_whole = whole > parts;
    return score < (found ? MZ_OFAC_SCORE_LEAST : MZ_OFAC_SCORE_ANYWAY) ? 0 : score;
}

unsigned mz_ofac_score_by(const mz_ofac_settings *settings, const mz_ofac_name *query, const mz_ofac_name *listed) {
    mz_ofac_account account;
    return score_by(settings, query, listed, &account);
}

unsigned mz_ofac_account_for(const mz_ofac_name *query, const mz_ofac_name *listed, mz_ofac_account *ret_account) {
    return score_by(&mz_ofac_portal, query, listed, ret_account);
}

unsigned mz_ofac_score(const mz_ofac_name *query, const mz_ofac_name *listed) {
    return mz_ofac_score_by(&mz_ofac_portal, query, listed);
}
