/* What `mizan tasks` and `mizan subjects watch` say, in three languages. Part of CLI_MESSAGES: nobody but messages.h
 * includes this. */
#ifndef MIZAN_CLI_TASK_MESSAGES_H
#define MIZAN_CLI_TASK_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_TASK_MESSAGES(X)                                                                                           \
    X(COLUMN_TASK, "TASK", "TÂCHE", "المهمة")                                                                          \
    X(COLUMN_KIND, "KIND", "GENRE", "النوع")                                                                           \
    X(COLUMN_OBJECT, "OF", "OBJET", "الموضوع")                                                                         \
    X(COLUMN_PHASE, "PHASE", "PHASE", "المرحلة")                                                                       \
    X(COLUMN_DONE, "DONE", "FAIT", "المنجز")                                                                           \
    X(COLUMN_CREATED, "ASKED FOR", "DEMANDÉE", "طلبت في")                                                              \
    X(TASK_WAITING, "waiting", "en attente", "في الانتظار")                                                            \
    X(TASK_RUNNING, "running", "en cours", "جارية")                                                                    \
    X(TASK_DONE, "done", "terminée", "منجزة")                                                                          \
    X(TASK_FAILED, "failed", "échouée", "فشلت")                                                                        \
    X(TASK_CANCELLED, "cancelled", "annulée", "ألغيت")                                                                 \
    X(TASK_STOPS, "the task {0} is cancelled", "la tâche {0} est annulée", "ألغيت المهمة {0}")                         \
    X(RETENTION_NONE, "the agency keeps personal data without an end (retention_days is 0)",                           \
      "l’organisme conserve les données personnelles sans limite (retention_days vaut 0)",                             \
      "تحفظ الهيئة البيانات الشخصية دون نهاية (retention_days يساوي 0)")                                               \
    X(RETENTION_DUE, "ended before {0} and to be erased: subjects: {1}, cases: {2}, rejected lines: {3}",              \
      "terminés avant le {0} et à effacer : sujets : {1}, dossiers : {2}, lignes rejetées : {3}",                      \
      "انتهت قبل {0} وستمحى: الجهات: {1}، الملفات: {2}، الأسطر المرفوضة: {3}")                                         \
    X(RETENTION_DONE, "ended before {0} and erased: subjects: {1}, cases: {2}, rejected lines: {3}",                   \
      "terminés avant le {0} et effacés : sujets : {1}, dossiers : {2}, lignes rejetées : {3}",                        \
      "انتهت قبل {0} ومحيت: الجهات: {1}، الملفات: {2}، الأسطر المرفوضة: {3}")                                          \
    X(WATCHED, "subjects screened: {0}, hits: {1}, new alerts: {2}, refreshed: {3}, known: {4}, quiet: {5}",           \
      "sujets : {0}, correspondances : {1}, alertes nouvelles : {2}, "                                           \
      "actualisées : {3}, connues : {4}, écartées : {5}",                                                              \
      "الجهات المفروزة: {0}، التطابقات: {1}، التنبيهات الجديدة: {2}، المجددة: {3}، المعروفة: {4}، المحجوبة: {5}")      \
    X(WATCH_NOT_DONE, "another program does it: mizan tasks show {0}",                                                 \
      "un autre programme s’en charge : mizan tasks show {0}", "ينجزها برنامج آخر: mizan tasks show {0}")              \
    X(TASKS_DONE, "tasks done: {0}", "tâches effectuées : {0}", "المهام المنجزة: {0}")

#endif
