#include "reports/sheet.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "effectiveness/words.h"
#include "reports/values.h"
#include "text/html.h"
#include "text/text.h"

#include <sodium.h>
#include <stdio.h>
#include <utf8proc.h>

/* clang-format off */
static const char *const style[] = {
    ":root{--ink:#1b1f24;--soft:#5b6570;--line:#c9d0d8;--card:#f4f6f8;--plus:#0b62c4;--minus:#b8500b}"
    "*{box-sizing:border-box}"
    "@page{size:A4;margin:16mm 15mm 18mm;@bottom-center{content:counter(page) \" / \" counter(pages);"
    "font:9pt 'Noto Sans',sans-serif;color:#5b6570}}"
    "html{background:#fff;color:var(--ink);color-scheme:light}"
    "body{margin:0 auto;max-inline-size:54rem;padding:1.5rem 1rem;font:10.5pt/1.5 'Noto Sans','Noto Naskh Arabic',"
    "'Noto Sans Arabic','Segoe UI',system-ui,sans-serif}"
    "header{border-block-end:2px solid var(--ink);padding-block-end:.4rem;margin-block-end:.8rem}"
    "h1{font-size:1.5rem;line-height:1.25;margin:0}h2{font-size:1.1rem;margin-block:1.4rem .3rem;"
    "border-block-end:1px solid var(--line);break-after:avoid}h3{font-size:1rem;margin-block:1rem .3rem;"
    "break-after:avoid}p{margin-block:.3rem}.soft,th{color:var(--soft)}.warn{font-weight:600}"
    "dl{display:grid;grid-template-columns:minmax(10rem,max-content) 1fr;gap:.1rem 1rem;margin-block:.4rem}"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;min-inline-size:0}"
    "table{border-collapse:collapse;inline-size:100%;margin-block:.4rem;font-size:.93em}"
    "th,td{text-align:start;vertical-align:top;padding:.25rem .45rem;border-block-end:1px solid var(--line);"
    "overflow-wrap:break-word}td .value .num{overflow-wrap:anywhere}td time{white-space:nowrap}"
    "td .prose:not(:empty){display:inline-block;min-inline-size:7rem}"
    "thead th{font-weight:600;border-block-end:1.5px solid var(--soft)}"
    "tbody th{font-weight:400}thead{display:table-header-group}tr,.keep{break-inside:avoid}"
    "td.n,th.n{text-align:end;white-space:nowrap}"
    ".num,code{direction:ltr;unicode-bidi:isolate;font-variant-numeric:tabular-nums}"
    "code{font:.86em ui-monospace,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}"
    "pre{margin:.3rem 0;font:.8em ui-monospace,'DejaVu Sans Mono',monospace;white-space:pre-wrap;direction:ltr;text-align:left}.value{display:block}.prose{white-space:pre-line;overflow-wrap:anywhere}"
    "svg{inline-size:100%;block-size:.95rem;display:block}svg .line{fill:var(--card)}svg .plus{fill:var(--plus)}"
    "svg .minus{fill:var(--minus)}td.bar{inline-size:34%;min-inline-size:7rem}tfoot td,tfoot th{font-weight:600;"
    "color:var(--ink)}[dir=rtl] svg{transform:scaleX(-1)}"
    ".unseen{font:.65em ui-monospace,monospace;border:1px solid var(--soft);padding:0 .15em;color:var(--soft);"
    "unicode-bidi:isolate}footer{margin-block-start:1.6rem;border-block-start:1px solid var(--line);"
    "padding-block-start:.4rem}"
    "@media screen and (max-width:40rem){table{display:block;overflow-x:auto}}"
    "@media print{body{max-inline-size:none;padding:0}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}"
};
/* clang-format on */
enum { SCALE = 1000, SHA256_TEXT = 48, PIECES = sizeof style / sizeof *style };

