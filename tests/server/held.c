#include "held.h"

#include "base/file.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERSON(id, name, birth)                                                                                        \
    "{\"id\":\"house-" id "\",\"schema\":\"Person\",\"properties\":{\"name\":[\"" name "\"],\"birthDate\":[\"" birth   \
    "\"]}}\n"

static const char *const files[HELD_VERSIONS] = {
    PERSON("1", "Zaynab Murjani", "1970") PERSON("2", "Karim Oulghazi", "1985") PERSON("3", "Idris Benzahi", "1962"),
    PERSON("1", "Zaynab Murjani", "1971") PERSON("3", "Idris Benzahi", "1962") PERSON("4", "Sea Lantern", "1990"),
    PERSON("1", "Zaynab Murjani", "1971") PERSON("2", "Karim Oulghazi", "1985") PERSON("3", "Idris Benzahi", "1962")
        PERSON("4", "Sea Lantern", "1990"),
};

static mz_list_version versions[HELD_VERSIONS];

const char *held_version(size_t number) {
    return versions[number].version;
}

static mz_status bring_in(mz_list_store *store, const char *folder, mz_error *error) {
    const mz_import_options options = {.list = "house", .origin = "https://lists.example/house", .accept = true};
    mz_status status = MZ_OK;
    char path[320];
    bool is_new;
    (void)snprintf(path, sizeof path, "%s/house.ftm.json", folder);
    for (size_t v = 0; v < HELD_VERSIONS && !status; v++) {
        status = mz_file_replace(path, files[v], strlen(files[v]), error);
        if (!status)
            status = mz_list_store_import(store, mz_list_format_find(MZ_STR("ftm")), path, &options, &versions[v],
                                          &is_new, error);
    }
    return status;
}

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

static mz_status build(mz_list_store *store, const char *path, mz_error *error) {
    mz_index_builder *builder = NULL;
    const mz_list_version *last = &versions[HELD_VERSIONS - 1];
    mz_status status = mz_index_builder_new(path, &builder, error);
    if (!status)
        status =
            mz_index_builder_list(builder, mz_str_of(last->list), mz_str_of(last->version), last->published, error);
    if (!status) status = mz_list_store_records(store, last->list, NULL, add_record, builder, error);
    if (!status) status = mz_index_builder_finish(builder, error);
    mz_index_builder_free(builder);
    return status;
}

void held_start(called_service *called) {
    mz_error error;
    char index[128], store[256];
    called_start(called);
    mz_engines_free(called->service.engines);
    mz_live_close(called->service.live);
    (void)snprintf(index, sizeof index, "%s/index.mzi", called->folder);
    (void)snprintf(store, sizeof store, "%s%s", mz_test_folder(), strrchr(called->folder, '/'));
    mz_status status = mz_list_store_open(store, true, &called->service.lists, &error);
    if (!status) status = bring_in(called->service.lists, store, &error);
    if (!status) status = build(called->service.lists, index, &error);
    if (!status) status = mz_live_open(index, &called->service.live, &error);
    if (!status) status = mz_engines_new(called->service.live, &called->options, 2, &called->service.engines, &error);
    CHECK_OK(status, error);
}

void held_stop(called_service *called) {
    mz_list_store_close(called->service.lists);
    called_stop(called);
}
