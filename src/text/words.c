/* Names into words.
 *
 * A name is cut into chunks at its separators. A chunk that is plain ASCII letters or digits, which is nearly all of
 * nearly all names, becomes a word at once; any other is taken letter by letter through letters.c, its dots, quotes
 * and digits are settled, and each run of letters that belong together becomes a word.
 * One chunk is in memory at a time, so that a name of a million words costs what is asked of it. */
#include "base/error.h"
#include "text/letters.h"

#include <string.h>

enum { LETTERS_AT_ONCE = 128, WORDS_AT_ONCE = 16, NAME_LIMIT_BYTES = 16 * 1024 * 1024 };

typedef struct splitter {
    mz_str name;
    mz_arena *arena;
    mz_word *words;
    size_t count, capacity, most;
    bool cut, failed;
    char *ascii;        /* room for the ASCII words of the rest of the name */
    mz_letter *letters; /* the chunk in hand */
    size_t letter_count, letter_capacity;
    mz_letter first_letters[LETTERS_AT_ONCE];
    mz_word first_words[WORDS_AT_ONCE];
} splitter;

/* The next free word, NULL when there is to be none. */
static mz_word *new_word(splitter *all) {
    if (all->count == all->most) {
        all->cut = true;
        return NULL;
    }
    if (all->count == all->capacity) {
        mz_word *grown = MZ_ARENA_NEW(all->arena, all->capacity * 2, mz_word);
        if (!grown) {
            all->failed = true;
            return NULL;
        }
        memcpy(grown, all->words, all->count * sizeof *grown);
        all->words = grown;
        all->capacity *= 2;
    }
    return &all->words[all->count++];
}

/* Plain ASCII. */

