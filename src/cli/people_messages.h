/* What `mizan people` and `mizan keys` say, in three languages. Part of CLI_MESSAGES: nobody but messages.h includes
 * this. */
#ifndef MIZAN_CLI_PEOPLE_MESSAGES_H
#define MIZAN_CLI_PEOPLE_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_PEOPLE_MESSAGES(X)                                                                                         \
    X(COLUMN_NAME, "NAME", "NOM", "الاسم")                                                                             \
    X(COLUMN_SHOWN_AS, "SHOWN AS", "AFFICHÉ", "الاسم المعروض")                                                         \
    X(COLUMN_ROLES, "ROLES", "RÔLES", "الأدوار")                                                                       \
    X(COLUMN_STATE, "STATE", "ÉTAT", "الحالة")                                                                         \
    X(COLUMN_SIGNED_IN, "SIGNED IN", "CONNEXION", "آخر دخول")                                                          \
    X(COLUMN_BEGINS, "BEGINS", "DÉBUT", "يبدأ بـ")                                                                     \
    X(COLUMN_RIGHTS, "RIGHTS", "DROITS", "الصلاحيات")                                                                  \
    X(COLUMN_ENDS, "ENDS", "FIN", "ينتهي في")                                                                          \
    X(COLUMN_PURPOSE, "FOR", "POUR", "الغرض")                                                                          \
    X(STATE_INVITED, "invited", "invité", "مدعو")                                                                      \
    X(STATE_ACTIVE, "active", "actif", "نشط")                                                                          \
    X(STATE_LOCKED, "locked", "bloqué", "مقفل")                                                                        \
    X(STATE_LEFT, "left", "parti", "غادر")                                                                             \
    X(KEY_REVOKED, "revoked", "révoquée", "ملغى")                                                                      \
    X(ONE_TIME_PASSWORD, "“{0}” signs in within seven days and chooses another password, with the password {1}",       \
      "« {0} » se connecte dans les sept jours et change de mot de passe, avec le mot de passe {1}",                   \
      "يسجل «{0}» الدخول خلال سبعة أيام ويختار كلمة مرور أخرى، بكلمة المرور {1}")                                      \
    X(PERSON_LOCKED, "“{0}” is locked and signed out", "« {0} » est bloqué et déconnecté",                             \
      "أقفل حساب «{0}» وأنهيت جلساته")                                                                                 \
    X(PERSON_UNLOCKED, "“{0}” may sign in again", "« {0} » peut de nouveau se connecter",                              \
      "يمكن لـ «{0}» تسجيل الدخول من جديد")                                                                            \
    X(KEY_SHOWN_ONCE, "the key for “{0}”, which is shown this once: {1}",                                              \
      "la clé pour « {0} », montrée cette seule fois : {1}", "مفتاح «{0}»، يعرض هذه المرة فقط: {1}")                   \
    X(CASEWORK_EXPORTED, "Files: {0}, rows: {1}, attachments: {2}. Digest of the manifest: {3}",                       \
      "Fichiers : {0}, lignes : {1}, pièces jointes : {2}. Empreinte du manifeste : {3}",                              \
      "الملفات: {0}، السطور: {1}، المرفقات: {2}. بصمة البيان: {3}")                                                    \
    X(KEY_ENDED, "the key for “{0}” is revoked", "la clé pour « {0} » est révoquée", "ألغي مفتاح «{0}»")

#endif
