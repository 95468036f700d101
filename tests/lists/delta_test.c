/* What the store says of the difference between two versions of a list. */
#include "mizan/store.h"

#include "base/buffer.h"
#include "line_list.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(differences_are_told_by_field) {
    static const struct {
        const char *what, *from, *to, *diff;
    } cases[] = {
        {"nothing but its place", "a1|Person|Amina Tazi\n", "\n\na1|Person|Amina Tazi\n", ""},
        {"a value added", "a1|Person|Amina Tazi\n", "a1|Person|Amina Tazi|birthDate=1970\n",
         "~tl-a1 Person.birthDate(>1970)\n"},
        {"a value taken away", "a1|Person|Amina Tazi|birthDate=1970\n", "a1|Person|Amina Tazi\n",
         "~tl-a1 Person.birthDate(1970>)\n"},
        {"a value changed", "a1|Person|Amina Tazi|birthDate=1970\n", "a1|Person|Amina Tazi|birthDate=1971\n",
         "~tl-a1 Person.birthDate(1970>1971)\n"},
        {"the same date in another spelling", "a1|Person|Amina Tazi|birthDate=1 May 1970\n",
         "a1|Person|Amina Tazi|birthDate=1970-05-01\n", ""},
        {"aliases in another order", "a1|Person|Amina Tazi|alias=Mina|alias=Nina\n",
         "a1|Person|Amina Tazi|alias=Nina|alias=Mina\n", ""},
        {"one alias of two", "a1|Person|Amina Tazi|alias=Mina|alias=Nina\n",
         "a1|Person|Amina Tazi|alias=Nina|alias=Rina\n", "~tl-a1 Person.alias(Mina>Rina)\n"},
        {"a weak alias that became a strong one", "a1|Person|Amina Tazi|weakAlias=Mina\n",
         "a1|Person|Amina Tazi|alias=Mina\n", "~tl-a1 Person.alias(>Mina) Person.weakAlias(Mina>)\n"},
        {"remarks broken into lines in another way", "a1|Person|Amina Tazi|notes=seen in Fes twice\n",
         "a1|Person|Amina Tazi|notes=seen in  Fes twice\n", ""},
        {"another schema", "a1|Person|Amina Tazi\n", "a1|Company|Amina Tazi\n",
         "~tl-a1 Person.name(Amina Tazi>) Company.name(>Amina Tazi)\n"},
        {"records in another order", "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\n",
         "a2|Person|Basma Idrissi\na1|Person|Amina Tazi\n", ""},
        {"a record more, a record less", "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\n",
         "a2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n", "+tl-a3\n-tl-a1\n"},
        {"attached entities in another order and with other numbers",
         "a1|Person|Amina Tazi\n+Address|x1|city=Fes\n+Address|x2|city=Taza\n",
         "a1|Person|Amina Tazi\n+Address|x1|city=Taza\n+Address|x2|city=Fes\n", ""},
        {"a field of an attached entity that kept its id",
         "a1|Person|Amina Tazi\n+Address|x1|city=Fes|country=ma\n+Address|x2|city=Taza|country=ma\n",
         "a1|Person|Amina Tazi\n+Address|x2|city=Tangier|country=ma\n+Address|x1|city=Fes|country=ma\n",
         "~tl-a1 Address.city(Taza>Tangier)\n"},
        {"a field of an attached entity that got another id", "a1|Person|Amina Tazi\n+Address|x1|city=Fes|country=ma\n",
         "a1|Person|Amina Tazi\n+Address|x9|city=Rabat|country=ma\n", "~tl-a1 Address.city(Fes>Rabat)\n"},
        {"an attached entity that came", "a1|Person|Amina Tazi\n", "a1|Person|Amina Tazi\n+Address|x1|city=Fes\n",
         "~tl-a1 Address.city(>Fes)\n"},
        {"an attached entity that went", "a1|Person|Amina Tazi\n+Passport|p1|number=K12\n", "a1|Person|Amina Tazi\n",
         "~tl-a1 Passport.number(K12>)\n"},
        {"the same values, dealt out differently",
         "a1|Person|Amina Tazi\n+Address|x1|city=Fes|street=One\n+Address|x2|city=Taza|street=Two\n",
         "a1|Person|Amina Tazi\n+Address|x3|city=Fes|street=Two\n+Address|x4|city=Taza|street=One\n",
         "~tl-a1 Address.street(>One) Address.street(>Two) Address.street(One>) Address.street(Two>) "
         "Address.city(>Fes) Address.city(>Taza) Address.city(Fes>) Address.city(Taza>)\n"},
        {"references inside the record, renumbered", "a1|Person|Amina Tazi\n+Sanction|s1|entity=tl-a1|program=P\n",
         "a1|Person|Amina Tazi\n+Sanction|s7|entity=tl-a1|program=P\n", ""},
        {"a reference to another record", "a1|Person|Amina Tazi\n+Ownership|o1|owner=tl-a1|asset=tl-c1|percentage=5\n",
         "a1|Person|Amina Tazi\n+Ownership|o1|owner=tl-a1|asset=tl-c2|percentage=5\n",
         "~tl-a1 Ownership.asset(tl-c1>tl-c2)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_list_store *store = store_with(cases[i].from);
        mz_list_version version;
        mz_error error = {0};
        char old[MZ_VERSION_SIZE];
        mz_test_case("%s", cases[i].what);
        memcpy(old, current_version(store).version, sizeof old);
        CHECK_OK(import_text(store, cases[i].to, &version, &error), error);
        if (strcmp(old, version.version) != 0) CHECK_TEXT(cases[i].diff, diff_text(store, NULL, NULL));
        mz_list_store_close(store);
    }
}

