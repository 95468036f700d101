/* What is particular to the names of firms, organisations, ships and aircraft: legal forms, numbers, marks before a
 * ship's name. Numbers are put aside in persons' names, too. */
#include "names/draft.h"

#include "base/ascii.h"
#include "text/text.h"

#include <string.h>
#include <xxhash.h>

enum { UNSPACED_ENTRY_MOST = 12 };

/* ---- legal forms ---- */

static void insert_number(uint32_t number, uint32_t *numbers, uint8_t *count, bool *cut) {
    if (*count == MZ_NAME_NUMBERS_MOST) {
        *cut = true;
        return;
    }
    size_t at = *count;
    while (at > 0 && numbers[at - 1] > number) {
        numbers[at] = numbers[at - 1];
        at--;
    }
    numbers[at] = number;
    (*count)++;
}

static void put_legal(mz_name *name, unsigned group) {
    for (size_t i = 0; i < name->legal_count; i++)
        if (name->legal[i] == group) return;
    if (name->legal_count == MZ_NAME_NUMBERS_MOST) return; /* nine different forms in one name: the rest add nothing */
    size_t at = name->legal_count++;
    for (; at > 0 && name->legal[at - 1] > group; at--) name->legal[at] = name->legal[at - 1];
    name->legal[at] = (uint16_t)group;
}

static bool put_legal_forms(mz_draft *d, const mz_lexeme *lexeme, size_t first, size_t count) {
    for (size_t i = 0; i < lexeme->link_count; i++) {
        unsigned kind, group;
        mz_lexeme_link(lexeme, i, &kind, &group);
        if (kind == MZ_LEXICON_LEGAL) put_legal(d->name, group);
    }
    memset(d->aside + first, 1, count);
    return true;
}

static bool form_at_end(const mz_lexeme *lexeme) {
    return lexeme->kinds & MZ_LEXICON_LEGAL && !(lexeme->kinds & (MZ_LEXICON_NUMBER | MZ_LEXICON_ROMAN));
}

/* At the beginning only forms that stand there: not "as", "is", "al" and other short common words. */
static bool form_at_start(const mz_draft *d, const mz_lexeme *lexeme, size_t first, size_t count) {
    if (!(lexeme->kinds & MZ_LEXICON_LEGAL) || lexeme->kinds & (MZ_LEXICON_ARTICLE | MZ_LEXICON_PARTICLE)) return false;
    return count > 1 || d->words[first].folded.size > 2 || lexeme->kinds & MZ_LEXICON_LEADING;
}

void mz_draft_legal_forms(mz_draft *d) {
    size_t first = 0, last = d->count, longest = mz_lexicon_longest_entry();
    for (bool found = true; found && last - first > 1;) {
        found = false;
        for (size_t size = last - first - 1 < longest ? last - first - 1 : longest; size && !found; size--) {
            mz_lexeme at_end = mz_draft_lexeme(d, last - size, size);
            if (form_at_end(&at_end)) {
                found = put_legal_forms(d, &at_end, last - size, size);
                last -= size;
                break;
            }
            mz_lexeme at_start = mz_draft_lexeme(d, first, size);
            if (form_at_start(d, &at_start, first, size)) {
                found = put_legal_forms(d, &at_start, first, size);
                first += size;
            }
        }
    }
}

/* ---- numbers ---- */

static uint32_t number_value(mz_str digits) {
    uint32_t value = 0;
    if (digits.size > 9) return (uint32_t)(XXH3_64bits(digits.data, digits.size) | 0x80000000u);
    for (size_t i = 0; i < digits.size; i++) value = value * 10 + (uint32_t)(digits.data[i] - '0');
    return value;
}

static bool roman(mz_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] != 'i' && word.data[i] != 'v' && word.data[i] != 'x') return false;
    return true;
}

/* The number that a word of a firm's or ship's name is: in words anywhere, in the Roman manner behind something. */
static bool number_in_words(const mz_draft *d, size_t i, size_t others, uint32_t *ret_value) {
    if (!d->name->organisation || others < 2) return false;
    mz_lexeme lexeme = mz_draft_lexeme(d, i, 1);
    unsigned kind = MZ_LEXICON_NUMBER;
    bool last = true;
    for (size_t k = i + 1; k < d->count; k++) last &= d->aside[k] != 0;
    if (!(lexeme.kinds & kind) && last) kind = MZ_LEXICON_ROMAN;
    if (!(lexeme.kinds & kind) || (i == 0 && roman(d->words[i].folded))) return false;
    *ret_value = mz_lexeme_group(&lexeme, kind);
    return true;
}

