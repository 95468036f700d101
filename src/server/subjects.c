/* /api/v1/subjects: whom one's agency screens again and again. A subject that is given is screened at once, in the
 * transaction that keeps it, so that none is kept unscreened. */
#include "server/subjects.h"
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "cases/clearances.h"
#include "server/api.h"
#include "server/tables.h"
#include "subjects/shape.h"

enum { RECORD_BYTES_MOST = 4 << 20 };

static mz_status need_store(const mz_request *request, mz_error *error) {
    mz_access *access;
    return mz_people_access(request, &access, error);
}

/* ---- the list ---- */

typedef struct listing {
    const mz_request *request;
    mz_response *response;
    mz_subject_query query;
    mz_subject *subjects;
    size_t count;
    mz_str next;
} listing;

static void write_cells(mz_buffer *out, const mz_subject *subject) {
    mz_csv_put(out, subject->key, true);
    mz_csv_cell(out, subject->source, false);
    mz_csv_cell(out, subject->reference, false);
    mz_csv_put(out, mz_str_of(mz_schema_name(subject->schema)), false);
    mz_csv_cell(out, subject->caption, false);
    mz_csv_put(out, subject->closed ? MZ_STR("closed") : MZ_STR("active"), false);
    mz_subjects_cell_time(out, subject->created);
    mz_subjects_cell_time(out, subject->changed);
    mz_subjects_cell_time(out, subject->screened);
    mz_buffer_char(out, '\n');
}

/* All that match, to MZ_SUBJECTS_CSV_ROWS_MOST; each page has memory of its own. */
static mz_status write_table(void *context, mz_sql *sql, mz_error *error) {
    enum { PAGE_BYTES = 256 << 20 };
    listing *of = context;
    mz_buffer *out = &of->response->body;
    mz_arena pages[2];
    size_t rows = 0, turn = 0;
    mz_status status = MZ_OK;
    mz_subject_query query = of->query;
    mz_buffer_clear(out);
    mz_buffer_print(out, "id,source,reference,schema,caption,state,created,changed,screened\n");
    mz_arena_init(&pages[0], PAGE_BYTES);
    mz_arena_init(&pages[1], PAGE_BYTES);
    query.limit = MZ_SUBJECTS_PAGE_MOST;
    for (bool more = true; more && !status && rows < MZ_SUBJECTS_CSV_ROWS_MOST; turn ^= 1) {
        mz_arena_reset(&pages[turn]); /* the place where the page begins is in the other */
        status = mz_subjects_list(sql, of->request->who->agency, &query, &pages[turn], &of->subjects, &of->count,
                                  &of->next, error);
        for (size_t k = 0; !status && k < of->count; k++, rows++) write_cells(out, &of->subjects[k]);
        query.after = of->next;
        more = !status && of->next.size;
    }
    mz_arena_done(&pages[0]);
    mz_arena_done(&pages[1]);
    return status;
}

static mz_status write_page(void *context, mz_sql *sql, mz_error *error) {
    listing *of = context;
    const mz_request *request = of->request;
    mz_json json;
    mz_status status = mz_subjects_list(sql, request->who->agency, &of->query, request->arena, &of->subjects,
                                        &of->count, &of->next, error);
    mz_buffer_clear(&of->response->body);
    mz_json_init(&json, &of->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "subjects");
    mz_json_array(&json);
    for (size_t k = 0; !status && k < of->count; k++) {
        mz_case *cases;
        size_t cases_count;
        status = mz_cases_of_subject(sql, request->who->agency, of->subjects[k].key, request->arena, &cases,
                                     &cases_count, error);
        if (status) break;
        mz_json_object(&json);
        mz_subject_write_json(&json, &of->subjects[k], false, cases, cases_count);
        mz_json_object_end(&json);
    }
    if (status) return status;
    mz_json_array_end(&json);
    mz_subjects_next(&json, of->next);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status read_state(const mz_request *request, mz_subject_query *query, mz_error *error) {
    mz_str state = mz_request_query(request, "state");
    if (!state.data || mz_str_equal(state, MZ_STR("active")))
        query->closed = 0;
    else if (mz_str_equal(state, MZ_STR("closed")))
        query->closed = 1;
    else if (mz_str_equal(state, MZ_STR("all")))
        query->closed = -1;
    else
        return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “state” must be active, closed or all");
    return MZ_OK;
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("q"),     MZ_STR_INIT("source"), MZ_STR_INIT("schema"),
                                   MZ_STR_INIT("state"), MZ_STR_INIT("after"),  MZ_STR_INIT("limit"),
                                   MZ_STR_INIT("format")};
    mz_subjects_page page;
    listing of = {.request = request,
                  .response = response,
                  .query = {.text = mz_request_query(request, "q"),
                            .source = mz_request_query(request, "source"),
                            .schema = mz_request_query(request, "schema"),
                            .after = mz_request_query(request, "after")}};
    mz_status status = need_store(request, error);
    if (!status) status = mz_subjects_read_page(request, known, 7, &page, error);
    if (!status) status = read_state(request, &of.query, error);
    if (status) return status;
    of.query.limit = page.limit;
    status = mz_store_read(request->service->store, page.csv ? write_table : write_page, &of, error);
    if (status) return status;
    if (page.csv)
        mz_subjects_table(response, request, "subjects.csv");
    else
        mz_people_private(response);
    return MZ_OK;
}

