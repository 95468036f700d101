/* Countries: of a nationality, of birth, of residence, of registration.
 *
 * What two countries say depends on what they are of. Of people on two public lists all of 1,412 shared a nationality,
 * but one in four had no address where they were nationals. And names and countries go together: of 1,083 pairs of
 * namesakes on one list 31 % shared a nationality too, so that agreeing adds a bit or three and no more, the less the
 * commoner the country is on lists (counted: 0.9, 2.0 and 3.7; tools/fit/facts_fit.c). Lists copy each other, customers
 * do not: one in ten is taken to show a second nationality, so that disagreeing takes 2.4 bits.
 *
 * States that followed one another, and territories of one realm, are no disagreement. */
#include "match/questions.h"

typedef enum sort { ALLEGIANCE, BIRTH, ABODE, REGISTER, FORMER } sort;

static sort sort_of(unsigned property) {
    switch (property) {
    case MZ_PROP_nationality:
    case MZ_PROP_citizenship: return ALLEGIANCE;
    case MZ_PROP_birthCountry: return BIRTH;
    case MZ_PROP_jurisdiction:
    case MZ_PROP_flag: return REGISTER;
    case MZ_PROP_pastFlags: return FORMER;
    default: return ABODE;
    }
}

/* How much two kinds of country have to do with each other. */
typedef enum relation { SAME_THING, MOSTLY, OFTEN, ONLY_AGREEING } relation;

static relation relation_of(sort a, sort b) {
    if (a == FORMER || b == FORMER) return ONLY_AGREEING;
    if (a == b) return a == ALLEGIANCE || a == BIRTH ? SAME_THING : MOSTLY;
    if ((a == ALLEGIANCE && b == BIRTH) || (a == BIRTH && b == ALLEGIANCE)) return MOSTLY;
    return OFTEN;
}

/* Bits of sharing a country: log2 of its share among namesakes. These are the countries of more than one in fifty
 * people on the lists, and of more than one in a hundred. */
static double bits_of(mz_str country) {
    static const char common[] = " ru ir mx sy co sa iq af ",
                      known[] = " kp cn lb pk ua by ve tn id ly ye cd eg dz ps us ";
    char padded[8] = " ";
    if (country.size != 2) return 3;
    memcpy(padded + 1, country.data, 2);
    padded[3] = ' ';
    padded[4] = '\0';
    return strstr(common, padded) ? 1 : strstr(known, padded) ? 2 : 3;
}

/* The first is or was the others. */
static const char *const realms[] = {
    "suhh ru ua by kz uz tj tm kg am az ge md lt lv ee",
    "yucs rs hr si ba me mk xk csxx",
    "csxx rs me xk",
    "rs xk",
    "cshh cz sk",
    "sd ss",
    "et er",
    "ydyd ye",
    "an nl cw sx bq aw",
    "nl cw sx bq aw",
    "gb gg je im gi vg ky bm ai tc",
    "cn hk mo",
    "fr gf gp mq re yt nc pf",
    "us pr gu vi as mp",
    "cy cy-trnc",
    "ge ge-ab x-so",
    "md md-pmr",
    "so so-som",
    "ua ua-cri ua-dpr ua-lpr",
    "ru ua-cri ua-dpr ua-lpr",
    "az az-nk",
    "ma eh",
};

/* Whether a word stands in a text of words divided by blanks. */
static bool holds(const char *words, mz_str word) {
    for (const char *at = words; *at;) {
        size_t size = strcspn(at, " ");
        if (mz_str_equal((mz_str){at, size}, word)) return true;
        at += size + (at[size] == ' ');
    }
    return false;
}

bool mz_countries_of_one_realm(mz_str a, mz_str b) {
    for (size_t i = 0; i < sizeof realms / sizeof realms[0]; i++) {
        mz_str first = {realms[i], strcspn(realms[i], " ")};
        if ((mz_str_equal(first, a) && holds(realms[i], b)) || (mz_str_equal(first, b) && holds(realms[i], a)))
            return true;
    }
    return false;
}

static const double REALM_BITS = 0.5, LOOSE = 0.5; /* kinds that often differ prove half a bit less */
static const double DIFFERS_BITS = -2.4, MOSTLY_BITS = -1.5, OFTEN_BITS = -0.7;

bool mz_compare_countries(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    relation bond = relation_of(sort_of(a->property), sort_of(b->property));
    *ret_finding = (mz_finding){.rule = MZ_RULE_COUNTRY, .query = a, .entity = b};
    if (mz_str_equal(a->text, b->text))
        ret_finding->bits = bits_of(a->text) - (bond == SAME_THING ? 0 : LOOSE);
    else if (mz_countries_of_one_realm(a->text, b->text))
        ret_finding->bits = REALM_BITS;
    else if (bond == ONLY_AGREEING)
        return false;
    else {
        ret_finding->cost = bond == SAME_THING ? prices->country_differs
                            : bond == MOSTLY   ? prices->country_changed
                                               : prices->country_unlike;
        ret_finding->bits = bond == SAME_THING ? DIFFERS_BITS : bond == MOSTLY ? MOSTLY_BITS : OFTEN_BITS;
    }
    return true;
}
