#include "text/html.h"

#include "text/text.h"

#include <utf8proc.h>

/* A blank of everyday writing: the usual one, and the two that do not break, which French has before its colons and
 * between its thousands. */
static bool is_usual_blank(uint32_t letter) {
    return letter == ' ' || letter == 0xA0 || letter == 0x202F;
}

/* Nothing to be seen, or not what it seems: controls, formats (bidi, zero width), blanks that nobody types. */
static bool is_invisible(uint32_t letter) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter);
    if (is_usual_blank(letter)) return false;
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CO ||
           (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);
}

/* The half space of Persian and the joiner: in scripts that join their letters they are how a word is written. Between
 * others, where they change nothing but hide in a name, they are shown. The first such script is Arabic. */
static bool is_joiner(uint32_t letter, uint32_t before) {
    static const uint32_t first_joining = 0x600;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)before);
    return (letter == 0x200C || letter == 0x200D) && before >= first_joining && category >= UTF8PROC_CATEGORY_LU &&
           category <= UTF8PROC_CATEGORY_ME;
}

static void put(mz_buffer *out, mz_str text, bool shows_unseen) {
    size_t at = 0;
    uint32_t before = 0;
    for (uint32_t letter; mz_utf8_next(text, &at, &letter); before = letter) {
        char bytes[4];
        if (letter == '<')
            mz_buffer_print(out, "&lt;");
        else if (letter == '>')
            mz_buffer_print(out, "&gt;");
        else if (letter == '&')
            mz_buffer_print(out, "&amp;");
        else if (letter == '"')
            mz_buffer_print(out, "&quot;");
        else if (letter == '\'')
            mz_buffer_print(out, "&#39;");
        else if (shows_unseen && is_invisible(letter) && !is_joiner(letter, before))
            mz_buffer_print(out, "<span class=\"unseen\">%04X</span>", letter);
        else
            mz_buffer_append(out, bytes, mz_utf8_put(letter, bytes));
    }
}

void mz_html_text(mz_buffer *out, mz_str text) {
    put(out, text, true);
}

void mz_html_prose(mz_buffer *out, mz_str text) {
    put(out, text, false);
}

void mz_html_name(mz_buffer *out, mz_str name) {
    mz_buffer_print(out, "<bdi>");
    mz_html_text(out, name);
    mz_buffer_print(out, "</bdi>");
}
