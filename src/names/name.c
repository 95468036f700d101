/* From words to a parsed name.
 *
 * In this order: words in normal form (text/), compounds that languages write joined or apart taken apart the same way
 * (Abd al-Rahman, Abdurrahman: "abd" and "rahman"), legal forms at the ends of a firm's name and numbers put aside,
 * classes and weights from the lexicon, sounds. Nothing is thrown away that may be all a name has: a name of only
 * titles, legal forms or numbers keeps them as words. */
#include "names/name.h"

#include "base/error.h"
#include "names/chinese.h"
#include "names/culture.h"
#include "names/digits.h"
#include "names/draft.h"
#include "names/phones.h"
#include "names/spelling.h"

enum {
    JOINED_LEXEME_BYTES = 256,
    NOTION_BITS = 9 /* at most, of a word that many organisations are named after */
};

bool mz_script_unspaced(mz_script script) {
    return script == MZ_SCRIPT_HAN || script == MZ_SCRIPT_HANGUL || script == MZ_SCRIPT_KANA;
}

bool mz_name_organisation(mz_schema schema) {
    return schema != MZ_SCHEMA_Person;
}

static bool starts(mz_str text, mz_str prefix) {
    return text.size >= prefix.size && memcmp(text.data, prefix.data, prefix.size) == 0;
}

static bool ends(mz_str text, mz_str suffix) {
    return text.size >= suffix.size && memcmp(text.data + text.size - suffix.size, suffix.data, suffix.size) == 0;
}

static mz_str from(mz_str text, size_t offset) {
    return (mz_str){text.data + offset, text.size - offset};
}

static bool vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* "abdurrahman", "abdelaziz", "abdallah": where the second part begins in the romanised word; 0 when it is none.
 * The article between the parts is written with any vowel, with its own l, with the sun letter, or with nothing. */
static size_t abd_second_part(mz_str latin) {
    if (latin.size < 7 || !starts(latin, MZ_STR("abd"))) return 0;
    size_t at = 3;
    while (at < latin.size && vowel(latin.data[at])) at++;
    if (at == 3 || at > 5 || at + 3 > latin.size) return 0;
    char first = latin.data[at], second = latin.data[at + 1];
    if (first == second) return at + 1;
    bool latif = first == 'l' && second == 'a' && strchr("thy", latin.data[at + 2]); /* Abdulatif, Abdulah, Abdoulaye */
    if (first == 'l' && !latif && at + 4 <= latin.size) return at + 1;
    return at;
}

/* Whether a word is the first part of such a name standing alone: Abd, Abdul, Abdel, Abdur … */
static bool abd_alone(const mz_word *word) {
    if (word->script == MZ_SCRIPT_ARABIC) return mz_str_equal(word->folded, MZ_STR("عبد"));
    mz_str latin = word->latin;
    if (!starts(latin, MZ_STR("abd")) || latin.size > 6) return false;
    if (latin.size == 3) return true;
    size_t at = 3;
    while (at < latin.size && vowel(latin.data[at])) at++;
    return at > 3 && at + 1 == latin.size && strchr("lrsndzt", latin.data[at]) != NULL;
}

/* "nuruddin", "salaheddine": where the last part begins; 0 when it is none. */
static size_t din_second_part(mz_str latin) {
    static const char *const endings[] = {"ddin", "ddine", "ddeen", "ddyn"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        mz_str ending = mz_str_of(endings[i]);
        if (ends(latin, ending) && latin.size >= ending.size + 4 && vowel(latin.data[latin.size - ending.size - 1]))
            return latin.size - ending.size + 1;
    }
    return 0;
}

/* How much of "nuruddin" is its first part: the article has one vowel, written u, e, a, ou or oo (Mohi-uddin). */
static size_t din_first_size(mz_str latin, size_t second) {
    size_t size = second - 2;
    bool two = latin.data[size - 1] == 'o' && (latin.data[size] == 'u' || latin.data[size] == 'o');
    return two && size > 3 ? size - 1 : size;
}

