/* A store with two agencies, "house" and "bureau", each with a chain that has no entries yet. */
#ifndef MIZAN_TEST_CHAINS_H
#define MIZAN_TEST_CHAINS_H

#include "audit/audit.h"
#include "audit/signer.h"
#include "store/stores.h"

enum { CHAINS_NOW = 1800000000 };
#define HOUSE MZ_STR("house")
#define BUREAU MZ_STR("bureau")

typedef struct chains {
    mz_store *store;
    mz_arena arena; /* for what the functions here give back */
} chains;

/* At the moment CHAINS_NOW. */
void chains_open(chains *open, const char *address);
void chains_close(chains *open);
void chains_at(int64_t seconds);

/* In a transaction of its own; the status is checked. */
mz_audit_place chains_add(chains *open, const mz_audit_draft *draft);
/* `count` entries of house, every second with a personal part. */
void chains_fill(chains *open, size_t count);

/* Signs the end of house's chain; its strings stay valid. */
mz_audit_checkpoint chains_sign(chains *open, mz_audit_signer *signer);
mz_audit_signer *chains_signer(const char *name);
/* What keys have signed of chains that are made anew. */
void chains_forget(void);
mz_audit_verdict chains_verify(chains *open, const mz_audit_verify_options *options);

/* Carries out one statement; returns how many rows it changed. */
uint64_t chains_run(chains *open, const char *statement, const mz_sql_value *values, size_t count);

#endif
