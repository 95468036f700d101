/* Names of persons that are written without a blank, taken apart into family and given name: 王建国 is 王 and 建国,
 * 김민수 is 김 and 민수, タナカタロウ is タナカ and タロウ. What is a family name is in the lexicon; a name that begins
 * with none stays whole, as names of foreigners do.
 *
 * And the other way round: given names in the spelling of Wade and Giles are read as the pinyin they stand for, where
 * the whole name is made of such syllables and one at least is no pinyin. */
#include "names/chinese.h"
#include "names/draft.h"

enum { CHARACTERS_MOST = 8 };

/* Where the characters of a word begin, and its end; 0 characters when there are too many. */
static size_t characters(mz_str text, size_t ret_at[CHARACTERS_MOST + 1]) {
    size_t count = 0, at = 0;
    uint32_t code_point;
    for (;;) {
        if (count > CHARACTERS_MOST) return 0;
        ret_at[count] = at;
        if (!mz_utf8_next(text, &at, &code_point)) return count;
        count++;
    }
}

static bool is_family(mz_str text, bool with_names) {
    unsigned kinds = mz_lexicon_find(text).kinds;
    return (kinds & MZ_LEXICON_FAMILY) != 0 || (with_names && kinds & MZ_LEXICON_NICKNAME);
}

/* How many characters of a word are its family name; 0 when it does not begin with one. */
static size_t family_of_han(mz_str folded, const size_t *at, size_t count) {
    for (size_t size = count < 5 ? 2 : 3; size > 1; size--)
        if (count > size && is_family((mz_str){folded.data, at[size]}, true)) return size;
    return count <= 3 && is_family((mz_str){folded.data, at[1]}, false) ? 1 : 0;
}

static size_t family_of_hangul(mz_str folded, const size_t *at, size_t count) {
    if (count > 4) return 0;
    if (count > 2 && is_family((mz_str){folded.data, at[2]}, false)) return 2;
    return count <= 3 && is_family((mz_str){folded.data, at[1]}, false) ? 1 : 0;
}

static mz_status read_part(mz_draft *d, mz_str text, mz_word *ret_word, mz_error *error) {
    mz_word *words;
    size_t count;
    bool cut;
    mz_status status = mz_text_words(text, d->arena, 1, &words, &count, &cut, error);
    if (status) return status;
    *ret_word = count ? words[0] : (mz_word){.folded = {"", 0}};
    return MZ_OK;
}

static mz_status family_of_kana(mz_draft *d, mz_str folded, const size_t *at, size_t count, size_t *ret_size,
                                mz_error *error) {
    *ret_size = 0;
    for (size_t size = count - 1; size > 1 && !*ret_size; size--) {
        mz_word part;
        mz_status status = read_part(d, (mz_str){folded.data, at[size]}, &part, error);
        if (status) return status;
        if (mz_lexicon_find(part.latin).kinds & MZ_LEXICON_CULTURE) *ret_size = size;
    }
    return MZ_OK;
}

static bool ends(mz_str text, mz_str suffix) {
    return text.size > suffix.size && memcmp(text.data + text.size - suffix.size, suffix.data, suffix.size) == 0;
}

/* The bytes of the word as written that `first` characters of its normal form came from; the whole where that is not
 * character by character. */
static mz_str written_part(mz_str original, size_t count, size_t first, bool head) {
    size_t at[CHARACTERS_MOST + 1];
    if (characters(original, at) != count) return original;
    return head ? (mz_str){original.data, at[first]} : (mz_str){original.data + at[first], original.size - at[first]};
}

mz_status mz_draft_unspaced(mz_draft *d, const mz_word *word, mz_error *error) {
    size_t at[CHARACTERS_MOST + 1], count = characters(word->folded, at), size = 0;
    mz_status status = MZ_OK;
    mz_word family, given;
    if (count > 1 && word->script == MZ_SCRIPT_HAN) size = family_of_han(word->folded, at, count);
    if (count > 1 && word->script == MZ_SCRIPT_HANGUL) size = family_of_hangul(word->folded, at, count);
    if (count > 3 && word->script == MZ_SCRIPT_KANA) status = family_of_kana(d, word->folded, at, count, &size, error);
    if (!status && size) status = read_part(d, (mz_str){word->folded.data, at[size]}, &family, error);
    if (!status && size)
        status = read_part(d, (mz_str){word->folded.data + at[size], word->folded.size - at[size]}, &given, error);
    if (status) return status;
    if (!size || !family.folded.size || !given.folded.size) {
        mz_draft_push(d, word);
        return MZ_OK;
    }
    /* a family name may be read in another way than the same character alone */
    if (ends(word->latin, given.latin)) family.latin = (mz_str){word->latin.data, word->latin.size - given.latin.size};
    family.original = written_part(word->original, count, size, true);
    given.original = written_part(word->original, count, size, false);
    mz_draft_push(d, &family);
    mz_draft_push(d, &given);
    return MZ_OK;
}

void mz_draft_wade_giles(mz_draft *d) {
    mz_str pinyin[MZ_NAME_WORDS_MOST];
    bool any_sure = false;
    if (d->count < 2 || d->count > 4) return;
    /* the family name has its spellings in the lexicon */
    size_t family = mz_draft_lexeme(d, 0, 1).kinds & MZ_LEXICON_FAMILY ? 0 : d->count - 1;
    if (!(mz_draft_lexeme(d, family, 1).kinds & MZ_LEXICON_FAMILY)) return;
    for (size_t i = 0; i < d->count; i++) {
        const mz_word *word = &d->words[i];
        bool sure = false;
        if (word->script != MZ_SCRIPT_LATIN) return;
        if (i == family) continue;
        pinyin[i] = mz_wade_giles(word->latin, word->original, d->arena, &sure);
        if (!pinyin[i].size) return;
        any_sure |= sure;
    }
    for (size_t i = 0; i < d->count && any_sure; i++)
        if (i != family) d->words[i].latin = pinyin[i];
}
