/* report.html: one file for people. It asks for nothing: no script, no font, no picture from elsewhere, and says so to
 * the browser. Tables and text mirror for Arabic; on paper and on a telephone it stays readable. */
#include "effectiveness/html.h"
#include "effectiveness/html_tables.h"
#include "effectiveness/prose.h"
#include "effectiveness/words.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

typedef char number_text[MZ_NUMBER_TEXT_SIZE];

static const char *const language_codes[] = {[MZ_ENGLISH] = "en", [MZ_FRENCH] = "fr", [MZ_ARABIC] = "ar"};

static void heading(const mz_page *page, mz_effect_word title, mz_effect_word says) {
    mz_buffer_print(page->out, "<h2>%s</h2>", mz_page_text(page, title));
    if (says != title) mz_buffer_print(page->out, "<p class=\"soft\">%s</p>", mz_page_text(page, says));
}

/* ---- the head ---- */

static void open_page(const mz_page *page) {
    const mz_report *report = &page->run->report;
    mz_buffer *out = page->out;
    mz_buffer_print(out,
                    "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                    "'unsafe-inline'\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                    "<title>%s</title><style>",
                    language_codes[page->language], page->language == MZ_ARABIC ? "rtl" : "ltr",
                    mz_page_text(page, MZ_SAY_TITLE));
    for (size_t i = 0; mz_html_style[i]; i++) mz_buffer_append(out, mz_html_style[i], strlen(mz_html_style[i]));
    mz_buffer_print(out, "</style></head><body><header><h1>%s</h1><p class=\"soft\">",
                    mz_page_text(page, MZ_SAY_TITLE));
    mz_html_name(out, report->build);
    mz_buffer_print(out, " · <bdi>");
    mz_html_text(out, (mz_str){report->made.data, report->made.size < 10 ? report->made.size : 10});
    mz_buffer_print(out, "</bdi>");
    for (size_t i = 0; i < report->list_count; i++) {
        mz_buffer_print(out, " · ");
        mz_html_name(out, report->lists[i].list);
    }
    mz_buffer_print(out, "</p></header><main>");
}

static void tile(const mz_page *page, mz_effect_word what, double share, const mz_tally *interval, bool measured) {
    number_text text, low, high;
    mz_buffer_print(page->out, "<div class=\"tile\">");
    if (measured)
        mz_buffer_print(page->out, "<b>%s</b>", mz_effect_percent(share, page->language, text));
    else
        mz_buffer_print(page->out, "<b class=\"none\">%s</b>", mz_page_text(page, MZ_SAY_NOT_MEASURED));
    mz_buffer_print(page->out, "<span>%s</span>", mz_page_text(page, what));
    if (measured && interval) {
        mz_share bounds = mz_share_of(interval->found, interval->asked);
        mz_buffer_print(page->out, "<span>");
        MZ_EFFECT_SAY(page->out, page->language, MZ_SAY_INTERVAL, mz_effect_percent(bounds.low, page->language, low),
                      mz_effect_percent(bounds.high, page->language, high));
        mz_buffer_print(page->out, "</span>");
    }
    mz_buffer_print(page->out, "</div>");
}

static double found_share(const mz_tally *tally) {
    return tally->asked ? (double)tally->found / (double)tally->asked : 0;
}

