#include "lists/version_json.h"

#include "base/clock.h"

void mz_time_write_json(const char *key, int64_t seconds, mz_json *json) {
    char text[MZ_TIME_TEXT_SIZE];
    mz_json_key(json, key);
    if (!seconds) {
        mz_json_null(json);
        return;
    }
    mz_time_text(seconds, text);
    mz_json_str(json, mz_str_of(text));
}

void mz_list_version_write_json(const mz_list_version *version, mz_json *json) {
    mz_json_pair(json, "list", mz_str_of(version->list));
    mz_json_pair(json, "version", mz_str_of(version->version));
    mz_json_pair(json, "contents", mz_str_of(version->contents));
    mz_json_key(json, "previous");
    if (version->previous[0])
        mz_json_str(json, mz_str_of(version->previous));
    else
        mz_json_null(json);
    if (version->base[0]) mz_json_pair(json, "base", mz_str_of(version->base));
    mz_json_pair(json, "format", mz_str_of(version->format));
    mz_json_pair(json, "origin", mz_str_of(version->origin));
    mz_time_write_json("published", version->published, json);
    mz_time_write_json("imported", version->imported, json);
    mz_time_write_json("reread", version->reread, json);
    mz_time_write_json("checked", version->checked, json);
    mz_json_pair_int(json, "records", (int64_t)version->records);
    mz_json_pair_int(json, "entities", (int64_t)version->entities);
    mz_json_pair_int(json, "rejected", (int64_t)version->rejected);
    mz_json_pair_int(json, "bytes", (int64_t)version->bytes);
    mz_json_pair_int(json, "added", (int64_t)version->added);
    mz_json_pair_int(json, "removed", (int64_t)version->removed);
    mz_json_pair_int(json, "changed", (int64_t)version->changed);
    mz_json_pair(json, "accepted", mz_str_of(version->accepted));
    if (version->damage[0]) mz_json_pair(json, "damage", mz_str_of(version->damage));
}
