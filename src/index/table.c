#include "index/table.h"

#include <stdlib.h>

enum { HASH_BITS = 64, TAG_BITS = 31, BUCKET_KEYS = 8, BITS_MOST = 28, SINGLE = 1 };

size_t mz_table_find(const mz_table *table, uint64_t key, const uint32_t **ret_numbers) {
    uint64_t hash = mz_table_hash(key);
    size_t bucket = mz_table_bucket(hash, table->bits);
    uint32_t tag = mz_table_tag(hash, table->bits);
    for (uint32_t k = table->buckets[bucket]; k < table->buckets[bucket + 1]; k++) {
        const mz_key_row *row = &table->keys[k];
        if ((row->tag | SINGLE) != (tag | SINGLE)) continue;
        bool single = row->tag & SINGLE;
        *ret_numbers = single ? &row->at : &table->lists[row->at + 1];
        return single ? 1 : table->lists[row->at];
    }
    *ret_numbers = NULL;
    return 0;
}

/* ---- checking ---- */

static bool list_follows(const mz_table *table, uint32_t at, uint32_t end, uint64_t *next) {
    if (at != *next || at >= table->list_size) return false;
    uint64_t count = table->lists[at];
    const uint32_t *numbers = &table->lists[at] + 1;
    if (count < 2 || count > table->list_size - at - 1 || numbers[0] >= end) return false;
    for (uint64_t i = 1; i < count; i++)
        if (numbers[i] <= numbers[i - 1] || numbers[i] >= end) return false;
    *next += 1 + count;
    return true;
}

const char *mz_table_fault(const mz_table *table, uint32_t end) {
    uint64_t next = 0;
    if (table->buckets[0] != 0 || table->buckets[table->bucket_count] != table->key_count) return "the buckets";
    for (uint64_t b = 0; b < table->bucket_count; b++) {
        uint32_t first = table->buckets[b], last = table->buckets[b + 1];
        if (first > last || last > table->key_count) return "a bucket";
        for (uint32_t k = first; k < last; k++) {
            const mz_key_row *row = &table->keys[k];
            if (k > first && (row[-1].tag | SINGLE) >= (row->tag | SINGLE)) return "the order of keys";
            if (row->tag & SINGLE ? row->at >= end : !list_follows(table, row->at, end, &next)) return "a number";
        }
    }
    return next == table->list_size ? NULL : "the lists";
}

/* ---- building ---- */

typedef struct table_writer {
    mz_buffer *buckets, *keys, *lists;
    unsigned bits;
    uint32_t buckets_begun;
    uint64_t hash; /* of the key in hand */
    uint32_t list; /* where its list begins */
    bool any;
} table_writer;

static void append(mz_buffer *into, uint32_t number) {
    mz_buffer_append(into, &number, sizeof number);
}

static uint32_t numbers_in(const mz_buffer *buffer) {
    return (uint32_t)(buffer->size / sizeof(uint32_t));
}

/* A list is laid down for each key, and taken back where it has one number only. */
static void end_key(table_writer *writer) {
    mz_buffer *lists = writer->lists;
    if (!writer->any || lists->failed) return;
    uint32_t *list = (uint32_t *)(void *)lists->data + writer->list, count = numbers_in(lists) - writer->list - 1;
    mz_key_row row = {mz_table_tag(writer->hash, writer->bits), writer->list};
    if (count == 1) {
        row = (mz_key_row){row.tag | SINGLE, list[1]};
        lists->size = (size_t)writer->list * sizeof *list;
    } else {
        list[0] = count;
    }
    mz_buffer_append(writer->keys, &row, sizeof row);
}

static void begin_buckets(table_writer *writer, size_t end) {
    uint32_t keys = (uint32_t)(writer->keys->size / sizeof(mz_key_row));
    for (; writer->buckets_begun < end; writer->buckets_begun++) append(writer->buckets, keys);
}

static void add(table_writer *writer, const mz_entry *entry) {
    mz_buffer *lists = writer->lists;
    if (writer->any && writer->hash == entry->hash) {
        if (!lists->failed && ((const uint32_t *)(const void *)(lists->data + lists->size))[-1] != entry->number)
            append(lists, entry->number);
        return;
    }
    end_key(writer);
    begin_buckets(writer, mz_table_bucket(entry->hash, writer->bits) + 1);
    writer->hash = entry->hash;
    writer->list = numbers_in(lists);
    writer->any = true;
    append(lists, 0);
    append(lists, entry->number);
}

static int by_hash(const void *left, const void *right) {
    const mz_entry *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static unsigned bits_for(uint64_t entries) {
    unsigned bits = 0;
    while (bits < BITS_MOST && entries >> bits > BUCKET_KEYS) bits++;
    return bits;
}

void mz_table_make(mz_entry *entries, size_t count, mz_buffer sections[MZ_TABLE_SECTIONS]) {
    unsigned bits = bits_for(count);
    table_writer writer = {&sections[MZ_TABLE_BUCKETS], &sections[MZ_TABLE_KEYS], &sections[MZ_TABLE_LISTS],
                           .bits = bits};
    /* what a tag does not hold makes no difference between keys */
    for (size_t i = 0; i < count; i++) entries[i].hash &= UINT64_MAX << (HASH_BITS - TAG_BITS - bits);
    if (count) qsort(entries, count, sizeof *entries, by_hash);
    for (size_t i = 0; i < count; i++) add(&writer, &entries[i]);
    end_key(&writer);
    begin_buckets(&writer, ((size_t)1 << bits) + 1);
}
