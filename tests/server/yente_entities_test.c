/* /entities, what stands around them, /catalog, /algorithms and /updatez, as programs written for yente read them. */
#include "called.h"
#include "test.h"
#include "yente_list.h"

#include <stdio.h>
#include <string.h>

static called_service service;

static void get(const char *target, int status, called_answer *ret_answer) {
    called(&service, MZ_GET, target, "", UINT32_MAX, ret_answer);
    mz_test_case("%s: %s", target, called_body(ret_answer));
    CHECK_INT(status, ret_answer->response.status);
}

static const mz_json_value *got(const char *target, int status, called_answer *ret_answer) {
    const mz_json_value *root;
    mz_error error;
    get(target, status, ret_answer);
    CHECK_OK(mz_json_parse(mz_buffer_view(&ret_answer->response.body), 0, &ret_answer->arena, &root, &error), error);
    return root;
}

/* Walks down: "properties/ownershipOwner/0/id". NULL where it does not lead on. */
static const mz_json_value *at(const mz_json_value *value, const char *way) {
    while (value && *way) {
        char step[64];
        size_t size = strcspn(way, "/");
        snprintf(step, sizeof step, "%.*s", (int)size, way);
        way += size + (way[size] == '/');
        if (value->kind == MZ_JSON_OBJECT) {
            value = mz_json_member(value, step);
        } else {
            const mz_json_value *element = value->child;
            for (int k = step[0] - '0'; k > 0 && element; k--) element = element->next;
            value = element;
        }
    }
    return value;
}

static const char *text_at(const mz_json_value *value, const char *way) {
    static char text[256];
    const mz_json_value *found = at(value, way);
    snprintf(text, sizeof text, "%.*s", found ? (int)found->text.size : 7, found ? found->text.data : "nothing");
    return text;
}

TEST(an_entity_is_told_with_what_is_around_it) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/entities/alpha-1", 200, &answer);
    CHECK_TEXT("alpha-1", text_at(root, "id"));
    CHECK_TEXT("Person", text_at(root, "schema"));
    CHECK_TEXT("Lanterns", text_at(root, "properties/sanctions/0/properties/program/0"));
    CHECK_TEXT("Lanterns", text_at(root, "properties/sanctions/0/caption"));
    CHECK_TEXT("Compasses", text_at(root, "properties/sanctions/1/caption"));
    CHECK(!at(root, "properties/sanctions/0/properties/entity")); /* it would be the entity again */
    CHECK_TEXT("7 Lantern Street, Fes", text_at(root, "properties/addressEntity/0/properties/full/0"));
    CHECK_TEXT("AB123456", text_at(root, "properties/identification/0/properties/number/0"));
    CHECK_TEXT("Passport", text_at(root, "properties/identification/0/schema"));
    called_done(&answer);
    called_stop(&service);
}

TEST(a_relation_is_walked_to_its_other_end) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/entities/alpha-1", 200, &answer);
    CHECK_TEXT("Ownership", text_at(root, "properties/ownershipOwner/0/schema"));
    CHECK_TEXT("51", text_at(root, "properties/ownershipOwner/0/properties/percentage/0"));
    CHECK(!at(root, "properties/ownershipOwner/0/properties/owner"));
    CHECK_TEXT("Atlas Saffron Trading Company SARL",
               text_at(root, "properties/ownershipOwner/0/properties/asset/0/caption"));
    CHECK_TEXT("beta", text_at(root, "properties/ownershipOwner/0/properties/asset/0/datasets/0"));
    CHECK_TEXT("Salma Murjani", text_at(root, "properties/familyPerson/0/properties/relative/0/caption"));
    CHECK_TEXT("alpha-1-link-3", text_at(root, "properties/familyPerson/1/id"));
    CHECK(!at(root, "properties/familyPerson/1/properties/relative")); /* the index does not hold it */
    called_done(&answer);
    called_stop(&service);
}

TEST(without_nesting_others_are_ids) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/entities/alpha-1?nested=false", 200, &answer);
    CHECK_TEXT("alpha-1-address-1", text_at(root, "properties/addressEntity/0"));
    CHECK(!at(root, "properties/sanctions"));
    called_done(&answer);
    get("/entities/alpha-1?nested=perhaps", 400, &answer);
    called_done(&answer);
    called_stop(&service);
}

TEST(what_is_attached_has_an_address_of_its_own) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/entities/alpha-1-sanction-1", 200, &answer);
    CHECK_TEXT("Sanction", text_at(root, "schema"));
    CHECK_TEXT("false", text_at(root, "target"));
    CHECK_TEXT("Zaynab Murjani", text_at(root, "properties/entity/0/caption"));
    CHECK_TEXT("alpha-1-sanction-2", text_at(root, "properties/entity/0/properties/sanctions/0/id"));
    CHECK(!at(root, "properties/entity/0/properties/sanctions/1"));
    called_done(&answer);
    root = got("/entities/alpha-1-address-1", 200, &answer);
    CHECK_TEXT("7 Lantern Street, Fes", text_at(root, "caption"));
    CHECK_TEXT("alpha-1", text_at(root, "properties/things/0/id"));
    called_done(&answer);
    called_stop(&service);
}