void mz_sheet_policy(char ret_policy[MZ_SHEET_POLICY_SIZE]) {
    crypto_hash_sha256_state state;
    unsigned char digest[crypto_hash_sha256_BYTES];
    char text[SHA256_TEXT];
    crypto_hash_sha256_init(&state);
    for (size_t k = 0; k < PIECES; k++)
        crypto_hash_sha256_update(&state, (const unsigned char *)style[k], strlen(style[k]));
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2base64(text, sizeof text, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
    (void)snprintf(ret_policy, MZ_SHEET_POLICY_SIZE,
                   "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", text);
}

void mz_sheet_open(const mz_sheet *sheet, mz_report_word title, mz_str label) {
    char policy[MZ_SHEET_POLICY_SIZE];
    mz_sheet_policy(policy);
    mz_buffer_print(sheet->out,
                    "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                    "<meta name=\"robots\" content=\"noindex\"><title>%s ",
                    mz_report_language_code(sheet->language), sheet->language == MZ_ARABIC ? "rtl" : "ltr", policy,
                    mz_sheet_text(sheet, title));
    mz_html_prose(sheet->out, label);
    mz_buffer_print(sheet->out, "</title><style>");
    for (size_t k = 0; k < PIECES; k++) mz_buffer_append(sheet->out, style[k], strlen(style[k]));
    mz_buffer_print(sheet->out, "</style></head><body><header><h1>%s ", mz_sheet_text(sheet, title));
    mz_sheet_code(sheet, label);
    mz_buffer_print(sheet->out, "</h1>");
}

void mz_sheet_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</main></body></html>\n");
}

void mz_sheet_heading(const mz_sheet *sheet, mz_report_word title) {
    mz_buffer_print(sheet->out, "<h2>%s</h2>", mz_sheet_text(sheet, title));
}

void mz_sheet_say(const mz_sheet *sheet, mz_report_word word) {
    mz_buffer_print(sheet->out, "<p class=\"soft\">%s</p>", mz_sheet_text(sheet, word));
}

/* ---- pieces of text ---- */

void mz_sheet_name(const mz_sheet *sheet, mz_str name) {
    mz_html_name(sheet->out, name);
}

void mz_sheet_code(const mz_sheet *sheet, mz_str text) {
    mz_buffer_print(sheet->out, "<bdi class=\"num\">");
    mz_html_text(sheet->out, text);
    mz_buffer_print(sheet->out, "</bdi>");
}

void mz_sheet_prose(const mz_sheet *sheet, mz_str text) {
    mz_buffer_print(sheet->out, "<bdi class=\"prose\">");
    for (size_t at = 0; at < text.size;) {
        const char *end = memchr(text.data + at, '\n', text.size - at);
        size_t size = end ? (size_t)(end - text.data) - at : text.size - at;
        if (at) mz_buffer_print(sheet->out, "<br>");
        mz_html_text(sheet->out, (mz_str){text.data + at, size});
        at += size + 1;
    }
    mz_buffer_print(sheet->out, "</bdi>");
}

void mz_sheet_time(const mz_sheet *sheet, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    if (!seconds) {
        mz_buffer_print(sheet->out, "–");
        return;
    }
    mz_time_text(seconds, text);
    mz_buffer_print(sheet->out, "<bdi class=\"num\"><time datetime=\"%s\">%.10s %.5s UTC</time></bdi>", text, text,
                    text + 11);
}

void mz_sheet_count(const mz_sheet *sheet, int64_t number) {
    char text[MZ_NUMBER_TEXT_SIZE];
    mz_sheet_code(sheet, mz_str_of(mz_effect_count(number < 0 ? 0 : (uint64_t)number, MZ_FRENCH, text)));
}

/* With a point in each language, as pages, sentences of evidence and the command line have them. */
static void put_decimal(const mz_sheet *sheet, int64_t millionths, int decimals) {
    char text[MZ_NUMBER_TEXT_SIZE];
    (void)mz_effect_decimal((double)millionths / 1e6, decimals, MZ_ENGLISH, text);
    mz_sheet_code(sheet, mz_str_of(text));
}

static int64_t floor_to(int64_t number, int64_t unit) {
    int64_t over = number % unit;
    return number - (over < 0 ? over + unit : over);
}

/* Rounded down, so that no score that stays below a threshold is shown to reach it. */
static int64_t shown_score(int64_t millionths) {
    return floor_to(millionths, 1000);
}

static int64_t shown_weight(int64_t millionths) {
    return floor_to(millionths + 50000, 100000);
}

