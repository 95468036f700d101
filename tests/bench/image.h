/* An image of invented entities, by way of the lines that are written and the reader that reads them. */
#ifndef MIZAN_TEST_BENCH_IMAGE_H
#define MIZAN_TEST_BENCH_IMAGE_H

#include "bench/corpus.h"
#include "mizan/index.h"

/* The parts of names of the project's own tables; to be freed. */
parts *own_parts(void);

/* The first `entities` of a corpus as an open index; to be closed. `ret_rejected` (may be NULL): lines that the reader
 * would not have. */
mz_index *image_of(const corpus *c, uint64_t entities, uint64_t *ret_rejected);

#endif
