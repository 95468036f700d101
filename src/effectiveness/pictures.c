/* Pictures as SVG. Axes run from left to right in every language, as printed charts do in Arabic too; numbers are
 * placed in tenths of a unit, in whole numbers, so that the same figures give the same bytes under every locale. */
#include "effectiveness/html.h"
#include "effectiveness/words.h"

#include <stdlib.h>

/* The room for the plot inside of the picture, in units. */
enum { WIDTH = 720, HEIGHT = 304, LEFT = 56, RIGHT = 700, TOP = 18, BOTTOM = 252 };

typedef char number_text[MZ_NUMBER_TEXT_SIZE];

/* A coordinate, with one decimal. */
static void put_number(mz_buffer *out, double number) {
    long tenths = (long)(number * 10 + (number < 0 ? -0.5 : 0.5));
    mz_buffer_print(out, "%s%ld.%ld", tenths < 0 ? "-" : "", labs(tenths) / 10, labs(tenths) % 10);
}

static void put_pair(mz_buffer *out, const char *first, double x, const char *second, double y) {
    mz_buffer_print(out, " %s=\"", first);
    put_number(out, x);
    mz_buffer_print(out, "\" %s=\"", second);
    put_number(out, y);
    mz_buffer_print(out, "\"");
}

static void put_line(mz_buffer *out, const char *class, double x1, double y1, double x2, double y2) {
    mz_buffer_print(out, "<line class=\"%s\"", class);
    put_pair(out, "x1", x1, "y1", y1);
    put_pair(out, "x2", x2, "y2", y2);
    mz_buffer_print(out, "/>");
}

static void put_text(mz_buffer *out, const char *class, const char *anchor, double x, double y, const char *text) {
    mz_buffer_print(out, "<text class=\"%s\" text-anchor=\"%s\"", class, anchor);
    put_pair(out, "x", x, "y", y);
    mz_buffer_print(out, ">%s</text>", text);
}

static void open_picture(mz_buffer *out, const char *label) {
    mz_buffer_print(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, label);
}

static double x_of_threshold(double threshold) {
    return LEFT + (threshold - 0.5) * 2 * (RIGHT - LEFT);
}

/* A share between `low` and `high`, upwards. */
static double y_of(double share, double low, double high) {
    if (share < low) share = low;
    return BOTTOM - (share - low) / (high - low) * (BOTTOM - TOP);
}

static double share_at(const mz_tally *tally, size_t step) {
    return tally->asked ? (double)tally->at[step] / (double)tally->asked : 0;
}

static void put_shares(mz_buffer *out, mz_language language, double low, double high, double step, int decimals) {
    number_text text;
    for (int i = 0; low + i * step <= high + step / 100; i++) {
        double share = low + i * step;
        put_line(out, "axis", LEFT, y_of(share, low, high), RIGHT, y_of(share, low, high));
        (void)mz_effect_decimal(share * 100, decimals, language, text);
        put_text(out, "t", "end", LEFT - 6, y_of(share, low, high) + 4, text);
    }
    put_text(out, "t", "start", 4, TOP - 2, "%");
}

static void put_thresholds(mz_buffer *out, mz_language language, double threshold) {
    number_text text;
    for (int i = 5; i <= 10; i++) {
        double at = x_of_threshold(i / 10.0);
        (void)mz_effect_decimal(i / 10.0, 1, language, text);
        put_text(out, "t", "middle", at, BOTTOM + 21, text);
    }
    put_line(out, "mark", x_of_threshold(threshold), TOP, x_of_threshold(threshold), BOTTOM);
    put_text(out, "t", "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 44, mz_effect_text(MZ_SAY_THRESHOLD, language));
}

/* ---- lines ---- */

static void put_curve(mz_buffer *out, const mz_series *series, double low) {
    mz_buffer_print(out, "<polyline class=\"k k%u\"%s points=\"", series->colour,
                    series->dashed ? " stroke-dasharray=\"7 5\"" : "");
    for (size_t step = 0; step < MZ_STEPS; step++) {
        double share = share_at(series->tally, step);
        if (step) mz_buffer_char(out, ' ');
        put_number(out, x_of_threshold((double)mz_step_score(step) / MZ_MEASURED_UNIT));
        mz_buffer_char(out, ',');
        put_number(out, y_of(share, low, 1));
        if (share < low) break; /* it leaves the picture here */
    }
    mz_buffer_print(out, "\"/>");
}

void mz_picture_curves(mz_buffer *out, mz_language language, const mz_series *series, size_t count, double threshold,
                       double low) {
    open_picture(out, mz_effect_text(MZ_SAY_CURVES, language));
    put_shares(out, language, low, 1, low > 0 ? 0.1 : 0.2, 0);
    put_thresholds(out, language, threshold);
    for (size_t i = 0; i < count; i++) put_curve(out, &series[i], low);
    mz_buffer_print(out, "</svg>");
}

/* ---- detection over alerts ---- */

/* A round number not below the share, with five steps up to it. */
static double round_up(double share) {
    static const double rounds[] = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};
    for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++)
        if (share <= rounds[i]) return rounds[i];
    return 1;
}

