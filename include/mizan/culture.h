/* The culture that a person's name is formed in: which words are inherited, which may be left out, and how they are
 * spelled follow from it. A policy may be set for each.
 *
 * Told from the name alone: its script, letters, endings and words. It says how a name is made and nothing of its
 * bearer's nationality, and is MZ_CULTURE_UNKNOWN where the name does not tell, as many do not. */
#ifndef MIZAN_CULTURE_H
#define MIZAN_CULTURE_H

#include "mizan/str.h"

#include <stdbool.h>

MZ_BEGIN_DECLS

/* X(constant, name) */
#define MZ_CULTURES(X)                                                                                                 \
    X(UNKNOWN, "unknown")                                                                                              \
    X(ARABIC, "arabic")             /* the Mashriq and the Gulf, and Arabic names anywhere */                          \
    X(MAGHREBI, "maghrebi")         /* Arabic and Berber names as the Maghreb forms or, in French, spells them */      \
    X(IRANIAN, "iranian")           /* Persian, Dari, Pashto, Kurdish, Tajik */                                        \
    X(SOUTH_ASIAN, "south-asian")   /* Pakistan, India, Bangladesh, Nepal, Sri Lanka */                                \
    X(TURKIC, "turkic")             /* Turkish, Azeri, Kazakh, Uzbek, Uyghur … */                                    \
    X(EAST_SLAVIC, "east-slavic")   /* Russian, Ukrainian, Belarusian, and names with their patronymics */             \
    X(SOUTH_SLAVIC, "south-slavic") /* Serbian, Croatian, Bosnian, Slovene, Macedonian, Bulgarian */                   \
    X(WEST_SLAVIC, "west-slavic")   /* Polish, Czech, Slovak */                                                        \
    X(GREEK, "greek")                                                                                                  \
    X(HEBREW, "hebrew")                                                                                                \
    X(CAUCASIAN, "caucasian") /* Armenian, Georgian */                                                                 \
    X(CHINESE, "chinese")                                                                                              \
    X(JAPANESE, "japanese")                                                                                            \
    X(KOREAN, "korean")                                                                                                \
    X(VIETNAMESE, "vietnamese")                                                                                        \
    X(SOUTH_EAST_ASIAN, "south-east-asian") /* Thai, Burmese, Khmer, Lao, Malay, Indonesian, Filipino of their own */  \
    X(AFRICAN, "african")                   /* south of the Sahara, where the name is of a language there */           \
    X(IBERIAN, "iberian")                   /* Spanish, Portuguese, Latin America */                                   \
    X(WESTERN, "western")                   /* other European names */

typedef enum mz_culture {
#define MZ_X(constant, name) MZ_CULTURE_##constant,
    MZ_CULTURES(MZ_X)
#undef MZ_X
        MZ_CULTURE_COUNT
} mz_culture;

/* "arabic", "east-slavic", …: the word in policies and in JSON; a static string. */
const char *mz_culture_name(mz_culture culture);

/* The culture that a name stands for, letters exactly as above; false when there is none. */
bool mz_culture_named(mz_str name, mz_culture *ret_culture);

MZ_END_DECLS

#endif
