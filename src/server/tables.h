/* The tables of routes, one for each file of handlers; routes.c has them in the order in which they are tried. */
#ifndef MIZAN_SERVER_TABLES_H
#define MIZAN_SERVER_TABLES_H

#include "server/routes.h"

extern const mz_routes mz_health_routes;       /* /healthz, /readyz, /metrics */
extern const mz_routes mz_api_screen_routes;   /* /api/v1/screen, …/batch */
extern const mz_routes mz_api_stream_routes;   /* /api/v1/screen/stream */
extern const mz_routes mz_api_compare_routes;  /* /api/v1/compare */
extern const mz_routes mz_api_explain_routes;  /* /api/v1/explain */
extern const mz_routes mz_api_entities_routes; /* /api/v1/entities/… */
extern const mz_routes mz_api_lists_routes;    /* /api/v1/lists… */
extern const mz_routes mz_api_index_routes;    /* /api/v1/index, /api/v1/version */
extern const mz_routes mz_api_docs_routes;     /* /openapi.json, /docs */
extern const mz_routes mz_word_routes;         /* /api/v1/words/{family} */
extern const mz_routes mz_page_routes;         /* /, /app/…, /assets/… */
extern const mz_routes mz_yente_routes;        /* /match, /search, /entities, /catalog, … */
extern const mz_routes mz_reconcile_routes;    /* /reconcile/… */
extern const mz_routes mz_account_routes;      /* /api/v1/who, …/session…, …/sessions, …/roles */
extern const mz_routes mz_people_routes;       /* /api/v1/people… */
extern const mz_routes mz_key_routes;          /* /api/v1/keys… */
extern const mz_routes mz_agency_routes;       /* /api/v1/agency, …/agencies…, …/history */
extern const mz_routes mz_report_routes;       /* /api/v1/figures, …/cases/{id}/goaml, …/goaml/settings */
extern const mz_routes mz_report_page_routes;  /* /api/v1/cases/{id}/file, …/receipts/{number}/certificate */
extern const mz_routes mz_audit_routes;        /* /api/v1/audit… */
extern const mz_routes mz_receipt_routes;      /* /api/v1/receipts/… */
extern const mz_routes mz_api_tasks_routes;    /* /api/v1/tasks… */
extern const mz_routes mz_watch_routes;        /* /api/v1/watch… */
extern const mz_routes mz_api_changes_routes;  /* /api/v1/lists/import, …/{list}/update, …/select */
extern const mz_routes mz_security_routes;     /* /api/v1/service/security */
extern const mz_routes mz_api_preview_routes;  /* /api/v1/subjects/imports/preview */
extern const mz_routes mz_api_imports_routes;  /* /api/v1/subjects/imports… */
extern const mz_routes mz_api_subjects_routes; /* /api/v1/subjects… */
extern const mz_routes mz_effect_routes;       /* /api/v1/effectiveness… */
extern const mz_routes mz_screening_routes;    /* /api/v1/screenings */
extern const mz_routes mz_case_routes;         /* /api/v1/cases… */
extern const mz_routes mz_case_work_routes;    /* /api/v1/cases/{id}/decisions, …/assign, … */
extern const mz_routes mz_case_file_routes;    /* /api/v1/cases/{id}/attachments… */
extern const mz_routes mz_case_list_routes;    /* /api/v1/alerts, …/clearances…, …/mentions… */
extern const mz_routes mz_case_setting_routes; /* /api/v1/reasons, …/casework/settings */

#endif
