#include "bringing.h"

#include "test.h"

#include <dirent.h>
#include <stdio.h>

void bringing_start(bringing *b, office *place, const mz_principal *who) {
    *b = (bringing){.place = place, .who = who};
    snprintf(b->folder, sizeof b->folder, "%s/writer", mz_test_folder());
    mz_arena_init(&b->arena, 256 << 20);
    b->draft = (mz_import_draft){.source = MZ_STR("bank"),
                                 .file_name = MZ_STR("customers.csv"),
                                 .format = MZ_SUBJECT_CSV,
                                 .mapping = MZ_STR(BRINGING_MAPPING)};
}

void bringing_done(bringing *b) {
    mz_arena_done(&b->arena);
}

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    const mz_actor actor = {.who = b->who, .client = MZ_STR("test")};
    return mz_subject_import_add(sql, b->who->agency, &actor, &b->draft, &b->file, error);
}

mz_status bringing_add(bringing *b, mz_str bytes) {
    mz_import_file_writer writer;
    CHECK_OK(mz_import_file_open(&writer, b->folder, mz_import_file_bytes_most, &b->error), b->error);
    CHECK_OK(mz_import_file_append(&writer, bytes, &b->error), b->error);
    CHECK_OK(mz_import_file_commit(&writer, &b->file, &b->error), b->error);
    mz_status status = mz_store_change(b->place->store, add, b, &b->error);
    if (status) mz_import_file_remove(b->folder, mz_str_of(b->file.digest), mz_str_of(b->file.key));
    return status;
}

mz_status bringing_run(bringing *b) {
    const mz_import_work work = {.store = b->place->store, .folder = b->folder};
    return mz_subject_import_run(&work, b->who->agency, mz_str_of(b->file.key), &b->arena, &b->import, &b->error);
}

static mz_status read_rejections(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    return mz_subject_rejections_list(sql, b->who->agency, mz_str_of(b->file.key), 0, 1000, &b->arena, &b->rejections,
                                      &b->count, error);
}

void bringing_in(bringing *b, mz_str bytes) {
    CHECK_OK(bringing_add(b, bytes), b->error);
    CHECK_OK(bringing_run(b), b->error);
    CHECK_OK(mz_store_read(b->place->store, read_rejections, b, &b->error), b->error);
}

static mz_status find(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    return mz_subject_find(sql, b->who->agency, b->draft.source, b->subject.reference, &b->arena, &b->subject, error);
}

bool bringing_find(bringing *b, const char *reference) {
    b->subject.reference = mz_str_of(reference);
    mz_status status = mz_store_read(b->place->store, find, b, &b->error);
    CHECK(!status || status == MZ_ERR_NOT_FOUND);
    return !status;
}

size_t bringing_files(const bringing *b) {
    size_t count = 0;
    DIR *folder = opendir(b->folder);
    for (const struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder))
        count += entry->d_name[0] != '.';
    if (folder) closedir(folder);
    return count;
}