/* "2nd", "1er", "2-я": the ending is written to the figures. */
static bool ordinal_ending(const mz_draft *d, size_t i) {
    const mz_word *figures = &d->words[i - 1], *ending = &d->words[i];
    if (!figures->number || !(mz_draft_lexeme(d, i, 1).kinds & MZ_LEXICON_ORDINAL)) return false;
    ptrdiff_t between = ending->original.data - (figures->original.data + figures->original.size);
    return between == 0 || (between == 1 && ending->script == MZ_SCRIPT_CYRILLIC);
}

static size_t set_aside(mz_draft *d, size_t i) {
    d->aside[i] = 1;
    return 1;
}

void mz_draft_numbers(mz_draft *d) {
    size_t others = 0;
    for (size_t i = 0; i < d->count; i++) others += !d->aside[i] && !d->words[i].number;
    if (!others) return;
    for (size_t i = 0; i < d->count; i++) {
        if (d->aside[i]) continue;
        uint32_t value;
        if (d->words[i].number)
            value = number_value(d->words[i].folded);
        else if (number_in_words(d, i, others, &value))
            others--;
        else
            continue;
        insert_number(value, d->name->numbers, &d->name->number_count, &d->name->cut);
        d->aside[i] = 1;
        if (!d->name->organisation) continue;
        if (i > 0 && others > 1 && !d->aside[i - 1] && mz_draft_lexeme(d, i - 1, 1).kinds & MZ_LEXICON_SIGN)
            others -= set_aside(d, i - 1);
        if (i + 1 < d->count && others > 1 && !d->aside[i + 1] && ordinal_ending(d, i + 1))
            others -= set_aside(d, i + 1);
    }
}

/* ---- meanings ---- */

static bool starts(mz_str text, mz_str prefix) {
    return text.size > prefix.size && memcmp(text.data, prefix.data, prefix.size) == 0;
}

static mz_lexeme meaning_of(mz_str word) {
    mz_lexeme found = mz_lexicon_find(word);
    return found.kinds & MZ_LEXICON_MEANING ? found : (mz_lexeme){0};
}

/* A word as it stands in the table with the article or without. */
static mz_lexeme arabic_meaning(mz_str stem) {
    char with_article[64] = "ال";
    mz_lexeme found = meaning_of(stem);
    if (found.kinds || stem.size + 4 > sizeof with_article) return found;
    memcpy(with_article + 4, stem.data, stem.size);
    return meaning_of((mz_str){with_article, stem.size + 4});
}

/* Arabic writes "and", "for", "in" and the article to the word: والصناعة, للتجارة, بالخدمات. */
static mz_lexeme joined_arabic_meaning(mz_str word) {
    static const mz_str before[] = {MZ_STR_INIT("وال"), MZ_STR_INIT("ولل"), MZ_STR_INIT("بال"), MZ_STR_INIT("كال"),
                                    MZ_STR_INIT("لل"),  MZ_STR_INIT("ال"),  MZ_STR_INIT("ول"),  MZ_STR_INIT("و"),
                                    MZ_STR_INIT("ل"),   MZ_STR_INIT("ب")};
    mz_lexeme found = {0};
    for (size_t i = 0; i < sizeof before / sizeof *before && !found.kinds; i++)
        if (starts(word, before[i]) && word.size >= before[i].size + (before[i].size == 2 ? 6 : 4))
            found = arabic_meaning((mz_str){word.data + before[i].size, word.size - before[i].size});
    return found;
}

static bool vowel(char letter) {
    return strchr("aeiouy", letter) != NULL;
}

/* Srvcs, Srvces, Trdng: a word of firms' names without its vowels, or with one left. The table has these words by
 * their consonants, behind an asterisk. */
static mz_lexeme shortened_meaning(mz_str word) {
    char key[32] = "*";
    size_t size = 1, vowels = 0;
    if (word.size < 3 || word.size + 2 > sizeof key) return (mz_lexeme){0};
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < 'a' || word.data[i] > 'z') return (mz_lexeme){0};
        if (i > 0 && vowel(word.data[i]))
            vowels++;
        else if (size == 1 || word.data[i] != key[size - 1])
            key[size++] = word.data[i];
    }
    bool short_of_vowels = vowels == 0 || (vowels == 1 && size > 4);
    return short_of_vowels ? meaning_of((mz_str){key, size}) : (mz_lexeme){0};
}

static mz_lexeme word_meaning(const mz_draft *d, size_t i) {
    const mz_word *word = &d->words[i];
    mz_lexeme exact = mz_draft_lexeme(d, i, 1), found = {0};
    if (exact.kinds) return exact;
    if (word->script == MZ_SCRIPT_ARABIC) found = joined_arabic_meaning(word->folded);
    /* what is counted as a person's name is no abbreviation */
    if (word->script == MZ_SCRIPT_LATIN && !exact.bits) found = shortened_meaning(word->folded);
    return found.kinds ? found : exact;
}

