/* Screening: a query in, scored and explained hits out.
 *
 * A pure function of query, image, options and build: the same four give the same hits and scores, to the bit. */
#ifndef MIZAN_SCREEN_H
#define MIZAN_SCREEN_H

#include "mizan/entity.h"
#include "mizan/filter.h"
#include "mizan/index.h"
#include "mizan/plan.h"
#include "mizan/policy.h"
#include "mizan/reading.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

/* Why two things were found alike or different. */
typedef enum mz_rule {
    MZ_RULE_SAME,       /* the same word in normal form */
    MZ_RULE_SPELLING,   /* another spelling in the same script */
    MZ_RULE_SCRIPT,     /* the same sound in another script */
    MZ_RULE_JOINED,     /* words written together on one side */
    MZ_RULE_INITIAL,    /* an initial for a word */
    MZ_RULE_EQUIVALENT, /* nickname, abbreviation or translation known from a table */
    MZ_RULE_LEGAL_FORM, /* legal forms that agree or differ */
    MZ_RULE_NUMBER,     /* numbers that agree or differ */
    MZ_RULE_MISSING,    /* a word of the query that the entity's name lacks */
    MZ_RULE_EXTRA,      /* a word of the entity's name that the query lacks */
    MZ_RULE_DIFFERENT,  /* a word on each side that contradict each other */
    MZ_RULE_ORDER,      /* the words stand in another order */
    MZ_RULE_WEAK_ALIAS, /* the name met is one that its list calls weak */
    MZ_RULE_DATE,       /* dates of birth, death, incorporation, building */
    MZ_RULE_COUNTRY,    /* nationality, country, flag */
    MZ_RULE_GENDER,
    MZ_RULE_PLACE, /* places of birth */
    MZ_RULE_ADDRESS,
    MZ_RULE_IDENTIFIER, /* a document, registration or ship number */
    MZ_RULE_COUNT
} mz_rule;

/* "same", "spelling", …: the word in JSON and on the screen. */
const char *mz_rule_name(mz_rule rule);

/* One part of an explanation. The parts' points add up to the score, their bits to the weight.
 *
 * Points are what a part has of the names, in all 1, less what it took away: so that `taken` of all parts adds up to
 * what the score lacks to 1 (where names met). All are whole millionths, as the score is, and their sums exact. */
typedef struct mz_evidence {
    mz_rule rule;
    mz_property property; /* of the entity: which fact was met */
    mz_role role;         /* of words of a name: what they are */
    mz_str query, entity; /* what met what, as written, or with what stood in brackets between taken out; empty when one
                             side has nothing */
    double points;        /* of the score, may be negative */
    double taken;         /* what it took from the score; negative when it raised it */
    double bits;          /* of the weight: log2 of how much likelier for the same than for strangers */
} mz_evidence;

typedef struct mz_hit {
    uint32_t number; /* of the entity in the image */
    mz_index_entry entity;
    mz_str query_name, entity_name; /* the pair of names behind the score; empty when an identifier decided */
    bool organisation;              /* they were read as those of firms or ships, not of persons */
    double score;                   /* 0…1 in steps of 1/1000000; thresholds apply to it */
    double weight;                  /* bits */
    const mz_evidence *evidence;
    size_t evidence_count;
} mz_hit;

/* A second's work on a common machine. A query of a few names needs a thousandth of it; it is for those that are made
 * to be slow. */
enum { MZ_USUAL_BUDGET = 1000000000 };

typedef struct mz_screen_options {
    double threshold;        /* 0.5 … 1, below 0.5 only with exhaustive; it wins over the policy's. 0: the policy's */
    size_t limit;            /* best hits kept */
    size_t limit_most;       /* that a query in JSON may ask for instead; 0: 100000 */
    bool exhaustive;         /* score every entity: slow, for checking */
    const mz_policy *policy; /* NULL: the default; must outlive the screener */
    const mz_filter *filter; /* NULL: all that is listed; must outlive the screener */
    uint64_t budget;         /* of work for one query, in units of about a nanosecond (mizan/plan.h); 0: any. Not for
                                exhaustive */
    bool tell_plan;          /* an answer in JSON has what was done, in "plan" */
    bool timed;              /* measure how long each stage takes, in the plan; nothing else asks a clock */
} mz_screen_options;
#define MZ_SCREEN_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        .threshold = 0, .limit = 10, .limit_most = 0, .exhaustive = false, .policy = NULL, .filter = NULL,             \
        .budget = MZ_USUAL_BUDGET, .tell_plan = false, .timed = false                                                  \
    }

/* What mz_screening.not_done, and "not_done" of an answer in JSON, say when nothing of the query could be screened, so
 * that "no hits" means nothing; any other text there tells of surplus that was cut. */
#define MZ_NOTHING_TO_SCREEN "the query has no name with a letter or digit, and no identifier"

/* What was left undone when the budget of work was used up: hits may be missing because of it. The same query, index,
 * options and build are cut at the same place on every machine. */
