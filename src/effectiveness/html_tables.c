#include "effectiveness/html_tables.h"

#include "effectiveness/html.h"

#include <stdlib.h>

typedef char number_text[MZ_NUMBER_TEXT_SIZE];

const char *mz_page_script(const mz_page *page, mz_str name) {
    const char *called = mz_effect_script(name, page->language);
    return called ? called : mz_page_text(page, MZ_SAY_SCRIPT_NONE);
}

static void head(const mz_page *page, const char *kind, mz_effect_word word) {
    mz_buffer_print(page->out, "<th%s>%s</th>", kind, mz_page_text(page, word));
}

static void start_section(const mz_page *page, mz_effect_word title, mz_effect_word says) {
    mz_buffer_print(page->out, "<section><h2>%s</h2>", mz_page_text(page, title));
    if (says != title) mz_buffer_print(page->out, "<p class=\"soft\">%s</p>", mz_page_text(page, says));
}

/* ---- by class ---- */

/* What the class does to a name that nobody bears: the first of these that it applies to. */
static void put_example(const mz_page *page, size_t class_number) {
    static const struct {
        mz_schema schema;
        mz_str name;
    } invented[] = {
        {MZ_SCHEMA_Person, MZ_STR_INIT("Yassir Ben Omar El Qasmouri")},
        {MZ_SCHEMA_Company, MZ_STR_INIT("Zafran Négoce & Fils SARL")},
        {MZ_SCHEMA_Company, MZ_STR_INIT("Zafran International Saffron and Argan Trading")},
        {MZ_SCHEMA_Vessel, MZ_STR_INIT("White Ibex 2")},
        {MZ_SCHEMA_Person, MZ_STR_INIT("إدريس القسموري")},
        {MZ_SCHEMA_Person, MZ_STR_INIT("Боримир Щедрогоров")},
    };
    mz_buffer_print(page->out, "<td class=\"example\">");
    for (size_t i = 0; i < sizeof invented / sizeof invented[0]; i++) {
        char *text = NULL;
        if (mz_change_name(class_number, 1, invented[i].schema, invented[i].name, &text, NULL)) {
            page->out->failed = page->out->starved = true;
            return;
        }
        if (!text) continue;
        mz_html_name(page->out, mz_str_of(text));
        free(text);
        break;
    }
    mz_buffer_print(page->out, "</td>");
}

static void put_bar(const mz_page *page, const mz_share *share) {
    /* in thousandths, whole numbers: no locale writes a comma into the style */
    unsigned found = (unsigned)(share->share * 1000 + 0.5), low = (unsigned)(share->low * 1000 + 0.5);
    unsigned high = (unsigned)(share->high * 1000 + 0.5), width = high > low + 4 ? high - low : 4;
    mz_buffer_print(page->out,
                    "<div class=\"bar\"><i style=\"inline-size:%u.%u%%\"></i><b style=\"inset-inline-start:%u.%u%%;"
                    "inline-size:%u.%u%%\"></b></div>",
                    found / 10, found % 10, low / 10, low % 10, width / 10, width % 10);
}

static void put_share_cell(const mz_page *page, const mz_tally *tally) {
    number_text text;
    double share = tally->asked ? (double)tally->found / (double)tally->asked : 0;
    mz_buffer_print(page->out, "<td class=\"n\">%s</td>",
                    tally->asked ? mz_effect_percent(share, page->language, text) : "");
}

static const mz_report_class *other_class(const mz_page *page, mz_str name) {
    for (size_t c = 0; page->run->has_other && c < page->run->other.class_count; c++)
        if (mz_str_equal(page->run->other.classes[c].name, name)) return &page->run->other.classes[c];
    return NULL;
}

/* Coloured when zero is outside of the difference's interval. */
static void put_difference(const mz_page *page, const mz_tally *here, const mz_tally *there) {
    number_text text;
    if (!here->asked || !there->asked) {
        mz_buffer_print(page->out, "<td class=\"n\"></td>");
        return;
    }
    mz_share a = mz_share_of(here->found, here->asked), b = mz_share_of(there->found, there->asked);
    double low, high, difference = a.share - b.share;
    mz_share_difference(&a, &b, &low, &high);
    const char *class = low > 0 ? " better" : high < 0 ? " worse" : "";
    (void)mz_effect_decimal(difference * 100, 1, page->language, text);
    mz_buffer_print(page->out, "<td class=\"n%s\"><bdi>%s%s</bdi></td>", class, difference > 0.0005 ? "+" : "", text);
}

