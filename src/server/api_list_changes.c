/* POST /api/v1/lists/{list}/update, …/{list}/select, /api/v1/lists/import: lists are changed by tasks (work_lists.c).
 * What can be seen to be wrong before anything is done is refused at once. */
#include "base/error.h"
#include "base/shown.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/spool.h"
#include "server/tables.h"
#include "server/work_kinds.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_NAME_MOST = 63 };
static const uint64_t file_bytes_most = (uint64_t)2 << 30;

static mz_status need_lists(const mz_request *request, mz_error *error) {
    if (request->service->lists) return MZ_OK;
    return mz_fail(error, MZ_ERR_NOT_FOUND, "this service has no store of lists: it was started with --index");
}

static mz_status official(mz_str list, mz_error *error) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(list, mz_str_of(origins[k].list))) return MZ_OK;
    return mz_fail(error, MZ_ERR_NOT_FOUND, "“%.*s” is no list that is published anywhere known; import a file of it",
                   mz_shown(list), list.data);
}

static mz_status update(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("accept")};
    mz_list_wish wish = {.list = mz_request_place(request, "list")};
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_request_query_bool(request, "accept", &wish.accept, error);
    if (!status) status = need_lists(request, error);
    if (!status) status = official(wish.list, error);
    if (status) return status;
    return mz_work_ask(request, "lists.update", wish.list, mz_list_wish_write(request, &wish), response, error);
}

/* The one version of the list that begins so. */
static mz_status find_version(const mz_request *request, mz_list_wish *wish, mz_error *error) {
    mz_list_version *versions = NULL;
    size_t count, found = 0;
    mz_str list = mz_arena_copy(request->arena, wish->list);
    mz_str begins = wish->version;
    if (strlen(list.data) != list.size) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such list");
    mz_status status = mz_list_store_history(request->service->lists, list.data, &versions, &count, error);
    if (status == MZ_ERR_ARGUMENT || (!status && !count))
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "no such list is held");
    if (status) {
        free(versions);
        return mz_api_store_failure(status, error);
    }
    for (size_t k = 0; k < count; k++)
        if (begins.size >= 4 && begins.size < MZ_VERSION_SIZE &&
            !memcmp(versions[k].version, begins.data, begins.size)) {
            wish->version = mz_arena_copy(request->arena, mz_str_of(versions[k].version));
            found++;
        }
    free(versions);
    if (found == 1) return MZ_OK;
    return mz_fail(error, found ? MZ_ERR_ARGUMENT : MZ_ERR_NOT_FOUND,
                   found ? "several versions of the list begin so" : "the list has no such version");
}

static mz_status select_version(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version")};
    const mz_json_value *body;
    mz_list_wish wish = {.list = mz_request_place(request, "list")};
    mz_status status = mz_people_body(request, known, 1, &body, error);
    if (!status) status = mz_people_need(body, "version", &wish.version, error);
    if (!status) status = need_lists(request, error);
    if (!status) status = find_version(request, &wish, error);
    if (status) return status;
    return mz_work_ask(request, "lists.select", wish.list, mz_list_wish_write(request, &wish), response, error);
}

/* ---- a file ---- */

typedef struct coming {
    mz_spool *spool;
    mz_list_wish wish;
} coming;

static void free_coming(void *state) {
    coming *file = state;
    if (!file) return;
    mz_spool_free(file->spool);
    free(file);
}

static mz_status check_list(mz_str list, mz_error *error) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    bool good = list.size <= LIST_NAME_MOST && (!list.size || (list.data[0] != '.' && list.data[0] != '-'));
    for (size_t k = 0; k < list.size && good; k++) good = list.data[k] && strchr(plain, list.data[k]);
    if (good) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "the parameter “list”: a short name of at most %d letters, digits and _ . -, a letter first",
                   (int)LIST_NAME_MOST);
}

static mz_status read_import(const mz_request *request, mz_list_wish *wish, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("format"), MZ_STR_INIT("list"), MZ_STR_INIT("file_name"),
                                   MZ_STR_INIT("accept")};
    mz_status status = mz_api_parameters(request, known, 4, error);
    wish->format = mz_request_query(request, "format");
    wish->list = mz_request_query(request, "list");
    wish->file_name = mz_request_query(request, "file_name");
    if (!status) status = mz_request_query_bool(request, "accept", &wish->accept, error);
    if (!status) status = need_lists(request, error);
    if (!status && wish->format.size && !mz_list_format_find(wish->format))
        status = mz_fail(error, MZ_ERR_ARGUMENT, "there is no format “%.*s”; mizan lists formats names them",
                         mz_shown(wish->format), wish->format.data);
    return status ? status : check_list(wish->list, error);
}

static mz_status begin(const mz_request *request, coming **ret_file, mz_error *error) {
    mz_list_wish wish = {.accept = false};
    mz_status status = read_import(request, &wish, error);
    if (status) return status;
    coming *file = calloc(1, sizeof *file);
    if (!file) return mz_fail_memory(error);
    file->wish = wish;
    *ret_file = file;
    return mz_spool_new(request->service, file_bytes_most, &file->spool, error);
}

static mz_status finish(const mz_request *request, coming *file, mz_response *response, mz_error *error) {
    char name[MZ_SPOOL_NAME_SIZE];
    if (!mz_spool_bytes(file->spool))
        return mz_fail(error, MZ_ERR_INPUT, "the body must be the file of a list; it is empty");
    mz_status status = mz_spool_keep(file->spool, name, error);
    if (status) return status;
    file->wish.file = mz_str_of(name);
    mz_str object = file->wish.list.size ? file->wish.list : file->wish.format;
    status = mz_work_ask(request, "lists.import", object, mz_list_wish_write(request, &file->wish), response, error);
    if (status) mz_spool_remove(request->service, mz_str_of(name));
    return status;
}

static mz_status import_file(const mz_request *request, void **state, mz_str piece, bool last, mz_response *response,
                             mz_error *error) {
    mz_status status = MZ_OK;
    if (!*state) {
        coming *fresh = NULL;
        status = begin(request, &fresh, error);
        *state = fresh;
    }
    if (!status && piece.size) status = mz_spool_put(((coming *)*state)->spool, piece, error);
    return status || !last ? status : finish(request, *state, response, error);
}

#define CHANGE .right = MZ_RIGHT_LISTS_CHANGE, .flags = MZ_ROUTE_CHANGES
static const mz_route routes[] = {
    {.method = MZ_POST, .path = "/api/v1/lists/import", CHANGE, .stream = import_file, .free_state = free_coming},
    {.method = MZ_POST, .path = "/api/v1/lists/{list}/update", CHANGE, .handle = update},
    {.method = MZ_POST,
     .path = "/api/v1/lists/{list}/select",
     CHANGE,
     .body_most = MZ_PEOPLE_BODY_BYTES,
     .handle = select_version},
};
const mz_routes mz_api_changes_routes = {routes, sizeof routes / sizeof *routes};
