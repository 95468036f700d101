/* What the tables for people say, in three languages. `{0}` … `{9}` are filled in by cli_say, in any order: the
 * languages need not agree on it. Numbers stand behind a colon, so that no language has to count. */
#ifndef MIZAN_CLI_MESSAGES_H
#define MIZAN_CLI_MESSAGES_H

#include "base/buffer.h"
#include "cli/audit_messages.h"
#include "cli/case_messages.h"
#include "cli/explain_messages.h"
#include "cli/index_messages.h"
#include "cli/people_messages.h"
#include "cli/plan_messages.h"
#include "cli/policy_messages.h"
#include "cli/serve_messages.h"
#include "cli/subject_messages.h"
#include "cli/task_messages.h"
#include "entity/property_words.h"
#include "match/prices.h"
#include "mizan/country.h"
#include "mizan/plan.h"
#include "mizan/schema.h"

#include <stddef.h>

/* X(name, English, French, Arabic) */
#define CLI_MESSAGES(X)                                                                                                \
    X(HITS, "Hits for “{0}” at {1} or more: {2}", "Correspondances pour « {0} » à partir de {1} : {2}",                \
      "التطابقات مع «{0}» بدرجة {1} فأكثر: {2}")                                                                       \
    X(HITS_SHOWN, "The best {0} are shown; --limit shows more.",                                                       \
      "Les {0} meilleures sont affichées ; --limit en montre davantage.",                                              \
      "يعرض أفضل {0} منها؛ استعمل --limit لعرض المزيد.")                                                               \
    X(NO_HIT, "No hit for “{0}” at {1} or more.", "Aucune correspondance pour « {0} » à partir de {1}.",               \
      "لا تطابق مع «{0}» بدرجة {1} فأكثر.")                                                                            \
    X(NOT_SCREENED, "Not screened: {0}", "Non criblé : {0}", "لم يفرز: {0}")                                           \
    X(FILTERED, "Only what passes the filter: {0}", "Seulement ce qui passe le filtre : {0}",                          \
      "ما يمر عبر المرشح فقط: {0}")                                                                                    \
    X(SCREENED, "Screened against {0} entities:", "Criblé au regard de {0} entités :", "فرز مقابل {0} من الكيانات:")   \
    X(LIST_LINE, "{0}, date {1}, version {2}, entities: {3}", "{0}, date : {1}, version : {2}, entités : {3}",         \
      "{0}، التاريخ: {1}، النسخة: {2}، عدد الكيانات: {3}")                                                             \
    X(NO_DATE, "unknown", "inconnue", "غير معروف")                                                                     \
    X(SCORE, "Score", "Score", "الدرجة")                                                                               \
    X(WEIGHT, "Weight", "Poids", "الوزن")                                                                              \
    X(BITS, "{0} bits", "{0} bits", "{0} بت")                                                                          \
    X(MATCHED, "Matched", "Nom trouvé", "الاسم المطابق")                                                               \
    X(WHY, "Why", "Pourquoi", "السبب")                                                                                 \
    X(LISTED, "Listed", "Liste", "القائمة")                                                                            \
    X(PROGRAMME, "Programme", "Programme", "البرنامج")                                                                 \
    X(SINCE, "Since", "Depuis", "منذ")                                                                                 \
    X(KNOWN, "Known", "Connu", "معروف")                                                                                \
    X(BORN, "born {0}", "né(e) {0}", "الميلاد {0}")                                                                    \
    X(BITS_HEADING, "bits", "bits", "بت")                                                                              \
    X(EVIDENCE, "evidence", "indice", "الدليل")                                                                        \
    X(SAME_WORD, "same word: {0}", "même mot : {0}", "الكلمة نفسها: {0}")                                              \
    X(SAME_WORDS, "same word ×{0}", "même mot ×{0}", "الكلمة نفسها ×{0}")                                              \
    X(SPELLING, "another spelling: {0} ~ {1}", "autre orthographe : {0} ~ {1}", "تهجئة أخرى: {0} ~ {1}")               \
    X(SCRIPT, "in another script: {0} ~ {1}", "dans une autre écriture : {0} ~ {1}", "بكتابة أخرى: {0} ~ {1}")         \
    X(JOINED, "written together: {0} ~ {1}", "écrit en un mot : {0} ~ {1}", "كتب موصولا: {0} ~ {1}")                   \
    X(INITIAL, "initial of a name: {0} ~ {1}", "initiale d’un nom : {0} ~ {1}", "حرف أول من اسم: {0} ~ {1}")           \
    X(EQUIVALENT, "another word for it: {0} ~ {1}", "autre mot pour le dire : {0} ~ {1}", "كلمة مرادفة: {0} ~ {1}")    \
    X(LEGAL_FORM_AGREES, "legal form agrees: {0} ~ {1}", "forme juridique identique : {0} ~ {1}",                      \
      "الشكل القانوني مطابق: {0} ~ {1}")                                                                               \
    X(LEGAL_FORM_DIFFERS, "legal form differs: {0} ≠ {1}", "forme juridique différente : {0} ≠ {1}",                   \
      "الشكل القانوني مختلف: {0} ≠ {1}")                                                                               \
    X(NUMBER_AGREES, "number agrees: {0} ~ {1}", "numéro identique : {0} ~ {1}", "الرقم مطابق: {0} ~ {1}")             \
    X(NUMBER_DIFFERS, "number differs: {0} ≠ {1}", "numéro différent : {0} ≠ {1}", "الرقم مختلف: {0} ≠ {1}")           \
    X(MISSING, "not in the listed name: {0}", "absent du nom listé : {0}", "غير موجود في الاسم المدرج: {0}")           \
    X(EXTRA, "only in the listed name: {0}", "seulement dans le nom listé : {0}", "في الاسم المدرج وحده: {0}")         \
    X(DIFFERENT, "different: {0} ≠ {1}", "différent : {0} ≠ {1}", "مختلف: {0} ≠ {1}")                                  \
    X(DIFFERENT_ONE, "different: {0}", "différent : {0}", "مختلف: {0}")                                                \
    X(GENERAL_ONLY, "only general words agree", "seuls des mots courants concordent", "التطابق في كلمات عامة فقط")     \
    X(ONE_WORD, "one word against several", "un seul mot contre plusieurs", "كلمة واحدة مقابل عدة كلمات")              \
    X(LEGAL_FORM_MET, "legal form agrees", "forme juridique concordante", "الشكل القانوني مطابق")                      \
    X(LEGAL_FORM_NOT_MET, "legal form differs or stands on one side only",                                             \
      "forme juridique différente ou d’un seul côté", "الشكل القانوني مختلف أو مذكور في طرف واحد")                     \
    X(NUMBER_MET, "number agrees", "numéro concordant", "الرقم مطابق")                                                 \
    X(NUMBER_NOT_MET, "number differs or stands on one side only", "numéro différent ou d’un seul côté",               \
      "الرقم مختلف أو مذكور في طرف واحد")                                                                              \
    X(ORDER, "words in another order", "mots dans un autre ordre", "ترتيب الكلمات مختلف")                              \
    X(WEAK_ALIAS, "weak alias", "alias de faible fiabilité", "اسم مستعار ضعيف")                                        \
    X(BIRTH_DATE_AGREES, "date of birth agrees: {0}", "date de naissance concordante : {0}",                           \
      "تاريخ الميلاد مطابق: {0}")                                                                                      \
    X(BIRTH_YEAR_AGREES, "year of birth agrees: {0}", "année de naissance concordante : {0}",                          \
      "سنة الميلاد مطابقة: {0}")                                                                                       \
    X(BIRTH_DATE_DIFFERS, "date of birth differs: {0} ≠ {1}", "date de naissance différente : {0} ≠ {1}",              \
      "تاريخ الميلاد مختلف: {0} ≠ {1}")                                                                                \
    X(DATE_AGREES, "date agrees: {0}", "date concordante : {0}", "التاريخ مطابق: {0}")                                 \
    X(DATE_DIFFERS, "date differs: {0} ≠ {1}", "date différente : {0} ≠ {1}", "التاريخ مختلف: {0} ≠ {1}")              \
    X(COUNTRY_AGREES, "country agrees: {0}", "pays concordant : {0}", "البلد مطابق: {0}")                              \
    X(COUNTRY_DIFFERS, "country differs: {0} ≠ {1}", "pays différent : {0} ≠ {1}", "البلد مختلف: {0} ≠ {1}")           \
    X(GENDER_AGREES, "gender agrees: {0}", "sexe concordant : {0}", "الجنس مطابق: {0}")                                \
    X(GENDER_DIFFERS, "gender differs: {0} ≠ {1}", "sexe différent : {0} ≠ {1}", "الجنس مختلف: {0} ≠ {1}")             \
    X(PLACE_AGREES, "place of birth alike: {0} ≈ {1}", "lieu de naissance semblable : {0} ≈ {1}",                      \
      "مكان الميلاد متشابه: {0} ≈ {1}")                                                                                \
    X(PLACE_DIFFERS, "place of birth differs: {0} ≠ {1}", "lieu de naissance différent : {0} ≠ {1}",                   \
      "مكان الميلاد مختلف: {0} ≠ {1}")                                                                                 \
    X(ADDRESS_AGREES, "address alike: {0} ≈ {1}", "adresse semblable : {0} ≈ {1}", "العنوان متشابه: {0} ≈ {1}")        \
    X(BIRTH_DATE_FITS, "date of birth compatible: {0} ≈ {1}", "date de naissance compatible : {0} ≈ {1}",              \
      "تاريخ الميلاد متوافق: {0} ≈ {1}")                                                                               \
    X(DATE_FITS, "date compatible: {0} ≈ {1}", "date compatible : {0} ≈ {1}", "التاريخ متوافق: {0} ≈ {1}")             \
    X(COUNTRY_FITS, "countries that belong together: {0} ≈ {1}", "pays liés : {0} ≈ {1}", "بلدان مرتبطان: {0} ≈ {1}")  \
    X(IDENTIFIER_NEAR, "number nearly the same ({0}): {1} ≈ {2}", "numéro presque identique ({0}) : {1} ≈ {2}",        \
      "رقم شبه مطابق ({0}): {1} ≈ {2}")                                                                                \
    X(IDENTIFIER_AGREES, "number of a document agrees ({0}): {1}", "numéro de document concordant ({0}) : {1}",        \
      "رقم الوثيقة مطابق ({0}): {1}")                                                                                  \
    X(IDENTIFIER_DIFFERS, "number of a document differs ({0}): {1} ≠ {2}",                                             \
      "numéro de document différent ({0}) : {1} ≠ {2}", "رقم الوثيقة مختلف ({0}): {1} ≠ {2}")                          \
    X(SCHEMA_PERSON, "person", "personne", "شخص")                                                                      \
    X(SCHEMA_COMPANY, "company", "société", "شركة")                                                                    \
    X(SCHEMA_ORGANIZATION, "organization", "organisation", "منظمة")                                                    \
    X(SCHEMA_VESSEL, "vessel", "navire", "سفينة")                                                                      \
    X(SCHEMA_AIRPLANE, "aircraft", "aéronef", "طائرة")                                                                 \
    X(SCHEMA_LEGAL_ENTITY, "person or organization", "personne ou organisation", "شخص أو منظمة")                       \
    X(NAME_PRIMARY, "primary name", "nom principal", "الاسم الرئيسي")                                                  \
    X(NAME_STRONG, "strong alias", "alias fiable", "اسم مستعار قوي")                                                   \
    X(NAME_WEAK, "weak alias", "alias de faible fiabilité", "اسم مستعار ضعيف")                                         \
    X(NAME_PREVIOUS, "former name", "ancien nom", "اسم سابق")                                                          \
    X(NAME_ORIGINAL, "original script", "écriture d’origine", "الكتابة الأصلية")                                       \
    X(COMPARED, "“{0}” and “{1}”", "« {0} » et « {1} »", "«{0}» و«{1}»")                                               \
    X(COLUMN_LIST, "LIST", "LISTE", "القائمة")                                                                         \
    X(COLUMN_DATED, "DATED", "DATÉE DU", "تاريخ القائمة")                                                              \
    X(COLUMN_BROUGHT_IN, "BROUGHT IN", "IMPORTÉE LE", "تاريخ الاستيراد")                                               \
    X(COLUMN_CHECKED, "CHECKED", "VÉRIFIÉE", "آخر تحقق")                                                               \
    X(COLUMN_ENTITIES, "ENTITIES", "ENTITÉS", "الكيانات")                                                              \
    X(COLUMN_REJECTED, "REJECTED", "REJETÉES", "المرفوض")                                                              \
    X(COLUMN_VERSION, "VERSION", "VERSION", "النسخة")                                                                  \
    X(COLUMN_ADDED, "ADDED", "AJOUTÉES", "المضاف")                                                                     \
    X(COLUMN_REMOVED, "REMOVED", "RETIRÉES", "المحذوف")                                                                \
    X(COLUMN_CHANGED, "CHANGED", "MODIFIÉES", "المعدل")                                                                \
    X(COLUMN_FROM, "FROM", "ORIGINE", "المصدر")                                                                        \
    X(COLUMN_CHANGE, "CHANGE", "MODIFICATION", "التغيير")                                                              \
    X(COLUMN_NAMES, "NAMES", "NOMS", "الأسماء")                                                                        \
    X(COLUMN_FOUND, "FOUND", "RETROUVÉS", "المعثور عليه")                                                              \
    X(COLUMN_ALERTS, "ALERTS", "ALERTES", "التنبيهات")                                                                 \
    X(DAMAGED, "damaged", "endommagée", "تالفة")                                                                       \
    X(TODAY, "today", "aujourd’hui", "اليوم")                                                                          \
    X(YESTERDAY, "yesterday", "hier", "أمس")                                                                           \
    X(DAYS_AGO, "{0} days ago", "il y a {0} jours", "عدد الأيام: {0}")                                                 \
    X(CHANGES, "Added {0}, removed {1}, changed {2}", "Ajoutées : {0}, retirées : {1}, modifiées : {2}",               \
      "المضاف: {0}، المحذوف: {1}، المعدل: {2}")                                                                        \
    X(VALUE_ADDED, "{0} added {1}", "{0} : ajout de {1}", "{0}: أضيف {1}")                                             \
    X(VALUE_REMOVED, "{0} removed {1}", "{0} : retrait de {1}", "{0}: حذف {1}")                                        \
    X(VALUE_CHANGED, "{0} {1} → {2}", "{0} : {1} → {2}", "{0}: من {1} إلى {2}")                                        \
    X(IN_ENTRIES, "in {0} entries: {1}", "dans {0} fiches : {1}", "في مدخلات عددها {0}: {1}")                          \
    X(MALE, "male", "masculin", "ذكر")                                                                                 \
    X(FEMALE, "female", "féminin", "أنثى")

