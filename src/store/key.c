/* Keys as ULIDs: 26 digits of Crockford's base 32 (no I, L, O, U), the time first, so that rows which are made one
 * after another stand together in an index. https://github.com/ulid/spec */
#include "store/backend.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { CHANCE_BYTES = 10, TIME_DIGITS = 10, CHANCE_DIGITS = 16 };

static void put_time(uint64_t ms, char ret_key[MZ_SQL_KEY_SIZE]) {
    for (int k = TIME_DIGITS; k-- > 0; ms >>= 5) ret_key[k] = digits[ms & 31];
}

static uint64_t take_time(const char *key) {
    uint64_t ms = 0;
    for (int k = 0; k < TIME_DIGITS; k++) ms = ms << 5 | (uint64_t)(strchr(digits, key[k]) - digits);
    return ms;
}

void mz_sql_new_key(char ret_key[MZ_SQL_KEY_SIZE]) {
    unsigned char chance[CHANCE_BYTES];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    put_time((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000, ret_key);
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

void mz_sql_key_before(const char *key, uint64_t ms, char ret_key[MZ_SQL_KEY_SIZE]) {
    uint64_t made = take_time(key);
    put_time(made > ms ? made - ms : 0, ret_key);
    memset(ret_key + TIME_DIGITS, '0', CHANCE_DIGITS);
    ret_key[MZ_SQL_KEY_SIZE - 1] = '\0';
}