/* Eddine, Uddin, ud-Deen, الدين behind another word. */
static bool din_alone(const mz_word *word) {
    static const char *const spellings[] = {"deen",  "dine",   "eddin",  "eddine", "eddeen",
                                            "uddin", "uddine", "uddeen", "addin",  "addine",
                                            "aldin", "eldin",  "eldine", "eldeen", "ouddine"};
    if (word->script == MZ_SCRIPT_ARABIC) return mz_str_equal(word->folded, mz_str_of("الدين"));
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (mz_str_equal(word->latin, mz_str_of(spellings[i]))) return true;
    return false;
}

void mz_draft_push(mz_draft *d, const mz_word *word) {
    if (d->count == MZ_NAME_WORDS_MOST)
        d->name->cut = true;
    else
        d->words[d->count++] = *word;
}

static void push_latin(mz_draft *d, const mz_word *whole, mz_str latin) {
    mz_word part = *whole;
    part.folded = part.latin = latin;
    part.lone_h = 0;
    part.script = MZ_SCRIPT_LATIN;
    mz_draft_push(d, &part);
}

mz_status mz_draft_part(mz_draft *d, const mz_word *whole, mz_str part, mz_error *error) {
    mz_word *words;
    size_t count;
    bool cut;
    mz_status status = mz_text_words(part, d->arena, 1, &words, &count, &cut, error);
    if (status || !count) return status;
    words[0].original = whole->original;
    mz_draft_push(d, &words[0]);
    return MZ_OK;
}

static mz_status push_split_arabic(mz_draft *d, const mz_word *word, mz_error *error) {
    static const mz_str abd = MZ_STR_INIT("عبد"), article = MZ_STR_INIT("ال"), din = MZ_STR_INIT("الدين");
    mz_str folded = word->folded;
    if (folded.size >= abd.size + 6 && starts(folded, abd)) {
        mz_str rest = from(folded, abd.size);
        bool god = mz_str_equal(rest, MZ_STR("الله")); /* the article has grown into the word */
        if (starts(rest, article) && rest.size >= article.size + 4 && !god) rest = from(rest, article.size);
        push_latin(d, word, MZ_STR("abd"));
        return mz_draft_part(d, word, rest, error);
    }
    if (!d->name->organisation && folded.size >= din.size + 4 && ends(folded, din)) {
        mz_status status = mz_draft_part(d, word, (mz_str){folded.data, folded.size - din.size}, error);
        if (!status) push_latin(d, word, MZ_STR("din"));
        return status;
    }
    mz_draft_push(d, word);
    return MZ_OK;
}

mz_status mz_draft_split(mz_draft *d, const mz_word *word, mz_error *error) {
    if (word->script == MZ_SCRIPT_ARABIC) return push_split_arabic(d, word, error);
    size_t second = d->name->organisation || word->abjad ? 0 : abd_second_part(word->latin);
    if (second) {
        mz_str rest = from(word->latin, second);
        push_latin(d, word, MZ_STR("abd"));
        push_latin(d, word, mz_str_equal(rest, MZ_STR("la")) ? MZ_STR("lah") : rest); /* Abdulla: no article */
        return MZ_OK;
    }
    second = d->name->organisation || word->abjad ? 0 : din_second_part(word->latin);
    if (second) {
        push_latin(d, word, (mz_str){word->latin.data, din_first_size(word->latin, second)});
        push_latin(d, word, MZ_STR("din"));
        return MZ_OK;
    }
    mz_draft_push(d, word);
    return MZ_OK;
}

mz_lexeme mz_draft_lexeme(const mz_draft *d, size_t first, size_t count) {
    char joined[JOINED_LEXEME_BYTES];
    size_t size = 0;
    for (size_t i = first; i < first + count; i++) {
        mz_str folded = d->words[i].folded;
        if (size + folded.size + 1 > sizeof joined) return (mz_lexeme){0};
        if (i > first) joined[size++] = ' ';
        memcpy(joined + size, folded.data, folded.size);
        size += folded.size;
    }
    return mz_lexicon_find((mz_str){joined, size});
}

