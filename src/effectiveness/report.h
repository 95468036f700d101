/* The figures of a run, counted from its answers or read from the report of another run, and the files made of them. */
#ifndef MIZAN_EFFECTIVENESS_REPORT_H
#define MIZAN_EFFECTIVENESS_REPORT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "effectiveness/measure.h"

enum {
    MZ_STEPS = 51, /* thresholds 0.50, 0.51 … 1.00 */
    MZ_RANKS = 5,  /* first, 2 to 5, 6 to 20, 21 to 100, none of these */
    MZ_EXAMPLES_OF_CLASS = 5,
    MZ_EXAMPLES_OF_ALERTS = 20,
    MZ_REPORT_SHAPE = 1 /* of report.json; see docs/effectiveness.md */
};

/* Questions of one kind: how many, and how many found (of customers: raised an alert). */
typedef struct mz_tally {
    uint64_t asked;
    uint64_t found, first; /* at the threshold of the run; first: before any other entity */
    uint64_t hits;         /* entities at the threshold, over all questions */
    uint64_t at[MZ_STEPS]; /* found at each threshold */
} mz_tally;

typedef struct mz_report_list {
    mz_str list, version;
    int64_t published;
    uint64_t entities;
} mz_report_list;

typedef struct mz_report_class {
    mz_str name;
    const mz_change_class *class; /* NULL: another build's, not known here */
    mz_tally listed, customers;
    uint64_t gained, lost; /* of the same questions by the other policy: found by this one alone, by that alone */
} mz_report_class;

typedef struct mz_report_group { /* a list, a script, a schema */
    mz_str name;
    mz_tally tally;
} mz_report_group;

typedef struct mz_report_cell { /* numbers in the report's arrays */
    uint32_t class, list, script, schema;
    uint64_t asked, found, first;
} mz_report_cell;

typedef struct mz_report_missed {
    uint32_t class; /* in the report's array */
    const mz_subject *subject;
    mz_str asked, birth_date, nationality;
    uint32_t score; /* below the threshold; 0: not met at all */
} mz_report_missed;

typedef struct mz_report_alert {
    const mz_subject *customer;
    mz_index_entry entity;
    uint32_t score;
    bool with_facts; /* also with what else is known */
} mz_report_alert;

typedef struct mz_report {
    mz_str build, rules, made;
    mz_str policy, algorithm, policy_digest;
    bool policy_thresholds; /* `threshold` stands for those that the policy's rules give */
    uint64_t seed, candidates, names, customer_rows, customer_rejected, customers;
    bool has_customers;
    double threshold, seconds;
    const mz_report_list *lists;
    size_t list_count;
    mz_report_class *classes;
    size_t class_count;
    mz_report_group *by_list, *by_script, *by_schema;
    size_t by_list_count, by_script_count, by_schema_count;
    mz_report_cell *cells;
    size_t cell_count;
    mz_tally all, customers_by[MZ_CUSTOMER_WAYS];
    uint64_t ranks[MZ_RANKS];
    mz_report_missed *missed; /* by class */
    size_t missed_count;
    mz_report_alert *alerts; /* the highest scores first */
    size_t alert_count;
} mz_report;

struct mz_effectiveness {
    mz_arena arena; /* the reports' */
    mz_sample sample;
    mz_effectiveness_options options;
    const mz_index *index;
    size_t *classes;
    mz_measured measured, other_measured;
    mz_report report;
    mz_report other; /* what it is compared with: by another policy, or read from a file */
    bool has_other, paired;
    size_t *order; /* classes that asked anything, the worst first */
    size_t order_count;
};

/* The threshold of a step, in millionths. */
static inline uint32_t mz_step_score(size_t step) {
    return (uint32_t)(500000 + step * 10000);
}

/* Counts the answers; the report's memory is the run's. */
mz_status mz_report_count(mz_effectiveness *run, const mz_measured *measured, mz_report *report, mz_error *error);
/* What one policy found of the same questions and the other did not. */
void mz_report_pair(mz_effectiveness *run);
/* The bounds of a 95 % interval of the difference of two shares. */
void mz_share_difference(const mz_share *a, const mz_share *b, double *ret_low, double *ret_high);
/* The mean of the shares found of the classes that asked anything. */
double mz_report_mean(const mz_report *report);

/* Reads what is compared of a report.json; texts are the arena's. */
mz_status mz_report_read(mz_str json, mz_arena *arena, mz_report *ret_report, mz_error *error);

/* Append a file's contents. */
void mz_report_write_json(const mz_effectiveness *run, mz_buffer *out);
void mz_report_write_html(const mz_effectiveness *run, mz_language language, mz_buffer *out);
/* Every question: its rows are written in pieces, because there may be millions. */
mz_status mz_report_write_csv(const mz_effectiveness *run,
                              mz_status (*put)(void *context, mz_str rows, mz_error *error), void *context,
                              mz_error *error);

#endif
