/* The lists of the United States Office of Foreign Assets Control in the classic SDN schema: sdn.xml and
 * consolidated.xml (https://ofac.treasury.gov/sanctions-list-service, schema
 * https://www.treasury.gov/ofac/downloads/sdn.xsd; the same elements in the namespace of 2024).
 *
 * One record for each sdnEntry, called ofac-UID. The file states its number of records; a difference to what was
 * read is left to the caller to judge (mz_read_report.stated_records).
 *
 * Left out knowingly: the uid of aliases, addresses and numbers (change without meaning), mainEntry (all dates of birth
 * are facts alike, the main one is first), and the region and prefix elements that no published file fills. */
#include "lists/formats.h"

#include "base/ascii.h"
#include "base/error.h"
#include "lists/attached.h"
#include "lists/ofac_facts.h"
#include "lists/prose.h"
#include "lists/xml.h"

#include <string.h>

typedef struct ofac_reader {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    mz_ofac_entry entry;
} ofac_reader;

/* --- names --- */

/* A person's name comes in two parts, everything else's in lastName alone. */
static void add_name(ofac_reader *ofac, const mz_xml_node *node, mz_property property, mz_name_kind kind) {
    const mz_name_part parts[] = {{'g', mz_xml_child_text(node, "firstName")},
                                  {'f', mz_xml_child_text(node, "lastName")}};
    if (!parts[0].text.size && kind != MZ_NAME_PRIMARY) {
        mz_builder_name(ofac->builder, 0, property, kind, parts[1].text, node->at);
    } else if (ofac->entry.person) {
        mz_builder_name_parts(ofac->builder, 0, property, kind, parts, 2, node->at);
    } else {
        const mz_name_part whole[] = {{'?', parts[0].text}, {'?', parts[1].text}};
        mz_fact *fact = mz_builder_name_parts(ofac->builder, 0, property, kind, whole, 2, node->at);
        if (fact) fact->roles = (mz_str){"", 0};
    }
}

static void read_alias(ofac_reader *ofac, const mz_xml_node *aka) {
    mz_str type = mz_xml_child_text(aka, "type"), category = mz_xml_child_text(aka, "category");
    bool weak = mz_same_word(category, "weak");
    if (mz_same_word(type, "f.k.a.")) /* a weak one keeps both: the property says weak, the kind previous */
        add_name(ofac, aka, weak ? MZ_PROP_weakAlias : MZ_PROP_previousName, MZ_NAME_PREVIOUS);
    else if (weak)
        add_name(ofac, aka, MZ_PROP_weakAlias, MZ_NAME_WEAK_ALIAS);
    else
        add_name(ofac, aka, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS);
}

/* --- numbers --- */

static void read_id(ofac_reader *ofac, const mz_xml_node *node) {
    mz_ofac_id id = {
        .kind = mz_xml_child_text(node, "idType"),
        .value = mz_xml_child_text(node, "idNumber"),
        .country = mz_xml_child_text(node, "idCountry"),
        .issued = mz_xml_child_text(node, "issueDate"),
        .expires = mz_xml_child_text(node, "expirationDate"),
    };
    mz_ofac_add_id(&ofac->entry, &id, node->at, 0);
}

/* --- the rest --- */

static void read_program(ofac_reader *ofac, const mz_xml_node *node) {
    mz_builder_add(ofac->builder, ofac->entry.sanction, MZ_PROP_program, node->text, node->at);
}

static void read_address(ofac_reader *ofac, const mz_xml_node *node) {
    mz_place place = {
        .street = mz_xml_child_text(node, "address1"),
        .street2 = mz_xml_child_text(node, "address2"),
        .street3 = mz_xml_child_text(node, "address3"),
        .city = mz_xml_child_text(node, "city"),
        .postal_code = mz_xml_child_text(node, "postalCode"),
        .state = mz_xml_child_text(node, "stateOrProvince"),
        .country = mz_xml_child_text(node, "country"),
    };
    if (mz_starts_with(place.country, "Region:")) {
        size_t size = strlen("Region:");
        place.region = mz_xml_trim((mz_str){place.country.data + size, place.country.size - size});
        place.country = (mz_str){"", 0};
    }
    if (mz_same_word(place.country, "undetermined")) place.country = (mz_str){"", 0};
    mz_attach_address(&ofac->attached, &place, node->at, 0);
}

