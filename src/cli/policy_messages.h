/* What the weights of a policy are called in the tables for people, and what mizan policy says, in three languages.
 * Every price has its label, which a test watches over. Part of CLI_MESSAGES: nobody but messages.h includes this. */
#ifndef MIZAN_CLI_POLICY_MESSAGES_H
#define MIZAN_CLI_POLICY_MESSAGES_H

/* X(price, English, French, Arabic) */
#define CLI_PRICE_MESSAGES(X)                                                                                          \
    X(spelled, "a word spelled as differently as can be and still met",                                                \
      "un mot orthographié aussi différemment que possible", "كلمة مكتوبة بأبعد تهجئة لا تزال مطابقة")                 \
    X(likeness_clear, "likeness from which a difference is almost nothing",                                            \
      "ressemblance à partir de laquelle une différence n’est presque rien", "التشابه الذي يكاد الفرق بعده لا يعد")    \
    X(likeness_lost, "likeness below which all is lost", "ressemblance en dessous de laquelle tout est perdu",         \
      "التشابه الذي يضيع دونه كل شيء")                                                                                 \
    X(contradiction, "a word on each side that the other lacks", "de chaque côté un mot que l’autre n’a pas",          \
      "كلمة في كل طرف ليست في الآخر")                                                                                  \
    X(contradiction_weight, "least weight of a whole word that contradicts",                                           \
      "poids minimal d’un mot entier qui contredit", "أقل وزن لكلمة كاملة تناقض")                                      \
    X(sibling_weight, "the same for a place or an activity in a firm’s name",                                          \
      "le même pour un lieu ou une activité dans un nom de société", "مثله لمكان أو نشاط في اسم شركة")                 \
    X(missing, "a word of the query that the listed name lacks", "un mot cherché que le nom listé n’a pas",            \
      "كلمة مطلوبة ليست في الاسم المدرج")                                                                              \
    X(extra, "a word of the listed name that the query lacks", "un mot du nom listé que la recherche n’a pas",         \
      "كلمة في الاسم المدرج ليست في المطلوب")                                                                          \
    X(optional, "share of that for a patronymic, a nisba or a kunya",                                                  \
      "part de cela pour un patronyme, une nisba ou une kunya", "نصيب اسم الأب أو النسبة أو الكنية من ذلك")            \
    X(middle, "share of that for a word between given and family name",                                                \
      "part de cela pour un mot entre prénom et nom", "نصيب كلمة بين الاسم واسم العائلة من ذلك")                       \
    X(generation_differs, "Jr against Sr", "Jr contre Sr", "الابن مقابل الأب (Jr وSr)")                                \
    X(generation_missing, "Jr against nothing", "Jr contre rien", "الابن (Jr) مقابل لا شيء")                           \
    X(exchanged, "father and son exchanged", "père et fils échangés", "الأب والابن متبادلان")                          \
    X(single, "a name of one word against one of several", "un nom d’un seul mot contre plusieurs",                    \
      "اسم من كلمة واحدة مقابل عدة كلمات")                                                                             \
    X(one_word, "factor where both names have one word only", "facteur si les deux noms n’ont qu’un mot",              \
      "معامل حين يكون كل من الاسمين كلمة واحدة")                                                                       \
    X(number_differs, "another number in the name", "un autre numéro dans le nom", "رقم آخر في الاسم")                 \
    X(number_missing, "a number in one name only", "un numéro dans un seul nom", "رقم في اسم واحد فقط")                \
    X(legal_differs, "another legal form", "une autre forme juridique", "شكل قانوني آخر")                              \
    X(legal_near, "another legal form of the same family", "une autre forme juridique de la même famille",             \
      "شكل قانوني آخر من العائلة نفسها")                                                                               \
    X(legal_missing, "a legal form in one name only", "une forme juridique dans un seul nom",                          \
      "شكل قانوني في اسم واحد فقط")                                                                                    \
    X(acronym, "an acronym of three letters for a name", "un sigle de trois lettres pour un nom",                      \
      "مختصر من ثلاثة أحرف بدل الاسم")                                                                                 \
    X(generic_only, "nothing but words common to firms agrees", "seuls des mots courants de sociétés concordent",      \
      "لا تتطابق إلا كلمات شائعة في أسماء الشركات")                                                                    \
    X(order, "words in another order", "mots dans un autre ordre", "ترتيب الكلمات مختلف")                              \
    X(common, "names of common words", "noms faits de mots courants", "أسماء من كلمات شائعة")                          \
    X(weak_alias, "a weak alias or an abbreviation", "un alias de faible fiabilité ou un sigle",                       \
      "اسم مستعار ضعيف أو اسم مختصر")                                                                                  \
    X(weak_alone, "added where no date of birth supports it", "en plus si aucune date de naissance ne l’appuie",       \
      "يزاد حين لا يؤيده تاريخ ميلاد")                                                                                 \
    X(day_differs, "another day in the same year", "un autre jour de la même année", "يوم آخر من السنة نفسها")         \
    X(day_exchanged, "day and month exchanged", "jour et mois échangés", "اليوم والشهر متبادلان")                      \
    X(date_misspelt, "one digit of the date is another", "un chiffre de la date est autre",                            \
      "رقم واحد من التاريخ مختلف")                                                                                     \
    X(date_about, "no further apart than “about” allows", "pas plus loin que « environ » ne permet",                   \
      "ضمن ما يسمح به التقريب")                                                                                        \
    X(year_near, "born up to three years apart", "nés à trois ans près", "فارق الميلاد حتى ثلاث سنوات")                \
    X(year_far, "born up to eight years apart", "nés à huit ans près", "فارق الميلاد حتى ثماني سنوات")                 \
    X(year_other, "born further apart", "nés à plus d’années encore", "فارق الميلاد أكبر من ذلك")                      \
    X(founded_differs, "another date of founding or building", "une autre date de fondation ou de construction",       \
      "تاريخ تأسيس أو بناء آخر")                                                                                       \
    X(country_differs, "another nationality or country of birth", "une autre nationalité ou un autre pays natal",      \
      "جنسية أخرى أو بلد ميلاد آخر")                                                                                   \
    X(country_changed, "another country of residence or registration", "un autre pays de résidence ou de registre",    \
      "بلد إقامة أو تسجيل آخر")                                                                                        \
    X(country_unlike, "a nationality against another residence", "une nationalité contre une autre résidence",         \
      "جنسية مقابل إقامة في بلد آخر")                                                                                  \
    X(place_differs, "another place of birth", "un autre lieu de naissance", "مكان ميلاد آخر")                         \
    X(gender_differs, "another gender", "un autre sexe", "جنس آخر")                                                    \
    X(number_differs_here, "another number of a register of the same country",                                         \
      "un autre numéro d’un registre du même pays", "رقم آخر في سجل البلد نفسه")                                       \
    X(identifier_differs, "another number where each has one for life", "un autre numéro là où l’on n’en a qu’un",     \
      "رقم آخر حيث لكل واحد رقم واحد")

