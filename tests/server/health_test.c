/* Health, readiness and figures: what supervisors, load balancers and monitors are told. */
#include "called.h"
#include "invented_list.h"
#include "server/listed.h"
#include "server/metrics.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static called_service service;

static const char *ask(const char *target, called_answer *answer, int status) {
    called(&service, MZ_GET, target, NULL, MZ_RIGHT_BIT(MZ_RIGHT_METRICS), answer);
    CHECK_INT(status, answer->response.status);
    return called_body(answer);
}

TEST(who_answers_is_healthy_and_who_has_lists_is_ready) {
    called_answer health, ready;
    called_start(&service);
    CHECK_TEXT("{\"status\":\"ok\"}", ask("/healthz", &health, 200));
    const char *body = ask("/readyz", &ready, 200);
    CHECK(strstr(body, "\"status\":\"ok\",\"stale\":false"));
    CHECK(strstr(body, "\"lists\":[{\"list\":"));
    called_done(&health);
    called_done(&ready);
    called_stop(&service);
}

/* Puts another index in the place of the service's. */
static void replace_index(mz_index_builder *(*build)(const char *path)) {
    char path[96];
    mz_error error;
    mz_engines_free(service.service.engines);
    mz_live_close(service.service.live);
    snprintf(path, sizeof path, "%s/index.mzi", service.folder);
    unlink(path);
    mz_index_builder *builder = build(path);
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    CHECK_OK(mz_live_open(path, &service.service.live, &error), error);
    CHECK_OK(mz_engines_new(service.service.live, &service.options, 1, &service.service.engines, &error), error);
}

static mz_index_builder *empty_index(const char *path) {
    mz_index_builder *builder;
    mz_error error;
    CHECK_OK(mz_index_builder_new(path, &builder, &error), error);
    return builder;
}

TEST(an_index_without_anything_listed_is_not_ready_and_still_healthy) {
    called_answer health, ready;
    called_start(&service);
    replace_index(empty_index);
    (void)ask("/healthz", &health, 200);
    CHECK(strstr(ask("/readyz", &ready, 503), "nothing to screen against"));
    called_done(&health);
    called_done(&ready);
    called_stop(&service);
}

/* One byte in its place, and a time that shows it, however coarse the clock of the file system is. */
static void write_into(const char *path) {
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000}};
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    char byte;
    CHECK(descriptor >= 0 && pread(descriptor, &byte, 1, 0) == 1 && pwrite(descriptor, &byte, 1, 0) == 1);
    CHECK(futimens(descriptor, times) == 0 && close(descriptor) == 0);
}

TEST(an_index_that_was_written_into_is_not_asked) {
    called_answer ready, screened;
    char path[96];
    mz_error error;
    bool fresh;
    called_start(&service);
    mz_engines_free(service.service.engines);
    mz_live_close(service.service.live);
    snprintf(path, sizeof path, "%s/index.mzi", service.folder);
    CHECK_OK(mz_live_open_copying(path, 0, &service.service.live, &error), error);
    CHECK_OK(mz_engines_new(service.service.live, &service.options, 1, &service.service.engines, &error), error);
    write_into(path);
    CHECK(mz_live_refresh(service.service.live, &fresh, &error) != MZ_OK);
    CHECK(strstr(ask("/readyz", &ready, 503), "was written into"));
    called(&service, MZ_POST, "/api/v1/screen",
           "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}", UINT32_MAX, &screened);
    CHECK_INT(503, screened.response.status);
    CHECK(strstr(called_body(&screened), "was written into"));
    called_done(&ready);
    called_done(&screened);
    called_stop(&service);
}

static mz_index_builder *old_index(const char *path) {
    static const invented_record one = {"house-1", MZ_SCHEMA_Person, {{MZ_PROP_name, "Zaynab Murjani"}}};
    mz_error error;
    mz_builder *records;
    const mz_record *record;
    mz_index_builder *builder = empty_index(path);
    CHECK_OK(mz_index_builder_list(builder, MZ_STR("house \"1\""), MZ_STR("v1"), 1000000000, &error), error);
    CHECK_OK(mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &records, &error), error);
    CHECK_OK(invented_build(&one, records, &record, &error), error);
    CHECK_OK(mz_index_builder_add(builder, record, &error), error);
    mz_builder_free(records);
    return builder;
}

