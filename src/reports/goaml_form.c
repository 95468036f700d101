#include "reports/goaml_form.h"

#include "base/ascii.h"
#include "base/fill.h"
#include "reports/goaml_code_words.h"
#include "reports/goaml_settings.h"

#include <stdio.h>

#define IN_THREE(english, french, arabic)                                                                              \
    { [MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic }

/* ---- what codes mean ---- */

/* An indicator that has no words of its own is told by what it belongs to: "Drugs 3". */
static mz_str family_title(mz_str code, mz_language language, char *out, size_t size) {
    static const struct {
        const char *begins, *titles[3];
    } families[] = {
#define MZ_X(begins, english, french, arabic) {begins, IN_THREE(english, french, arabic)},
        MZ_GOAML_INDICATOR_FAMILIES(MZ_X)
#undef MZ_X
    };
    size_t letters = 0, digits;
    while (letters < code.size && mz_is_letter(code.data[letters])) letters++;
    for (digits = letters; digits < code.size && mz_is_digit(code.data[digits]);) digits++;
    size_t from = letters;
    while (from + 1 < digits && code.data[from] == '0') from++;
    if (digits != code.size || digits == letters) return (mz_str){"", 0};
    for (size_t k = 0; k < sizeof families / sizeof *families; k++)
        if (mz_str_equal(mz_str_of(families[k].begins), (mz_str){code.data, letters})) {
            int written = snprintf(out, size, "%s, %.*s", families[k].titles[language], (int)(code.size - from),
                                   code.data + from);
            return (mz_str){out, written > 0 && (size_t)written < size ? (size_t)written : 0};
        }
    return (mz_str){"", 0};
}

/* The agency's own word for its own code; empty: none. */
static mz_str own_title(const mz_goaml_rules *rules, const char *type, mz_str code) {
    const mz_json_value *own = mz_json_member(rules->codes, type);
    for (const mz_json_value *each = own ? own->child : NULL; each; each = each->next) {
        if (each->kind != MZ_JSON_OBJECT) continue;
        const mz_json_value *named = mz_json_member(each, "code"), *title = mz_json_member(each, "title");
        if (named && title && mz_str_equal(named->text, code)) return title->text;
    }
    return (mz_str){"", 0};
}

static mz_str country_title(mz_str code, mz_language language) {
    char small[2];
    if (code.size != 2) return (mz_str){"", 0};
    for (int k = 0; k < 2; k++)
        small[k] = (char)(code.data[k] >= 'A' && code.data[k] <= 'Z' ? code.data[k] - 'A' + 'a' : code.data[k]);
    const char *name = mz_country_name((mz_str){small, 2}, language);
    return mz_str_of(name ? name : "");
}

static mz_str title_of(const mz_goaml_rules *rules, const char *type, mz_str code, mz_language language, char *out,
                       size_t size) {
    static const struct {
        const char *type, *code, *titles[3];
    } words[] = {
#define MZ_X(type, code, english, french, arabic) {type, code, IN_THREE(english, french, arabic)},
        MZ_GOAML_CODE_WORDS(MZ_X)
#undef MZ_X
    };
    mz_str title = own_title(rules, type, code);
    for (size_t k = 0; !title.size && k < sizeof words / sizeof *words; k++)
        if (strcmp(words[k].type, type) == 0 && mz_str_equal(mz_str_of(words[k].code), code))
            title = mz_str_of(words[k].titles[language]);
    if (title.size) return title;
    if (strcmp(type, "country_type") == 0) return country_title(code, language);
    if (strcmp(type, "report_indicator_type") == 0) return family_title(code, language, out, size);
    return title;
}

static void put_codes(const mz_goaml_rules *rules, const char *type, mz_language language, mz_json *json) {
    mz_str code;
    char room[128];
    mz_json_key(json, type);
    mz_json_array(json);
    for (size_t at = 0; mz_goaml_next_code(rules, type, &at, &code);) {
        mz_str title = title_of(rules, type, code, language, room, sizeof room);
        mz_json_object(json);
        mz_json_pair(json, "code", code);
        if (title.size) mz_json_pair(json, "title", title);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

/* ---- fields ---- */

static const char *const kinds[] = {
    [MZ_GOAML_TEXT] = "text",   [MZ_GOAML_NAME] = "name",   [MZ_GOAML_CODE] = "code",
    [MZ_GOAML_DATE] = "date",   [MZ_GOAML_WHOLE] = "whole", [MZ_GOAML_TRUTH] = "truth",
    [MZ_GOAML_FIXED] = "fixed", [MZ_GOAML_EMAIL] = "email", [MZ_GOAML_TYPE] = "group",
};

/* A few types in a few levels: the schema's depth is that of its tables. */
static void put_fields(const mz_goaml_rules *rules, const mz_goaml_type *type, mz_language language, mz_json *json) {
    mz_json_key(json, "fields");
    mz_json_array(json);
    for (size_t k = 0; k < type->count; k++) {
        const mz_goaml_field *field = &type->fields[k];
        if (field->since > rules->supports) continue;
        mz_json_object(json);
        mz_json_pair(json, "name", mz_str_of(field->name));
        mz_json_pair(json, "label", mz_str_of(mz_goaml_label(field->name, language)));
        mz_json_pair(json, "kind", mz_str_of(kinds[field->kind]));
        if (field->required) mz_json_pair_bool(json, "required", true);
        if (field->item || field->times) mz_json_pair_bool(json, "many", true);
        if (field->choice) mz_json_pair_bool(json, "either", true);
        if (type == &mz_goaml_report_type && mz_goaml_is_of_case(field->name)) mz_json_pair_bool(json, "of_case", true);
        if (field->kind == MZ_GOAML_TEXT || field->kind == MZ_GOAML_NAME)
            mz_json_pair_int(json, "letters_most", field->most);
        if (field->kind == MZ_GOAML_CODE) mz_json_pair(json, "codes", mz_str_of(field->codes));
        if (field->kind == MZ_GOAML_TYPE) put_fields(rules, field->type, language, json);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

void mz_goaml_form_write(const mz_goaml_rules *rules, mz_language language, mz_json *json) {
    const char *type;
    mz_json_object(json);
    put_fields(rules, &mz_goaml_report_type, language, json);
    mz_json_key(json, "codes");
    mz_json_object(json);
    for (size_t k = 0; (type = mz_goaml_code_type(k)); k++) put_codes(rules, type, language, json);
    mz_json_object_end(json);
    mz_json_object_end(json);
}

/* ---- what is wrong ---- */

static const char *wanted(const mz_goaml_field *field, mz_language language) {
    static const char *const texts[][3] = {
        [MZ_GOAML_TEXT] = IN_THREE("a text", "un texte", "نص"),
        [MZ_GOAML_NAME] =
            IN_THREE("Latin letters without marks", "lettres latines sans accents", "حروف لاتينية دون علامات"),
        [MZ_GOAML_CODE] = IN_THREE("one of the list", "un choix de la liste", "اختيار من القائمة"),
        [MZ_GOAML_DATE] = IN_THREE("a day from 1753 on", "un jour, à partir de 1753", "يوم من سنة 1753 فما بعد"),
        [MZ_GOAML_WHOLE] = IN_THREE("a whole number", "un nombre entier", "عدد صحيح"),
        [MZ_GOAML_TRUTH] = IN_THREE("yes or no", "oui ou non", "نعم أو لا"),
        [MZ_GOAML_FIXED] = IN_THREE("yes", "oui", "نعم"),
        [MZ_GOAML_EMAIL] = IN_THREE("an e-mail address", "une adresse électronique", "عنوان بريد إلكتروني"),
        [MZ_GOAML_TYPE] = IN_THREE("what is in it", "ce qui en fait partie", "ما يندرج تحته"),
    };
    return texts[field ? field->kind : MZ_GOAML_TEXT][language];
}

void mz_goaml_say(const mz_goaml_gap *gap, mz_language language, mz_buffer *out) {
    static const char *const texts[MZ_GOAML_PROBLEM_COUNT][3] = {
        [MZ_GOAML_IS_MISSING] = IN_THREE("", "À renseigner : {0}.", "يجب ملؤه: {0}."),
        [MZ_GOAML_IS_TOO_LONG] = IN_THREE("", "Trop long : {1} lettres au plus.", "طويل جدًا: {1} حرفًا على الأكثر."),
        [MZ_GOAML_IS_LETTERS] = IN_THREE("", "Des caractères ne sont pas admis ici. Attendu : {0}.",
                                         "فيه حروف غير مقبولة هنا. المطلوب: {0}."),
        [MZ_GOAML_IS_NO_CODE] =
            IN_THREE("", "Ce code n’est pas dans la liste de la cellule.", "هذا الرمز ليس في قائمة الوحدة."),
        [MZ_GOAML_IS_FORM] = IN_THREE("", "Ce n’est pas la forme attendue : {0}.", "ليس على الصيغة المطلوبة: {0}."),
        [MZ_GOAML_IS_UNKNOWN] = IN_THREE("", "Le schéma n’a pas cet élément.", "لا يوجد هذا العنصر في المخطط."),
        [MZ_GOAML_IS_UNSUPPORTED] = IN_THREE(
            "", "L’installation de la cellule ne le prend pas : à laisser vide, ou à dire dans les commentaires.",
            "لا تقبله منظومة الوحدة: يُترك فارغًا أو يُقال في الملاحظات."),
        [MZ_GOAML_IS_TOO_MANY] = IN_THREE("", "Il y en a trop.", "أكثر مما يُقبل."),
        [MZ_GOAML_IS_TYPE] = IN_THREE("", "Attendu : {0}.", "المطلوب: {0}."),
    };
    char most[16];
    (void)snprintf(most, sizeof most, "%u", gap->field ? gap->field->most : 0);
    const char *const values[] = {wanted(gap->field, language), most, NULL};
    if (language == MZ_ENGLISH)
        mz_buffer_str(out, gap->says);
    else
        mz_fill(out, texts[gap->problem][language], values);
}
