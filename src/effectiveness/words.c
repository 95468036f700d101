#include "effectiveness/words.h"

#include "base/fill.h"

#include <stdio.h>
#include <string.h>

static const char *const texts[MZ_SAY_COUNT][3] = {
#define MZ_X(name, english, french, arabic)                                                                            \
    [MZ_SAY_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
    MZ_EFFECT_WORDS(MZ_X)
#undef MZ_X
};

const char *mz_effect_text(mz_effect_word word, mz_language language) {
    return texts[word][language];
}

void mz_effect_say(mz_buffer *out, mz_language language, mz_effect_word word, const char *const *values) {
    mz_fill(out, texts[word][language], values);
}

/* ---- numbers ---- */

const char *mz_effect_count(uint64_t count, mz_language language, char *text) {
    char digits[24];
    const char *separator = language == MZ_ENGLISH ? "," : "\u202F";
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    size_t put = 0, width = strlen(separator);
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0) {
            memcpy(text + put, separator, width);
            put += width;
        }
        text[put++] = digits[i];
    }
    text[put] = '\0';
    return text;
}

/* Without printf's decimals, which are those of the locale. */
const char *mz_effect_decimal(double number, int decimals, mz_language language, char *text) {
    uint64_t unit = 1;
    for (int i = 0; i < decimals; i++) unit *= 10;
    bool negative = number < 0;
    if (negative) number = -number;
    if (number > 1e9) number = 1e9;
    uint64_t whole = (uint64_t)(number * (double)unit + 0.5);
    const char *sign = negative && whole ? "\u2212" : "";
    if (decimals)
        (void)snprintf(text, MZ_NUMBER_TEXT_SIZE, "%s%llu%c%0*llu", sign, (unsigned long long)(whole / unit),
                       language == MZ_ENGLISH ? '.' : ',', decimals, (unsigned long long)(whole % unit));
    else
        (void)snprintf(text, MZ_NUMBER_TEXT_SIZE, "%s%llu", sign, (unsigned long long)whole);
    return text;
}

const char *mz_effect_percent(double share, mz_language language, char *text) {
    double percent = share * 100;
    if (percent < 100 && percent > 99.9) percent = 99.9;
    if (percent > 0 && percent < 0.1) percent = 0.1;
    (void)mz_effect_decimal(percent, 1, language, text);
    memcpy(text + strlen(text), "\u00A0%", sizeof "\u00A0%");
    return text;
}

/* ---- scripts and schemata ---- */

typedef struct called {
    const char *name, *texts[3];
} called;

static const called scripts[] = {
    {"Latin", {"Latin", "latine", "اللاتينية"}},
    {"Arabic", {"Arabic", "arabe", "العربية"}},
    {"Cyrillic", {"Cyrillic", "cyrillique", "السيريلية"}},
    {"Greek", {"Greek", "grecque", "اليونانية"}},
    {"Hebrew", {"Hebrew", "hébraïque", "العبرية"}},
    {"Han", {"Chinese", "chinoise", "الصينية"}},
    {"Hangul", {"Korean", "coréenne", "الكورية"}},
    {"Kana", {"Japanese (kana)", "japonaise (kana)", "اليابانية (كانا)"}},
    {"Armenian", {"Armenian", "arménienne", "الأرمنية"}},
    {"Georgian", {"Georgian", "géorgienne", "الجورجية"}},
    {"Thai", {"Thai", "thaïe", "التايلندية"}},
    {"Burmese", {"Burmese", "birmane", "البورمية"}},
    {"Devanagari", {"Devanagari", "devanagari", "الديفاناغارية"}},
    {"Bengali", {"Bengali", "bengali", "البنغالية"}},
    {"Ethiopic", {"Ethiopic", "éthiopienne", "الإثيوبية"}},
    {"Tifinagh", {"Tifinagh", "tifinagh", "تيفيناغ"}},
};

static const called schemata[] = {
    {"Person", {"person", "personne", "شخص"}},
    {"Organization", {"organization", "organisation", "منظمة"}},
    {"Company", {"company", "société", "شركة"}},
    {"PublicBody", {"public body", "organisme public", "هيئة عمومية"}},
    {"LegalEntity", {"person or organization", "personne ou organisation", "شخص أو منظمة"}},
    {"Vessel", {"ship", "navire", "سفينة"}},
    {"Airplane", {"aircraft", "aéronef", "طائرة"}},
    {"Vehicle", {"vehicle", "véhicule", "مركبة"}},
    {"Thing", {"not said", "non précisé", "غير محدد"}},
};

static const char *find(const called *all, size_t count, mz_str name, mz_language language) {
    for (size_t i = 0; i < count; i++)
        if (mz_str_equal(name, mz_str_of(all[i].name))) return all[i].texts[language];
    return NULL;
}

const char *mz_effect_script(mz_str name, mz_language language) {
    return find(scripts, sizeof scripts / sizeof scripts[0], name, language);
}

const char *mz_effect_schema(mz_str name, mz_language language) {
    return find(schemata, sizeof schemata / sizeof schemata[0], name, language);
}