static mz_word_class class_of(const mz_draft *d, size_t i, const mz_lexeme *lexeme) {
    const mz_word *word = &d->words[i];
    if (word->number) return MZ_WORD_NUMBER;
    bool person = !d->name->organisation;
    if (lexeme->kinds & MZ_LEXICON_ARTICLE) return MZ_WORD_ARTICLE;
    if (lexeme->kinds & MZ_LEXICON_PARTICLE) return MZ_WORD_PARTICLE;
    if (person && i > 0 && lexeme->kinds & MZ_LEXICON_FILIATION) return MZ_WORD_PARTICLE;
    /* Senior and Padre are titles and names, too: a generation stands behind a name */
    if (person && i > 1 && lexeme->kinds & MZ_LEXICON_SUFFIX) return MZ_WORD_SUFFIX;
    bool alphabet =
        word->script == MZ_SCRIPT_LATIN || word->script == MZ_SCRIPT_CYRILLIC || word->script == MZ_SCRIPT_GREEK;
    if (!d->name->organisation && alphabet && word->latin.size == 1) return MZ_WORD_INITIAL;
    if (d->name->organisation) return mz_organisation_class(lexeme);
    return lexeme->kinds & MZ_LEXICON_TITLE ? MZ_WORD_TITLE : MZ_WORD_PLAIN;
}

static uint8_t weight_of(const mz_draft *d, size_t i, mz_word_class class, const mz_lexeme *lexeme) {
    /* rarity matters little here (the experiments want it nearly flat): its place is the weight of evidence */
    static const uint8_t by_bits[17] = {100, 90, 90, 90, 90, 90, 90, 90, 90, 90, 91, 92, 93, 94, 96, 98, 100};
    switch (class) {
    case MZ_WORD_ARTICLE: return 4;
    case MZ_WORD_PARTICLE: return 12;
    case MZ_WORD_TITLE: return 15;
    case MZ_WORD_GENERIC:
    case MZ_WORD_ACTIVITY:
    case MZ_WORD_PLACE: return mz_organisation_weight(lexeme, d->run[i]);
    case MZ_WORD_SUFFIX: return 10;
    case MZ_WORD_INITIAL: return 60;
    case MZ_WORD_PLAIN:
        if (mz_str_equal(d->words[i].latin, MZ_STR("abd"))) return 35;
        if (mz_str_equal(d->words[i].latin, MZ_STR("din"))) return 50;
        return by_bits[lexeme->bits < 16 ? lexeme->bits : 16];
    case MZ_WORD_NUMBER:
    case MZ_WORD_CLASS_COUNT: break;
    }
    return MZ_WEIGHT_FULL;
}

/* alhassan, elfassi, الحسن: the article joined, where enough is left to be a name. */
static uint8_t bare_phones(const mz_word *word) {
    mz_str latin = word->latin;
    if (word->script == MZ_SCRIPT_ARABIC) {
        static const mz_str article = {"ال", 4};
        return starts(word->folded, article) && word->folded.size >= article.size + 4 ? 2 : 0;
    }
    if (latin.size < 5 || latin.data[1] != 'l') return 0;
    return latin.data[0] == 'a' || latin.data[0] == 'e' || latin.data[0] == 'u' ? 2 : 0;
}

static void add_groups(mz_name_word *word, const mz_lexeme *lexeme, bool organisation) {
    unsigned wanted = organisation ? MZ_LEXICON_MEANING : MZ_LEXICON_NICKNAME, count = 0;
    for (size_t i = 0; i < lexeme->link_count && count < MZ_WORD_GROUPS_MOST; i++) {
        unsigned kind, group;
        mz_lexeme_link(lexeme, i, &kind, &group);
        if (kind & wanted) word->groups[count++] = (uint16_t)group;
    }
}

static uint8_t gender_of(const mz_lexeme *lexeme) {
    unsigned both = lexeme->kinds & (MZ_LEXICON_MALE | MZ_LEXICON_FEMALE);
    if (both == MZ_LEXICON_MALE) return MZ_WORD_MALE;
    return both == MZ_LEXICON_FEMALE ? MZ_WORD_FEMALE : MZ_WORD_ANY;
}

/* The letters that a word is heard from. Pinyin has sounds of its own for q, x, zh and c: its words are known by the
 * first three, or by a name that is Chinese as a whole. */