TEST(any_two_versions_can_be_compared) {
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    const char *third = "~tl-a1 Person.birthDate(1970>1971)\n+tl-a4\n-tl-a2\n";
    CHECK_INT(1, versions[2].added);
    CHECK_INT(1, versions[2].removed);
    CHECK_INT(1, versions[2].changed);
    CHECK_TEXT(third, diff_text(store, NULL, NULL));
    CHECK_TEXT(third, diff_text(store, versions[1].version, versions[2].version));
    CHECK_TEXT("~tl-a1 Person.birthDate(>1971)\n+tl-a4\n-tl-a2\n", diff_text(store, versions[0].version, NULL));
    CHECK_TEXT("~tl-a1 Person.birthDate(1971>)\n+tl-a2\n-tl-a4\n",
               diff_text(store, versions[2].version, versions[0].version));
    CHECK_TEXT("", diff_text(store, versions[1].version, versions[1].version));
    char prefix[8];
    (void)snprintf(prefix, sizeof prefix, "%.6s", versions[0].version);
    CHECK_TEXT("~tl-a1 Person.birthDate(>1970)\n", diff_text(store, prefix, versions[1].version));
    mz_list_store_close(store);
}

TEST(the_kept_delta_says_what_comparing_again_says) {
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    const char *kept = diff_text(store, versions[1].version, versions[2].version);
    CHECK(remove(version_file(store, versions[2].version, "delta.ndjson.zst")) == 0);
    CHECK_TEXT(kept, diff_text(store, versions[1].version, versions[2].version));
    mz_list_store_close(store);
}

TEST(a_version_is_named_by_its_first_digits) {
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    static const struct {
        const char *version, *complaint;
    } cases[] = {
        {"abc", "a version is named by the first digits"},
        {"xyz-", "a version is named by the first digits"},
        {"../../etc", "a version is named by the first digits"},
        {"00000000", "the list tl has no version 00000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].version);
        CHECK(strstr(diff_text(store, cases[i].version, NULL), cases[i].complaint) != NULL);
    }
    mz_list_store_close(store);
}

TEST(two_versions_with_the_same_first_digits_are_told_apart_by_more) {
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    char twin[MZ_VERSION_SIZE], prefix[MZ_VERSION_SIZE];
    memcpy(twin, versions[0].version, sizeof twin);
    twin[10] = twin[10] == '0' ? '1' : '0';
    CHECK(mkdir(version_file(store, twin, ""), 0700) == 0);
    (void)snprintf(prefix, sizeof prefix, "%.10s", twin);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_select(store, "tl", prefix, &error));
    CHECK(strstr(error.text, "give more digits") != NULL);
    (void)snprintf(prefix, sizeof prefix, "%.11s", versions[0].version);
    CHECK_OK(mz_list_store_select(store, "tl", prefix, &error), error);
    mz_list_store_close(store);
}

TEST(the_first_version_has_none_before_it) {
    mz_list_store *store = store_with(editions[0]);
    CHECK(strstr(diff_text(store, NULL, NULL), "is the first: there is none to compare it with") != NULL);
    mz_list_store_close(store);
}

TEST_MAIN()
