/* Tasks that change lists: brought in from their publisher, from a file that came over HTTP, or taken back to a version
 * that is held. Then the image is brought up to date, and the service screens against it.
 *
 * What was current before is noted before anything is done. So a task that is taken up again after the program was
 * killed knows what it changed, and its entry in the audit chain is made once: with the note that it was. */
#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "index/current.h"
#include "lists/version_json.h"
#include "server/audit.h"
#include "server/audit_found.h"
#include "server/spool.h"
#include "server/work_kinds.h"
#include "text/text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TASK_BYTES = 4 << 20, STATE_BYTES = 1 << 20, REJECTIONS_MOST = 10, FILE_NAME_MOST = 100, FORGOTTEN_S = 86400 };

/* ---- what is asked ---- */

mz_str mz_list_wish_write(const mz_request *request, const mz_list_wish *wish) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, STATE_BYTES);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_pair_bool(&json, "accept", wish->accept);
    mz_json_pair(&json, "actor_kind", request->who->kind == MZ_API_KEY ? MZ_STR("key") : MZ_STR("person"));
    mz_json_pair(&json, "file", wish->file);
    mz_json_pair(&json, "file_name", wish->file_name);
    mz_json_pair(&json, "format", wish->format);
    mz_json_pair(&json, "list", wish->list);
    mz_json_pair(&json, "version", wish->version);
    mz_json_object_end(&json);
    mz_str written = text.failed ? MZ_STR("") : mz_arena_copy(request->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return written;
}

typedef struct list_work {
    mz_service *service;
    mz_task_run *run;
    const char *how; /* "update", "select", "import" */
    mz_work_pace pace;
    mz_arena arena;
    mz_list_store *store;
    mz_list_wish wish;
    mz_str actor_kind;
    const mz_json_value *held; /* before: versions by list */
    mz_str held_text;
    bool told;            /* the entry was made */
    mz_buffer rejections; /* the first of them, as elements of JSON */
    uint64_t rejected;
    bool fresh;
    mz_list_version version; /* after */
} list_work;

static mz_status read_wish(list_work *work, mz_error *error) {
    const mz_json_value *argument = NULL;
    mz_list_wish *wish = &work->wish;
    mz_status status = mz_json_parse(mz_task_of(work->run)->argument, 0, &work->arena, &argument, error);
    if (!status) status = mz_json_read_str(argument, "list", &wish->list, error);
    if (!status) status = mz_json_read_str(argument, "version", &wish->version, error);
    if (!status) status = mz_json_read_str(argument, "file", &wish->file, error);
    if (!status) status = mz_json_read_str(argument, "file_name", &wish->file_name, error);
    if (!status) status = mz_json_read_str(argument, "format", &wish->format, error);
    if (!status) status = mz_json_read_str(argument, "actor_kind", &work->actor_kind, error);
    if (!status) status = mz_json_read_bool(argument, "accept", &wish->accept, error);
    mz_str *const texts[] = {&wish->list, &wish->version, &wish->file, &wish->file_name, &wish->format};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) *texts[k] = mz_arena_copy(&work->arena, *texts[k]);
    if (!status && work->arena.failed) status = mz_fail_arena(&work->arena, error, "a task");
    return status;
}

/* ---- before ---- */

static mz_status write_held(list_work *work, mz_buffer *out, mz_error *error) {
    mz_list_version *versions;
    size_t count;
    mz_json json;
    mz_status status = mz_list_store_current(work->store, &versions, &count, error);
    if (status) return status;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "held");
    mz_json_object(&json);
    for (size_t i = 0; i < count; i++) mz_json_pair(&json, versions[i].list, mz_str_of(versions[i].version));
    mz_json_object_end(&json);
    mz_json_object_end(&json);
    free(versions);
    return out->failed ? mz_fail_buffer(out, error, "the lists that are held") : MZ_OK;
}

static mz_status read_state(list_work *work, mz_str text, mz_error *error) {
    const mz_json_value *state = NULL;
    mz_status status = mz_json_parse(mz_arena_copy(&work->arena, text), 0, &work->arena, &state, error);
    if (!status) status = mz_json_read_bool(state, "told", &work->told, error);
    work->held = status ? NULL : mz_json_member(state, "held");
    if (!work->held) return status;
    mz_buffer held;
    mz_buffer_init(&held, STATE_BYTES);
    status = mz_json_canonical_value(work->held, &work->arena, &held, error);
    work->held_text = mz_arena_copy(&work->arena, mz_buffer_view(&held));
    mz_buffer_done(&held);
    return status;
}

