#include "lists/us_csl.h"

#include "base/ascii.h"
#include "lists/prose.h"
#include "lists/rows.h"

#include <string.h>

mz_schema mz_us_csl_schema(mz_str type) {
    if (mz_same_word(type, "individual")) return MZ_SCHEMA_Person;
    if (mz_same_word(type, "vessel")) return MZ_SCHEMA_Vessel;
    if (mz_same_word(type, "aircraft")) return MZ_SCHEMA_Airplane;
    return mz_same_word(type, "entity") ? MZ_SCHEMA_Organization : MZ_SCHEMA_LegalEntity;
}

/* What FollowTheMoney calls being on such a list, by the abbreviation in brackets. */
static mz_str topic_of(mz_str source) {
    static const struct {
        const char *mark, *topic;
    } topics[] = {{"(EL)", "export.control"},
                  {"(MEU)", "export.control"},
                  {"(DPL)", "export.control"},
                  {"(UVL)", "export.risk"},
                  {"(DTC)", "debarment"}};
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
        if (mz_contains(source, topics[i].mark)) return mz_str_of(topics[i].topic);
    return MZ_STR("sanction");
}

void mz_us_csl_add_sanction(mz_ofac_entry *entry, mz_str source, mz_position at) {
    static const char between[] = " - ";
    mz_str authority = source;
    for (size_t i = 0; i + sizeof between - 1 < source.size; i++)
        if (memcmp(source.data + i, between, sizeof between - 1) == 0) {
            authority = mz_trimmed((mz_str){source.data + i + 3, source.size - i - 3});
            source = mz_trimmed((mz_str){source.data, i});
            break;
        }
    entry->sanction = mz_attach_sanction(entry->attached, authority, source, at);
    mz_builder_add(entry->builder, 0, MZ_PROP_topics, topic_of(source), at);
}

/* "(Linked To: A; Linked To: B)" is a row of remarks in brackets. */
void mz_us_csl_add_remarks(const mz_ofac_entry *entry, mz_str source, mz_str remarks, mz_position at) {
    mz_str remark;
    if (!mz_contains(source, "Treasury")) {
        mz_builder_add(entry->builder, 0, MZ_PROP_notes, remarks, at);
        return;
    }
    while (mz_next_between(&remarks, ";", &remark)) {
        if (mz_starts_with(remark, "(Linked To:")) remark = (mz_str){remark.data + 1, remark.size - 1};
        bool linked = mz_starts_with(remark, "Linked To:"), last = remarks.size == 0;
        if (linked && last && remark.data[remark.size - 1] == ')') remark.size--;
        mz_ofac_add_remark(entry, remark, at, MZ_FACT_DERIVED);
    }
}