static void read_birth_date(ofac_reader *ofac, const mz_xml_node *node) {
    mz_builder_add(ofac->builder, 0, MZ_PROP_birthDate, mz_xml_child_text(node, "dateOfBirth"), node->at);
}

static void read_birth_place(ofac_reader *ofac, const mz_xml_node *node) {
    mz_ofac_add_birth_place(&ofac->entry, mz_xml_child_text(node, "placeOfBirth"), node->at, 0);
}

static void read_nationality(ofac_reader *ofac, const mz_xml_node *node) {
    mz_builder_add(ofac->builder, 0, MZ_PROP_nationality, mz_xml_child_text(node, "country"), node->at);
}

static void read_citizenship(ofac_reader *ofac, const mz_xml_node *node) {
    mz_builder_add(ofac->builder, 0, MZ_PROP_citizenship, mz_xml_child_text(node, "country"), node->at);
}

static void read_vessel(ofac_reader *ofac, const mz_xml_node *node) {
    static const struct {
        const char *name;
        mz_property property;
    } fields[] = {
        {"callSign", MZ_PROP_callSign},
        {"vesselType", MZ_PROP_type},
        {"vesselFlag", MZ_PROP_flag},
        {"tonnage", MZ_PROP_tonnage},
        {"grossRegisteredTonnage", MZ_PROP_grossRegisteredTonnage},
    };
    for (const mz_xml_node *field = node->child; field; field = field->next)
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (mz_xml_is(field, fields[i].name))
                mz_builder_add(ofac->builder, 0, fields[i].property, field->text, field->at);
    mz_attach_link(&ofac->attached, MZ_STR("Vessel owner"), mz_xml_child_text(node, "vesselOwner"), (mz_str){"", 0},
                   node->at, 0);
}

/* Remarks are separated by semicolons; "(Linked To: NAME)" names somebody else on the list. */
static void read_remarks(ofac_reader *ofac, const mz_xml_node *node) {
    mz_str rest = node->text, remark;
    bool last;
    while (mz_ofac_next_remark(&rest, &remark, &last)) {
        bool linked = mz_starts_with(remark, "(Linked To:") && remark.data[remark.size - 1] == ')';
        if (linked) remark = (mz_str){remark.data + 1, remark.size - 2};
        mz_ofac_add_remark(&ofac->entry, remark, node->at, MZ_FACT_DERIVED);
    }
}

static void read_title(ofac_reader *ofac, const mz_xml_node *node) {
    mz_builder_add(ofac->builder, 0, MZ_PROP_position, node->text, node->at);
}

/* Elements of an entry: read as they stand, or each element inside of them. */
static const struct {
    const char *name, *inside;
    void (*read)(ofac_reader *ofac, const mz_xml_node *node);
} parts[] = {
    {"title", NULL, read_title},
    {"remarks", NULL, read_remarks},
    {"vesselInfo", NULL, read_vessel},
    {"programList", "program", read_program},
    {"idList", "id", read_id},
    {"akaList", "aka", read_alias},
    {"addressList", "address", read_address},
    {"nationalityList", "nationality", read_nationality},
    {"citizenshipList", "citizenship", read_citizenship},
    {"dateOfBirthList", "dateOfBirthItem", read_birth_date},
    {"placeOfBirthList", "placeOfBirthItem", read_birth_place},
};

static void read_part(ofac_reader *ofac, const mz_xml_node *node) {
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!mz_xml_is(node, parts[i].name)) continue;
        if (!parts[i].inside) parts[i].read(ofac, node);
        for (const mz_xml_node *item = node->child; parts[i].inside && item; item = item->next)
            if (mz_xml_is(item, parts[i].inside)) parts[i].read(ofac, item);
        return;
    }
}

