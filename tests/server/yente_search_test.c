/* GET /search: a few words to listed entities, page by page, with facets. */
#include "called.h"
#include "invented_list.h"
#include "test.h"
#include "yente_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static called_service service;

static const mz_json_value *got(const char *target, int status, called_answer *ret_answer) {
    const mz_json_value *root;
    mz_error error;
    called(&service, MZ_GET, target, "", UINT32_MAX, ret_answer);
    mz_test_case("%s: %s", target, called_body(ret_answer));
    CHECK_INT(status, ret_answer->response.status);
    CHECK_OK(mz_json_parse(mz_buffer_view(&ret_answer->response.body), 0, &ret_answer->arena, &root, &error), error);
    return root;
}

/* "alpha-1 beta-3 of 2" */
static const char *found(const mz_json_value *root) {
    static char text[512];
    const mz_json_value *total = mz_json_member(root, "total");
    size_t size = 0;
    text[0] = '\0';
    for (const mz_json_value *r = mz_json_member(root, "results")->child; r; r = r->next) {
        mz_str id = mz_json_member(r, "id")->text;
        size += (size_t)snprintf(text + size, sizeof text - size, "%.*s ", (int)id.size, id.data);
    }
    mz_str value = mz_json_member(total, "value")->text;
    bool more = mz_str_equal(mz_json_member(total, "relation")->text, MZ_STR("gte"));
    snprintf(text + size, sizeof text - size, "of %.*s%s", (int)value.size, value.data, more ? "+" : "");
    return text;
}

/* "ma:2 dz:1" */
static const char *facet(const mz_json_value *root, const char *name) {
    static char text[256];
    size_t size = 0;
    text[0] = '\0';
    const mz_json_value *of = mz_json_member(mz_json_member(root, "facets"), name);
    CHECK(of);
    for (const mz_json_value *v = mz_json_member(of, "values")->child; v; v = v->next) {
        mz_str value = mz_json_member(v, "name")->text, count = mz_json_member(v, "count")->text;
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%.*s:%.*s", size ? " " : "", (int)value.size,
                                 value.data, (int)count.size, count.data);
    }
    return text;
}

TEST(words_find_names_numbers_and_ids) {
    static const struct {
        const char *target, *found;
    } cases[] = {
        {"/search/default?q=Zaynab+Murjani", "alpha-1 beta-3 of 2"},
        {"/search/default?q=Zeineb+Mourjany", "alpha-1 beta-3 of 2"},
        {"/search/default?q=%D8%B2%D9%8A%D9%86%D8%A8+%D9%85%D8%B1%D8%AC%D8%A7%D9%86%D9%8A", "alpha-1 beta-3 of 2"},
        {"/search/default?q=saffron", "beta-1 of 1"},
        {"/search/default?q=trading+atlas", "beta-1 of 1"},
        {"/search/default?q=atlas+oranges+of+the+mountain+valleys", "of 0"},
        {"/search/default?q=AB123456", "alpha-1 of 1"},
        {"/search/default?q=beta-2", "beta-2 of 1"},
        {"/search/default?q=no+such+lantern", "of 0"},
        {"/search/default?q=%22saffron%22*", "beta-1 of 1"},
        {"/search/default?q=%21%21", "of 0"},
    };
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        CHECK_TEXT(cases[i].found, found(got(cases[i].target, 200, &answer)));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(without_words_it_is_all_that_passes) {
    static const struct {
        const char *target, *found;
    } cases[] = {
        {"/search/default", "alpha-1 alpha-2 beta-1 beta-2 beta-3 of 5"},
        {"/search/default?q=+", "alpha-1 alpha-2 beta-1 beta-2 beta-3 of 5"},
        {"/search/alpha", "alpha-1 alpha-2 of 2"},
        {"/search/default?datasets=beta", "beta-1 beta-2 beta-3 of 3"},
        {"/search/default?datasets=beta&exclude_dataset=beta", "of 0"},
        {"/search/default?include_dataset=alpha", "alpha-1 alpha-2 of 2"},
        {"/search/default?schema=Person", "alpha-1 alpha-2 beta-3 of 3"},
        {"/search/default?schema=Organization", "beta-1 of 1"},
        {"/search/default?schema=LegalEntity&exclude_schema=Person", "beta-1 beta-2 of 2"},
        {"/search/default?schema=Trip", "of 0"},
        {"/search/default?countries=ma", "alpha-1 beta-1 of 2"},
        {"/search/default?countries=Maroc&countries=dz", "alpha-1 alpha-2 beta-1 beta-2 of 4"},
        {"/search/default?countries=ma&countries=dz&filter_op=AND", "of 0"},
        {"/search/default?topics=sanction&topics=crime", "alpha-1 beta-1 beta-3 of 3"},
        {"/search/default?topics=sanction&topics=crime&filter_op=AND", "beta-3 of 1"},
        {"/search/default?filter=topics:role.pep", "alpha-2 of 1"},
        {"/search/default?filter=schema:LegalEntity", "beta-2 of 1"},
        {"/search/default?filter=datasets:alpha&filter=countries:dz", "alpha-2 of 1"},
        {"/search/default?filter=properties.gender:female", "beta-3 of 1"},
        {"/search/default?filter=passportNumber:AB+123-456", "alpha-1 of 1"},
        {"/search/default?filter=birthDate:1970", "alpha-1 of 1"},
        {"/search/default?exclude_entity_ids=alpha-1&countries=ma", "beta-1 of 1"},
        {"/search/default?sort=caption:asc", "beta-1 alpha-2 beta-2 alpha-1 beta-3 of 5"},
        {"/search/default?sort=caption:desc", "alpha-1 beta-3 beta-2 alpha-2 beta-1 of 5"},
        {"/search/default?sort=id:desc&limit=2", "beta-3 beta-2 of 5"},
        {"/search/default?sort=schema", "beta-1 beta-2 alpha-1 alpha-2 beta-3 of 5"},
        {"/search/default?sort=first_seen:desc&limit=1", "alpha-1 of 5"},
        {"/search/default?sort=last_change:asc&limit=1", "alpha-1 of 5"},
        {"/search/default?limit=2&offset=1", "alpha-2 beta-1 of 5"},
        {"/search/default?limit=2&offset=4", "beta-3 of 5"},
        {"/search/default?limit=2&offset=9", "of 5"},
        {"/search/default?limit=0", "of 5"},
    };
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        CHECK_TEXT(cases[i].found, found(got(cases[i].target, 200, &answer)));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(facets_are_counted_over_all_pages) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/search/default?limit=1", 200, &answer);
    CHECK_TEXT("dz:2 ma:2", facet(root, "countries"));
    CHECK_TEXT("sanction:3 crime:1 role.pep:1", facet(root, "topics"));
    CHECK_TEXT("beta:3 alpha:2", facet(root, "datasets"));
    CHECK(!mz_json_member(mz_json_member(root, "facets"), "schema"));
    CHECK(strstr(called_body(&answer), "{\"name\":\"ma\",\"label\":\"Morocco\",\"count\":2}"));
    called_done(&answer);
    root = got("/search/default?q=murjani&facets=schema&facets=genders&facets=identifiers", 200, &answer);
    CHECK_TEXT("Person:2", facet(root, "schema"));
    CHECK_TEXT("female:1", facet(root, "genders"));
    CHECK_TEXT("", facet(root, "identifiers"));
    CHECK(strstr(called_body(&answer), "\"not_done\":\"facets: identifiers are not counted\""));
    called_done(&answer);
    called_stop(&service);
}

TEST(results_are_entities_without_scores) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *first = mz_json_member(got("/search/default?q=oulghazi", 200, &answer), "results")->child;
    CHECK(first && mz_json_member(first, "properties") && !mz_json_member(first, "score"));
    CHECK_STR(MZ_STR("Karim Oulghazi"), mz_json_member(first, "caption")->text);
    called_done(&answer);
    called_stop(&service);
}