static mz_str heard_letters(const mz_draft *d, const mz_word *word) {
    mz_str latin = word->latin;
    if (word->script == MZ_SCRIPT_HAN) return mz_pinyin_sounds(latin, d->arena);
    if (word->script != MZ_SCRIPT_LATIN || !latin.size) return latin;
    bool own = latin.data[0] == 'q' || latin.data[0] == 'x' || starts(latin, MZ_STR("zh"));
    if (!own && d->name->culture != MZ_CULTURE_CHINESE) return latin;
    return mz_pinyin(latin) ? mz_pinyin_sounds(latin, d->arena) : latin;
}

/* Fills in one word, or several where its sounds are more than one word may have. */
static void finish_word(mz_draft *d, size_t i, mz_name_word *words, size_t *count) {
    const mz_word *word = &d->words[i];
    mz_lexeme lexeme = d->name->organisation ? d->meaning[i] : mz_draft_lexeme(d, i, 1);
    mz_word_class class = class_of(d, i, &lexeme);
    mz_str latin = heard_letters(d, word), rest = latin;
    do {
        if (*count == MZ_NAME_WORDS_MOST) {
            d->name->cut = true;
            return;
        }
        uint8_t phones[MZ_PHONES_MOST];
        size_t before = (size_t)(rest.data - latin.data);
        uint64_t lone_h = before < 64 && latin.data == word->latin.data ? word->lone_h >> before : 0;
        size_t read,
            phone_count = mz_phones(rest, lone_h, mz_script_unspaced(word->script), phones, sizeof phones, &read);
        mz_name_word *out = &words[*count];
        *out = (mz_name_word){.folded = word->folded, .original = word->original, .class = (uint8_t) class};
        /* a piece of a very long word stands for itself */
        if (read < latin.size) out->folded = (mz_str){rest.data, read};
        uint8_t *kept = MZ_ARENA_NEW(d->arena, phone_count + 1, uint8_t);
        if (!kept) return;
        memcpy(kept, phones, phone_count);
        out->phones = kept;
        out->phone_count = (uint8_t)phone_count;
        out->skeleton = mz_phones_skeleton(kept, phone_count);
        out->bare = class == MZ_WORD_PLAIN && rest.data == latin.data ? bare_phones(word) : 0;
        out->script = (uint8_t)word->script;
        out->system = (uint8_t)mz_sound_system_of(word->script);
        out->weight = weight_of(d, i, class, &lexeme);
        out->bits = (uint8_t)(class == MZ_WORD_ARTICLE || class == MZ_WORD_PARTICLE ? 1
                              : lexeme.bits                                         ? lexeme.bits
                                                                                    : 16);
        if (d->name->organisation && mz_organisation_class(&lexeme) == class && class != MZ_WORD_PLAIN)
            out->bits = mz_organisation_bits(&lexeme);
        else if (d->name->organisation && lexeme.kinds & MZ_LEXICON_NOTION && out->bits > NOTION_BITS)
            out->bits = NOTION_BITS;
        if (!d->name->organisation) out->gender = gender_of(&lexeme);
        d->hints[*count] = (mz_word_hint){.latin = word->latin,
                                          .kinds = lexeme.kinds,
                                          .side = (uint8_t)mz_lexeme_group(&lexeme, MZ_LEXICON_FILIATION)};
        add_groups(out, &lexeme, d->name->organisation);
        (*count)++;
        rest = from(rest, read);
    } while (rest.size);
}

static bool alone_in_its_script(const mz_word *found, size_t count, size_t i) {
    for (size_t j = 0; j < count; j++)
        if (j != i && mz_script_unspaced(found[j].script)) return false;
    return mz_script_unspaced(found[i].script);
}

static mz_status draft_person(mz_draft *d, const mz_word *found, size_t count, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) {
        /* a word written twice in a row says nothing new: Sergei Sergei */
        if (i && found[i].folded.size > 2 && mz_str_equal(found[i].folded, found[i - 1].folded)) continue;
        /* Abdul alone before another word is the first part of a compound */
        if (i + 1 < count && abd_alone(&found[i]))
            push_latin(d, &found[i], MZ_STR("abd"));
        else if (alone_in_its_script(found, count, i))
            status = mz_draft_unspaced(d, &found[i], error);
        else if (i && din_alone(&found[i]))
            push_latin(d, &found[i], MZ_STR("din"));
        else
            status = mz_draft_split(d, &found[i], error);
    }
    return status;
}

