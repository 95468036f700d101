/* One subject against all lists, when it is given or when somebody asks: as continuous screening would do it (the
 * service's policy, the agency's threshold, all hits), and kept as it does. */
#include "base/clock.h"
#include "base/error.h"
#include "cases/settings.h"
#include "screen/query_json.h"
#include "server/subjects.h"

#include <stdlib.h>

enum { QUERY_BYTES = 256 << 10 };

struct mz_subject_screening {
    mz_service *service;
    mz_engine *engine;
    const mz_screening *screening;
    mz_query_wishes wishes;
    mz_str query; /* JSON: what was screened, and by what it differs from the policy */
};

typedef struct settings_reading {
    mz_str agency;
    mz_case_settings settings;
} settings_reading;

static mz_status read_settings(void *context, mz_sql *sql, mz_error *error) {
    settings_reading *of = context;
    return mz_case_settings_get(sql, of->agency, &of->settings, error);
}

static mz_status write_query(mz_subject_screening *made, const mz_entity *entity, mz_str properties, mz_arena *arena,
                             mz_error *error) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, QUERY_BYTES);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_pair_int(&json, "limit", (int64_t)made->wishes.limit);
    mz_json_key(&json, "properties");
    mz_json_raw(&json, properties);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(entity->schema)));
    if (made->wishes.threshold_at) {
        mz_json_key(&json, "threshold");
        mz_json_fixed(&json, made->wishes.part.threshold, 6);
    }
    mz_json_object_end(&json);
    mz_status status = text.failed ? mz_fail_buffer(&text, error, "the query") : MZ_OK;
    if (!status) made->query = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return status;
}

mz_status mz_subject_screen(const mz_request *request, const mz_entity *entity, mz_str properties,
                            mz_subject_screening **ret_screening, mz_error *error) {
    static const mz_json_value set = {.kind = MZ_JSON_OBJECT}; /* by nothing that has a place in a body */
    mz_service *service = request->service;
    settings_reading of = {.agency = request->who->agency};
    mz_status status = mz_store_read(service->store, read_settings, &of, error);
    if (status) return status;
    mz_subject_screening *made = calloc(1, sizeof *made);
    if (!made) return mz_fail_memory(error);
    made->service = service;
    made->wishes.limit_at = &set;
    made->wishes.limit = service->settings.limit_most;
    if (of.settings.threshold > 0) made->wishes.threshold_at = &set;
    made->wishes.part.threshold = of.settings.threshold;
    status = write_query(made, entity, properties, request->arena, error);
    if (!status) status = mz_engines_take(service->engines, service->settings.wait_ms, &made->engine, error);
    if (!status)
        status = mz_screen_wished(made->engine->screener, MZ_STR(""), entity, &made->wishes, &made->screening, error);
    if (status)
        mz_subject_screening_free(made);
    else
        *ret_screening = made;
    return status;
}

mz_status mz_subject_raise(mz_sql *sql, const mz_request *request, mz_subject_screening *screening,
                           const mz_subject *subject, const char *why, mz_arena *arena, mz_raised *ret_raised,
                           mz_error *error) {
    mz_actor actor = mz_people_actor(request);
    const mz_raising raising = {.agency = request->who->agency,
                                .actor = &actor,
                                .subject = subject,
                                .index = screening->engine->index,
                                .policy = mz_engines_policy(screening->service->engines),
                                .query = screening->query,
                                .screening = screening->screening,
                                .answer = MZ_STR(""),
                                .why = why};
    mz_status status = mz_cases_raise(sql, &raising, arena, ret_raised, error);
    if (!status)
        status = mz_subject_screened(sql, request->who->agency, subject->key, subject->sequence, mz_clock_now(), error);
    return status;
}

void mz_subject_screening_free(mz_subject_screening *screening) {
    if (!screening) return;
    if (screening->engine) mz_engines_give_back(screening->service->engines, screening->engine);
    free(screening);
}
