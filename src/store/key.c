/* Keys as ULIDs: 26 digits of Crockford's base 32 (no I, L, O, U), the time first, so that rows which are made one
 * after another stand together in an index. https://github.com/ulid/spec */
#include "store/sql.h"

#include <assert.h>
#include <sys/random.h>
#include <time.h>

enum { CHANCE_BYTES = 10, TIME_DIGITS = 10, CHANCE_DIGITS = 16 };

void mz_sql_new_key(char ret_key[MZ_SQL_KEY_SIZE]) {
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char chance[CHANCE_BYTES];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (int k = TIME_DIGITS; k-- > 0; ms >>= 5) ret_key[k] = digits[ms & 31];
    ssize_t given = getrandom(chance, sizeof chance, 0);
    assert(given == sizeof chance); /* so few bytes always come whole */
    (void)given;
    unsigned bits = 0, held = 0;
    for (int k = 0, next = 0; k < CHANCE_DIGITS; k++) {
        if (held < 5) {
            bits = bits << 8 | chance[next++];
            held += 8;
        }
        held -= 5;
        ret_key[TIME_DIGITS + k] = digits[bits >> held & 31];
    }
    ret_key[MZ_SQL_KEY_SIZE - 1] = '\0';
}
