#include "index/table.h"

#include "base/error.h"

#include <stdlib.h>

enum {
    HASH_BITS = 64,
    TAG_BITS = 31,
    BUCKET_KEYS = 8,
    BITS_MOST = 28,
    SINGLE = 1,
    PREFIX_BITS = 12,
    INSERTION_MOST = 32
};

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
    mz_spill *buckets, *keys, *lists;
    unsigned bits;
} table_writer;

/* Entries whose hashes begin with the same few bits, from one number of these bits to another. */
typedef struct slice {
    size_t first_bucket, bucket_count, entry_count;
    mz_entry *entries;
    uint32_t *ends; /* by bucket, while it is filled: where the next entry goes */
} slice;

static void append(mz_spill *into, uint32_t number) {
    mz_spill_append(into, &number, sizeof number);
}

/* What a tag does not hold makes no difference between keys. */
static uint64_t told_apart(uint64_t hash, unsigned bits) {
    return hash >> (HASH_BITS - TAG_BITS - bits);
}

static void put_key(const table_writer *writer, const mz_entry *entries, size_t count) {
    uint32_t numbers = 1;
    mz_key_row row = {mz_table_tag(entries[0].hash, writer->bits) | SINGLE, entries[0].number};
    for (size_t i = 1; i < count; i++) numbers += entries[i].number != entries[i - 1].number;
    if (numbers > 1) {
        row.tag &= ~(uint32_t)SINGLE;
        row.at = (uint32_t)(mz_spill_size(writer->lists) / sizeof(uint32_t));
        append(writer->lists, numbers);
        for (size_t i = 0; i < count; i++)
            if (!i || entries[i].number != entries[i - 1].number) append(writer->lists, entries[i].number);
    }
    mz_spill_append(writer->keys, &row, sizeof row);
}

static int by_hash(const void *left, const void *right) {
    const mz_entry *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* A bucket has a few entries, but where a key is a frequent one. Numbers ascend under each key already. */
static void sort_bucket(mz_entry *entries, size_t count) {
    if (count > INSERTION_MOST) {
        qsort(entries, count, sizeof *entries, by_hash);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        mz_entry entry = entries[i];
        size_t at = i;
        for (; at > 0 && by_hash(&entries[at - 1], &entry) > 0; at--) entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

static void put_bucket(const table_writer *writer, mz_entry *entries, size_t count) {
    append(writer->buckets, (uint32_t)(mz_spill_size(writer->keys) / sizeof(mz_key_row)));
    for (size_t i = 0; i < count; i++)
        entries[i].hash = told_apart(entries[i].hash, writer->bits) << (HASH_BITS - TAG_BITS - writer->bits);
    sort_bucket(entries, count);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && entries[end].hash == entries[i].hash;) end++;
        put_key(writer, entries + i, end - i);
    }
}

static mz_status put_slice(const table_writer *writer, const mz_entry *entries, size_t count, slice *of,
                           mz_error *error) {
    of->entries = malloc((of->entry_count + 1) * sizeof *of->entries);
    of->ends = calloc(of->bucket_count + 1, sizeof *of->ends);
    mz_status status = of->entries && of->ends ? MZ_OK : mz_fail_memory(error);
    if (!status) {
        for (size_t i = 0; i < count; i++) {
            size_t bucket = mz_table_bucket(entries[i].hash, writer->bits) - of->first_bucket;
            if (bucket < of->bucket_count) of->ends[bucket + 1]++;
        }
        for (size_t b = 0; b < of->bucket_count; b++) of->ends[b + 1] += of->ends[b];
        for (size_t i = 0; i < count; i++) {
            size_t bucket = mz_table_bucket(entries[i].hash, writer->bits) - of->first_bucket;
            if (bucket < of->bucket_count) of->entries[of->ends[bucket]++] = entries[i];
        }
        for (size_t b = 0; b < of->bucket_count; b++) {
            uint32_t first = b ? of->ends[b - 1] : 0;
            put_bucket(writer, of->entries + first, of->ends[b] - first);
        }
    }
    free(of->entries);
    free(of->ends);
    return status;
}

static unsigned bits_for(uint64_t entries) {
    unsigned bits = 0;
    while (bits < BITS_MOST && entries >> bits > BUCKET_KEYS) bits++;
    return bits;
}

mz_status mz_table_make(const mz_entry *entries, size_t count, size_t slice_bytes, mz_spill sections[MZ_TABLE_SECTIONS],
                        mz_error *error) {
    const table_writer writer = {&sections[MZ_TABLE_BUCKETS], &sections[MZ_TABLE_KEYS], &sections[MZ_TABLE_LISTS],
                                 .bits = bits_for(count)};
    unsigned prefix_bits = writer.bits < PREFIX_BITS ? writer.bits : PREFIX_BITS, fine = writer.bits - prefix_bits;
    size_t prefixes = (size_t)1 << prefix_bits, most = slice_bytes / sizeof *entries;
    if (count >= UINT32_MAX / 2) return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image");
    size_t *counts = calloc(prefixes, sizeof *counts);
    if (!counts) return mz_fail_memory(error);
    for (size_t i = 0; i < count; i++) counts[mz_table_bucket(entries[i].hash, prefix_bits)]++;
    mz_status status = MZ_OK;
    for (size_t p = 0, end; p < prefixes && !status; p = end) {
        slice of = {.first_bucket = p << fine, .entry_count = counts[p]};
        for (end = p + 1; end < prefixes && of.entry_count + counts[end] <= most; end++) of.entry_count += counts[end];
        of.bucket_count = (end - p) << fine;
        status = put_slice(&writer, entries, count, &of, error);
    }
    append(writer.buckets, (uint32_t)(mz_spill_size(writer.keys) / sizeof(mz_key_row)));
    free(counts);
    return status;
}
