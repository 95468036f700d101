/* Which algorithms there are, in the words of yente's clients.
 *
 * Its own names are taken so that programs go on as they are; each is answered by the algorithm here that does the same
 * work, and says so. None gives yente's numbers: scores of two programs cannot be compared, and thresholds were set
 * with one of them. */
#include "base/error.h"
#include "base/shown.h"
#include "mizan/screen.h"
#include "server/yente.h"

static const mz_yente_algorithm algorithms[] = {
    {"mizan-1",
     "Names by sound and spelling in all scripts, by what their words are and how rare; then dates, countries, "
     "genders, places and identifiers.",
     MZ_ALGORITHM_MIZAN_1, false, false},
    {"exact", "Names that have the same words in normal form.", MZ_ALGORITHM_EXACT, false, false},
    {"ofac", "Names as the search of the US Treasury's portal compares them.", MZ_ALGORITHM_OFAC, false, false},
    {"logic-v2", "Another name of mizan-1, for programs that ask for it.", MZ_ALGORITHM_MIZAN_1, false, true},
    {"logic-v1", "Another name of mizan-1, for programs that ask for it.", MZ_ALGORITHM_MIZAN_1, false, true},
    {"regression-v1", "Another name of mizan-1, for programs that ask for it.", MZ_ALGORITHM_MIZAN_1, false, true},
    {"name-qualified", "Another name of mizan-1, for programs that ask for it.", MZ_ALGORITHM_MIZAN_1, false, true},
    {"name-based", "mizan-1 by the names alone: all else that a query says is set aside.", MZ_ALGORITHM_MIZAN_1, true,
     true},
};

const mz_yente_algorithm *mz_yente_algorithm_at(size_t number) {
    return number < sizeof algorithms / sizeof *algorithms ? &algorithms[number] : NULL;
}

static mz_str trimmed(mz_str text) {
    while (text.size && text.data[0] == ' ') text = (mz_str){text.data + 1, text.size - 1};
    while (text.size && text.data[text.size - 1] == ' ') text.size--;
    return text;
}

static bool alike(mz_str text, const char *word) {
    size_t k = 0;
    for (; k < text.size && word[k]; k++) {
        char c = text.data[k];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c) != word[k]) return false;
    }
    return k == text.size && !word[k];
}

mz_status mz_yente_algorithm_find(mz_str name, mz_arena *arena, const mz_yente_algorithm **ret_algorithm,
                                  mz_error *error) {
    mz_str names = {"", 0};
    *ret_algorithm = &algorithms[0];
    name = trimmed(name);
    if (!name.size || alike(name, "best")) return MZ_OK;
    for (size_t a = 0; a < sizeof algorithms / sizeof *algorithms; a++) {
        *ret_algorithm = &algorithms[a];
        if (alike(name, algorithms[a].name)) return MZ_OK;
        names = mz_arena_print(arena, "%.*s%s%s", (int)names.size, names.data, a ? ", " : "", algorithms[a].name);
    }
    return mz_fail(error, MZ_ERR_ARGUMENT, "there is no algorithm “%.*s”; there are best, %.*s", mz_shown(name),
                   name.data, (int)names.size, names.data);
}

/* ---- what scores are made of ---- */

static const char *const rule_descriptions[MZ_RULE_COUNT] = {
    [MZ_RULE_SAME] = "the same word in normal form",
    [MZ_RULE_SPELLING] = "another spelling in the same script",
    [MZ_RULE_SCRIPT] = "the same sound in another script",
    [MZ_RULE_JOINED] = "words written together on one side",
    [MZ_RULE_INITIAL] = "an initial for a word",
    [MZ_RULE_EQUIVALENT] = "a nickname, an abbreviation or a translation that is known",
    [MZ_RULE_LEGAL_FORM] = "legal forms that agree or differ",
    [MZ_RULE_NUMBER] = "numbers in names that agree or differ",
    [MZ_RULE_MISSING] = "a word of the query that the listed name lacks",
    [MZ_RULE_EXTRA] = "a word of the listed name that the query lacks",
    [MZ_RULE_DIFFERENT] = "words that contradict each other",
    [MZ_RULE_ORDER] = "the words stand in another order",
    [MZ_RULE_WEAK_ALIAS] = "the listed name is one that its list calls weak",
    [MZ_RULE_DATE] = "dates of birth, death, incorporation or building",
    [MZ_RULE_COUNTRY] = "nationality, country or flag",
    [MZ_RULE_GENDER] = "gender",
    [MZ_RULE_PLACE] = "places of birth",
    [MZ_RULE_ADDRESS] = "addresses",
    [MZ_RULE_IDENTIFIER] = "the number of a document, a registration or a ship",
};

void mz_yente_write_features(mz_json *json) {
    mz_json_object(json);
    for (unsigned r = 0; r < MZ_RULE_COUNT; r++) {
        mz_json_key(json, mz_rule_name((mz_rule)r));
        mz_json_object(json);
        mz_json_pair(json, "description", mz_str_of(rule_descriptions[r]));
        mz_json_key(json, "coefficient"); /* points add up to the score as they are */
        mz_json_fixed(json, 1, 1);
        mz_json_pair(json, "url", MZ_STR("/algorithms"));
        mz_json_object_end(json);
    }
    mz_json_object_end(json);
}

static void write_algorithm(mz_json *json, const mz_yente_algorithm *algorithm) {
    mz_json_object(json);
    mz_json_pair(json, "name", mz_str_of(algorithm->name));
    mz_json_pair(json, "description", mz_str_of(algorithm->description));
    mz_json_pair(json, "algorithm", mz_str_of(mz_algorithm_name(algorithm->algorithm)));
    mz_json_key(json, "features");
    mz_yente_write_features(json);
    mz_json_key(json, "docs");
    mz_json_object(json);
    mz_json_pair(json, "name", mz_str_of(algorithm->name));
    mz_json_pair(json, "description", mz_str_of(algorithm->description));
    mz_json_key(json, "config");
    mz_json_object(json);
    mz_json_object_end(json);
    mz_json_key(json, "features");
    mz_yente_write_features(json);
    mz_json_object_end(json);
    mz_json_object_end(json);
}

mz_status mz_yente_algorithms(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    (void)request;
    (void)error;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "algorithms");
    mz_json_array(&json);
    for (size_t a = 0; mz_yente_algorithm_at(a); a++) write_algorithm(&json, mz_yente_algorithm_at(a));
    mz_json_array_end(&json);
    mz_json_pair(&json, "default", mz_str_of(algorithms[0].name));
    mz_json_pair(&json, "best", mz_str_of(algorithms[0].name));
    mz_json_object_end(&json);
    return MZ_OK;
}