static mz_status note_held(list_work *work, mz_error *error) {
    mz_buffer state;
    mz_status status = read_state(work, mz_task_of(work->run)->state, error);
    if (status || work->held) return status;
    mz_buffer_init(&state, STATE_BYTES);
    status = write_held(work, &state, error);
    if (!status) status = mz_task_tell(work->run, 0, 0, "bytes", mz_buffer_view(&state), error);
    if (!status) status = read_state(work, mz_buffer_view(&state), error);
    mz_buffer_done(&state);
    return status;
}

/* ---- at it ---- */

static int show_bytes(void *context, uint64_t done, uint64_t total) {
    list_work *work = context;
    return mz_work_told(&work->pace, done, total, "bytes");
}

static int show_download(void *context, const char *list, uint64_t done, uint64_t total) {
    (void)list;
    return show_bytes(context, done, total);
}

static int show_records(void *context, bool building, uint64_t done, uint64_t total) {
    list_work *work = context;
    (void)building;
    return mz_work_told(&work->pace, done, total, "records");
}

static mz_status note_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    list_work *work = context;
    mz_json json;
    (void)error;
    if (++work->rejected > REJECTIONS_MOST) return MZ_OK;
    if (work->rejections.size) mz_buffer_char(&work->rejections, ',');
    mz_json_init(&json, &work->rejections);
    mz_json_object(&json);
    mz_json_pair_int(&json, "line", rejection->at.line);
    mz_json_pair(&json, "record", mz_utf8_valid(rejection->record, NULL) ? rejection->record : MZ_STR(""));
    mz_json_pair(&json, "reason", mz_utf8_valid(rejection->reason, NULL) ? rejection->reason : MZ_STR(""));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status update(list_work *work, mz_error *error) {
    char address[4096];
    const char *mirror = work->service->settings.mirror, *list = work->wish.list.data;
    mz_update_outcome outcome = MZ_UPDATE_UNCHANGED;
    mz_update_options options = {
        .accept = work->wish.accept, .progress = show_download, .rejected = note_rejected, .context = work};
    if (mirror) {
        bool slash = *mirror && mirror[strlen(mirror) - 1] == '/';
        int length = snprintf(address, sizeof address, "%s%s%s/", mirror, slash ? "" : "/", list);
        if (length < 0 || (size_t)length >= sizeof address)
            return mz_fail(error, MZ_ERR_ARGUMENT, "the address of the mirror is too long");
        options.address = address;
    }
    mz_status status = mz_list_store_update(work->store, list, &options, &work->version, &outcome, error);
    work->fresh = outcome == MZ_UPDATE_NEW;
    return status;
}

static mz_status select_version(list_work *work, mz_error *error) {
    mz_list_version *versions;
    size_t count;
    mz_status status = mz_list_store_select(work->store, work->wish.list.data, work->wish.version.data, error);
    if (!status) status = mz_list_store_current(work->store, &versions, &count, error);
    if (status) return status;
    for (size_t i = 0; i < count; i++)
        if (mz_str_equal(mz_str_of(versions[i].list), work->wish.list)) work->version = versions[i];
    free(versions);
    return MZ_OK;
}

/* Readers find the format by the name of a file too, and keep it under that: the file gets one of plain letters, in a
 * folder of its own beside the spool's. */
static mz_status name_file(list_work *work, char *ret_folder, char *ret_path, size_t size, mz_error *error) {
    char kept[PATH_MAX], name[FILE_NAME_MOST + 1];
    mz_str given = work->wish.file_name;
    size_t length = 0;
    for (size_t k = given.size > FILE_NAME_MOST ? given.size - FILE_NAME_MOST : 0; k < given.size; k++) {
        bool plain = strchr("._-", given.data[k]) || (given.data[k] >= '0' && given.data[k] <= '9') ||
                     (given.data[k] >= 'A' && given.data[k] <= 'Z') || (given.data[k] >= 'a' && given.data[k] <= 'z');
        name[length++] = plain && given.data[k] ? given.data[k] : '_';
    }
    name[length] = '\0';
    if (!length || name[0] == '.') memcpy(name, "list", sizeof "list");
    mz_status status = mz_spool_path(work->service, work->wish.file, kept, sizeof kept, error);
    if (status) return status;
    int folder = snprintf(ret_folder, size, "%s.read", kept);
    int path = snprintf(ret_path, size, "%s.read/%s", kept, name);
    if (folder < 0 || path < 0 || (size_t)path >= size)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the folder for files has too long a name");
    if (access(kept, R_OK)) return mz_fail(error, MZ_ERR_NOT_FOUND, "the file is not there any more; send it again");
    if ((mkdir(ret_folder, 0700) && errno != EEXIST) || (link(kept, ret_path) && errno != EEXIST))
        return mz_fail(error, MZ_ERR_IO, "there is no room to read the file");
    return MZ_OK;
}

