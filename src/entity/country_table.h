/* What tools/tables/countries.py makes of data/countries.tsv. */
#ifndef MIZAN_ENTITY_COUNTRY_TABLE_H
#define MIZAN_ENTITY_COUNTRY_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct mz_country {
    const char *code, *english, *french, *arabic;
};

/* A folded name; in byte order. */
struct mz_country_key {
    const char *key;
    uint16_t country;
};

extern const struct mz_country mz_countries[];
extern const struct mz_country_key mz_country_keys[];
extern const size_t mz_country_count, mz_country_key_count;

#endif