TEST(without_a_store_of_lists_nobody_knows_what_is_stale) {
    called_answer before, after, figures;
    called_start(&service);
    replace_index(old_index);
    service.service.settings.stale_after_h = 0;
    CHECK(strstr(ask("/readyz", &before, 200),
                 "\"published\":\"2001-09-09T01:46:40Z\",\"checked\":null,\"stale\":false"));
    service.service.settings.stale_after_h = 24;
    const char *body = ask("/readyz", &after, 200);
    CHECK(strstr(body, "\"stale\":null,\"entities\":1"));
    CHECK(strstr(body, "\"checked\":null,\"stale\":null"));
    CHECK(!strstr(ask("/metrics", &figures, 200), "mizan_list_stale{"));
    called_done(&before);
    called_done(&after);
    called_done(&figures);
    called_stop(&service);
}

static bool has_line(const char *text, const char *line) {
    const char *at = strstr(text, line);
    return at && (at == text || at[-1] == '\n') && at[strlen(line)] == '\n';
}

TEST(figures_are_counted_by_route_and_status) {
    mz_error error;
    called_answer found, nowhere, screened, figures;
    called_start(&service);
    CHECK_OK(mz_metrics_new(&service.service.metrics, &error), error);
    (void)ask("/healthz", &found, 200);
    (void)ask("/nowhere", &nowhere, 404);
    mz_metrics_request(service.service.metrics, found.request.route, 200, 300000);
    mz_metrics_request(service.service.metrics, found.request.route, 200, 70000);
    mz_metrics_request(service.service.metrics, nowhere.request.route, 404, 1000);
    mz_metrics_request(service.service.metrics, nowhere.request.route, 299, UINT64_C(5000000000));
    mz_metrics_limited(service.service.metrics, MZ_LIMITED_BY_SLOW);
    called(&service, MZ_POST, "/api/v1/screen",
           "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}", UINT32_MAX, &screened);
    CHECK_INT(200, screened.response.status);
    mz_metrics_reload(service.service.metrics, true);
    const char *text = ask("/metrics", &figures, 200);
    static const char *const lines[] = {
        "mizan_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 2",
        "mizan_http_requests_total{method=\"\",route=\"\",status=\"404\"} 1",
        "mizan_http_requests_total{method=\"\",route=\"\",status=\"0\"} 1",
        "mizan_http_request_seconds_bucket{method=\"GET\",route=\"/healthz\",le=\"0.0001\"} 1",
        "mizan_http_request_seconds_bucket{method=\"GET\",route=\"/healthz\",le=\"0.0005\"} 2",
        "mizan_http_request_seconds_bucket{method=\"GET\",route=\"/healthz\",le=\"+Inf\"} 2",
        "mizan_http_request_seconds_sum{method=\"GET\",route=\"/healthz\"} 0.000370000",
        "mizan_http_request_seconds_bucket{method=\"\",route=\"\",le=\"2.5\"} 1",
        "mizan_http_request_seconds_bucket{method=\"\",route=\"\",le=\"+Inf\"} 2",
        "mizan_http_limited_total{by=\"slow\"} 1",
        "mizan_queries_total 1",
        "mizan_plan_total{work=\"words_searched\",part=\"base\"} 2",
        "mizan_index_reloads_total 1",
        "mizan_engines{state=\"idle\"} 2",
        "mizan_engines_waiting 0",
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        mz_test_case("%s", lines[k]);
        CHECK(has_line(text, lines[k]));
    }
    mz_metrics_free(service.service.metrics);
    called_done(&found);
    called_done(&nowhere);
    called_done(&screened);
    called_done(&figures);
    called_stop(&service);
}

TEST(names_of_lists_are_labels_as_the_format_wants_them) {
    called_answer figures;
    called_start(&service);
    replace_index(old_index);
    const char *text = ask("/metrics", &figures, 200);
    CHECK(has_line(text, "mizan_list_entities{list=\"house \\\"1\\\"\"} 0"));
    CHECK(has_line(text, "mizan_list_published_timestamp_seconds{list=\"house \\\"1\\\"\"} 1000000000"));
    called_done(&figures);
    called_stop(&service);
}

TEST(figures_need_a_right) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_GET, "/metrics", NULL, 0, &answer);
    CHECK_INT(401, answer.response.status);
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
