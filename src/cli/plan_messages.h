/* What the table of `--explain-plan` says, in three languages. Every counter and stage of a plan has its label, which
 * the compiler watches over. Part of CLI_MESSAGES: nobody but messages.h includes this. */
#ifndef MIZAN_CLI_PLAN_MESSAGES_H
#define MIZAN_CLI_PLAN_MESSAGES_H

/* X(counter, English, French, Arabic) */
#define CLI_COUNTER_MESSAGES(X)                                                                                        \
    X(WORDS_SEARCHED, "words of the query looked for", "mots cherchés", "كلمات بحث عنها")                              \
    X(WORDS_REMEMBERED, "words known from a query before", "mots connus d’une requête précédente",                     \
      "كلمات معروفة من استعلام سابق")                                                                                  \
    X(ROWS_WALKED, "rows of alignment made", "lignes d’alignement calculées", "صفوف المحاذاة المحسوبة")                \
    X(WORDS_ALIGNED, "listed words aligned to their ends", "mots listés alignés jusqu’au bout",                        \
      "كلمات مدرجة تمت محاذاتها")                                                                                      \
    X(WORDS_COMPARED, "listed words compared one by one", "mots listés comparés un par un",                            \
      "كلمات مدرجة قورنت واحدة واحدة")                                                                                 \
    X(WORDS_ALIKE, "listed words found alike", "mots listés ressemblants", "كلمات مدرجة متشابهة")                      \
    X(WORDS_FAR, "of them too unlike for any name", "dont trop différents pour tout nom",                              \
      "منها ما هو أبعد من أن يطابق اسما")                                                                              \
    X(POSTINGS_READ, "entries of listed words read", "entrées de mots listés lues", "مداخل كلمات مدرجة قرئت")          \
    X(POSTINGS_CROWDED, "entries not read: too many other words", "entrées non lues : trop d’autres mots",             \
      "مداخل لم تقرأ لكثرة الكلمات الأخرى")                                                                            \
    X(POSTINGS_DEAR, "entries read and passed over", "entrées lues et écartées", "مداخل قرئت واستبعدت")                \
    X(NUMBERS_READ, "bearers of the query’s numbers read", "porteurs des numéros cherchés lus",                        \
      "حاملو أرقام الاستعلام")                                                                                         \
    X(NAMES_SCANNED, "names gone through one by one", "noms parcourus un par un", "أسماء مر عليها واحدا واحدا")        \
    X(NAMES_MET, "names found", "noms trouvés", "أسماء وجدت")                                                          \
    X(NAMES_DEAR, "of them passed over by all their words", "dont écartés par l’ensemble de leurs mots",               \
      "منها ما استبعد بمجموع كلماته")                                                                                  \
    X(NAMES_FILTERED, "of them left out by the filter", "dont laissés de côté par le filtre",                          \
      "منها ما استبعده المرشح")                                                                                        \
    X(NAMES_INCOMPARABLE, "of them of another kind of thing", "dont d’une autre nature", "منها ما هو من نوع آخر")      \
    X(NAMES_CONTRADICTED, "of them passed over by likeness", "dont écartés par ressemblance",                          \
      "منها ما استبعد بالتشابه")                                                                                       \
    X(PAIRS_SCORED, "names scored", "noms notés", "أسماء حسبت درجتها")                                                 \
    X(CELLS_ALIGNED, "cells and steps of comparing", "cases et pas des comparaisons", "خلايا وخطوات المقارنة")         \
    X(ENTITIES_JUDGED, "entities judged", "entités évaluées", "كيانات جرى تقييمها")                                    \
    X(TRAITS_COMPARED, "facts beside names compared", "faits comparés hors des noms", "حقائق قورنت غير الأسماء")

/* X(stage, English, French, Arabic) */
#define CLI_STAGE_MESSAGES(X)                                                                                          \
    X(READ, "reading the query", "lecture de la requête", "قراءة الاستعلام")                                           \
    X(NUMBERS, "looking up numbers", "recherche des numéros", "البحث عن الأرقام")                                      \
    X(WORDS, "finding words alike", "recherche de mots ressemblants", "البحث عن كلمات متشابهة")                        \
    X(POSTINGS, "reading their names", "lecture de leurs noms", "قراءة أسمائها")                                       \
    X(PAIRS, "scoring names", "notation des noms", "حساب درجات الأسماء")                                               \
    X(ENTITIES, "judging entities", "évaluation des entités", "تقييم الكيانات")                                        \
    X(HITS, "telling hits", "présentation des correspondances", "عرض التطابقات")

#define CLI_PLAN_MESSAGES(X)                                                                                           \
    X(PLAN, "What was done", "Ce qui a été fait", "ما أنجز")                                                           \
    X(PLAN_IMAGE, "in the image", "dans l’image", "في الصورة")                                                         \
    X(PLAN_CHANGES, "in its changes", "dans ses changements", "في تغييراتها")                                          \
    X(PLAN_TIME, "Time", "Temps", "الوقت")                                                                             \
    X(PLAN_MICROSECONDS, "µs", "µs", "ميكروثانية")                                                                     \
    X(PLAN_WORK, "Work: {0} units; readings of names in the query: {1}",                                               \
      "Travail : {0} unités ; lectures de noms dans la requête : {1}",                                                 \
      "العمل: {0} وحدة؛ قراءات الأسماء في الاستعلام: {1}")

#endif
