/* The parts of a name field. Written by looking at every alias of the United Nations list that is not a plain name.
 *
 * Rejected: regular expressions (locale, and no brackets inside brackets); splitting Latin text at commas, which
 * mostly stand before a legal form ("Ltd.") or a given name. */
#include "lists/alias.h"

#include "base/ascii.h"
#include "text/text.h"

#include <string.h>

/* A field longer than LONGEST_FIELD is prose, and kept as it is. */
enum {
    DEPTH = 4,
    LONGEST_FIELD = 16 * 1024,
    LONGEST_ABBREVIATION = 12,
    REMARK_WORDS = 6,
    REMARK_DIGITS = 5,
    FAMILY_WORDS = 3,
    /* Kept free, so that what the brackets around a list still hold finds its place: a piece has three names at most
     * and four brackets, and at each depth one rest. */
    SPARE_PARTS = 24
};

typedef struct splitting {
    mz_alias *alias;
    bool original; /* a field of names in the original script */
} splitting;

static void take_list(const splitting *split, mz_str text, unsigned depth);

/* --- looking at text --- */

static mz_str from(mz_str text, size_t at) {
    return (mz_str){text.data + at, text.size - at};
}

static mz_str upto(mz_str text, size_t at) {
    return (mz_str){text.data, at};
}

typedef struct looks {
    size_t words, digits, latin, other;
} looks;

static looks look_at(mz_str text) {
    looks seen = {0};
    bool inside = false;
    uint32_t c;
    for (size_t at = 0; mz_utf8_next(text, &at, &c);) {
        bool blank = c <= ' ' || c == 0xA0;
        if (!blank && !inside) seen.words++;
        inside = !blank;
        if (c >= '0' && c <= '9') seen.digits++;
        mz_script script = mz_script_of(c);
        if (script == MZ_SCRIPT_LATIN)
            seen.latin++;
        else if (script != MZ_SCRIPT_NONE)
            seen.other++;
    }
    return seen;
}

bool mz_alias_other_script(mz_str text) {
    uint32_t c;
    for (size_t at = 0; mz_utf8_next(text, &at, &c);) {
        mz_script script = mz_script_of(c);
        if (script != MZ_SCRIPT_NONE) return script != MZ_SCRIPT_LATIN;
    }
    return false;
}

/* --- keeping parts --- */

static void keep(const splitting *split, mz_alias_part_kind kind, mz_str text) {
    mz_alias *alias = split->alias;
    if (text.size == 0 || alias->count == MZ_ALIAS_PARTS) return;
    alias->parts[alias->count++] = (mz_alias_part){kind, text, mz_alias_other_script(text)};
}

/* Only a pair that encloses the whole: «A» and «B» keep theirs. */
static mz_str strip_pair(mz_str text, const char *open, const char *close) {
    size_t before = strlen(open), behind = strlen(close);
    bool both = text.size > before + behind && memcmp(text.data, open, before) == 0 &&
                memcmp(text.data + text.size - behind, close, behind) == 0;
    if (!both) return text;
    mz_str inside = {text.data + before, text.size - before - behind};
    return memmem(inside.data, inside.size, open, before) ? text : inside;
}

static mz_str strip_sign(mz_str text, const char *sign) {
    size_t size = strlen(sign);
    if (text.size >= size && memcmp(text.data, sign, size) == 0) text = from(text, size);
    if (text.size >= size && memcmp(text.data + text.size - size, sign, size) == 0) text.size -= size;
    return text;
}

/* Without what encloses or ends a name but does not belong to it: commas, and quotation marks around the whole. */
static mz_str strip_signs(mz_str text) {
    static const char *const signs[] = {",", ";", ":", "،", "؛"};
    static const char *const pairs[][2] = {{"\"", "\""}, {"“", "”"}, {"«", "»"}, {"‘", "’"}};
    for (size_t size = text.size + 1; text.size < size;) {
        size = text.size;
        text = mz_trimmed(text);
        for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) text = strip_sign(text, signs[i]);
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) text = strip_pair(text, pairs[i][0], pairs[i][1]);
    }
    return text;
}

/* What publishers put before or behind a name to say what it is. */
static mz_str strip_labels(mz_str text) {
    static const char *const before[] = {"name in original script:",
                                         "name original script:",
                                         "original script:",
                                         "in arabic script:",
                                         "in arabic:",
                                         "الكنية ",
                                         "also known as ",
                                         "formerly known as "};
    static const char *const behind[] = {" - sub-unit name", " arabic", " russian"};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (mz_starts_with(text, before[i])) return mz_trimmed(from(text, strlen(before[i])));
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++)
        if (mz_ends_with(text, behind[i])) return mz_trimmed(upto(text, text.size - strlen(behind[i])));
    return text;
}

