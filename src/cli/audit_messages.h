/* What `mizan audit` says, in three languages. Part of CLI_MESSAGES: nobody but messages.h includes this. */
#ifndef MIZAN_CLI_AUDIT_MESSAGES_H
#define MIZAN_CLI_AUDIT_MESSAGES_H

/* X(name, English, French, Arabic); the faults in the order of MZ_AUDIT_FAULTS */
#define CLI_AUDIT_MESSAGES(X)                                                                                          \
    X(COLUMN_ENTRY_NUMBER, ">NO.", ">N°", ">الرقم")                                                                    \
    X(COLUMN_ENTRY_AT, "AT", "LE", "في")                                                                               \
    X(COLUMN_ENTRY_ACTOR, "BY", "PAR", "الفاعل")                                                                       \
    X(AUDIT_WHOLE, "the chain is whole; signed up to entry {0}",                                                       \
      "la chaîne est intacte ; signée jusqu’à l’entrée {0}", "السلسلة سليمة؛ وهي موقعة حتى القيد {0}")                 \
    X(AUDIT_UNSIGNED, "the chain is whole, but unsigned: no checkpoint of a known key proves it",                      \
      "la chaîne est intacte, mais non signée : aucun point de contrôle d’une clé connue ne la prouve",                \
      "السلسلة سليمة، لكنها غير موقعة: لا تثبتها أي نقطة تحقق بمفتاح معروف")                                           \
    X(AUDIT_COUNTS, "entries: {0}, checkpoints: {1}, personal parts erased: {2}",                                      \
      "entrées : {0}, points de contrôle : {1}, parties personnelles effacées : {2}",                                  \
      "القيود: {0}، نقاط التحقق: {1}، الأجزاء الشخصية الممحوة: {2}")                                                   \
    X(AUDIT_BAD, "the chain is not whole; the first entry that is not as it was is {0}: {1}",                          \
      "la chaîne n’est pas intacte ; la première entrée qui a changé est {0} : {1}",                                   \
      "السلسلة غير سليمة؛ أول قيد ليس كما كان هو {0}: {1}")                                                            \
    X(FAULT_NONE, "nothing", "rien", "لا شيء")                                                                         \
    X(FAULT_ALTERED, "it was altered", "elle a été modifiée", "جرى تعديله")                                            \
    X(FAULT_MISSING, "it is missing", "elle manque", "هو مفقود")                                                       \
    X(FAULT_INSERTED, "it was put in", "elle a été ajoutée", "أدخل في السلسلة")                                        \
    X(FAULT_REORDERED, "another stands in its place", "une autre est à sa place", "في مكانه قيد آخر")                  \
    X(FAULT_PERSONAL_ALTERED, "its personal part was altered", "sa partie personnelle a été modifiée",                 \
      "جرى تعديل جزئه الشخصي")                                                                                         \
    X(FAULT_PERSONAL_MISSING, "its personal part is gone, and no entry says that it was erased",                       \
      "sa partie personnelle a disparu, et aucune entrée ne dit qu’elle a été effacée",                                \
      "اختفى جزؤه الشخصي، ولا قيد يذكر محوه")                                                                          \
    X(FAULT_PERSONAL_RETURNED, "its personal part is there, though it was erased",                                     \
      "sa partie personnelle est là, alors qu’elle a été effacée", "جزؤه الشخصي موجود مع أنه محي")                     \
    X(FAULT_CHECKPOINT_DIFFERS, "from it on, something is not what it was when the next checkpoint was signed",        \
      "à partir d’elle, quelque chose a changé depuis la signature du point de contrôle suivant",                      \
      "ابتداء منه، تغير شيء منذ توقيع نقطة التحقق التالية")                                                            \
    X(FAULT_CHECKPOINT_FORGED, "the signature of its checkpoint is forged",                                            \
      "la signature de son point de contrôle est falsifiée", "توقيع نقطة تحققه مزور")                                  \
    X(FAULT_CHECKPOINT_KEY, "its checkpoint is signed by another key",                                                 \
      "son point de contrôle est signé par une autre clé", "نقطة تحققه موقعة بمفتاح آخر")                              \
    X(FAULT_TOLD_OTHERWISE, "what people read of it, beside the chain, is not what it says",                           \
      "ce qu’on en lit, à côté de la chaîne, n’est pas ce qu’elle dit", "ما يقرأ عنه خارج السلسلة ليس ما يقوله")       \
    X(CHECKPOINT_OLD, "nothing was added since this checkpoint was signed",                                            \
      "rien n’a été ajouté depuis la signature de ce point de contrôle", "لم يضف شيء منذ توقيع نقطة التحقق هذه")       \
    X(REPLAY_IDENTICAL, "identical: the same hits, scores and evidence",                                               \
      "identique : les mêmes correspondances, scores et indices", "مطابق: التطابقات والدرجات والأدلة نفسها")           \
    X(REPLAY_DIFFERENT, "different:", "différent :", "مختلف:")                                                         \
    X(REPLAY_OTHER_BUILD, "different, by another build than this one:",                                                \
      "différent, par une autre version du programme :", "مختلف، بإصدار آخر من البرنامج:")                             \
    X(REPLAY_NOT_POSSIBLE,                                                                                             \
      "cannot be screened again:", "ce criblage ne peut pas être refait :", "لا يمكن إعادة هذا الفرز:")                \
    X(PROOF_ENTRY, "proved: it is an entry of this store’s chain",                                                     \
      "prouvé : c’est une entrée de la chaîne de cette base", "مثبت: هو قيد في سلسلة قاعدة البيانات هذه")              \
    X(PROOF_CHECKPOINT, "proved: a known key signed this very entry",                                                  \
      "prouvé : une clé connue a signé cette entrée même", "مثبت: وقع مفتاح معروف هذا القيد نفسه")                     \
    X(PROOF_NO_ENTRY, "not proved: this receipt is not an entry of this store’s chain",                                \
      "non prouvé : ce reçu n’est pas une entrée de la chaîne de cette base",                                          \
      "غير مثبت: هذا الإيصال ليس قيدا في سلسلة قاعدة البيانات هذه")                                                    \
    X(PROOF_ALTERED_ENTRY,                                                                                             \
      "not proved: what is behind the entry in this store’s chain names another; verify the chain",                    \
      "non prouvé : dans la chaîne de cette base, l’entrée suivante en nomme une autre ; vérifiez la chaîne",          \
      "غير مثبت: ما بعد القيد في سلسلة قاعدة البيانات هذه يذكر قيدا آخر؛ تحقق من السلسلة")                             \
    X(PROOF_NO_STORE, "not proved: neither a store nor a key is at hand; name one by --database or --key",             \
      "non prouvé : ni base ni clé sous la main ; indiquez-en une par --database ou --key",                            \
      "غير مثبت: لا قاعدة بيانات ولا مفتاح في المتناول؛ عين --database أو --key")                                      \
    X(PROOF_NO_CHECKPOINT, "not proved: no store is at hand, and the receipt has no checkpoint",                       \
      "non prouvé : aucune base sous la main, et le reçu n’a pas de point de contrôle",                                \
      "غير مثبت: لا قاعدة بيانات في المتناول، وليس في الإيصال نقطة تحقق")                                              \
    X(PROOF_OTHER_CHECKPOINT, "not proved: the checkpoint in the receipt is of another entry",                         \
      "non prouvé : le point de contrôle du reçu est celui d’une autre entrée",                                        \
      "غير مثبت: نقطة التحقق في الإيصال تخص قيدا آخر")                                                                 \
    X(PROOF_OTHER_KEY, "not proved: the checkpoint in the receipt is signed by a key that is not known",               \
      "non prouvé : le point de contrôle du reçu est signé par une clé inconnue",                                      \
      "غير مثبت: نقطة التحقق في الإيصال موقعة بمفتاح غير معروف")                                                       \
    X(PROOF_FORGED_CHECKPOINT, "not proved: the checkpoint in the receipt is forged",                                  \
      "non prouvé : le point de contrôle du reçu est falsifié", "غير مثبت: نقطة التحقق في الإيصال مزورة")              \
    X(REPLAY_BUILD, "it was made by another build: {0}", "il a été fait par une autre version du programme : {0}",     \
      "أجري بإصدار آخر من البرنامج: {0}")

#endif