static bool is_letter(unsigned char c) {
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_digit(unsigned char c) {
    return (unsigned char)(c - '0') < 10;
}

/* ASCII that separates wherever it stands. */
static bool is_separator(unsigned char c) {
    return c < 0x80 && !is_letter(c) && !is_digit(c) && c != '.' && c != '\'' && c != '`' && c != '"';
}

/* The end of a run of ASCII letters, or of digits, from `at` on that is a word as it stands; `at` when it is not. A
 * dot behind two letters or more, with nothing behind it, is no abbreviation's. */
static size_t plain_word(mz_str name, size_t at) {
    const unsigned char *bytes = (const unsigned char *)name.data;
    size_t end = at;
    if (is_letter(bytes[at])) {
        while (end < name.size && is_letter(bytes[end])) end++;
        if (end - at > 1 && end < name.size && bytes[end] == '.' &&
            (end + 1 == name.size || is_separator(bytes[end + 1])))
            return end;
    } else {
        while (end < name.size && is_digit(bytes[end])) end++;
    }
    return end == name.size || is_separator(bytes[end]) ? end : at;
}

static void put_plain(splitter *all, size_t start, size_t end) {
    mz_word *word = new_word(all);
    if (!word) return;
    if (!all->ascii) all->ascii = mz_arena_alloc(all->arena, all->name.size - start, 1);
    if (!all->ascii) {
        all->failed = true;
        return;
    }
    bool number = is_digit((unsigned char)all->name.data[start]);
    mz_str text = {all->ascii, end - start};
    for (size_t i = start; i < end; i++) {
        char c = all->name.data[i];
        *all->ascii++ = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    *word = (mz_word){.folded = text,
                      .latin = text,
                      .original = {all->name.data + start, end - start},
                      .script = number ? MZ_SCRIPT_NONE : MZ_SCRIPT_LATIN,
                      .number = number};
}

/* Anything else: letters of a chunk. */

static bool room_for_letters(splitter *all, size_t more) {
    if (all->letter_capacity - all->letter_count >= more) return true;
    size_t capacity = all->letter_capacity * 2;
    mz_letter *grown = MZ_ARENA_NEW(all->arena, capacity, mz_letter);
    if (!grown) {
        all->failed = true;
        return false;
    }
    memcpy(grown, all->letters, all->letter_count * sizeof *grown);
    all->letters = grown;
    all->letter_capacity = capacity;
    return true;
}

static bool in_word(const mz_letter *letter) {
    return letter->kind <= MZ_LETTER_DIGIT;
}

static bool is_passed_over(const mz_letter *letter) {
    return letter->kind >= MZ_LETTER_DROPPED && letter->kind <= MZ_LETTER_APOSTROPHE;
}

/* The next letter, mark or digit before or behind place `at` with only dropped ones between; NULL when a separator or
 * an end comes first. */
static mz_letter *neighbour(splitter *all, size_t at, int step) {
    for (size_t i = at;;) {
        if (step < 0 ? i == 0 : i + 1 >= all->letter_count) return NULL;
        i = step < 0 ? i - 1 : i + 1;
        if (in_word(&all->letters[i])) return &all->letters[i];
        if (!is_passed_over(&all->letters[i])) return NULL;
    }
}

/* Whether the letters between two separators are one letter, marks aside. */
static bool is_single(splitter *all, size_t start, size_t end) {
    size_t letters = 0;
    for (size_t i = start; i < end; i++) {
        if (all->letters[i].kind == MZ_LETTER_DIGIT) return false;
        if (all->letters[i].kind == MZ_LETTER_LETTER && ++letters > 1) return false;
    }
    return letters == 1;
}

static size_t segment_end(splitter *all, size_t start) {
    size_t end = start;
    while (end < all->letter_count && (in_word(&all->letters[end]) || is_passed_over(&all->letters[end]))) end++;
    return end;
}

/* Dots: those of "U.S.A." join, and its last belongs to the word as written; others separate. */
static void settle_dots(splitter *all) {
    bool joined = false;
    for (size_t start = 0; start < all->letter_count;) {
        size_t end = segment_end(all, start);
        if (end == all->letter_count) return;
        mz_letter *dot = &all->letters[end];
        bool single = dot->kind == MZ_LETTER_DOT && is_single(all, start, end);
        bool next = single && is_single(all, end + 1, segment_end(all, end + 1));
        if (dot->kind == MZ_LETTER_DOT) dot->kind = MZ_LETTER_SEPARATOR;
        if (next) dot->kind = MZ_LETTER_DROPPED;
        if (single && !next && joined && end > 0) all->letters[end - 1].end = dot->end;
        joined = next;
        start = end + 1;
    }
}

static void settle_quotes(splitter *all) {
    for (size_t i = 0; i < all->letter_count; i++) {
        mz_letter *letter = &all->letters[i];
        if (letter->kind != MZ_LETTER_QUOTE && letter->kind != MZ_LETTER_MIDDLE_DOT) continue;
        const mz_letter *before = neighbour(all, i, -1), *behind = neighbour(all, i, 1);
        bool hebrew = before && behind && before->script == MZ_SCRIPT_HEBREW && behind->script == MZ_SCRIPT_HEBREW;
        bool catalan = before && behind && before->raw == 'l' && behind->raw == 'l';
        bool joins = letter->kind == MZ_LETTER_QUOTE ? hebrew : catalan;
        letter->kind = joins ? MZ_LETTER_APOSTROPHE : MZ_LETTER_SEPARATOR;
    }
}

/* An apostrophe behind these Hebrew letters is a geresh and makes another sound of them. */
static void settle_geresh(splitter *all) {
    for (size_t i = 1; i < all->letter_count; i++) {
        mz_letter *letter = &all->letters[i], *before = letter - 1;
        if (letter->kind != MZ_LETTER_APOSTROPHE || before->kind != MZ_LETTER_LETTER) continue;
        if (before->script == MZ_SCRIPT_HEBREW) letter->raw = 0x05F3;
    }
}

static bool has_script(const mz_letter *letter) {
    return letter->kind <= MZ_LETTER_MARK && letter->script != MZ_SCRIPT_NONE && (letter->folded || letter->raw);
}

/* The one script of the letters, MZ_SCRIPT_NONE when there are several. */
static mz_script only_script(const mz_letter *letters, size_t count) {
    mz_script only = MZ_SCRIPT_NONE;
    for (size_t i = 0; i < count; i++) {
        if (!has_script(&letters[i])) continue;
        if (only != MZ_SCRIPT_NONE && only != letters[i].script) return MZ_SCRIPT_NONE;
        only = (mz_script)letters[i].script;
    }
    return only == MZ_SCRIPT_NONE ? MZ_SCRIPT_OTHER : only;
}

/* Digits that stand for letters. */

static bool is_alphabetic(const mz_letter *letter) {
    return letter && letter->kind == MZ_LETTER_LETTER && letter->script >= MZ_SCRIPT_LATIN &&
           letter->script <= MZ_SCRIPT_GREEK && letter->script != MZ_SCRIPT_ARABIC && letter->folded != 0;
}

static bool is_vowel(uint32_t letter) {
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u' || letter == 'y';
}

/* The letter that a single 0 or 1 between two letters stands for, 0 when it stands for none. 1 is i between two
 * consonants, else l; only in Latin. */
static uint32_t letter_of_digit(uint32_t digit, const mz_letter *before, const mz_letter *behind) {
    bool latin = before->script == MZ_SCRIPT_LATIN && behind->script == MZ_SCRIPT_LATIN;
    if (digit == '0' && before->script == behind->script)
        return latin ? 'o' : before->script == MZ_SCRIPT_CYRILLIC ? 0x043E : 0x03BF;
    if (digit != '1' || !latin) return 0;
    return is_vowel(before->raw) || is_vowel(behind->raw) ? 'l' : 'i';
}

static bool is_counted(const mz_letter *letter) {
    return letter->kind == MZ_LETTER_LETTER && letter->folded != 0;
}

static size_t letters_in(splitter *all, size_t start, size_t end) {
    size_t count = 0;
    for (size_t i = start; i < end; i++) count += is_counted(&all->letters[i]);
    return count;
}

/* Letters from `start` on, up to the next digit. */
static size_t letters_behind(splitter *all, size_t start, size_t end) {
    size_t last = start;
    while (last < end && all->letters[last].kind != MZ_LETTER_DIGIT) last++;
    return letters_in(all, start, last);
}

/* A run of digits that may be letters; the segment ends at `last` and has `total` letters. */
static void settle_digits(splitter *all, size_t start, size_t end, size_t last, size_t total) {
    const mz_letter *before = neighbour(all, start, -1), *behind = neighbour(all, end - 1, 1);
    if (!is_alphabetic(before) || !is_alphabetic(behind) || total < 3) return;
    if (!before->upper && behind->upper) return; /* Area1North */
    mz_letter *first = &all->letters[start];
    if (end - start == 1) {
        uint32_t letter = letter_of_digit(first->folded, before, behind);
        if (letter == 0) return;
        first->kind = MZ_LETTER_LETTER;
        first->raw = first->folded = letter;
        first->script = before->script;
        first->upper = before->upper;
        first->lookalike = true;
        return;
    }
    bool twice = end - start == 2 && first[0].folded == first[1].folded;
    if (!twice || first->folded > '1' || letters_behind(all, end, last) < 2) return;
    for (size_t i = start; i < end; i++) {
        all->letters[i].kind = MZ_LETTER_MARK;
        all->letters[i].lookalike = true;
    }
}

/* Digits of a segment whose letters are of one script: what is split later would be read otherwise alone. */
static void settle_numbers(splitter *all, size_t start, size_t end) {
    if (only_script(all->letters + start, end - start) == MZ_SCRIPT_NONE) return;
    size_t total = letters_in(all, start, end);
    for (size_t i = start; i < end;) {
        size_t run = i;
        while (run < end && all->letters[run].kind == MZ_LETTER_DIGIT) run++;
        if (run > i) settle_digits(all, i, run, end, total);
        i = run > i ? run : i + 1;
    }
}

/* Words. */

/* Letters that make words together: digits, Han, Kana, Hangul each alone, all alphabets at first as one. */
static int word_class(const mz_letter *letter) {
    if (letter->kind == MZ_LETTER_DIGIT) return -1;
    bool alone =
        letter->script == MZ_SCRIPT_HAN || letter->script == MZ_SCRIPT_KANA || letter->script == MZ_SCRIPT_HANGUL;
    return alone ? letter->script : 0;
}

/* Adds a letter to those before it. What was between Korean letters may have been dropped, and then they join. */
static size_t add_letter(uint32_t *letters, size_t count, uint32_t letter) {
    uint32_t whole = count ? mz_hangul_join(letters[count - 1], letter) : 0;
    if (whole) {
        letters[count - 1] = whole;
        return count;
    }
    letters[count] = letter;
    return count + 1;
}

static size_t put_folded(const mz_letter *letters, size_t count, uint32_t *room, char *out) {
    size_t kept = 0, size = 0;
    for (size_t i = 0; i < count; i++)
        if (letters[i].folded && in_word(&letters[i])) kept = add_letter(room, kept, letters[i].folded);
    for (size_t i = 0; i < kept; i++) size += mz_utf8_put(room[i], out + size);
    return size;
}

static size_t put_latin(const mz_letter *letters, size_t count, mz_script script, uint32_t *room, char *out,
                        uint64_t *ret_lone_h) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool geresh = letters[i].kind == MZ_LETTER_APOSTROPHE && letters[i].raw == 0x05F3;
        if (letters[i].raw && (in_word(&letters[i]) || geresh)) kept = add_letter(room, kept, letters[i].raw);
    }
    return mz_romanise(script, room, kept, out, ret_lone_h);
}