static void summary(const mz_page *page) {
    const mz_report *report = &page->run->report;
    const mz_tally *by = report->customers_by;
    mz_buffer prose;
    mz_buffer_print(page->out, "<section><h2>%s</h2><div class=\"tiles\">", mz_page_text(page, MZ_SAY_SUMMARY));
    tile(page, MZ_SAY_TILE_FOUND, found_share(&report->all), &report->all, true);
    tile(page, MZ_SAY_TILE_MEAN, mz_report_mean(report), NULL, true);
    tile(page, MZ_SAY_TILE_BY_NAME, found_share(&by[MZ_BY_NAME]), &by[MZ_BY_NAME], by[MZ_BY_NAME].asked > 0);
    tile(page, MZ_SAY_TILE_WITH_FACTS, found_share(&by[MZ_WITH_FACTS]), &by[MZ_WITH_FACTS],
         by[MZ_WITH_FACTS].asked > 0);
    mz_buffer_print(page->out, "</div><div class=\"say\">");
    mz_buffer_init(&prose, 1 << 20);
    mz_report_write_prose(page->run, page->language, &prose);
    for (size_t at = 0; at < prose.size;) {
        const char *end = memchr(prose.data + at, '\n', prose.size - at);
        size_t size = end ? (size_t)(end - prose.data) - at : prose.size - at;
        mz_buffer_print(page->out, "<p>");
        mz_html_prose(page->out, (mz_str){prose.data + at, size});
        mz_buffer_print(page->out, "</p>");
        at += size + 1;
    }
    if (prose.failed) page->out->failed = page->out->starved = true;
    mz_buffer_done(&prose);
    mz_buffer_print(page->out, "</div></section>");
}

/* ---- pictures ---- */

static void curves(const mz_page *page) {
    const mz_report *report = &page->run->report;
    const mz_report *other = &page->run->other;
    mz_series series[5];
    size_t count = 0;
    series[count++] = (mz_series){mz_page_text(page, MZ_SAY_FOUND), &report->all, 0, false};
    if (page->run->has_other)
        series[count++] = (mz_series){mz_page_text(page, MZ_SAY_OTHER_FOUND), &other->all, 0, true};
    if (report->customers_by[MZ_BY_NAME].asked) {
        series[count++] =
            (mz_series){mz_page_text(page, MZ_SAY_ALERTS_BY_NAME), &report->customers_by[MZ_BY_NAME], 1, false};
        series[count++] =
            (mz_series){mz_page_text(page, MZ_SAY_ALERTS_WITH_FACTS), &report->customers_by[MZ_WITH_FACTS], 2, false};
    }
    if (page->run->has_other && other->customers_by[MZ_BY_NAME].asked)
        series[count++] =
            (mz_series){mz_page_text(page, MZ_SAY_OTHER_ALERTS), &other->customers_by[MZ_BY_NAME], 1, true};
    mz_buffer_print(page->out, "<section>");
    heading(page, MZ_SAY_CURVES, MZ_SAY_CURVES_SAY);
    mz_buffer_print(page->out, "<figure>");
    mz_picture_curves(page->out, page->language, series, count, report->threshold, 0);
    mz_picture_legend(page->out, series, count);
    mz_buffer_print(page->out, "</figure></section>");
}

static void operating(const mz_page *page) {
    const mz_report *report = &page->run->report;
    if (!report->customers_by[MZ_BY_NAME].asked) return;
    mz_buffer_print(page->out, "<section>");
    heading(page, MZ_SAY_OPERATING, MZ_SAY_OPERATING_SAY);
    mz_buffer_print(page->out, "<figure>");
    mz_picture_operating(page->out, page->language, &report->all, &report->customers_by[MZ_BY_NAME], report->threshold);
    mz_buffer_print(page->out, "</figure></section>");
}

/* The share that the picture begins at: below what every line has at this run's threshold. */
static double low_of(const mz_series *series, size_t count, double threshold) {
    size_t step = (size_t)((threshold - 0.5) * 100 + 0.5);
    double least = 1;
    for (size_t i = 0; i < count; i++) {
        double share =
            (double)series[i].tally->at[step < MZ_STEPS ? step : MZ_STEPS - 1] / (double)series[i].tally->asked;
        if (share < least) least = share;
    }
    double low = (double)(long)(least * 10) / 10 - 0.2;
    return low < 0.05 ? 0 : low > 0.5 ? 0.5 : low;
}

