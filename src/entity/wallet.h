/* Addresses of crypto wallets: form and checksum. */
#ifndef MIZAN_ENTITY_WALLET_H
#define MIZAN_ENTITY_WALLET_H

#include "mizan/identifier.h"

/* Checks an address and brings it to one spelling in place, which never grows it: bech32 and cashaddr in lower case and
 * without a network prefix that ends in a colon, Ethereum's in the capitals of EIP-55. Letters of an address whose
 * checksum is wrong stay as they are. MZ_CHECK_NONE: the shape of an address that has no checksum, or one not
 * known here. */
mz_identifier_check mz_wallet_normalise(char *text, size_t *size);

#endif
