/* What each word does in a person's name.
 *
 * Told in this order: what the word is (particle, title, initial, suffix); what its source says of it (parts.h); whose
 * son or father someone is (bin, oglu, Abu); the endings of patronymics and of nisbas; a comma, or a family name in
 * capitals; and then the place, by the order that the culture of the name has. A role is given only where leaving the
 * word out would leave a name: the one word beside a given name is its family name, whatever its form. */
#include "names/culture.h"
#include "names/draft.h"

typedef struct roles {
    const mz_draft *d;
    mz_name_word *words;
    size_t count;
    size_t open[MZ_NAME_WORDS_MOST], open_count; /* plain words without a role, in order */
    size_t told;                                 /* plain words that the source of the name gave theirs */
    bool given, family;                          /* it told which is this */
} roles;

static bool ends(mz_str text, const char *suffix, size_t least) {
    size_t size = strlen(suffix);
    return text.size >= least && text.size >= size && memcmp(text.data + text.size - size, suffix, size) == 0;
}

static bool is_plain(const roles *r, size_t i) {
    return r->words[i].class == MZ_WORD_PLAIN;
}

static bool is_open(const roles *r, size_t i) {
    return is_plain(r, i) && r->words[i].role == MZ_ROLE_NAME;
}

static void give(roles *r, size_t i, mz_role role) {
    r->words[i].role = (uint8_t)role;
}

/* Abd al-Rahman and Nur al-Din are two words and one name: whether a word is the second of such; its first. */
static bool is_second(const roles *r, size_t i, size_t *ret_first) {
    if (!is_plain(r, i)) return false;
    for (size_t first = i; first-- > 0;) {
        if (r->words[first].class == MZ_WORD_ARTICLE) continue;
        *ret_first = first;
        return is_plain(r, first) && (mz_str_equal(r->d->hints[first].latin, MZ_STR("abd")) ||
                                      mz_str_equal(r->d->hints[i].latin, MZ_STR("din")));
    }
    return false;
}

static void collect_open(roles *r) {
    size_t first;
    r->open_count = 0;
    for (size_t i = 0; i < r->count; i++)
        if (is_open(r, i) && !is_second(r, i, &first)) r->open[r->open_count++] = i;
}

static void by_class(roles *r) {
    for (size_t i = 0; i < r->count; i++) {
        switch ((mz_word_class)r->words[i].class) {
        case MZ_WORD_ARTICLE: give(r, i, MZ_ROLE_ARTICLE); break;
        case MZ_WORD_PARTICLE:
            give(r, i, r->d->hints[i].kinds & MZ_LEXICON_FILIATION ? MZ_ROLE_FILIATION : MZ_ROLE_PARTICLE);
            break;
        case MZ_WORD_TITLE: give(r, i, MZ_ROLE_TITLE); break;
        case MZ_WORD_INITIAL: give(r, i, MZ_ROLE_INITIAL); break;
        case MZ_WORD_SUFFIX: give(r, i, MZ_ROLE_SUFFIX); break;
        case MZ_WORD_NUMBER: give(r, i, MZ_ROLE_NUMBER); break;
        case MZ_WORD_GENERIC:
        case MZ_WORD_ACTIVITY:
        case MZ_WORD_PLACE: give(r, i, MZ_ROLE_GENERIC); break;
        case MZ_WORD_PLAIN:
        case MZ_WORD_CLASS_COUNT: give(r, i, MZ_ROLE_NAME); break;
        }
    }
}

/* Family name, patronymic, and the first of the given names, as the source has them. Further given and middle names are
 * open yet: that bin stands before one says more. */
static void by_source(roles *r) {
    size_t first;
    for (size_t i = 0; i < r->count; i++) {
        mz_role told = (mz_role)r->d->hints[i].told;
        if (!is_plain(r, i) || told == MZ_ROLE_NAME || told == MZ_ROLE_MIDDLE || is_second(r, i, &first)) continue;
        if (told == MZ_ROLE_GIVEN && r->given) continue;
        r->given |= told == MZ_ROLE_GIVEN;
        r->family |= told == MZ_ROLE_FAMILY;
        r->told++;
        give(r, i, told);
    }
}

/* Of what the source told, the rest. */
static void by_source_middle(roles *r) {
    for (size_t i = 0; i < r->count; i++)
        if (is_open(r, i) && r->d->hints[i].told != MZ_ROLE_NAME) give(r, i, MZ_ROLE_MIDDLE);
}

static size_t next_plain(const roles *r, size_t i) {
    while (i < r->count && !is_plain(r, i)) i++;
    return i;
}

