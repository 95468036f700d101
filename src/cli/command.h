/* What the program can do, as data.
 *
 * Each option is described once (options.c) and each command once (in the file that carries it out); commands.c is
 * the one table of them. `mizan help`, `--help`, the manual pages and the completions of three shells are all
 * printed from these descriptions, so that none of them can say something else than what the parser does.
 *
 * Rejected: getopt_long, which describes nothing; descriptions in a file of their own, which drift from the code. */
#ifndef MIZAN_CLI_COMMAND_H
#define MIZAN_CLI_COMMAND_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum cli_option_id {
    /* understood by every command */
    CLI_FORMAT,
    CLI_STORE,
    CLI_LANG,
    CLI_NO_COLOR,
    CLI_QUIET,
    CLI_VERBOSE,
    CLI_HELP,
    CLI_GLOBAL_OPTIONS, /* how many these are */
    /* of some */
    CLI_INDEX = CLI_GLOBAL_OPTIONS,
    CLI_OUTPUT,
    CLI_REJECTED,
    CLI_CHECK,
    CLI_SECTIONS,
    CLI_THRESHOLD,
    CLI_LIMIT,
    CLI_ALGORITHM,
    CLI_POLICY,
    CLI_WEIGHT,
    CLI_EXHAUSTIVE,
    CLI_EXIT_CODE,
    CLI_JOBS,
    CLI_EXPLAIN,
    CLI_ENTITY,
    CLI_SCHEMA,
    CLI_ALIAS,
    CLI_BIRTH_DATE,
    CLI_NATIONALITY,
    CLI_COUNTRY,
    CLI_GENDER,
    CLI_ID,
    CLI_PROPERTY,
    CLI_ACCEPT,
    CLI_FROM,
    CLI_MIRROR,
    CLI_LIST,
    CLI_EXCLUDE_LIST,
    CLI_TOPIC,
    CLI_EXCLUDE_TOPIC,
    CLI_LISTED_SCHEMA,
    CLI_EXCLUDE_SCHEMA,
    CLI_LISTED_SINCE,
    CLI_LISTED_BEFORE,
    CLI_CHANGED_SINCE,
    CLI_EXCLUDE_ENTITY,
    CLI_EXPLAIN_PLAN,
    CLI_BUDGET,
    CLI_MAPPING,
    CLI_SAMPLE,
    CLI_CUSTOMERS,
    CLI_CUSTOMER_SAMPLE,
    CLI_SEED,
    CLI_CLASS,
    CLI_REPORT,
    CLI_COMPARE,
    CLI_AGAINST,
    CLI_LEAST_DETECTION,
    CLI_MOST_ALERTS,
    CLI_LISTEN,
    CLI_ANONYMOUS,
    CLI_DATABASE,
    CLI_ORIGIN,
    CLI_TLS_CERTIFICATE,
    CLI_TLS_KEY,
    CLI_THREADS,
    CLI_CONNECTIONS,
    CLI_LOG,
    CLI_LOG_NAMES,
    CLI_RATE,
    CLI_BATCH,
    CLI_WAIT,
    CLI_STALE_AFTER,
    CLI_DRY_RUN,
    CLI_AGENCY,
    CLI_ROLE,
    CLI_DISPLAY_NAME,
    CLI_RIGHT,
    CLI_DAYS,
    CLI_AUDIT_KEY,
    CLI_PUBLIC_KEY,
    CLI_CHECKPOINT,
    CLI_ENTRY_KIND,
    CLI_ENTRY_OBJECT,
    CLI_ENTRY_ACTOR,
    CLI_SINCE,
    CLI_UNTIL,
    CLI_BEFORE,
    CLI_ENTRIES,
    CLI_SOURCE,
    CLI_REFERENCE,
    CLI_WHOLE,
    CLI_ALL,
    CLI_EVERYBODY,
    CLI_AS,
    CLI_PHASE,
    CLI_LABEL,
    CLI_ESCALATED,
    CLI_DISPOSITION,
    CLI_REASON,
    CLI_NOTE,
    CLI_RETURN,
    CLI_STATE,
    CLI_MAN,
    CLI_NAMES,
    CLI_OPTION_COUNT,
    CLI_NO_OPTION = CLI_OPTION_COUNT /* ends a command's array */
} cli_option_id;