static bool share_meaning(const mz_lexeme *a, const mz_lexeme *b) {
    for (size_t i = 0; i < a->link_count; i++)
        for (size_t j = 0; j < b->link_count; j++) {
            unsigned kind_a, kind_b, group_a, group_b;
            mz_lexeme_link(a, i, &kind_a, &group_a);
            mz_lexeme_link(b, j, &kind_b, &group_b);
            if (kind_a & kind_b & MZ_LEXICON_MEANING && group_a == group_b) return true;
        }
    return false;
}

/* Whether words [first, first + count) mean something together that none of them means alone: Hong Kong, motor vessel,
 * South Africa. */
static bool run_means(const mz_draft *d, size_t first, size_t count, mz_lexeme *ret_meaning) {
    for (size_t i = first; i < first + count; i++)
        if (d->aside[i]) return false;
    mz_lexeme whole = mz_draft_lexeme(d, first, count);
    unsigned kinds = whole.kinds & (MZ_LEXICON_MEANING | MZ_LEXICON_VESSEL);
    if (!kinds) return false;
    for (size_t i = first; i < first + count && !(kinds & MZ_LEXICON_VESSEL); i++) {
        mz_lexeme alone = mz_draft_lexeme(d, i, 1);
        if (share_meaning(&alone, &whole)) return false;
    }
    *ret_meaning = whole;
    return true;
}

void mz_draft_meanings(mz_draft *d) {
    size_t longest = mz_lexicon_longest_entry();
    for (size_t i = 0; i < d->count;) {
        size_t size = d->count - i < longest ? d->count - i : longest;
        mz_lexeme meaning;
        while (size > 1 && !run_means(d, i, size, &meaning)) size--;
        if (size == 1) meaning = word_meaning(d, i);
        for (size_t k = i; k < i + size; k++) {
            d->meaning[k] = meaning;
            d->run[k] = (uint8_t)size;
        }
        i += size;
    }
}

mz_word_class mz_organisation_class(const mz_lexeme *meaning) {
    unsigned kinds = meaning->kinds;
    /* of several meanings the one that matters least */
    if (kinds & (MZ_LEXICON_VESSEL | MZ_LEXICON_COMMON | MZ_LEXICON_LEGAL | MZ_LEXICON_GENERIC)) return MZ_WORD_GENERIC;
    if (kinds & MZ_LEXICON_ACTIVITY) return MZ_WORD_ACTIVITY;
    return kinds & MZ_LEXICON_PLACE ? MZ_WORD_PLACE : MZ_WORD_PLAIN;
}

uint8_t mz_organisation_weight(const mz_lexeme *meaning, unsigned run) {
    unsigned kinds = meaning->kinds, weight = 50;
    if (kinds & MZ_LEXICON_VESSEL)
        weight = 10;
    else if (kinds & (MZ_LEXICON_COMMON | MZ_LEXICON_LEGAL))
        weight = 25;
    else if (kinds & MZ_LEXICON_GENERIC)
        weight = 40;
    else if (kinds & MZ_LEXICON_ACTIVITY)
        weight = 45;
    return (uint8_t)(weight / run);
}

uint8_t mz_organisation_bits(const mz_lexeme *meaning) {
    if (meaning->kinds & (MZ_LEXICON_VESSEL | MZ_LEXICON_COMMON | MZ_LEXICON_LEGAL)) return 2;
    return meaning->kinds & MZ_LEXICON_GENERIC ? 4 : 6;
}

/* ---- words ---- */

/* "M/V", "M/T": two letters with a slash between them are one mark. */
static bool vessel_mark(mz_draft *d, const mz_word *first, const mz_word *second, mz_word *ret_mark) {
    const char *between = first->original.data + first->original.size;
    if (first->latin.size != 1 || second->latin.size != 1 || between + 1 != second->original.data || *between != '/')
        return false;
    mz_str mark = mz_arena_print(d->arena, "%c%c", first->latin.data[0], second->latin.data[0]);
    if (!(mz_lexicon_find(mark).kinds & MZ_LEXICON_VESSEL)) return false;
    *ret_mark = *first;
    ret_mark->folded = ret_mark->latin = mark;
    ret_mark->original.size = (size_t)(second->original.data + second->original.size - first->original.data);
    return true;
}

