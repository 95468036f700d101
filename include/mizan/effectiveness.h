/* The supervisor's test: are listed names still found after they were changed the way people, forms and systems change
 * them, and how many of one's own customers raise an alert at the same threshold?
 *
 * A run takes a sample of the names of an image, changes each in every way that applies to it, screens it, and notes
 * whether its own entity was found, with which score and at which rank. Customers, when a file of them is given, are
 * screened by name alone, with what else the file says of them, and with their names changed in the same ways.
 *
 * The same image, options and build give the same figures, to the bit, on any number of threads; only the time that it
 * took is different. What the figures do not say is told in the report and in docs/effectiveness.md. */
#ifndef MIZAN_EFFECTIVENESS_H
#define MIZAN_EFFECTIVENESS_H

#include "mizan/country.h"
#include "mizan/index.h"
#include "mizan/list.h"
#include "mizan/policy.h"
#include "mizan/screen.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

/* ---- ways of changing a name ---- */

typedef enum mz_change_group {
    MZ_CHANGE_CONTROL,  /* the name as it is listed */
    MZ_CHANGE_LAYOUT,   /* case, blanks, order */
    MZ_CHANGE_TYPING,   /* slips of the finger */
    MZ_CHANGE_SPELLING, /* sounds, transliteration, script */
    MZ_CHANGE_PARTS,    /* words that come, go, join and split */
    MZ_CHANGE_MARKS,    /* diacritics, punctuation */
    MZ_CHANGE_DISGUISE, /* digits and letters that look alike, invisible characters */
    MZ_CHANGE_PAYMENT,  /* fields of payment messages */
    MZ_CHANGE_FIRMS,    /* legal forms, common words, ships, numbers */
    MZ_CHANGE_KNOWN,    /* dates and countries beside the name */
    MZ_CHANGE_GROUPS
} mz_change_group;

typedef struct mz_change_class {
    const char *name; /* "letter-added": stable from version to version */
    mz_change_group group;
    bool keeps_name;      /* the name stays as it is; something else is different */
    const char *title[3]; /* by mz_language: what happens to the name, a few words */
} mz_change_class;

/* The class of that number, in the order of reports; NULL behind the last. */
const mz_change_class *mz_change_class_of(size_t number);
/* Its number; false when there is none of that name. */
bool mz_change_class_find(mz_str name, size_t *ret_number);
/* What a group is called. */
const char *mz_change_group_title(mz_change_group group, mz_language language);

/* Changes one name by one class, as a run would: UTF-8 in *ret_text, to be freed with free(). *ret_text NULL: the
 * class does not apply to this name. */
mz_status mz_change_name(size_t class_number, uint64_t seed, mz_schema schema, mz_str name, char **ret_text,
                         mz_error *error);

/* ---- shares ---- */

typedef struct mz_share {
    uint64_t count, of;
    double share, low, high; /* 0…1; low and high are the bounds of a 95 % interval; of 0: 0, 0, 1 */
} mz_share;

/* A share with the score interval of E. B. Wilson (Probable inference, the law of succession, and statistical
 * inference; Journal of the American Statistical Association 22, 1927), which holds also near 0 and 1 and for few
 * cases. `count` is at most `of`. */
mz_share mz_share_of(uint64_t count, uint64_t of);

/* ---- runs ---- */

typedef struct mz_effectiveness_options {
    double threshold;       /* 0.5 … 1: what counts as found; 0: the policy's, by its rules for each query */
    size_t sample;          /* names of the lists, 1 … MZ_EFFECTIVENESS_SAMPLE_MOST */
    size_t customer_sample; /* customers screened as they are; the same most */
    uint64_t seed;          /* at most 2^52, so that JSON has it exactly */
    const size_t *classes;  /* their numbers; all when class_count is 0 */
    size_t class_count;
    const char *customers;    /* FORMAT:PATH or PATH, as mz_list_source_parse takes it; NULL: none */
    const char *mapping_path; /* for a table of customers, see mz_read_options */
    unsigned threads;         /* 0: one for each processor */
    const char *build;        /* what the report calls the program */
    const mz_policy *policy;  /* by what is judged; NULL: the default; must outlive the run */
    const mz_policy *against; /* the same names once more by this one, when `two_policies`; NULL: the default */
    bool two_policies;
    /* Names screened so far, of how many; in the calling thread, some ten times a second. Non-zero stops the run with
     * MZ_ERR_CANCELLED. May be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t total);
    /* A row of the customers that could not be read; may be NULL. */
    mz_status (*rejected)(void *context, const mz_rejection *rejection, mz_error *error);
    void *context;
} mz_effectiveness_options;

enum { MZ_EFFECTIVENESS_SAMPLE_MOST = 100000 };
#define MZ_EFFECTIVENESS_OPTIONS_INIT                                                                                  \
    { .sample = 500, .customer_sample = 5000, .seed = 1, .build = "" }

typedef struct mz_effectiveness mz_effectiveness;

/* MZ_ERR_NOT_FOUND: the image has no name to change. */
mz_status mz_effectiveness_run(const mz_index *index, const mz_effectiveness_options *options,
                               mz_effectiveness **ret_run, mz_error *error);
void mz_effectiveness_free(mz_effectiveness *run);

/* Puts the figures of another run beside these in what is written: its report.json. MZ_ERR_INPUT with the place when
 * it is no such report. */
mz_status mz_effectiveness_compare(mz_effectiveness *run, const char *report_path, mz_error *error);

typedef struct mz_effectiveness_class {
    const mz_change_class *change;
    mz_share found, alerts; /* alerts: of customers whose names were changed so; of 0: not measured */
} mz_effectiveness_class;

typedef struct mz_effectiveness_summary {
    mz_share found;             /* of all changed names, at the threshold */
    mz_share first;             /* with no other entity before its own */
    double mean_over_classes;   /* of the shares found */
    mz_share alerts_by_name;    /* of customers, by name alone; of 0: not measured */
    mz_share alerts_with_facts; /* with what else is known of them */
    double threshold;           /* of the run */
    double hits_a_name;         /* entities at or above the threshold, for one changed name */
    size_t names, customers;    /* in the sample */
    double seconds;
} mz_effectiveness_summary;

void mz_effectiveness_summarise(const mz_effectiveness *run, mz_effectiveness_summary *ret_summary);
/* Classes that changed at least one name, those found least often first, by number from 0; false behind the last. */
bool mz_effectiveness_class_at(const mz_effectiveness *run, size_t number, mz_effectiveness_class *ret_class);

/* What the figures say, a line for each sentence, to be freed with free(). It may name builds and policies of files. */
mz_status mz_effectiveness_prose(const mz_effectiveness *run, mz_language language, char **ret_text, mz_error *error);

/* The report as one line of JSON without the newline, to be freed with free(). Its shape is in docs/effectiveness.md.
 */
mz_status mz_effectiveness_json(const mz_effectiveness *run, char **ret_json, size_t *ret_size, mz_error *error);

/* Writes report.json, report.html (in this language) and details.csv into a folder, which is made when absent. Each
 * file is replaced whole, and none of them before all could be written. */
mz_status mz_effectiveness_write(const mz_effectiveness *run, const char *folder, mz_language language,
                                 mz_error *error);

MZ_END_DECLS

#endif
