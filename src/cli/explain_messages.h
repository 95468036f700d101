/* What an explanation says, in three languages: see messages.h. */
#ifndef MIZAN_CLI_EXPLAIN_MESSAGES_H
#define MIZAN_CLI_EXPLAIN_MESSAGES_H

/* X(name, English, French, Arabic); the formatter counts Arabic letters otherwise than the eye does */
/* clang-format off */
#define CLI_EXPLAIN_MESSAGES(X)                                                                                        \
    X(ROLE_DIFFERS, "{0} differs: {1} ≠ {2}", "différence, {0} : {1} ≠ {2}", "اختلاف في {0}: {1} ≠ {2}")               \
    X(ROLE_DIFFERS_ONE, "{0} differs: {1}", "différence, {0} : {1}", "اختلاف في {0}: {1}")                             \
    X(SAME_WRITTEN, "same word: {0} ~ {1}", "même mot : {0} ~ {1}", "الكلمة نفسها: {0} ~ {1}")                         \
    X(NUMBER_ONE_SIDE, "number on one side only: {0}", "numéro d’un seul côté : {0}", "رقم في طرف واحد: {0}")          \
    X(LEGAL_FORM_ONE_SIDE, "legal form on one side only: {0}", "forme juridique d’un seul côté : {0}",                 \
      "الشكل القانوني في طرف واحد: {0}")                                                                               \
    X(SUM, "in all", "en tout", "المجموع")                                                                             \
    X(WHOLE, "before anything speaks against it", "avant ce qui s’y oppose", "قبل كل ما يعارضه")                       \
    X(QUERY, "Query", "Requête", "الاستعلام")                                                                          \
    X(LISTED_NAME, "Listed name", "Nom listé", "الاسم المدرج")                                                         \
    X(ENTITY, "Entity", "Entité", "الكيان")                                                                            \
    X(READ_AS_PERSON, "read as a person’s name", "lu comme le nom d’une personne", "قرئ على أنه اسم شخص")              \
    X(READ_AS_OTHER, "read as the name of a firm, a ship or an aircraft",                                              \
      "lu comme le nom d’une société, d’un navire ou d’un aéronef", "قرئ على أنه اسم شركة أو سفينة أو طائرة")          \
    X(NAME_CUT, "it has more words than are compared", "il a plus de mots qu’on n’en compare",                         \
      "فيه كلمات أكثر مما يقارن")                                                                                      \
    X(NO_WORD, "it has no word: no letter and no digit", "aucun mot : ni lettre ni chiffre",                           \
      "لا كلمة فيه: لا حرف ولا رقم")                                                                                   \
    X(COLUMN_WORD, "word", "mot", "الكلمة")                                                                            \
    X(COLUMN_ROLE, "read as", "lu comme", "قرئت")                                                                      \
    X(COLUMN_NORMAL, "normal form", "forme normale", "الصورة المعيارية")                                               \
    X(COLUMN_SOUND, "sound compared", "son comparé", "الصوت المقارن")                                                  \
    X(ROLE_NAME, "name", "nom", "اسم")                                                                                 \
    X(ROLE_GIVEN, "given name", "prénom", "الاسم الشخصي")                                                              \
    X(ROLE_MIDDLE, "middle name", "nom intermédiaire", "الاسم الأوسط")                                                 \
    X(ROLE_FILIATION, "son or daughter of", "fils ou fille de", "أداة نسب")                                            \
    X(ROLE_FAMILY, "family name", "nom de famille", "اسم العائلة")                                                     \
    X(ROLE_PATRONYMIC, "father’s name", "patronyme", "اسم الأب")                                                       \
    X(ROLE_NISBA, "nisba", "nisba", "النسبة")                                                                          \
    X(ROLE_KUNYA, "kunya", "kounya", "الكنية")                                                                         \
    X(ROLE_ARTICLE, "article", "article", "أداة التعريف")                                                              \
    X(ROLE_PARTICLE, "particle", "particule", "أداة ربط")                                                              \
    X(ROLE_TITLE, "title", "titre", "لقب تشريفي")                                                                      \
    X(ROLE_SUFFIX, "generation", "génération", "لاحقة الجيل")                                                          \
    X(ROLE_INITIAL, "initial", "initiale", "حرف أول")                                                                  \
    X(ROLE_GENERIC, "general word", "mot courant", "كلمة عامة")                                                        \
    X(ROLE_ACTIVITY, "activity", "activité", "النشاط")                                                                 \
    X(ROLE_PLACE, "place", "lieu", "المكان")                                                                           \
    X(ROLE_LEGAL_FORM, "legal form", "forme juridique", "الشكل القانوني")                                              \
    X(ROLE_NUMBER, "number", "numéro", "الرقم")                                                                        \
    X(ROLE_UNUSED, "not compared", "non comparé", "لا تقارن")                                                          \
    X(WOULD_ALERT, "This would raise an alert at {1}: the score is {0}.",                                              \
      "Cela déclencherait une alerte à {1} : le score est de {0}.", "يصدر عن هذا تنبيه عند {1}: الدرجة {0}.")          \
    X(WOULD_NOT_ALERT, "This would raise no alert at {1}: the score is {0}.",                                          \
      "Cela ne déclencherait pas d’alerte à {1} : le score est de {0}.", "لا يصدر عن هذا تنبيه عند {1}: الدرجة {0}.")  \
    X(MOST_FOR, "Most speaks for it ({1} bits): {0}.", "Le plus favorable ({1} bits) : {0}.",                          \
      "أقوى ما يؤيده ({1} بت): {0}.")                                                                                  \
    X(MOST_AGAINST, "Most speaks against it (it took {1}): {0}.", "Le plus contraire (cela retire {1}) : {0}.",        \
      "أقوى ما يعارضه (أنقص {1}): {0}.")                                                                               \
    X(NOTHING_AGAINST, "Nothing of weight speaks against it.", "Rien d’important ne s’y oppose.",                      \
      "لا شيء ذا وزن يعارضه.")                                                                                         \
    X(NO_MEETING,                                                                                                      \
      "The names do not meet: no word of weight of one is like a word of the other. "                                  \
      "Articles, particles, titles and initials alone are no meeting.",                                                \
      "Les noms ne se rencontrent pas : aucun mot d’importance de l’un ne ressemble à un mot de l’autre. "             \
      "Articles, particules, titres et initiales seuls ne suffisent pas.",                                             \
      "الاسمان لا يلتقيان: لا كلمة ذات وزن في أحدهما تشبه كلمة في الآخر. "                                             \
      "وأدوات التعريف والربط والألقاب والحروف الأولى وحدها لا تكفي.")                                                  \
    X(NO_MEETING_EXACT,                                                                                                \
      "The names do not meet: by the algorithm exact both must have the same words in normal form.",                   \
      "Les noms ne se rencontrent pas : selon l’algorithme exact, les deux doivent avoir les mêmes mots en forme "     \
      "normale.",                                                                                                      \
      "الاسمان لا يلتقيان: خوارزمية exact تشترط الكلمات نفسها في صورتها المعيارية.")                                   \
    X(NO_MEETING_OFAC,                                                                                                 \
      "The names do not meet: the algorithm ofac gives no score below 0.5, as the portal shows none.",                 \
      "Les noms ne se rencontrent pas : l’algorithme ofac ne donne pas de score inférieur à 0.5, comme le portail.",   \
      "الاسمان لا يلتقيان: خوارزمية ofac لا تعطي درجة دون 0.5، كما هي حال البوابة.")                                   \
    X(NO_NAME_MEETS, "None of its names meets the query, and no number is the same. Number of its names: {0}.",        \
      "Aucun de ses noms ne rencontre la requête, et aucun numéro n’est le même. Nombre de ses noms : {0}.",           \
      "لا يلتقي أي من أسمائه بالاستعلام، ولا رقم مشترك. عدد أسمائه: {0}.")                                             \
    X(NOT_COMPARED, "They are not compared: the query is for {0}, the entity is listed as {1}.",                       \
      "Ils ne sont pas comparés : la requête porte sur {0}, l’entité est inscrite comme {1}.",                         \
      "لا تجرى المقارنة: الاستعلام عن {0}، والكيان مدرج بصفة {1}.")                                                    \
    X(HIT_RANK, "In a screening it is hit {0} of {1}.", "Dans un criblage : correspondance {0} sur {1}.",              \
      "ترتيبه في الفرز: {0} من {1}.")                                                                                  \
    X(BEYOND_BEST, "In a screening it is not among the {0} best hits; hits in all: {1}.",                              \
      "Dans un criblage, elle n’est pas parmi les {0} meilleures ; correspondances en tout : {1}.",                    \
      "ليس في الفرز ضمن أفضل {0} من التطابقات؛ عدد التطابقات: {1}.")                                                   \
    X(BELOW_HITS, "In a screening it is no hit; hits of this query: {0}.",                                             \
      "Dans un criblage, ce n’est pas une correspondance ; correspondances de cette requête : {0}.",                   \
      "ليس تطابقا في الفرز؛ عدد تطابقات هذا الاستعلام: {0}.")                                                          \
    X(CULTURE_ARABIC, "Arabic", "arabe", "عربي")                                                                       \
    X(CULTURE_MAGHREBI, "Maghrebi", "maghrébin", "مغاربي")                                                             \
    X(CULTURE_IRANIAN, "Iranian", "iranien", "إيراني")                                                                 \
    X(CULTURE_SOUTH_ASIAN, "South Asian", "sud-asiatique", "جنوب آسيوي")                                               \
    X(CULTURE_TURKIC, "Turkic", "turcique", "تركي")                                                                    \
    X(CULTURE_EAST_SLAVIC, "East Slavic", "slave oriental", "سلافي شرقي")                                              \
    X(CULTURE_SOUTH_SLAVIC, "South Slavic", "slave méridional", "سلافي جنوبي")                                         \
    X(CULTURE_WEST_SLAVIC, "West Slavic", "slave occidental", "سلافي غربي")                                            \
    X(CULTURE_GREEK, "Greek", "grec", "يوناني")                                                                        \
    X(CULTURE_HEBREW, "Hebrew", "hébreu", "عبري")                                                                      \
    X(CULTURE_CAUCASIAN, "Armenian or Georgian", "arménien ou géorgien", "أرمني أو جورجي")                             \
    X(CULTURE_CHINESE, "Chinese", "chinois", "صيني")                                                                   \
    X(CULTURE_JAPANESE, "Japanese", "japonais", "ياباني")                                                              \
    X(CULTURE_KOREAN, "Korean", "coréen", "كوري")                                                                      \
    X(CULTURE_VIETNAMESE, "Vietnamese", "vietnamien", "فيتنامي")                                                       \
    X(CULTURE_SOUTH_EAST_ASIAN, "South-East Asian", "sud-est asiatique", "جنوب شرق آسيوي")                             \
    X(CULTURE_AFRICAN, "African", "africain", "أفريقي")                                                                \
    X(CULTURE_IBERIAN, "Iberian", "ibérique", "إيبيري")                                                                \
    X(CULTURE_WESTERN, "Western", "occidental", "غربي")                                                                \
    X(CULTURE_UNKNOWN, "of no particular culture", "sans culture particulière", "بلا ثقافة معينة")

/* clang-format on */

#endif
