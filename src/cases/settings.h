/* How an agency works: what its administrators set, by the rules of its policy. */
#ifndef MIZAN_CASES_SETTINGS_H
#define MIZAN_CASES_SETTINGS_H

#include "access/history.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "store/sql.h"

typedef struct mz_case_settings {
    bool four_eyes_true_match, four_eyes_false_positive, four_eyes_insufficient; /* a second person approves */
    int64_t due_hours;        /* for a case, from when it is opened; 0: never */
    int64_t due_hours_urgent; /* for one whose heaviest alert reaches `urgent_weight` */
    double urgent_weight;
    int64_t waiting_days;           /* insufficient information: until it is looked at again */
    int64_t clearance_days;         /* 0: without an end */
    int64_t retention_days;         /* personal data of closed cases and closed subjects, after their end; 0: kept */
    int64_t attachment_bytes_most;  /* of one file */
    int64_t attachments_bytes_most; /* of all files of the agency */
    bool approve_by_command;        /* decisions may be approved at the machine, too */
    double threshold;               /* of screening in this agency; 0: the service's */
    int64_t version;
} mz_case_settings;
#define MZ_CASE_SETTINGS_INIT                                                                                          \
    {                                                                                                                  \
        .four_eyes_true_match = true, .due_hours = 72, .due_hours_urgent = 24, .urgent_weight = 30,                    \
        .waiting_days = 14, .clearance_days = 365, .attachment_bytes_most = 10 << 20,                                  \
        .attachments_bytes_most = INT64_C(10) << 30, .approve_by_command = true                                        \
    }

mz_status mz_case_settings_get(mz_sql *sql, mz_str agency, mz_case_settings *ret_settings, mz_error *error);
/* `settings->version` is the one that was seen; MZ_ERR_REFUSED when it is no longer. MZ_ERR_INPUT names what is out of
 * its bounds. Each change is an entry of the audit chain ("setting.changed"), with what was and what is. */
mz_status mz_case_settings_set(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_case_settings *settings,
                               mz_error *error);

/* As JSON, in the shape that is answered; and back, where members that are not there stay as they are. */
void mz_case_settings_write(const mz_case_settings *settings, mz_json *json);
mz_status mz_case_settings_read(const mz_json_value *object, mz_case_settings *settings, mz_error *error);

#endif
