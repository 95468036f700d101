/* What `mizan serve` and `mizan database` say to who starts them, in three languages. Part of CLI_MESSAGES: nobody but
 * messages.h includes this. */
#ifndef MIZAN_CLI_SERVE_MESSAGES_H
#define MIZAN_CLI_SERVE_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_SERVE_MESSAGES(X)                                                                                          \
    X(SERVING, "serving on {0}", "à l’écoute sur {0}", "الخدمة متاحة على {0}")                                         \
    X(SERVING_TO_ALL, "whoever reaches it may screen and read lists, without a key",                                   \
      "quiconque y accède peut cribler des noms et lire les listes, sans clé",                                         \
      "كل من يصل إليها يمكنه الفرز وقراءة القوائم دون مفتاح")                                                          \
    X(SERVING_TO_NOBODY, "without a key nobody may do anything; --anonymous lets everybody screen",                    \
      "sans clé, personne n’a aucun droit ; --anonymous permet à tous de cribler",                                     \
      "لا يحق لأحد شيء دون مفتاح؛ يتيح --anonymous الفرز للجميع")                                                      \
    X(SERVING_WITHOUT_KEYS,                                                                                            \
      "nobody may do anything: without a database there are no keys; give --database, or --anonymous",                 \
      "personne n’a aucun droit : sans base de données il n’y a pas de clés ; donnez --database ou --anonymous",       \
      "لا يحق لأحد شيء: لا مفاتيح دون قاعدة بيانات؛ استعمل --database أو --anonymous")                                 \
    X(FIRST_START,                                                                                                     \
      "the first start: sign in and choose another password, as “{1}” of the agency “{0}”, with the password {2}",     \
      "premier démarrage : connectez-vous et changez de mot de passe : « {1} », organisme « {0} », mot de passe {2}",  \
      "أول تشغيل: سجل الدخول واختر كلمة مرور أخرى، باسم «{1}» من الهيئة «{0}» وكلمة المرور {2}")                       \
    X(STOPPING, "stopping: what is in flight is finished", "arrêt : les demandes en cours sont achevées",              \
      "جار الإيقاف: تستكمل الطلبات الجارية")                                                                           \
    X(STOPPED, "stopped", "arrêté", "توقفت الخدمة")                                                                    \
    X(STOPPED_LATE, "stopped; connections that did not end in time were cut: {0}",                                     \
      "arrêté ; connexions coupées faute d’avoir fini à temps : {0}",                                                  \
      "توقفت الخدمة؛ اتصالات قطعت لأنها لم تنته في الوقت: {0}")                                                        \
    X(RELOADED, "the index is new; entities: {0}", "nouvel index ; entités : {0}", "فهرس جديد؛ عدد الكيانات: {0}")     \
    X(DATABASE_COPIED, "rows copied: {0}", "lignes copiées : {0}", "الصفوف المنسوخة: {0}")                             \
    X(NOT_RELOADED, "the index stays as it was", "l’index reste tel qu’il était", "بقي الفهرس كما كان")

#endif