void mz_sheet_score(const mz_sheet *sheet, int64_t millionths) {
    put_decimal(sheet, shown_score(millionths), 3);
}

void mz_sheet_weight(const mz_sheet *sheet, int64_t millionths) {
    put_decimal(sheet, shown_weight(millionths), 1);
}

/* ---- lists and tables ---- */

void mz_sheet_facts_open(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "<dl>");
}

void mz_sheet_fact_open(const mz_sheet *sheet, mz_report_word term) {
    mz_buffer_print(sheet->out, "<dt>%s</dt><dd>", mz_sheet_text(sheet, term));
}

void mz_sheet_fact_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</dd>");
}

void mz_sheet_facts_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</dl>");
}

void mz_sheet_table_open(const mz_sheet *sheet, const mz_report_word *headings) {
    mz_buffer_print(sheet->out, "<table><thead><tr>");
    for (; *headings != MZ_WORD_COUNT; headings++)
        mz_buffer_print(sheet->out, "<th scope=\"col\">%s</th>", mz_sheet_text(sheet, *headings));
    mz_buffer_print(sheet->out, "</tr></thead><tbody>");
}

void mz_sheet_table_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</tbody></table>");
}

void mz_sheet_row_open(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "<tr>");
}

void mz_sheet_row_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</tr>");
}

void mz_sheet_cell_open(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "<td>");
}

void mz_sheet_cell_close(const mz_sheet *sheet) {
    mz_buffer_print(sheet->out, "</td>");
}

/* ---- properties ---- */

static const mz_json_value *values_of(const mz_json_value *properties, mz_property property) {
    const mz_json_value *values = mz_json_member(properties, mz_property_name(property));
    return values && values->kind == MZ_JSON_ARRAY && values->count ? values : NULL;
}

static void put_value(const mz_sheet *sheet, const mz_report_value *value) {
    mz_buffer_print(sheet->out, "<span class=\"value\">");
    if (value->is_name)
        mz_sheet_name(sheet, value->text);
    else
        mz_sheet_code(sheet, value->text);
    if (value->country.size) {
        mz_buffer_print(sheet->out, " (");
        mz_sheet_name(sheet, value->country);
        mz_buffer_print(sheet->out, ")");
    }
    mz_buffer_print(sheet->out, "</span>");
}

/* Whether there is one to be shown; `writes` false: only that. */
static bool put_values(const mz_sheet *sheet, const mz_json_value *properties, mz_property property, bool writes) {
    const mz_json_value *values = values_of(properties, property);
    bool any = false;
    for (const mz_json_value *value = values ? values->child : NULL; value; value = value->next) {
        mz_report_value shown;
        if (!mz_report_value_of(properties, property, value->text, sheet->language, &shown)) continue;
        if (writes) put_value(sheet, &shown);
        any = true;
    }
    return any;
}

/* Begins with a capital letter, as the terms beside it do. */
static void put_label(const mz_sheet *sheet, mz_property property) {
    mz_str label = mz_str_of(mz_report_property(property, sheet->language));
    size_t at = 0;
    uint32_t first;
    char bytes[4];
    if (mz_utf8_next(label, &at, &first))
        mz_buffer_append(sheet->out, bytes, mz_utf8_put((uint32_t)utf8proc_totitle((utf8proc_int32_t)first), bytes));
    mz_buffer_append(sheet->out, label.data + at, label.size - at);
}

