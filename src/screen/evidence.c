/* Each part has a share of the names, and a cost. The names are worth a whole point, of which the shares are parts;
 * what the score lacks to a whole is taken from the parts in proportion to their costs. Both are divided in whole
 * millionths by the largest remainder (Hamilton's method for seats), so that no part is off by a millionth and both
 * sums are exact. What the same number of a document puts on top is that number's. */
#include "screen/evidence.h"

#include "screen/reading.h"

#include <math.h>

typedef struct sheet {
    const mz_explanation *of;
    mz_evidence *rows;
    double *shares, *costs;
    int64_t *given, *taken; /* millionths */
    size_t count;
} sheet;

static void enter(sheet *s, mz_evidence row, double share, double cost) {
    s->rows[s->count] = row;
    s->shares[s->count] = share;
    s->costs[s->count] = cost;
    s->count++;
}

/* The words [first, first+count) as they stand in the name. */
static mz_str as_written(const mz_name *name, size_t first, size_t count) {
    if (!count) return (mz_str){"", 0};
    const mz_str from = name->words[first].original, to = name->words[first + count - 1].original;
    const char *start = from.data < to.data ? from.data : to.data;
    const char *end = from.data + from.size > to.data + to.size ? from.data + from.size : to.data + to.size;
    return (mz_str){start, (size_t)(end - start)};
}

/* ---- what a firm's name has beside its words ---- */

static bool a_digit(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9);
}

/* The end of the word of the name that begins at or spans this byte; `at` where none does. */
static size_t behind_word(const mz_name *name, size_t at) {
    for (size_t i = 0; i < name->count; i++) {
        size_t start = (size_t)(name->words[i].original.data - name->text.data);
        if (start <= at && at < start + name->words[i].original.size) return start + name->words[i].original.size;
    }
    return at;
}

/* Of what stands between the words of a name: the first number, or the longest run of what is none, as written. */
static mz_str aside(const mz_name *name, bool number) {
    mz_str found = {"", 0}, run = {"", 0};
    for (size_t at = 0; at < name->text.size;) {
        size_t start = at;
        uint32_t c;
        if (behind_word(name, at) > at) {
            if (number && found.size) return found;
            at = behind_word(name, at);
            run.size = 0;
            continue;
        }
        (void)mz_utf8_next(name->text, &at, &c);
        bool digit = a_digit(c), letter = !digit && mz_script_of(c) != MZ_SCRIPT_NONE;
        if (number ? digit : letter) {
            if (!run.size) run.data = name->text.data + start;
            run.size = (size_t)(name->text.data + at - run.data);
            if (run.size > found.size) found = run;
        } else if (number || digit) {
            if (number && found.size) return found;
            run.size = 0;
        }
    }
    return found;
}

/* Numbers and legal forms are no words: they are quoted where they stand in the name, when that can be told of all
 * that there are. */
static void quote_aside(const sheet *s, mz_evidence *row) {
    const mz_name *query = s->of->query, *entity = s->of->entity;
    bool number = row->rule == MZ_RULE_NUMBER;
    bool in_query = number ? query->number_count : query->legal_count;
    bool in_entity = number ? entity->number_count : entity->legal_count;
    mz_str left = in_query ? aside(query, number) : (mz_str){"", 0};
    mz_str right = in_entity ? aside(entity, number) : (mz_str){"", 0};
    if ((in_query && !left.size) || (in_entity && !right.size)) return;
    row->query = left;
    row->entity = right;
}

static void enter_names(sheet *s) {
    const mz_explanation *of = s->of;
    for (size_t p = 0; of->names && p < of->names->piece_count; p++) {
        const mz_piece *piece = &of->names->pieces[p];
        enter(s,
              (mz_evidence){.rule = piece->rule,
                            .property = of->property,
                            .query = as_written(of->query, piece->query_first, piece->query_count),
                            .entity = as_written(of->entity, piece->entity_first, piece->entity_count),
                            .role = piece->query_count
                                        ? mz_words_role(of->query, piece->query_first, piece->query_count)
                                        : mz_words_role(of->entity, piece->entity_first, piece->entity_count),
                            .bits = piece->bits},
              piece->share, piece->cost);
        bool set_aside = piece->rule == MZ_RULE_NUMBER || piece->rule == MZ_RULE_LEGAL_FORM;
        if (set_aside && !piece->query_count && !piece->entity_count) quote_aside(s, &s->rows[s->count - 1]);
    }
    if (of->weak_cost > 0)
        enter(s, (mz_evidence){.rule = MZ_RULE_WEAK_ALIAS, .property = of->property, .entity = of->entity->text}, 0,
              of->weak_cost);
}

