/* By what a screening judges: an algorithm by its name and version, a threshold, weights, and rules that change them
 * for what is sought and for the culture of a name.
 *
 * A policy never changes once it is made, so that any number of threads and screeners may share one. docs/policies.md
 * describes the file.
 *
 * Which rules apply is decided by the query alone: by its schema, and by the culture of each of its names. A rule never
 * looks at the listed side. So what a name may cost is known before the search begins, and the index loses nothing
 * under any policy that mz_policy_read and mz_policy_change accept. */
#ifndef MIZAN_POLICY_H
#define MIZAN_POLICY_H

#include "mizan/schema.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

MZ_BEGIN_DECLS

typedef enum mz_algorithm {
    MZ_ALGORITHM_MIZAN_1,
    MZ_ALGORITHM_EXACT,
    MZ_ALGORITHM_OFAC,
    MZ_ALGORITHM_COUNT
} mz_algorithm;

/* "mizan-1", "exact", "ofac"; a static string. */
const char *mz_algorithm_name(mz_algorithm algorithm);
/* MZ_ERR_ARGUMENT names all of them, and the nearest. */
mz_status mz_algorithm_parse(mz_str name, mz_algorithm *ret_algorithm, mz_error *error);

typedef struct mz_policy mz_policy;

/* What the program does when it is told nothing: named "default", without rules. Not to be freed. */
const mz_policy *mz_policy_default(void);

/* A policy from the text of a policy file. MZ_ERR_INPUT with line and column: no JSON, an unknown key (with the nearest
 * known one), a wrong type, a value out of its range, weights with which a search might lose something, two rules for
 * the same. MZ_ERR_LIMIT when it is larger than 1 MiB. */
mz_status mz_policy_read(mz_str json, mz_policy **ret_policy, mz_error *error);
/* The same from a file. */
mz_status mz_policy_load(const char *path, mz_policy **ret_policy, mz_error *error);
/* Frees a policy that was read, loaded or changed; NULL and the default are left alone. */
void mz_policy_free(mz_policy *policy);

/* What a caller sets beside a policy. It comes last, over the policy and all its rules. */
typedef struct mz_policy_weight {
    mz_str name;
    double value;
} mz_policy_weight;

typedef struct mz_policy_changes {
    const mz_algorithm *algorithm; /* NULL: the policy's */
    double threshold;              /* 0.5 to 1; 0: the policy's */
    const mz_policy_weight *weights;
    size_t weight_count;
} mz_policy_changes;

/* A new policy that is `policy` (NULL: the default) with changes; it keeps the name, its digest is another.
 * Values are taken to millionths. MZ_ERR_ARGUMENT for an unknown weight (with the nearest), a value out of its range,
 * or weights with which a search might lose something. */
mz_status mz_policy_change(const mz_policy *policy, const mz_policy_changes *changes, mz_policy **ret_policy,
                           mz_error *error);

/* NULL is the default, here and wherever a policy may be given. */
mz_str mz_policy_name(const mz_policy *policy);
mz_algorithm mz_policy_algorithm(const mz_policy *policy);
/* The least score of a hit for queries of a schema, before the culture of a name is looked at. */
double mz_policy_threshold(const mz_policy *policy, mz_schema schema);

/* 64 hexadecimal digits and a NUL: BLAKE2b-256 of the canonical form, which is the JSON that `mizan policy show
 * --format json` prints before its digest is added. Two policies with the same digest judge alike. */
enum { MZ_POLICY_DIGEST_SIZE = 65 };
mz_status mz_policy_digest(const mz_policy *policy, char ret_digest[MZ_POLICY_DIGEST_SIZE], mz_error *error);

/* The weights that a policy may set, from 0 on; NULL behind the last. */
typedef struct mz_weight_range {
    const char *name;
    double usual, least, most;
} mz_weight_range;
bool mz_policy_weight_range(size_t number, mz_weight_range *ret_range);

MZ_END_DECLS

#endif