static void by_script(const mz_page *page) {
    const mz_report *report = &page->run->report;
    mz_series series[MZ_SERIES_COLOURS];
    size_t count = 0;
    for (size_t i = 0; i < report->by_script_count && count < MZ_SERIES_COLOURS; i++, count++)
        series[count] = (mz_series){mz_page_script(page, report->by_script[i].name), &report->by_script[i].tally,
                                    (unsigned)count, false};
    mz_buffer_print(page->out, "<section>");
    heading(page, MZ_SAY_BY_SCRIPT, MZ_SAY_BY_SCRIPT);
    mz_buffer_print(page->out, "<figure>");
    mz_picture_curves(page->out, page->language, series, count, report->threshold,
                      low_of(series, count, report->threshold));
    mz_picture_legend(page->out, series, count);
    mz_buffer_print(page->out, "</figure></section>");
}

static void scores(const mz_page *page) {
    const mz_report *report = &page->run->report;
    mz_series series[2] = {{mz_page_text(page, MZ_SAY_CHANGED_NAMES), &report->all, 0, false},
                           {mz_page_text(page, MZ_SAY_CUSTOMERS), &report->customers_by[MZ_BY_NAME], 1, false}};
    size_t count = series[1].tally->asked ? 2 : 1;
    mz_buffer_print(page->out, "<section>");
    heading(page, MZ_SAY_SCORES, MZ_SAY_SCORES_SAY);
    mz_buffer_print(page->out, "<figure>");
    mz_picture_scores(page->out, page->language, series, count, report->threshold);
    mz_picture_legend(page->out, series, count);
    mz_buffer_print(page->out, "<figcaption>%s: ", mz_page_text(page, MZ_SAY_BELOW));
    for (size_t i = 0; i < count; i++) {
        number_text text;
        const mz_tally *tally = series[i].tally;
        double below = (double)(tally->asked - tally->at[0]) / (double)tally->asked;
        mz_buffer_print(page->out, "%s%s %s", i ? mz_page_text(page, MZ_SAY_COMMA) : "", series[i].name,
                        mz_effect_percent(below, page->language, text));
    }
    mz_buffer_print(page->out, "</figcaption></figure></section>");
}

/* ---- the foot ---- */

static void limits(const mz_page *page) {
    static const mz_effect_word says[] = {MZ_SAY_LIMIT_RULES, MZ_SAY_LIMIT_SAMPLE, MZ_SAY_LIMIT_FOUND,
                                          MZ_SAY_LIMIT_LISTS, MZ_SAY_LIMIT_VERSIONS};
    mz_buffer_print(page->out, "<section><h2>%s</h2><div class=\"say warn\"><ul>", mz_page_text(page, MZ_SAY_LIMITS));
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        mz_buffer_print(page->out, "<li>%s</li>", mz_page_text(page, says[i]));
    mz_buffer_print(page->out, "</ul></div></section>");
}

static void fact(const mz_page *page, mz_effect_word what, mz_str value) {
    mz_buffer_print(page->out, "<dt>%s</dt><dd>", mz_page_text(page, what));
    mz_html_name(page->out, value);
    mz_buffer_print(page->out, "</dd>");
}

static void run_lists(const mz_page *page, const mz_report *report) {
    number_text count;
    mz_buffer_print(page->out,
                    "<div class=\"scroll\"><table><thead><tr><th>%s</th><th>%s</th><th>%s</th><th class=\"n\">%s</th>"
                    "</tr></thead><tbody>",
                    mz_page_text(page, MZ_SAY_LIST), mz_page_text(page, MZ_SAY_DATED),
                    mz_page_text(page, MZ_SAY_VERSION), mz_page_text(page, MZ_SAY_ENTITIES));
    for (size_t i = 0; i < report->list_count; i++) {
        const mz_report_list *list = &report->lists[i];
        char day[MZ_TIME_TEXT_SIZE];
        mz_time_text(list->published, day);
        day[10] = '\0';
        mz_buffer_print(page->out, "<tr><td>");
        mz_html_name(page->out, list->list);
        mz_buffer_print(page->out, "</td><td><bdi>%s</bdi></td><td><code>",
                        list->published ? day : mz_page_text(page, MZ_SAY_UNKNOWN));
        mz_html_text(page->out, (mz_str){list->version.data, list->version.size < 12 ? list->version.size : 12});
        mz_buffer_print(page->out, "</code></td><td class=\"n\">%s</td></tr>",
                        mz_effect_count(list->entities, page->language, count));
    }
    mz_buffer_print(page->out, "</tbody></table></div>");
}

