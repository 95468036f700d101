/* Runs on the small invented list: what they count, that they are the same on any number of threads, and what they do
 * when memory runs out or somebody stops them. */
#include "base/json_read.h"
#include "effectiveness/report.h"
#include "invented_list.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *image_path(void) {
    static const char name[] = "list.mzi";
    static char path[4200];
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    return path;
}

static mz_index *open_list(void) {
    mz_error error;
    mz_index *index = NULL;
    CHECK_OK(invented_image(image_path(), &error), error);
    CHECK_OK(mz_index_open(image_path(), &index, &error), error);
    return index;
}

static const char *customers_path(void) {
    static char path[4200];
    (void)snprintf(path, sizeof path, "%s/customers.csv", mz_test_folder());
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    (void)fputs("id,schema,name,birthDate,nationality\n"
                "c1,Person,Zaynab Murjani,1931-01-01,pe\n" /* bears a listed name, and is not she */
                "c2,Person,Karim Oulghazi,1985,dz\n"
                "c3,Person,Wilhelmina Oderbrecht,1970-05-01,de\n"
                "c4,Company,Ferme des Quatre Oliviers,,fr\n"
                "c5,Person,Teuta Krasniqolli,,\n",
                file);
    CHECK_INT(0, fclose(file));
    return path;
}

static mz_effectiveness *run_with(const mz_index *index, const mz_effectiveness_options *options) {
    mz_error error;
    mz_effectiveness *run = NULL;
    CHECK_OK(mz_effectiveness_run(index, options, &run, &error), error);
    return run;
}

/* The report without the time, and the time that it took. */
static char *figures(const mz_effectiveness *run) {
    mz_error error;
    char *json;
    size_t size;
    CHECK_OK(mz_effectiveness_json(run, &json, &size, &error), error);
    CHECK_INT(strlen(json), size);
    char *made = strstr(json, "\"made\":"), *seed = strstr(json, "\"seed\":");
    CHECK(made && seed && made < seed);
    memmove(made, seed, strlen(seed) + 1);
    return json;
}

TEST(the_same_on_any_number_of_threads) {
    mz_index *index = open_list();
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    char *first = NULL;
    options.customers = customers_path();
    for (options.threads = 1; options.threads <= 3; options.threads++) {
        mz_effectiveness *run = run_with(index, &options);
        char *json = figures(run);
        if (first) CHECK_TEXT(first, json);
        mz_effectiveness_free(run);
        if (first) free(json);
        if (!first) first = json;
    }
    free(first);
    mz_index_close(index);
}

TEST(what_is_counted) {
    mz_index *index = open_list();
    size_t as_listed;
    CHECK(mz_change_class_find(MZ_STR("as-listed"), &as_listed));
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.classes = &as_listed;
    options.class_count = 1;
    options.customers = customers_path();
    mz_effectiveness *run = run_with(index, &options);
    mz_effectiveness_summary summary;
    mz_effectiveness_class class;
    mz_effectiveness_summarise(run, &summary);
    /* 12 entities have a name of letters and are persons, firms or ships; four of them in a second script */
    CHECK_INT(16, summary.names);
    CHECK_INT(16, summary.found.of);
    CHECK_INT(16, summary.found.count);
    CHECK_INT(14, summary.first.count); /* of two who bear the same name, one stands first: twice */
    CHECK_INT(5, summary.customers);
    CHECK_INT(2, summary.alerts_by_name.count);
    CHECK_INT(1, summary.alerts_with_facts.count);
    CHECK(mz_effectiveness_class_at(run, 0, &class));
    CHECK_TEXT("as-listed", class.change->name);
    CHECK_INT(5, class.alerts.of);
    CHECK_INT(2, class.alerts.count);
    CHECK(!mz_effectiveness_class_at(run, 1, &class));
    mz_effectiveness_free(run);
    mz_index_close(index);
}

TEST(strata_get_equal_parts_and_a_larger_sample_has_the_smaller_in_it) {
    mz_index *index = open_list();
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_error error;
    char names[20][200];
    size_t before = 0;
    for (options.sample = 1; options.sample <= 18; options.sample++) {
        mz_sample sample;
        mz_sample_init(&sample);
        CHECK_OK(mz_sample_lists(&sample, index, &options, &error), error);
        CHECK_INT(options.sample < 16 ? options.sample : 16, sample.listed_count);
        CHECK_INT(16, sample.candidates);
        for (size_t b = 0; b < before && options.sample > 9; b++) { /* beyond the parts that one by one make unequal */
            bool still = false;
            for (size_t s = 0; s < sample.listed_count; s++)
                still = still || mz_str_equal(sample.listed[s].who.name, mz_str_of(names[b]));
            mz_test_case("%zu: %s", options.sample, names[b]);
            CHECK(still);
        }
        before = sample.listed_count;
        for (size_t s = 0; s < before; s++)
            (void)snprintf(names[s], sizeof names[0], "%.*s", (int)sample.listed[s].who.name.size,
                           sample.listed[s].who.name.data);
        mz_sample_done(&sample);
    }
    mz_index_close(index);
}

