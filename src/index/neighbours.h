/* The neighbours of a query's words: words of the vocabulary alike to them, and how alike.
 *
 * A word is looked up down to some likeness, its share, and the neighbours from there on are all known exactly; what
 * they cost to find falls steeply the higher the share is. What is less alike may be asked for by its code
 * (postings.h) alone: sifting tells the codes of all words that may be alike down to the word's floor, without aligning
 * any; light words, which have no code, are few, and compared. What was found is remembered for other queries. */
#ifndef MIZAN_INDEX_NEIGHBOURS_H
#define MIZAN_INDEX_NEIGHBOURS_H

#include "index/alike.h"
#include "index/image.h"
#include "index/remembered.h"
#include "index/work.h"

/* What is known of one word of the query against the vocabulary. */
typedef struct mz_query_word {
    uint16_t *likeness; /* by word, one more than it is; 0 where not compared; NULL until used */
    uint32_t *compared; /* words whose likeness is known, to forget them again */
    uint32_t compared_count;
    uint16_t floor;        /* what is less alike is not looked for: meeting it is too dear */
    uint16_t share;        /* when searched: all that are alike from here on are known */
    bool searched, sifted; /* sifted: words alike from the floor on have one of `codes`, or none and are known */
    uint16_t *codes;       /* NULL until used */
    uint32_t code_count;
    double missing, price; /* what it costs to leave it out, and to spell it otherwise (name_score.h) */
} mz_query_word;

typedef struct mz_neighbours {
    const mz_index *index;
    mz_alike *alike;
    mz_remembered remembered;
    mz_likeness_pair *pairs; /* room for as many as the vocabulary has words */
    uint64_t *sieve;         /* a bit for each code */
    mz_query_word words[MZ_NAME_WORDS_MOST];
    /* of the search in hand */
    const mz_name *query;
    mz_work *work;
    size_t looking; /* the word that alike ones are looked for */
} mz_neighbours;

/* Of zeroed memory. False: out of memory; it is to be done with in any case. */
bool mz_neighbours_init(mz_neighbours *neighbours, const mz_index *index);
void mz_neighbours_done(mz_neighbours *neighbours);

/* Begins a query: forgets what is known. Floors and prices are the caller's to fill in. False: out of memory. */
bool mz_neighbours_start(mz_neighbours *neighbours, const mz_name *query, mz_work *work);

/* Finds the neighbours of word i down to a share, which is at least its floor. Words compared one by one (initials,
 * articles, those of one meaning) are known whatever their likeness. Nothing is done where it was searched before. */
void mz_neighbours_find(mz_neighbours *neighbours, size_t i, uint16_t share);

/* Finds the codes of words that may be alike to word i from its floor on: of all that are, and of few that are not;
 * and how alike the light ones are. Word i was searched. */
void mz_neighbours_sift(mz_neighbours *neighbours, size_t i);

/* mz_word_likeness of word i and a word of the vocabulary. */
uint16_t mz_neighbours_compare(mz_neighbours *neighbours, size_t i, uint32_t word);

#endif
