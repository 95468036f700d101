/* /api/v1/receipts/{number}: what a screening was made of, and whether it comes out the same again. */
#include "audit/receipt.h"
#include "base/error.h"
#include "server/audit.h"
#include "server/audit_json.h"
#include "server/people_json.h"
#include "server/tables.h"

#include <stdio.h>

typedef struct asked_receipt {
    const mz_request *request;
    int64_t number;
    mz_buffer *out;
} asked_receipt;

static mz_status read_receipt(void *context, mz_sql *sql, mz_error *error) {
    asked_receipt *asked = context;
    const mz_request *request = asked->request;
    mz_buffer_clear(asked->out);
    mz_status status = mz_receipt_write(sql, request->who->agency, asked->number, request->service->signer,
                                        request->arena, asked->out, error);
    if (status == MZ_ERR_NOT_FOUND) return mz_fail(error, status, "there is no such receipt");
    return status;
}

static mz_status find(const mz_request *request, mz_buffer *out, mz_error *error) {
    asked_receipt asked = {.request = request, .out = out};
    mz_access *access;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status && mz_audit_place_of(request, &asked.number, error))
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such receipt");
    if (!status) status = mz_store_read(request->service->store, read_receipt, &asked, error);
    return status;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_status status = find(request, &response->body, error);
    if (!status) mz_people_private(response);
    return status;
}

static void write_replay(const mz_replay *replay, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "outcome", mz_str_of(mz_replay_outcome_word(replay->outcome)));
    mz_json_pair_bool(&json, "proved", mz_receipt_is_proved(replay->proof));
    mz_json_pair(&json, "proof", mz_str_of(mz_receipt_proof_word(replay->proof)));
    mz_json_pair_bool(&json, "other_build", replay->other_build);
    mz_json_pair(&json, "build_then", replay->build_then);
    mz_json_pair(&json, "difference", replay->difference);
    mz_json_key(&json, "answer");
    mz_json_raw(&json, replay->answer.size ? replay->answer : MZ_STR("null"));
    mz_json_object_end(&json);
}

static mz_status replay_it(const mz_request *request, mz_str receipt, mz_replay *ret_replay, mz_error *error) {
    char folder[4096];
    mz_list_store *lists = request->service->lists;
    const mz_receipt_known known = {.store = request->service->store};
    if (!lists)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "this service has no store of lists: it was started with --index");
    int size = snprintf(folder, sizeof folder, "%s/replay", mz_list_store_folder(lists));
    if (size < 0 || (size_t)size >= sizeof folder)
        return mz_fail(error, MZ_ERR_IO, "the path of the store is too long");
    mz_status status = mz_receipt_replay(receipt, &known, lists, folder, request->arena, ret_replay, error);
    if (status == MZ_ERR_IO)
        return mz_fail(error, status, "images of earlier lists cannot be made in the store of lists");
    return status;
}

static mz_status replay(const mz_request *request, mz_response *response, mz_error *error) {
    mz_buffer receipt;
    mz_replay made;
    mz_buffer_init(&receipt, MZ_RECEIPT_BYTES);
    mz_status status = find(request, &receipt, error);
    if (!status) status = replay_it(request, mz_buffer_view(&receipt), &made, error);
    mz_buffer_done(&receipt);
    if (status) return status;
    write_replay(&made, &response->body);
    mz_people_private(response);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/receipts/{number}", .right = MZ_RIGHT_AUDIT, .handle = get},
    {.method = MZ_POST,
     .path = "/api/v1/receipts/{number}/replay",
     .right = MZ_RIGHT_AUDIT,
     .flags = MZ_ROUTE_CHANGES,
     .handle = replay},
};
const mz_routes mz_receipt_routes = {routes, sizeof routes / sizeof *routes};