/* The byte where a Latin name ends and the same in another script begins, behind a blank or a colon; the size when
 * there is no such place. One Latin word before it ("AO …") is part of the name, as are look-alike letters. */
static size_t script_change(mz_str text) {
    size_t change = text.size;
    uint32_t c;
    for (size_t at = 0, start = 0; mz_utf8_next(text, &at, &c); start = at) {
        mz_script script = mz_script_of(c);
        if (script == MZ_SCRIPT_NONE) continue;
        if (script == MZ_SCRIPT_LATIN && change < text.size) return text.size;
        if (script != MZ_SCRIPT_LATIN && change == text.size) change = start;
    }
    if (change == 0 || change == text.size) return text.size;
    bool apart = mz_is_blank(text.data[change - 1]) || text.data[change - 1] == ':';
    return apart && look_at(upto(text, change)).words >= 2 ? change : text.size;
}

static void keep_name(const splitting *split, mz_str text) {
    text = strip_signs(strip_labels(strip_signs(text)));
    if (text.size == 0) return;
    for (size_t at = 0; at + 7 < text.size; at++) {
        if (text.data[at] != ',' || !mz_starts_with(from(text, at), ", born ")) continue;
        keep_name(split, upto(text, at));
        keep(split, MZ_ALIAS_REMARK, mz_trimmed(from(text, at + 1)));
        return;
    }
    size_t change = mz_alias_other_script(text) ? text.size : script_change(text);
    if (split->original && change == text.size && !mz_alias_other_script(text) && split->alias->count) {
        keep(split, MZ_ALIAS_REMARK, text);
        return;
    }
    keep(split, MZ_ALIAS_NAME, strip_signs(strip_labels(strip_signs(upto(text, change)))));
    if (change < text.size) keep(split, MZ_ALIAS_NAME, strip_signs(from(text, change)));
}

/* --- brackets --- */

/* The matching ')' of the '(' at `open`, or the size: a bracket never closed ends with the text. */
static size_t closing(mz_str text, size_t open) {
    size_t depth = 0;
    for (size_t at = open; at < text.size; at++) {
        if (text.data[at] == '(') depth++;
        if (text.data[at] == ')' && --depth == 0) return at;
    }
    return text.size;
}

/* Letters that stand in the name in this order, the first one at its start: "(ASC)" behind "Afghan Support
 * Committee", but not "(KENYA)" behind "Al-Haramayn Foundation". */
static bool abbreviates(mz_str text, mz_str name) {
    if (text.size < 2 || text.size > LONGEST_ABBREVIATION || !mz_is_letter(text.data[0])) return false;
    size_t at = 0, letters = 0, capitals = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((unsigned char)c >= 0x80 || mz_is_blank(c)) return false;
        if (!mz_is_letter(c)) continue;
        letters++;
        capitals += mz_is_capital(c);
        while (at < name.size && mz_lower(name.data[at]) != mz_lower(c)) at++;
        if (at == name.size || (letters == 1 && at > 0)) return false;
        at++;
    }
    return letters >= 2 && capitals * 2 > letters;
}

