#include "reports/goaml.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "text/text.h"

#include <stdio.h>

enum { PATH_BYTES = 512, FIELDS_MOST = 64 };

typedef struct writing {
    const mz_goaml_rules *rules;
    mz_arena *arena;
    mz_buffer *out;
    mz_goaml_gap *gaps;
    size_t gap_count;
    unsigned depth;
    char path[PATH_BYTES];
    size_t path_size;
} writing;

const char *mz_goaml_problem_word(mz_goaml_problem problem) {
    static const char *const words[MZ_GOAML_PROBLEM_COUNT] = {
#define MZ_X(constant, word) [MZ_GOAML_IS_##constant] = word,
        MZ_GOAML_PROBLEMS(MZ_X)
#undef MZ_X
    };
    return words[problem];
}

/* ---- places and gaps ---- */

static size_t enter(writing *at, const char *name, size_t number, bool numbered) {
    size_t before = at->path_size;
    int size = numbered ? snprintf(at->path + before, PATH_BYTES - before, "/%zu", number)
                        : snprintf(at->path + before, PATH_BYTES - before, "/%.64s", name);
    if (size > 0 && before + (size_t)size < PATH_BYTES) at->path_size = before + (size_t)size;
    at->path[at->path_size] = '\0';
    return before;
}

static void leave(writing *at, size_t before) {
    at->path_size = before;
    at->path[before] = '\0';
}

static void add_gap(writing *at, mz_goaml_problem problem, const mz_goaml_field *field, mz_str says) {
    if (at->gap_count == MZ_GOAML_GAPS_MOST) return;
    mz_str path = mz_arena_copy(at->arena, (mz_str){at->path, at->path_size});
    at->gaps[at->gap_count++] = (mz_goaml_gap){problem, path, says, field};
}

#define GAP(at, problem, field, ...)                                                                                   \
    add_gap((at), MZ_GOAML_IS_##problem, (field), mz_arena_print((at)->arena, __VA_ARGS__))

/* What to fill in, for who has nothing yet. */
static const char *wanted(const mz_goaml_field *field) {
    switch (field->kind) {
    case MZ_GOAML_NAME: return "in Latin letters without marks";
    case MZ_GOAML_CODE: return "one of its codes";
    case MZ_GOAML_DATE: return "a day as YYYY-MM-DD";
    case MZ_GOAML_WHOLE: return "a whole number";
    case MZ_GOAML_TRUTH:
    case MZ_GOAML_FIXED: return "true";
    case MZ_GOAML_EMAIL: return "an e-mail address";
    case MZ_GOAML_TYPE: return "an object";
    case MZ_GOAML_TEXT:
    default: return "a text";
    }
}

static void missing(writing *at, const mz_goaml_field *field) {
    size_t before = enter(at, field->name, 0, false);
    GAP(at, MISSING, field, "“%s” is missing: fill in %s%s", mz_goaml_label(field->name, MZ_ENGLISH),
        field->item ? "at least one, " : "", wanted(field));
    leave(at, before);
}

/* ---- letters ---- */

/* Char of XML 1.0 (fifth edition, production 2). */
static bool xml_takes(uint32_t letter) {
    return letter == 0x9 || letter == 0xA || letter == 0xD || (letter >= 0x20 && letter <= 0xD7FF) ||
           (letter >= 0xE000 && letter <= 0xFFFD) || letter >= 0x10000;
}

static bool is_plain(char c) {
    return mz_is_letter(c) || mz_is_digit(c);
}

static bool name_takes(uint32_t letter) {
    return letter < 0x80 &&
           (is_plain((char)letter) || letter == ' ' || letter == '.' || letter == '\'' || letter == '-');
}

static size_t letters_of(mz_str text) {
    size_t letters = 0, at = 0;
    for (uint32_t letter; mz_utf8_next(text, &at, &letter);) letters++;
    return letters;
}

mz_str mz_goaml_clean(mz_str text, size_t letters_most, mz_arena *arena) {
    char *clean = MZ_ARENA_NEW(arena, text.size * 3 + 1, char);
    size_t size = 0, letters = 0, at = 0;
    if (!clean) return (mz_str){"", 0};
    for (uint32_t letter; letters < letters_most && mz_utf8_next(text, &at, &letter);)
        if (xml_takes(letter)) {
            size += mz_utf8_put(letter, clean + size);
            letters++;
        }
    return (mz_str){clean, size};
}

/* Blanks around are not kept by many readers of XML: what has only such is empty. */
static bool is_blank(mz_str text) {
    for (size_t k = 0; k < text.size; k++)
        if (!memchr(" \t\r\n", text.data[k], 4)) return false;
    return true;
}

static void put_escaped(mz_buffer *out, mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (c == '&')
            mz_buffer_print(out, "&amp;");
        else if (c == '<')
            mz_buffer_print(out, "&lt;");
        else if (c == '>')
            mz_buffer_print(out, "&gt;");
        else if (c == '\r')
            mz_buffer_print(out, "&#13;");
        else
            mz_buffer_char(out, c);
    }
}

