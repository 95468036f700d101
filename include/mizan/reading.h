/* How a name was read before it was compared: which words it was found to have, what each was taken for, and what of
 * it is compared. For explaining: whoever wonders about a score sees here whether the name was understood. */
#ifndef MIZAN_READING_H
#define MIZAN_READING_H

#include "mizan/culture.h"
#include "mizan/schema.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

MZ_BEGIN_DECLS

/* What a word is in its name. */
typedef enum mz_role {
    MZ_ROLE_NAME, /* a part of the name of which no more is known */
    MZ_ROLE_GIVEN,
    MZ_ROLE_MIDDLE, /* between given and family name: a second given name, the father's or grandfather's */
    MZ_ROLE_FAMILY,
    MZ_ROLE_PATRONYMIC, /* the father's, behind bin or in a form of its own: Ivanovich */
    MZ_ROLE_NISBA,      /* where from, which tribe: al-Fassi */
    MZ_ROLE_KUNYA,      /* father, mother of: Abu Salim */
    MZ_ROLE_ARTICLE,    /* al, the */
    MZ_ROLE_PARTICLE,   /* de, van */
    MZ_ROLE_FILIATION,  /* bin, ibn, oglu: says whose child */
    MZ_ROLE_TITLE,      /* Dr, Haji */
    MZ_ROLE_SUFFIX,     /* Junior, III */
    MZ_ROLE_INITIAL,    /* one letter */
    MZ_ROLE_GENERIC,    /* company, trading: common in firms' names */
    MZ_ROLE_NUMBER,     /* set aside and compared apart in names that have something else, too */
    MZ_ROLE_LEGAL_FORM, /* Ltd, SARL: the same */
    MZ_ROLE_UNUSED,     /* not compared: said twice */
    MZ_ROLE_ACTIVITY,   /* steel, shipping: what a firm does */
    MZ_ROLE_PLACE,      /* Damascus, North: where a firm is */
    MZ_ROLE_COUNT
} mz_role;

/* "name", "given", "legal form", …: the word in JSON. */
const char *mz_role_name(mz_role role);

typedef struct mz_reading_word {
    mz_role role;
    mz_str written; /* as it stands in the name; of words written together, each has the whole */
    mz_str normal;  /* its normal form, in its own script */
    mz_str sounds;  /* the sounds that are compared, in Latin letters; empty for what is not compared by sound */
    double weight;  /* 0…1: how much a difference in it matters */
    double bits;    /* log2 of how rare it is: what it proves when it agrees; 0 for what is set aside */
} mz_reading_word;

typedef struct mz_reading {
    bool organisation;            /* as the name of a firm, a ship, an aircraft; else as a person's */
    mz_culture culture;           /* of a person's name */
    bool cut;                     /* it has more words or numbers than are compared (SECURITY.md, limits) */
    const mz_reading_word *words; /* in the order written */
    size_t word_count;
} mz_reading;

/* Reads a name as screening reads the name of a query or of a listed entity of this schema: a person's, or, for any
 * other schema, a firm's or ship's. To be freed. MZ_ERR_INPUT when the name is not UTF-8, MZ_ERR_LIMIT when it has 16
 * MiB or more, or needs more memory than a query may. */
mz_status mz_reading_new(mz_schema schema, mz_str name, mz_reading **ret_reading, mz_error *error);
void mz_reading_free(mz_reading *reading);

MZ_END_DECLS

#endif
