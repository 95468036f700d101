#include "reports/words.h"

#include "base/fill.h"
#include "entity/property_words.h"

#define IN_THREE(english, french, arabic)                                                                              \
    { [MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic }

const char *mz_report_text(mz_report_word word, mz_language language) {
    static const char *const texts[MZ_WORD_COUNT][3] = {
#define MZ_X(name, english, french, arabic) [MZ_WORD_##name] = IN_THREE(english, french, arabic),
        MZ_REPORT_WORDS(MZ_X)
#undef MZ_X
    };
    return texts[word][language];
}

void mz_report_say(mz_buffer *out, mz_language language, mz_report_word word, const char *const *values) {
    mz_fill(out, mz_report_text(word, language), values);
}

const char *mz_report_property(mz_property property, mz_language language) {
    static const char *const texts[MZ_PROPERTY_COUNT][3] = {
#define MZ_X(name, english, french, arabic) [MZ_PROP_##name] = IN_THREE(english, french, arabic),
        MZ_PROPERTY_WORDS(MZ_X)
#undef MZ_X
    };
    return texts[property][language];
}

const char *mz_report_schema(mz_schema schema, mz_language language) {
    static const char *const texts[MZ_SCHEMA_COUNT][3] = {
#define MZ_X(name, english, french, arabic) [MZ_SCHEMA_##name] = IN_THREE(english, french, arabic),
        MZ_SCHEMA_WORDS(MZ_X)
#undef MZ_X
    };
    return texts[schema][language] ? texts[schema][language] : mz_schema_name(schema);
}

const char *mz_report_rule(mz_rule rule, mz_language language) {
    static const char *const texts[MZ_RULE_COUNT][3] = {
#define MZ_X(name, english, french, arabic) [MZ_RULE_##name] = IN_THREE(english, french, arabic),
        MZ_RULE_WORDS(MZ_X)
#undef MZ_X
    };
    return texts[rule][language];
}

static const char *const codes[] = {[MZ_ENGLISH] = "en", [MZ_FRENCH] = "fr", [MZ_ARABIC] = "ar"};

const char *mz_report_language_code(mz_language language) {
    return codes[language];
}

bool mz_report_language_of(mz_str code, mz_language *ret_language) {
    for (unsigned k = 0; k < sizeof codes / sizeof *codes; k++)
        if (mz_str_equal(code, mz_str_of(codes[k]))) {
            *ret_language = (mz_language)k;
            return true;
        }
    return false;
}

mz_str mz_report_word_of(mz_str word, mz_language language) {
    static const struct {
        const char *word, *texts[3];
    } table[] = {
#define MZ_X(word, english, french, arabic) {word, IN_THREE(english, french, arabic)},
        MZ_CASEWORK_WORDS(MZ_X)
#undef MZ_X
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (mz_str_equal(word, mz_str_of(table[k].word))) return mz_str_of(table[k].texts[language]);
    return word;
}
