/* What hangs on a listed entity, made alike for every table: its sanctions, addresses, documents and links to others.
 *
 * The id of an attached entity is the listed one's with a word and a number behind it ("uk-7700-address-2"), numbered
 * in the order of the file. What is stated twice (tables repeat an address in every row of a record) is made once. */
#ifndef MIZAN_LISTS_ATTACHED_H
#define MIZAN_LISTS_ATTACHED_H

#include "base/map.h"
#include "entity/record.h"

typedef struct mz_attached {
    mz_builder *builder;
    mz_map seen; /* from what an attached entity says to its number */
    unsigned sanctions, addresses, documents, wallets, links;
    bool failed; /* out of memory: sticky over the whole list */
} mz_attached;

void mz_attached_init(mz_attached *attached, mz_builder *builder);
void mz_attached_done(mz_attached *attached);
/* A new record; call it after mz_builder_start. Its listed entity must be entity 0. */
void mz_attached_start(mz_attached *attached);

/* The sanction of this authority and program, made when it is new, to add more facts to. */
unsigned mz_attach_sanction(mz_attached *attached, mz_str authority, mz_str program, mz_position at);

typedef struct mz_place {
    mz_str whole; /* the text as published, where its parts are not told apart; else empty */
    mz_str street, street2, street3, post_office_box, city, postal_code, region, state, country, remarks;
} mz_place;

/* An Address entity, its whole text as `address` and its country as `country` of the listed entity. A place of
 * nothing but a country adds only the country. */
void mz_attach_address(mz_attached *attached, const mz_place *place, mz_position at, uint32_t flags);

typedef struct mz_document {
    mz_property property; /* where the number goes in the listed entity: passportNumber, taxNumber, … */
    mz_str number, type, country, issued, expires, authority, remarks;
} mz_document;

/* The number as a fact of the listed entity; a Passport or Identification entity when more is known of it than
 * the property says: a type, a country … Returns the fact, valid until the next call, or NULL when there was none to
 * add. */
mz_fact *mz_attach_document(mz_attached *attached, const mz_document *document, mz_position at, uint32_t flags);

/* A wallet: its address as a fact of the listed entity, and a CryptoWallet entity with the currency. */
void mz_attach_wallet(mz_attached *attached, mz_str address, mz_str currency, mz_position at, uint32_t flags);

/* An UnknownLink from the listed entity to another one: to that with `id` (of the same list), or when it is empty to
 * a LegalEntity with this name. */
void mz_attach_link(mz_attached *attached, mz_str role, mz_str name, mz_str id, mz_position at, uint32_t flags);

/* mz_builder_add with flags for the fact. */
mz_fact *mz_add_flagged(mz_builder *builder, unsigned entity, mz_property property, mz_str value, mz_position at,
                        uint32_t flags);
/* What was put together in `text`, in the record's memory; `text` is freed. When it could not be put
 * together, the record fails as the buffer did. */
mz_str mz_keep_text(mz_builder *builder, mz_buffer *text);
/* mz_builder_add of "LABEL: value"; nothing when the value is empty. */
void mz_add_labelled(mz_builder *builder, unsigned entity, mz_property property, const char *label, mz_str value,
                     mz_position at);
/* An id: "LIST-KEY", in the record's memory. Call it after mz_builder_start. */
mz_str mz_make_id(mz_builder *builder, mz_str list, mz_str key);

#endif