static void put_compared(const mz_page *page, const mz_report_class *class) {
    static const mz_tally nothing;
    const mz_report_class *other = other_class(page, class->name);
    const mz_tally *there = other ? &other->listed : &nothing;
    put_share_cell(page, there);
    put_difference(page, &class->listed, there);
    if (!page->run->paired) return;
    number_text gained, lost;
    mz_buffer_print(page->out, "<td class=\"n\"><bdi>%s / %s</bdi></td>",
                    mz_effect_count(class->gained, page->language, gained),
                    mz_effect_count(class->lost, page->language, lost));
}

void mz_page_classes(const mz_page *page) {
    const mz_report *report = &page->run->report;
    bool alerts = report->has_customers;
    start_section(page, MZ_SAY_CLASSES, MZ_SAY_CLASSES_SAY);
    mz_buffer_print(page->out, "<div class=\"scroll\"><table><thead><tr>");
    head(page, "", MZ_SAY_CHANGE);
    head(page, " class=\"example\"", MZ_SAY_EXAMPLE);
    head(page, " class=\"n\"", MZ_SAY_ASKED);
    head(page, " class=\"n\"", MZ_SAY_SHARE_FOUND);
    mz_buffer_print(page->out, "<th class=\"picture\"></th>");
    if (alerts) head(page, " class=\"n\"", MZ_SAY_ALERTED);
    if (page->run->has_other) head(page, " class=\"n\"", MZ_SAY_BEFORE);
    if (page->run->has_other) head(page, " class=\"n\"", MZ_SAY_DIFFERENCE);
    if (page->run->paired) head(page, " class=\"n\"", MZ_SAY_GAINED_LOST);
    mz_buffer_print(page->out, "</tr></thead><tbody>");
    for (size_t i = 0; i < page->run->order_count; i++) {
        const mz_report_class *class = &report->classes[page->run->order[i]];
        mz_share share = mz_share_of(class->listed.found, class->listed.asked);
        number_text count;
        mz_buffer_print(page->out, "<tr><th scope=\"row\">%s<code>%s</code></th>", class->class->title[page->language],
                        class->class->name);
        put_example(page, page->run->measured.classes[page->run->order[i]]);
        mz_buffer_print(page->out, "<td class=\"n\">%s</td>", mz_effect_count(share.of, page->language, count));
        put_share_cell(page, &class->listed);
        mz_buffer_print(page->out, "<td class=\"picture\">");
        put_bar(page, &share);
        mz_buffer_print(page->out, "</td>");
        if (alerts) put_share_cell(page, &class->customers);
        if (page->run->has_other) put_compared(page, class);
        mz_buffer_print(page->out, "</tr>");
    }
    mz_buffer_print(page->out, "</tbody></table></div></section>");
}

/* ---- classes by script, list, schema ---- */

typedef struct heat_columns {
    mz_effect_word title;
    const mz_report_group *groups;
    size_t count;
    size_t place; /* of the group's number in a cell */
} heat_columns;

static uint32_t group_number(const mz_report_cell *cell, size_t place) {
    return place == 0 ? cell->script : place == 1 ? cell->list : cell->schema;
}

static const char *heat_class(double share) {
    static const struct {
        double least;
        const char *class;
    } bands[] = {{0.99, "h0"}, {0.97, "h1"}, {0.95, "h2"}, {0.9, "h3"}, {0.8, "h4"}};
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++)
        if (share >= bands[i].least) return bands[i].class;
    return "h5";
}

static void heat_cell(const mz_page *page, uint64_t found, uint64_t asked) {
    number_text text, count;
    if (!asked) {
        mz_buffer_print(page->out, "<td></td>");
        return;
    }
    double share = (double)found / (double)asked, percent = share * 100;
    if (percent < 100 && percent > 99.9) percent = 99.9;
    mz_buffer_print(page->out, "<td class=\"%s\">%s<small>%s</small></td>", heat_class(share),
                    mz_effect_decimal(percent, found == asked ? 0 : 1, page->language, text),
                    mz_effect_count(asked, page->language, count));
}