/* ---- one of them ---- */

typedef struct one {
    const mz_request *request;
    mz_response *response;
    mz_subject subject;
} one;

static void write_cases(mz_json *json, const mz_case *cases, size_t count) {
    mz_json_key(json, "cases");
    mz_json_array(json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(json);
        mz_json_pair(json, "id", cases[k].key);
        mz_json_pair(json, "label", cases[k].label);
        mz_json_pair(json, "phase", cases[k].phase);
        mz_people_time(json, "opened", cases[k].opened);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

/* The subject whole, as an answer or as a member of one. */
static mz_status write_whole(mz_sql *sql, const mz_request *request, const mz_subject *subject, mz_json *json,
                             mz_error *error) {
    mz_case *cases;
    size_t count;
    int64_t clearances;
    mz_str agency = request->who->agency;
    mz_status status = mz_cases_of_subject(sql, agency, subject->key, request->arena, &cases, &count, error);
    if (!status) status = mz_clearances_count(sql, agency, subject->key, mz_clock_now(), &clearances, error);
    if (status) return status;
    mz_json_object(json);
    mz_subject_write_json(json, subject, true, cases, count);
    write_cases(json, cases, count);
    mz_json_pair_int(json, "clearances", clearances);
    mz_json_object_end(json);
    return MZ_OK;
}

static mz_status answer_one(one *of, mz_sql *sql, mz_error *error) {
    mz_json json;
    mz_str key = mz_request_place(of->request, "id");
    mz_status status = mz_subject_get(sql, of->request->who->agency, key, of->request->arena, &of->subject, error);
    mz_buffer_clear(&of->response->body);
    mz_json_init(&json, &of->response->body);
    return status ? status : write_whole(sql, of->request, &of->subject, &json, error);
}

static mz_status read_one(void *context, mz_sql *sql, mz_error *error) {
    return answer_one(context, sql, error);
}

static mz_status close_one(void *context, mz_sql *sql, mz_error *error) {
    one *of = context;
    mz_actor actor = mz_people_actor(of->request);
    mz_status status =
        mz_subject_close(sql, of->request->who->agency, &actor, mz_request_place(of->request, "id"), error);
    return status ? status : answer_one(of, sql, error);
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    one of = {.request = request, .response = response};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_one, &of, error);
    if (!status) mz_people_private(response);
    return status;
}

static mz_status close_subject(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    one of = {.request = request, .response = response};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_change(request->service->store, close_one, &of, error);
    if (!status) mz_people_private(response);
    return status;
}

/* ---- giving and screening ---- */

typedef struct screening {
    const mz_request *request;
    mz_response *response;
    const mz_subject_draft *draft; /* NULL: one that is there, with this key */
    mz_str key;
    mz_subject subject;
    mz_subject_outcome outcome;
    mz_subject_screening *found;
    mz_raised raised;
} screening;

static void write_raised(mz_json *json, const mz_raised *raised) {
    mz_json_object(json);
    mz_json_pair_int(json, "hits", (int64_t)raised->hits);
    mz_json_pair_int(json, "raised", (int64_t)raised->raised);
    mz_json_pair_int(json, "refreshed", (int64_t)raised->refreshed);
    mz_json_pair_int(json, "quiet", (int64_t)raised->quiet);
    mz_json_pair_int(json, "known", (int64_t)raised->known);
    mz_json_key(json, "case");
    if (raised->case_key.size)
        mz_json_str(json, raised->case_key);
    else
        mz_json_null(json);
    mz_json_object_end(json);
}

static mz_status put_and_raise(void *context, mz_sql *sql, mz_error *error) {
    static const char *const outcomes[] = {"added", "changed", "same"};
    static const char *const whys[] = {"subject.new", "subject.changed", "asked"};
    screening *of = context;
    const mz_request *request = of->request;
    mz_actor actor = mz_people_actor(request);
    mz_json json;
    mz_status status = mz_subject_put(sql, request->who->agency, &actor, of->draft, true, request->arena, &of->subject,
                                      &of->outcome, error);
    if (!status)
        status = mz_subject_raise(sql, request, of->found, &of->subject, whys[of->outcome], request->arena, &of->raised,
                                  error);
    if (!status)
        status = mz_subject_get(sql, request->who->agency, of->subject.key, request->arena, &of->subject, error);
    if (status) return status;
    mz_buffer_clear(&of->response->body);
    mz_json_init(&json, &of->response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "outcome", mz_str_of(outcomes[of->outcome]));
    mz_json_key(&json, "subject");
    status = write_whole(sql, request, &of->subject, &json, error);
    if (status) return status;
    mz_json_key(&json, "screening");
    write_raised(&json, &of->raised);
    mz_json_object_end(&json);
    return MZ_OK;
}

/* What is screened is the entity as it will be kept. */
static mz_status screen_draft(screening *of, mz_error *error) {
    mz_subject_shape shape;
    const mz_entity *entity = NULL;
    mz_arena *arena = of->request->arena;
    mz_status status = mz_subject_shape_make(of->draft->entity, of->draft->reference, arena, &shape, error);
    if (!status) status = mz_subject_shape_read(MZ_STR(""), shape.schema, shape.properties, arena, &entity, error);
    return status ? status : mz_subject_screen(of->request, entity, shape.properties, &of->found, error);
}

static mz_status give(const mz_request *request, mz_response *response, mz_error *error) {
    const mz_json_value *body;
    mz_builder *builder = NULL;
    mz_subject_draft draft;
    mz_access *access;
    screening of = {.request = request, .response = response, .draft = &draft};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_request_json(request, &body, error);
    if (!status) status = mz_builder_new(RECORD_BYTES_MOST, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status) status = mz_subject_draft_read(body, MZ_STR(""), builder, &draft, error);
    if (!status) status = screen_draft(&of, error);
    if (!status) status = mz_store_change(request->service->store, put_and_raise, &of, error);
    mz_subject_screening_free(of.found);
    mz_builder_free(builder);
    if (status) return status;
    if (of.outcome == MZ_SUBJECT_ADDED) {
        response->status = 201;
        mz_response_header(
            response, MZ_STR("Location"),
            mz_arena_print(request->arena, "/api/v1/subjects/%.*s", (int)of.subject.key.size, of.subject.key.data));
    }
    mz_people_private(response);
    return MZ_OK;
}

static mz_status read_subject(void *context, mz_sql *sql, mz_error *error) {
    screening *of = context;
    return mz_subject_get(sql, of->request->who->agency, of->key, of->request->arena, &of->subject, error);
}

static mz_status raise_again(void *context, mz_sql *sql, mz_error *error) {
    screening *of = context;
    mz_json json;
    mz_subject now;
    mz_status status = mz_subject_get(sql, of->request->who->agency, of->key, of->request->arena, &now, error);
    if (!status && now.sequence != of->subject.sequence)
        status = mz_fail(error, MZ_ERR_BUSY, "the subject was changed while it was screened; try again");
    if (!status)
        status = mz_subject_raise(sql, of->request, of->found, &now, "asked", of->request->arena, &of->raised, error);
    if (status) return status;
    mz_buffer_clear(&of->response->body);
    mz_json_init(&json, &of->response->body);
    write_raised(&json, &of->raised);
    return MZ_OK;
}

static mz_status screen_again(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    const mz_entity *entity = NULL;
    screening of = {.request = request, .response = response, .key = mz_request_place(request, "id")};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_subject, &of, error);
    if (!status && of.subject.closed)
        status = mz_fail(error, MZ_ERR_ARGUMENT, "the subject is closed: it is screened no more");
    if (!status) status = mz_subject_entity(&of.subject, request->arena, &entity, error);
    if (!status) status = mz_subject_screen(request, entity, of.subject.properties, &of.found, error);
    if (!status) status = mz_store_change(request->service->store, raise_again, &of, error);
    mz_subject_screening_free(of.found);
    if (!status) mz_people_private(response);
    return status;
}

