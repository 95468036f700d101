/* The names of the algorithms. */
#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "mizan/policy.h"

#include <assert.h>

static const mz_str names[MZ_ALGORITHM_COUNT] = {
    [MZ_ALGORITHM_MIZAN_1] = MZ_STR_INIT("mizan-1"),
    [MZ_ALGORITHM_EXACT] = MZ_STR_INIT("exact"),
    [MZ_ALGORITHM_OFAC] = MZ_STR_INIT("ofac"),
};

const char *mz_algorithm_name(mz_algorithm algorithm) {
    assert((unsigned)algorithm < MZ_ALGORITHM_COUNT);
    return names[algorithm].data;
}

mz_status mz_algorithm_parse(mz_str name, mz_algorithm *ret_algorithm, mz_error *error) {
    for (unsigned i = 0; i < MZ_ALGORITHM_COUNT; i++)
        if (mz_str_equal(name, names[i])) {
            *ret_algorithm = (mz_algorithm)i;
            return MZ_OK;
        }
    const char *nearest = mz_nearest(names, MZ_ALGORITHM_COUNT, name);
    return mz_fail(error, MZ_ERR_ARGUMENT, "unknown algorithm \"%.*s\"; %s%s%s %s, %s and %s", mz_shown(name),
                   name.data, nearest ? "did you mean \"" : "", nearest ? nearest : "",
                   nearest ? "\"? There are" : "there are", names[0].data, names[1].data, names[2].data);
}