static void heat_name(const mz_page *page, const heat_columns *columns, size_t number) {
    mz_str name = columns->groups[number].name;
    const char *schema = columns->place == 2 ? mz_effect_schema(name, page->language) : NULL;
    if (columns->place == 0)
        mz_buffer_print(page->out, "%s", mz_page_script(page, name));
    else if (schema)
        mz_buffer_print(page->out, "%s", schema);
    else
        mz_html_name(page->out, name);
}

static void heat_table(const mz_page *page, const heat_columns *columns) {
    const mz_report *report = &page->run->report;
    typedef struct heat_count {
        uint64_t found, asked;
    } heat_count;
    heat_count *counts = calloc(report->class_count * columns->count + 1, sizeof *counts);
    if (!counts) {
        page->out->failed = page->out->starved = true;
        return;
    }
    for (size_t i = 0; i < report->cell_count; i++) {
        const mz_report_cell *cell = &report->cells[i];
        heat_count *count = &counts[cell->class * columns->count + group_number(cell, columns->place)];
        count->found += cell->found;
        count->asked += cell->asked;
    }
    mz_buffer_print(page->out, "<h3>%s</h3><div class=\"scroll\"><table class=\"heat\"><thead><tr>",
                    mz_page_text(page, columns->title));
    head(page, "", MZ_SAY_CHANGE);
    for (size_t g = 0; g < columns->count; g++) {
        mz_buffer_print(page->out, "<th>");
        heat_name(page, columns, g);
        mz_buffer_print(page->out, "</th>");
    }
    mz_buffer_print(page->out, "</tr></thead><tbody><tr><th scope=\"row\">%s</th>", mz_page_text(page, MZ_SAY_ALL));
    for (size_t g = 0; g < columns->count; g++)
        heat_cell(page, columns->groups[g].tally.found, columns->groups[g].tally.asked);
    mz_buffer_print(page->out, "</tr>");
    for (size_t i = 0; i < page->run->order_count; i++) {
        size_t c = page->run->order[i];
        mz_buffer_print(page->out, "<tr><th scope=\"row\">%s</th>", report->classes[c].class->title[page->language]);
        for (size_t g = 0; g < columns->count; g++)
            heat_cell(page, counts[c * columns->count + g].found, counts[c * columns->count + g].asked);
        mz_buffer_print(page->out, "</tr>");
    }
    mz_buffer_print(page->out, "</tbody></table></div>");
    free(counts);
}

void mz_page_weak(const mz_page *page) {
    const mz_report *report = &page->run->report;
    start_section(page, MZ_SAY_WHERE, MZ_SAY_WHERE_SAY);
    heat_table(page, &(heat_columns){MZ_SAY_SCRIPT, report->by_script, report->by_script_count, 0});
    if (report->by_list_count > 1)
        heat_table(page, &(heat_columns){MZ_SAY_LIST, report->by_list, report->by_list_count, 1});
    heat_table(page, &(heat_columns){MZ_SAY_SCHEMA, report->by_schema, report->by_schema_count, 2});
    mz_buffer_print(page->out, "</section>");
}

/* ---- ranks ---- */

void mz_page_ranks(const mz_page *page) {
    static const char *const names[MZ_RANKS] = {"1", "2–5", "6–20", "21–100", NULL};
    const mz_report *report = &page->run->report;
    start_section(page, MZ_SAY_RANKS, MZ_SAY_RANKS);
    mz_buffer_print(page->out, "<div class=\"scroll\"><table><tbody>");
    for (size_t r = 0; r < MZ_RANKS; r++) {
        number_text count, percent;
        mz_share share = mz_share_of(report->ranks[r], report->all.asked);
        mz_buffer_print(page->out,
                        "<tr><th scope=\"row\"><bdi>%s</bdi></th><td class=\"n\">%s</td><td class=\"n\">%s</td><td>",
                        names[r] ? names[r] : mz_page_text(page, MZ_SAY_RANK_NONE),
                        mz_effect_count(share.count, page->language, count),
                        mz_effect_percent(share.share, page->language, percent));
        put_bar(page, &share);
        mz_buffer_print(page->out, "</td></tr>");
    }
    mz_buffer_print(page->out, "</tbody></table></div></section>");
}

/* ---- examples ---- */

