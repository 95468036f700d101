/* What an agency says in each report to its financial intelligence unit: who reports, from where, in which currency,
 * with which codes.
 *
 *     {"supports":"5.0","language":"fr","codes":{"report_type":["DOS"]},
 *      "report":{"rentity_id":17,"rentity_branch":"…","currency_code_local":"MAD","reporting_person":{…},
 *                "location":{…},"report_code":"DOS","report_indicators":["…"],"action":"…"}}
 *
 * `report` has the elements of goAML that do not depend on a case. A code may come with the unit's word for it:
 * {"code":"DOS","title":"Déclaration de soupçon"}. */
#ifndef MIZAN_REPORTS_GOAML_SETTINGS_H
#define MIZAN_REPORTS_GOAML_SETTINGS_H

#include "access/history.h"
#include "reports/goaml.h"
#include "store/sql.h"

enum { MZ_GOAML_SETTINGS_BYTES = 64 << 10 };

typedef struct mz_goaml_settings {
    int64_t version; /* 0: never set */
    mz_str text;     /* canonical JSON */
    mz_goaml_rules rules;
    mz_language language;          /* of what is written */
    bool has_language;             /* whether it was set: else it is English */
    const mz_json_value *standing; /* `report`; NULL: there is none */
} mz_goaml_settings;

/* Whether it is an element of a report that each case says itself, so that the settings do not. */
bool mz_goaml_is_of_case(const char *element);

/* In `arena`. */
mz_status mz_goaml_settings_get(mz_sql *sql, mz_str agency, mz_arena *arena, mz_goaml_settings *ret_settings,
                                mz_error *error);

/* Checks and keeps them, and gives back what is kept. MZ_ERR_INPUT with the place of what cannot be: what is missing in
 * `report` is no fault, it is asked for with each report. MZ_ERR_REFUSED: `version` is not the one that there is. Each
 * change is an entry "setting.changed" of the audit chain. */
mz_status mz_goaml_settings_set(mz_sql *sql, mz_str agency, const mz_actor *actor, int64_t version,
                                const mz_json_value *settings, mz_arena *arena, mz_goaml_settings *ret_settings,
                                mz_error *error);

#endif
