/* Every option of every command, described once. */
#include "access/rights.h"
#include "cli/command.h"

#include <string.h>

static const char *const case_phases[] = {"open", "proposed", "waiting", "closed", "all", NULL};
static const char *const dispositions[] = {"true-match", "false-positive", "insufficient-information", NULL};
static const char *const clearance_states[] = {"valid", "outdated", "expired", "revoked", "all", NULL};
static const char *const formats[] = {"json", "table", "csv", NULL};
static const char *const languages[] = {"en", "fr", "ar", NULL};
static const char *const algorithms[] = {"mizan-1", "exact", "ofac", NULL}; /* as mz_algorithm_name has them */
static const char *const genders[] = {"male", "female", "other", NULL};

/* as access/rights.h has them */
static const char *const roles[] = {
#define MZ_X(constant, word) word,
    MZ_ACCESS_ROLES(MZ_X)
#undef MZ_X
        NULL};
static const char *const rights[] = {
    "screen",          "lists.read", "lists.change", "metrics", "people.read", "history", "subjects.read",
    "subjects.change", "cases.read", "cases.work",   "audit",   "reports",     NULL}; /* but those that no key has */

static const cli_option options[CLI_OPTION_COUNT] = {
    [CLI_FORMAT] = {.name = "format",
                    .kind = CLI_KIND_CHOICE,
                    .argument = "FORMAT",
                    .help = "how results are printed: json (a line each), table or csv; on a terminal table is "
                            "usual, elsewhere json",
                    .environment = "MIZAN_FORMAT",
                    .choices = formats},
    [CLI_STORE] = {.name = "store",
                   .kind = CLI_KIND_FOLDER,
                   .argument = "FOLDER",
                   .help = "the folder with the lists; usually $XDG_DATA_HOME/mizan or ~/.local/share/mizan",
                   .environment = "MIZAN_HOME"},
    [CLI_LANG] = {.name = "lang",
                  .kind = CLI_KIND_CHOICE,
                  .argument = "LANGUAGE",
                  .help = "language of the tables for people: en, fr or ar; usually that of the system",
                  .environment = "MIZAN_LANG",
                  .choices = languages},
    [CLI_NO_COLOR] = {.name = "no-color",
                      .help = "no colours on the terminal; NO_COLOR is honoured too",
                      .environment = "MIZAN_NO_COLOR"},
    [CLI_QUIET] = {.name = "quiet",
                   .letter = 'q',
                   .help = "only errors on standard error, no progress",
                   .environment = "MIZAN_QUIET"},
    [CLI_VERBOSE] = {.name = "verbose",
                     .letter = 'v',
                     .help = "say more on standard error",
                     .environment = "MIZAN_VERBOSE"},
    [CLI_HELP] = {.name = "help", .letter = 'h', .help = "show what the command does"},
    [CLI_INDEX] = {.name = "index",
                   .kind = CLI_KIND_FILE,
                   .argument = "FILE",
                   .help = "the index image to use instead of the one in the store",
                   .environment = "MIZAN_INDEX"},
    [CLI_OUTPUT] = {.name = "output",
                    .letter = 'o',
                    .kind = CLI_KIND_FILE,
                    .argument = "FILE",
                    .help = "the file to write; an old one is replaced only when the new one is complete"},
    [CLI_REJECTED] = {.name = "rejected",
                      .kind = CLI_KIND_FILE,
                      .argument = "FILE",
                      .help = "write every rejected record there, a line of JSON each"},
    [CLI_CHECK] = {.name = "check",

                   .help = "look at every byte of the index, also where a seal says that it was checked before"},
    [CLI_SECTIONS] = {.name = "sections", .help = "say how many bytes each part of it takes"},
    [CLI_THRESHOLD] = {.name = "threshold",
                       .kind = CLI_KIND_NUMBER,
                       .argument = "SCORE",
                       .help =
                           "the least score of a hit, 0.5 to 1, or lower with --exhaustive; usually 0.7, or what the "
                           "policy says",
                       .environment = "MIZAN_THRESHOLD",
                       .low = 0.000001,
                       .high = 1,
                       .range = "number from 0.5 to 1 (lower only with --exhaustive)"},
    [CLI_LIMIT] = {.name = "limit",
                   .kind = CLI_KIND_COUNT,
                   .argument = "COUNT",
                   .help = "at most so many hits for a query, the best; usually 10 (of the service: 5 on /match, 10 on "
                           "/api/v1)",
                   .environment = "MIZAN_LIMIT",
                   .low = 1,
                   .high = 100000},
    [CLI_ALGORITHM] = {.name = "algorithm",
                       .kind = CLI_KIND_CHOICE,
                       .argument = "NAME",
                       .help =
                           "how names are compared: mizan-1, exact or ofac; usually mizan-1, or what the policy says",
                       .environment = "MIZAN_ALGORITHM",
                       .choices = algorithms},
    [CLI_POLICY] = {.name = "policy",
                    .kind = CLI_KIND_FILE,
                    .argument = "FILE",
                    .help = "the policy to judge by: algorithm, threshold, weights and rules (see mizan policy show)",
                    .environment = "MIZAN_POLICY"},
    [CLI_WEIGHT] = {.name = "weight",
                    .kind = CLI_KIND_TEXT,
                    .argument = "NAME=VALUE",
                    .help = "a weight other than the policy's, for example missing=0.5",
                    .many = true},
    [CLI_EXHAUSTIVE] = {.name = "exhaustive",
                        .help = "score every entity instead of using the index: slow, for checking; allows "
                                "thresholds below 0.5"},
    [CLI_EXIT_CODE] = {.name = "exit-code", .help = "end with status 3 when there was a hit"},
    [CLI_JOBS] = {.name = "jobs",
                  .letter = 'j',
                  .kind = CLI_KIND_COUNT,
                  .argument = "COUNT",
                  .help = "threads that screen a file; usually one for each processor",
                  .environment = "MIZAN_JOBS",
                  .low = 1,
                  .high = 256},
    [CLI_EXPLAIN] = {.name = "explain", .help = "show each piece of evidence with its points and bits"},
    [CLI_ENTITY] = {.name = "entity",
                    .kind = CLI_KIND_TEXT,
                    .argument = "ID",
                    .help = "the listed entity to compare with, by its id as a hit names it"},
    [CLI_SCHEMA] = {.name = "schema",
                    .kind = CLI_KIND_SCHEMA,
                    .argument = "SCHEMA",
                    .help = "what the name is of: Person, Company, Organization, Vessel, …; usually Thing, anything"},
    [CLI_ALIAS] =
        {.name = "alias", .kind = CLI_KIND_TEXT, .argument = "NAME", .help = "another name of the same", .many = true},
    [CLI_BIRTH_DATE] = {.name = "birth-date",
                        .kind = CLI_KIND_TEXT,
                        .argument = "DATE",
                        .help = "date of birth: 1970-05-01, 1970-05, 1970, 1968/1972",
                        .many = true},
    [CLI_NATIONALITY] = {.name = "nationality",
                         .kind = CLI_KIND_TEXT,
                         .argument = "COUNTRY",
                         .help = "nationality, as a code or a name: ma, Morocco, Maroc",
                         .many = true},
    [CLI_COUNTRY] = {.name = "country",
                     .kind = CLI_KIND_TEXT,
                     .argument = "COUNTRY",
                     .help = "a country it has to do with: residence, seat, flag",
                     .many = true},
    [CLI_GENDER] = {.name = "gender",
                    .kind = CLI_KIND_CHOICE,
                    .argument = "GENDER",
                    .help = "male, female or other",
                    .choices = genders},
    [CLI_ID] = {.name = "id",
                .kind = CLI_KIND_TEXT,
                .argument = "NUMBER",
                .help = "a number of it: identity card, IMO, LEI, IBAN, wallet, …; or KIND:NUMBER, for example "
                        "passportNumber:X1234567",
                .many = true},
    [CLI_PROPERTY] = {.name = "property",
                      .kind = CLI_KIND_TEXT,
                      .argument = "NAME=VALUE",
                      .help = "any other property, by its FollowTheMoney name",
                      .many = true},
    [CLI_ACCEPT] = {.name = "accept",
                    .help = "take the list although it shrank, is older or of another format than the one held"},
    [CLI_FROM] = {.name = "from",
                  .kind = CLI_KIND_TEXT,
                  .argument = "ADDRESS",
                  .help = "download from there instead of the official address (one list only)"},
    [CLI_MIRROR] = {.name = "mirror",
                    .kind = CLI_KIND_TEXT,
                    .argument = "ADDRESS",
                    .help = "download all lists from below there instead of the official addresses: the files of the "
                            "list un are in ADDRESS/un/",
                    .environment = "MIZAN_MIRROR"},
    [CLI_LIST] = {.name = "list",
                  .kind = CLI_KIND_LIST,
                  .argument = "NAME",
                  .help = "a list's short name: of what is read one, usually that of its format; of what is screened "
                          "against any, usually all",
                  .many = true},
    [CLI_EXCLUDE_LIST] = {.name = "exclude-list",
                          .kind = CLI_KIND_LIST,
                          .argument = "NAME",
                          .help = "not against this list",
                          .many = true},
    [CLI_TOPIC] = {.name = "topic",
                   .kind = CLI_KIND_TEXT,
                   .argument = "TOPIC",
                   .help =
                       "only what is listed with this topic: sanction, role.pep, …; crime.* is crime and all below; "
                       "what tells no topic has those of an official list, else it is left out",
                   .many = true},
    [CLI_EXCLUDE_TOPIC] = {.name = "exclude-topic",
                           .kind = CLI_KIND_TEXT,
                           .argument = "TOPIC",
                           .help = "nothing that is listed with this topic",
                           .many = true},
    [CLI_LISTED_SCHEMA] = {.name = "listed-schema",
                           .kind = CLI_KIND_SCHEMA,
                           .argument = "SCHEMA",
                           .help = "only what is listed as that: Person, Company, Vessel, …",
                           .many = true},
    [CLI_EXCLUDE_SCHEMA] = {.name = "exclude-schema",
                            .kind = CLI_KIND_SCHEMA,
                            .argument = "SCHEMA",
                            .help = "nothing that is listed as that",
                            .many = true},
    [CLI_LISTED_SINCE] = {.name = "listed-since",
                          .kind = CLI_KIND_TEXT,
                          .argument = "DATE",
                          .help = "only what was listed on that day or after; what tells no day stays",
                          .once = true},
    [CLI_LISTED_BEFORE] = {.name = "listed-before",
                           .kind = CLI_KIND_TEXT,
                           .argument = "DATE",
                           .help = "only what was listed before that day; what tells no day stays",
                           .once = true},
    [CLI_CHANGED_SINCE] = {.name = "changed-since",
                           .kind = CLI_KIND_TEXT,
                           .argument = "DATE",
                           .help = "only what was listed or changed on that day or after; what tells no day stays",
                           .once = true},
    [CLI_EXCLUDE_ENTITY] = {.name = "exclude-entity",
                            .kind = CLI_KIND_TEXT,
                            .argument = "ID",
                            .help = "not this listed entity, by its id as a hit names it",
                            .many = true},
    [CLI_EXPLAIN_PLAN] = {.name = "explain-plan",
                          .help =
                              "show what was done for each query: what was looked up, passed over and compared, and "
                              "how long each stage took"},
    [CLI_BUDGET] = {.name = "budget",
                    .kind = CLI_KIND_COUNT,
                    .argument = "MILLISECONDS",
                    .help =
                        "the most work for one query, counted as milliseconds of a common machine; usually 1000; 0 is "
                        "no bound",
                    .environment = "MIZAN_BUDGET",
                    .low = 0,
                    .high = 86400000},
    [CLI_MAPPING] = {.name = "mapping",
                     .kind = CLI_KIND_FILE,
                     .argument = "FILE",
                     .help = "for csv and json: which column is which property; usually PATH.map.json"},
    [CLI_SAMPLE] = {.name = "sample",
                    .kind = CLI_KIND_COUNT,
                    .argument = "COUNT",
                    .help = "names of the lists to draw; usually 500",
                    .low = 1,
                    .high = 100000},
    [CLI_CUSTOMERS] = {.name = "customers",
                       .kind = CLI_KIND_SOURCE,
                       .argument = "FILE",
                       .help = "one's own customers: csv, json or lines of JSON, columns named as properties"},
    [CLI_CUSTOMER_SAMPLE] = {.name = "customer-sample",
                             .kind = CLI_KIND_COUNT,
                             .argument = "COUNT",
                             .help = "customers to draw; usually 5000",
                             .low = 1,
                             .high = 100000},
    [CLI_SEED] = {.name = "seed",
                  .kind = CLI_KIND_COUNT,
                  .argument = "NUMBER",
                  .help = "another number draws and changes other names; usually 1",
                  .low = 0,
                  .high = 4294967295},
    [CLI_CLASS] = {.name = "class",
                   .kind = CLI_KIND_TEXT,
                   .argument = "NAME",
                   .help = "only this way of changing names: title, words-joined, …; usually all",
                   .many = true},
    [CLI_REPORT] = {.name = "report",
                    .kind = CLI_KIND_FOLDER,
                    .argument = "FOLDER",
                    .help = "write report.html, report.json and details.csv there"},
    [CLI_COMPARE] = {.name = "compare",
                     .kind = CLI_KIND_FILE,
                     .argument = "REPORT",
                     .help = "a report.json of another run, whose figures are put beside these"},
    [CLI_AGAINST] = {.name = "against",
                     .kind = CLI_KIND_FILE,
                     .argument = "POLICY",
                     .help = "the same names once more by another policy: a file, or mizan-1, exact or ofac"},
    [CLI_LEAST_DETECTION] = {.name = "least-detection",
                             .kind = CLI_KIND_NUMBER,
                             .argument = "SHARE",
                             .help = "end with status 3 when a smaller share is found",
                             .low = 0,
                             .high = 1},
    [CLI_MOST_ALERTS] = {.name = "most-alerts",
                         .kind = CLI_KIND_NUMBER,
                         .argument = "SHARE",
                         .help = "end with status 3 when a larger share of customers raises an alert",
                         .low = 0,
                         .high = 1},
    [CLI_LISTEN] = {.name = "listen",
                    .kind = CLI_KIND_TEXT,
                    .argument = "ADDRESS",
                    .help = "where to listen: 127.0.0.1:8080 (usual), [::1]:8080, *:8080, unix:/PATH",
                    .environment = "MIZAN_LISTEN",
                    .many = true},
    [CLI_ANONYMOUS] = {.name = "anonymous",
                       .help = "who gives no key may screen and read lists, also where others than this machine reach "
                               "the service",
                       .environment = "MIZAN_ANONYMOUS"},
    [CLI_DATABASE] = {.name = "database",
                      .kind = CLI_KIND_TEXT,
                      .argument = "ADDRESS",
                      .help = "where people, keys and history are kept: a file, or postgresql://…; usually service.db "
                              "beside the lists",
                      .environment = "MIZAN_DATABASE"},
    [CLI_ORIGIN] = {.name = "origin",
                    .kind = CLI_KIND_TEXT,
                    .argument = "ADDRESS",
                    .help = "where browsers find the service when a proxy stands in front: https://screening.example",
                    .environment = "MIZAN_ORIGIN"},
    [CLI_TLS_CERTIFICATE] = {.name = "tls-certificate",
                             .kind = CLI_KIND_FILE,
                             .argument = "FILE",
                             .help = "speak TLS, with this certificate and its chain (PEM)",
                             .environment = "MIZAN_TLS_CERTIFICATE"},
    [CLI_TLS_KEY] = {.name = "tls-key",
                     .kind = CLI_KIND_FILE,
                     .argument = "FILE",
                     .help = "the key of the certificate (PEM)",
                     .environment = "MIZAN_TLS_KEY"},
    [CLI_THREADS] = {.name = "threads",
                     .kind = CLI_KIND_COUNT,
                     .argument = "COUNT",
                     .help = "screenings at the same time; usually one for each processor",
                     .environment = "MIZAN_THREADS",
                     .low = 1,
                     .high = 256},
    [CLI_CONNECTIONS] = {.name = "connections",
                         .kind = CLI_KIND_COUNT,
                         .argument = "COUNT",
                         .help = "open connections at the same time; usually 512",
                         .environment = "MIZAN_CONNECTIONS",
                         .low = 1,
                         .high = 65536},
    [CLI_LOG] = {.name = "log",
                 .kind = CLI_KIND_FILE,
                 .argument = "FILE",
                 .help = "write the log of requests there instead of on standard error; SIGHUP opens it anew",
                 .environment = "MIZAN_LOG"},
    [CLI_LOG_NAMES] = {.name = "log-names",
                       .help = "names and clients' addresses stand in the log as they are, not as a hash",
                       .environment = "MIZAN_LOG_NAMES"},
    [CLI_RATE] = {.name = "rate",
                  .kind = CLI_KIND_NUMBER,
                  .argument = "COUNT",
                  .help =
                      "requests a second of one key, or of one client on another machine without a key; twice as many "
                      "at once. This machine without a key is not limited. Usually any",
                  .environment = "MIZAN_RATE",
                  .low = 0.01,
                  .high = 1000000},
    [CLI_BATCH] = {.name = "batch",
                   .kind = CLI_KIND_COUNT,
                   .argument = "COUNT",
                   .help = "queries in one request; usually 500",
                   .environment = "MIZAN_BATCH",
                   .low = 1,
                   .high = 100000},
    [CLI_WAIT] = {.name = "wait",
                  .kind = CLI_KIND_COUNT,
                  .argument = "MILLISECONDS",
                  .help = "how long a request waits while all threads screen, before it is told to come again; usually "
                          "2000",
                  .environment = "MIZAN_WAIT",
                  .low = 0,
                  .high = 600000},
    [CLI_STALE_AFTER] = {.name = "stale-after",
                         .kind = CLI_KIND_COUNT,
                         .argument = "HOURS",
                         .help = "a list that its publisher has not confirmed for so long is called stale; usually 72, "
                                 "0: never",
                         .environment = "MIZAN_STALE_AFTER",
                         .low = 0,
                         .high = 87600},
    [CLI_DRY_RUN] = {.name = "dry-run", .help = "only say what would be done"},
    [CLI_AGENCY] = {.name = "agency",
                    .kind = CLI_KIND_TEXT,
                    .argument = "NAME",
                    .help = "the agency by its short name; usually the one that operates the service",
                    .environment = "MIZAN_AGENCY"},
    [CLI_ROLE] = {.name = "role",
                  .kind = CLI_KIND_CHOICE,
                  .argument = "ROLE",
                  .help = "viewer (usual), screener, analyst, approver, liaison, programme-officer, auditor or "
                          "administrator",
                  .choices = roles,
                  .many = true},
    [CLI_DISPLAY_NAME] = {.name = "display-name",
                          .kind = CLI_KIND_TEXT,
                          .argument = "TEXT",
                          .help = "the name that others are shown"},
    [CLI_RIGHT] = {.name = "right",
                   .kind = CLI_KIND_CHOICE,
                   .argument = "RIGHT",
                   .help = "what the key may do; screen and lists.read when not given",
                   .choices = rights,
                   .many = true},
    [CLI_DAYS] = {.name = "days",
                  .kind = CLI_KIND_COUNT,
                  .argument = "COUNT",
                  .help = "how long the key is good for; usually 365",
                  .low = 1,
                  .high = 1830},
    [CLI_SOURCE] = {.name = "source",
                    .kind = CLI_KIND_TEXT,
                    .argument = "NAME",
                    .help = "where subjects come from: letters, digits, _ . and -"},
    [CLI_REFERENCE] = {.name = "reference",
                       .kind = CLI_KIND_TEXT,
                       .argument = "NUMBER",
                       .help = "what its source calls the subject"},
    [CLI_WHOLE] = {.name = "whole", .help = "the file has all subjects of its source; those that it lacks are closed"},
    [CLI_ALL] = {.name = "all", .help = "also subjects that are closed"},
    [CLI_AS] = {.name = "as",
                .kind = CLI_KIND_TEXT,
                .argument = "NAME",
                .help = "the person of the agency as whom this is done, by the name to sign in with"},
    [CLI_PHASE] = {.name = "phase",
                   .kind = CLI_KIND_CHOICE,
                   .argument = "PHASE",
                   .help = "only cases in this phase: open, proposed, waiting, closed; or all",
                   .choices = case_phases},
    [CLI_DISPOSITION] = {.name = "disposition",
                         .kind = CLI_KIND_CHOICE,
                         .argument = "WHAT",
                         .help = "what was found: true-match, false-positive or insufficient-information",
                         .choices = dispositions},
    [CLI_REASON] = {.name = "reason",
                    .kind = CLI_KIND_TEXT,
                    .argument = "REASON",
                    .help = "why, by its word in the agency's list of reasons"},
    [CLI_NOTE] = {.name = "note", .kind = CLI_KIND_TEXT, .argument = "TEXT", .help = "what is to be said of it"},
    [CLI_RETURN] = {.name = "return", .help = "do not approve it: give it back"},
    [CLI_STATE] = {.name = "state",
                   .kind = CLI_KIND_CHOICE,
                   .argument = "STATE",
                   .help = "only clearances in this state: valid, outdated, expired, revoked; or all",
                   .choices = clearance_states},
    [CLI_MAN] = {.name = "man", .help = "print as a manual page", .hidden = true},
    [CLI_NAMES] = {.name = "names", .help = "print the names of all manual pages", .hidden = true},
};

