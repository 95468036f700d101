/* A report to begin with: what is known of a case, in the elements of goAML.
 *
 * The subject is the party: what the agency knows of it goes into its fields, and never what the list says, which is
 * told in comments and reasons with its source. Nothing is guessed: a date without a day, an address without a city, a
 * passport's country stay open or in comments. What was changed to fit (romanised, split into first and last name) is
 * named, for a person to look at. */
#ifndef MIZAN_REPORTS_GOAML_SUGGEST_H
#define MIZAN_REPORTS_GOAML_SUGGEST_H

#include "mizan/schema.h"
#include "reports/goaml.h"

/* A listed entity that the subject was found to be. */
typedef struct mz_goaml_match {
    mz_str entity, reference, caption, list, list_version;
    mz_str facts; /* JSON, as screen/facts.h has them; empty: not known */
    int64_t decided;
    mz_str reason; /* of the decision, in the language of the report */
} mz_goaml_match;

typedef struct mz_goaml_case {
    mz_str label, caption;
    mz_schema schema;
    mz_str properties; /* JSON: of the subject */
    const mz_goaml_match *matches;
    size_t match_count;
    int64_t today;
    mz_language language;          /* of the sentences */
    const mz_json_value *standing; /* an object: what each report of the agency says; NULL: nothing */
    mz_goaml_rules rules;
} mz_goaml_case;

typedef enum mz_goaml_note_kind { MZ_GOAML_ROMANISED, MZ_GOAML_SPLIT, MZ_GOAML_CUT } mz_goaml_note_kind;

typedef struct mz_goaml_note {
    mz_goaml_note_kind kind;
    const char *element; /* of the party */
} mz_goaml_note;

enum { MZ_GOAML_NOTES_MOST = 16 };

const char *mz_goaml_note_word(mz_goaml_note_kind kind);

/* Writes the report as JSON that mz_goaml_write takes, as far as it goes. */
mz_status mz_goaml_suggest(const mz_goaml_case *from, mz_arena *arena, mz_buffer *out,
                           mz_goaml_note ret_notes[MZ_GOAML_NOTES_MOST], size_t *ret_note_count, mz_error *error);

#endif
