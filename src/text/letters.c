/* From code points to letters in normal form: what is a letter, a mark, a separator, and what each is folded to.
 *
 * NFKD, case folding and categories are utf8proc's. NFKD takes apart what in some scripts is a letter of its own
 * (й, ї, أ, ガ, Korean syllables); those pairs are put together again here, whichever way they were written. All
 * other marks are dropped, but for the scripts whose vowels are marks.
 * The result of folding is folded to itself; the fuzz target holds that. */
#include "text/letters.h"

#include "text/tables.h"

#include <utf8proc.h>

enum {
    HANGUL_FIRST = 0xAC00,
    HANGUL_LAST = 0xD7A3,
    JAMO_L = 0x1100,
    JAMO_V = 0x1161,
    JAMO_T = 0x11A7, /* one before the first */
    JAMO_L_COUNT = 19,
    JAMO_V_COUNT = 21,
    JAMO_T_COUNT = 28,
    VOICED = 0x3099,
    HALF_VOICED = 0x309A
};

static bool among(uint32_t code_point, const uint16_t *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == code_point) return true;
    return false;
}
#define AMONG(code_point, list) among((code_point), (list), sizeof(list) / sizeof *(list))

/* Letters that a mark makes another letter of, in scripts where the mark is not an accent. */
static uint32_t compose_pair(uint32_t base, uint32_t mark) {
    static const uint16_t pairs[][3] = {
        {0x0627, 0x0653, 0x0622}, {0x0627, 0x0654, 0x0623}, {0x0627, 0x0655, 0x0625}, {0x0648, 0x0654, 0x0624},
        {0x064A, 0x0654, 0x0626}, {0x06C1, 0x0654, 0x06C2}, {0x06D2, 0x0654, 0x06D3}, {0x06D5, 0x0654, 0x06C0},
        {0x0433, 0x0301, 0x0453}, {0x0435, 0x0308, 0x0451}, {0x0438, 0x0306, 0x0439}, {0x043A, 0x0301, 0x045C},
        {0x0443, 0x0306, 0x045E}, {0x0456, 0x0308, 0x0457},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == base && pairs[i][1] == mark) return pairs[i][2];
    return 0;
}

static uint32_t compose_kana(uint32_t base, uint32_t mark) {
    bool ha = base >= 0x30CF && base <= 0x30DB && (base - 0x30CF) % 3 == 0; /* ハヒフヘホ */
    if (mark == HALF_VOICED) return ha ? base + 2 : 0;
    if (ha) return base + 1;
    if (base >= 0x30AB && base <= 0x30C1 && base % 2 == 1) return base + 1; /* カ … チ */
    if (base >= 0x30C4 && base <= 0x30C8 && base % 2 == 0) return base + 1; /* ツテト */
    if (base >= 0x30EF && base <= 0x30F2) return base + 8;                  /* ワヰヱヲ */
    return base == 0x30A6 ? 0x30F4 : 0;                                     /* ウ */
}

uint32_t mz_hangul_join(uint32_t base, uint32_t next) {
    if (base >= JAMO_L && base < JAMO_L + JAMO_L_COUNT && next >= JAMO_V && next < JAMO_V + JAMO_V_COUNT)
        return HANGUL_FIRST + ((base - JAMO_L) * JAMO_V_COUNT + (next - JAMO_V)) * JAMO_T_COUNT;
    bool open = base >= HANGUL_FIRST && base <= HANGUL_LAST && (base - HANGUL_FIRST) % JAMO_T_COUNT == 0;
    if (open && next > JAMO_T && next < JAMO_T + JAMO_T_COUNT) return base + (next - JAMO_T);
    return 0;
}

static uint32_t compose(uint32_t base, uint32_t next) {
    if (next == VOICED || next == HALF_VOICED) return compose_kana(base, next);
    if (next >= JAMO_V && next < JAMO_T + JAMO_T_COUNT) return mz_hangul_join(base, next);
    if (next == 0x0301 || next == 0x0306 || next == 0x0308 || (next >= 0x0653 && next <= 0x0655))
        return compose_pair(base, next);
    return 0;
}

