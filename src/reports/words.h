/* What reports say, in three languages. Numbers stand behind a colon, so that no language has to count. */
#ifndef MIZAN_REPORTS_WORDS_H
#define MIZAN_REPORTS_WORDS_H

#include "base/buffer.h"
#include "mizan/country.h"
#include "mizan/schema.h"
#include "mizan/screen.h"
#include "reports/word_table.h"

typedef enum mz_report_word {
#define MZ_X(name, english, french, arabic) MZ_WORD_##name,
    MZ_REPORT_WORDS(MZ_X)
#undef MZ_X
        MZ_WORD_COUNT
} mz_report_word;

const char *mz_report_text(mz_report_word word, mz_language language);
/* With {0} … filled in; NULL behind the last value. */
void mz_report_say(mz_buffer *out, mz_language language, mz_report_word word, const char *const *values);
#define MZ_REPORT_SAY(out, language, word, ...)                                                                        \
    mz_report_say((out), (language), (word), (const char *const[]){__VA_ARGS__, NULL})

/* What people call a property, a schema, a rule. */
const char *mz_report_property(mz_property property, mz_language language);
const char *mz_report_schema(mz_schema schema, mz_language language);
const char *mz_report_rule(mz_rule rule, mz_language language);
/* "en", "fr", "ar", and back; false: none of them. */
const char *mz_report_language_code(mz_language language);
bool mz_report_language_of(mz_str code, mz_language *ret_language);

/* A word of the casework ("open", "true-match", "decision.made", …) or of a gender for people; the word itself, in its
 * own bytes, when it has none. */
mz_str mz_report_word_of(mz_str word, mz_language language);

#endif
