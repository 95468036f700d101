#include "drawn.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 6 };

static uint64_t state;

void draw_seed(uint64_t seed) {
    state = seed;
}

uint32_t draw_below(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static const char *const syllables[] = {"ba", "ka", "ra", "mu",  "ham", "sa",  "lim", "do", "vi",  "ch",
                                        "ou", "el", "ni", "yas", "gho", "zar", "pe",  "tu", "shi", "an",
                                        "kh", "fe", "ji", "or",  "th",  "we",  "al",  "ud", "qi",  "ib"};
static const char *const arabic[] = {"محم", "عبد", "سال", "خال", "يو", "ناد", "رشي", "كري", "طا", "هد", "فؤا", "جما"};
static const char *const cyrillic[] = {"вла", "ди", "мир", "ни", "ко", "лай", "жен", "ов", "ская", "щер", "ба", "юл"};
static const char *const han[] = {"王", "李", "明", "华", "建", "国", "志", "强", "文", "海"};
static const char *const apart[] = {"al-", "bin ", "Abdul ", "Dr ", "", "", "", ""};
static const char *const particles[] = {"al ", "el ", "bin ", "ben ", "ibn ", "abu ", "abi ", "umm ",
                                        "de ", "la ", "los ", "da ",  "van ", "der ", "von ", "zu ",
                                        "y ",  "e ",  "al-",  "el-",  "Al",   "bin-"};
static const char *const arabic_particles[] = {"بن ", "آل ", "أبو ", "ال", "ابن ", "أم ", "ولد "};
static const char *const forms[] = {" Ltd",     " SARL",          " GmbH", " Trading Company", " No 7", " 12",
                                    " Srvcs 2", " Steel Senegal", " Grp",  " للتجارة",         "",      ""};

static void word(char *out, size_t size, uint32_t script) {
    size_t parts = 1 + draw_below(3);
    out[0] = '\0';
    for (size_t i = 0; i <= parts; i++) {
        const char *part = script == 0   ? arabic[draw_below(sizeof arabic / sizeof *arabic)]
                           : script == 1 ? cyrillic[draw_below(sizeof cyrillic / sizeof *cyrillic)]
                           : script == 2 ? han[draw_below(sizeof han / sizeof *han)]
                                         : syllables[draw_below(sizeof syllables / sizeof *syllables)];
        (void)snprintf(out + strlen(out), size - strlen(out), "%s", part);
    }
}

/* A name may have several before one word, and nothing but them. */
static void particles_in_a_row(char *out, size_t size, uint32_t script) {
    for (uint32_t n = 1 + draw_below(4); n > 0; n--)
        (void)snprintf(out + strlen(out), size - strlen(out), "%s",
                       script == 0 ? arabic_particles[draw_below(sizeof arabic_particles / sizeof *arabic_particles)]
                                   : particles[draw_below(sizeof particles / sizeof *particles)]);
}

void draw_name(char *out, size_t size, bool organisation) {
    size_t words = 1 + draw_below(draw_below(8) ? 4 : MOST_WORDS);
    uint32_t script = draw_below(8);
    out[0] = '\0';
    for (size_t i = 0; i < words; i++) {
        char one[200];
        if (draw_below(12) == 0)
            (void)snprintf(one, sizeof one, "%c", 'A' + (char)draw_below(26));
        else
            word(one, sizeof one, script);
        (void)snprintf(out + strlen(out), size - strlen(out), "%s", i ? " " : "");
        bool many = script != 2 && draw_below(6) == 0;
        if (many) particles_in_a_row(out, size, script);
        (void)snprintf(out + strlen(out), size - strlen(out), "%s%s", script > 2 && !many ? apart[draw_below(8)] : "",
                       many && draw_below(5) == 0 ? "" : one);
    }
    if (organisation)
        (void)snprintf(out + strlen(out), size - strlen(out), "%s", forms[draw_below(sizeof forms / sizeof *forms)]);
}

/* Letters lost, doubled, exchanged, changed; words split, joined, turned round, dropped. ASCII bytes only, so that the
 * text stays UTF-8. */
void draw_damage(char *name, size_t size) {
    for (uint32_t n = draw_below(4); n > 0; n--) {
        size_t length = strlen(name), at = length ? draw_below((uint32_t)length) : 0;
        if (length < 3 || (name[at] & 0x80)) continue;
        switch (draw_below(6)) {
        case 0: memmove(name + at, name + at + 1, length - at); break;
        case 1: name[at] = (char)('a' + draw_below(26)); break;
        case 2:
            if (length + 2 < size) memmove(name + at + 1, name + at, length - at + 1);
            break;
        case 3: name[at] = ' '; break;
        case 4: {
            char *blank = strchr(name, ' ');
            if (blank) memmove(blank, blank + 1, strlen(blank));
            break;
        }
        default: {
            char *blank = strchr(name, ' ');
            if (blank && strlen(blank) > 1) {
                char turned[1024];
                *blank = '\0';
                (void)snprintf(turned, sizeof turned, "%s %s", blank + 1, name);
                (void)snprintf(name, size, "%s", turned);
            }
        }
        }
    }
}

/* What is left of a name is the first letter of each word. */
void draw_shortened(char *name) {
    size_t size = 0;
    bool kept = false, starts = true;
    for (size_t i = 0; name[i]; i++) {
        bool inside = (name[i] & 0xC0) == 0x80; /* of a letter */
        if (!inside) kept = starts && name[i] != ' ';
        if (!inside) starts = name[i] == ' ';
        if (kept) name[size++] = name[i];
    }
    name[size] = '\0';
}

const mz_schema drawn_schemata[DRAWN_SCHEMATA] = {MZ_SCHEMA_Person, MZ_SCHEMA_Person, MZ_SCHEMA_Company,
                                                  MZ_SCHEMA_Vessel, MZ_SCHEMA_LegalEntity};

/* What a source may say of the words of a name, true or not. */
mz_str draw_roles(void) {
    static const char *const told[] = {"", "", "gf", "fg", "gmf", "gpf", "fgg", "??p", "m", "pppppp", "xf"};
    return mz_str_of(told[draw_below(sizeof told / sizeof *told)]);
}

/* A policy that mz_policy_read accepts: prices anywhere in their ranges, at their ends as often as between them, and
 * rules that change them for schemata and cultures. */
static double any_price(const mz_weight_range *range) {
    switch (draw_below(4)) {
    case 0: return range->least;
    case 1: return range->most;
    case 2: return range->usual;
    default: return range->least + (range->most - range->least) * draw_below(1001) / 1000;
    }
}

static void any_part(char *json, size_t size) {
    mz_weight_range range;
    static const char *const thresholds[] = {"0.5", "0.55", "0.7", "0.85", "1"};
    size_t used = 0;
    if (draw_below(2)) used += (size_t)snprintf(json, size, "\"threshold\":%s,", thresholds[draw_below(5)]);
    used += (size_t)snprintf(json + used, size - used, "\"weights\":{\"description\":\"\"");
    for (size_t w = 0; mz_policy_weight_range(w, &range); w++) {
        if (draw_below(2)) continue;
        double price = any_price(&range);
        if (strcmp(range.name, "missing") == 0) continue;
        if (strcmp(range.name, "contradiction") == 0) {
            /* the two go together: the least that is allowed beside a price of missing, or more */
            double missing = price / 1.1 > 5 ? 5 : floor(price / 1.1 * 1e6) / 1e6;
            if (draw_below(2)) missing = missing * draw_below(1001) / 1000;
            used += (size_t)snprintf(json + used, size - used, ",\"missing\":%.6f", missing);
        }
        used += (size_t)snprintf(json + used, size - used, ",\"%s\":%.6f", range.name, price);
    }
    (void)snprintf(json + used, size - used, "}");
}

mz_policy *draw_policy(void) {
    static const char *const rules[] = {"\"schema\":\"Person\"",    "\"schema\":\"Company\"",
                                        "\"schema\":\"Vessel\"",    "\"culture\":\"arabic\"",
                                        "\"culture\":\"maghrebi\"", "\"culture\":\"east-slavic\"",
                                        "\"culture\":\"chinese\"",  "\"culture\":\"unknown\",\"schema\":\"Person\"",
                                        "\"description\":\"all\""};
    char json[16384], part[4096];
    mz_error error = {0};
    mz_policy *policy = NULL;
    any_part(part, sizeof part);
    size_t used = (size_t)snprintf(json, sizeof json, "{\"mizan-policy\":1,\"name\":\"any\",%s,\"rules\":[", part);
    bool first = true;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        if (draw_below(4)) continue;
        any_part(part, sizeof part);
        used += (size_t)snprintf(json + used, sizeof json - used, "%s{%s,%s}", first ? "" : ",", rules[r], part);
        first = false;
    }
    (void)snprintf(json + used, sizeof json - used, "]}");
    mz_test_case("%s", json);
    /* rules that each may be, may not be together */
    if (mz_policy_read(mz_str_of(json), &policy, &error) == MZ_ERR_INPUT) return draw_policy();
    CHECK(policy != NULL);
    return policy;
}
