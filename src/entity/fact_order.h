/* The order of facts in an entity: by property, and within one property as they came. */
#ifndef MIZAN_ENTITY_FACT_ORDER_H
#define MIZAN_ENTITY_FACT_ORDER_H

#include "mizan/entity.h"

/* Copies `count` facts into `ret_ordered` (as many; not the same array), stably ordered. */
void mz_order_facts(const mz_fact *facts, size_t count, mz_fact *ret_ordered);

#endif
