/* What a list is a list of, for entities that do not say what they are: the topics that follow from where they stand.
 */
#ifndef MIZAN_LISTS_KIND_H
#define MIZAN_LISTS_KIND_H

#include "mizan/entity.h"

enum { MZ_KIND_TOPICS_MOST = 3 };

/* The topics of a record's entity that tells none; how many.
 *
 * A record with a sanction in it is of somebody sanctioned. Else the catalogue of official lists decides: by the name
 * of the list, or by the data set that a file of FollowTheMoney says the entity is of. A list that is of several kinds
 * has all of them, because who asks for one must not miss what may be of it. Of any other list nothing is known. */
size_t mz_list_kind(const mz_record *record, mz_str ret_topics[MZ_KIND_TOPICS_MOST]);

#endif