/* What an option's argument or a command's operand is: how it is checked and what a shell completes it with. */
typedef enum cli_kind {
    CLI_KIND_NONE, /* an option without argument; a command without operands */
    CLI_KIND_TEXT,
    CLI_KIND_NUMBER, /* from `low` to `high` */
    CLI_KIND_COUNT,  /* the same, whole */
    CLI_KIND_CHOICE, /* one of `choices` */
    CLI_KIND_FILE,
    CLI_KIND_FOLDER,
    CLI_KIND_SCHEMA,
    CLI_KIND_LIST,   /* a list's short name */
    CLI_KIND_SOURCE, /* FORMAT:PATH */
    CLI_KIND_COMMAND
} cli_kind;

typedef struct cli_option {
    const char *name; /* without the two hyphens */
    char letter;      /* 0: none */
    cli_kind kind;
    const char *argument;       /* its name in help: "FILE"; NULL for CLI_KIND_NONE */
    const char *help;           /* one line, without a full stop */
    const char *environment;    /* the variable that sets it; NULL: only the command line does. The key in the file
                                   is `name`, and there is one exactly when there is a variable */
    const char *const *choices; /* NULL behind the last */
    double low, high;
    const char *range; /* "number from …", where low and high do not say all of it; NULL: they do */
    bool many;         /* may be given more than once, each adds */
    bool once;         /* must not be given more than once; of others that are not `many` the last counts */
    bool hidden;       /* for the build, not for people */
} cli_option;

typedef struct cli_example {
    const char *command; /* as typed, without the prompt */
    const char *says;    /* what it does, one line */
} cli_example;

typedef struct cli_exit {
    int status;
    const char *meaning;
} cli_exit;

struct cli_context;

typedef struct cli_command {
    const char *name;        /* "screen", "lists update" */
    const char *operands;    /* "FILE", "[LIST...]"; "" when there are none */
    const char *summary;     /* one line */
    const char *description; /* paragraphs, an empty line between; filled when printed */
    const cli_example *examples;
    size_t example_count;
    const cli_option_id *options; /* beside the global ones; CLI_NO_OPTION behind the last; NULL: none */
    const cli_exit *exits;        /* beside the usual three */
    size_t exit_count;
    size_t least, most;                  /* operands */
    cli_kind operand;                    /* what the operands are */
    const char *const *choices;          /* for CLI_KIND_CHOICE operands */
    bool without_settings;               /* runs also with a broken settings file: help, version, completion */
    int (*run)(struct cli_context *cli); /* the exit status */
} cli_command;

/* An array as pointer and count, for the descriptions. */
#define CLI_ARRAY(array) (array), sizeof(array) / sizeof((array)[0])

const cli_option *cli_option_of(cli_option_id id);
/* By name without hyphens; CLI_NO_OPTION when there is none. */
cli_option_id cli_option_find(mz_str name);
cli_option_id cli_option_find_letter(char letter);
/* Whether a command takes an option. */
bool cli_command_takes(const cli_command *command, cli_option_id option);

const cli_command *const *cli_commands(size_t *ret_count);
const cli_command *cli_command_find(mz_str name);
/* Whether `name` is the first word of commands of two words ("lists"). */
bool cli_family(mz_str name);

/* The usual three statuses, which every command has. */
extern const cli_exit cli_usual_exits[3];

/* Changes (a letter put in, left out, replaced, or two neighbours exchanged) that make one word the other; words
 * over 63 letters are far from everything. */
unsigned cli_distance(mz_str a, mz_str b);
/* Whether somebody who wrote `word` may have meant `known`, and rather than what came before: at most two changes and
 * less than half of the word away, and nearer than *best, which it then replaces. Begin with CLI_FAR. */
enum { CLI_FAR = 3 };
bool cli_nearer(mz_str word, mz_str known, unsigned *best);

#endif
