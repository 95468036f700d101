/* Pages that are printed: one file of HTML each that asks for nothing. No script, no font, no picture from elsewhere; a
 * content security policy that says so and takes this one style sheet, by its digest. A4 with numbered pages; Arabic
 * from right to left; names of unknown direction and numbers isolated, so that neither turns the other. */
#ifndef MIZAN_REPORTS_SHEET_H
#define MIZAN_REPORTS_SHEET_H

#include "base/buffer.h"
#include "reports/words.h"
#include "screen/explanation.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mz_sheet {
    mz_buffer *out;
    mz_language language;
    const mz_words_of *words; /* how evidence is said in that language; NULL: by its rule alone */
} mz_sheet;

enum { MZ_SHEET_BYTES_MOST = 64 << 20, MZ_SHEET_POLICY_SIZE = 160 };

static inline const char *mz_sheet_text(const mz_sheet *sheet, mz_report_word word) {
    return mz_report_text(word, sheet->language);
}

/* The content security policy of every sheet, for the answer's header, too. */
void mz_sheet_policy(char ret_policy[MZ_SHEET_POLICY_SIZE]);

/* From the first byte to behind the heading; `label` names what it is about, on the page and in its title. */
void mz_sheet_open(const mz_sheet *sheet, mz_report_word title, mz_str label);
void mz_sheet_close(const mz_sheet *sheet);

void mz_sheet_heading(const mz_sheet *sheet, mz_report_word title); /* of a section */
void mz_sheet_say(const mz_sheet *sheet, mz_report_word word);      /* a paragraph of ours */

/* Pieces of text: a name of unknown direction; a number, code or time, from left to right; prose of others with its
 * lines; a time to the minute, a dash for 0. */
void mz_sheet_name(const mz_sheet *sheet, mz_str name);
void mz_sheet_code(const mz_sheet *sheet, mz_str text);
void mz_sheet_prose(const mz_sheet *sheet, mz_str text);
void mz_sheet_time(const mz_sheet *sheet, int64_t seconds);
void mz_sheet_count(const mz_sheet *sheet, int64_t number);
void mz_sheet_score(const mz_sheet *sheet, int64_t millionths);
void mz_sheet_weight(const mz_sheet *sheet, int64_t millionths);

/* "term: value" in a list; between the two the caller writes the value. */
void mz_sheet_facts_open(const mz_sheet *sheet);
void mz_sheet_fact_open(const mz_sheet *sheet, mz_report_word term);
void mz_sheet_fact_close(const mz_sheet *sheet);
void mz_sheet_facts_close(const mz_sheet *sheet);

/* A table with these headings; MZ_WORD_COUNT ends them. Rows and cells are the caller's. */
void mz_sheet_table_open(const mz_sheet *sheet, const mz_report_word *headings);
void mz_sheet_table_close(const mz_sheet *sheet);
void mz_sheet_row_open(const mz_sheet *sheet);
void mz_sheet_row_close(const mz_sheet *sheet);
void mz_sheet_cell_open(const mz_sheet *sheet);
void mz_sheet_cell_close(const mz_sheet *sheet);

/* ---- what reports show of screenings ---- */

/* Millionths of a decimal number as JSON has it ("-0.368612"); what is no such number is 0. */
int64_t mz_sheet_millionths(mz_str number);

/* Two sides of properties, a row for each that one of them has; a side may be NULL. Objects of JSON. */
void mz_sheet_side_by_side(const mz_sheet *sheet, const mz_json_value *subject, const mz_json_value *listed);
/* One side: the values of each property. */
void mz_sheet_properties(const mz_sheet *sheet, const mz_json_value *properties);

/* The evidence of a hit as JSON: bars of which each begins where the one before ended, so that they add up. */
void mz_sheet_evidence(const mz_sheet *sheet, const mz_json_value *hit);

#endif
