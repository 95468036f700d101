/* Countries and territories: ISO 3166-1 alpha-2 in lower case, and FollowTheMoney's codes for what ISO does not
 * have (for example "suhh" Soviet Union, "yucs" Yugoslavia, "xk" Kosovo). */
#ifndef MIZAN_COUNTRY_H
#define MIZAN_COUNTRY_H

#include "mizan/str.h"

#include <stdbool.h>

MZ_BEGIN_DECLS

typedef enum mz_language { MZ_ENGLISH, MZ_FRENCH, MZ_ARABIC } mz_language;

/* A code from a code (alpha-2, alpha-3, any case), a name (English, French, Arabic; official, short, usual in
 * official lists: "Iran (Islamic Republic of)", "Burma", "DPRK", "Congo, The Democratic Republic of") or a
 * demonym ("Iraqi", "Marocain"). Case, marks, punctuation, the order of words and words like "the" do not matter; the
 * same country twice is one ("Syria / Syrie"). Static string. NULL when the whole text is none of these, or the
 * demonym of two countries ("Congolese"). */
const char *mz_country_code(mz_str text);

/* The name of a code for people; NULL for an unknown code. */
const char *mz_country_name(mz_str code, mz_language language);

MZ_END_DECLS

#endif