/* ---- sources ---- */

typedef struct sources_of {
    const mz_request *request;
    mz_subject_source *sources, source;
    size_t count;
    mz_str title, mapping;
} sources_of;

static void write_source(mz_json *json, const mz_subject_source *source) {
    mz_json_object(json);
    mz_json_pair(json, "source", source->source);
    mz_json_pair(json, "title", source->title);
    mz_json_key(json, "mapping");
    mz_json_raw(json, source->mapping.size ? source->mapping : MZ_STR("null"));
    mz_json_pair_int(json, "subjects", (int64_t)source->subjects);
    mz_people_time(json, "changed", source->changed);
    mz_json_object_end(json);
}

static mz_status read_sources(void *context, mz_sql *sql, mz_error *error) {
    sources_of *of = context;
    return mz_subject_sources_list(sql, of->request->who->agency, of->request->arena, &of->sources, &of->count, error);
}

static mz_status list_sources(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_json json;
    sources_of of = {.request = request};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_sources, &of, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "sources");
    mz_json_array(&json);
    for (size_t k = 0; k < of.count; k++) write_source(&json, &of.sources[k]);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status set_source(void *context, mz_sql *sql, mz_error *error) {
    sources_of *of = context;
    mz_actor actor = mz_people_actor(of->request);
    return mz_subject_source_set(sql, of->request->who->agency, &actor, mz_request_place(of->request, "source"),
                                 of->title, of->mapping, of->request->arena, &of->source, error);
}

