/* The table of classes, in the order of reports, and what they are called. */
#include "effectiveness/change.h"

#include "base/error.h"

#include <stdlib.h>

#define LATIN (1u << MZ_SCRIPT_LATIN)
#define ARABIC (1u << MZ_SCRIPT_ARABIC)
#define CYRILLIC (1u << MZ_SCRIPT_CYRILLIC)
#define NOT_LATIN (~(1u | LATIN | (1u << MZ_SCRIPT_OTHER)))
/* with capitals */
#define CASED (LATIN | CYRILLIC | (1u << MZ_SCRIPT_GREEK) | (1u << MZ_SCRIPT_ARMENIAN))
/* with letters for sounds, and blanks between words */
#define LETTERS (CASED | ARABIC | (1u << MZ_SCRIPT_HEBREW) | (1u << MZ_SCRIPT_GEORGIAN))
#define ANY 0

#define ALL MZ_OF_ALL
#define PERSONS MZ_OF_PERSONS
#define FIRMS MZ_OF_FIRMS
#define SHIPS MZ_OF_SHIPS

/* The function's name and the class's, its group, whom it is for, in which scripts; English, French, Arabic. A class
 * that KEEPs the name asks with the name as it is and with something else beside it. */
#define HIDES(function, name, group, who, scripts, english, french, arabic)                                            \
    {{name, MZ_CHANGE_##group, true, {english, french, arabic}}, who, scripts, true, mz_change_##function},
#define CHANGES(function, name, group, who, scripts, english, french, arabic)                                          \
    {{name, MZ_CHANGE_##group, false, {english, french, arabic}}, who, scripts, false, mz_change_##function},
#define KEEPS(function, name, group, who, scripts, english, french, arabic)                                            \
    {{name, MZ_CHANGE_##group, true, {english, french, arabic}}, who, scripts, false, mz_change_##function},

/* clang-format off */
static const mz_change_kind kinds[] = {
    KEEPS(as_listed, "as-listed", CONTROL, ALL, ANY,
        "as it is listed", "tel qu’il est listé", "كما هو مدرج")

    CHANGES(lower_case, "lower-case", LAYOUT, ALL, CASED,
        "in small letters", "en minuscules", "بأحرف صغيرة")
    CHANGES(capitals, "capitals", LAYOUT, ALL, CASED,
        "in capitals", "en majuscules", "بأحرف كبيرة")
    CHANGES(blanks, "blanks", LAYOUT, ALL, LETTERS,
        "with blanks of other kinds", "avec d’autres espaces", "بمسافات من أنواع أخرى")
    CHANGES(reversed, "reversed", LAYOUT, PERSONS | FIRMS, LETTERS,
        "words in reverse order", "mots en ordre inverse", "الكلمات بترتيب معكوس")
    CHANGES(family_first, "family-first", LAYOUT, PERSONS, LETTERS,
        "last word in front, with a comma", "dernier mot en tête, avec une virgule", "الكلمة الأخيرة أولا، بعدها فاصلة")
    CHANGES(shuffled, "shuffled", LAYOUT, PERSONS | FIRMS, LETTERS,
        "words in any order", "mots dans un ordre quelconque", "الكلمات بأي ترتيب")

    CHANGES(letter_added, "letter-added", TYPING, ALL, LETTERS,
        "one letter added", "une lettre ajoutée", "حرف زائد")
    CHANGES(letter_lost, "letter-lost", TYPING, ALL, LETTERS,
        "one letter lost", "une lettre omise", "حرف ناقص")
    CHANGES(letter_replaced, "letter-replaced", TYPING, ALL, LETTERS,
        "one letter replaced", "une lettre remplacée", "حرف مستبدل")
    CHANGES(letters_exchanged, "letters-exchanged", TYPING, ALL, LETTERS,
        "two neighbouring letters exchanged", "deux lettres voisines interverties", "حرفان متجاوران متبادلان")
    CHANGES(neighbour_key, "neighbour-key", TYPING, ALL, LATIN | ARABIC | CYRILLIC,
        "the key beside the right one", "la touche voisine", "المفتاح المجاور في لوحة المفاتيح")
    CHANGES(first_letter, "first-letter", TYPING, ALL, LETTERS,
        "first letter of a word replaced", "première lettre d’un mot remplacée", "الحرف الأول من كلمة مستبدل")
    CHANGES(letter_doubled, "letter-doubled", TYPING, ALL, LETTERS,
        "one letter doubled", "une lettre doublée", "حرف مكرر")
    CHANGES(letter_single, "letter-single", TYPING, ALL, LETTERS,
        "a double letter written once", "une lettre double écrite une fois", "حرف مكرر كتب مرة واحدة")
    CHANGES(typo_each_word, "typo-each-word", TYPING, ALL, LETTERS,
        "a slip in every longer word", "une faute dans chaque mot long", "خطأ في كل كلمة طويلة")

    CHANGES(vowel_replaced, "vowel-replaced", SPELLING, ALL, LATIN,
        "one vowel replaced", "une voyelle remplacée", "حركة مستبدلة")
    CHANGES(vowel_lost, "vowel-lost", SPELLING, ALL, LATIN,
        "one vowel lost", "une voyelle omise", "حركة ناقصة")
    CHANGES(spelling, "spelling", SPELLING, ALL, LATIN,
        "one sound spelled otherwise", "un son écrit autrement", "صوت مكتوب بطريقة أخرى")
    CHANGES(spelling_each_word, "spelling-each-word", SPELLING, ALL, LATIN,
        "a sound spelled otherwise in every word", "un son écrit autrement dans chaque mot",
        "صوت مكتوب بطريقة أخرى في كل كلمة")
    CHANGES(spelling_arabic, "spelling-arabic", SPELLING, PERSONS | FIRMS, LATIN,
        "another transliteration from Arabic", "une autre translittération de l’arabe", "نقل حرفي آخر عن العربية")
    CHANGES(spelling_slavic, "spelling-slavic", SPELLING, PERSONS | FIRMS, LATIN,
        "another transliteration from Cyrillic", "une autre translittération du cyrillique", "نقل حرفي آخر عن السيريلية")
    CHANGES(spelling_chinese, "spelling-chinese", SPELLING, PERSONS, LATIN,
        "another transliteration from Chinese", "une autre translittération du chinois", "نقل حرفي آخر عن الصينية")
    CHANGES(article_joined, "article-joined", SPELLING, PERSONS | FIRMS, LATIN,
        "Arabic article joined to its word", "article arabe collé au mot", "أداة التعريف ملتصقة بالكلمة")
    CHANGES(article_lost, "article-lost", SPELLING, PERSONS | FIRMS, LATIN | ARABIC,
        "Arabic article left out", "article arabe omis", "دون أداة التعريف")
    CHANGES(article_other, "article-other", SPELLING, PERSONS | FIRMS, LATIN,
        "el for al, hyphen for blank", "el pour al, trait d’union pour espace", "el بدل al، وشرطة بدل المسافة")
    CHANGES(writing_arabic, "writing-arabic", SPELLING, ALL, ARABIC,
        "hamza, ta marbuta and ya written otherwise", "hamza, ta marbuta et ya écrits autrement",
        "الهمزة والتاء المربوطة والياء بكتابة أخرى")
    CHANGES(writing_cyrillic, "writing-cyrillic", SPELLING, ALL, CYRILLIC,
        "ё, й, ъ, ь and і written otherwise", "ё, й, ъ, ь et і écrits autrement", "ё، й، ъ، ь، і بكتابة أخرى")
    CHANGES(romanised, "romanised", SPELLING, ALL, NOT_LATIN,
        "in Latin letters, from the original", "en lettres latines, d’après l’original", "بالأحرف اللاتينية، من الأصل")
    HIDES(other_script, "other-script", SPELLING, ALL, ANY,
        "in a script in which it is not listed", "dans une écriture où il n’est pas listé", "بكتابة لم يدرج بها")

    CHANGES(words_joined, "words-joined", PARTS, ALL, LETTERS,
        "two words written together", "deux mots collés", "كلمتان متصلتان")
    CHANGES(word_split, "word-split", PARTS, ALL, LETTERS,
        "a word split in two", "un mot coupé en deux", "كلمة مقسومة إلى اثنتين")
    CHANGES(middle_lost, "middle-lost", PARTS, PERSONS, LETTERS,
        "only first and last word", "premier et dernier mots seuls", "الكلمة الأولى والأخيرة فقط")
    CHANGES(word_lost, "word-lost", PARTS, PERSONS | FIRMS, LETTERS,
        "one word of three or more lost", "un mot omis sur trois ou plus", "كلمة ناقصة من ثلاث أو أكثر")
    CHANGES(word_added, "word-added", PARTS, PERSONS | FIRMS, LATIN | ARABIC | CYRILLIC,
        "a common word added", "un mot courant ajouté", "كلمة شائعة زائدة")
    CHANGES(word_repeated, "word-repeated", PARTS, ALL, LETTERS,
        "a word written twice", "un mot répété", "كلمة مكررة")
    CHANGES(initial, "initial", PARTS, PERSONS, CASED,
        "an initial for one of three or more words", "une initiale pour un mot sur trois ou plus",
        "حرف أول بدل كلمة من ثلاث أو أكثر")
    CHANGES(initials, "initials", PARTS, PERSONS, CASED,
        "initials for all but the last word", "initiales sauf pour le dernier mot", "أحرف أولى لغير الكلمة الأخيرة")
    CHANGES(title, "title", PARTS, PERSONS, LATIN | ARABIC | CYRILLIC,
        "a title in front", "un titre devant", "لقب في الأول")
    CHANGES(suffix, "suffix", PARTS, PERSONS, LATIN | CYRILLIC,
        "Jr, Sr or a number of generation behind", "Jr, Sr ou un rang de génération derrière", "لاحقة جيل في الآخر")

    CHANGES(marks_lost, "marks-lost", MARKS, ALL, ANY,
        "accents and other marks lost", "accents et autres signes omis", "دون علامات وتشكيل")
    CHANGES(marks_added, "marks-added", MARKS, ALL, LATIN | ARABIC,
        "accents or vowel signs added", "accents ou voyelles ajoutés", "بعلامات وتشكيل زائد")
    CHANGES(hyphens_added, "hyphens-added", MARKS, ALL, LETTERS,
        "a hyphen between the last words", "un trait d’union entre les derniers mots", "شرطة بين الكلمتين الأخيرتين")
    CHANGES(punctuation_lost, "punctuation-lost", MARKS, ALL, ANY,
        "hyphens, apostrophes and dots lost", "traits d’union, apostrophes et points omis", "دون شرطات وفواصل علوية ونقط")
    CHANGES(dots_added, "dots-added", MARKS, ALL, LETTERS,
        "dots and commas behind words", "points et virgules derrière les mots", "نقط وفواصل بعد الكلمات")

    CHANGES(digits_for_letters, "digits-for-letters", DISGUISE, ALL, LATIN,
        "digits for letters", "chiffres pour lettres", "أرقام بدل الأحرف")
    CHANGES(look_alikes, "look-alikes", DISGUISE, ALL, LATIN | CYRILLIC,
        "look-alike letters of another script", "lettres semblables d’une autre écriture", "أحرف متشابهة من كتابة أخرى")
    CHANGES(zero_width, "zero-width", DISGUISE, ALL, LETTERS,
        "invisible characters inside words", "caractères invisibles dans les mots", "محارف خفية داخل الكلمات")
    CHANGES(bidi_marks, "bidi-marks", DISGUISE, ALL, ANY,
        "marks that turn the direction of writing", "marques qui tournent le sens de l’écriture",
        "علامات تقلب اتجاه الكتابة")
    CHANGES(full_width, "full-width", DISGUISE, ALL, LATIN,
        "full-width letters", "lettres pleine chasse", "أحرف كاملة العرض")

    CHANGES(cut_at_35, "cut-at-35", PAYMENT, ALL, ANY,
        "cut at 35 characters", "coupé à 35 caractères", "مقطوع عند 35 محرفا")
    CHANGES(broken_at_35, "broken-at-35", PAYMENT, ALL, ANY,
        "broken by a line end after 35 characters", "rompu par un saut de ligne après 35 caractères",
        "بنهاية سطر بعد 35 محرفا")

    CHANGES(form_lost, "form-lost", FIRMS, FIRMS, ANY,
        "legal form left out", "forme juridique omise", "دون الشكل القانوني")
    CHANGES(form_other, "form-other", FIRMS, FIRMS, ANY,
        "another legal form", "une autre forme juridique", "شكل قانوني آخر")
    CHANGES(form_written, "form-written", FIRMS, FIRMS, ANY,
        "legal form written out or abbreviated", "forme juridique en toutes lettres ou abrégée",
        "الشكل القانوني كاملا أو مختصرا")
    CHANGES(word_abbreviated, "word-abbreviated", FIRMS, FIRMS, LATIN,
        "a common word abbreviated", "un mot courant abrégé", "كلمة شائعة مختصرة")
    CHANGES(ampersand, "ampersand", FIRMS, FIRMS, LATIN,
        "& for and, or the reverse", "& pour et, ou l’inverse", "& بدل حرف العطف، أو العكس")
    CHANGES(ship_mark, "ship-mark", FIRMS, SHIPS, LATIN,
        "M/V, MT or the like in front", "M/V, MT ou semblable devant", "M/V أو MT ونحوهما في الأول")
    CHANGES(number_written, "number-written", FIRMS, FIRMS | SHIPS, LATIN,
        "a number in another writing: 2, II, two", "un nombre écrit autrement : 2, II, two",
        "رقم بكتابة أخرى: 2، II، two")

    KEEPS(with_birth_date, "with-birth-date", KNOWN, PERSONS, ANY,
        "with the birth date as listed", "avec la date de naissance listée", "مع تاريخ الميلاد كما هو مدرج")
    KEEPS(day_month_exchanged, "day-month-exchanged", KNOWN, PERSONS, ANY,
        "with day and month of birth exchanged", "avec jour et mois de naissance intervertis",
        "مع تبادل يوم الميلاد وشهره")
    KEEPS(birth_year, "birth-year", KNOWN, PERSONS, ANY,
        "with the year of birth only", "avec l’année de naissance seule", "مع سنة الميلاد فقط")
    KEEPS(birth_year_near, "birth-year-near", KNOWN, PERSONS, ANY,
        "with a year of birth one off", "avec une année de naissance voisine", "مع سنة ميلاد تفرق بسنة")
    KEEPS(with_nationality, "with-nationality", KNOWN, PERSONS, ANY,
        "with the nationality as listed", "avec la nationalité listée", "مع الجنسية كما هي مدرجة")
};
/* clang-format on */

static const char *const groups[MZ_CHANGE_GROUPS][3] = {
    [MZ_CHANGE_CONTROL] = {"Control", "Témoin", "الضبط"},
    [MZ_CHANGE_LAYOUT] = {"Layout and order", "Présentation et ordre", "الشكل والترتيب"},
    [MZ_CHANGE_TYPING] = {"Typing", "Saisie", "الطباعة"},
    [MZ_CHANGE_SPELLING] = {"Spelling and script", "Orthographe et écriture", "التهجئة والكتابة"},
    [MZ_CHANGE_PARTS] = {"Parts of the name", "Parties du nom", "أجزاء الاسم"},
    [MZ_CHANGE_MARKS] = {"Marks and punctuation", "Signes et ponctuation", "العلامات والترقيم"},
    [MZ_CHANGE_DISGUISE] = {"Disguise", "Déguisement", "التمويه"},
    [MZ_CHANGE_PAYMENT] = {"Payment fields", "Champs de paiement", "حقول الدفع"},
    [MZ_CHANGE_FIRMS] = {"Firms and ships", "Sociétés et navires", "الشركات والسفن"},
    [MZ_CHANGE_KNOWN] = {"What else is known", "Ce qu’on sait d’autre", "المعلومات الأخرى"},
};

const mz_change_kind *mz_change_kinds(size_t *ret_count) {
    *ret_count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const mz_change_class *mz_change_class_of(size_t number) {
    return number < sizeof kinds / sizeof kinds[0] ? &kinds[number].class : NULL;
}

bool mz_change_class_find(mz_str name, size_t *ret_number) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!mz_str_equal(name, mz_str_of(kinds[i].class.name))) continue;
        *ret_number = i;
        return true;
    }
    return false;
}

const char *mz_change_group_title(mz_change_group group, mz_language language) {
    return groups[group][language];
}

mz_status mz_change_name(size_t class_number, uint64_t seed, mz_schema schema, mz_str name, char **ret_text,
                         mz_error *error) {
    if (class_number >= sizeof kinds / sizeof kinds[0])
        return mz_fail(error, MZ_ERR_ARGUMENT, "there is no class of changes number %zu", class_number);
    if (!mz_utf8_valid(name, NULL)) return mz_fail(error, MZ_ERR_INPUT, "the name is not UTF-8");
    /* names that come from nowhere are changed in every way that might apply to them */
    mz_changed of = {.name = name, .kinds = mz_change_kinds_of(schema), .script = mz_script_of_name(name)};
    static const mz_transliterated origins[] = {MZ_FROM_UNKNOWN, MZ_FROM_ARABIC, MZ_FROM_CYRILLIC, MZ_FROM_CHINESE};
    mz_change change;
    mz_buffer text;
    mz_buffer_init(&text, (size_t)MZ_CHANGE_LETTERS * 4);
    bool changed = false;
    for (size_t c = 0; !changed && c < sizeof origins / sizeof origins[0]; c++) {
        of.from = origins[c];
        changed = mz_change_apply(&kinds[class_number], seed, &of, &change, &text);
    }
    if (text.failed) {
        mz_buffer_done(&text);
        return mz_fail_memory(error);
    }
    if (!changed) mz_buffer_done(&text);
    *ret_text = changed ? text.data : NULL;
    return MZ_OK;
}