/* Asked in Arabic letters, compared with what is listed in Latin ones, and the other way round. */
TEST(another_script_hides_the_script_that_is_asked_in) {
    mz_index *index = open_list();
    mz_error error;
    size_t class;
    mz_comparer *comparer;
    const mz_comparison *comparison;
    CHECK(mz_change_class_find(MZ_STR("other-script"), &class));
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.classes = &class;
    options.class_count = 1;
    mz_effectiveness *run = run_with(index, &options);
    CHECK_OK(mz_comparer_new(NULL, &comparer, &error), error);
    CHECK_INT(8, run->report.all.asked); /* four entities in two scripts */
    unsigned checked = 0;
    for (size_t s = 0; s < run->sample.listed_count; s++) {
        static const char *const pairs[][2] = {{"Zaynab Murjani", "زينب مرجاني"}, {"Karim Oulghazi", "Карим Улгази"}};
        const mz_answer *answer = &run->measured.listed[s];
        for (size_t p = 0; p < 4; p++) {
            const char *asked = pairs[p / 2][p % 2], *listed = pairs[p / 2][1 - p % 2];
            if (!mz_str_equal(run->sample.listed[s].who.name, mz_str_of(asked))) continue;
            mz_test_case("%s", asked);
            CHECK_OK(
                mz_compare_names(comparer, MZ_SCHEMA_Person, mz_str_of(asked), mz_str_of(listed), &comparison, &error),
                error);
            CHECK_INT(MZ_ANSWERED, answer->state);
            CHECK_INT((int64_t)(comparison->score * 1e6 + 0.5), answer->score);
            CHECK(answer->score < 998000); /* the very same name is higher */
            checked++;
        }
    }
    CHECK_INT(4, checked);
    mz_comparer_free(comparer);
    mz_effectiveness_free(run);
    mz_index_close(index);
}

TEST(another_seed_asks_otherwise) {
    mz_index *index = open_list();
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_effectiveness *one = run_with(index, &options);
    options.seed = 2;
    mz_effectiveness *two = run_with(index, &options);
    char *a = figures(one), *b = figures(two);
    CHECK(strcmp(a, b) != 0);
    free(a);
    free(b);
    mz_effectiveness_free(one);
    mz_effectiveness_free(two);
    mz_index_close(index);
}

TEST(a_higher_threshold_finds_no_more) {
    mz_index *index = open_list();
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_effectiveness *low = NULL;
    for (int percent = 50; percent <= 100; percent += 10) {
        options.threshold = percent / 100.0;
        mz_effectiveness *run = run_with(index, &options);
        /* what one run foretells of another threshold is what a run at that threshold finds */
        if (low) CHECK_INT(low->report.all.at[percent - 50], run->report.all.found);
        CHECK_INT(run->report.all.at[percent - 50], run->report.all.found);
        if (low)
            mz_effectiveness_free(run);
        else
            low = run;
    }
    mz_effectiveness_free(low);
    mz_index_close(index);
}

TEST(two_policies_are_compared_on_the_same_questions) {
    mz_index *index = open_list();
    mz_error error;
    mz_policy *strict = NULL;
    CHECK_OK(mz_policy_read(MZ_STR("{\"mizan-policy\":1,\"name\":\"strict\",\"threshold\":0.99}"), &strict, &error),
             error);
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.against = strict;
    options.two_policies = true;
    mz_effectiveness *run = run_with(index, &options);
    uint64_t gained = 0, lost = 0;
    for (size_t c = 0; c < run->report.class_count; c++) {
        gained += run->report.classes[c].gained;
        lost += run->report.classes[c].lost;
    }
    CHECK_INT(run->report.all.asked, run->other.all.asked);
    CHECK_INT(run->report.all.at[49], run->other.all.found);
    CHECK(run->other.all.found < run->report.all.found);
    CHECK_INT(run->report.all.found + lost, run->other.all.found + gained);
    CHECK_STR(MZ_STR("strict"), run->other.policy);
    mz_effectiveness_free(run);
    mz_policy_free(strict);
    mz_index_close(index);
}

TEST(a_report_is_compared_with_itself) {
    mz_index *index = open_list();
    mz_error error;
    char folder[4200], path[4300];
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.customers = customers_path();
    mz_effectiveness *run = run_with(index, &options);
    (void)snprintf(folder, sizeof folder, "%s/report", mz_test_folder());
    CHECK_OK(mz_effectiveness_write(run, folder, MZ_ENGLISH, &error), error);
    (void)snprintf(path, sizeof path, "%s/report.json", folder);
    CHECK_OK(mz_effectiveness_compare(run, path, &error), error);
    CHECK_INT(run->report.all.found, run->other.all.found);
    CHECK_INT(run->report.classes[3].listed.found, run->other.classes[3].listed.found);
    CHECK_INT(run->report.customers_by[0].found, run->other.customers_by[0].found);
    CHECK_INT(run->report.lists[0].published / 86400, run->other.lists[0].published / 86400);
    mz_effectiveness_free(run);
    mz_index_close(index);
}

