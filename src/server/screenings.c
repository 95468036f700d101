/* POST /api/v1/screenings: a query that is answered as /api/v1/screen answers it, and kept: what it hits is raised as
 * alerts on a subject. Without one, the subject is the query itself, so that the same query again is the same subject,
 * and what was decided of it holds; one that hits nothing leaves nothing behind.
 *
 * To screen is not to keep the register: a subject that is not in it yet, that is told otherwise than it stands there
 * or that was closed needs the right to change it. Only queries that are kept as subjects of their own do not.
 *
 * The screening is done before the transaction, which may be repeated; its index is held until all is written. */
#include "base/error.h"
#include "base/json_canonical.h"
#include "screen/facts.h"
#include "server/api.h"
#include "server/casework.h"
#include "server/tables.h"

enum { QUERY_BYTES_MOST = 1 << 20, RECORD_BYTES_MOST = 16 << 20, ANSWER_BYTES_MOST = 64 << 20, REFERENCE_DIGITS = 32 };

typedef struct kept_screening {
    mz_casework work;
    const mz_json_value *query;
    mz_builder *builder;
    mz_engine *engine;
    mz_str id, text; /* text: the query with all that it was screened by */
    const mz_record *record;
    mz_query_wishes wishes;
    mz_case_settings settings;
    mz_buffer answer;
    const mz_screening *screening;
    mz_str source, reference;
    bool own;       /* the subject is the query itself */
    bool forbidden; /* it would change the register, and who asks may not */
    mz_subject subject;
    mz_raised raised;
} kept_screening;

/* ---- the query ---- */

static mz_status read_subject(kept_screening *kept, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("source"), MZ_STR_INIT("reference")};
    const mz_json_value *subject = mz_json_member(kept->work.body, "subject");
    char digest[MZ_DIGEST_HEX_SIZE];
    kept->own = !subject || subject->kind == MZ_JSON_NULL;
    if (kept->own) {
        mz_facts_digest(mz_facts_write(&kept->record->entities[0], kept->work.arena), digest);
        kept->source = MZ_STR("screening");
        kept->reference = mz_arena_copy(kept->work.arena, (mz_str){digest, REFERENCE_DIGITS});
        return kept->work.arena->failed ? mz_fail_arena(kept->work.arena, error, "the query") : MZ_OK;
    }
    mz_status status = mz_json_expect(subject, MZ_JSON_OBJECT, "“subject”", error);
    if (!status) status = mz_api_members(subject, known, 2, error);
    if (!status) status = mz_people_need(subject, "source", &kept->source, error);
    if (!status) status = mz_people_need(subject, "reference", &kept->reference, error);
    if (!status) status = mz_subject_source_check(kept->source, error);
    if (!status) status = mz_subject_reference_check(kept->reference, error);
    return status;
}

static mz_status read_settings(void *context, mz_sql *sql, mz_error *error) {
    kept_screening *kept = context;
    return mz_case_settings_get(sql, kept->work.agency, &kept->settings, error);
}

/* What the agency and the body wish for where the query is silent. */
static mz_status settle_wishes(kept_screening *kept, mz_error *error) {
    static const mz_json_value in_the_settings = {.kind = MZ_JSON_OBJECT}; /* a place that has no line */
    mz_query_wishes usual = {.limit_at = NULL};
    int64_t limit = 0, most = (int64_t)kept->work.request->service->settings.limit_most;
    mz_status status = mz_json_read_int(kept->work.body, "limit", 1, most, &limit, error);
    if (!status) status = mz_casework_read(&kept->work, read_settings, error);
    if (status) return status;
    if (limit) usual.limit_at = mz_json_member(kept->work.body, "limit");
    usual.limit = (size_t)limit;
    if (kept->settings.threshold > 0) usual.threshold_at = &in_the_settings;
    usual.part.threshold = kept->settings.threshold;
    mz_query_wish_usual(&kept->wishes, &usual);
    return MZ_OK;
}

