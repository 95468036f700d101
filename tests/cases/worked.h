/* An agency at work, for the tests: people, a small list of invented persons that can be changed, subjects that are
 * screened against it, and what people do with the cases that come of it. Each act is a transaction of its own. */
#ifndef MIZAN_TEST_WORKED_H
#define MIZAN_TEST_WORKED_H

#include "../access/office.h"
#include "cases/attachments.h"
#include "cases/clearances.h"
#include "cases/reasons.h"
#include "cases/witness.h"

enum { WORKED_LISTED_MOST = 64 };

typedef struct worked {
    office office;
    mz_str agency;           /* the house */
    mz_principal amal, badr; /* analysts */
    mz_principal chadia;     /* who may approve */
    mz_principal dalila;     /* an analyst of the bureau */
    const mz_principal *as;  /* who acts from now on; NULL: the service */
    mz_str in;               /* the agency that is acted in */
    struct {
        char list[16], id[32], name[64], birth_date[16];
    } listed[WORKED_LISTED_MOST];
    size_t listed_count;
    mz_index *index;
    mz_screener *screener;
    mz_case_conflict conflict; /* of the last act */
    mz_error error;            /* of the last act */
    unsigned images;
} worked;

/* With people (as a rule) and the list: z-01 Tamrin Wardafi 1970-05-01, z-02 Tamrin Wardafi (no date), z-03 Ossoul
 * Qenlou 1981. */
void worked_open(worked *work, const char *address);
void worked_open_alone(worked *work, const char *address); /* without people and sessions: faster */
void worked_close(worked *work);
/* Lists somebody, or changes who is listed under that id. */
void worked_list(worked *work, const char *id, const char *name, const char *birth_date);
void worked_list_in(worked *work, const char *list, const char *id, const char *name, const char *birth_date);
/* The lists as they are now are what is screened against: “invented”, and “second” when somebody is in it. */
void worked_relist(worked *work);

/* A subject as it is from now on; "" for no date. */
mz_subject worked_subject(worked *work, const char *reference, const char *name, const char *birth_date);
/* Screens it and raises what it hits. */
mz_raised worked_raise(worked *work, const mz_subject *subject);
mz_status worked_try_raise(worked *work, const mz_subject *subject, mz_raised *ret_raised);

mz_case worked_case(worked *work, mz_str key);
size_t worked_alerts(worked *work, mz_str case_key, mz_alert **ret_alerts);
size_t worked_decisions(worked *work, mz_str case_key, mz_decision **ret_decisions);
size_t worked_events(worked *work, mz_str case_key, mz_case_event **ret_events);
size_t worked_clearances(worked *work, const char *state, mz_clearance **ret_clearances);
/* Entries of the house's audit chain. */
int64_t worked_entries(worked *work);
void worked_settings(worked *work, const mz_case_settings *settings);
mz_case_settings worked_settings_now(worked *work);

/* Acts of `work->as` on a case in the version that it has now, or in `version`. */
enum { WORKED_NOW = -2 };
mz_status worked_decide(worked *work, mz_str case_key, int64_t version, mz_disposition disposition, const char *alert,
                        mz_str *ret_decision);
/* All alerts, for that reason. */
mz_status worked_decide_for(worked *work, mz_str case_key, mz_disposition disposition, const char *reason);
mz_status worked_answer(worked *work, mz_str case_key, int64_t version, mz_str decision, bool approve);
mz_status worked_undo(worked *work, mz_str case_key, int64_t version, mz_str decision);
mz_status worked_assign(worked *work, mz_str case_key, int64_t version, mz_str person);
mz_status worked_escalate(worked *work, mz_str case_key, int64_t version, bool escalated);
mz_status worked_due(worked *work, mz_str case_key, int64_t version, int64_t due);
mz_status worked_note(worked *work, mz_str case_key, const char *text, mz_case_event *ret_event);
mz_status worked_attach(worked *work, mz_str case_key, const char *name, mz_str bytes, mz_attachment *ret_attachment);
mz_status worked_detach(worked *work, mz_str case_key, mz_str attachment);
mz_status worked_revoke(worked *work, mz_str clearance);
size_t worked_wake(worked *work);

/* Whatever a function of reading or changing is given, in a transaction. */
mz_status worked_do(worked *work, mz_store_work *what, void *context);

/* The invariants of casework, asked of the store; fails the test with the first that does not hold:
 * every alert is in exactly one case, that of its subject; a case counts its open alerts and has the phase that they
 * make; a subject has one case at most that is not closed, a pair one alert that is not decided and one clearance that
 * is valid; no clearance without a decision that was made; who approved is neither who proposed nor behind it; what is
 * decided has a decision that was made; every event has its entry; all that is read says what the chain says. */
void worked_check(worked *work);
/* The house's chain, with what casework keeps beside it as its witness. */
mz_audit_verdict worked_verify(worked *work);

#endif