static bool is_label(mz_str text) {
    static const char *const labels[] = {"original script", "in original script", "arabic", "arabic script"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (mz_same_word(text, labels[i])) return true;
    return false;
}

typedef enum bracket_meaning { PART_OF_NAME, OTHER_NAMES, ABBREVIATION, REMARK, LABEL } bracket_meaning;

static bracket_meaning meaning(const splitting *split, mz_str name, mz_str inside) {
    looks outer = look_at(name), inner = look_at(inside);
    if (is_label(inside)) return LABEL;
    if (mz_starts_with(inside, "also known as ") || mz_starts_with(inside, "formerly known as ")) return OTHER_NAMES;
    bool outer_other = outer.other > outer.latin;
    if (outer_other ? inner.latin > inner.other : inner.other > 0) return split->original ? REMARK : OTHER_NAMES;
    if (abbreviates(inside, name)) return ABBREVIATION;
    if (inner.digits >= REMARK_DIGITS || inner.words >= REMARK_WORDS) return REMARK;
    return PART_OF_NAME;
}

static void keep_bracket(const splitting *split, bracket_meaning means, mz_str inside, unsigned depth) {
    switch (means) {
    case OTHER_NAMES: take_list(split, inside, depth + 1); break;
    case ABBREVIATION: keep(split, MZ_ALIAS_ABBREVIATION, inside); break;
    case REMARK: keep(split, MZ_ALIAS_REMARK, inside); break;
    case PART_OF_NAME:
    case LABEL: break;
    }
}

/* "name (…) (…)": the name, then what the brackets say. A bracket that belongs to the name, or stands inside of
 * it, leaves the piece whole. */
static void take_piece(const splitting *split, mz_str piece, unsigned depth) {
    enum { BRACKETS = 4 };
    mz_str inside[BRACKETS];
    bracket_meaning means[BRACKETS];
    size_t count = 0;
    const char *found = piece.size ? memchr(piece.data, '(', piece.size) : NULL;
    size_t open = found ? (size_t)(found - piece.data) : piece.size;
    mz_str name = strip_signs(upto(piece, open));
    bool whole = open == piece.size || name.size == 0 || depth >= DEPTH;
    while (!whole && open < piece.size && piece.data[open] == '(' && count < BRACKETS) {
        size_t close = closing(piece, open);
        inside[count] = mz_trimmed((mz_str){piece.data + open + 1, close - open - 1});
        means[count] = meaning(split, name, inside[count]);
        whole = means[count++] == PART_OF_NAME;
        open = close < piece.size ? close + 1 : close;
        while (open < piece.size && (mz_is_blank(piece.data[open]) || piece.data[open] == ',')) open++;
    }
    whole = whole || open < piece.size;
    keep_name(split, whole ? piece : name);
    for (size_t i = 0; i < count; i++)
        if (!whole || means[i] == ABBREVIATION) keep_bracket(split, means[i], inside[i], depth);
}

/* --- lists --- */

/* The size of a separator of names at this place, outside of brackets; 0 for none. */
static size_t separator(const splitting *split, mz_str text, size_t at, bool other) {
    mz_str rest = from(text, at);
    if (rest.data[0] == ';') return 1;
    if (mz_starts_with(rest, "؛")) return strlen("؛");
    if (mz_starts_with(rest, " / ")) return 3;
    if (other && mz_starts_with(rest, "،")) return strlen("،");
    if (split->original && (rest.data[0] == ',' || rest.data[0] == '/')) return 1;
    return 0;
}

/* "b) " or "2: " or "2) " before a name, when at the start of a word; its size, or 0. */
static size_t enumerator(mz_str text, size_t at) {
    if (at > 0 && !mz_is_blank(text.data[at - 1])) return 0;
    if (text.size - at < 3 || !mz_is_blank(text.data[at + 2])) return 0;
    char mark = text.data[at], sign = text.data[at + 1];
    if (sign == ')') return (mark >= 'a' && mark <= 'h') || (mark >= '1' && mark <= '9') ? 3 : 0;
    return sign == ':' && mark >= '1' && mark <= '9' ? 3 : 0;
}

/* Whether a text has two words; looks no further than the second. */
static bool two_words(mz_str text) {
    size_t words = 0;
    for (size_t at = 0; at < text.size && words < 2; at++)
        words += !mz_is_blank(text.data[at]) && (at == 0 || mz_is_blank(text.data[at - 1]));
    return words == 2;
}

/* A gap of two or more blanks inside one line, with at least two words on each side: otherwise a typing slip. */
static size_t wide_gap(const splitting *split, mz_str text, size_t start, size_t at) {
    if (!split->original || !mz_is_blank(text.data[at])) return 0;
    size_t size = 0;
    while (at + size < text.size && mz_is_blank(text.data[at + size])) {
        if (text.data[at + size] == '\n' || text.data[at + size] == '\r') return 0;
        size++;
    }
    if (size < 2) return 0;
    mz_str before = {text.data + start, at - start};
    return two_words(before) && two_words(from(text, at + size)) ? size : 0;
}

/* "Aaa, Bbb, Ccc": three or more single words between commas are spellings, not a name with its parts. */
static bool spellings(mz_str text) {
    size_t commas = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '(' || text.data[at] == '.') return false;
        commas += text.data[at] == ',';
    }
    return commas >= 2 && look_at(text).words == commas + 1;
}

static bool room_for_piece(const splitting *split) {
    return split->alias->count + SPARE_PARTS < MZ_ALIAS_PARTS;
}