/* bin, oglu: the father's name stands behind, or before. */
static void by_filiation(roles *r) {
    for (size_t i = 0; i < r->count; i++) {
        if (r->words[i].role != MZ_ROLE_FILIATION) continue;
        size_t first = next_plain(r, 0), behind = next_plain(r, i + 1);
        if (r->d->hints[i].side == 2) {
            size_t father = i;
            while (father > 0 && !is_open(r, father - 1)) father--;
            if (father > 0 && father - 1 > first) give(r, father - 1, MZ_ROLE_PATRONYMIC);
        } else if (behind < r->count && first < i && is_open(r, behind)) {
            give(r, behind, MZ_ROLE_PATRONYMIC);
        }
    }
}

/* Abu Omar beside a given name and one more; Abu Zayd that is all there is beside one is the family name. */
static void by_kunya(roles *r) {
    for (size_t i = 0; i + 1 < r->count; i++) {
        if (!is_open(r, i) || !(r->d->hints[i].kinds & MZ_LEXICON_KUNYA)) continue;
        size_t named = next_plain(r, i + 1);
        if (named >= r->count || r->words[named].role != MZ_ROLE_NAME) continue;
        collect_open(r);
        if (r->open_count + r->told < 4) continue;
        give(r, i, MZ_ROLE_KUNYA);
        give(r, named, MZ_ROLE_KUNYA);
    }
}

static bool patronymic_form(mz_str latin) {
    static const char *const endings[] = {"ovich",   "evich", "ovych",  "yovych", "ovna", "evna",  "ivna", "ichna",
                                          "inichna", "owicz", "ovitch", "evitch", "ovic", "avich", "ouna", "ovitsj"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends(latin, endings[i], 6)) return true;
    return false;
}

/* A patronymic stands beside a given and a family name; where it is one of two words it is a family name of its form.
 */
static void by_patronymic(roles *r) {
    collect_open(r);
    if (r->open_count + r->told < 3) return;
    for (size_t k = r->given ? 0 : 1; k < r->open_count; k++) {
        size_t i = r->open[k];
        if (!patronymic_form(r->d->hints[i].latin)) continue;
        give(r, i, MZ_ROLE_PATRONYMIC);
        return;
    }
}

static bool arabic(const roles *r) {
    mz_culture culture = (mz_culture)r->d->name->culture;
    return culture == MZ_CULTURE_ARABIC || culture == MZ_CULTURE_MAGHREBI || culture == MZ_CULTURE_UNKNOWN ||
           culture == MZ_CULTURE_IRANIAN;
}

/* al-Fassi, Elfassi, الفاسي: an adjective with its article. */
static bool nisba_form(const roles *r, size_t i) {
    mz_str latin = r->d->hints[i].latin;
    bool article = r->words[i].bare || (i > 0 && r->words[i - 1].class == MZ_WORD_ARTICLE);
    if (!article) return false;
    if (r->words[i].script == MZ_SCRIPT_ARABIC) {
        mz_str folded = r->words[i].folded;
        return ends(folded, "ي", 10);
    }
    return ends(latin, "i", 4) || ends(latin, "y", 5) || ends(latin, "iyya", 7);
}

static void by_nisba(roles *r) {
    collect_open(r);
    if (!arabic(r)) return;
    size_t left = r->open_count;
    for (size_t k = r->open_count; k-- > 1 && left > 2;) {
        if (!nisba_form(r, r->open[k])) continue;
        give(r, r->open[k], MZ_ROLE_NISBA);
        left--;
    }
}

/* ---- family and given names among what is left ---- */

static bool comma_between(const roles *r, size_t i) {
    mz_str before = r->words[i].original, after = r->words[i + 1].original;
    const char *end = before.data + before.size;
    return after.data > end && memchr(end, ',', (size_t)(after.data - end)) != NULL;
}

/* Words in front of the name's first comma; 0 when there is none, or nothing but suffixes behind it. */
static size_t before_comma(const roles *r) {
    for (size_t i = 0; i + 1 < r->count; i++) {
        if (!comma_between(r, i)) continue;
        for (size_t j = i + 1; j < r->count; j++)
            if (is_plain(r, j) || r->words[j].class == MZ_WORD_INITIAL) return i + 1;
        return 0;
    }
    return 0;
}

static bool capitals(mz_str original) {
    size_t upper = 0;
    for (size_t i = 0; i < original.size; i++) {
        char c = original.data[i];
        if (c >= 'a' && c <= 'z') return false;
        upper += c >= 'A' && c <= 'Z';
    }
    return upper > 1;
}

static bool small(mz_str original) {
    for (size_t i = 0; i < original.size; i++)
        if (original.data[i] >= 'a' && original.data[i] <= 'z') return true;
    return false;
}

/* The first open word is the given name where none is told, the others stand between it and the family name. */
static void give_rest(roles *r) {
    collect_open(r);
    for (size_t k = 0; k < r->open_count; k++) give(r, r->open[k], k || r->given ? MZ_ROLE_MIDDLE : MZ_ROLE_GIVEN);
}

