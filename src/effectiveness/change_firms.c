/* What is particular to firms and ships: legal forms, words that are abbreviated, ampersands, marks of ships, numbers;
 * and, of persons, what is known beside the name. */
#include "effectiveness/change.h"

#include <stdio.h>
#include <string.h>

/* ---- legal forms ---- */

/* A form as it is abbreviated, written out, and another one of the same country that is confused with it. */
typedef struct legal_form {
    const char *brief, *whole, *other;
} legal_form;

static const legal_form forms[] = {
    {"LTD", "Limited", "LLC"},
    {"LLC", "Limited Liability Company", "Ltd"},
    {"INC", "Incorporated", "Corp"},
    {"CORP", "Corporation", "Inc"},
    {"CO", "Company", "Corp"},
    {"PLC", "Public Limited Company", "Ltd"},
    {"SARL", "Société à responsabilité limitée", "SA"},
    {"SA", "Société anonyme", "SARL"},
    {"SAS", "Société par actions simplifiée", "SARL"},
    {"SPA", "Società per azioni", "SRL"},
    {"SRL", "Società a responsabilità limitata", "SPA"},
    {"GMBH", "Gesellschaft mit beschränkter Haftung", "AG"},
    {"AG", "Aktiengesellschaft", "GmbH"},
    {"BV", "Besloten vennootschap", "NV"},
    {"NV", "Naamloze vennootschap", "BV"},
    {"JSC", "Joint Stock Company", "LLC"},
    {"PJSC", "Public Joint Stock Company", "JSC"},
    {"OJSC", "Open Joint Stock Company", "JSC"},
    {"OOO", "Obshchestvo s ogranichennoy otvetstvennostyu", "AO"},
    {"AO", "Aktsionernoye obshchestvo", "OOO"},
    {"FZE", "Free Zone Establishment", "FZCO"},
    {"FZCO", "Free Zone Company", "FZE"},
    {"EST", "Establishment", "Co"},
    {"PTE", "Private", "Ltd"},
    {"PVT", "Private", "Ltd"},
    {"ООО", "Общество с ограниченной ответственностью", "АО"},
    {"АО", "Акционерное общество", "ООО"},
    {"ПАО", "Публичное акционерное общество", "АО"},
    {"ОАО", "Открытое акционерное общество", "ООО"},
    {"ЗАО", "Закрытое акционерное общество", "ООО"},
    {"ش.م.م", "شركة ذات مسؤولية محدودة", "ش.م.ل"},
    {"ش.ذ.م.م", "شركة ذات مسؤولية محدودة", "ش.م"},
};

static bool is_punctuation(uint32_t letter) {
    return letter == '.' || letter == ',' || letter == '(' || letter == ')';
}

/* Whether a word is this text, but for capitals, dots, commas and brackets. */
static bool word_is(const mz_change *change, mz_span word, const char *text) {
    size_t at = word.from, offset = 0;
    for (uint32_t letter; mz_utf8_next(mz_str_of(text), &offset, &letter);) {
        if (letter == '.') continue;
        while (at < word.to && is_punctuation(change->letters[at])) at++;
        if (at == word.to || mz_letter_lower(change->letters[at++]) != mz_letter_lower(letter)) return false;
    }
    while (at < word.to && is_punctuation(change->letters[at])) at++;
    return at == word.to;
}

/* Whether the words spell from the first on a text of one or more words; *ret_count how many. */
static bool words_are(const mz_change *change, const mz_span *words, size_t count, const char *text,
                      size_t *ret_count) {
    size_t used = 0;
    while (*text) {
        char word[96];
        size_t size = strcspn(text, " ");
        if (used == count || size >= sizeof word) return false;
        memcpy(word, text, size);
        word[size] = '\0';
        if (!word_is(change, words[used++], word)) return false;
        text += size;
        while (*text == ' ') text++;
    }
    *ret_count = used;
    return true;
}

typedef struct found_form {
    const legal_form *form;
    mz_span span;
    size_t end, used; /* in words */
    bool whole;       /* in whole words, not abbreviated */
} found_form;

/* The last legal form of the name, and of those that end there the longest: "Limited Liability Company" is not
 * "Company". A name that is nothing but a form has none. */
static bool find_form(const mz_change *change, found_form *ret_found) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), used;
    *ret_found = (found_form){NULL, {0, 0}, 0, 0, false};
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < 2 * sizeof forms / sizeof forms[0]; f++) {
            const legal_form *form = &forms[f / 2];
            if (!words_are(change, words + i, count - i, f % 2 ? form->whole : form->brief, &used)) continue;
            bool better = i + used > ret_found->end || (i + used == ret_found->end && used > ret_found->used);
            if (used == count || !better) continue;
            *ret_found = (found_form){form, {words[i].from, words[i + used - 1].to}, i + used, used, f % 2};
        }
    return ret_found->form != NULL;
}

static bool parts_from_form(uint32_t letter) {
    return letter == ' ' || letter == ',' || letter == '(';
}

bool mz_change_form_lost(mz_change *change) {
    found_form found;
    if (!find_form(change, &found)) return false;
    mz_span span = found.span;
    while (span.from && parts_from_form(change->letters[span.from - 1])) span.from--;
    while (!span.from && span.to < change->size && change->letters[span.to] == ' ') span.to++;
    mz_change_put(change, span, "");
    return change->size > 0;
}

