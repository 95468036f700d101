/* Which passwords are good enough.
 *
 * What is counted is what somebody who guesses has to guess: the commonest words, the person's own names, years and
 * runs are tried first by everybody, so that each of them counts as one letter, however long it is. A list of leaked
 * passwords was rejected: it is large, others' property, in English above all, and this rule refuses nearly all that
 * stand in one. The words are those of passwords seen in administrations of the region, in the letters they are typed
 * in.
 */
#include "access/password.h"
#include "base/ascii.h"
#include "base/error.h"
#include "text/text.h"

#include <string.h>

static const char *const common_words[] = {
    "password",      "passwort",  "passe",      "motdepasse", "secret",    "admin",      "administrateur",
    "administrator", "welcome",   "bienvenue",  "bonjour",    "hello",     "salam",      "marhaba",
    "bismillah",     "inchallah", "hamdoulah",  "allah",      "habibi",    "login",      "letmein",
    "master",        "monkey",    "dragon",     "football",   "soleil",    "princess",   "chouchou",
    "amour",         "iloveyou",  "jetaime",    "azerty",     "qwerty",    "maroc",      "morocco",
    "maghreb",       "rabat",     "casablanca", "tanger",     "marrakech", "algerie",    "tunisie",
    "senegal",       "afrique",   "africa",     "atlas",      "sahara",    "mizan",      "sanctions",
    "screening",     "agence",    "agency",     "banque",     "bank",      "compliance", "conformite",
    "service",       "test",      "demo",       "temp",       "user",      "guest",      "root",
    "changeme",      "default",   "summer",     "winter",     "janvier",   "fevrier",    "ramadan",
    "raja",          "wydad",     "سر",         "كلمة",       "المرور",    "مرحبا",      "السلام",
    "عليكم",         "بسم",       "الله",       "المغرب",     "الرباط",    "محمد",       "ميزان",
    "مدير",          "حبيبي",
};

/* Rows of keyboards and the alphabets: any piece of one, forwards or backwards, is a run. */
static const char *const rows[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
    "1aqw2zsx3edc4rfv",
};

enum { RUN_LEAST = 3, WORD_LEAST = 3 };

/* How letters are written with figures and signs when somebody thinks that nobody will notice. */
static char plain(char c) {
    static const char written[] = "@4310$5!7", meant[] = "aaeiossit";
    const char *at = c ? strchr(written, c) : NULL;
    return at ? meant[at - written] : mz_lower(c);
}

/* Whether `word` begins here, letter for letter or as it is dressed up. */
static size_t word_here(mz_str rest, mz_str word) {
    if (word.size < WORD_LEAST || rest.size < word.size) return 0;
    bool same = true, dressed = true;
    for (size_t k = 0; k < word.size && (same || dressed); k++) {
        same = same && mz_lower(rest.data[k]) == mz_lower(word.data[k]);
        dressed = dressed && plain(rest.data[k]) == plain(word.data[k]);
    }
    return same || dressed ? word.size : 0;
}

/* How far the text goes along a row from its first letter, in one direction. */
static size_t along(mz_str rest, const char *row, int step) {
    const char *at = strchr(row, mz_lower(rest.data[0]));
    size_t length = 1;
    if (!at || !rest.data[0]) return 0;
    while (length < rest.size) {
        at += step;
        if (at < row || !*at || mz_lower(rest.data[length]) != *at) break;
        length++;
    }
    return length;
}

static size_t longest(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t run_here(mz_str rest) {
    size_t length = 1;
    while (length < rest.size && rest.data[length] == rest.data[0]) length++;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        length = longest(length, longest(along(rest, rows[r], 1), along(rest, rows[r], -1)));
    return length >= RUN_LEAST ? length : 0;
}

static size_t year_here(mz_str rest) {
    bool year = rest.size >= 4 &&
                ((rest.data[0] == '1' && rest.data[1] == '9') || (rest.data[0] == '2' && rest.data[1] == '0')) &&
                mz_is_digit(rest.data[2]) && mz_is_digit(rest.data[3]);
    return year ? 4 : 0;
}

/* Bytes from here on that are worth one letter: a character, or the longest of what everybody tries. */
static size_t unit_here(mz_str rest, const mz_str *about, size_t about_count) {
    size_t length = longest(run_here(rest), year_here(rest));
    for (size_t k = 0; k < sizeof common_words / sizeof *common_words; k++)
        length = longest(length, word_here(rest, mz_str_of(common_words[k])));
    for (size_t k = 0; k < about_count; k++) length = longest(length, word_here(rest, about[k]));
    if (length) return length;
    for (length = 1; length < rest.size && ((unsigned char)rest.data[length] & 0xC0) == 0x80;) length++;
    return length;
}

static size_t count_letters(mz_str text) {
    size_t count = 0;
    for (size_t k = 0; k < text.size; k++) count += ((unsigned char)text.data[k] & 0xC0) != 0x80;
    return count;
}

/* The size of the piece at the start of `rest` that stands there once more right behind: "abcabc" is worth "abc". */
static bool is_repetition(mz_str done, mz_str rest, size_t size) {
    return done.size >= size && memcmp(done.data + done.size - size, rest.data, size) == 0;
}

static size_t worth_of(mz_str password, const mz_str *about, size_t about_count) {
    size_t worth = 0, at = 0;
    while (at < password.size) {
        mz_str done = {password.data, at}, rest = {password.data + at, password.size - at};
        size_t again = 0;
        for (size_t size = 2; size <= rest.size && size <= at; size++)
            if (is_repetition(done, rest, size)) again = size;
        at += longest(again, unit_here(rest, about, about_count));
        worth++;
    }
    return worth;
}

mz_status mz_password_check(mz_str password, const mz_str *about, size_t about_count, mz_error *error) {
    if (password.size > MZ_PASSWORD_BYTES_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "the password is longer than %d bytes", (int)MZ_PASSWORD_BYTES_MOST);
    if (!mz_utf8_valid(password, NULL) || (password.size && memchr(password.data, '\0', password.size)))
        return mz_fail(error, MZ_ERR_INPUT, "the password is not text in UTF-8");
    if (count_letters(password) < MZ_PASSWORD_LETTERS_LEAST)
        return mz_fail(error, MZ_ERR_INPUT, "the password is too short: %d characters at the least",
                       (int)MZ_PASSWORD_LETTERS_LEAST);
    if (worth_of(password, about, about_count) < MZ_PASSWORD_WORTH_LEAST)
        return mz_fail(error, MZ_ERR_INPUT,
                       "the password is easily guessed: it is made of common words, your own names, years or runs of "
                       "letters; several words that have nothing to do with each other are better");
    return MZ_OK;
}