const cli_exit cli_usual_exits[3] = {
    {0, "done"},
    {1, "failed: something could not be read, written, understood or downloaded"},
    {2, "wrong usage: unknown command or option, value that cannot be"},
};

const cli_option *cli_option_of(cli_option_id id) {
    return &options[id];
}

cli_option_id cli_option_find(mz_str name) {
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++)
        if (mz_str_equal(name, mz_str_of(options[id].name))) return id;
    return CLI_NO_OPTION;
}

cli_option_id cli_option_find_letter(char letter) {
    for (cli_option_id id = 0; letter && id < CLI_OPTION_COUNT; id++)
        if (options[id].letter == letter) return id;
    return CLI_NO_OPTION;
}

bool cli_command_takes(const cli_command *command, cli_option_id option) {
    if (option < CLI_GLOBAL_OPTIONS) return true;
    for (const cli_option_id *at = command->options; at && *at != CLI_NO_OPTION; at++)
        if (*at == option) return true;
    return false;
}

static unsigned least_of(unsigned a, unsigned b, unsigned c) {
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment (Damerau 1964, restricted), over three rows. */
unsigned cli_distance(mz_str a, mz_str b) {
    enum { LONGEST = 63 };
    unsigned rows[3][LONGEST + 1];
    if (a.size > LONGEST || b.size > LONGEST) return LONGEST;
    for (unsigned j = 0; j <= b.size; j++) rows[0][j] = j;
    for (unsigned i = 1; i <= a.size; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3], *above_two = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.size; j++) {
            unsigned differs = a.data[i - 1] != b.data[j - 1];
            row[j] = least_of(above[j] + 1, row[j - 1] + 1, above[j - 1] + differs);
            bool exchanged = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
            if (exchanged && above_two[j - 2] + 1 < row[j]) row[j] = above_two[j - 2] + 1;
        }
    }
    return rows[a.size % 3][b.size];
}

bool cli_nearer(mz_str word, mz_str known, unsigned *best) {
    unsigned distance = cli_distance(word, known);
    if (distance >= *best || distance * 2 >= word.size) return false;
    *best = distance;
    return true;
}
