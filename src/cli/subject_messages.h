/* What `mizan subjects` says, in three languages. Part of CLI_MESSAGES: nobody but messages.h includes this. */
#ifndef MIZAN_CLI_SUBJECT_MESSAGES_H
#define MIZAN_CLI_SUBJECT_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_SUBJECT_MESSAGES(X)                                                                                        \
    X(COLUMN_SOURCE, "SOURCE", "SOURCE", "المصدر")                                                                     \
    X(COLUMN_SCREENED, "SCREENED", "CRIBLÉ", "آخر فرز")                                                                \
    X(COLUMN_SUBJECTS, "SUBJECTS", "SUJETS", "الجهات")                                                                 \
    X(COLUMN_TITLE, "TITLE", "INTITULÉ", "العنوان")                                                                    \
    X(COLUMN_MAPPING, "MAPPING", "COLONNES", "الأعمدة")                                                                \
    X(COLUMN_PROPERTY, "PROPERTY", "PROPRIÉTÉ", "الخاصية")                                                             \
    X(COLUMN_STANDS, "VALUE", "VALEUR", "القيمة")                                                                      \
    X(SUBJECT_CLOSED, "closed", "clos", "مغلق")                                                                        \
    X(SUBJECT_ADDED, "“{0}” is in the register; the service screens it",                                               \
      "« {0} » est au registre ; le service le crible", "أضيف «{0}» إلى السجل؛ وتفرزه الخدمة")                         \
    X(SUBJECT_CHANGED, "“{0}” is changed; the service screens it again",                                               \
      "« {0} » est modifié ; le service le crible de nouveau", "عدل «{0}»؛ وتفرزه الخدمة من جديد")                     \
    X(SUBJECT_SAME, "“{0}” is in the register already, as it is", "« {0} » est déjà au registre, tel quel",            \
      "«{0}» موجود في السجل كما هو")                                                                                   \
    X(SUBJECT_LEFT, "“{0}” is closed, and screened no more", "« {0} » est clos et n’est plus criblé",                  \
      "أغلق «{0}» ولن يفرز بعد الآن")                                                                                  \
    X(MAPPING_KNOWN, "yes", "oui", "نعم")                                                                              \
    X(IMPORT_RESUMED, "going on behind row {0} of an import that was broken off",                                      \
      "reprise après la ligne {0} d’une importation interrompue", "استئناف استيراد منقطع بعد السطر {0}")               \
    X(COLUMN_NOT_WHOLLY, "NOT WHOLLY SCREENED", "NON ENTIÈREMENT CRIBLÉ", "لم يفرز كاملا")                             \
    X(PARTLY_WORK, "the work allowed did not suffice", "le travail autorisé n’a pas suffi", "لم يكف العمل المسموح به") \
    X(PARTLY_QUERY, "something of it cannot be screened", "une partie ne peut être criblée",                           \
      "لا يمكن فرز بعض بياناته")                                                                                       \
    X(PARTLY_HITS, "{0} hits, not all raised", "{0} correspondances, pas toutes levées",                               \
      "{0} من التطابقات لم تصبح كلها تنبيهات")                                                                         \
    X(IMPORT_DONE, "added {0}, changed {1}, unchanged {2}, closed {3}, rejected {4}, with a value not understood {5}", \
      "ajoutés {0}, modifiés {1}, inchangés {2}, clos {3}, rejetés {4}, avec une valeur non comprise {5}",             \
      "المضاف {0}، المعدل {1}، دون تغيير {2}، المغلق {3}، المرفوض {4}، بقيمة غير مفهومة {5}")

#endif