/* The value of a decimal digit of any script, -1 for others. Unicode keeps each script's ten digits together. */
static int digit_value(uint32_t code_point) {
    static const uint32_t zeros[] = {
        0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,  0x0CE6,  0x0D66,
        0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,
        0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0x104A0,
        0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
        0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950,
    };
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (code_point >= zeros[i] && code_point < zeros[i] + 10) return (int)(code_point - zeros[i]);
    return -1;
}

static mz_letter_kind ascii_kind(uint32_t code_point) {
    if ((code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z') return MZ_LETTER_LETTER;
    if (code_point >= '0' && code_point <= '9') return MZ_LETTER_DIGIT;
    if (code_point == '\'' || code_point == '`') return MZ_LETTER_APOSTROPHE;
    if (code_point == '"') return MZ_LETTER_QUOTE;
    return code_point == '.' ? MZ_LETTER_DOT : MZ_LETTER_SEPARATOR;
}

/* Punctuation and symbols by what they do in names, before NFKD could turn them into something else; `otherwise` for
 * all that is not special. */
static mz_letter_kind special_kind(uint32_t code_point, mz_letter_kind otherwise) {
    static const uint16_t invisible[] = {0x00A8, 0x00AF, 0x00B8, 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0xFFFD};
    if (AMONG(code_point, invisible) || (code_point >= 0x02D8 && code_point <= 0x02DD)) return MZ_LETTER_INVISIBLE;
    if (code_point >= 0x02B9 && code_point <= 0x02DF) return MZ_LETTER_APOSTROPHE;
    switch (code_point) {
    case 0x00B4: /* acute accent */
    case 0x05F3: /* geresh */
    case 0x07F4: /* NKo apostrophes */
    case 0x07F5:
    case 0x1FBD: /* Greek breathings standing alone */
    case 0x1FBF:
    case 0x1FFE:
    case 0x2018: /* quotation marks that serve as apostrophes */
    case 0x2019:
    case 0x201B:
    case 0x2032: /* prime */
    case 0x2035:
    case 0xA78B: /* saltillo */
    case 0xA78C: return MZ_LETTER_APOSTROPHE;
    case 0x05F4: /* gershayim */
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033: return MZ_LETTER_QUOTE;
    case 0x00B7: return MZ_LETTER_MIDDLE_DOT;
    case 0x2120: /* service mark, trade mark: NFKD makes letters of them */
    case 0x2122: return MZ_LETTER_SEPARATOR;
    default: return otherwise;
    }
}

/* Letters that only stretch (tatweel) or repeat what is before them. */
static bool says_nothing(uint32_t code_point) {
    static const uint16_t list[] = {0x0640, 0x0E46, 0x0EC6, 0x17D7, 0xA9CF, 0xAA70};
    return AMONG(code_point, list);
}

/* Marks of the scripts whose vowels are marks: kept, but for tones, nuktas and signs of reciting. A nukta stays in
 * `raw`, where it makes z of j. */
static void mark_kind(mz_letter *letter) {
    static const uint16_t nuktas[] = {0x093C, 0x09BC, 0x0A3C, 0x0ABC, 0x0B3C, 0x0C3C, 0x0CBC};
    uint32_t mark = letter->raw;
    mz_script script = mz_script_of(mark);
    bool kept = script >= MZ_SCRIPT_THAI && script != MZ_SCRIPT_ETHIOPIC && script != MZ_SCRIPT_TIFINAGH;
    bool tone = (mark >= 0x0E48 && mark <= 0x0E4B) || mark == 0x0E4E || (mark >= 0x0EC8 && mark <= 0x0ECC) ||
                mark == 0x1037 || mark == 0x1038 || (mark >= 0x17C9 && mark <= 0x17D1) || mark == 0x17D3 ||
                mark == 0x17DD || (mark >= 0x0951 && mark <= 0x0954) || (mark >= 0x1CD0 && mark <= 0x1CFF);
    if (!kept || tone) {
        letter->kind = MZ_LETTER_DROPPED;
        letter->raw = letter->folded = 0;
        return;
    }
    letter->kind = MZ_LETTER_MARK;
    letter->script = (uint8_t)script;
    if (AMONG(mark, nuktas)) letter->folded = 0;
}

static const mz_fold *find_fold(uint32_t code_point) {
    size_t low = 0, high = mz_fold_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mz_folds[middle].from < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < mz_fold_count && mz_folds[low].from == code_point ? &mz_folds[low] : NULL;
}

static uint32_t simplified(uint32_t code_point) {
    size_t low = 0, high = mz_han_simplified_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mz_han_simplified[middle].from < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < mz_han_simplified_count && mz_han_simplified[low].from == code_point;
    return found ? mz_han_simplified[low].to : code_point;
}

size_t mz_letter_fold(mz_letter *letter) {
    letter->folded = letter->raw;
    if (letter->script == MZ_SCRIPT_HAN) letter->folded = simplified(letter->raw);
    if (letter->raw < 0x80 || letter->script > MZ_SCRIPT_HEBREW) return 1;
    const mz_fold *fold = find_fold(letter->raw);
    if (!fold) return 1;
    bool latin = letter->script == MZ_SCRIPT_LATIN;
    size_t count = fold->length == 2 ? 2 : 1;
    if (count == 2) letter[1] = letter[0];
    for (size_t i = 0; i < count; i++) {
        letter[i].folded = fold->to[i];
        if (latin) letter[i].raw = fold->to[i];
    }
    if (count == 2 && !latin) letter[1].raw = 0;
    return count;
}

/* A letter by its category; returns how many letters it became. */
static size_t letter_kind(mz_letter *letter) {
    uint32_t code_point = letter->raw;
    mz_script script = mz_script_of(code_point);
    letter->kind = MZ_LETTER_LETTER;
    letter->script = (uint8_t)(script == MZ_SCRIPT_NONE ? MZ_SCRIPT_OTHER : script);
    if (says_nothing(code_point)) {
        letter->kind = MZ_LETTER_DROPPED;
        letter->raw = letter->folded = 0;
        return 1;
    }
    if (code_point >= 0x3041 && code_point <= 0x3096) letter->raw += 0x60;                         /* hiragana */
    if (code_point == 0x309D || code_point == 0x309E || code_point == 0x309F) letter->raw += 0x60; /* its repetition */
    return mz_letter_fold(letter);
}

static size_t number_kind(mz_letter *letter) {
    int value = digit_value(letter->raw);
    if (value < 0) return letter_kind(letter);
    letter->kind = MZ_LETTER_DIGIT;
    letter->raw = letter->folded = (uint32_t)('0' + value);
    return 1;
}

/* Letters, and nothing but letters, that neither NFKD nor case folding changes; Korean, which we do not want taken
 * apart; and the composed letters of Cyrillic, Arabic and Kana, likewise. The short way for most of all names. */
static bool stands_alone(uint32_t code_point) {
    return (code_point >= 0x4E00 && code_point <= 0x9FFF) || (code_point >= 0x3400 && code_point <= 0x4DBF) ||
           (code_point >= HANGUL_FIRST && code_point <= HANGUL_LAST) ||
           (code_point >= 0x0430 && code_point <= 0x045F) || (code_point >= 0x0621 && code_point <= 0x064A) ||
           (code_point >= 0x30A1 && code_point <= 0x30FA) || (code_point >= 0x3041 && code_point <= 0x3096);
}

/* One code point after NFKD; `letter->raw` holds it. */
static size_t piece(mz_letter *letter) {
    uint32_t code_point = letter->raw;
    letter->folded = code_point;
    if (code_point < 0x80) {
        letter->kind = (uint8_t)ascii_kind(code_point);
        letter->script = letter->kind == MZ_LETTER_LETTER ? MZ_SCRIPT_LATIN : MZ_SCRIPT_NONE;
        return 1;
    }
    if (stands_alone(code_point)) return letter_kind(letter);
    letter->kind = (uint8_t)special_kind(code_point, MZ_LETTER_LETTER);
    if (letter->kind != MZ_LETTER_LETTER) return 1;
    switch ((int)utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_CN: /* of a Unicode newer than this one: better kept than lost */
    case UTF8PROC_CATEGORY_CO: return letter_kind(letter);
    case UTF8PROC_CATEGORY_ND: return number_kind(letter);
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: mark_kind(letter); return 1;
    case UTF8PROC_CATEGORY_CF: letter->kind = MZ_LETTER_INVISIBLE; return 1;
    default: letter->kind = MZ_LETTER_SEPARATOR; return 1;
    }
}

static size_t decompose(uint32_t code_point, utf8proc_int32_t pieces[MZ_LETTERS_OF_ONE]) {
    pieces[0] = (utf8proc_int32_t)code_point;
    if (stands_alone(code_point)) return 1;
    if (code_point >= 0x0410 && code_point <= 0x042F) { /* Cyrillic capitals */
        pieces[0] += 0x20;
        return 1;
    }
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, pieces, MZ_LETTERS_OF_ONE / 2,
                                (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD), NULL);
    if (count >= 0 && count <= MZ_LETTERS_OF_ONE / 2) return (size_t)count;
    pieces[0] = (utf8proc_int32_t)code_point;
    return 1;
}

/* Whether the piece only completes the letter before it. */
static bool completes(mz_letter *before, uint32_t code_point, uint32_t end) {
    if (!before || before->kind != MZ_LETTER_LETTER) return false;
    uint32_t whole = compose(before->raw, code_point);
    if (whole == 0) return false;
    before->raw = whole;
    before->end = end;
    (void)mz_letter_fold(before); /* none of these is folded to two */
    return true;
}

size_t mz_letters_of(uint32_t code_point, uint32_t start, uint32_t end, mz_letter *before,
                     mz_letter out[MZ_LETTERS_OF_ONE]) {
    mz_letter model = {.raw = code_point, .folded = code_point, .start = start, .end = end};
    if (code_point < 0x80) {
        out[0] = model;
        size_t count = piece(&out[0]);
        if (out[0].kind == MZ_LETTER_LETTER && code_point <= 'Z') {
            out[0].upper = true;
            out[0].raw = out[0].folded = code_point | 0x20;
        }
        return count;
    }
    if (stands_alone(code_point)) {
        out[0] = model;
        return piece(&out[0]);
    }
    model.kind = (uint8_t)special_kind(code_point, MZ_LETTER_LETTER);
    if (model.kind != MZ_LETTER_LETTER) {
        out[0] = model;
        return 1;
    }
    utf8proc_int32_t pieces[MZ_LETTERS_OF_ONE];
    size_t piece_count = decompose(code_point, pieces), count = 0;
    model.upper =
        (uint32_t)pieces[0] != code_point && utf8proc_category((utf8proc_int32_t)code_point) == UTF8PROC_CATEGORY_LU;
    for (size_t i = 0; i < piece_count; i++) {
        uint32_t one = (uint32_t)pieces[i];
        if (completes(count ? &out[count - 1] : before, one, end)) continue;
        out[count] = model;
        out[count].raw = one;
        count += piece(&out[count]);
    }
    return count;
}

uint32_t mz_letter_lookalike(const mz_letter *letter, mz_script script) {
    if (letter->script > MZ_SCRIPT_GREEK) return 0;
    for (size_t i = 0; i < mz_lookalike_count; i++) {
        const mz_lookalike *row = &mz_lookalikes[i];
        if (!(letter->upper ? row->upper : row->lower)) continue;
        uint16_t shapes[3] = {row->latin, row->cyrillic, row->greek};
        size_t from = letter->script == MZ_SCRIPT_LATIN ? 0 : letter->script == MZ_SCRIPT_CYRILLIC ? 1 : 2;
        size_t to = script == MZ_SCRIPT_LATIN ? 0 : script == MZ_SCRIPT_CYRILLIC ? 1 : 2;
        if (shapes[from] != 0 && shapes[from] == letter->raw && shapes[to] != 0) return shapes[to];
    }
    return 0;
}