typedef enum cli_message {
#define CLI_X(name, english, french, arabic) CLI_SAY_##name,
    CLI_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic) CLI_SAY_##name,
        CLI_EXPLAIN_MESSAGES(CLI_X) CLI_POLICY_MESSAGES(CLI_X) CLI_SERVE_MESSAGES(CLI_X) CLI_PEOPLE_MESSAGES(CLI_X)
            CLI_TASK_MESSAGES(CLI_X) CLI_AUDIT_MESSAGES(CLI_X) CLI_CASE_MESSAGES(CLI_X) CLI_SUBJECT_MESSAGES(CLI_X)
                CLI_PLAN_MESSAGES(CLI_X) CLI_INDEX_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic) CLI_SAY_PROPERTY_##name,
                    MZ_PROPERTY_WORDS(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic) CLI_SAY_PRICE_##name,
                        CLI_PRICE_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic) CLI_SAY_COUNTER_##name,
                            CLI_COUNTER_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic) CLI_SAY_STAGE_##name,
                                CLI_STAGE_MESSAGES(CLI_X)
#undef CLI_X
                                    CLI_MESSAGE_COUNT
} cli_message;

/* The message as it stands in the table, with its places to fill in. */
const char *cli_message_text(cli_message message, mz_language language);

/* What a weight of a policy is the price of. */
const char *cli_price_label(mz_price price, mz_language language);

/* What a count of a plan counts, and what a stage of it is. */
const char *cli_counter_label(mz_plan_counter counter, mz_language language);
const char *cli_stage_label(mz_plan_stage stage, mz_language language);

/* What a property is called. */
const char *cli_property_label(mz_property property, mz_language language);

/* Appends it with the places filled in; NULL behind the last of `values`, which may be NULL for none. */
void cli_say(mz_buffer *out, mz_language language, cli_message message, const char *const *values);
#define CLI_SAY(out, language, message, ...)                                                                           \
    cli_say((out), (language), (message), (const char *const[]){__VA_ARGS__, NULL})

/* What stands between groups of three digits. */
const char *cli_digit_separator(mz_language language);

#endif
