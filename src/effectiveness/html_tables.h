/* The tables of the page. */
#ifndef MIZAN_EFFECTIVENESS_HTML_TABLES_H
#define MIZAN_EFFECTIVENESS_HTML_TABLES_H

#include "effectiveness/report.h"
#include "effectiveness/words.h"

typedef struct mz_page {
    const mz_effectiveness *run;
    mz_language language;
    mz_buffer *out;
} mz_page;

static inline const char *mz_page_text(const mz_page *page, mz_effect_word word) {
    return mz_effect_text(word, page->language);
}

/* A script's name, the page's own word. */
const char *mz_page_script(const mz_page *page, mz_str name);

/* By class, the worst first, with what was compared beside it. */
void mz_page_classes(const mz_page *page);
/* Classes by script, list and schema. */
void mz_page_weak(const mz_page *page);
void mz_page_ranks(const mz_page *page);
/* Names that were missed, and customers who raise an alert. */
void mz_page_missed(const mz_page *page);
void mz_page_alerts(const mz_page *page);

#endif
