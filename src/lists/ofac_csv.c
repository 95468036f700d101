/* "ofac": the lists of the Office of Foreign Assets Control as tables: the SDN list (sdn.csv with alt.csv, add.csv,
 * sdn_comments.csv) and the consolidated non-SDN list (cons_prim.csv, cons_alt.csv, cons_add.csv, cons_comments.csv).
 * ofac_files.h says which files are read together; a folder that holds both families gives the records of both.
 *
 * The tables have no header. A null is "-0- "; some files end in a DOS end-of-file byte. The first column is the
 * number of the record, unique over both families: a record that stands in both, or twice, is one record with the
 * facts of all its rows. Programs stand in one field as "SDGT] [IRAN". Remarks end after 1,000 bytes, in the middle of
 * a word, and go on in the comments file; where that is missing, a remark that was cut off becomes notes and is not
 * taken apart, since half a number is no number.
 *
 * A row of aliases, addresses or comments whose record is not in the primary file is a rejected record of its own:
 * report.records = records of the primary files + such rows. So is a comment on remarks that were not cut off: its file
 * is of another day than the primary file, and would put the words of one day behind those of the other.
 *
 * Left out: the numbers of aliases and addresses (alt_num, add_num), which name nothing outside the files. */
#include "base/ascii.h"
#include "base/error.h"
#include "lists/formats.h"
#include "lists/ofac_facts.h"
#include "lists/ofac_files.h"
#include "lists/prose.h"
#include "lists/rows.h"

#include <stdlib.h>
#include <string.h>

enum { CUT_BYTES = 1000, CUT_SLACK_BYTES = 8, TEXT_BYTES = 8 << 20, MOST_COLUMNS = 12 };

enum primary_column {
    NUMBER,
    NAME,
    TYPE,
    PROGRAM,
    TITLE,
    CALL_SIGN,
    VESSEL_TYPE,
    TONNAGE,
    GROSS,
    FLAG,
    OWNER,
    REMARKS
};
enum alias_column { ALIAS_NUMBER = 1, ALIAS_TYPE, ALIAS_NAME, ALIAS_REMARKS };
enum address_column { ADDRESS_NUMBER = 1, STREET, CITY, COUNTRY, ADDRESS_REMARKS };
enum { COMMENT = 1 };

