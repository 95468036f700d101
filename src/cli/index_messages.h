/* What the tables of `mizan index` say and how a filter is told, in three languages. Part of CLI_MESSAGES: nobody but
 * messages.h includes this. */
#ifndef MIZAN_CLI_INDEX_MESSAGES_H
#define MIZAN_CLI_INDEX_MESSAGES_H

/* X(name, English, French, Arabic) */
#define CLI_INDEX_MESSAGES(X)                                                                                          \
    X(COMMA, ", ", ", ", "، ")                                                                                         \
    X(SEMICOLON, "; ", " ; ", "؛ ")                                                                                    \
    X(FILTER_LISTS, "lists: ", "listes : ", "القوائم: ")                                                               \
    X(FILTER_EXCLUDE_LISTS, "without the lists: ", "sans les listes : ", "دون القوائم: ")                              \
    X(FILTER_TOPICS, "topics: ", "thèmes : ", "المواضيع: ")                                                            \
    X(FILTER_EXCLUDE_TOPICS, "without the topics: ", "sans les thèmes : ", "دون المواضيع: ")                           \
    X(FILTER_SCHEMATA, "listed as: ", "listées comme : ", "المدرجة بوصفها: ")                                          \
    X(FILTER_EXCLUDE_SCHEMATA, "not listed as: ", "non listées comme : ", "غير المدرجة بوصفها: ")                      \
    X(FILTER_EXCLUDE_ENTITIES, "without: ", "sans : ", "دون: ")                                                        \
    X(FILTER_LISTED_SINCE, "listed since: ", "listées depuis : ", "المدرجة منذ: ")                                     \
    X(FILTER_LISTED_BEFORE, "listed before: ", "listées avant : ", "المدرجة قبل: ")                                    \
    X(FILTER_CHANGED_SINCE, "listed or changed since: ", "listées ou modifiées depuis : ", "المدرجة أو المعدلة منذ: ") \
    X(COLUMN_REFERENCE, "REFERENCE", "RÉFÉRENCE", "المرجع")                                                            \
    X(COLUMN_SCHEMA, "SCHEMA", "SCHÉMA", "النوع")                                                                      \
    X(COLUMN_CAPTION, "CAPTION", "NOM", "الاسم")                                                                       \
    X(COLUMN_SECTION, "SECTION", "SECTION", "القسم")                                                                   \
    X(COLUMN_BYTES, "BYTES", "OCTETS", "البايتات")                                                                     \
    X(COLUMN_AN_ENTITY, "AN ENTITY", "PAR ENTITÉ", "لكل كيان")                                                         \
    X(INDEX_ENTITIES, "entities", "entités", "الكيانات")                                                               \
    X(INDEX_NAMES, "names", "noms", "الأسماء")                                                                         \
    X(INDEX_WORDS, "words", "mots", "الكلمات")                                                                         \
    X(INDEX_IDENTIFIERS, "identifiers", "identifiants", "أرقام التعريف")                                               \
    X(INDEX_BYTES, "bytes", "octets", "البايتات")                                                                      \
    X(INDEX_FORMAT, "format version", "version du format", "نسخة الصيغة")                                              \
    X(INDEX_SINCE, "since built", "depuis la création", "منذ البناء")                                                  \
    X(INDEX_SINCE_COUNTS, "{0} added, {1} removed, in a file of {2} bytes",                                            \
      "ajoutées : {0}, retirées : {1}, dans un fichier de {2} octets",                                                 \
      "المضاف: {0}، المحذوف: {1}، في ملف حجمه بالبايت: {2}")                                                           \
    X(INDEX_CHANGES, "changes", "modifications", "التغييرات")                                                          \
    X(INDEX_FOREIGN, "the file of changes beside it belongs to another index and is passed over",                      \
      "le fichier de modifications voisin appartient à un autre index et n’est pas lu",                                \
      "ملف التغييرات المجاور يخص فهرسا آخر ولا يقرأ")                                                                  \
    X(INDEX_READ, "{0} entities", "entités : {0}", "الكيانات: {0}")                                                    \
    X(INDEX_READ_REJECTED, "{0} rejected", "rejetées : {0}", "المرفوض: {0}")                                           \
    X(INDEX_READ_DATED, "dated {0}", "datée du {0}", "التاريخ: {0}")                                                   \
    X(INDEX_UPDATED, "{0} added, {1} changed, {2} removed, {3} as they were",                                          \
      "ajoutées : {0}, modifiées : {1}, retirées : {2}, inchangées : {3}",                                             \
      "المضاف: {0}، المعدل: {1}، المحذوف: {2}، ما لم يتغير: {3}")                                                      \
    X(INDEX_RIGHT, "is the index of the records in it", "est bien l’index des fiches qu’il contient",                  \
      "هو حقا فهرس السجلات التي فيه")                                                                                  \
    X(INDEX_MERGED, "; merged", " ; fusionné", "؛ دمج")

#endif