static mz_status import_file(list_work *work, mz_error *error) {
    char folder[PATH_MAX], path[PATH_MAX];
    const mz_list_wish *wish = &work->wish;
    const mz_list_format *format = wish->format.size ? mz_list_format_find(wish->format) : NULL;
    const mz_import_options options = {.list = wish->list.size ? wish->list.data : NULL,
                                       .origin = wish->file_name.size ? wish->file_name.data : "a file sent over HTTP",
                                       .accept = wish->accept,
                                       .progress = show_bytes,
                                       .rejected = note_rejected,
                                       .context = work};
    mz_status status = name_file(work, folder, path, sizeof path, error);
    if (status) return status;
    if (!format) status = mz_list_sniff(path, &format, error);
    if (!status)
        status = mz_list_store_import(work->store, format, path, &options, &work->version, &work->fresh, error);
    (void)unlink(path);
    (void)rmdir(folder);
    return status;
}

/* ---- after ---- */

/* The version that was current before; "" when none was. */
static mz_str held_before(const list_work *work) {
    const mz_json_value *version = mz_json_member(work->held, work->version.list);
    return version ? version->text : MZ_STR("");
}

static bool has_changed(const list_work *work) {
    return !mz_str_equal(held_before(work), mz_str_of(work->version.version));
}

static void write_result(list_work *work, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "held");
    mz_json_raw(&json, work->held_text);
    mz_json_pair_bool(&json, "told", true);
    mz_json_key(&json, "result");
    mz_json_object(&json);
    mz_json_pair(&json, "outcome", has_changed(work) ? MZ_STR("new") : MZ_STR("unchanged"));
    mz_list_version_write_json(&work->version, &json);
    mz_json_key(&json, "rejections");
    mz_json_raw(&json, MZ_STR("["));
    mz_buffer_str(out, mz_buffer_view(&work->rejections));
    mz_buffer_char(out, ']');
    mz_json_object_end(&json);
    mz_json_object_end(&json);
}

static void write_body(const list_work *work, mz_buffer *out) {
    const mz_list_version *version = &work->version;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "list", mz_str_of(version->list));
    mz_json_pair(&json, "how", mz_str_of(work->how));
    mz_json_pair(&json, "from", held_before(work));
    mz_json_pair(&json, "to", mz_str_of(version->version));
    mz_json_pair_int(&json, "entities", (int64_t)version->entities);
    mz_json_pair_int(&json, "rejected", (int64_t)version->rejected);
    mz_json_pair(&json, "accepted", mz_str_of(version->accepted));
    mz_json_object_end(&json);
}

typedef struct telling {
    list_work *work;
    mz_str state, body;
} telling;

static mz_status tell(void *context, mz_sql *sql, mz_error *error) {
    const telling *told = context;
    const list_work *work = told->work;
    const mz_task *task = mz_task_of(work->run);
    mz_audit_place place;
    const mz_audit_draft draft = {.chain = task->agency,
                                  .kind = MZ_STR(MZ_LIST_CHANGED),
                                  .actor_kind = work->actor_kind,
                                  .actor = task->creator,
                                  .object = mz_str_of(work->version.list),
                                  .body = told->body};
    mz_status status = MZ_OK;
    if (has_changed(work) && !work->told) status = mz_audit_append(sql, &draft, &place, error);
    if (!status)
        status = mz_task_note(work->run, sql, work->version.bytes, work->version.bytes, "bytes", told->state, error);
    return status;
}

static mz_status tell_what_changed(list_work *work, mz_error *error) {
    mz_buffer state, body;
    mz_buffer_init(&state, STATE_BYTES);
    mz_buffer_init(&body, STATE_BYTES);
    write_result(work, &state);
    write_body(work, &body);
    telling told = {.work = work, .state = mz_buffer_view(&state), .body = mz_buffer_view(&body)};
    mz_status status =
        state.failed || body.failed ? mz_fail_memory(error) : mz_store_change(work->service->store, tell, &told, error);
    mz_buffer_done(&state);
    mz_buffer_done(&body);
    return status;
}

static mz_status bring_up_to_date(list_work *work, mz_error *error) {
    const mz_current_options options = {.progress = show_records, .context = work};
    bool fresh;
    work->pace = (mz_work_pace){.run = work->run};
    mz_status status = mz_current_refresh(work->store, &options, &fresh, error);
    if (!status) status = mz_service_refresh(work->service, &fresh, error);
    if (!status) status = mz_service_note_using(work->service, error);
    if (!status)
        status = mz_task_tell(work->run, work->version.records, work->version.records, "records", MZ_STR(""), error);
    return status;
}