static const size_t column_counts[MZ_OFAC_PARTS] = {12, 5, 6, 2};
static const int places[MOST_COLUMNS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

struct ofac {
    mz_reading *reading;
    mz_rows parts[MZ_OFAC_PARTS];
    mz_map names; /* from a primary name to its group; shared names to AMBIGUOUS */
    mz_attached attached;
    mz_ofac_entry entry;
    mz_buffer remarks;
};

static const uint32_t ambiguous = UINT32_MAX;

/* A field, "-0-" being none. */
static mz_str field(const mz_row *row, size_t column) {
    mz_str text = mz_trimmed(mz_row_field(row, column));
    return mz_same_word(text, "-0-") ? (mz_str){"", 0} : text;
}

/* ---- reading the tables ---- */

static mz_status read_rows(struct ofac *ofac, mz_csv *csv, mz_ofac_part part, uint16_t file) {
    mz_reading *reading = ofac->reading;
    for (;;) {
        bool more;
        mz_status status = mz_csv_next(csv, &more, reading->error);
        if (status || !more) return status;
        mz_str number = mz_trimmed(mz_csv_field(csv, NUMBER));
        if (mz_csv_count(csv) < column_counts[part])
            status = mz_reading_reject(reading, mz_csv_position(csv, NUMBER, file), number,
                                       "%zu fields where %zu are needed", mz_csv_count(csv), column_counts[part]);
        else
            status = mz_rows_add(&ofac->parts[part], csv, places, column_counts[part], number, file, reading->error);
        if (!status) status = mz_reading_progress(reading, reading->report->bytes + mz_csv_consumed_bytes(csv), 0);
        if (status) return status;
    }
}

static mz_status read_table(struct ofac *ofac, const char *path, mz_ofac_part part) {
    mz_csv *csv;
    mz_status status = mz_csv_open(path, ',', &csv, ofac->reading->error);
    if (status) return status;
    status = read_rows(ofac, csv, part, mz_reading_file(ofac->reading, path));
    ofac->reading->report->bytes += mz_csv_consumed_bytes(csv);
    mz_csv_close(csv);
    return status;
}

static mz_status read_tables(struct ofac *ofac) {
    mz_ofac_family *families = calloc(MZ_OFAC_FAMILIES, sizeof *families);
    if (!families) return mz_fail_memory(ofac->reading->error);
    mz_status status = mz_ofac_find_files(ofac->reading->path, families, ofac->reading->error);
    for (unsigned family = 0; family < MZ_OFAC_FAMILIES && !status; family++)
        for (unsigned part = 0; part < MZ_OFAC_PARTS && !status && families[family].present; part++)
            if (families[family].paths[part][0])
                status = read_table(ofac, families[family].paths[part], (mz_ofac_part)part);
    free(families);
    return status;
}

/* ---- names of others, for links ---- */

static bool index_names(struct ofac *ofac) {
    const mz_rows *primary = &ofac->parts[MZ_OFAC_PRIMARY];
    for (size_t i = 0; i < primary->count; i++) {
        mz_str name = field(primary->groups[i].first, NAME);
        uint32_t *number = mz_map_get(&ofac->names, name);
        if (number)
            *number = ambiguous;
        else if (!mz_map_put(&ofac->names, name, (uint32_t)i))
            return false;
    }
    return true;
}

static mz_str find_by_name(void *context, mz_str name) {
    struct ofac *ofac = context;
    const uint32_t *number = name.size ? mz_map_get(&ofac->names, name) : NULL;
    if (!number || *number == ambiguous) return (mz_str){"", 0};
    return mz_make_id(ofac->reading->builder, ofac->reading->list, ofac->parts[MZ_OFAC_PRIMARY].groups[*number].key);
}

/* ---- making a record ---- */

static void add(struct ofac *ofac, mz_property property, const mz_row *row, size_t column) {
    mz_builder_add(ofac->reading->builder, 0, property, field(row, column), mz_row_position(row, column));
}

static void add_programs(struct ofac *ofac, const mz_row *row) {
    mz_str rest = field(row, PROGRAM), program;
    while (mz_next_between(&rest, "[];", &program))
        mz_builder_add(ofac->reading->builder, ofac->entry.sanction, MZ_PROP_program, program,
                       mz_row_position(row, PROGRAM));
}

/* A dot ends the remarks; the last of an abbreviation ("S.A.") belongs to it. */
static mz_str without_end(mz_str text) {
    text = mz_trimmed(text);
    if (text.size == 0 || text.data[text.size - 1] != '.') return text;
    bool abbreviation = text.size >= 4 && text.data[text.size - 3] == '.';
    if (!abbreviation) text.size--;
    return text;
}

/* The remarks with what the comments file adds. */
static void add_remarks(struct ofac *ofac, const mz_row *row, const mz_row_group *comments) {
    mz_buffer *text = &ofac->remarks;
    mz_str first = mz_row_field(row, REMARKS);
    if (field(row, REMARKS).size == 0) first.size = 0;
    mz_buffer_clear(text);
    mz_buffer_str(text, first);
    const mz_row *comment = comments ? comments->first : NULL;
    for (const mz_row *next = comment; next; next = next->next) mz_buffer_str(text, mz_row_field(next, COMMENT));
    mz_builder_fail(ofac->reading->builder, text);
    mz_str rest = without_end(mz_buffer_view(text)), remark;
    bool last, cut = !comment && first.size >= CUT_BYTES && rest.size == mz_trimmed(first).size;
    while (mz_ofac_next_remark(&rest, &remark, &last)) {
        bool in_comment = comment && (size_t)(remark.data - text->data) >= first.size;
        mz_position at = in_comment ? mz_row_position(comment, COMMENT) : mz_row_position(row, REMARKS);
        if (last && cut)
            mz_add_flagged(ofac->reading->builder, 0, MZ_PROP_notes, remark, at, MZ_FACT_DERIVED);
        else
            mz_ofac_add_remark(&ofac->entry, remark, at, MZ_FACT_DERIVED);
    }
}

static void add_aliases(struct ofac *ofac, const mz_row_group *aliases) {
    for (const mz_row *row = aliases ? aliases->first : NULL; row; row = row->next) {
        bool former = mz_same_word(field(row, ALIAS_TYPE), "fka");
        mz_ofac_add_name(&ofac->entry, former ? MZ_PROP_previousName : MZ_PROP_alias,
                         former ? MZ_NAME_PREVIOUS : MZ_NAME_STRONG_ALIAS, field(row, ALIAS_NAME),
                         mz_row_position(row, ALIAS_NAME));
        add(ofac, MZ_PROP_notes, row, ALIAS_REMARKS);
    }
}

static void add_addresses(struct ofac *ofac, const mz_row_group *addresses) {
    for (const mz_row *row = addresses ? addresses->first : NULL; row; row = row->next) {
        mz_place place = {.street = field(row, STREET),
                          .city = field(row, CITY),
                          .country = field(row, COUNTRY),
                          .remarks = field(row, ADDRESS_REMARKS)};
        if (mz_starts_with(place.country, "Region:")) {
            size_t size = strlen("Region:");
            place.region = mz_trimmed((mz_str){place.country.data + size, place.country.size - size});
            place.country.size = 0;
        }
        if (mz_same_word(place.country, "undetermined")) place.country.size = 0;
        mz_attach_address(&ofac->attached, &place, mz_row_position(row, STREET), 0);
    }
}

static void add_vessel(struct ofac *ofac, const mz_row *row) {
    add(ofac, MZ_PROP_callSign, row, CALL_SIGN);
    add(ofac, MZ_PROP_type, row, VESSEL_TYPE);
    add(ofac, MZ_PROP_tonnage, row, TONNAGE);
    add(ofac, MZ_PROP_grossRegisteredTonnage, row, GROSS);
    if (!mz_same_word(field(row, FLAG), "None Identified")) add(ofac, MZ_PROP_flag, row, FLAG);
    mz_str owner = field(row, OWNER);
    mz_attach_link(&ofac->attached, MZ_STR("Vessel owner"), owner, find_by_name(ofac, owner),
                   mz_row_position(row, OWNER), 0);
}

static mz_schema schema_of(const mz_row *row) {
    mz_str type = field(row, TYPE);
    if (mz_same_word(type, "individual")) return MZ_SCHEMA_Person;
    if (mz_same_word(type, "vessel")) return MZ_SCHEMA_Vessel;
    if (mz_same_word(type, "aircraft")) return MZ_SCHEMA_Airplane;
    return MZ_SCHEMA_Organization;
}

static void add_primary(struct ofac *ofac, const mz_row *row, const mz_row_group *comments) {
    mz_ofac_entry *entry = &ofac->entry;
    entry->title = field(row, TITLE);
    mz_ofac_add_name(entry, MZ_PROP_name, MZ_NAME_PRIMARY, field(row, NAME), mz_row_position(row, NAME));
    add(ofac, MZ_PROP_position, row, TITLE);
    add_programs(ofac, row);
    add_vessel(ofac, row);
    add_remarks(ofac, row, comments);
}

static mz_row_group *take(struct ofac *ofac, mz_ofac_part part, mz_str number) {
    mz_row_group *group = mz_rows_find(&ofac->parts[part], number);
    if (group) group->taken = true;
    return group;
}

/* The first row whose remarks go on in the comments, or NULL. Blanks at the cut may have been dropped. */
static const mz_row *find_cut(const mz_row_group *group) {
    const mz_row *row = group->first;
    while (row && mz_row_field(row, REMARKS).size + CUT_SLACK_BYTES < CUT_BYTES) row = row->next;
    return row;
}

static mz_status make_record(struct ofac *ofac, const mz_row_group *group) {
    mz_reading *reading = ofac->reading;
    mz_builder *builder = reading->builder;
    mz_position at = mz_row_position(group->first, NUMBER);
    const mz_row *cut = find_cut(group);
    const mz_row_group *comments = cut ? take(ofac, MZ_OFAC_COMMENTS, group->key) : NULL;
    const mz_row_group *aliases = take(ofac, MZ_OFAC_ALIASES, group->key);
    const mz_row_group *addresses = take(ofac, MZ_OFAC_ADDRESSES, group->key);
    mz_builder_start(builder, reading->list);
    mz_builder_entity(builder, schema_of(group->first), mz_make_id(builder, reading->list, group->key), at);
    mz_builder_reference(builder, group->key);
    mz_builder_add(builder, 0, MZ_PROP_topics, MZ_STR("sanction"), at);
    mz_attached_start(&ofac->attached);
    ofac->entry.person = schema_of(group->first) == MZ_SCHEMA_Person;
    ofac->entry.sanction = mz_attach_sanction(&ofac->attached, MZ_STR("Office of Foreign Assets Control"),
                                              (mz_str){"", 0}, mz_row_position(group->first, PROGRAM));
    mz_builder_add(builder, ofac->entry.sanction, MZ_PROP_recordId, group->key, at);
    for (const mz_row *row = group->first; row; row = row->next) add_primary(ofac, row, row == cut ? comments : NULL);
    add_aliases(ofac, aliases);
    add_addresses(ofac, addresses);
    if (ofac->attached.failed) return mz_fail_memory(reading->error);
    return mz_reading_emit(reading);
}

static mz_status make_or_reject(struct ofac *ofac, const mz_row_group *group) {
    mz_position at = mz_row_position(group->first, NUMBER);
    if (group->key.size && field(group->first, NAME).size) return make_record(ofac, group);
    take(ofac, MZ_OFAC_COMMENTS, group->key);
    take(ofac, MZ_OFAC_ALIASES, group->key);
    take(ofac, MZ_OFAC_ADDRESSES, group->key);
    return mz_reading_reject(ofac->reading, at, group->key, "a record without %s",
                             group->key.size ? "a name" : "its number");
}

static mz_status reject_orphans(struct ofac *ofac, mz_ofac_part part) {
    static const char *const what[MZ_OFAC_PARTS] = {"", "an alias", "an address", "a comment"};
    const mz_rows *rows = &ofac->parts[part];
    mz_status status = MZ_OK;
    for (size_t i = 0; i < rows->count && !status; i++) {
        if (rows->groups[i].taken) continue;
        bool known = mz_rows_find(&ofac->parts[MZ_OFAC_PRIMARY], rows->groups[i].key);
        for (const mz_row *row = rows->groups[i].first; row && !status; row = row->next)
            status = mz_reading_reject(ofac->reading, mz_row_position(row, NUMBER), rows->groups[i].key,
                                       known ? "%s on remarks that are whole: its file is of another day than the "
                                               "primary file; fetch both"
                                             : "%s of a record that is not in the primary file",
                                       what[part]);
    }
    return status;
}

static mz_status make_records(struct ofac *ofac) {
    const mz_rows *primary = &ofac->parts[MZ_OFAC_PRIMARY];
    if (!index_names(ofac)) return mz_fail_memory(ofac->reading->error);
    mz_status status = MZ_OK;
    for (size_t i = 0; i < primary->count && !status; i++) status = make_or_reject(ofac, &primary->groups[i]);
    for (unsigned part = MZ_OFAC_ALIASES; part < MZ_OFAC_PARTS && !status; part++)
        status = reject_orphans(ofac, (mz_ofac_part)part);
    return status;
}

static mz_status read_ofac(mz_reading *reading) {
    struct ofac ofac = {.reading = reading};
    for (unsigned part = 0; part < MZ_OFAC_PARTS; part++) mz_rows_init(&ofac.parts[part]);
    mz_map_init(&ofac.names);
    mz_attached_init(&ofac.attached, reading->builder);
    mz_buffer_init(&ofac.remarks, TEXT_BYTES * 4);
    ofac.entry = (mz_ofac_entry){
        .builder = reading->builder, .attached = &ofac.attached, .find = find_by_name, .context = &ofac};
    mz_status status = read_tables(&ofac);
    if (!status) status = make_records(&ofac);
    mz_buffer_done(&ofac.remarks);
    mz_attached_done(&ofac.attached);
    mz_map_done(&ofac.names);
    for (unsigned part = 0; part < MZ_OFAC_PARTS; part++) mz_rows_done(&ofac.parts[part]);
    return status;
}

/* ---- recognising ---- */

/* A line of digits, a comma, a name, with nulls as only OFAC writes them. */
static bool looks_like(mz_str first_bytes, const char *path) {
    if (first_bytes.size == 0) return mz_ofac_folder(path);
    const char *newline = memchr(first_bytes.data, '\n', first_bytes.size);
    mz_str line = {first_bytes.data, newline ? (size_t)(newline - first_bytes.data) : first_bytes.size};
    size_t digits = 0;
    while (digits < line.size && line.data[digits] >= '0' && line.data[digits] <= '9') digits++;
    mz_ofac_part part;
    bool table = digits > 0 && digits < line.size && line.data[digits] == ',';
    return table && (mz_contains(line, ",-0- ") || mz_ofac_file_name(path, &part));
}

/* The tables of the consolidated list are no new version of the SDN list. */
static const char *list_of_file(const char *path) {
    const char *slash = strrchr(path, '/');
    mz_str name = mz_str_of(slash ? slash + 1 : path);
    name.size = name.size < 5 ? name.size : 5;
    return mz_same_word(name, "cons_") ? "ofac-cons" : NULL;
}

const mz_list_format mz_format_ofac = {
    .name = "ofac",
    .title = "United States, OFAC SDN and consolidated lists, CSV (a folder, or sdn.csv with its siblings)",
    .usual_list = "ofac",
    .dates = MZ_DATE_MONTH_FIRST,
    .list_of_file = list_of_file,
    .looks_like = looks_like,
    .read = read_ofac,
};