static mz_str original_of(splitter *all, const mz_letter *letters, size_t count) {
    size_t first = 0, last = count;
    while (first < last && !in_word(&letters[first])) first++;
    while (last > first && !in_word(&letters[last - 1]) && letters[last - 1].kind != MZ_LETTER_DROPPED) last--;
    if (first == last) return (mz_str){all->name.data, 0};
    return (mz_str){all->name.data + letters[first].start, letters[last - 1].end - letters[first].start};
}

static bool any_lookalike(const mz_letter *letters, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (letters[i].lookalike) return true;
    return false;
}

/* Letters that are one word of one script. */
static void put_word(splitter *all, const mz_letter *letters, size_t count, mz_script script) {
    char text_room[MZ_ROMANISED_MOST(LETTERS_AT_ONCE)];
    uint32_t letter_room[LETTERS_AT_ONCE];
    char *text = text_room;
    uint32_t *room = letter_room;
    if (count > LETTERS_AT_ONCE) {
        text = mz_arena_alloc(all->arena, MZ_ROMANISED_MOST(count), 1);
        room = MZ_ARENA_NEW(all->arena, count, uint32_t);
        if (!text || !room) {
            all->failed = true;
            return;
        }
    }
    mz_str folded = {text, put_folded(letters, count, room, text)};
    if (folded.size == 0) return;
    mz_word *word = new_word(all);
    if (!word) return;
    *word = (mz_word){.folded = mz_arena_copy(all->arena, folded), .original = original_of(all, letters, count)};
    word->number = letters[0].kind == MZ_LETTER_DIGIT;
    word->script = script;
    word->abjad = script == MZ_SCRIPT_ARABIC || script == MZ_SCRIPT_HEBREW;
    word->lookalike = any_lookalike(letters, count);
    mz_str latin = {text, put_latin(letters, count, script, room, text, &word->lone_h)};
    word->latin = mz_str_equal(word->folded, latin) ? word->folded : mz_arena_copy(all->arena, latin);
}

