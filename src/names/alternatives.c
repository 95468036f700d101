/* Words that say that another name follows, as clerks write them. They are looked for between blanks or brackets; those
 * that may be a name or a part of one (Aka, Ex) only where they are written small or behind a bracket or a comma. */
#include "names/alternatives.h"

#include "base/ascii.h"

enum { TEXT_BYTES_MOST = 64 << 10 };

typedef struct marker {
    const char *text;
    enum { ALWAYS, SMALL, PUNCTUATED } when;
} marker;

static const marker markers[] = {
    {"formerly known as", ALWAYS},
    {"previously known as", ALWAYS},
    {"also known as", ALWAYS},
    {"better known as", ALWAYS},
    {"now known as", ALWAYS},
    {"doing business as", ALWAYS},
    {"trading as", ALWAYS},
    {"connue sous le nom de", ALWAYS},
    {"connu sous le nom de", ALWAYS},
    {"anciennement", ALWAYS},
    {"formerly", ALWAYS},
    {"previously", ALWAYS},
    {"antes", PUNCTUATED},
    {"a.k.a.", ALWAYS},
    {"a.k.a", ALWAYS},
    {"a/k/a", ALWAYS},
    {"f.k.a.", ALWAYS},
    {"f.k.a", ALWAYS},
    {"f/k/a", ALWAYS},
    {"n.k.a.", ALWAYS},
    {"n/k/a", ALWAYS},
    {"d.b.a.", ALWAYS},
    {"d/b/a", ALWAYS},
    {"t/a", ALWAYS},
    {"aka", SMALL},
    {"fka", SMALL},
    {"nka", SMALL},
    {"dba", SMALL},
    {"alias", SMALL},
    {"former", PUNCTUATED},
    {"ex-", PUNCTUATED},
    {"ex", PUNCTUATED},
    {"المعروفة باسم", ALWAYS},
    {"المعروف باسم", ALWAYS},
    {"المعروفة سابقا باسم", ALWAYS},
    {"المعروف سابقا باسم", ALWAYS},
    {"известный как", ALWAYS},
    {"известная как", ALWAYS},
    {"также известная как", ALWAYS},
    {"ранее", PUNCTUATED},
    {"бывш.", PUNCTUATED},
    {"бывшее", PUNCTUATED},
};

static bool punctuation(char c) {
    return c == '(' || c == '[' || c == ',' || c == ';' || c == '/';
}

static bool border(mz_str text, size_t at) {
    return at >= text.size || mz_is_blank(text.data[at]) || punctuation(text.data[at]) || text.data[at] == ')' ||
           text.data[at] == ']' || text.data[at] == ':' || text.data[at] == '"';
}

static char last_written(mz_str text, size_t end) {
    while (end && mz_is_blank(text.data[end - 1])) end--;
    return end ? text.data[end - 1] : '\0';
}

/* Whether a marker stands at a place where a word begins; its size, or 0. */
static size_t marker_at(mz_str text, size_t at) {
    bool behind = punctuation(last_written(text, at));
    for (size_t m = 0; m < sizeof markers / sizeof *markers; m++) {
        if (markers[m].text[0] != mz_lower(text.data[at])) continue;
        size_t size = strlen(markers[m].text);
        mz_str here = {text.data + at, text.size - at};
        if (!mz_starts_with(here, markers[m].text)) continue;
        bool joins_next = markers[m].text[size - 1] == '-' || markers[m].text[size - 1] == '.';
        if (!joins_next && !border(text, at + size)) continue;
        bool small = memcmp(here.data, markers[m].text, size) == 0;
        if (markers[m].when == ALWAYS || behind || (markers[m].when == SMALL && small)) return size;
    }
    return 0;
}

/* Where the next marker stands, behind something; text.size when there is none. */
static size_t find_marker(mz_str text, size_t from, size_t *ret_size) {
    for (size_t at = from; at < text.size; at++) {
        bool word_begins = at > 0 && (mz_is_blank(text.data[at - 1]) || punctuation(text.data[at - 1]));
        if (word_begins && (*ret_size = marker_at(text, at)) != 0) return at;
    }
    return text.size;
}

/* Blanks, brackets and commas at the ends are no part of a name, but a bracket that is closed within it. */
static mz_str trimmed(mz_str name) {
    for (;;) {
        name = mz_trimmed(name);
        if (name.size && (punctuation(name.data[name.size - 1]) || name.data[name.size - 1] == ':'))
            name.size--;
        else if (name.size && (name.data[0] == ':' || name.data[0] == ',' || name.data[0] == ';'))
            name.data++, name.size--;
        else
            return name;
    }
}

/* Where the bracket that was opened before `from` is closed. */
static size_t closed_at(mz_str text, size_t from, char opening, char closing) {
    size_t depth = 1, at = from;
    for (; at < text.size; at++) {
        if (text.data[at] == opening) depth++;
        if (text.data[at] == closing && --depth == 0) break;
    }
    return at;
}

static mz_str joined(mz_arena *arena, mz_str before, mz_str after) {
    if (!after.size) return before;
    if (!before.size) return after;
    char *all = MZ_ARENA_NEW(arena, before.size + 1 + after.size, char);
    if (!all) return before;
    memcpy(all, before.data, before.size);
    all[before.size] = ' ';
    memcpy(all + before.size + 1, after.data, after.size);
    return (mz_str){all, before.size + 1 + after.size};
}

size_t mz_name_alternatives(mz_str text, mz_arena *arena, mz_str ret_names[MZ_NAME_ALTERNATIVES_MOST]) {
    size_t count = 1, marker_size = 0, from = 0;
    mz_str first = {text.data, 0};
    ret_names[0] = text;
    if (text.size > TEXT_BYTES_MOST) return 1;
    for (size_t at = find_marker(text, 0, &marker_size); at < text.size && count < MZ_NAME_ALTERNATIVES_MOST;) {
        first = joined(arena, first, trimmed((mz_str){text.data + from, at - from}));
        char before = last_written(text, at), closing = before == '(' ? ')' : before == '[' ? ']' : '\0';
        size_t start = at + marker_size, next_size = 0, end = find_marker(text, start, &next_size);
        if (count + 1 == MZ_NAME_ALTERNATIVES_MOST) end = text.size;
        from = end;
        if (closing && closed_at(text, start, before, closing) < end) {
            end = closed_at(text, start, before, closing);
            from = end + 1;
        }
        mz_str name = trimmed((mz_str){text.data + start, end - start});
        if (name.size) ret_names[count++] = name;
        at = find_marker(text, from, &marker_size);
        if (at == text.size) break;
    }
    if (count == 1) return 1;
    first = joined(arena, first, trimmed((mz_str){text.data + from, text.size - from}));
    if (first.size) {
        ret_names[0] = first;
        return count;
    }
    memmove(ret_names, ret_names + 1, --count * sizeof *ret_names);
    return count;
}
