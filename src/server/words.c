/* GET /api/v1/words/{family}: what words of the service are called, in three languages. The kinds of entries of the
 * audit chain, the ways of changing a name of the supervisor's test, the properties of entities: there are many, and
 * new ones come with the program, so the pages ask for those of the language that they are read in. */
#include "reports/words.h"
#include "base/error.h"
#include "base/shown.h"
#include "mizan/effectiveness.h"
#include "server/api.h"
#include "server/audit_words.h"
#include "server/tables.h"

static void put(mz_json *json, const char *word, const char *title) {
    mz_json_object(json);
    mz_json_pair(json, "word", mz_str_of(word));
    mz_json_pair(json, "title", mz_str_of(title));
    mz_json_object_end(json);
}

static void put_audit(mz_json *json, mz_language language) {
    static const struct {
        const char *word, *titles[3];
    } table[] = {
#define MZ_X(word, english, french, arabic)                                                                            \
    {word, {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic}},
        MZ_AUDIT_WORDS(MZ_X)
#undef MZ_X
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) put(json, table[k].word, table[k].titles[language]);
}

static void put_effectiveness(mz_json *json, mz_language language) {
    const mz_change_class *class;
    for (size_t k = 0; (class = mz_change_class_of(k)); k++) put(json, class->name, class->title[language]);
}

static void put_properties(mz_json *json, mz_language language) {
    for (int p = 0; p < MZ_PROPERTY_COUNT; p++)
        put(json, mz_property_name((mz_property)p), mz_report_property((mz_property)p, language));
}

static mz_status words(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    static const struct {
        mz_str name;
        void (*put)(mz_json *json, mz_language language);
    } families[] = {{MZ_STR_INIT("audit"), put_audit},
                    {MZ_STR_INIT("effectiveness"), put_effectiveness},
                    {MZ_STR_INIT("properties"), put_properties}};
    mz_str family = mz_request_place(request, "family");
    mz_language language;
    mz_json json;
    size_t k = 0;
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_api_language(request, &language, error);
    if (status) return status;
    while (k < sizeof families / sizeof *families && !mz_str_equal(families[k].name, family)) k++;
    if (k == sizeof families / sizeof *families)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "there are no words of “%.*s”: audit, effectiveness or properties",
                       mz_shown(family), family.data);
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "words");
    mz_json_array(&json);
    families[k].put(&json, language);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_response_header(response, MZ_STR("Vary"), MZ_STR("Accept-Language"));
    mz_response_header(response, MZ_STR("Content-Language"), mz_str_of(mz_report_language_code(language)));
    return MZ_OK;
}

static const mz_route routes[] = {{.method = MZ_GET, .path = "/api/v1/words/{family}", .handle = words}};
const mz_routes mz_word_routes = {routes, sizeof routes / sizeof *routes};
