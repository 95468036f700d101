/* What the figures say, in sentences. */
#ifndef MIZAN_EFFECTIVENESS_PROSE_H
#define MIZAN_EFFECTIVENESS_PROSE_H

#include "effectiveness/report.h"

/* Appends a line for each sentence. Names of policies and builds come as they are: whoever prints them makes them
 * harmless. */
void mz_report_write_prose(const mz_effectiveness *run, mz_language language, mz_buffer *out);

/* The classes that asked anything, the smallest share found first, into `order` of class_count; returns how many. */
size_t mz_report_order(const mz_report *report, size_t *order);

/* Whether two runs asked for the same names of the same list versions, as far as their reports say. */
bool mz_report_same_names(const mz_report *a, const mz_report *b);

#endif
