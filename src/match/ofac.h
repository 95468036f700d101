/* The algorithm `ofac`: scores as the Sanctions List Search of the US Treasury's OFAC gives them, for whoever must
 * answer for differences from that portal. It is not how Mizan compares names: see docs/ofac-portal.md.
 *
 * PUBLISHED, in the frequently asked questions 246 to 253 of OFAC:
 *   - scores are whole percents; the least that can be asked for is 50; only the name counts;
 *   - a first look finds candidates by the first letter of the search terms and by being at least half alike in edit
 *     distance;
 *   - the whole strings are compared by Jaro-Winkler; the parts of the name typed are compared with the parts of the
 *     listed name by Jaro-Winkler and Soundex, and their scores make a composite; the higher of the two is shown.
 *
 * INFERRED, from scores that the portal gave; tools/fit/ofac_fit.c chooses among the alternatives by cross-validation
 * and prints how much each matters. Nothing else is a parameter.
 *   - A whole string is the name as listed ("SURNAME, Given") without spaces, commas, dots and apostrophes; a hyphen
 *     stays. For parts a hyphen separates.
 *   - Winkler's addition is made however unlike the strings are (so do several libraries of the years in which the
 *     portal was made), for up to 5 letters of the whole strings and up to 4 of the parts.
 *   - Parts meet that begin with the same letter and are more than half alike in edit distance, or have one Soundex
 *     code; a part's score is its best, rounded up; parts of two letters or fewer do not count where there are longer
 *     ones; a part that meets nothing counts 0; the composite is the mean. Parts of the listed name that are left
 *     over cost nothing.
 *   - Soundex adds nothing that the scores show: it lets parts meet, no more.
 *   - A name that scores below 80 is not found where the first part typed is not half alike to any part of it and no
 *     more than half of the parts met. This rests on the fewest observations, names that the portal did not show; it
 *     may be that it was not asked for scores so low. So nothing is withheld that scores more than they do.
 *
 * OURS, where the portal has nothing: names in other scripts are romanised, marks dropped and capitals made small
 * before all else.
 *
 * Rejected: SimMetrics' reach for Jaro (half the shorter string and one), transpositions rounded down, Winkler's
 * threshold of 0.7, parts weighed by their length: each is further from the portal. */
#ifndef MIZAN_MATCH_OFAC_H
#define MIZAN_MATCH_OFAC_H

#include "base/arena.h"
#include "match/soundex.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What of a name is compared: its first letters and parts. Two names cost at most the square of the letters, twice. */
enum { MZ_OFAC_LETTERS_MOST = 256, MZ_OFAC_PARTS_MOST = 32, MZ_OFAC_SCORE_LEAST = 50, MZ_OFAC_SCORE_ANYWAY = 80 };

typedef struct mz_ofac_part {
    uint16_t first, count;          /* letters */
    uint8_t first_word, word_count; /* of mz_text_words */
    char soundex[MZ_SOUNDEX_SIZE];
} mz_ofac_part;

/* A name made ready once, to be compared often. Everything is in the arena it was made in. */
typedef struct mz_ofac_name {
    const uint32_t *letters; /* the whole string */
    const mz_ofac_part *parts;
    uint16_t letter_count;
    uint8_t part_count;
    bool cut; /* it had more */
} mz_ofac_name;

/* `scratch` is reset; `arena` gets 4 bytes a letter and 10 a part. A name without letters and digits has no parts.
 * MZ_ERR_INPUT: not UTF-8; MZ_ERR_MEMORY, MZ_ERR_LIMIT: an arena is full, or the name has 16 MiB or more. */
mz_status mz_ofac_prepare(mz_str name, mz_arena *scratch, mz_arena *arena, mz_ofac_name *ret_name, mz_error *error);

/* 50 to 100, or 0: the portal would not show it. The order of the two matters: parts of the listed name may be left
 * over, parts of the query may not. No memory, no state. */
unsigned mz_ofac_score(const mz_ofac_name *query, const mz_ofac_name *listed);

/* How a score came about: by the whole strings, or by the parts of the query that count, each with the part of the
 * listed name that it met best. */
enum { MZ_OFAC_NO_PART = 255 };
typedef struct mz_ofac_meeting {
    uint8_t query_part, listed_part; /* MZ_OFAC_NO_PART: it met none */
    uint8_t score;                   /* percent */
} mz_ofac_meeting;

typedef struct mz_ofac_account {
    bool by_whole;
    mz_ofac_meeting meetings[MZ_OFAC_PARTS_MOST];
    size_t meeting_count;
} mz_ofac_account;

/* The score again, with its account (unspecified where the score is 0). */
unsigned mz_ofac_account_for(const mz_ofac_name *query, const mz_ofac_name *listed, mz_ofac_account *ret_account);

/* The alternatives among which the fit chooses. */
typedef struct mz_ofac_settings {
    uint8_t whole_prefix, part_prefix; /* letters of a common beginning that count */
    uint8_t short_part;                /* parts of this many letters or fewer do not count */
    uint8_t meet_percent;              /* parts meet that are more alike than this in edit distance */
    uint8_t first_percent;             /* how alike the first part must be to one of the listed name; 0: not asked */
    uint8_t soundex_percent;           /* of what is missing to 100, given where Soundex agrees */
    bool round_parts_up;               /* else to the nearest */
} mz_ofac_settings;

extern const mz_ofac_settings mz_ofac_portal; /* what mz_ofac_score uses */
unsigned mz_ofac_score_by(const mz_ofac_settings *settings, const mz_ofac_name *query, const mz_ofac_name *listed);

#endif