static mz_schema choose_schema(mz_str type) {
    if (mz_same_word(type, "Individual")) return MZ_SCHEMA_Person;
    if (mz_same_word(type, "Vessel")) return MZ_SCHEMA_Vessel;
    if (mz_same_word(type, "Aircraft")) return MZ_SCHEMA_Airplane;
    return MZ_SCHEMA_Organization;
}

static void start_record(ofac_reader *ofac, const mz_xml_node *entry, mz_str uid) {
    mz_builder *builder = ofac->builder;
    mz_schema schema = choose_schema(mz_xml_child_text(entry, "sdnType"));
    mz_builder_start(builder, ofac->reading->list);
    mz_builder_entity(builder, schema, mz_make_id(builder, ofac->reading->list, uid), entry->at);
    mz_builder_reference(builder, uid);
    mz_builder_add(builder, 0, MZ_PROP_topics, MZ_STR("sanction"), entry->at);
    mz_attached_start(&ofac->attached);
    ofac->entry = (mz_ofac_entry){
        .builder = builder,
        .attached = &ofac->attached,
        .person = schema == MZ_SCHEMA_Person,
        .title = mz_xml_child_text(entry, "title"),
        .sanction =
            mz_attach_sanction(&ofac->attached, MZ_STR("Office of Foreign Assets Control"), (mz_str){"", 0}, entry->at),
    };
    mz_builder_add(builder, ofac->entry.sanction, MZ_PROP_recordId, uid, entry->at);
}

static mz_status read_entry(void *context, const mz_xml_node *entry, mz_error *error) {
    (void)error;
    ofac_reader *ofac = context;
    mz_str uid = mz_xml_child_text(entry, "uid"), name = mz_xml_child_text(entry, "lastName");
    if (!uid.size) return mz_reading_reject(ofac->reading, entry->at, name, "it has no uid to call it by");
    if (!name.size && !mz_xml_child_text(entry, "firstName").size)
        return mz_reading_reject(ofac->reading, entry->at, uid, "it has no name");
    start_record(ofac, entry, uid);
    add_name(ofac, entry, MZ_PROP_name, MZ_NAME_PRIMARY);
    for (const mz_xml_node *part = entry->child; part; part = part->next) read_part(ofac, part);
    if (ofac->attached.failed) return mz_fail_memory(ofac->reading->error);
    return mz_reading_emit(ofac->reading);
}

/* "03/28/2025" and the number of entries. The schema has misspelt the element's name since its first day. */
static mz_status read_publication(void *context, const mz_xml_node *node, mz_error *error) {
    (void)error;
    ofac_reader *ofac = context;
    mz_reading_published(ofac->reading, mz_xml_child_text(node, "Publish_Date"), MZ_DATE_MONTH_FIRST);
    mz_str count = mz_xml_child_text(node, "Record_Count");
    uint64_t stated = 0;
    for (size_t i = 0; i < count.size && count.data[i] >= '0' && count.data[i] <= '9' && stated < UINT32_MAX; i++)
        stated = stated * 10 + (uint64_t)(count.data[i] - '0');
    ofac->reading->report->stated_records = stated;
    return MZ_OK;
}

static mz_status read_ofac_xml(mz_reading *reading) {
    static const mz_xml_rule rules[] = {
        {"sdnList/publshInformation", NULL, read_publication},
        {"sdnList/publishInformation", NULL, read_publication},
        {"sdnList/sdnEntry", NULL, read_entry},
    };
    ofac_reader ofac = {.reading = reading, .builder = reading->builder};
    mz_attached_init(&ofac.attached, reading->builder);
    mz_status status =
        mz_xml_read_list(reading, "a list of OFAC in the SDN schema", rules, sizeof rules / sizeof rules[0], &ofac);
    mz_attached_done(&ofac.attached);
    return status;
}

static bool looks_like_ofac_xml(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_xml_root_is(first_bytes, "sdnList");
}

const mz_list_format mz_format_ofac_xml = {
    .name = "ofac-xml",
    .title = "United States OFAC, SDN and non-SDN lists, XML",
    .usual_list = "ofac",
    .dates = MZ_DATE_MONTH_FIRST,
    .one_file = true,
    .looks_like = looks_like_ofac_xml,
    .read = read_ofac_xml,
};
