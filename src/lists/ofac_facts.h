/* Facts as OFAC words them, for its own tables (ofac_csv.c) and for the Consolidated Screening List (us_csl_csv.c),
 * which takes over its words. */
#ifndef MIZAN_LISTS_OFAC_FACTS_H
#define MIZAN_LISTS_OFAC_FACTS_H

#include "lists/attached.h"

typedef struct mz_ofac_entry {
    mz_builder *builder;
    mz_attached *attached;
    unsigned sanction; /* the entity that provisions go to */
    bool person;
    mz_str title; /* the title that the entry has already; remarks repeat it */
    /* The id of the listed entity with this name, or the empty string. May be NULL. */
    mz_str (*find)(void *context, mz_str name);
    void *context;
} mz_ofac_entry;

/* A name: "FAMILY, Given" of a person is taken apart, the value is then "Given FAMILY". */
mz_fact *mz_ofac_add_name(const mz_ofac_entry *entry, mz_property property, mz_name_kind kind, mz_str name,
                          mz_position at);

/* "Casablanca, Morocco": a place of birth; its last part is the country of birth when it is a country at all. */
void mz_ofac_add_birth_place(const mz_ofac_entry *entry, mz_str place, mz_position at, uint32_t flags);

/* A number or note of a kind of ofac_ids.h: "Passport", "Tax ID No.", "Gender". Unknown kinds: see there.
 * Brackets behind a number are its country and who gave it out; what can be no number ("provisional") becomes notes. */
typedef struct mz_ofac_id {
    mz_str kind, value, country, issued, expires, remarks;
} mz_ofac_id;
void mz_ofac_add_id(const mz_ofac_entry *entry, const mz_ofac_id *id, mz_position at, uint32_t flags);

/* One remark, without the semicolons around: "DOB 03 May 1964", "alt. Passport 12 (Iraq) expires 21 Aug 2005",
 * "Linked To: …", "a.k.a. 'X'". What is not understood becomes notes. */
void mz_ofac_add_remark(const mz_ofac_entry *entry, mz_str remark, mz_position at, uint32_t flags);

/* The next of remarks separated by semicolons (not those in quotes or brackets). Takes it off *rest; false at the
 * end. *ret_last: nothing came behind it, so that it may have been cut off. */
bool mz_ofac_next_remark(mz_str *rest, mz_str *ret_remark, bool *ret_last);

#endif
