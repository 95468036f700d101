/* What tools/tables/mids.py makes of data/mids.tsv: maritime identification digits, in order. */
#ifndef MIZAN_ENTITY_MID_TABLE_H
#define MIZAN_ENTITY_MID_TABLE_H

#include <stddef.h>
#include <stdint.h>

extern const uint16_t mz_mids[];
extern const size_t mz_mid_count;

#endif