/* ---- elements ---- */

static void put_indent(writing *at) {
    for (unsigned k = 0; k < at->depth; k++) mz_buffer_print(at->out, "  ");
}

static void put_text(writing *at, const char *element, mz_str text) {
    put_indent(at);
    mz_buffer_print(at->out, "<%s>", element);
    put_escaped(at->out, text);
    mz_buffer_print(at->out, "</%s>\n", element);
}

static void open_element(writing *at, const char *element) {
    put_indent(at);
    mz_buffer_print(at->out, "<%s>\n", element);
    at->depth++;
}

static void close_element(writing *at, const char *element) {
    at->depth--;
    put_indent(at);
    mz_buffer_print(at->out, "</%s>\n", element);
}

/* ---- values ---- */

/* A code of an agency's own is a text, or {"code":…,"title":…}. */
static mz_str own_code(const mz_json_value *code) {
    const mz_json_value *member = code->kind == MZ_JSON_OBJECT ? mz_json_member(code, "code") : code;
    return member ? member->text : (mz_str){"", 0};
}

bool mz_goaml_next_code(const mz_goaml_rules *rules, const char *type, size_t *at, mz_str *ret_code) {
    const mz_json_value *own = mz_json_member(rules->codes, type);
    if (own && own->kind == MZ_JSON_ARRAY) {
        const mz_json_value *code = own->child;
        for (size_t k = 0; code && k < *at; k++) code = code->next;
        if (!code) return false;
        *ret_code = own_code(code);
        ++*at;
        return true;
    }
    const char *codes = mz_goaml_codes(type) + *at;
    size_t size = strcspn(codes, " ");
    if (!size) return false;
    *ret_code = (mz_str){codes, size};
    *at += size + (codes[size] == ' ');
    return true;
}

static bool has_code(const mz_goaml_rules *rules, const char *type, mz_str text) {
    const mz_json_value *own = mz_json_member(rules->codes, type);
    if (own && own->kind == MZ_JSON_ARRAY) {
        for (const mz_json_value *code = own->child; code; code = code->next)
            if (mz_str_equal(own_code(code), text)) return true;
        return false;
    }
    mz_str code;
    for (size_t at = 0; mz_goaml_next_code(rules, type, &at, &code);)
        if (mz_str_equal(code, text)) return true;
    return false;
}

static bool check_letters(writing *at, const mz_goaml_field *field, mz_str text) {
    size_t place = 0, letters = letters_of(text);
    for (uint32_t letter; mz_utf8_next(text, &place, &letter);)
        if (!xml_takes(letter) || (field->kind == MZ_GOAML_NAME && !name_takes(letter))) {
            GAP(at, LETTERS, field,
                field->kind == MZ_GOAML_NAME ? "U+%04X: names take Latin letters without marks, digits, blank . ' -"
                                             : "U+%04X: XML cannot carry it",
                letter);
            return false;
        }
    if (letters > field->most) {
        GAP(at, TOO_LONG, field, "%zu letters, %u are taken", letters, field->most);
        return false;
    }
    return true;
}

static void put_date(writing *at, const mz_goaml_field *field, mz_str text) {
    int64_t seconds;
    char time[MZ_TIME_TEXT_SIZE];
    if (!mz_time_parse(text.data, text.size, &seconds) || seconds < mz_days_from_date(1753, 1, 1) * 86400) {
        GAP(at, FORM, field, "“%.*s” is no day from 1753-01-01 on: fill in YYYY-MM-DD, or say it in the comments",
            mz_shown(text), text.data);
        return;
    }
    mz_time_text(seconds, time);
    put_text(at, field->name, (mz_str){time, strlen(time) - 1}); /* without the zone */
}