TEST(what_cannot_be_understood_is_refused) {
    static const struct {
        const char *target;
        int status;
        const char *detail;
    } cases[] = {
        {"/search/gamma", 404, "there is no dataset “gamma”"},
        {"/search/default?schema=Foo", 400, "https://followthemoney.tech/explorer/ lists what there is"},
        {"/search/default?schema=Persn", 400, "there is no schema “Persn”; did you mean “Person”?"},
        {"/search/default?limit=501", 400, "from 0 to 500"},
        {"/search/default?offset=9500", 400, "from 0 to 9499"},
        {"/search/default?offset=-1", 400, "from 0 to 9499"},
        {"/search/default?filter_op=XOR", 400, "must be AND or OR"},
        {"/search/default?sort=shoe_size", 400, "nothing can be sorted by “shoe_size”"},
        {"/search/default?facets=hats", 400, "there is no facet “hats”"},
        {"/search/default?filter=hats", 400, "is not of the form FIELD:VALUE"},
        {"/search/default?filter=hats:3", 400, "there is no property “hats”"},
        {"/search/default?filter=notes:red", 400, "nothing can be looked up by “notes”"},
        {"/search/default?fuzzy=perhaps", 400, "“fuzzy” must be true or false"},
    };
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        mz_str detail = mz_json_member(got(cases[i].target, cases[i].status, &answer), "detail")->text;
        CHECK(memmem(detail.data, detail.size, cases[i].detail, strlen(cases[i].detail)));
        called_done(&answer);
    }
    called_stop(&service);
}

static mz_status changed_image(const char *path, mz_error *error) {
    mz_status status = invented_image(path, error);
    return status ? status : invented_update(path, error);
}

TEST(what_changed_since_the_index_was_built_is_found_as_it_is_now) {
    called_answer answer;
    called_start_with(&service, changed_image);
    CHECK_TEXT("inv-20 of 1", found(got("/search/default?q=zaynab", 200, &answer)));
    called_done(&answer);
    CHECK_TEXT("inv-20 of 1", found(got("/search/default?filter=passportNumber:AB+123-456", 200, &answer)));
    called_done(&answer);
    CHECK_TEXT("inv-02 of 1", found(got("/search/default?q=XK765432", 200, &answer)));
    called_done(&answer);
    const mz_json_value *root = got("/search/default?limit=20&sort=id", 200, &answer);
    CHECK(!strstr(found(root), "inv-01 "));
    CHECK(strstr(found(root), "inv-16 inv-20 of 16"));
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