static void put_score(const mz_page *page, uint32_t millionths) {
    number_text text;
    mz_buffer_print(page->out, "<td class=\"n\">%s</td>",
                    millionths ? mz_effect_decimal((double)millionths / MZ_MEASURED_UNIT, 3, page->language, text)
                               : mz_page_text(page, MZ_SAY_NOT_MET));
}

static void missed_row(const mz_page *page, const mz_report_missed *one) {
    const mz_report *report = &page->run->report;
    mz_buffer_print(page->out, "<tr><td>");
    mz_html_name(page->out, one->subject->who.name);
    mz_buffer_print(page->out, "</td><td>");
    mz_html_name(page->out, one->asked);
    if (one->birth_date.size) {
        mz_buffer_print(page->out, " · ");
        mz_html_name(page->out, one->birth_date);
    }
    if (one->nationality.size) {
        mz_buffer_print(page->out, " · ");
        mz_html_name(page->out, one->nationality);
    }
    mz_buffer_print(page->out, "</td>");
    put_score(page, one->score);
    mz_buffer_print(page->out, "<td>");
    mz_html_name(page->out, report->lists[one->subject->list].list);
    mz_buffer_print(page->out, " <code>");
    mz_html_text(page->out, one->subject->reference);
    mz_buffer_print(page->out, "</code></td></tr>");
}

static void missed_of(const mz_page *page, size_t class, bool open) {
    const mz_report *report = &page->run->report;
    size_t shown = 0;
    for (size_t i = 0; i < report->missed_count; i++) {
        if (report->missed[i].class != class) continue;
        if (!shown++) {
            number_text missed;
            const mz_report_class *of = &report->classes[class];
            mz_buffer_print(page->out, "<details%s><summary>%s (%s)</summary><div class=\"scroll\"><table><thead><tr>",
                            open ? " open" : "", of->class->title[page->language],
                            mz_effect_count(of->listed.asked - of->listed.found, page->language, missed));
            head(page, "", MZ_SAY_LISTED_NAME);
            head(page, "", MZ_SAY_ASKED_NAME);
            head(page, " class=\"n\"", MZ_SAY_SCORE);
            head(page, "", MZ_SAY_LIST);
            mz_buffer_print(page->out, "</tr></thead><tbody>");
        }
        missed_row(page, &report->missed[i]);
    }
    if (shown) mz_buffer_print(page->out, "</tbody></table></div></details>");
}

void mz_page_missed(const mz_page *page) {
    enum { OPEN = 3 };
    if (!page->run->report.missed_count) return;
    start_section(page, MZ_SAY_MISSED, MZ_SAY_MISSED_SAY);
    for (size_t i = 0; i < page->run->order_count; i++) missed_of(page, page->run->order[i], i < OPEN);
    mz_buffer_print(page->out, "</section>");
}

void mz_page_alerts(const mz_page *page) {
    const mz_report *report = &page->run->report;
    if (!report->alert_count) return;
    start_section(page, MZ_SAY_ALERTS, MZ_SAY_ALERTS_SAY);
    mz_buffer_print(page->out, "<div class=\"scroll\"><table><thead><tr>");
    head(page, "", MZ_SAY_CUSTOMER);
    head(page, "", MZ_SAY_ENTITY);
    head(page, " class=\"n\"", MZ_SAY_SCORE);
    head(page, "", MZ_SAY_STILL);
    mz_buffer_print(page->out, "</tr></thead><tbody>");
    for (size_t i = 0; i < report->alert_count; i++) {
        const mz_report_alert *one = &report->alerts[i];
        mz_buffer_print(page->out, "<tr><td>");
        mz_html_name(page->out, one->customer->who.name);
        mz_buffer_print(page->out, " <code>");
        mz_html_text(page->out, one->customer->who.id);
        mz_buffer_print(page->out, "</code></td><td>");
        mz_html_name(page->out, one->entity.caption);
        mz_buffer_print(page->out, " <code>");
        mz_html_text(page->out, one->entity.list);
        mz_buffer_char(page->out, ' ');
        mz_html_text(page->out, one->entity.reference);
        mz_buffer_print(page->out, "</code></td>");
        put_score(page, one->score);
        mz_buffer_print(page->out, "<td>%s</td></tr>", mz_page_text(page, one->with_facts ? MZ_SAY_YES : MZ_SAY_NO));
    }
    mz_buffer_print(page->out, "</tbody></table></div></section>");
}