/* The mapping of the body as text: what is refused in it is told with its place in the body. */
static mz_status read_mapping(const mz_request *request, const mz_json_value *body, mz_str *ret_mapping,
                              mz_error *error) {
    const mz_json_value *member = mz_json_member(body, "mapping");
    mz_subject_mapping mapping;
    mz_buffer text;
    *ret_mapping = member ? MZ_STR("") : (mz_str){NULL, 0};
    if (!member || member->kind == MZ_JSON_NULL) return MZ_OK;
    mz_status status = mz_subject_mapping_read(member, request->arena, &mapping, error);
    if (status) return status;
    mz_buffer_init(&text, MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_subject_mapping_write(&mapping, &text);
    if (text.failed)
        status = mz_fail_buffer(&text, error, "the mapping");
    else
        *ret_mapping = mz_arena_copy(request->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return status;
}

static mz_status put_source(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("title"), MZ_STR_INIT("mapping")};
    const mz_json_value *body;
    mz_json json;
    sources_of of = {.request = request, .title = {NULL, 0}};
    mz_status status = need_store(request, error);
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_json_read_str(body, "title", &of.title, error);
    if (!status) status = read_mapping(request, body, &of.mapping, error);
    if (!status) status = mz_store_change(request->service->store, set_source, &of, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    write_source(&json, &of.source);
    mz_people_private(response);
    return MZ_OK;
}

#define READ .right = MZ_RIGHT_SUBJECTS_READ
#define CHANGE .right = MZ_RIGHT_SUBJECTS_CHANGE, .flags = MZ_ROUTE_CHANGES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/subjects", READ, .handle = list},
    {.method = MZ_POST, .path = "/api/v1/subjects", CHANGE, .body_most = MZ_SUBJECT_BODY_BYTES, .handle = give},
    {.method = MZ_GET, .path = "/api/v1/subjects/sources", READ, .handle = list_sources},
    {.method = MZ_PUT,
     .path = "/api/v1/subjects/sources/{source}",
     CHANGE,
     .body_most = MZ_SUBJECT_BODY_BYTES,
     .handle = put_source},
    {.method = MZ_GET, .path = "/api/v1/subjects/{id}", READ, .handle = get},
    {.method = MZ_POST, .path = "/api/v1/subjects/{id}/close", CHANGE, .handle = close_subject},
    {.method = MZ_POST, .path = "/api/v1/subjects/{id}/screen", CHANGE, .handle = screen_again},
};
const mz_routes mz_api_subjects_routes = {routes, sizeof routes / sizeof *routes};