/* A run of what the schema takes in an address before and behind its @. */
static size_t run_of(mz_str text, size_t from, const char *beside) {
    size_t at = from;
    while (at < text.size && (is_plain(text.data[at]) || memchr(beside, text.data[at], strlen(beside)))) at++;
    return at - from;
}

/* The pattern of email_address: [_a-zA-Z0-9+-]+(\.[_a-zA-Z0-9+-]+)*@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*(\.[a-zA-Z]{2,15})
 */
static bool is_email(mz_str text) {
    size_t at = 0, run, dots = 0;
    for (;; at++) {
        run = run_of(text, at, "_+-");
        at += run;
        if (!run || at >= text.size) return false;
        if (text.data[at] == '@') break;
        if (text.data[at] != '.') return false;
    }
    for (at++;; at++, dots++) {
        run = run_of(text, at, "-");
        at += run;
        if (!run) return false;
        if (at >= text.size) break;
        if (text.data[at] != '.') return false;
    }
    if (!dots || run < 2 || run > 15) return false;
    for (size_t k = at - run; k < at; k++)
        if (!mz_is_letter(text.data[k])) return false;
    return true;
}

static void put_whole(writing *at, const mz_goaml_field *field, const mz_json_value *value) {
    mz_str digits = value->text;
    uint64_t number = 0;
    bool whole = (value->kind == MZ_JSON_NUMBER || value->kind == MZ_JSON_STRING) && digits.size && digits.size <= 10;
    for (size_t k = 0; whole && k < digits.size; k++) {
        whole = mz_is_digit(digits.data[k]);
        if (whole) number = number * 10 + (unsigned)(digits.data[k] - '0');
    }
    if (!whole || number < field->least || number > field->most) {
        GAP(at, FORM, field, "a whole number from %u to %u belongs here", field->least, field->most);
        return;
    }
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    put_text(at, field->name, mz_str_of(text));
}

static void put_truth(writing *at, const mz_goaml_field *field, const mz_json_value *value) {
    if (value->kind != MZ_JSON_TRUE && value->kind != MZ_JSON_FALSE)
        GAP(at, TYPE, field, "true or false belongs here, not %s", mz_json_kind_name(value->kind));
    else if (value->kind == MZ_JSON_TRUE || field->kind == MZ_GOAML_TRUTH)
        put_text(at, field->name, value->kind == MZ_JSON_TRUE ? MZ_STR("1") : MZ_STR("0"));
}

static void put_string(writing *at, const mz_goaml_field *field, const char *element, mz_str text) {
    if (field->kind == MZ_GOAML_DATE) {
        put_date(at, field, text);
    } else if (field->kind == MZ_GOAML_CODE) {
        if (has_code(at->rules, field->codes, text))
            put_text(at, element, text);
        else
            GAP(at, NO_CODE, field, "“%.*s” is no code of %s", mz_shown(text), text.data, field->codes);
    } else if (check_letters(at, field, text)) {
        if (field->kind == MZ_GOAML_EMAIL && !is_email(text))
            GAP(at, FORM, field, "“%.*s” is no e-mail address as the schema has them", mz_shown(text), text.data);
        else
            put_text(at, element, text);
    }
}

static void put_members(writing *at, const mz_goaml_type *type, const mz_json_value *object);

static void put_object(writing *at, const mz_goaml_field *field, const char *element, const mz_json_value *value) {
    if (value->kind != MZ_JSON_OBJECT) {
        GAP(at, TYPE, field, "an object belongs here, not %s", mz_json_kind_name(value->kind));
        return;
    }
    open_element(at, element);
    put_members(at, field->type, value);
    close_element(at, element);
}

static void put_value(writing *at, const mz_goaml_field *field, const char *element, const mz_json_value *value) {
    if (field->kind == MZ_GOAML_TYPE)
        put_object(at, field, element, value);
    else if (field->kind == MZ_GOAML_WHOLE)
        put_whole(at, field, value);
    else if (field->kind == MZ_GOAML_TRUTH || field->kind == MZ_GOAML_FIXED)
        put_truth(at, field, value);
    else if (value->kind != MZ_JSON_STRING)
        GAP(at, TYPE, field, "a text belongs here, not %s", mz_json_kind_name(value->kind));
    else
        put_string(at, field, element, value->text);
}