static void run_facts(const mz_page *page, const mz_report *report, mz_effect_word title) {
    number_text a, b, c;
    char text[200];
    mz_buffer_print(page->out, "<h3>%s</h3><dl>", mz_page_text(page, title));
    fact(page, MZ_SAY_MADE, report->made);
    fact(page, MZ_SAY_BUILD, report->build);
    fact(page, MZ_SAY_RULES, report->rules);
    fact(page, MZ_SAY_POLICY, report->policy);
    mz_buffer_print(page->out, "<dt></dt><dd>");
    mz_html_name(page->out, report->algorithm);
    mz_buffer_print(page->out, " <code>");
    mz_html_text(page->out, report->policy_digest);
    mz_buffer_print(page->out, "</code></dd><dt>%s</dt><dd>", mz_page_text(page, MZ_SAY_THRESHOLD));
    (void)mz_effect_decimal(report->threshold, 3, page->language, a);
    if (report->policy_thresholds)
        MZ_EFFECT_SAY(page->out, page->language, MZ_SAY_BY_RULES, a);
    else
        mz_buffer_print(page->out, "%s", a);
    mz_buffer_print(page->out, "</dd>");
    fact(page, MZ_SAY_SEED, mz_str_of(mz_effect_decimal((double)report->seed, 0, page->language, a)));
    (void)snprintf(text, sizeof text, "%s / %s", mz_effect_count(report->names, page->language, a),
                   mz_effect_count(report->candidates, page->language, b));
    mz_buffer_print(page->out, "<dt>%s</dt><dd><bdi>%s</bdi></dd>", mz_page_text(page, MZ_SAY_SAMPLE), text);
    if (report->has_customers) {
        (void)snprintf(text, sizeof text, "%s / %s (%s)", mz_effect_count(report->customers, page->language, a),
                       mz_effect_count(report->customer_rows, page->language, b),
                       mz_effect_count(report->customer_rejected, page->language, c));
        mz_buffer_print(page->out, "<dt>%s</dt><dd><bdi>%s</bdi></dd>", mz_page_text(page, MZ_SAY_CUSTOMER_ROWS), text);
    }
    mz_buffer_print(page->out, "<dt>%s</dt><dd>%s</dd></dl>", mz_page_text(page, MZ_SAY_SECONDS),
                    mz_effect_decimal(report->seconds, 1, page->language, a));
    run_lists(page, report);
}

void mz_report_write_html(const mz_effectiveness *run, mz_language language, mz_buffer *out) {
    const mz_page page = {run, language, out};
    open_page(&page);
    summary(&page);
    curves(&page);
    operating(&page);
    mz_page_classes(&page);
    by_script(&page);
    mz_page_weak(&page);
    scores(&page);
    mz_page_ranks(&page);
    mz_page_missed(&page);
    mz_page_alerts(&page);
    limits(&page);
    mz_buffer_print(out, "</main><main><footer>");
    run_facts(&page, &run->report, MZ_SAY_RUN);
    if (run->has_other) run_facts(&page, &run->other, MZ_SAY_COMPARED_RUN);
    mz_buffer_print(out, "<p class=\"soft\">%s</p></footer></main></body></html>\n",
                    mz_page_text(&page, MZ_SAY_DETAILS));
}
