/* Tells the culture of a person's name from its words, before they are roles. */
#ifndef MIZAN_NAMES_CULTURE_H
#define MIZAN_NAMES_CULTURE_H

#include "mizan/culture.h"
#include "names/draft.h"

mz_culture mz_draft_culture(const mz_draft *d);

#endif
