/* Pieces of the page: its style, and pictures drawn as SVG. */
#ifndef MIZAN_EFFECTIVENESS_HTML_H
#define MIZAN_EFFECTIVENESS_HTML_H

#include "effectiveness/report.h"
#include "text/html.h"

/* The style sheet, in pieces; NULL behind the last. */
extern const char *const mz_html_style[];

enum { MZ_SERIES_COLOURS = 8 };

/* A line of a picture: counts at each threshold of so many. */
typedef struct mz_series {
    const char *name; /* ours, or escaped already */
    const mz_tally *tally;
    unsigned colour; /* below MZ_SERIES_COLOURS */
    bool dashed;
} mz_series;

/* Lines over the threshold, from the share `low` up; an upright stands at `threshold`. */
void mz_picture_curves(mz_buffer *out, mz_language language, const mz_series *series, size_t count, double threshold,
                       double low);
/* Detection over alerts, a point a threshold. */
void mz_picture_operating(mz_buffer *out, mz_language language, const mz_tally *found, const mz_tally *alerts,
                          double threshold);
/* How often each score occurs, in steps of 0.02. */
void mz_picture_scores(mz_buffer *out, mz_language language, const mz_series *series, size_t count, double threshold);
/* What the lines are. */
void mz_picture_legend(mz_buffer *out, const mz_series *series, size_t count);

#endif
