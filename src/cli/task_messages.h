/* What `mizan tasks` says, in three languages. Part of CLI_MESSAGES: nobody but messages.h includes this. */
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
    X(TASK_WAITING, "waiting", "en attente", "تنتظر")                                                                  \
    X(TASK_RUNNING, "running", "en cours", "جارية")                                                                    \
    X(TASK_DONE, "done", "terminée", "منجزة")                                                                          \
    X(TASK_FAILED, "failed", "échouée", "فشلت")                                                                        \
    X(TASK_CANCELLED, "cancelled", "annulée", "ألغيت")                                                                 \
    X(TASK_STOPS, "the task {0} is cancelled", "la tâche {0} est annulée", "ألغيت المهمة {0}")                         \
    X(TASKS_DONE, "tasks done: {0}", "tâches effectuées : {0}", "المهام المنجزة: {0}")

#endif
