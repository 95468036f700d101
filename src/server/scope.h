/* What a request to the faces of other services looks at: a data set in the path, and parameters that narrow it.
 *
 * A data set is a list of the index by its short name, one of the collections "default", "all" and "sanctions", which
 * are all lists, or OpenSanctions' name of a source ("un_sc_sanctions") that is here under another. Parameters, most of
 * which may be repeated: include_dataset, exclude_dataset, include_schema (with what descends from it), exclude_schema
 * (each by itself), topics, changed_since, exclude_entity_ids. As in yente, changed_since leaves out what no day of
 * change is known of; only a known day of listing stands in for it. */
#ifndef MIZAN_SERVER_SCOPE_H
#define MIZAN_SERVER_SCOPE_H

#include "mizan/filter.h"
#include "mizan/index.h"
#include "server/http.h"

/* Where all schemata and properties are listed, for who writes one that is like none: the end of a sentence. */
#define MZ_SCOPE_MODEL "; https://followthemoney.tech/explorer/ lists what there is"

typedef struct mz_scope {
    mz_filter filter;              /* checked against the index */
    const bool *excluded_schemata; /* by schema, each by itself; NULL: none */
    bool nothing;                  /* no listed entity can pass: there is nothing to look for */
    mz_str not_done;               /* what was asked for and means nothing here; empty: nothing */
} mz_scope;

/* Everything is the request's arena's. MZ_ERR_NOT_FOUND when there is no such data set, MZ_ERR_ARGUMENT for a
 * parameter, which the text names. */
mz_status mz_scope_read(const mz_request *request, mz_str dataset, const mz_index *index, mz_scope *ret_scope,
                        mz_error *error);

/* Says one more thing that is not done. */
void mz_scope_tell(mz_arena *arena, mz_str *told, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds a value to one key of a filter. */
void mz_scope_add(mz_arena *arena, mz_filter *filter, mz_filter_key key, mz_str value);

/* Leaves of the lists that pass those of `names` (data sets, as in include_dataset); none: all stay. */
mz_status mz_scope_keep_lists(const mz_request *request, const char *parameter, const mz_index *index, mz_scope *scope,
                              mz_error *error);

/* The collections: 0, 1, …; NULL behind the last. */
const char *mz_scope_collection(size_t number);

#endif
