/* Pieces of the page: text made harmless, and pictures drawn as SVG. */
#ifndef MIZAN_EFFECTIVENESS_HTML_H
#define MIZAN_EFFECTIVENESS_HTML_H

#include "effectiveness/report.h"

/* Text from outside: markup is escaped, what cannot be seen is shown as its number, and what turns the direction of
 * writing turns nothing. Malformed UTF-8 becomes U+FFFD. */
void mz_html_text(mz_buffer *out, mz_str text);
/* The same as a name of unknown direction. */
void mz_html_name(mz_buffer *out, mz_str name);
/* Our own sentences, whose blanks that do not break are meant so: escaped only. */
void mz_html_prose(mz_buffer *out, mz_str text);

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