static void put_point(mz_buffer *out, mz_language language, double x, double y, size_t step, bool here) {
    number_text text;
    mz_buffer_print(out, "<circle class=\"f k%d\" r=\"%d\"", here ? 1 : 0, here ? 6 : 4);
    put_pair(out, "cx", x, "cy", y);
    mz_buffer_print(out, "/>");
    (void)mz_effect_decimal((double)mz_step_score(step) / MZ_MEASURED_UNIT, 2, language, text);
    bool edge = x > RIGHT - 40;
    put_text(out, here ? "strong" : "t", edge ? "end" : "start", edge ? x - 8 : x + 8, y + 16, text);
}

/* The least share of the curve that the picture shows, with room below it. */
static double lowest_shown(const mz_tally *tally, size_t last) {
    double least = share_at(tally, last);
    double low = (double)(long)(least * 10) / 10;
    return low < 0 ? 0 : low > 0.9 ? 0.9 : low;
}

/* How many alerts the picture shows: some more than at this run's threshold, not the many of thresholds that nobody
 * would choose. */
static double highest_shown(const mz_tally *alerts, size_t here) {
    double most = share_at(alerts, 0), room = share_at(alerts, here) * 4;
    return round_up(room > 0 && room < most ? room : most);
}

void mz_picture_operating(mz_buffer *out, mz_language language, const mz_tally *found, const mz_tally *alerts,
                          double threshold) {
    enum { EVERY = 5, LAST = 45 }; /* 0.95: what is higher finds next to nothing */
    size_t here = (size_t)((threshold - 0.5) * 100 + 0.5);
    double high = highest_shown(alerts, here), low = lowest_shown(found, 40);
    number_text text;
    open_picture(out, mz_effect_text(MZ_SAY_OPERATING, language));
    put_shares(out, language, low, 1, 1 - low <= 0.21 ? 0.05 : (1 - low) / 5, 0);
    for (int i = 0; i <= 5; i++) {
        (void)mz_effect_decimal(high * i * 20, high < 0.05 ? 1 : 0, language, text);
        put_text(out, "t", "middle", LEFT + (RIGHT - LEFT) * i / 5.0, BOTTOM + 21, text);
    }
    put_text(out, "t", "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 44, mz_effect_text(MZ_SAY_ALERTS_BY_NAME, language));
    put_text(out, "t", "end", RIGHT, BOTTOM + 44, "%");
    size_t first = 0;
    while (first < LAST && share_at(alerts, first) > high) first++;
    mz_buffer_print(out, "<polyline class=\"k k0\" points=\"");
    for (size_t step = first; step <= LAST && share_at(found, step) >= low; step++) {
        if (step > first) mz_buffer_char(out, ' ');
        put_number(out, LEFT + share_at(alerts, step) / high * (RIGHT - LEFT));
        mz_buffer_char(out, ',');
        put_number(out, y_of(share_at(found, step), low, 1));
    }
    mz_buffer_print(out, "\"/>");
    double last_x = -100, last_y = -100;
    for (size_t step = first; step <= LAST && share_at(found, step) >= low; step++) {
        if (step != here && step % EVERY) continue;
        double x = LEFT + share_at(alerts, step) / high * (RIGHT - LEFT), y = y_of(share_at(found, step), low, 1);
        /* numbers that would stand on each other are left out, but for the one of this run */
        bool crowded = x > last_x - 42 && x < last_x + 42 && y > last_y - 16 && y < last_y + 16;
        if (crowded && step != here) continue;
        put_point(out, language, x, y, step, step == here);
        last_x = x;
        last_y = y;
    }
    mz_buffer_print(out, "</svg>");
}

/* ---- scores ---- */

enum { BIN_STEPS = 2, BINS = (MZ_STEPS - 1) / BIN_STEPS };

static double bin_share(const mz_tally *tally, size_t bin) {
    if (!tally->asked) return 0;
    uint64_t behind = bin + 1 < BINS ? tally->at[(bin + 1) * BIN_STEPS] : 0;
    return (double)(tally->at[bin * BIN_STEPS] - behind) / (double)tally->asked;
}

void mz_picture_scores(mz_buffer *out, mz_language language, const mz_series *series, size_t count, double threshold) {
    double high = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t bin = 0; bin < BINS; bin++)
            if (bin_share(series[i].tally, bin) > high) high = bin_share(series[i].tally, bin);
    high = round_up(high);
    open_picture(out, mz_effect_text(MZ_SAY_SCORES, language));
    put_shares(out, language, 0, high, high / 5, high < 0.05 ? 1 : 0);
    double bin_width = (double)(RIGHT - LEFT) / BINS, width = (bin_width - 4) / (double)count;
    for (size_t i = 0; i < count; i++)
        for (size_t bin = 0; bin < BINS; bin++) {
            double y = y_of(bin_share(series[i].tally, bin), 0, high);
            mz_buffer_print(out, "<rect class=\"f k%u\"", series[i].colour);
            put_pair(out, "x", LEFT + 2 + (double)bin * bin_width + (double)i * width, "y", y);
            put_pair(out, "width", width, "height", BOTTOM - y);
            mz_buffer_print(out, "/>");
        }
    put_thresholds(out, language, threshold);
    mz_buffer_print(out, "</svg>");
}

void mz_picture_legend(mz_buffer *out, const mz_series *series, size_t count) {
    mz_buffer_print(out, "<ul class=\"legend\">");
    for (size_t i = 0; i < count; i++)
        mz_buffer_print(out, "<li><i class=\"k%u%s\"></i>%s</li>", series[i].colour, series[i].dashed ? " dashed" : "",
                        series[i].name);
    mz_buffer_print(out, "</ul>");
}
