/* What `mizan cases` and `mizan clearances` say, in three languages. Part of CLI_MESSAGES: nobody but messages.h
 * includes this. */
#ifndef MIZAN_CLI_CASE_MESSAGES_H
#define MIZAN_CLI_CASE_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_CASE_MESSAGES(X)                                                                                           \
    X(COLUMN_CASE, "CASE", "DOSSIER", "الملف")                                                                         \
    X(COLUMN_CASE_WEIGHT, "WEIGHT", "POIDS", "الوزن")                                                                  \
    X(COLUMN_CASE_ALERTS, "ALERTS", "ALERTES", "التنبيهات")                                                            \
    X(COLUMN_DUE, "DUE", "ÉCHÉANCE", "الأجل")                                                                          \
    X(COLUMN_ASSIGNEE, "WITH", "ATTRIBUÉ À", "لدى")                                                                    \
    X(COLUMN_SUBJECT, "SUBJECT", "SUJET", "الجهة")                                                                     \
    X(COLUMN_BEST, "ALERTS ON", "ALERTE SUR", "تنبيه بشأن")                                                            \
    X(COLUMN_ALERT, "ALERT", "ALERTE", "التنبيه")                                                                      \
    X(COLUMN_LISTED, "LISTED", "LISTÉ", "المدرج")                                                                      \
    X(COLUMN_SCORE_OF, "SCORE", "SCORE", "الدرجة")                                                                     \
    X(COLUMN_DECISION, "FOUND", "CONCLUSION", "الخلاصة")                                                               \
    X(COLUMN_AT, "AT", "LE", "في")                                                                                     \
    X(COLUMN_EVENT, "WHAT", "QUOI", "الحدث")                                                                           \
    X(COLUMN_BY, "BY", "PAR", "بواسطة")                                                                                \
    X(COLUMN_SAID, "NOTE", "NOTE", "ملاحظة")                                                                           \
    X(ACTOR_BY_COMMAND, "by command", "par commande", "بالأمر")                                                        \
    X(COLUMN_CLEARANCE, "CLEARANCE", "EXEMPTION", "الإعفاء")                                                           \
    X(COLUMN_REASON, "REASON", "MOTIF", "السبب")                                                                       \
    X(COLUMN_QUIETED, "QUIET", "ÉCARTÉES", "المحجوبة")                                                                 \
    X(CASE_OPEN, "open", "ouvert", "مفتوح")                                                                            \
    X(CASE_PROPOSED, "proposed", "proposé", "مقترح")                                                                   \
    X(CASE_WAITING, "waiting", "en attente", "في الانتظار")                                                            \
    X(CASE_CLOSED, "closed", "clos", "مغلق")                                                                           \
    X(ALERT_DECIDED, "decided", "décidé", "تقرر")                                                                      \
    X(TRUE_MATCH, "true match", "correspondance avérée", "تطابق مؤكد")                                                 \
    X(FALSE_POSITIVE, "false positive", "faux positif", "تطابق خاطئ")                                                  \
    X(INSUFFICIENT, "insufficient information", "informations insuffisantes", "معلومات غير كافية")                     \
    X(CLEARANCE_VALID, "valid", "valide", "سار")                                                                       \
    X(CLEARANCE_OUTDATED, "outdated", "caduque", "متجاوز")                                                             \
    X(CLEARANCE_EXPIRED, "expired", "expirée", "منته")                                                                 \
    X(CLEARANCE_REVOKED, "revoked", "révoquée", "ملغى")                                                                \
    X(CASE_DECIDED, "{0}: decided", "{0} : décidé", "{0}: تقرر")                                                       \
    X(CASE_NOW_PROPOSED, "{0}: proposed; another person approves it", "{0} : proposé ; une autre personne l’approuve", \
      "{0}: اقترح؛ يعتمده شخص آخر")                                                                                    \
    X(CASE_APPROVED, "{0}: approved", "{0} : approuvé", "{0}: اعتمد")                                                  \
    X(CASE_RETURNED, "{0}: returned", "{0} : renvoyé", "{0}: أعيد")                                                    \
    X(CASE_ASSIGNED, "{0}: assigned", "{0} : attribué", "{0}: أسند")                                                   \
    X(CASE_NOTED, "{0}: noted", "{0} : note ajoutée", "{0}: أضيفت الملاحظة")                                           \
    X(CLEARANCE_ENDED, "the clearance {0} is revoked; its pair alerts at the next screening",                          \
      "l’exemption {0} est révoquée ; la paire alertera au prochain criblage",                                         \
      "ألغي الإعفاء {0}؛ سيعود التنبيه إلى هذا الزوج في الفرز القادم")

#endif