/* As whoever asked over HTTP is told it: how to accept, and no names of files. */
static mz_status told_over_http(mz_status status, mz_error *error) {
    char *option = status == MZ_ERR_REFUSED ? strstr(error->text, "--accept") : NULL;
    if (option) {
        char rest[MZ_ERROR_TEXT_SIZE];
        (void)snprintf(rest, sizeof rest, "%s", option + strlen("--accept"));
        (void)snprintf(option, sizeof error->text - (size_t)(option - error->text), "accept=true%s", rest);
    }
    if (status == MZ_ERR_BUSY)
        return mz_fail(error, status, "another program is writing to the store of lists; try again when it is done");
    if (status == MZ_ERR_IO)
        return mz_fail(error, status, "the store of lists cannot be written; mizan lists status says what is wrong");
    return status;
}

typedef mz_status list_act(list_work *work, mz_error *error);

static mz_status do_and_tell(list_work *work, list_act *act, mz_error *error) {
    mz_status status = read_wish(work, error);
    if (!status) status = mz_list_store_open(mz_list_store_folder(work->service->lists), true, &work->store, error);
    if (!status) status = note_held(work, error);
    if (!status) status = act(work, error);
    status = told_over_http(status, error);
    if (!status) status = tell_what_changed(work, error);
    if (!status) status = told_over_http(bring_up_to_date(work, error), error);
    return status;
}

static mz_status run_list(mz_service *service, mz_task_run *run, const char *how, list_act *act, mz_error *error) {
    list_work work = {.service = service, .run = run, .how = how, .pace = {.run = run}};
    if (!service->lists)
        return mz_fail(error, MZ_ERR_REFUSED, "this service has no store of lists: it was started with --index");
    mz_arena_init(&work.arena, TASK_BYTES);
    mz_buffer_init(&work.rejections, STATE_BYTES);
    mz_status status = do_and_tell(&work, act, error);
    /* a file that was read is of no use any more; that of a task which waits again is */
    if (work.wish.file.size && status != MZ_ERR_BUSY && !mz_task_stopping(run))
        mz_spool_remove(service, work.wish.file);
    mz_list_store_close(work.store);
    mz_buffer_done(&work.rejections);
    mz_arena_done(&work.arena);
    return status;
}

mz_status mz_run_list_update(mz_service *service, mz_task_run *run, mz_error *error) {
    return run_list(service, run, "update", update, error);
}

mz_status mz_run_list_select(mz_service *service, mz_task_run *run, mz_error *error) {
    return run_list(service, run, "select", select_version, error);
}

mz_status mz_run_list_import(mz_service *service, mz_task_run *run, mz_error *error) {
    return run_list(service, run, "import", import_file, error);
}

/* ---- imports that were cancelled ---- */

static void forget(const mz_service *service, mz_str argument, mz_arena *arena) {
    const mz_json_value *wish = NULL;
    mz_str file = MZ_STR("");
    if (mz_json_parse(mz_arena_copy(arena, argument), 0, arena, &wish, NULL)) return;
    if (!mz_json_read_str(wish, "file", &file, NULL) && file.size) mz_spool_remove(service, file);
}

void mz_list_import_forget(const mz_service *service, const mz_task *task, mz_arena *arena) {
    bool import = mz_str_equal(task->kind, MZ_STR("lists.import"));
    if (import && mz_str_equal(task->phase, MZ_STR("cancelled"))) forget(service, task->argument, arena);
}

typedef struct forgetting {
    const mz_service *service;
    mz_arena arena;
} forgetting;

static mz_status take_cancelled(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    forgetting *f = context;
    (void)count, (void)error;
    mz_arena_reset(&f->arena);
    forget(f->service, columns[0].text, &f->arena);
    return MZ_OK;
}

static mz_status find_cancelled(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value since = mz_sql_int(mz_clock_now() - FORGOTTEN_S);
    return mz_sql_query(sql,
                        "SELECT argument FROM task WHERE phase = 'cancelled' AND kind = 'lists.import' AND ended > ?1",
                        &since, 1, take_cancelled, context, error);
}

mz_status mz_list_imports_forget(mz_service *service, mz_error *error) {
    forgetting f = {.service = service};
    mz_arena_init(&f.arena, TASK_BYTES);
    mz_status status = mz_store_read(service->store, find_cancelled, &f, error);
    mz_arena_done(&f.arena);
    return status;
}