bool mz_change_form_other(mz_change *change) {
    found_form found;
    if (!find_form(change, &found)) return false;
    mz_change_put(change, found.span, found.form->other);
    return true;
}

/* Written out where it was abbreviated, and the other way round. */
bool mz_change_form_written(mz_change *change) {
    found_form found;
    if (!find_form(change, &found)) return false;
    mz_change_put(change, found.span, found.whole ? found.form->brief : found.form->whole);
    return true;
}

/* ---- words common to firms ---- */

static const char *const abbreviated[][2] = {
    {"International", "Intl"}, {"Company", "Co."},        {"Corporation", "Corp."},    {"Industries", "Ind."},
    {"Industrial", "Ind."},    {"Trading", "Trdg"},       {"General", "Gen."},         {"Services", "Svcs"},
    {"Engineering", "Eng."},   {"Manufacturing", "Mfg"},  {"Construction", "Constr."}, {"Shipping", "Shpg"},
    {"Brothers", "Bros"},      {"Limited", "Ltd"},        {"National", "Natl"},        {"University", "Univ."},
    {"Institute", "Inst."},    {"Association", "Assoc."}, {"Foundation", "Fdn"},       {"Organization", "Org."},
    {"Management", "Mgmt"},    {"Development", "Dev."},   {"Technology", "Tech."},     {"Technologies", "Tech."},
    {"Group", "Grp"},          {"Société", "Sté"},        {"Établissements", "Éts"},   {"Compagnie", "Cie"},
    {"Department", "Dept"},    {"Ministry", "Min."},      {"Holding", "Hldg"},         {"Exchange", "Exch."},
};

bool mz_change_word_abbreviated(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof abbreviated / sizeof abbreviated[0]; k++) {
            if (!word_is(change, words[i], abbreviated[k][0])) continue;
            mz_change_put(change, words[i], abbreviated[k][1]);
            return true;
        }
    return false;
}

/* And for an ampersand, and the other way round. */
bool mz_change_ampersand(mz_change *change) {
    static const char *const ands[] = {"and", "et", "und", "y"};
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    for (size_t i = 1; i + 1 < count; i++) {
        bool sign = words[i].to - words[i].from == 1 && change->letters[words[i].from] == '&', word = false;
        for (size_t k = 0; k < sizeof ands / sizeof ands[0]; k++) word = word || word_is(change, words[i], ands[k]);
        if (!sign && !word) continue;
        mz_change_put(change, words[i], sign ? "and" : "&");
        return true;
    }
    return false;
}

/* ---- ships, and numbers ---- */

bool mz_change_ship_mark(mz_change *change) {
    static const char *const marks[] = {"M/V ", "MT ", "MV ", "M/T ", "SS "};
    mz_change_put(change, (mz_span){0, 0}, marks[mz_change_random(change, 5)]);
    return true;
}

static const char *const numbers[][3] = {
    {"1", "I", "One"},  {"2", "II", "Two"},    {"3", "III", "Three"},  {"4", "IV", "Four"}, {"5", "V", "Five"},
    {"6", "VI", "Six"}, {"7", "VII", "Seven"}, {"8", "VIII", "Eight"}, {"9", "IX", "Nine"}, {"10", "X", "Ten"},
};

/* A number behind another word, in another of its three writings. */
bool mz_change_number_written(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
            for (size_t w = 0; w < 3; w++) {
                if (!word_is(change, words[i], numbers[k][w])) continue;
                mz_change_put(change, words[i], numbers[k][(w + 1 + mz_change_random(change, 2)) % 3]);
                return true;
            }
    return false;
}

/* ---- what is known beside the name ---- */

/* The birth date of whom we ask for, of at least this precision. */
static bool born(const mz_change *change, bool day, int *year, int *month, int *in_month) {
    char text[16];
    mz_str date = change->of->birth_date;
    if (date.size != 4 && date.size != 10) return false;
    if (day && date.size != 10) return false;
    memcpy(text, date.data, date.size);
    text[date.size] = '\0';
    *month = *in_month = 0;
    int read = sscanf(text, "%4d-%2d-%2d", year, month, in_month);
    return read == (date.size == 10 ? 3 : 1);
}

bool mz_change_with_birth_date(mz_change *change) {
    mz_str date = change->of->birth_date;
    if (!date.size || date.size >= sizeof change->birth_date) return false;
    memcpy(change->birth_date, date.data, date.size);
    change->birth_date[date.size] = '\0';
    return true;
}

bool mz_change_day_month_exchanged(mz_change *change) {
    int year, month, day;
    if (!born(change, true, &year, &month, &day) || day > 12 || day == month) return false;
    (void)snprintf(change->birth_date, sizeof change->birth_date, "%04d-%02d-%02d", year % 10000, day % 100,
                   month % 100);
    return true;
}

bool mz_change_birth_year(mz_change *change) {
    int year, month, day;
    if (!born(change, true, &year, &month, &day)) return false;
    (void)snprintf(change->birth_date, sizeof change->birth_date, "%04d", year % 10000);
    return true;
}

bool mz_change_birth_year_near(mz_change *change) {
    int year, month, day;
    if (!born(change, false, &year, &month, &day)) return false;
    year += mz_change_random(change, 2) ? 1 : -1;
    (void)snprintf(change->birth_date, sizeof change->birth_date, "%04d", year % 10000);
    return true;
}

bool mz_change_with_nationality(mz_change *change) {
    change->nationality = change->of->nationality;
    return change->nationality.size > 0;
}
