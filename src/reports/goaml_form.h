/* What a page needs to ask for a report: every element that the unit takes, how it is called, what belongs into it, and
 * what the codes mean. */
#ifndef MIZAN_REPORTS_GOAML_FORM_H
#define MIZAN_REPORTS_GOAML_FORM_H

#include "base/json_write.h"
#include "reports/goaml.h"

enum { MZ_GOAML_SAYS_BYTES = 1024 };

/* {"fields":[{"name":"report_code","label":"…","kind":"code","codes":"report_type","required":true}, …],
 *  "codes":{"report_type":[{"code":"SAR","title":"…"}, …], …}}
 *
 * `kind` is text, name, code, date, whole, truth, fixed, email or group; a group has `fields` of its own. What only
 * newer installations take is left out. A code without a word has no title. */
void mz_goaml_form_write(const mz_goaml_rules *rules, mz_language language, mz_json *json);

/* What is wrong and what to fill in, to be shown at the field. */
void mz_goaml_say(const mz_goaml_gap *gap, mz_language language, mz_buffer *out);

#endif