/* How many letters must be changed to read all in `script`; SIZE_MAX when one cannot be, or none is of it. */
static size_t letters_to_change(const mz_letter *letters, size_t count, mz_script script) {
    size_t change = 0, own = 0;
    for (size_t i = 0; i < count; i++) {
        if (!has_script(&letters[i])) continue;
        if (letters[i].script == script) {
            own++;
        } else if (mz_letter_lookalike(&letters[i], script) != 0) {
            change++;
        } else {
            return SIZE_MAX;
        }
    }
    return own ? change : SIZE_MAX;
}

static void change_letters(mz_letter *letters, size_t count, mz_script script) {
    for (size_t i = 0; i < count; i++) {
        if (!has_script(&letters[i]) || letters[i].script == script) continue;
        letters[i].raw = mz_letter_lookalike(&letters[i], script);
        letters[i].script = (uint8_t)script;
        letters[i].lookalike = true;
        (void)mz_letter_fold(&letters[i]); /* none of the table is folded to two letters */
    }
}

/* Each run of one script is a word. */
static void put_each_script(splitter *all, const mz_letter *letters, size_t count) {
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        mz_script script = has_script(&letters[start]) ? (mz_script)letters[start].script : MZ_SCRIPT_OTHER;
        while (end < count && (!has_script(&letters[end]) || letters[end].script == script)) end++;
        put_word(all, letters + start, end - start, script);
        start = end;
    }
}

static void put_alphabetic(splitter *all, mz_letter *letters, size_t count) {
    static const mz_script alike[] = {MZ_SCRIPT_LATIN, MZ_SCRIPT_CYRILLIC, MZ_SCRIPT_GREEK};
    mz_script script = only_script(letters, count);
    if (script == MZ_SCRIPT_NONE) {
        size_t fewest = SIZE_MAX;
        for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
            size_t change = letters_to_change(letters, count, alike[i]);
            if (change < fewest) {
                fewest = change;
                script = alike[i];
            }
        }
        if (script != MZ_SCRIPT_NONE) change_letters(letters, count, script);
    }
    if (script == MZ_SCRIPT_NONE) {
        put_each_script(all, letters, count);
    } else {
        put_word(all, letters, count, script);
    }
}

