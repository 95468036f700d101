/* A version of a list as members of a JSON object. */
#ifndef MIZAN_LISTS_VERSION_JSON_H
#define MIZAN_LISTS_VERSION_JSON_H

#include "base/json_write.h"
#include "mizan/store.h"

/* "list", "version", "contents", "previous", …: what is known of it; times as in RFC 3339, null where not known. */
void mz_list_version_write_json(const mz_list_version *version, mz_json *json);

/* A time of that form. */
void mz_time_write_json(const char *key, int64_t seconds, mz_json *json);

#endif
