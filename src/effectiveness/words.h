/* What the report says, in three languages. Numbers stand behind a colon or as shares, so that no language has to
 * count. */
#ifndef MIZAN_EFFECTIVENESS_WORDS_H
#define MIZAN_EFFECTIVENESS_WORDS_H

#include "base/buffer.h"
#include "mizan/country.h"

#include <stdint.h>

/* X(name, English, French, Arabic) */
/* clang-format off */
#define MZ_EFFECT_WORDS(X) \
    X(TITLE, "Effectiveness of name screening", "Efficacité du criblage des noms", "فعالية فرز الأسماء") \
    X(SAYS_FOUND, \
      "Changed names of those on the lists: {0}. Found at the threshold {1}: {2} (95 % interval: {3} to " \
      "{4}).", \
      "Noms listés, modifiés : {0}. Retrouvés au seuil de {1} : {2} (intervalle à 95 % : de {3} à {4}).", \
      "الأسماء المدرجة بعد تغييرها: {0}. عثر عند العتبة {1} على: {2} (فترة الثقة 95 %: من {3} إلى {4}).") \
    X(SAYS_FIRST, "With no other entity before their own: {0}. Entities at the threshold, for one name: {1}.", \
      "Sans autre entité avant la leur : {0}. Entités au seuil, par nom : {1}.", \
      "دون أي كيان آخر قبل صاحب الاسم: {0}. الكيانات عند العتبة لكل اسم: {1}.") \
    X(SAYS_MEAN, "Ways of changing a name: {0}. Mean of the shares found over them: {1}. Least often found: {2}.", \
      "Façons de modifier un nom : {0}. Moyenne des parts retrouvées : {1}. Les moins retrouvées : {2}.", \
      "طرق تغيير الاسم: {0}. متوسط النسب المعثور عليها: {1}. الأقل عثورا: {2}.") \
    X(SAYS_ALERTS, "Customers: {0}. Raising an alert by name alone: {1}; with what else the file says of them: {2}.", \
      "Clients : {0}. Déclenchant une alerte par leur seul nom : {1} ; avec ce que le fichier en dit d’autre : " \
      "{2}.", \
      "العملاء: {0}. من يثير منهم تنبيها باسمه وحده: {1}؛ ومع ما يذكره الملف عنه أيضا: {2}.") \
    X(SAYS_NO_ALERTS, "How many customers raise an alert was not measured: no file of customers was given.", \
      "La part des clients qui déclenchent une alerte n’a pas été mesurée : aucun fichier de clients n’a été " \
      "donné.", \
      "لم تقس نسبة العملاء الذين يثيرون تنبيها، إذ لم يعط ملف للعملاء.") \
    X(SAYS_AGAINST, "Compared with {0}: found {1} instead of {2}.", \
      "Par rapport à {0} : {1} retrouvés au lieu de {2}.", "مقارنة مع {0}: عثر على {1} بدل {2}.") \
    X(SAYS_AGAINST_ALERTS, "Alerts by name alone: {0} instead of {1}.", \
      "Alertes par le seul nom : {0} au lieu de {1}.", "التنبيهات بالاسم وحده: {0} بدل {1}.") \
    X(SAYS_OTHER_NAMES, \
      "The other report has another sample, seed or list version: differences are not those of the " \
      "matcher alone.", \
      "L’autre rapport a un autre échantillon, une autre graine ou une autre version de liste : les écarts ne " \
      "viennent pas du seul moteur.", \
      "للتقرير الآخر عينة أو بذرة أو نسخة قائمة أخرى: فالفروق لا تعود إلى المطابقة وحدها.") \
    X(AND_SHARE, "{0} ({1})", "{0} ({1})", "{0} ({1})") \
    X(COMMA, ", ", ", ", "، ") \
    X(SUMMARY, "In short", "En bref", "باختصار") \
    X(TILE_FOUND, "changed names found", "noms modifiés retrouvés", "الأسماء المعدلة المعثور عليها") \
    X(TILE_MEAN, "mean over the ways of changing", "moyenne sur les modifications", "المتوسط على طرق التغيير") \
    X(TILE_BY_NAME, "customers alerted by name alone", "clients alertés par le seul nom", \
      "تنبيهات العملاء بالاسم وحده") \
    X(TILE_WITH_FACTS, "customers alerted with all that is known", "clients alertés avec tout ce qu’on sait", \
      "تنبيهات العملاء مع كل المعلومات") \
    X(NOT_MEASURED, "not measured", "non mesuré", "لم تقس") \
    X(INTERVAL, "{0} to {1}", "de {0} à {1}", "من {0} إلى {1}") \
    X(CURVES, "By threshold", "Selon le seuil", "حسب العتبة") \
    X(CURVES_SAY, \
      "What would be found, and which share of customers would raise an alert, at every threshold. The " \
      "line that stands is the threshold of this run.", \
      "Ce qui serait retrouvé et la part des clients en alerte, à chaque seuil. Le trait vertical est le seuil de " \
      "cet essai.", \
      "ما كان سيعثر عليه ونسبة العملاء ذوي التنبيه عند كل عتبة. الخط القائم هو عتبة هذا الاختبار.") \
    X(OPERATING, "Detection against alerts", "Détection et alertes", "الكشف مقابل التنبيهات") \
    X(OPERATING_SAY, \
      "Each point is a threshold: further up more is found, further to the right more customers raise " \
      "an alert by name alone.", \
      "Chaque point est un seuil : plus haut, on retrouve davantage ; plus à droite, plus de clients déclenchent " \
      "une alerte par leur seul nom.", \
      "كل نقطة عتبة: كلما علت زاد ما يعثر عليه، وكلما اتجهت يمينا زاد العملاء ذوو التنبيه بالاسم وحده.") \
    X(THRESHOLD, "threshold", "seuil", "العتبة") \
    X(FOUND, "found", "retrouvés", "المعثور عليه") \
    X(ALERTS_BY_NAME, "alerts, by name alone", "alertes, par le seul nom", "التنبيهات بالاسم وحده") \
    X(ALERTS_WITH_FACTS, "alerts, with all that is known", "alertes, avec tout ce qu’on sait", \
      "التنبيهات مع كل المعلومات") \
    X(OTHER_FOUND, "found, compared run", "retrouvés, essai comparé", "المعثور عليه في الاختبار المقارن") \
    X(OTHER_ALERTS, "alerts by name alone, compared run", "alertes par le seul nom, essai comparé", \
      "التنبيهات بالاسم وحده في الاختبار المقارن") \
    X(BY_SCRIPT, "By script of the listed name", "Selon l’écriture du nom listé", "حسب كتابة الاسم المدرج") \
    X(SCORES, "Scores", "Scores", "الدرجات") \
    X(SCORES_SAY, "How high the changed names score for their own entity, and customers for the nearest one.", \
      "Les scores des noms modifiés pour leur propre entité, et des clients pour la plus proche.", \
      "درجات الأسماء المعدلة مع صاحبها، ودرجات العملاء مع أقرب كيان مدرج.") \
    X(BELOW, "below 0.50", "sous 0,50", "دون 0,50") \
    X(CHANGED_NAMES, "changed names", "noms modifiés", "الأسماء المعدلة") \
    X(CUSTOMERS, "customers", "clients", "العملاء") \
    X(CLASSES, "By way of changing, worst first", "Par façon de modifier, les pires d’abord", \
      "حسب طريقة التغيير، الأسوأ أولا") \
    X(CLASSES_SAY, "The bar is the share found, the thin line its 95 % interval. The example is of an invented name.", \
      "La barre est la part retrouvée, le trait fin son intervalle à 95 %. L’exemple porte sur un nom inventé.", \
      "الشريط نسبة المعثور عليه، والخط الرفيع فترة الثقة 95 %. المثال لاسم مختلق.") \
    X(CHANGE, "Change", "Modification", "التغيير") \
    X(EXAMPLE, "Example", "Exemple", "مثال") \
    X(ASKED, "Names", "Noms", "الأسماء") \
    X(SHARE_FOUND, "Found", "Retrouvés", "المعثور عليه") \
    X(ALERTED, "Alerts", "Alertes", "التنبيهات") \
    X(BEFORE, "Compared", "Comparé", "المقارن") \
    X(DIFFERENCE, "Difference", "Écart", "الفرق") \
    X(GAINED_LOST, "Gained / lost", "Gagnés / perdus", "مكسوب / مفقود") \
    X(WHERE, "Where it is weak", "Où sont les faiblesses", "مواطن الضعف") \
    X(WHERE_SAY, "Share found in percent; the number of names below it. An empty field: the change does not apply.", \
      "Part retrouvée en pour cent ; le nombre de noms dessous. Champ vide : la modification ne s’applique pas.", \
      "نسبة المعثور عليه بالمئة، وتحتها عدد الأسماء. الخانة الفارغة: لا ينطبق التغيير.") \
    X(SCRIPT, "Script", "Écriture", "الكتابة") \
    X(LIST, "List", "Liste", "القائمة") \
    X(SCHEMA, "Kind", "Type", "النوع") \
    X(ALL, "All", "Tous", "الكل") \
    X(RANKS, "Rank of its own entity", "Rang de sa propre entité", "رتبة صاحب الاسم") \
    X(RANK_NONE, "not found", "non retrouvée", "لم يعثر عليه") \
    X(MISSED, "Names that were missed", "Noms manqués", "أسماء لم يعثر عليها") \
    X(MISSED_SAY, \
      "Up to five of each way of changing, the worst ways first. These are names from the lists: handle " \
      "this file as you handle the lists.", \
      "Jusqu’à cinq par façon de modifier, les pires d’abord. Ce sont des noms des listes : traitez ce fichier " \
      "comme elles.", \
      "إلى خمسة لكل طريقة، الأسوأ أولا. هذه أسماء من القوائم، فعامل هذا الملف معاملتها.") \
    X(LISTED_NAME, "Listed", "Listé", "المدرج") \
    X(ASKED_NAME, "Asked for", "Recherché", "المبحوث عنه") \
    X(SCORE, "Score", "Score", "الدرجة") \
    X(NOT_MET, "none", "aucun", "لا درجة") \
    X(ALERTS, "Customers who raise an alert", "Clients qui déclenchent une alerte", "عملاء يثيرون تنبيها") \
    X(ALERTS_SAY, "By name alone, the highest scores first. Some may be listed indeed: an alert is no error.", \
      "Par le seul nom, les plus hauts scores d’abord. Certains peuvent être listés : une alerte n’est pas une " \
      "erreur.", \
      "بالاسم وحده، الأعلى درجة أولا. قد يكون بعضهم مدرجا فعلا: التنبيه ليس خطأ.") \
    X(CUSTOMER, "Customer", "Client", "العميل") \
    X(ENTITY, "Nearest listed", "Listé le plus proche", "أقرب كيان مدرج") \
    X(STILL, "With all that is known", "Avec tout ce qu’on sait", "مع كل المعلومات") \
    X(YES, "alert", "alerte", "تنبيه") \
    X(NO, "no alert", "pas d’alerte", "لا تنبيه") \
    X(LIMITS, "What this does not prove", "Ce que ceci ne prouve pas", "ما لا يثبته هذا") \
    X(LIMIT_RULES, \
      "Names were changed by rules, one change at a time. Who hides on purpose may do what no rule here " \
      "does.", \
      "Les noms sont modifiés par des règles, une à la fois. Qui se cache à dessein peut faire ce qu’aucune règle " \
      "ne fait ici.", \
      "غيرت الأسماء بقواعد، تغييرا واحدا كل مرة. ومن يتخفى عمدا قد يفعل ما لا تفعله قاعدة هنا.") \
    X(LIMIT_SAMPLE, \
      "Names are drawn as evenly as possible from lists, kinds and scripts: a share over all of them is " \
      "one of the sample, not of the lists.", \
      "Les noms sont tirés aussi également que possible des listes, types et écritures : une part globale est " \
      "celle de l’échantillon, non des listes.", \
      "سحبت الأسماء بالتساوي قدر الإمكان من القوائم والأنواع والكتابات: فالنسبة الإجمالية نسبة العينة لا القوائم.") \
    X(LIMIT_FOUND, \
      "Found means that its own entity is among the first 100 hits at the threshold; whether a person " \
      "would then recognise it is not measured.", \
      "Retrouvé veut dire que sa propre entité est parmi les 100 premières correspondances au seuil ; qu’une " \
      "personne la reconnaisse ensuite n’est pas mesuré.", \
      "المعثور عليه هو من كان ضمن أول 100 تطابق عند العتبة؛ أما تعرف إنسان عليه بعد ذلك فلا يقاس.") \
    X(LIMIT_LISTS, \
      "Nothing is said of people whom the lists do not name, of names that they do not know, or of data " \
      "that never reach the screening.", \
      "Rien n’est dit des personnes absentes des listes, des noms qu’elles ignorent, ni des données qui " \
      "n’arrivent jamais au criblage.", \
      "لا يقال شيء عمن لا تذكرهم القوائم، ولا عن أسماء لا تعرفها، ولا عن بيانات لا تصل إلى الفرز.") \
    X(LIMIT_VERSIONS, \
      "The figures hold for these versions of the lists, this build and this policy. Run the test " \
      "again when one of them changes.", \
      "Les chiffres valent pour ces versions des listes, ce programme et cette politique. Refaites l’essai quand " \
      "l’un change.", \
      "تصح الأرقام لهذه النسخ من القوائم ولهذا البرنامج ولهذه السياسة. أعد الاختبار إذا تغير أحدها.") \
    X(RUN, "This run", "Cet essai", "هذا الاختبار") \
    X(COMPARED_RUN, "Compared run", "Essai comparé", "الاختبار المقارن") \
    X(MADE, "Made", "Fait le", "التاريخ") \
    X(BUILD, "Build", "Programme", "البرنامج") \
    X(RULES, "Rules of names", "Règles des noms", "قواعد الأسماء") \
    X(POLICY, "Policy", "Politique", "السياسة") \
    X(SEED, "Seed", "Graine", "البذرة") \
    X(SAMPLE, "Names in the sample, of", "Noms dans l’échantillon, sur", "الأسماء في العينة، من أصل") \
    X(CUSTOMER_ROWS, "Customers in the sample, of rows (rejected)", \
      "Clients dans l’échantillon, sur lignes (rejetées)", "العملاء في العينة، من أصل الأسطر (المرفوضة)") \
    X(SECONDS, "Seconds", "Secondes", "الثواني") \
    X(VERSION, "Version", "Version", "النسخة") \
    X(DATED, "Dated", "Datée du", "تاريخها") \
    X(ENTITIES, "Entities", "Entités", "الكيانات") \
    X(UNKNOWN, "unknown", "inconnue", "غير معروف") \
    X(BY_RULES, "{0}, and others by the policy’s rules", "{0}, et d’autres par les règles de la politique", \
      "{0}، وغيرها بقواعد السياسة") \
    X(DETAILS, "Every question is a row of details.csv; every figure is in report.json.", \
      "Chaque question est une ligne de details.csv ; chaque chiffre est dans report.json.", \
      "كل سؤال سطر في details.csv، وكل رقم في report.json.") \
    X(SCRIPT_NONE, "other", "autre", "أخرى")
