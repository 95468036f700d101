/* Which of the listed entities a screening looks at. */
#ifndef MIZAN_FILTER_H
#define MIZAN_FILTER_H

#include "mizan/index.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

MZ_BEGIN_DECLS

/* X(CONSTANT, word in JSON) */
#define MZ_FILTER_KEYS(X)                                                                                              \
    X(LISTS, "lists") /* short names of lists */                                                                       \
    X(EXCLUDE_LISTS, "exclude_lists")                                                                                  \
    X(TOPICS, "topics") /* "sanction"; "crime.*" is crime and all topics that begin "crime." */                        \
    X(EXCLUDE_TOPICS, "exclude_topics")                                                                                \
    X(SCHEMATA, "schemata") /* with all that descend from them */                                                      \
    X(EXCLUDE_SCHEMATA, "exclude_schemata")                                                                            \
    X(EXCLUDE_ENTITIES, "exclude_entities") /* ids */                                                                  \
    X(LISTED_SINCE, "listed_since")         /* a date: listed on it or after */                                        \
    X(LISTED_BEFORE, "listed_before")       /* a date: listed before it */                                             \
    X(CHANGED_SINCE, "changed_since")       /* a date: listed or changed on it or after */

typedef enum mz_filter_key {
#define MZ_X(constant, name) MZ_FILTER_##constant,
    MZ_FILTER_KEYS(MZ_X)
#undef MZ_X
        MZ_FILTER_KEY_COUNT
} mz_filter_key;

/* An entity is looked at when each key that has values lets it pass: "lists", "topics" and "schemata" when it has one
 * of the values, those that exclude when it has none. An entity whose date a list does not tell passes; so does one
 * whose date may be either, like "2020" since 2020-06. With `known_changes_alone`, "changed_since" lets pass only what
 * its list says was changed since, or listed since. Zeroed memory is a filter that lets all pass.
 *
 * A list, topic or schema that the index has none of is an error, so that a slip of the pen does not leave out what was
 * meant; an id that it does not have is none. */
typedef struct mz_filter {
    struct {
        const mz_str *texts;
        size_t count; /* of a date: at most 1 */
    } values[MZ_FILTER_KEY_COUNT];
    bool known_changes_alone;
} mz_filter;

/* "lists", "exclude_lists", … */
const char *mz_filter_key_name(mz_filter_key key);
bool mz_filter_key_find(mz_str name, mz_filter_key *ret_key);
/* Whether its value is a date, of which there is one. */
bool mz_filter_key_is_date(mz_filter_key key);

/* Whether it leaves anything out. */
bool mz_filter_is_empty(const mz_filter *filter);

/* Whether the index knows all that the filter names; MZ_ERR_ARGUMENT, and *ret_key the key that has what it does not
 * know, with a text that names what there is. */
mz_status mz_filter_check(const mz_filter *filter, const mz_index *index, mz_filter_key *ret_key, mz_error *error);

MZ_END_DECLS

#endif