TEST(reports_that_cannot_be_are_refused) {
    static const struct {
        const char *json, *says;
    } cases[] = {
        {"", "is empty"},
        {"[]", "a report must be an object"},
        {"{}", "this is no report.json"},
        {"{\"report\":\"something else\"}", "this is no report.json"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":99}", "shape 99"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":1}", "\"threshold\" must be a number"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":1,\"threshold\":7}", "from 0.5 to 1"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":1,\"threshold\":0.7,\"seconds\":1}", "\"lists\" is missing"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":1,\"threshold\":0.7,\"seconds\":1,\"lists\":[],"
         "\"detection\":{\"asked\":3,\"found\":4}}",
         "found"},
        {"{\"report\":\"mizan effectiveness\",\"shape\":1,\"threshold\":0.7,\"seconds\":1,\"lists\":[],"
         "\"detection\":{\"asked\":3,\"found\":2,\"found_at\":[1,2]}}",
         "51 counts"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_arena arena;
        mz_report report;
        mz_error error = {0};
        mz_test_case("%s", cases[i].json);
        mz_arena_init(&arena, 1 << 20);
        CHECK_INT(MZ_ERR_INPUT, mz_report_read(mz_str_of(cases[i].json), &arena, &report, &error));
        if (i) CHECK(strstr(error.text, cases[i].says) != NULL);
        mz_arena_done(&arena);
    }
}

TEST(options_that_cannot_be_are_refused) {
    mz_index *index = open_list();
    mz_error error;
    mz_effectiveness *run = NULL;
    static const size_t no_class = 100000;
    const mz_effectiveness_options usual = MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_effectiveness_options cases[6];
    for (size_t i = 0; i < 6; i++) cases[i] = usual;
    cases[0].threshold = 0.4;
    cases[1].sample = 0;
    cases[2].sample = MZ_EFFECTIVENESS_SAMPLE_MOST + 1;
    cases[3].customer_sample = 0;
    cases[4].seed = UINT64_MAX;
    cases[5].classes = &no_class;
    cases[5].class_count = 1;
    for (size_t i = 0; i < 6; i++) {
        mz_test_case("%zu", i);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_effectiveness_run(index, &cases[i], &run, &error));
    }
    mz_index_close(index);
}

static mz_status build_nameless(const char *path, mz_error *error) {
    mz_index_builder *image = NULL;
    mz_status status = mz_index_builder_new(path, &image, error);
    if (!status) status = mz_index_builder_finish(image, error);
    mz_index_builder_free(image);
    return status;
}

TEST(an_empty_list_is_told) {
    mz_error error;
    mz_index *index = NULL;
    mz_effectiveness *run = NULL;
    char path[4200];
    (void)snprintf(path, sizeof path, "%s/empty.mzi", mz_test_folder());
    CHECK_OK(build_nameless(path, &error), error);
    CHECK_OK(mz_index_open(path, &index, &error), error);
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_effectiveness_run(index, &options, &run, &error));
    mz_index_close(index);
}

static int stop_at_once(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    return total > 0;
}

TEST(who_stops_a_run_gets_none) {
    mz_index *index = open_list();
    mz_error error;
    mz_effectiveness *run = NULL;
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.progress = stop_at_once;
    options.threads = 1;
    CHECK_INT(MZ_ERR_CANCELLED, mz_effectiveness_run(index, &options, &run, &error));
    CHECK(run == NULL);
    mz_index_close(index);
}

/* ---- without memory ---- */

typedef struct small_run {
    const mz_index *index;
    mz_effectiveness_options options;
    char folder[4200];
} small_run;

static mz_status run_once(void *context, mz_error *error) {
    const small_run *small = context;
    mz_effectiveness *run = NULL;
    char report[4300];
    (void)snprintf(report, sizeof report, "%s/report.json", small->folder);
    mz_status status = mz_effectiveness_run(small->index, &small->options, &run, error);
    if (!status) status = mz_effectiveness_write(run, small->folder, MZ_ARABIC, error);
    if (!status) status = mz_effectiveness_compare(run, report, error);
    if (!status) status = mz_effectiveness_write(run, small->folder, MZ_FRENCH, error);
    mz_effectiveness_free(run);
    return status;
}

TEST(a_run_without_memory_is_an_error) {
    static small_run small;
    static size_t classes[3];
    CHECK(mz_change_class_find(MZ_STR("title"), &classes[0]));
    CHECK(mz_change_class_find(MZ_STR("other-script"), &classes[1]));
    CHECK(mz_change_class_find(MZ_STR("with-birth-date"), &classes[2]));
    mz_index *index = open_list();
    small.index = index;
    small.options = (mz_effectiveness_options)MZ_EFFECTIVENESS_OPTIONS_INIT;
    small.options.sample = 3;
    small.options.classes = classes;
    small.options.class_count = 3;
    small.options.threads = 1;
    small.options.customers = customers_path();
    small.options.customer_sample = 2;
    (void)snprintf(small.folder, sizeof small.folder, "%s/oom", mz_test_folder());
    mz_error error;
    CHECK_OK(run_once(&small, &error), error);
    size_t count = mz_oom_each(run_once, &small);
    printf("# %zu allocations\n", count);
    CHECK(count > 30);
    mz_index_close(index);
}

TEST_MAIN()