/* An array whose elements stand in an element of their own ("phones"), or one behind the other ("email"). */
static void put_array(writing *at, const mz_goaml_field *field, const mz_json_value *value) {
    const char *element = field->item ? field->item : field->name;
    size_t number = 0;
    if (value->kind != MZ_JSON_ARRAY) {
        GAP(at, TYPE, field, "an array belongs here, not %s", mz_json_kind_name(value->kind));
        return;
    }
    if (field->times && value->count > field->times) {
        GAP(at, TOO_MANY, field, "%u of them, %u are taken", value->count, field->times);
        return;
    }
    if (field->item) open_element(at, field->name);
    for (const mz_json_value *each = value->child; each; each = each->next) {
        size_t before = enter(at, NULL, number++, true);
        put_value(at, field, element, each);
        leave(at, before);
    }
    if (field->item) close_element(at, field->name);
}

static bool is_given(const mz_json_value *value) {
    if (!value || value->kind == MZ_JSON_NULL) return false;
    if (value->kind == MZ_JSON_STRING) return !is_blank(value->text);
    if (value->kind == MZ_JSON_ARRAY || value->kind == MZ_JSON_OBJECT) return value->count > 0;
    return true;
}

static void put_field(writing *at, const mz_goaml_field *field, const mz_json_value *value) {
    size_t before = enter(at, field->name, 0, false);
    if (field->since > at->rules->supports)
        GAP(at, UNSUPPORTED, field,
            "the unit's installation does not take it: leave it out, or say it in the comments");
    else if (field->item || field->times)
        put_array(at, field, value);
    else
        put_value(at, field, field->name, value);
    leave(at, before);
}

/* Of those that may not stand beside each other: whether one of them, and which, is given. */
static void check_choice(writing *at, const mz_goaml_type *type, const mz_json_value *object) {
    const mz_goaml_field *first = NULL, *given = NULL;
    for (size_t k = 0; k < type->count; k++) {
        const mz_goaml_field *field = &type->fields[k];
        if (!field->choice) continue;
        if (!first) first = field;
        if (!is_given(mz_json_member(object, field->name))) continue;
        if (given) {
            size_t before = enter(at, field->name, 0, false);
            GAP(at, TOO_MANY, field, "either “%s” or “%s”", given->name, field->name);
            leave(at, before);
        }
        given = field;
    }
    if (first && !given) missing(at, first);
}

static void check_unknown(writing *at, const mz_goaml_type *type, const mz_json_value *object) {
    mz_str known[FIELDS_MOST];
    for (size_t k = 0; k < type->count; k++) known[k] = mz_str_of(type->fields[k].name);
    for (const mz_json_value *member = object->child; member; member = member->next) {
        size_t k = 0;
        while (k < type->count && !mz_str_equal(known[k], member->key)) k++;
        if (k < type->count) continue;
        const char *nearest = mz_nearest(known, type->count, member->key);
        GAP(at, UNKNOWN, NULL, "there is no “%.*s” in %s%s%s%s", mz_shown(member->key), member->key.data, type->name,
            nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
    }
}

static void put_members(writing *at, const mz_goaml_type *type, const mz_json_value *object) {
    check_unknown(at, type, object);
    check_choice(at, type, object);
    for (size_t k = 0; k < type->count; k++) {
        const mz_goaml_field *field = &type->fields[k];
        const mz_json_value *value = mz_json_member(object, field->name);
        if (is_given(value))
            put_field(at, field, value);
        else if (field->required || (field->with && is_given(mz_json_member(object, field->with))))
            missing(at, field);
    }
}

mz_status mz_goaml_write(const mz_json_value *report, const mz_goaml_rules *rules, mz_arena *arena, mz_buffer *out,
                         mz_goaml_gap **ret_gaps, size_t *ret_count, mz_error *error) {
    mz_status status = mz_json_expect(report, MZ_JSON_OBJECT, "the report", error);
    if (status) return status;
    writing at = {.rules = rules, .arena = arena, .out = out};
    at.gaps = MZ_ARENA_NEW(arena, MZ_GOAML_GAPS_MOST, mz_goaml_gap);
    if (!at.gaps) return mz_fail_arena(arena, error, "the report");
    mz_buffer_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_element(&at, mz_goaml_report_type.name);
    put_members(&at, &mz_goaml_report_type, report);
    close_element(&at, mz_goaml_report_type.name);
    if (arena->failed) return mz_fail_arena(arena, error, "the report");
    if (out->failed) return mz_fail_buffer(out, error, "the report");
    if (at.gap_count) mz_buffer_clear(out);
    *ret_gaps = at.gaps;
    *ret_count = at.gap_count;
    return MZ_OK;
}
