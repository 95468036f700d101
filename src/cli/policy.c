#include "cli/policy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WEIGHTS = 256 };

/* NAME=VALUE */
static int read_weight(const cli_context *cli, const char *text, mz_policy_weight *ret_weight) {
    const char *equals = strchr(text, '=');
    char *end = NULL;
    double value = equals && equals[1] ? strtod(equals + 1, &end) : NAN;
    bool number = end && *end == '\0' && isfinite(value) && strspn(equals + 1, "0123456789.+-") == strlen(equals + 1);
    if (!number) return cli_usage(cli, "--weight: “%.100s” is not NAME=VALUE, as in missing=0.5", text);
    *ret_weight = (mz_policy_weight){{text, (size_t)(equals - text)}, value};
    return CLI_DONE;
}

static int change(const cli_context *cli, mz_policy **policy) {
    mz_policy_weight weights[MOST_WEIGHTS];
    mz_policy_changes changes = {.weights = weights, .weight_count = cli->values[CLI_WEIGHT].count};
    mz_algorithm algorithm;
    mz_error error;
    if (changes.weight_count > MOST_WEIGHTS) return cli_usage(cli, "--weight may be given %d times", MOST_WEIGHTS);
    for (size_t w = 0; w < changes.weight_count; w++) {
        int status = read_weight(cli, cli->values[CLI_WEIGHT].texts[w], &weights[w]);
        if (status) return status;
    }
    if (cli_given(cli, CLI_ALGORITHM)) {
        if (mz_algorithm_parse(mz_str_of(cli_text(cli, CLI_ALGORITHM)), &algorithm, &error)) return cli_fail(&error);
        changes.algorithm = &algorithm;
    }
    mz_policy *changed;
    mz_status status = mz_policy_change(*policy, &changes, &changed, &error);
    if (status == MZ_ERR_ARGUMENT) return cli_usage(cli, "--weight: %s", error.text);
    if (status) return cli_fail(&error);
    mz_policy_free(*policy);
    *policy = changed;
    return CLI_DONE;
}

int cli_policy_from(const cli_context *cli, const char *path, mz_policy **ret_policy) {
    mz_policy *policy = NULL;
    mz_error error;
    int status = CLI_DONE;
    if (path && mz_policy_load(path, &policy, &error)) return cli_fail(&error);
    if (cli_given(cli, CLI_ALGORITHM) || cli_given(cli, CLI_WEIGHT)) status = change(cli, &policy);
    if (status)
        mz_policy_free(policy);
    else
        *ret_policy = policy;
    return status;
}

int cli_policy(const cli_context *cli, mz_policy **ret_policy) {
    return cli_policy_from(cli, cli_text(cli, CLI_POLICY), ret_policy);
}
