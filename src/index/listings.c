#include "index/listings.h"

#include "lists/kind.h"
#include "mizan/date.h"

#include <string.h>

static const size_t CEILING = (size_t)1 << 30;

/* ---- days ---- */

/* The first of some days, and the last; each as a span. */
typedef struct day_span {
    int32_t first, last; /* the earliest day and the latest that the first of them may be */
    int32_t latest;      /* that any of them may be */
    bool any, doubtful;
} day_span;

static void add_day(day_span *span, const mz_fact *fact) {
    mz_date date;
    if ((fact->flags & MZ_FACT_UNPARSED) || !mz_date_parse(fact->value, MZ_DATE_DAY_FIRST, &date)) {
        span->doubtful = true;
        return;
    }
    if (!span->any || date.first_day < span->first) span->first = date.first_day;
    if (!span->any || date.last_day < span->last) span->last = date.last_day;
    if (!span->any || date.last_day > span->latest) span->latest = date.last_day;
    span->any = true;
}

static bool is_told(const day_span *span) {
    return span->any || span->doubtful;
}

void mz_listing_read(const mz_record *record, mz_listing_row *ret_row) {
    day_span listed = {.any = false}, begun = {.any = false}, seen = {.any = false}, changed = {.any = false};
    for (size_t e = 0; e < record->entity_count; e++) {
        const mz_entity *entity = &record->entities[e];
        for (size_t f = 0; f < entity->fact_count; f++) {
            const mz_fact *fact = &entity->facts[f];
            if (fact->property == MZ_PROP_listingDate) add_day(&listed, fact);
            if (fact->property == MZ_PROP_modifiedAt) add_day(&changed, fact);
            if (fact->property == MZ_PROP_createdAt && e == 0) add_day(&seen, fact);
            if (fact->property == MZ_PROP_startDate && entity->schema == MZ_SCHEMA_Sanction) add_day(&begun, fact);
        }
    }
    const day_span *since = is_told(&listed) ? &listed : is_told(&begun) ? &begun : &seen;
    bool known = since->any && !since->doubtful, changes = changed.any && !changed.doubtful && !since->doubtful;
    *ret_row = (mz_listing_row){.first_listed = known ? since->first : INT32_MIN,
                                .last_listed = known ? since->last : INT32_MAX,
                                .last_change = changes ? changed.latest : INT32_MAX};
    if (changes && since->any && since->latest > ret_row->last_change) ret_row->last_change = since->latest;
}

/* ---- topics ---- */

void mz_topics_init(mz_topics *topics) {
    mz_map_init(&topics->numbers);
    mz_map_init(&topics->set_numbers);
    mz_arena_init(&topics->kept, CEILING);
    mz_buffer_init(&topics->names, CEILING);
    mz_buffer_init(&topics->sets, CEILING);
}

void mz_topics_done(mz_topics *topics) {
    mz_map_done(&topics->numbers);
    mz_map_done(&topics->set_numbers);
    mz_arena_done(&topics->kept);
    mz_buffer_done(&topics->names);
    mz_buffer_done(&topics->sets);
}

bool mz_topics_failed(const mz_topics *topics) {
    return topics->numbers.failed || topics->set_numbers.failed || topics->kept.failed || topics->names.failed ||
           topics->sets.failed;
}

static uint32_t topic_number(mz_topics *topics, mz_str name) {
    uint32_t fresh = (uint32_t)(topics->names.size / sizeof(mz_str));
    const uint32_t *known = mz_map_get(&topics->numbers, name);
    if (known) return *known;
    mz_str kept = mz_arena_copy(&topics->kept, name);
    if (topics->kept.failed) return 0;
    mz_buffer_append(&topics->names, &kept, sizeof kept);
    (void)mz_map_put(&topics->numbers, kept, fresh);
    return fresh;
}

static uint32_t set_number(mz_topics *topics, uint32_t topic, uint32_t rest) {
    mz_topic_set_row row = {topic, rest};
    uint32_t fresh = (uint32_t)(topics->sets.size / sizeof row);
    mz_str key = {(const char *)&row, sizeof row};
    const uint32_t *known = mz_map_get(&topics->set_numbers, key);
    if (known) return *known + 1;
    key = mz_arena_copy(&topics->kept, key);
    if (topics->kept.failed) return 0;
    mz_buffer_append(&topics->sets, &row, sizeof row);
    (void)mz_map_put(&topics->set_numbers, key, fresh);
    return fresh + 1;
}

/* Topics in their order, each once. */
typedef struct topic_list {
    uint32_t numbers[MZ_TOPICS_MOST];
    size_t count;
} topic_list;

static void add_topic(mz_topics *topics, mz_str name, topic_list *list) {
    uint32_t number = topic_number(topics, name);
    size_t at = list->count;
    while (at > 0 && list->numbers[at - 1] > number) at--;
    if (at > 0 && list->numbers[at - 1] == number) return;
    memmove(list->numbers + at + 1, list->numbers + at, (list->count++ - at) * sizeof *list->numbers);
    list->numbers[at] = number;
}

uint32_t mz_topics_of(mz_topics *topics, const mz_record *record) {
    const mz_entity *entity = &record->entities[0];
    topic_list list = {.count = 0};
    uint32_t set = 0;
    for (size_t f = 0; f < entity->fact_count && list.count < MZ_TOPICS_MOST; f++)
        if (entity->facts[f].property == MZ_PROP_topics) add_topic(topics, entity->facts[f].value, &list);
    mz_str kind[MZ_KIND_TOPICS_MOST];
    size_t kinds = list.count ? 0 : mz_list_kind(record, kind);
    for (size_t k = 0; k < kinds; k++) add_topic(topics, kind[k], &list);
    for (size_t k = 0; k < list.count; k++) set = set_number(topics, list.numbers[k], set);
    return set;
}