/* The longest entry of the tables, of two letters at least, that a text without blanks begins with; 0: none. */
static size_t known_beginning(mz_str text) {
    size_t best = 0, letters = 0, offset = 0;
    uint32_t letter;
    while (letters < UNSPACED_ENTRY_MOST && mz_utf8_next(text, &offset, &letter)) {
        unsigned kinds = ++letters > 1 ? mz_lexicon_find((mz_str){text.data, offset}).kinds : 0;
        if (kinds & (MZ_LEXICON_MEANING | MZ_LEXICON_LEGAL | MZ_LEXICON_NUMBER)) best = offset;
    }
    return best;
}

/* Chinese, Japanese and Korean write a firm's name in one word, 北京某某钢铁有限公司: it is taken apart at the words
 * that the tables know, and what stands between them is the name. */
static mz_status split_unspaced(mz_draft *d, const mz_word *word, mz_error *error) {
    mz_str rest = word->folded;
    mz_status status = MZ_OK;
    for (size_t unknown = 0; unknown < rest.size && !status;) {
        mz_str from = {rest.data + unknown, rest.size - unknown};
        size_t known = known_beginning(from), next = 0;
        uint32_t letter;
        if (!known) {
            (void)mz_utf8_next(from, &next, &letter);
            unknown += next;
            continue;
        }
        if (unknown) status = mz_draft_part(d, word, (mz_str){rest.data, unknown}, error);
        if (!status) status = mz_draft_part(d, word, (mz_str){from.data, known}, error);
        rest = (mz_str){from.data + known, from.size - known};
        unknown = 0;
    }
    return status || !rest.size ? status : mz_draft_part(d, word, rest, error);
}

/* How long the particle is that is written to a word and its article: والنخيل, للنخيل, بالنخيل; 0 when there is none.
 * A word that is known whole is no such word, nor is one of which too little is left to be a name: لله, والي. Of what
 * begins with كال, most is foreign (California). */
static size_t arabic_particle(mz_str word) {
    static const mz_str before[] = {MZ_STR_INIT("وال"), MZ_STR_INIT("بال"), MZ_STR_INIT("لل")};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (starts(word, before[i]) && word.size >= before[i].size + 6 && !mz_lexicon_find(word).kinds &&
            !joined_arabic_meaning(word).kinds)
            return 2;
    return 0;
}

/* The particle as a word of its own, and the word with its article; لل has lost the letter of the article. */
static mz_status split_particle(mz_draft *d, const mz_word *word, size_t particle, mz_error *error) {
    mz_str rest = {word->folded.data + particle, word->folded.size - particle};
    if (!starts(rest, MZ_STR("ال"))) rest = mz_arena_print(d->arena, "ا%.*s", (int)rest.size, rest.data);
    mz_status status = mz_draft_part(d, word, (mz_str){word->folded.data, particle}, error);
    return status ? status : mz_draft_part(d, word, rest, error);
}

/* l'unité, d'Afrique: French writes the article and "of" to a word with an apostrophe. Told only where the word is
 * known, for d'Amato is a name. */
static const char *elided(const mz_word *word) {
    mz_str folded = word->folded, original = word->original;
    if (word->script != MZ_SCRIPT_LATIN || original.size < 4 || folded.size < 4) return NULL;
    bool apostrophe = original.data[1] == '\'' || mz_starts_with((mz_str){original.data + 1, 3}, "’");
    if (!apostrophe || (folded.data[0] != 'l' && folded.data[0] != 'd')) return NULL;
    if (mz_lexicon_find(folded).kinds || !meaning_of((mz_str){folded.data + 1, folded.size - 1}).kinds) return NULL;
    return folded.data[0] == 'l' ? "le" : "de";
}

static mz_status split_elided(mz_draft *d, const mz_word *word, mz_error *error) {
    mz_status status = mz_draft_part(d, word, mz_str_of(elided(word)), error);
    mz_str rest = {word->folded.data + 1, word->folded.size - 1};
    return status ? status : mz_draft_part(d, word, rest, error);
}

mz_status mz_draft_organisation(mz_draft *d, const mz_word *found, size_t count, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) {
        mz_word mark;
        if (i + 1 < count && vessel_mark(d, &found[i], &found[i + 1], &mark)) {
            mz_draft_push(d, &mark);
            i++;
        } else if (mz_script_unspaced(found[i].script)) {
            status = split_unspaced(d, &found[i], error);
        } else if (found[i].script == MZ_SCRIPT_ARABIC && arabic_particle(found[i].folded)) {
            status = split_particle(d, &found[i], arabic_particle(found[i].folded), error);
        } else if (elided(&found[i])) {
            status = split_elided(d, &found[i], error);
        } else {
            status = mz_draft_split(d, &found[i], error);
        }
    }
    return status;
}
