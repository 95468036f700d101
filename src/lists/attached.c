/* Attached entities. What makes two of them equal is the text of all their parts, joined by NUL, which no text has. */
#include "lists/attached.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "lists/prose.h"

enum { KEY_BYTES = 8 << 20 };

void mz_attached_init(mz_attached *attached, mz_builder *builder) {
    *attached = (mz_attached){.builder = builder};
    mz_map_init(&attached->seen);
}

void mz_attached_done(mz_attached *attached) {
    mz_map_done(&attached->seen);
}

void mz_attached_start(mz_attached *attached) {
    mz_builder *builder = attached->builder;
    bool failed = attached->failed;
    mz_map_done(&attached->seen);
    mz_attached_init(attached, builder);
    attached->failed = failed;
}

mz_fact *mz_add_flagged(mz_builder *builder, unsigned entity, mz_property property, mz_str value, mz_position at,
                        uint32_t flags) {
    mz_fact *fact = mz_builder_add(builder, entity, property, value, at);
    if (fact) fact->flags |= flags;
    return fact;
}

mz_str mz_keep_text(mz_builder *builder, mz_buffer *text) {
    mz_builder_fail(builder, text);
    mz_str kept = text->failed ? (mz_str){"", 0} : mz_builder_copy(builder, mz_buffer_view(text));
    mz_buffer_done(text);
    return kept;
}

/* The parts joined: by ", " for reading, when empty ones are left out, or by NUL for comparing. */
static mz_str join(mz_attached *attached, const mz_str *parts, size_t count, mz_str between, bool keep_empty) {
    mz_buffer text;
    mz_buffer_init(&text, KEY_BYTES);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size == 0 && !keep_empty) continue;
        if (text.size || (keep_empty && i)) mz_buffer_str(&text, between);
        mz_buffer_str(&text, parts[i]);
    }
    return mz_keep_text(attached->builder, &text);
}

/* The number of the attached entity that says this, made when it is new. */
static unsigned entity_for(mz_attached *attached, mz_schema schema, const char *word, unsigned *counter,
                           const mz_str *parts, size_t count, mz_position at, bool *ret_fresh) {
    mz_str key = join(attached, parts, count, (mz_str){"", 1}, true);
    const uint32_t *known = mz_map_get(&attached->seen, key);
    *ret_fresh = !known;
    if (known) return *known;
    mz_buffer id;
    mz_buffer_init(&id, KEY_BYTES);
    mz_buffer_str(&id, mz_builder_id(attached->builder, 0));
    mz_buffer_print(&id, "-%s-%u", word, ++*counter);
    unsigned entity = mz_builder_entity(attached->builder, schema, mz_keep_text(attached->builder, &id), at);
    if (!mz_map_put(&attached->seen, key, entity)) attached->failed = true;
    return entity;
}

unsigned mz_attach_sanction(mz_attached *attached, mz_str authority, mz_str program, mz_position at) {
    mz_builder *builder = attached->builder;
    const mz_str parts[] = {MZ_STR("sanction"), authority, program};
    bool fresh;
    unsigned sanction =
        entity_for(attached, MZ_SCHEMA_Sanction, "sanction", &attached->sanctions, parts, 3, at, &fresh);
    if (!fresh) return sanction;
    mz_builder_add(builder, sanction, MZ_PROP_entity, mz_builder_id(builder, 0), at);
    mz_builder_add(builder, sanction, MZ_PROP_authority, authority, at);
    mz_builder_add(builder, sanction, MZ_PROP_program, program, at);
    return sanction;
}

void mz_attach_address(mz_attached *attached, const mz_place *place, mz_position at, uint32_t flags) {
    static const mz_property properties[] = {
        MZ_PROP_full,       MZ_PROP_street, MZ_PROP_street2, MZ_PROP_street3, MZ_PROP_postOfficeBox, MZ_PROP_city,
        MZ_PROP_postalCode, MZ_PROP_region, MZ_PROP_state,   MZ_PROP_country, MZ_PROP_remarks};
    mz_str parts[] = {place->whole,           place->street,  place->street2,     place->street3,
                      place->post_office_box, place->city,    place->postal_code, place->region,
                      place->state,           place->country, place->remarks};
    enum { COUNT = sizeof parts / sizeof parts[0], WHOLE = 0, COUNTRY = COUNT - 2, TEXT_COUNT = COUNT - 1 };
    mz_builder *builder = attached->builder;
    bool more = false, fresh;
    for (size_t i = 0; i < COUNT; i++) more |= i != COUNTRY && parts[i].size;
    mz_add_flagged(builder, 0, MZ_PROP_country, place->country, at, flags);
    if (!more) return;
    unsigned address =
        entity_for(attached, MZ_SCHEMA_Address, "address", &attached->addresses, parts, COUNT, at, &fresh);
    if (!fresh) return;
    if (parts[WHOLE].size == 0) parts[WHOLE] = join(attached, parts, TEXT_COUNT, MZ_STR(", "), false);
    for (size_t i = 0; i < COUNT; i++) mz_add_flagged(builder, address, properties[i], parts[i], at, flags);
    mz_add_flagged(builder, 0, MZ_PROP_addressEntity, mz_builder_id(builder, address), at, flags);
    mz_add_flagged(builder, 0, MZ_PROP_address, parts[WHOLE], at, flags);
}