typedef struct mz_cut {
    const mz_str *names; /* of the query, that were not looked for */
    size_t name_count;
    const mz_str *words; /* of its other names, whose like were not, or not all, looked for */
    size_t word_count;
    uint64_t listed_names; /* that were found, and not compared */
    uint64_t entities;     /* that were found, and not judged */
    bool numbers;          /* not all entities that bear a number of the query's were looked up */
} mz_cut;

typedef struct mz_screening {
    mz_str id; /* the query's own */
    const mz_hit *hits;
    size_t hit_count;  /* at most the limit */
    size_t total_hits; /* at or above the threshold, also beyond the limit */
    mz_str not_done;   /* empty, MZ_NOTHING_TO_SCREEN, or what was cut (see SECURITY.md, limits) */
    double threshold;  /* that was applied; where rules gave the query's names different ones, the least */
    mz_algorithm algorithm;
    const mz_cut *cut;       /* NULL: the budget sufficed; else not_done says it in words, too */
    const mz_filter *filter; /* that was applied; NULL: none */
    const mz_plan *plan;     /* what was done; NULL for mz_screen_entity */
} mz_screening;

/* A screener: an open index and working memory. One thread at a time uses a screener; an index may have many. */
typedef struct mz_screener mz_screener;

mz_status mz_screener_new(const mz_index *index, const mz_screen_options *options, mz_screener **ret_screener,
                          mz_error *error);
void mz_screener_free(mz_screener *screener);

/* What the queries from now on look at, instead of what the options say; NULL: all that is listed. It must live as long
 * as it is used. On failure, as mz_filter_check says, the old one stays. */
mz_status mz_screener_set_filter(mz_screener *screener, const mz_filter *filter, mz_error *error);

/* Screens one query: an entity whose facts are names, dates, countries, identifiers. The result is the screener's
 * until its next call. */
mz_status mz_screen(mz_screener *screener, mz_str id, const mz_entity *query, const mz_screening **ret_screening,
                    mz_error *error);

/* Which entities the last mz_screen found, the best first, also beyond the limit: at most `most` of them, without
 * evidence. None after a screening that failed. */
typedef struct mz_found {
    uint32_t number;
    double score;
} mz_found;
size_t mz_screener_found(mz_screener *screener, mz_found *ret_found, size_t most);
/* How many of them have at least this score. */
size_t mz_screener_reaching(const mz_screener *screener, double score);

/* What all queries together did that were screened since this was asked last. */
void mz_screener_take_plan(mz_screener *screener, mz_plan *ret_sum);

/* Judges one entity of the index by a query, whether or not it reaches the threshold: why it is a hit, or why it is
 * none. The answer has that one hit, and total_hits says whether it reaches the threshold (1) or not (0). Its score is
 * 0 when no name met and no number is the same, as between things of schemata that are not compared
 * (mz_schema_comparable). A screening that finds the entity says the same of it. Filter and budget have no say.
 * MZ_ERR_ARGUMENT for a number that the index does not have. */
mz_status mz_screen_entity(mz_screener *screener, const mz_entity *query, uint32_t number,
                           const mz_screening **ret_screening, mz_error *error);

/* Screens one name. */
mz_status mz_screen_name(mz_screener *screener, mz_schema schema, mz_str name, const mz_screening **ret_screening,
                         mz_error *error);

/* A query as JSON, {"id":…,"schema":…,"properties":{…}}, which may set "algorithm", "threshold" and "weights" for
 * itself as a policy does, a "filter", a "limit", and "plan": true as tell_plan and timed (they win over the options,
 * each key of the filter by itself), to the answer as one line of JSON without the newline (the screener's until its
 * next call). Malformed JSON, an unknown schema or
 * property, a wrong type: MZ_ERR_INPUT with the column, and the nearest known name in the text. */
mz_status mz_screen_json(mz_screener *screener, mz_str query, mz_str *ret_answer, size_t *ret_hit_count,
                         mz_error *error);

/* Compares two names as screening would, without an index; `schema` as in a query. */
typedef struct mz_comparison {
    double score, weight;
    mz_str query, candidate; /* the names that were compared: a text may give several, "X formerly Y" */
    bool organisation;       /* both were read as names of firms or ships, not of persons */
    const mz_evidence *evidence;
    size_t evidence_count;
} mz_comparison;

typedef struct mz_comparer mz_comparer; /* working memory; one thread at a time */
/* `policy` NULL: the default; it must outlive the comparer. Thresholds have no say: every likeness is told. */
mz_status mz_comparer_new(const mz_policy *policy, mz_comparer **ret_comparer, mz_error *error);
void mz_comparer_free(mz_comparer *comparer);
/* The result is the comparer's until its next call. MZ_ERR_INPUT: a name is not UTF-8, with the byte as column;
 * MZ_ERR_LIMIT: a name of 16 MiB or more, or both together need more than 64 MiB of memory. Two names of any kind cost
 * at most what SECURITY.md says. */
mz_status mz_compare_names(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str candidate,
                           const mz_comparison **ret_comparison, mz_error *error);

MZ_END_DECLS

#endif