TEST(what_is_not_there_is_not_found) {
    static const char *const targets[] = {"/entities/alpha-9",
                                          "/entities/alpha-1-sanction-9",
                                          "/entities/-",
                                          "/entities/alpha-9/adjacent",
                                          "/entities/alpha-9/adjacent/sanctions",
                                          "/entities/alpha-1/adjacent/name",
                                          "/entities/alpha-1/adjacent/friends",
                                          "/entities/beta-1/adjacent/familyPerson/x"};
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        called_answer answer;
        const mz_json_value *root = got(targets[i], 404, &answer);
        CHECK(at(root, "detail"));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(what_is_next_to_an_entity_is_told_page_by_page) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/entities/alpha-1/adjacent", 200, &answer);
    CHECK_TEXT("alpha-1-address-1", text_at(root, "entity/properties/addressEntity/0"));
    CHECK_TEXT("2", text_at(root, "adjacent/sanctions/total/value"));
    CHECK_TEXT("eq", text_at(root, "adjacent/sanctions/total/relation"));
    CHECK_TEXT("10", text_at(root, "adjacent/sanctions/limit"));
    CHECK_TEXT("0", text_at(root, "adjacent/sanctions/offset"));
    CHECK_TEXT("beta-1", text_at(root, "adjacent/ownershipOwner/results/0/properties/asset/0/id"));
    CHECK_TEXT("alpha-1-address-1", text_at(root, "adjacent/addressEntity/results/0/id"));
    CHECK(!at(root, "adjacent/membershipMember"));
    called_done(&answer);
    root = got("/entities/alpha-1/adjacent/sanctions?limit=1&offset=1", 200, &answer);
    CHECK_TEXT("alpha-1-sanction-2", text_at(root, "results/0/id"));
    CHECK(!at(root, "results/1"));
    CHECK_TEXT("2", text_at(root, "total/value"));
    CHECK_TEXT("1", text_at(root, "limit"));
    called_done(&answer);
    root = got("/entities/alpha-1/adjacent/sanctions?sort=properties.program:asc", 200, &answer);
    CHECK_TEXT("Compasses", text_at(root, "results/0/caption"));
    called_done(&answer);
    root = got("/entities/alpha-1/adjacent/sanctions?sort=listingDate:desc", 200, &answer);
    CHECK_TEXT("Lanterns", text_at(root, "results/0/caption")); /* the other has no date, and stands last */
    called_done(&answer);
    root = got("/entities/beta-1/adjacent/ownershipAsset", 200, &answer);
    CHECK_TEXT("0", text_at(root, "total/value")); /* another record tells it */
    called_done(&answer);
    get("/entities/alpha-1/adjacent?limit=501", 400, &answer);
    called_done(&answer);
    called_stop(&service);
}

TEST(the_catalog_names_lists_and_collections) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/catalog", 200, &answer);
    CHECK_TEXT("alpha", text_at(root, "datasets/0/name"));
    CHECK_TEXT("0123456789abcdef", text_at(root, "datasets/0/version"));
    CHECK_TEXT("0123456789abcdef", text_at(root, "datasets/0/index_version"));
    CHECK_TEXT("true", text_at(root, "datasets/0/index_current"));
    CHECK_TEXT("2", text_at(root, "datasets/0/entity_count"));
    CHECK_TEXT("2023-11-14T22:13:20", text_at(root, "datasets/0/last_export"));
    CHECK_TEXT("static", text_at(root, "datasets/1/version"));
    CHECK_TEXT("3", text_at(root, "datasets/1/entity_count"));
    CHECK_TEXT("default", text_at(root, "datasets/2/name"));
    CHECK_TEXT("5", text_at(root, "datasets/2/entity_count"));
    CHECK_TEXT("beta", text_at(root, "datasets/2/children/1"));
    CHECK_TEXT("beta", text_at(root, "current/1"));
    CHECK_INT(0, at(root, "outdated")->count);
    CHECK_TEXT("false", text_at(root, "index_stale"));
    called_done(&answer);
    CHECK_TEXT("alpha", text_at(got("/manifest", 200, &answer), "datasets/0/name"));
    called_done(&answer);
    called_stop(&service);
}

TEST(algorithms_are_told_with_what_their_scores_are_made_of) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = got("/algorithms", 200, &answer);
    CHECK_TEXT("mizan-1", text_at(root, "algorithms/0/name"));
    CHECK_TEXT("mizan-1", text_at(root, "default"));
    CHECK_TEXT("mizan-1", text_at(root, "best"));
    CHECK_TEXT("another spelling in the same script", text_at(root, "algorithms/0/features/spelling/description"));
    CHECK_TEXT("logic-v2", text_at(root, "algorithms/3/docs/name"));
    CHECK_TEXT("mizan-1", text_at(root, "algorithms/3/algorithm"));
    called_done(&answer);
    called_stop(&service);
}

TEST(an_update_looks_for_a_newer_index) {
    called_answer answer;
    mz_error error;
    char path[128];
    called_start_with(&service, yente_image);
    called(&service, MZ_POST, "/updatez?sync=true", "", UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK_TEXT("{\"status\":\"ok\",\"new\":false}", called_body(&answer));
    called_done(&answer);
    snprintf(path, sizeof path, "%s/index.mzi", service.folder);
    CHECK_OK(yente_image(path, &error), error);
    called(&service, MZ_POST, "/updatez", "", UINT32_MAX, &answer);
    CHECK_TEXT("{\"status\":\"ok\",\"new\":true}", called_body(&answer));
    called_done(&answer);
    called(&service, MZ_POST, "/updatez?token=anything", "", 1u << MZ_RIGHT_SCREEN, &answer);
    CHECK_INT(403, answer.response.status);
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
