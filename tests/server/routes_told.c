/* Prints all routes, a line of JSON each, for the check against openapi.json. */
#include "server/routes.h"

#include <stdio.h>

static const char *right_word(mz_right right) {
    static const char *const words[MZ_RIGHT_COUNT] = {
#define MZ_X(constant, word, title) word,
        MZ_RIGHTS(MZ_X)
#undef MZ_X
    };
    return words[right];
}

int main(void) {
    static const char *const methods[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    size_t table_count;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t t = 0; t < table_count; t++)
        for (size_t r = 0; r < tables[t]->count; r++) {
            const mz_route *route = &tables[t]->routes[r];
            printf("{\"method\":\"%s\",\"path\":\"%s\",\"right\":\"%s\",\"body\":%s}\n", methods[route->method],
                   route->path, right_word(route->right), route->stream || route->body_most ? "true" : "false");
        }
    return 0;
}