static void take_list(const splitting *split, mz_str text, unsigned depth) {
    bool commas = spellings(text), other = split->original || mz_alias_other_script(text);
    size_t start = 0, brackets = 0;
    for (size_t at = 0; at < text.size;) {
        char c = text.data[at];
        if (c == '(') brackets++;
        if (c == ')' && brackets) brackets--;
        size_t size = 0;
        if (brackets == 0) {
            size = separator(split, text, at, other);
            if (!size) size = enumerator(text, at);
            if (!size) size = wide_gap(split, text, start, at);
            if (!size && commas && c == ',') size = 1;
        }
        if (size) {
            if (!room_for_piece(split)) break;
            take_piece(split, (mz_str){text.data + start, at - start}, depth);
            start = at + size;
        }
        at += size ? size : 1;
    }
    if (room_for_piece(split))
        take_piece(split, from(text, start), depth);
    else
        keep(split, MZ_ALIAS_NAME, strip_signs(from(text, start)));
}

static void take_field(const splitting *split, mz_str field) {
    split->alias->count = 0;
    if (field.size <= LONGEST_FIELD)
        take_list(split, mz_trimmed(field), 0);
    else
        keep(split, MZ_ALIAS_NAME, mz_trimmed(field));
}

void mz_alias_take_apart(mz_str field, mz_alias *ret_alias) {
    take_field(&(splitting){.alias = ret_alias}, field);
}

void mz_alias_take_apart_original(mz_str field, mz_alias *ret_alias) {
    take_field(&(splitting){.alias = ret_alias, .original = true}, field);
}

/* --- adding --- */

static bool is_suffix(mz_str text) {
    static const char *const suffixes[] = {"jr",  "sr",   "ii",    "iii",     "iv",      "ltd",
                                           "inc", "llc",  "s.a",   "p.l.c",   "plc",     "gmbh",
                                           "co",  "corp", "l.l.c", "s.a.r.l", "limited", "d.o.o"};
    while (text.size && text.data[text.size - 1] == '.') text.size--;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (mz_same_word(text, suffixes[i])) return true;
    return false;
}

bool mz_alias_family_first(mz_str name, mz_str *ret_family, mz_str *ret_given) {
    const char *comma = name.size ? memchr(name.data, ',', name.size) : NULL;
    if (!comma) return false;
    size_t at = (size_t)(comma - name.data);
    mz_str family = mz_trimmed(upto(name, at)), given = mz_trimmed(from(name, at + 1));
    if (family.size == 0 || given.size == 0 || memchr(given.data, ',', given.size)) return false;
    if (look_at(family).words > FAMILY_WORDS || is_suffix(given) || memchr(given.data, '(', given.size)) return false;
    *ret_family = family;
    *ret_given = given;
    return true;
}

static mz_fact *add_name(const mz_alias_target *target, const mz_alias_part *part, bool first) {
    bool second = target->kind == MZ_NAME_PRIMARY && !first;
    mz_property property = second ? MZ_PROP_alias : target->property;
    mz_name_kind kind = part->other_script ? target->other_kind : second ? MZ_NAME_STRONG_ALIAS : target->kind;
    mz_str family, given;
    if (target->person && mz_alias_family_first(part->text, &family, &given)) {
        const mz_name_part parts[] = {{'f', family}, {'g', given}};
        return mz_builder_name_parts(target->builder, target->entity, property, kind, parts, 2, target->at);
    }
    return mz_builder_name(target->builder, target->entity, property, kind, part->text, target->at);
}

void mz_alias_add(const mz_alias_target *target, const mz_alias *alias, mz_str field) {
    mz_builder *builder = target->builder;
    mz_str whole = mz_trimmed(field);
    bool first = true;
    for (size_t i = 0; i < alias->count; i++) {
        const mz_alias_part *part = &alias->parts[i];
        mz_fact *fact = NULL;
        switch (part->kind) {
        case MZ_ALIAS_NAME:
            fact = add_name(target, part, first);
            first = false;
            break;
        case MZ_ALIAS_ABBREVIATION:
            fact = mz_builder_add(builder, target->entity, MZ_PROP_abbreviation, part->text, target->at);
            if (fact) fact->flags |= MZ_FACT_DERIVED;
            break;
        case MZ_ALIAS_REMARK: (void)mz_builder_add(builder, target->entity, MZ_PROP_notes, whole, target->at); break;
        }
        if (!fact) continue;
        if (part->kind == MZ_ALIAS_NAME && part->other_script) fact->language = target->language;
        if (!mz_str_equal(part->text, whole)) fact->original = mz_builder_copy(builder, whole);
    }
}