void mz_sheet_side_by_side(const mz_sheet *sheet, const mz_json_value *subject, const mz_json_value *listed) {
    static const mz_report_word headings[] = {MZ_WORD_FIELD, MZ_WORD_SUBJECT, MZ_WORD_LISTED, MZ_WORD_COUNT};
    const mz_json_value *const sides[] = {subject, listed};
    mz_sheet_table_open(sheet, headings);
    for (mz_property property = 0; property < MZ_PROPERTY_COUNT; property++) {
        if (!put_values(sheet, subject, property, false) && !put_values(sheet, listed, property, false)) continue;
        mz_buffer_print(sheet->out, "<tr><th scope=\"row\">");
        put_label(sheet, property);
        mz_buffer_print(sheet->out, "</th>");
        for (size_t k = 0; k < 2; k++) {
            mz_sheet_cell_open(sheet);
            put_values(sheet, sides[k], property, true);
            mz_sheet_cell_close(sheet);
        }
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

void mz_sheet_properties(const mz_sheet *sheet, const mz_json_value *properties) {
    mz_sheet_facts_open(sheet);
    for (mz_property property = 0; property < MZ_PROPERTY_COUNT; property++) {
        if (!put_values(sheet, properties, property, false)) continue;
        mz_buffer_print(sheet->out, "<dt>");
        put_label(sheet, property);
        mz_buffer_print(sheet->out, "</dt><dd>");
        put_values(sheet, properties, property, true);
        mz_sheet_fact_close(sheet);
    }
    mz_sheet_facts_close(sheet);
}

/* ---- evidence ---- */

int64_t mz_sheet_millionths(mz_str number) {
    int64_t whole = 0, unit = 1000000;
    size_t at = number.size && number.data[0] == '-';
    for (; at < number.size && mz_is_digit(number.data[at]) && whole < INT64_C(1000000000); at++)
        whole = whole * 10 + (number.data[at] - '0');
    int64_t sum = whole * 1000000;
    if (at < number.size && number.data[at] == '.')
        for (at++; at < number.size && mz_is_digit(number.data[at]) && unit > 1; at++) {
            unit /= 10;
            sum += (number.data[at] - '0') * unit;
        }
    return number.size && number.data[0] == '-' ? -sum : sum;
}

/* Empty also when it is null. */
static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && member->kind != MZ_JSON_NULL ? member->text : (mz_str){"", 0};
}

static mz_rule rule_of(mz_str word) {
    mz_rule rule = 0;
    while (rule < MZ_RULE_COUNT && !mz_str_equal(word, mz_str_of(mz_rule_name(rule)))) rule++;
    return rule;
}

static mz_role role_of(mz_str word) {
    for (mz_role role = 0; role < MZ_ROLE_COUNT; role++)
        if (mz_str_equal(word, mz_str_of(mz_role_name(role)))) return role;
    return 0;
}

/* Sentences in which names stand between U+2068 and U+2069 (isolates): what HTML says by an element. */
static void put_isolated(const mz_sheet *sheet, mz_str text) {
    static const char first[] = "\u2068", last[] = "\u2069";
    size_t from = 0, at = 0;
    unsigned depth = 0;
    for (; at + 3 <= text.size; at++) {
        bool opens = memcmp(text.data + at, first, 3) == 0;
        if (!opens && (depth == 0 || memcmp(text.data + at, last, 3) != 0)) continue;
        mz_html_text(sheet->out, (mz_str){text.data + from, at - from});
        mz_buffer_print(sheet->out, opens ? "<bdi>" : "</bdi>");
        depth += opens ? 1 : -1u;
        from = at + 3;
        at += 2;
    }
    mz_html_text(sheet->out, (mz_str){text.data + from, text.size - from});
    while (depth--) mz_buffer_print(sheet->out, "</bdi>");
}

/* What a piece of evidence says: in words, where somebody has them, else by its rule and the two sides. */
static void put_what(const mz_sheet *sheet, const mz_json_value *piece) {
    mz_property property = MZ_PROP_name;
    mz_rule rule = rule_of(text_of(piece, "rule"));
    (void)mz_property_find(text_of(piece, "property"), &property);
    if (rule == MZ_RULE_COUNT) {
        mz_sheet_name(sheet, text_of(piece, "rule"));
        return;
    }
    if (!sheet->words) {
        mz_buffer_print(sheet->out, "%s: ", mz_report_rule(rule, sheet->language));
        mz_sheet_name(sheet, text_of(piece, "query"));
        mz_buffer_print(sheet->out, " – ");
        mz_sheet_name(sheet, text_of(piece, "entity"));
        return;
    }
    mz_buffer words;
    mz_evidence evidence = {.rule = rule,
                            .property = property,
                            .role = role_of(text_of(piece, "role")),
                            .query = text_of(piece, "query"),
                            .entity = text_of(piece, "entity"),
                            .points = (double)mz_sheet_millionths(text_of(piece, "points")) / 1e6,
                            .bits = (double)mz_sheet_millionths(text_of(piece, "bits")) / 1e6};
    mz_buffer_init(&words, 1 << 20);
    sheet->words->evidence(sheet->words, &evidence, &words);
    if (words.failed) sheet->out->failed = sheet->out->starved = true;
    put_isolated(sheet, mz_buffer_view(&words));
    mz_buffer_done(&words);
}

typedef struct sums {
    int64_t points, bits; /* in millionths */
} sums;

typedef struct span {
    int64_t low, high; /* of the sums on the way, in millionths */
} span;

static int64_t at_scale(const span *whole, int64_t sum) {
    return (sum - whole->low) * SCALE / (whole->high - whole->low);
}

static void put_bar(const mz_sheet *sheet, const span *whole, int64_t from, int64_t to) {
    int64_t left = at_scale(whole, from < to ? from : to), right = at_scale(whole, from < to ? to : from);
    mz_buffer_print(sheet->out,
                    "<td class=\"bar\"><svg viewBox=\"0 0 %d 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                    "<rect class=\"line\" width=\"%d\" height=\"10\"/><rect class=\"%s\" x=\"%lld\" width=\"%lld\" "
                    "height=\"10\"/></svg></td>",
                    SCALE, SCALE, to < from ? "minus" : "plus", (long long)left,
                    (long long)(right - left > 3 ? right - left : 3));
}

static span sums_on_the_way(const mz_json_value *evidence) {
    span whole = {0, 1000000};
    int64_t sum = 0;
    for (const mz_json_value *piece = evidence->child; piece; piece = piece->next) {
        sum += mz_sheet_millionths(text_of(piece, "points"));
        if (sum < whole.low) whole.low = sum;
        if (sum > whole.high) whole.high = sum;
    }
    return whole;
}

/* From one sum to the next: what is shown of all parts adds up to what is shown of the whole. */
static void put_figures(const mz_sheet *sheet, const sums *from, const sums *to) {
    mz_buffer_print(sheet->out, "<td class=\"n\">");
    put_decimal(sheet, shown_score(to->points) - shown_score(from->points), 3);
    mz_buffer_print(sheet->out, "</td><td class=\"n\">");
    put_decimal(sheet, shown_weight(to->bits) - shown_weight(from->bits), 1);
    mz_buffer_print(sheet->out, "</td>");
}

void mz_sheet_evidence(const mz_sheet *sheet, const mz_json_value *hit) {
    const mz_json_value *evidence = mz_json_member(hit, "evidence");
    if (!evidence || evidence->kind != MZ_JSON_ARRAY) return;
    const span whole = sums_on_the_way(evidence);
    sums sum = {0, 0};
    mz_buffer_print(sheet->out,
                    "<table><thead><tr><th scope=\"col\" colspan=\"2\">%s</th><th scope=\"col\" class=\"n\">%s</th>"
                    "<th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>",
                    mz_sheet_text(sheet, MZ_WORD_WHAT), mz_sheet_text(sheet, MZ_WORD_POINTS),
                    mz_sheet_text(sheet, MZ_WORD_BITS));
    for (const mz_json_value *piece = evidence->child; piece; piece = piece->next) {
        const sums next = {sum.points + mz_sheet_millionths(text_of(piece, "points")),
                           sum.bits + mz_sheet_millionths(text_of(piece, "bits"))};
        mz_buffer_print(sheet->out, "<tr><th scope=\"row\">");
        put_what(sheet, piece);
        mz_buffer_print(sheet->out, "</th>");
        put_bar(sheet, &whole, sum.points, next.points);
        put_figures(sheet, &sum, &next);
        mz_sheet_row_close(sheet);
        sum = next;
    }
    mz_buffer_print(sheet->out, "</tbody><tfoot><tr><th scope=\"row\">%s</th>", mz_sheet_text(sheet, MZ_WORD_ADDED_UP));
    put_bar(sheet, &whole, 0, sum.points);
    put_figures(sheet, &(sums){0, 0}, &sum);
    mz_buffer_print(sheet->out, "</tr></tfoot></table>");
}
