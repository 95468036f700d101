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
    X(LINE_REJECTED, "rejected line {0}", "ligne {0} rejetée", "رفض السطر {0}")                                        \
    X(LINE_TAKEN, "taken, but line {0}", "prise, mais ligne {0}", "أخذ، لكن السطر {0}")                                \
    X(FLAW_NO_REFERENCE, "there is no reference: what its source calls it",                                            \
      "il n’y a pas de référence : le nom que lui donne sa source", "لا مرجع: ما يسميه به مصدره")                      \
    X(FLAW_REFERENCE_LONG, "a reference has at most {0} bytes", "une référence a au plus {0} octets",                  \
      "لا يزيد المرجع على {0} بايت")                                                                                   \
    X(FLAW_REFERENCE_CONTROL, "a reference is text without control characters",                                        \
      "une référence est un texte sans caractères de commande", "المرجع نص بلا محارف تحكم")                            \
    X(FLAW_REFERENCE_BLANKS, "a reference has no blanks around it", "une référence n’a pas d’espaces autour d’elle",   \
      "لا فراغات حول المرجع")                                                                                          \
    X(FLAW_REPEATED, "it stands already in line {0}", "elle figure déjà à la ligne {0}", "سبق وروده في السطر {0}")     \
    X(FLAW_DATE_FORMAT, "not a date in the format of this column", "pas une date au format de cette colonne",          \
      "ليس تاريخا بصيغة هذا العمود")                                                                                   \
    X(FLAW_NOT_UNDERSTOOD, "not understood, and not compared", "non compris, et non comparé", "لم يفهم ولا يقارن")     \
    X(FLAW_CHECK_DIGIT, "its check digit does not agree", "sa clé de contrôle ne concorde pas",                        \
      "رقم التحقق فيه لا يتفق")                                                                                        \
    X(FLAW_UNKNOWN_WORD, "a word that the mapping does not explain", "un mot que la correspondance n’explique pas",    \
      "كلمة لا تشرحها المطابقة")                                                                                       \
    X(FLAW_NO_SCHEMA, "it does not say what the row is", "rien ne dit ce qu’est la ligne", "لا شيء يقول ما هو السطر")  \
    X(FLAW_UNKNOWN_SCHEMA, "unknown schema", "schéma inconnu", "نوع غير معروف")                                        \
    X(FLAW_NOT_A_SUBJECT, "a subject is a person, a company, a ship or another thing",                                 \
      "un sujet est une personne, une société, un navire ou une autre chose", "الجهة شخص أو شركة أو سفينة أو شيء آخر") \
    X(FLAW_NOBODY, "neither a name nor a number of anybody in it", "ni nom ni numéro de qui que ce soit",              \
      "لا اسم فيه لأحد ولا رقم")                                                                                       \
    X(FLAW_TOO_LARGE, "its properties take more than {0} bytes", "ses propriétés dépassent {0} octets",                \
      "خصائصه تزيد على {0} بايت")                                                                                      \
    X(FLAW_NO_PROPERTIES, "it has no properties", "elle n’a pas de propriétés", "لا خصائص له")                         \
    X(FLAW_ANOTHER_SOURCE, "the subject is of another source", "le sujet est d’une autre source", "الجهة من مصدر آخر") \
    X(FLAW_UNREADABLE, "it cannot be read", "illisible", "لا يمكن قراءته")                                             \
    X(IMPORT_DONE, "added {0}, changed {1}, unchanged {2}, closed {3}, rejected {4}, with a value not understood {5}", \
      "ajoutés {0}, modifiés {1}, inchangés {2}, clos {3}, rejetés {4}, avec une valeur non comprise {5}",             \
      "المضاف {0}، المعدل {1}، دون تغيير {2}، المغلق {3}، المرفوض {4}، بقيمة غير مفهومة {5}")

#endif