static bool by_writing(roles *r) {
    size_t comma = before_comma(r), upper = 0, lower = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!is_open(r, i)) continue;
        upper += capitals(r->words[i].original);
        lower += small(r->words[i].original);
    }
    if (!comma && (!upper || !lower)) return false;
    for (size_t i = 0; i < r->count; i++)
        if (is_open(r, i) && (comma ? i < comma : capitals(r->words[i].original))) give(r, i, MZ_ROLE_FAMILY);
    give_rest(r);
    return true;
}

static bool slavic_family(mz_str latin) {
    static const char *const endings[] = {"ov",   "ova",  "ev",     "eva",   "in",  "ina",   "sky",  "skiy",
                                          "skyi", "skii", "skij",   "skaya", "ska", "skaia", "enko", "chuk",
                                          "yuk",  "ko",   "shvili", "yan",   "ec",  "ets",   "off",  "ow"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends(latin, endings[i], 5)) return true;
    return false;
}

static bool given_word(const roles *r, size_t i) {
    return (r->d->hints[i].kinds & (MZ_LEXICON_MALE | MZ_LEXICON_FEMALE)) != 0;
}

/* How much a word looks like a family name where few of them serve a nation. */
static unsigned family_sign(const roles *r, size_t i) {
    unsigned kinds = r->d->hints[i].kinds;
    return (kinds & MZ_LEXICON_FAMILY ? 1u : 0u) + (kinds & MZ_LEXICON_CULTURE ? 2u : 0u);
}

/* Which of the open words is the family name, by culture; the word's place among them. */
static size_t family_place(const roles *r) {
    size_t last = r->open_count - 1;
    switch ((int)r->d->name->culture) {
    case MZ_CULTURE_CHINESE:
    case MZ_CULTURE_KOREAN:
    case MZ_CULTURE_VIETNAMESE: return family_sign(r, r->open[last]) > family_sign(r, r->open[0]) ? last : 0;
    case MZ_CULTURE_EAST_SLAVIC:
        if (given_word(r, r->open[0])) return last;
        return given_word(r, r->open[last]) || slavic_family(r->d->hints[r->open[0]].latin) ? 0 : last;
    default: return given_word(r, r->open[last]) && !given_word(r, r->open[0]) && r->open_count == 2 ? 0 : last;
    }
}

/* The only word that is left: of a name of one word it is not told what that is. */
static void give_only(roles *r, size_t i) {
    bool named = false, initials = false;
    for (size_t j = 0; j < r->count; j++) {
        mz_role role = (mz_role)r->words[j].role;
        named |= role == MZ_ROLE_PATRONYMIC || role == MZ_ROLE_FAMILY || role == MZ_ROLE_NISBA;
        initials |= role == MZ_ROLE_INITIAL;
    }
    give(r, i, named && !r->given ? MZ_ROLE_GIVEN : initials || r->given ? MZ_ROLE_FAMILY : MZ_ROLE_NAME);
}

static void by_place(roles *r) {
    collect_open(r);
    if (!r->open_count) return;
    if (r->open_count == 1) {
        give_only(r, r->open[0]);
        return;
    }
    size_t family = family_place(r);
    give(r, r->open[family], MZ_ROLE_FAMILY);
    bool iberian = r->d->name->culture == MZ_CULTURE_IBERIAN;
    /* the father's family name before the mother's */
    if (iberian && family > 1 && !given_word(r, r->open[family - 1])) give(r, r->open[family - 1], MZ_ROLE_FAMILY);
    give_rest(r);
}

/* Where a given name has nothing beside it but a patronymic or a nisba, that is its family name. */
static void anchor(roles *r) {
    size_t whole = 0, last = r->count;
    for (size_t i = 0; i < r->count; i++) {
        mz_role role = (mz_role)r->words[i].role;
        size_t first;
        if (is_second(r, i, &first)) continue;
        whole += role == MZ_ROLE_GIVEN || role == MZ_ROLE_FAMILY;
        if (role == MZ_ROLE_PATRONYMIC || role == MZ_ROLE_NISBA || role == MZ_ROLE_MIDDLE) last = i;
    }
    if (whole < 2 && last < r->count) give(r, last, MZ_ROLE_FAMILY);
    size_t first;
    for (size_t i = 1; i < r->count; i++)
        if (is_second(r, i, &first)) give(r, i, (mz_role)r->words[first].role);
}

void mz_draft_roles(const mz_draft *d, mz_name_word *words) {
    roles r = {.d = d, .words = words, .count = d->name->count};
    by_class(&r);
    if (d->name->organisation) return;
    by_source(&r);
    by_filiation(&r);
    by_kunya(&r);
    by_patronymic(&r);
    by_nisba(&r);
    by_source_middle(&r);
    if (r.family)
        give_rest(&r);
    else if (!by_writing(&r))
        by_place(&r);
    anchor(&r);
}
