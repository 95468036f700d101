/* Names of FollowTheMoney's model that Mizan keeps nothing under: properties, the names by which it calls them from the
 * other side ("sanctions"), and schemata. A program that sends what FollowTheMoney knows is not mistaken, and is told
 * that it was not compared; one that misspells is.
 *
 * Source: the schemata of followthemoney 4.9 (https://followthemoney.tech/explorer/), less those of mizan/schema.h. */
#ifndef MIZAN_SERVER_FTM_WORDS_H
#define MIZAN_SERVER_FTM_WORDS_H

#include "mizan/str.h"

bool mz_ftm_other_property(mz_str name);
bool mz_ftm_other_schema(mz_str name);

#endif