/* X(name, English, French, Arabic) */
#define CLI_POLICY_MESSAGES(X)                                                                                         \
    X(POLICY_NAME, "Policy:", "Politique :", "السياسة:")                                                               \
    X(POLICY_ALGORITHM, "Algorithm:", "Algorithme :", "الخوارزمية:")                                                   \
    X(POLICY_THRESHOLD, "Threshold:", "Seuil :", "العتبة:")                                                            \
    X(POLICY_DIGEST, "Digest:", "Empreinte :", "البصمة:")                                                              \
    X(POLICY_USUAL, "default", "par défaut", "افتراضي")                                                                \
    X(POLICY_RULE, "Rule {0}: {1}", "Règle {0} : {1}", "القاعدة {0}: {1}")                                             \
    X(POLICY_FOR_ALL, "all names", "tous les noms", "كل الأسماء")                                                      \
    X(POLICY_FOR_SCHEMA, "schema {0}", "schéma {0}", "المخطط {0}")                                                     \
    X(POLICY_FOR_CULTURE, "names of the culture {0}", "noms de culture {0}", "أسماء ثقافة {0}")                        \
    X(POLICY_GOOD, "{0}: policy “{1}” can be used", "{0} : la politique « {1} » est utilisable",                       \
      "{0}: السياسة «{1}» صالحة للاستعمال")                                                                            \
    X(COLUMN_WEIGHT, "WEIGHT", "POIDS", "الوزن")                                                                       \
    X(COLUMN_VALUE, ">VALUE", ">VALEUR", ">القيمة")                                                                    \
    X(COLUMN_USUAL, ">DEFAULT", ">PAR DÉFAUT", ">الافتراضي")                                                           \
    X(COLUMN_RANGE, "RANGE", "PLAGE", "المجال")                                                                        \
    X(COLUMN_MEANING, "WHAT IT COSTS", "CE QU’IL COÛTE", "ما يكلفه")

#endif
