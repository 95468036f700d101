/* What the builder does to a value before it keeps it: white space, well-formedness, and the form of its type. */
#include "entity/normalise.h"

#include "base/ascii.h"
#include "mizan/country.h"
#include "mizan/entity.h"
#include "mizan/identifier.h"

#include <utf8proc.h>

enum space { NO_SPACE, SPACE, LINE_BREAK };

/* White space as Unicode's White_Space property has it, controls, and two invisible characters that stand for it
 * in published files: zero-width space and byte-order mark. Joiners are letters' business and stay. */
static enum space space_of(int32_t c) {
    if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) return LINE_BREAK;
    if (c <= 0x20 || (c >= 0x7F && c <= 0xA0)) return SPACE;
    if (c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF)
        return SPACE;
    return NO_SPACE;
}

static void append_pending(enum space pending, bool lines, mz_buffer *out) {
    if (pending != NO_SPACE && out->size > 0) mz_buffer_char(out, pending == LINE_BREAK && lines ? '\n' : ' ');
}

/* The size of the run of plain bytes (printable ASCII without the blank) at the start: most text is that. */
static size_t plain_run(const char *text, size_t size) {
    size_t run = 0;
    while (run < size && text[run] > ' ' && text[run] < 0x7F) run++;
    return run;
}

void mz_fold_space(mz_str text, bool lines, mz_buffer *out) {
    mz_buffer_clear(out);
    enum space pending = NO_SPACE;
    for (size_t at = 0; at < text.size && !out->failed;) {
        size_t used = plain_run(text.data + at, text.size - at);
        bool well_formed = true;
        if (used == 0) {
            int32_t c;
            utf8proc_ssize_t step =
                utf8proc_iterate((const utf8proc_uint8_t *)text.data + at, (utf8proc_ssize_t)(text.size - at), &c);
            well_formed = step > 0;
            used = well_formed ? (size_t)step : 1;
            enum space space = well_formed ? space_of(c) : NO_SPACE;
            if (space != NO_SPACE) {
                if (space > pending) pending = space;
                at += used;
                continue;
            }
        }
        append_pending(pending, lines, out);
        pending = NO_SPACE;
        if (well_formed)
            mz_buffer_append(out, text.data + at, used);
        else
            mz_buffer_append(out, "\xEF\xBF\xBD", 3);
        at += used;
    }
}

bool mz_property_keeps_lines(mz_property property) {
    return property == MZ_PROP_notes || property == MZ_PROP_summary || property == MZ_PROP_description;
}

static uint32_t normalise_date(mz_property property, mz_str text, mz_date_order order, mz_buffer *out) {
    /* A birth in the year 1386 is one of the Hijri or Persian calendar, however Gregorian it looks. */
    enum { DAY_OF_1600_01_01 = -135140 };
    bool of_a_life = property == MZ_PROP_birthDate || property == MZ_PROP_deathDate;
    mz_date date;
    char edtf[MZ_DATE_TEXT_SIZE];
    if (!mz_date_parse(text, order, &date) || (of_a_life && date.first_day < DAY_OF_1600_01_01)) {
        mz_buffer_str(out, text);
        return MZ_FACT_UNPARSED;
    }
    mz_date_text(&date, edtf);
    mz_buffer_str(out, mz_str_of(edtf));
    return 0;
}

static uint32_t normalise_country(mz_str text, mz_buffer *out) {
    const char *code = mz_country_code(text);
    mz_buffer_str(out, code ? mz_str_of(code) : text);
    return code ? 0 : MZ_FACT_UNPARSED;
}

static uint32_t normalise_identifier(mz_property property, mz_str text, mz_buffer *out) {
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size = 0;
    mz_identifier_check check = mz_identifier_normalise(property, text, normal, &size);
    if (check == MZ_CHECK_SHAPE) {
        mz_buffer_str(out, text);
        return MZ_FACT_UNPARSED;
    }
    mz_buffer_append(out, normal, size);
    return check == MZ_CHECK_WRONG ? MZ_FACT_WRONG_CHECK : 0;
}

static uint32_t normalise_gender(mz_str text, mz_buffer *out) {
    static const struct {
        const char *gender, *words[8];
    } genders[] = {
        {"male", {"male", "m", "man", "homme", "masculin", "h", "ذكر"}},
        {"female", {"female", "f", "woman", "femme", "féminin", "feminin", "أنثى", "انثى"}},
        {"other", {"other", "autre", "x", "آخر"}},
    };
    for (size_t i = 0; i < sizeof genders / sizeof genders[0]; i++)
        for (size_t w = 0; w < 8 && genders[i].words[w]; w++) {
            if (!mz_same_word(text, genders[i].words[w])) continue;
            mz_buffer_str(out, mz_str_of(genders[i].gender));
            return 0;
        }
    mz_buffer_str(out, text);
    return MZ_FACT_UNPARSED;
}

uint32_t mz_normalise_value(mz_property property, mz_str folded, mz_date_order dates, mz_buffer *out) {
    mz_buffer_clear(out);
    switch (mz_property_kind(property)) {
    case MZ_TYPE_DATE: return normalise_date(property, folded, dates, out);
    case MZ_TYPE_COUNTRY: return normalise_country(folded, out);
    case MZ_TYPE_IDENTIFIER: return normalise_identifier(property, folded, out);
    case MZ_TYPE_GENDER: return normalise_gender(folded, out);
    case MZ_TYPE_NAME:
    case MZ_TYPE_NAME_PART:
    case MZ_TYPE_TEXT:
    case MZ_TYPE_ADDRESS:
    case MZ_TYPE_TOPIC:
    case MZ_TYPE_URL:
    case MZ_TYPE_ENTITY: break;
    }
    mz_buffer_str(out, folded);
    return 0;
}
