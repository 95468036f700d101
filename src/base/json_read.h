/* Reading JSON (RFC 8259) from bytes that nobody has checked.
 *
 * One pass checks and builds: the grammar to the letter, well-formed UTF-8, no character U+0000 (neither raw nor as
 * an escape), surrogates only in pairs, at most MZ_JSON_MOST_DEPTH levels, no key twice in one object (which of the
 * two is meant is a guess, and parsers guess differently), unless the caller says that it reads them all. What was
 * built is a tree in an arena, whose ceiling bounds the memory; each value knows its line and column. Numbers stay the
 * text that was written, so that an identifier of twenty digits keeps them all.
 *
 * Not built on cJSON: its doubles lose long numbers, it keeps no positions, lets duplicate keys and overlong UTF-8
 * through, so that a second scanner would have to stand before it, and its allocation hooks are global. Measured on
 * one core with FollowTheMoney lines: cJSON alone 250 to 330 MB/s, this reader with all its checks about twice that.
 * The test and the fuzz target keep cJSON as the oracle. */
#ifndef MIZAN_BASE_JSON_READ_H
#define MIZAN_BASE_JSON_READ_H

#include "base/arena.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdint.h>

enum { MZ_JSON_MOST_DEPTH = 64 };

typedef enum mz_json_kind {
    MZ_JSON_NULL,
    MZ_JSON_FALSE,
    MZ_JSON_TRUE,
    MZ_JSON_NUMBER,
    MZ_JSON_STRING,
    MZ_JSON_ARRAY,
    MZ_JSON_OBJECT
} mz_json_kind;

typedef struct mz_json_value {
    mz_json_kind kind;
    uint32_t count;        /* elements of an array, members of an object */
    uint32_t line, column; /* of its first byte, 1-based, columns in bytes */
    mz_str key;            /* members of an object; else empty */
    mz_str text;           /* string: its characters; number: as written; true, false, null: the word; else empty */
    const struct mz_json_value *child; /* the first element or member; NULL when empty or no container */
    const struct mz_json_value *next;  /* the next of the same container, in the order written; NULL at the last */
} mz_json_value;

/* The one value that `text` holds (a byte-order mark before it is passed over). Strings without escapes point into
 * `text`, everything else is in `arena`: both must outlive the value. MZ_ERR_INPUT with line and column;
 * MZ_ERR_LIMIT when nested too deep or larger than the arena allows (the arena has then failed). */
enum {
    MZ_JSON_KEEP_REPEATED_KEYS = 1 /* for data that is better read twice than refused: all members are in the tree */
};
mz_status mz_json_parse(mz_str text, unsigned flags, mz_arena *arena, const mz_json_value **ret_value, mz_error *error);

/* The member of that name; NULL when `object` has none, is no object or is NULL. */
const mz_json_value *mz_json_member(const mz_json_value *object, const char *key);

/* "a string", "an object", … for messages. */
const char *mz_json_kind_name(mz_json_kind kind);

/* MZ_ERR_INPUT at the value's place, "WHAT must be an object, not a string", when the kind is another. */
mz_status mz_json_expect(const mz_json_value *value, mz_json_kind kind, const char *what, mz_error *error);

/* Optional members by type. A member that is absent or null leaves *ret untouched: put the default there before.
 * One of another type is MZ_ERR_INPUT at its place, saying what was expected. */
mz_status mz_json_read_str(const mz_json_value *object, const char *key, mz_str *ret_text, mz_error *error);
mz_status mz_json_read_bool(const mz_json_value *object, const char *key, bool *ret_truth, mz_error *error);
/* A whole number (1, 1.0 and 1e2 are) from `lowest` to `highest`. */
mz_status mz_json_read_int(const mz_json_value *object, const char *key, int64_t lowest, int64_t highest,
                           int64_t *ret_number, mz_error *error);
/* *ret_first: the first element of an array of strings, NULL when it is empty. */
mz_status mz_json_read_strings(const mz_json_value *object, const char *key, const mz_json_value **ret_first,
                               mz_error *error);

#endif
