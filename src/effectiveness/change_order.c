/* Case, blanks, the order of words, and words that are joined, split, left out and put in. */
#include "effectiveness/change.h"

bool mz_change_as_listed(mz_change *change) {
    return change->size > 0;
}

bool mz_change_lower_case(mz_change *change) {
    for (size_t i = 0; i < change->size; i++) change->letters[i] = mz_letter_lower(change->letters[i]);
    return true;
}

bool mz_change_capitals(mz_change *change) {
    for (size_t i = 0; i < change->size; i++) change->letters[i] = mz_letter_upper(change->letters[i]);
    return true;
}

/* A tabulator before, a no-break space and two blanks between, a blank behind: what copying from tables leaves. */
bool mz_change_blanks(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    if (count < 2) return false;
    mz_change_put(change, (mz_span){change->size, change->size}, " ");
    for (size_t i = count - 1; i > 0; i--)
        mz_change_put(change, (mz_span){words[i - 1].to, words[i].from}, i % 2 ? "\u00A0" : "  ");
    mz_change_put(change, (mz_span){0, 0}, "\t");
    return true;
}

bool mz_change_reversed(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), order[MZ_CHANGE_WORDS];
    for (size_t i = 0; i < count; i++) order[i] = count - 1 - i;
    mz_change_order(change, words, order, count);
    return count > 1;
}

bool mz_change_family_first(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), order[MZ_CHANGE_WORDS];
    if (count < 2) return false;
    for (size_t i = 0; i < count; i++) order[i] = i ? i - 1 : count - 1;
    size_t family = words[count - 1].to - words[count - 1].from;
    mz_change_order(change, words, order, count);
    mz_change_put(change, (mz_span){family, family}, ",");
    return true;
}

bool mz_change_shuffled(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), order[MZ_CHANGE_WORDS];
    for (size_t i = 0; i < count; i++) order[i] = i;
    for (size_t i = count; i > 1; i--) { /* Fisher and Yates */
        size_t other = mz_change_random(change, (uint32_t)i), kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    mz_change_order(change, words, order, count);
    return count > 2;
}

bool mz_change_words_joined(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    if (count < 2) return false;
    size_t first = mz_change_random(change, (uint32_t)count - 1);
    mz_change_put(change, (mz_span){words[first].to, words[first + 1].from}, "");
    return true;
}

bool mz_change_word_split(mz_change *change) {
    mz_span word;
    if (!mz_change_pick(change, 6, &word)) return false;
    size_t middle = word.from + (word.to - word.from) / 2;
    mz_change_put(change, (mz_span){middle, middle}, " ");
    return true;
}

static bool keep_words(mz_change *change, const mz_span *words, size_t count, size_t from, size_t to) {
    size_t order[MZ_CHANGE_WORDS], kept = 0;
    for (size_t i = 0; i < count; i++)
        if (i < from || i >= to) order[kept++] = i;
    mz_change_order(change, words, order, kept);
    return kept > 0 && kept < count;
}

bool mz_change_middle_lost(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    return count > 2 && keep_words(change, words, count, 1, count - 1);
}

bool mz_change_word_lost(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    if (count < 3) return false;
    size_t lost = mz_change_random(change, (uint32_t)count);
    return keep_words(change, words, count, lost, lost + 1);
}

/* ---- words from elsewhere ---- */

typedef struct word_choice {
    const char *words[8];
} word_choice;

static const char *any_word(mz_change *change, const word_choice *choices) {
    const word_choice *choice = &choices[change->of->script];
    size_t count = 0;
    while (count < 8 && choice->words[count]) count++;
    return count ? choice->words[mz_change_random(change, (uint32_t)count)] : NULL;
}

static const word_choice given_names[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_LATIN] = {{"Ali", "Ahmad", "Maria", "Ivan", "José", "Omar", NULL}},
    [MZ_SCRIPT_ARABIC] = {{"علي", "أحمد", "محمد", "مريم", "حسن", NULL}},
    [MZ_SCRIPT_CYRILLIC] = {{"Иван", "Мария", "Алексей", "Анна", NULL}},
};
static const word_choice business_words[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_LATIN] = {{"Group", "International", "Services", "Trading", "General", NULL}},
    [MZ_SCRIPT_ARABIC] = {{"الدولية", "العامة", "للتجارة", "للخدمات", NULL}},
    [MZ_SCRIPT_CYRILLIC] = {{"Групп", "Сервис", "Интернешнл", NULL}},
};
static const word_choice titles[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_LATIN] = {{"Dr", "Sheikh", "Mr", "Haji", "General", "Mullah", "Eng.", NULL}},
    [MZ_SCRIPT_ARABIC] = {{"الدكتور", "الشيخ", "السيد", "الحاج", "المهندس", "العقيد", NULL}},
    [MZ_SCRIPT_CYRILLIC] = {{"доктор", "генерал", "г-н", "полковник", NULL}},
};
static const word_choice suffixes[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_LATIN] = {{"Jr", "Sr.", "III", "II", NULL}},
    [MZ_SCRIPT_CYRILLIC] = {{"мл.", "ст.", NULL}},
};

/* The word at a place between words, with the blank that parts it; what is put last stands first. */
static void put_word(mz_change *change, size_t at, const char *word) {
    const mz_span place = {at, at};
    mz_change_put(change, place, at ? word : " ");
    mz_change_put(change, place, at ? " " : word);
}

bool mz_change_word_added(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    bool person = change->of->kinds & MZ_OF_PERSONS;
    const char *word = any_word(change, person ? given_names : business_words);
    if (!word || !count) return false;
    put_word(change, person ? words[0].to : change->size, word);
    return true;
}

bool mz_change_word_repeated(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), order[MZ_CHANGE_WORDS + 1];
    if (!count || count == MZ_CHANGE_WORDS) return false;
    size_t twice = mz_change_random(change, (uint32_t)count);
    for (size_t i = 0; i <= count; i++) order[i] = i > twice ? i - 1 : i;
    mz_change_order(change, words, order, count + 1);
    return true;
}

bool mz_change_title(mz_change *change) {
    const char *title = any_word(change, titles);
    if (title) put_word(change, 0, title);
    return title != NULL;
}

bool mz_change_suffix(mz_change *change) {
    const char *suffix = any_word(change, suffixes);
    if (suffix) put_word(change, change->size, suffix);
    return suffix != NULL;
}

static bool shorten(mz_change *change, mz_span word) {
    if (word.to - word.from < 2 || !mz_letter_is(change->letters[word.from])) return false;
    mz_change_put(change, (mz_span){word.from + 1, word.to}, ".");
    return true;
}

bool mz_change_initial(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    return count > 2 && shorten(change, words[mz_change_random(change, (uint32_t)count - 1)]);
}

bool mz_change_initials(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    unsigned changed = 0;
    if (count < 2) return false;
    for (size_t i = count - 1; i-- > 0;) changed += shorten(change, words[i]);
    return changed > 0;
}