/* clang-format on */

typedef enum mz_effect_word {
#define MZ_X(name, english, french, arabic) MZ_SAY_##name,
    MZ_EFFECT_WORDS(MZ_X)
#undef MZ_X
        MZ_SAY_COUNT
} mz_effect_word;

const char *mz_effect_text(mz_effect_word word, mz_language language);

/* Appends it with its places filled in; NULL behind the last value. */
void mz_effect_say(mz_buffer *out, mz_language language, mz_effect_word word, const char *const *values);
#define MZ_EFFECT_SAY(out, language, word, ...)                                                                        \
    mz_effect_say((out), (language), (word), (const char *const[]){__VA_ARGS__, NULL})

enum { MZ_NUMBER_TEXT_SIZE = 40 };

/* Numbers as the language writes them, into `text` of MZ_NUMBER_TEXT_SIZE; they return it. */
const char *mz_effect_count(uint64_t count, mz_language language, char *text);
const char *mz_effect_decimal(double number, int decimals, mz_language language, char *text);
/* "96.8 %" of a share; what is not quite all never becomes 100.0 %. */
const char *mz_effect_percent(double share, mz_language language, char *text);

/* What a script and a schema of the report are called. */
const char *mz_effect_script(mz_str name, mz_language language);
const char *mz_effect_schema(mz_str name, mz_language language);

#endif
