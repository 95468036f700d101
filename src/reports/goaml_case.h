/* A case as goAML is told of it. */
#ifndef MIZAN_REPORTS_GOAML_CASE_H
#define MIZAN_REPORTS_GOAML_CASE_H

#include "reports/goaml_settings.h"
#include "reports/goaml_suggest.h"

/* What a suggestion is made of: the subject, the alerts that were decided to be true matches, the settings of the
 * agency; `usual` is the language of what is written where these say none. In `arena`. MZ_ERR_NOT_FOUND also when it is
 * another agency's; MZ_ERR_REFUSED: the case has no true match that was decided, so that there is nothing to report. */
mz_status mz_goaml_case_read(mz_sql *sql, mz_str agency, mz_str key, mz_language usual, mz_arena *arena,
                             mz_goaml_case *ret_case, mz_error *error);

/* Says in the history of the case, and in the audit chain, that this report was written: its digest and its code. */
mz_status mz_goaml_case_written(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_str xml, mz_str code,
                                mz_arena *arena, mz_error *error);

/* {"report":{…},"missing":[…],"look_at":[…]}: a suggestion with all that is to be filled in, each with its label in the
 * language and, where they are few, its codes; and what was changed to fit. */
mz_status mz_goaml_case_tell(const mz_goaml_case *from, mz_language language, mz_arena *arena, mz_buffer *out,
                             mz_error *error);

/* The "missing" of that as an array: what is to be filled in. */
struct mz_json;
void mz_goaml_write_gaps(const mz_goaml_gap *gaps, size_t count, const mz_goaml_rules *rules, mz_language language,
                         struct mz_json *json);

#endif
