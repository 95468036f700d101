#include "chains.h"

#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void chains_at(int64_t seconds) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)seconds);
    setenv("MIZAN_NOW", text, 1);
}

typedef struct one_statement {
    const char *text;
    const mz_sql_value *values;
    size_t count;
    uint64_t changed;
} one_statement;

static mz_status run_one(void *context, mz_sql *sql, mz_error *error) {
    one_statement *statement = context;
    return mz_sql_run(sql, statement->text, statement->values, statement->count, &statement->changed, error);
}

uint64_t chains_run(chains *open, const char *text, const mz_sql_value *values, size_t count) {
    one_statement statement = {text, values, count, 0};
    mz_error error;
    CHECK_OK(mz_store_change(open->store, run_one, &statement, &error), error);
    return statement.changed;
}

void chains_open(chains *open, const char *address) {
    mz_error error;
    chains_at(CHAINS_NOW);
    chains_forget();
    *open = (chains){.store = NULL};
    mz_arena_init(&open->arena, 64 << 20);
    CHECK_OK(mz_store_open(address, &open->store, &error), error);
    chains_run(open,
               "INSERT INTO access_agency (agency, name, title, state, operates, second_factor, created) VALUES "
               "('house', 'house', 'House', 'active', 1, 0, 1), ('bureau', 'bureau', 'Bureau', 'active', 0, 0, 1)",
               NULL, 0);
}

void chains_close(chains *open) {
    mz_store_close(open->store);
    mz_arena_done(&open->arena);
}

typedef struct adding {
    const mz_audit_draft *drafts;
    size_t count;
    mz_audit_place place;
} adding;

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    adding *added = context;
    return mz_audit_append(sql, added->drafts, &added->place, error);
}

mz_audit_place chains_add(chains *open, const mz_audit_draft *draft) {
    adding added = {.drafts = draft};
    mz_error error;
    CHECK_OK(mz_store_change(open->store, add, &added, &error), error);
    return added.place;
}

static mz_status add_all(void *context, mz_sql *sql, mz_error *error) {
    adding *added = context;
    return mz_audit_append_all(sql, added->drafts, added->count, NULL, error);
}

void chains_fill(chains *open, size_t count) {
    mz_audit_draft *drafts = MZ_ARENA_NEW(&open->arena, count + 1, mz_audit_draft);
    adding added = {.drafts = drafts, .count = count};
    mz_error error;
    CHECK(drafts != NULL);
    for (size_t k = 0; k < count; k++)
        drafts[k] = (mz_audit_draft){.chain = HOUSE,
                                     .kind = k % 3 ? MZ_STR("note.added") : MZ_STR("decision.made"),
                                     .actor_kind = MZ_STR("person"),
                                     .actor = k % 5 ? MZ_STR("leila") : MZ_STR("omar"),
                                     .object = mz_arena_print(&open->arena, "case-%zu", k % 7),
                                     .body = mz_arena_print(&open->arena, "{\"place\":%zu}", k),
                                     .personal = k % 2 ? mz_arena_print(&open->arena, "{\"note\":\"about %zu\"}", k)
                                                       : MZ_STR("")};
    CHECK_OK(mz_store_change(open->store, add_all, &added, &error), error);
}

typedef struct signing {
    chains *open;
    mz_audit_signer *signer;
    mz_audit_checkpoint made;
    bool fresh;
} signing;

static mz_status sign(void *context, mz_sql *sql, mz_error *error) {
    signing *signs = context;
    return mz_audit_sign(sql, signs->signer, HOUSE, &signs->open->arena, &signs->made, &signs->fresh, error);
}

mz_audit_checkpoint chains_sign(chains *open, mz_audit_signer *signer) {
    signing signs = {.open = open, .signer = signer};
    mz_error error;
    CHECK_OK(mz_store_change(open->store, sign, &signs, &error), error);
    return signs.made;
}

void chains_forget(void) {
    char pattern[4096];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/*.signed", mz_test_folder());
    if (glob(pattern, 0, NULL, &found)) return;
    for (size_t k = 0; k < found.gl_pathc; k++) CHECK_INT(0, unlink(found.gl_pathv[k]));
    globfree(&found);
}

mz_audit_signer *chains_signer(const char *name) {
    char path[4096];
    mz_audit_signer *signer = NULL;
    mz_error error;
    snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    CHECK_OK(mz_audit_signer_open(path, &signer, &error), error);
    return signer;
}

mz_audit_verdict chains_verify(chains *open, const mz_audit_verify_options *options) {
    mz_audit_verdict verdict;
    mz_error error;
    CHECK_OK(mz_audit_verify(open->store, HOUSE, options, &open->arena, &verdict, &error), error);
    return verdict;
}
