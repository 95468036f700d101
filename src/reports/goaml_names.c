/* What the elements are called, and names in the letters that they take. */
#include "base/ascii.h"
#include "base/error.h"
#include "reports/goaml.h"
#include "reports/goaml_words.h"
#include "text/text.h"

enum { WORDS_MOST = 64 };

const char *mz_goaml_label(const char *element, mz_language language) {
    static const struct {
        const char *element, *labels[3];
    } table[] = {
#define MZ_X(element, english, french, arabic)                                                                         \
    {#element, {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic}},
        MZ_GOAML_LABELS(MZ_X)
#undef MZ_X
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (strcmp(table[k].element, element) == 0) return table[k].labels[language];
    return element;
}

static bool is_taken(mz_str word) {
    for (size_t k = 0; k < word.size; k++) {
        char c = word.data[k];
        if (!mz_is_letter(c) && !mz_is_digit(c) && !memchr(".'-", c, 3)) return false;
    }
    return true;
}

static size_t put_word(char *out, const mz_word *word) {
    if (is_taken(word->original)) {
        memcpy(out, word->original.data, word->original.size);
        return word->original.size;
    }
    memcpy(out, word->latin.data, word->latin.size);
    if (out[0] >= 'a' && out[0] <= 'z') out[0] = (char)(out[0] - 'a' + 'A');
    return word->latin.size;
}

/* A hyphen between two words stays one. */
static char between(const mz_word *before, const mz_word *word) {
    const char *end = before->original.data + before->original.size;
    return word->original.data == end + 1 && *end == '-' ? '-' : ' ';
}

mz_str mz_goaml_latin(mz_str name, mz_arena *arena) {
    mz_word *words;
    size_t count, most = 0, size = 0;
    bool cut;
    mz_error error;
    if (mz_text_words(name, arena, WORDS_MOST, &words, &count, &cut, &error)) return (mz_str){"", 0};
    for (size_t k = 0; k < count; k++) most += words[k].latin.size + words[k].original.size + 1;
    char *latin = MZ_ARENA_NEW(arena, most + 1, char);
    if (!latin) return (mz_str){"", 0};
    for (size_t k = 0; k < count; k++) {
        if (!words[k].latin.size) continue;
        if (size) latin[size++] = between(&words[k - 1], &words[k]);
        size += put_word(latin + size, &words[k]);
    }
    return (mz_str){latin, size};
}