/* Titles and particles alone are a name too: then they weigh like one. */
static void weigh(mz_name *name, mz_name_word *words) {
    bool any = false;
    for (size_t i = 0; i < name->count; i++) any |= words[i].weight > 15;
    for (size_t i = 0; i < name->count; i++) {
        if (!any) words[i].weight = MZ_WEIGHT_FULL;
        name->weight += words[i].weight;
    }
}

static bool capitalised(mz_str written) {
    if (written.size < 2 || written.data[0] < 'A' || written.data[0] > 'Z') return false;
    for (size_t i = 1; i < written.size; i++)
        if (written.data[i] < 'a' || written.data[i] > 'z') return false;
    return true;
}

/* What is told from all the words of a person's name together. */
static void read_as_person(mz_draft *d) {
    mz_draft_wade_giles(d);
    d->name->culture = (uint8_t)mz_draft_culture(d);
}

/* A word of a script without blanks that was taken apart: what is told of the whole is told of neither part. */
static bool taken_apart(const mz_name *name, const mz_name_word *words, size_t i) {
    const char *at = words[i].original.data;
    return mz_script_unspaced((mz_script)words[i].script) &&
           ((i && words[i - 1].original.data == at) || (i + 1 < name->count && words[i + 1].original.data == at));
}

static const mz_word *word_written(const mz_word *found, size_t count, mz_str original) {
    for (size_t k = 0; k < count; k++)
        if (found[k].original.data == original.data && found[k].original.size == original.size) return &found[k];
    return NULL;
}

static void tell_roles(mz_draft *d, const mz_name_parts *parts, const mz_word *found, size_t found_count,
                       const mz_name_word *words) {
    for (size_t i = 0; i < d->name->count; i++) {
        const mz_word *whole = word_written(found, found_count, words[i].original);
        if (whole && !taken_apart(d->name, words, i))
            d->hints[i].told = (uint8_t)mz_name_parts_role(parts, d->name->text, whole);
    }
}

mz_status mz_name_parse(mz_str text, bool organisation, mz_arena *arena, mz_name *ret_name, mz_error *error) {
    return mz_name_parse_parts(text, organisation, NULL, arena, ret_name, error);
}

mz_status mz_name_parse_parts(mz_str text, bool organisation, const mz_name_parts *parts, mz_arena *arena,
                              mz_name *ret_name, mz_error *error) {
    mz_word *found;
    size_t found_count;
    bool cut;
    mz_str read = organisation ? text : mz_digits_as_letters(text, arena);
    mz_status status = mz_text_words(read, arena, MZ_NAME_WORDS_MOST, &found, &found_count, &cut, error);
    if (status) return status;
    for (size_t i = 0; i < found_count; i++) found[i].original.data = text.data + (found[i].original.data - read.data);
    mz_name name = {.text = text, .organisation = organisation, .cut = cut};
    mz_draft d = {.arena = arena, .name = &name};
    status = organisation ? mz_draft_organisation(&d, found, found_count, error)
                          : draft_person(&d, found, found_count, error);
    if (status) return status;
    if (organisation)
        mz_draft_legal_forms(&d);
    else
        read_as_person(&d);
    mz_draft_numbers(&d);
    if (organisation) mz_draft_meanings(&d);
    mz_name_word *words = MZ_ARENA_NEW(arena, MZ_NAME_WORDS_MOST, mz_name_word);
    if (!words) return mz_fail_memory(error);
    for (size_t i = 0; i < d.count; i++)
        if (!d.aside[i]) finish_word(&d, i, words, &name.count);
    if (arena->failed) return mz_fail_memory(error);
    weigh(&name, words);
    for (size_t i = 0; i < name.count; i++) words[i].capitalised = capitalised(words[i].original);
    if (parts && !organisation) tell_roles(&d, parts, found, found_count, words);
    mz_draft_roles(&d, words);
    name.words = words;
    *ret_name = name;
    return MZ_OK;
}
