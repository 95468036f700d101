/* What the two forms of the Consolidated Screening List share: us_csl_csv.c and us_csl_json.c give the same record the
 * same id and the same facts. */
#ifndef MIZAN_LISTS_US_CSL_H
#define MIZAN_LISTS_US_CSL_H

#include "lists/ofac_facts.h"

/* `type` is empty on the lists of Commerce and State: LegalEntity, which may be anybody. */
mz_schema mz_us_csl_schema(mz_str type);

/* The sanction of a source ("Entity List (EL) - Bureau of Industry and Security": program and authority), into
 * entry->sanction, and the topic of being on such a list. */
void mz_us_csl_add_sanction(mz_ofac_entry *entry, mz_str source, mz_position at);

/* The sources' own words beside facts: OFAC's are taken apart, others are notes. */
void mz_us_csl_add_remarks(const mz_ofac_entry *entry, mz_str source, mz_str remarks, mz_position at);

#endif