/* Whether the property that a number goes to says as much as the type does. Only a few hold numbers of many kinds. */
static bool says_type(mz_property property, mz_str type) {
    static const struct {
        mz_property property;
        const char *types[4];
    } plain[] = {
        {MZ_PROP_passportNumber, {"Passport", "Passport number", "Passport No."}},
        {MZ_PROP_idNumber, {"Identification number", "Identification", "ID number", "ID"}},
        {MZ_PROP_taxNumber, {"Tax ID No.", "Tax number", "Tax identification number", "Fiscal code"}},
        {MZ_PROP_registrationNumber, {"Registration number", "Registration ID", "Registration No."}},
        {MZ_PROP_licenseNumber, {"License", "License number", "License No."}},
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (plain[i].property != property) continue;
        for (size_t k = 0; k < sizeof plain[i].types / sizeof plain[i].types[0] && plain[i].types[k]; k++)
            if (mz_same_word(type, plain[i].types[k])) return true;
        return type.size == 0;
    }
    return true;
}

mz_fact *mz_attach_document(mz_attached *attached, const mz_document *document, mz_position at, uint32_t flags) {
    mz_builder *builder = attached->builder;
    const mz_str parts[] = {mz_str_of(mz_property_name(document->property)),
                            document->number,
                            document->type,
                            document->country,
                            document->issued,
                            document->expires,
                            document->authority,
                            document->remarks};
    bool more = document->country.size || document->issued.size || document->expires.size || document->remarks.size ||
                document->authority.size || !says_type(document->property, document->type);
    bool passport = document->property == MZ_PROP_passportNumber, fresh = false;
    unsigned entity = 0;
    if (more && document->number.size)
        entity = entity_for(attached, passport ? MZ_SCHEMA_Passport : MZ_SCHEMA_Identification,
                            passport ? "passport" : "document", &attached->documents, parts,
                            sizeof parts / sizeof parts[0], at, &fresh);
    if (fresh) {
        mz_add_flagged(builder, entity, MZ_PROP_holder, mz_builder_id(builder, 0), at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_number, document->number, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_type, document->type, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_country, document->country, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_startDate, document->issued, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_endDate, document->expires, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_authority, document->authority, at, flags);
        mz_add_flagged(builder, entity, MZ_PROP_remarks, document->remarks, at, flags);
    }
    return mz_add_flagged(builder, 0, document->property, document->number, at, flags);
}

void mz_attach_wallet(mz_attached *attached, mz_str address, mz_str currency, mz_position at, uint32_t flags) {
    mz_builder *builder = attached->builder;
    const mz_str parts[] = {MZ_STR("wallet"), address, currency};
    bool fresh;
    if (address.size == 0) return;
    mz_add_flagged(builder, 0, MZ_PROP_publicKey, address, at, flags);
    unsigned wallet = entity_for(attached, MZ_SCHEMA_CryptoWallet, "wallet", &attached->wallets, parts, 3, at, &fresh);
    if (!fresh) return;
    mz_add_flagged(builder, wallet, MZ_PROP_holder, mz_builder_id(builder, 0), at, flags);
    mz_add_flagged(builder, wallet, MZ_PROP_publicKey, address, at, flags);
    mz_add_flagged(builder, wallet, MZ_PROP_currency, currency, at, flags);
}

void mz_attach_link(mz_attached *attached, mz_str role, mz_str name, mz_str id, mz_position at, uint32_t flags) {
    mz_builder *builder = attached->builder;
    const mz_str parts[] = {MZ_STR("link"), role, name, id};
    bool fresh;
    if (name.size == 0 && id.size == 0) return;
    unsigned link = entity_for(attached, MZ_SCHEMA_UnknownLink, "link", &attached->links, parts, 4, at, &fresh);
    if (!fresh) return;
    if (id.size == 0) {
        mz_buffer text;
        mz_buffer_init(&text, KEY_BYTES);
        mz_buffer_str(&text, mz_builder_id(builder, link));
        mz_buffer_print(&text, "-to");
        unsigned other = mz_builder_entity(builder, MZ_SCHEMA_LegalEntity, mz_keep_text(builder, &text), at);
        mz_add_flagged(builder, other, MZ_PROP_name, name, at, flags);
        id = mz_builder_id(builder, other);
    }
    mz_add_flagged(builder, link, MZ_PROP_subject, mz_builder_id(builder, 0), at, flags);
    mz_add_flagged(builder, link, MZ_PROP_object, id, at, flags);
    mz_add_flagged(builder, link, MZ_PROP_role, role, at, flags);
}

void mz_add_labelled(mz_builder *builder, unsigned entity, mz_property property, const char *label, mz_str value,
                     mz_position at) {
    if (value.size == 0) return;
    mz_buffer text;
    mz_buffer_init(&text, KEY_BYTES);
    mz_buffer_print(&text, "%s: ", label);
    mz_buffer_str(&text, value);
    mz_builder_add(builder, entity, property, mz_keep_text(builder, &text), at);
}

mz_str mz_make_id(mz_builder *builder, mz_str list, mz_str key) {
    mz_buffer id;
    mz_buffer_init(&id, KEY_BYTES);
    mz_buffer_str(&id, list);
    mz_buffer_char(&id, '-');
    mz_buffer_str(&id, key);
    return mz_keep_text(builder, &id);
}