static void enter_findings(sheet *s) {
    for (size_t f = 0; f < s->of->findings->count; f++) {
        const mz_finding *finding = &s->of->findings->found[f];
        enter(s,
              (mz_evidence){.rule = finding->rule,
                            .property = (mz_property)finding->entity->property,
                            .query = finding->query->text,
                            .entity = finding->entity->text,
                            .bits = finding->bits},
              0, finding->cost);
    }
}

/* Divides `whole` in proportion to `parts`, in whole numbers: each part's floor, and the rest one by one to the largest
 * remainders, the first of equal ones. */
static void divide(int64_t whole, const double *parts, size_t count, int64_t *ret_shares) {
    double sum = 0;
    int64_t left = whole;
    for (size_t i = 0; i < count; i++) sum += parts[i];
    for (size_t i = 0; i < count; i++) {
        ret_shares[i] = sum > 0 ? (int64_t)floor((double)whole * (parts[i] / sum)) : 0;
        left -= ret_shares[i];
    }
    /* at most one for each part is left over, but for the sum's own rounding */
    for (; left > 0; left--) {
        size_t at = 0;
        double most = -1;
        for (size_t i = 0; i < count; i++) {
            double remainder = sum > 0 ? (double)whole * (parts[i] / sum) - (double)ret_shares[i] : 0;
            if (remainder > most) most = remainder, at = i;
        }
        ret_shares[at]++;
    }
}

/* The row of the number that decided; the findings stand last. */
static size_t identifier_row(const sheet *s) {
    const mz_findings *findings = s->of->findings;
    return mz_identified(findings) ? s->count - findings->count + findings->deciding : 0;
}

static void add_up(sheet *s) {
    const mz_explanation *of = s->of;
    int64_t by_names = 0;
    if (of->names && s->count) {
        by_names = mz_score_from_cost(of->names->cost + of->weak_cost + of->findings->cost);
        divide(MZ_SCORE_UNIT, s->shares, s->count, s->given);
        divide(MZ_SCORE_UNIT - by_names, s->costs, s->count, s->taken);
    }
    if (s->count) s->taken[identifier_row(s)] -= (int64_t)of->score - by_names;
}

const mz_evidence *mz_explain(const mz_explanation *explanation, mz_arena *arena, size_t *ret_count,
                              double *ret_weight) {
    size_t most = (explanation->names ? explanation->names->piece_count : 0) + explanation->findings->count + 1;
    sheet s = {.of = explanation,
               .rows = MZ_ARENA_NEW(arena, most, mz_evidence),
               .shares = MZ_ARENA_NEW(arena, most, double),
               .costs = MZ_ARENA_NEW(arena, most, double),
               .given = MZ_ARENA_NEW(arena, most, int64_t),
               .taken = MZ_ARENA_NEW(arena, most, int64_t)};
    *ret_count = 0;
    *ret_weight = 0;
    if (!s.rows || !s.shares || !s.costs || !s.given || !s.taken) return NULL;
    enter_names(&s);
    enter_findings(&s);
    add_up(&s);
    int64_t hundredths = 0; /* of a bit: whole ones, so that what is printed adds up, too */
    for (size_t i = 0; i < s.count; i++) {
        int64_t bits = (int64_t)floor(s.rows[i].bits * 100 + 0.5);
        hundredths += bits;
        s.rows[i].bits = (double)bits / 100;
        s.rows[i].points = (double)(s.given[i] - s.taken[i]) / MZ_SCORE_UNIT;
        s.rows[i].taken = (double)s.taken[i] / MZ_SCORE_UNIT;
    }
    *ret_weight = (double)hundredths / 100;
    *ret_count = s.count;
    return s.rows;
}

void mz_evidence_by_rule(const mz_hit *hit, mz_rule_points *ret_sums) {
    *ret_sums = (mz_rule_points){{0}, {false}};
    for (size_t k = 0; k < hit->evidence_count; k++) {
        ret_sums->points[hit->evidence[k].rule] += hit->evidence[k].points;
        ret_sums->met[hit->evidence[k].rule] = true;
    }
}
