/* Places of birth and addresses: what is shared speaks for, what differs hardly against.
 *
 * Of namesakes on one list with places of birth one in twenty shared a word of them (tools/fit/facts_fit.c: a word
 * proves 3.6 bits, more of them five). One person is born in a village, its district and its province, according to who
 * asks, so that another place says little: two in five are taken to have no word in common with the list. An
 * address that differs says nothing at all: people move, firms have several. An address that agrees in street and
 * number says much, but no more than ten bits: agents house thousands of firms behind one door. */
#include "match/questions.h"

static const double TOWN_BITS = 4, MORE_BITS = 1, PLACE_BITS_MOST = 6;
static const double PLACE_DIFFERS_BITS = -1, COUNTRY_ONLY_BITS = 0.5, COUNTRY_DIFFERS_BITS = -2;
static const double ADDRESS_WORD_BITS = 2.5, ADDRESS_NUMBER_BITS = 1.5, LONG_NUMBER_BITS = 1.5, ADDRESS_BITS_MOST = 10;

static double at_most(double value, double most) {
    return value < most ? value : most;
}

static bool countries_differ(const mz_place *a, const mz_place *b) {
    if (mz_place_countries_of(a, b) != MZ_COUNTRIES_DIFFER) return false;
    for (size_t i = 0; i < a->country_count; i++)
        for (size_t j = 0; j < b->country_count; j++)
            if (mz_countries_of_one_realm(mz_str_of(a->countries[i]), mz_str_of(b->countries[j]))) return false;
    return true;
}

bool mz_compare_places(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    *ret_finding = (mz_finding){.rule = MZ_RULE_PLACE, .query = a, .entity = b};
    size_t shared = mz_place_words_shared(a->place, b->place);
    if (countries_differ(a->place, b->place)) { /* there is more than one Tripoli */
        ret_finding->cost = prices->place_differs;
        ret_finding->bits = COUNTRY_DIFFERS_BITS;
    } else if (shared) {
        ret_finding->bits = at_most(TOWN_BITS + MORE_BITS * (double)(shared - 1), PLACE_BITS_MOST);
    } else if (a->place->word_count && b->place->word_count) {
        ret_finding->cost = prices->place_differs;
        ret_finding->bits = PLACE_DIFFERS_BITS;
    } else if (mz_place_countries_of(a->place, b->place) == MZ_COUNTRIES_SHARED) {
        ret_finding->bits = COUNTRY_ONLY_BITS;
    } else {
        return false;
    }
    return true;
}

bool mz_compare_addresses(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    (void)prices; /* an address that differs costs nothing */
    *ret_finding = (mz_finding){.rule = MZ_RULE_ADDRESS, .query = a, .entity = b};
    size_t shared = mz_place_words_shared(a->place, b->place), postal;
    size_t numbers = mz_place_numbers_shared(a->place, b->place, &postal);
    if (!shared || countries_differ(a->place, b->place)) return false;
    ret_finding->bits = at_most(ADDRESS_WORD_BITS * (double)shared + ADDRESS_NUMBER_BITS * (double)numbers +
                                    LONG_NUMBER_BITS * (double)postal,
                                ADDRESS_BITS_MOST);
    return true;
}