/* The query as the receipt keeps it: with the limit and the threshold that came from elsewhere. */
static mz_status write_query(kept_screening *kept, mz_error *error) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, 2 * QUERY_BYTES_MOST);
    mz_buffer_char(&text, '{');
    json = (mz_json){.out = &text, .depth = 1};
    size_t usual = mz_engines_options(kept->work.request->service->engines)->limit;
    if (!mz_json_member(kept->query, "limit"))
        mz_json_pair_int(&json, "limit", (int64_t)(kept->wishes.limit_at ? kept->wishes.limit : usual));
    if (kept->wishes.threshold_at && !mz_json_member(kept->query, "threshold")) {
        mz_json_key(&json, "threshold");
        mz_json_fixed(&json, kept->wishes.part.threshold, 6);
    }
    if (json.filled[1] && kept->query->child) mz_buffer_char(&text, ',');
    size_t brace = text.size;
    mz_status status = mz_json_canonical_value(kept->query, kept->work.arena, &text, error);
    if (!status && text.failed) status = mz_fail_buffer(&text, error, "the query");
    if (!status) {
        memmove(text.data + brace, text.data + brace + 1, text.size - brace); /* its own brace */
        kept->text = mz_arena_copy(kept->work.arena, (mz_str){text.data, text.size - 1});
    }
    mz_buffer_done(&text);
    return status;
}

static mz_status read_query(kept_screening *kept, mz_error *error) {
    const mz_wish_bounds bounds = mz_api_bounds(kept->work.request->service);
    kept->query = mz_json_member(kept->work.body, "query");
    if (!kept->query)
        return mz_fail_at(error, MZ_ERR_INPUT, kept->work.body->line, kept->work.body->column, "“query” is missing");
    mz_api_asked(kept->work.request, kept->query);
    mz_status status = mz_builder_new(RECORD_BYTES_MOST, MZ_DATE_DAY_FIRST, &kept->builder, error);
    if (!status)
        status = mz_query_read_json(kept->query, &bounds, kept->work.arena, kept->builder, &kept->id, &kept->record,
                                    &kept->wishes, error);
    if (!status) status = settle_wishes(kept, error);
    if (!status) status = write_query(kept, error);
    return status ? status : read_subject(kept, error);
}

/* ---- screening ---- */

static mz_status screen(kept_screening *kept, mz_error *error) {
    const mz_service *service = kept->work.request->service;
    const mz_policy *policy = mz_engines_policy(service->engines);
    char digest[MZ_POLICY_DIGEST_SIZE] = "";
    mz_status status = mz_engines_take(service->engines, service->settings.wait_ms, &kept->engine, error);
    if (!status)
        status = mz_screen_wished(kept->engine->screener, kept->id, &kept->record->entities[0], &kept->wishes,
                                  &kept->screening, error);
    if (!status && policy) status = mz_policy_digest(policy, digest, error);
    if (status) return status;
    const mz_answer_basis basis = {
        .policy = policy, .digest = digest, .wishes = &kept->wishes, .plan = kept->wishes.plan_at && kept->wishes.plan};
    mz_answer_write_json(kept->screening, &basis, &kept->answer);
    return kept->answer.failed ? mz_fail_buffer(&kept->answer, error, "the answer") : MZ_OK;
}

/* ---- raising ---- */

static mz_status check_register(kept_screening *kept, mz_subject_outcome outcome, mz_error *error) {
    bool screening = mz_str_equal(kept->source, MZ_STR("screening"));
    bool allowed = kept->own || outcome == MZ_SUBJECT_SAME || (outcome == MZ_SUBJECT_ADDED && screening);
    kept->forbidden = !allowed && !mz_may(kept->work.request->who, MZ_RIGHT_SUBJECTS_CHANGE);
    if (!kept->forbidden) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "%s, for which you have not the right “%s”; screen without “subject”, or as "
                   "it stands in the register",
                   outcome == MZ_SUBJECT_ADDED ? "this would add a subject to the register"
                                               : "this would change a subject of the register",
                   mz_right_word(MZ_RIGHT_SUBJECTS_CHANGE));
}