static size_t class_end(const mz_letter *letters, size_t start, size_t end) {
    int class = word_class(&letters[start]);
    size_t i = start + 1;
    while (i < end && (is_passed_over(&letters[i]) || (letters[i].kind == MZ_LETTER_MARK && class >= 0) ||
                       (letters[i].kind != MZ_LETTER_MARK && word_class(&letters[i]) == class)))
        i++;
    return i;
}

static void put_segment(splitter *all, size_t start, size_t end) {
    settle_numbers(all, start, end);
    for (size_t i = start; i < end && !all->cut && !all->failed;) {
        if (!in_word(&all->letters[i])) {
            i++;
            continue;
        }
        size_t run = class_end(all->letters, i, end);
        int class = word_class(&all->letters[i]);
        if (class == 0) {
            put_alphabetic(all, all->letters + i, run - i);
        } else {
            put_word(all, all->letters + i, run - i, class < 0 ? MZ_SCRIPT_NONE : (mz_script) class);
        }
        i = run;
    }
}

static void put_chunk(splitter *all) {
    settle_quotes(all);
    settle_geresh(all);
    settle_dots(all);
    for (size_t start = 0; start < all->letter_count && !all->cut && !all->failed;) {
        size_t end = segment_end(all, start);
        if (end > start) put_segment(all, start, end);
        start = end + 1;
    }
}

/* Reads letters from `at` on up to and with the next separator; returns where it stopped. */
static size_t read_chunk(splitter *all, size_t at) {
    all->letter_count = 0;
    bool separated = false;
    while (at < all->name.size && !separated && room_for_letters(all, MZ_LETTERS_OF_ONE)) {
        size_t start = at;
        uint32_t code_point = 0;
        mz_utf8_next(all->name, &at, &code_point);
        mz_letter *out = all->letters + all->letter_count, *before = all->letter_count ? out - 1 : NULL;
        size_t count = mz_letters_of(code_point, (uint32_t)start, (uint32_t)at, before, out);
        for (size_t i = 0; i < count; i++) separated |= out[i].kind == MZ_LETTER_SEPARATOR;
        all->letter_count += count;
    }
    return at;
}

static void split(splitter *all) {
    const unsigned char *bytes = (const unsigned char *)all->name.data;
    for (size_t at = 0; at < all->name.size && !all->cut && !all->failed;) {
        if (is_separator(bytes[at])) {
            at++;
            continue;
        }
        size_t end = is_letter(bytes[at]) || is_digit(bytes[at]) ? plain_word(all->name, at) : at;
        if (end > at) {
            put_plain(all, at, end);
            at = end;
        } else {
            at = read_chunk(all, at);
            if (!all->failed) put_chunk(all);
        }
    }
}

/* The words, moved into the arena when they are not there yet. */
static mz_word *keep_words(splitter *all) {
    if (all->words != all->first_words) return all->words;
    mz_word *words = MZ_ARENA_NEW(all->arena, all->count, mz_word);
    if (words) memcpy(words, all->words, all->count * sizeof *words);
    return words;
}

static void splitter_init(splitter *all, mz_str name, mz_arena *arena, size_t most_words) {
    all->name = name;
    all->arena = arena;
    all->words = all->first_words;
    all->count = 0;
    all->capacity = WORDS_AT_ONCE;
    all->most = most_words;
    all->cut = all->failed = false;
    all->ascii = NULL;
    all->letters = all->first_letters;
    all->letter_count = 0;
    all->letter_capacity = LETTERS_AT_ONCE;
}

mz_status mz_text_words(mz_str name, mz_arena *arena, size_t most_words, mz_word **ret_words, size_t *ret_count,
                        bool *ret_cut, mz_error *error) {
    size_t bad = 0;
    if (name.size >= NAME_LIMIT_BYTES)
        return mz_fail(error, MZ_ERR_LIMIT, "a name of %zu bytes; the most is %d", name.size, NAME_LIMIT_BYTES - 1);
    if (!mz_utf8_valid(name, &bad))
        return mz_fail_at(error, MZ_ERR_INPUT, 0, bad + 1,
                          "the name is not UTF-8: byte 0x%02X cannot stand there; convert the text to UTF-8 first",
                          (unsigned)(unsigned char)name.data[bad]);
    splitter all;
    splitter_init(&all, name, arena, most_words);
    split(&all);
    mz_word *words = keep_words(&all);
    if (all.failed || arena->failed || !words) return mz_fail_memory(error);
    *ret_words = words;
    *ret_count = all.count;
    *ret_cut = all.cut;
    return MZ_OK;
}
