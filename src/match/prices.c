#include "match/prices.h"

const mz_prices mz_default_prices = {
#define MZ_X(name, usual, least, most) .name = usual,
    MZ_PRICES(MZ_X)
#undef MZ_X
};

const mz_price_facts *mz_price_of(mz_price price) {
    static const mz_price_facts facts[MZ_PRICE_COUNT] = {
#define MZ_X(name, usual, least, most) {#name, usual, least, most, offsetof(mz_prices, name)},
        MZ_PRICES(MZ_X)
#undef MZ_X
    };
    return &facts[price];
}

const char *mz_prices_unsound(const mz_prices *prices) {
    if (prices->contradiction < 1.1 * prices->missing)
        return "\"contradiction\" must be at least 1.1 times \"missing\": a word that differs is never less than one "
               "that is not there";
    return NULL;
}