static mz_status raise_hits(void *context, mz_sql *sql, mz_error *error) {
    kept_screening *kept = context;
    mz_casework *work = &kept->work;
    const mz_subject_draft draft = {
        .source = kept->source, .reference = kept->reference, .entity = &kept->record->entities[0]};
    mz_subject_outcome outcome;
    mz_status status =
        mz_subject_put(sql, work->agency, &work->actor, &draft, true, work->arena, &kept->subject, &outcome, error);
    if (!status) status = check_register(kept, outcome, error);
    if (status) return status;
    const mz_raising raising = {.agency = work->agency,
                                .actor = &work->actor,
                                .subject = &kept->subject,
                                .index = kept->engine->index,
                                .policy = mz_engines_policy(work->request->service->engines),
                                .options = mz_engines_options(work->request->service->engines),
                                .query = kept->text,
                                .screening = kept->screening,
                                .answer = mz_buffer_view(&kept->answer),
                                .why = "asked"};
    return mz_cases_raise(sql, &raising, work->arena, &kept->raised, error);
}

static void answer(const kept_screening *kept) {
    const mz_raised *raised = &kept->raised;
    mz_json json;
    mz_json_init(&json, &kept->work.response->body);
    mz_json_object(&json);
    mz_json_key(&json, "answer");
    mz_json_raw(&json, mz_buffer_view(&kept->answer));
    mz_json_pair_int(&json, "raised", (int64_t)raised->raised);
    mz_json_pair_int(&json, "refreshed", (int64_t)raised->refreshed);
    mz_json_pair_int(&json, "quiet", (int64_t)raised->quiet);
    mz_json_pair_int(&json, "known", (int64_t)raised->known);
    mz_json_key(&json, "subject");
    if (kept->subject.key.size)
        mz_json_str(&json, kept->subject.key);
    else
        mz_json_null(&json);
    mz_json_key(&json, "case");
    if (raised->case_key.size)
        mz_json_str(&json, raised->case_key);
    else
        mz_json_null(&json);
    mz_json_key(&json, "receipt");
    if (raised->receipt)
        mz_json_int(&json, raised->receipt);
    else
        mz_json_null(&json);
    mz_json_object_end(&json);
}

static mz_status keep(kept_screening *kept, mz_error *error) {
    mz_status status = read_query(kept, error);
    if (!status) status = screen(kept, error);
    bool raises = !status && (kept->screening->hit_count || !kept->own);
    if (raises) status = mz_casework_change(&kept->work, raise_hits, error);
    if (!status) answer(kept);
    return status;
}

static mz_status post(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("query"), MZ_STR_INIT("subject"), MZ_STR_INIT("limit")};
    kept_screening kept = {.raised = {.case_key = MZ_STR("")}};
    mz_status status = mz_casework_begin_body(request, response, known, 3, &kept.work, error);
    if (status) return status;
    if (!mz_may(request->who, MZ_RIGHT_SUBJECTS_READ)) {
        mz_fail(error, MZ_ERR_REFUSED, "what a screening raises stands in the register, which you may not see");
        mz_response_problem(response, request, 403, error);
        return MZ_OK;
    }
    mz_buffer_init(&kept.answer, ANSWER_BYTES_MOST);
    status = keep(&kept, error);
    if (kept.engine) mz_engines_give_back(request->service->engines, kept.engine);
    mz_builder_free(kept.builder);
    mz_buffer_done(&kept.answer);
    if (!status || !kept.forbidden) return status;
    mz_response_problem(response, request, 403, error);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_POST,
     .path = "/api/v1/screenings",
     .right = MZ_RIGHT_SCREEN,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = QUERY_BYTES_MOST,
     .handle = post},
};
const mz_routes mz_screening_routes = {routes, sizeof routes / sizeof *routes};
