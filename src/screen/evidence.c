#include "screen/evidence.h"

#include <math.h>

typedef struct sheet {
    const mz_explanation *of;
    mz_evidence *rows;
    int64_t *points; /* millionths */
    size_t count;
    double drop_per_cost; /* millionths of score that a unit of cost takes away */
} sheet;

static void enter(sheet *s, mz_evidence row, double share, double cost) {
    s->rows[s->count] = row;
    s->points[s->count] = llround(share * MZ_SCORE_UNIT - cost * s->drop_per_cost);
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

static void enter_names(sheet *s) {
    const mz_explanation *of = s->of;
    for (size_t p = 0; of->names && p < of->names->piece_count; p++) {
        const mz_piece *piece = &of->names->pieces[p];
        enter(s,
              (mz_evidence){.rule = piece->rule,
                            .property = of->property,
                            .query = as_written(of->query, piece->query_first, piece->query_count),
                            .entity = as_written(of->entity, piece->entity_first, piece->entity_count),
                            .bits = piece->bits},
              piece->share, piece->cost);
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

/* What rounding left over, or an identifier put on top, goes where it belongs, so that the sum is exact. */
static void balance(sheet *s) {
    int64_t sum = 0;
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        sum += s->points[i];
        if (s->points[i] > s->points[at]) at = i;
    }
    for (size_t i = 0; i < s->count && s->of->findings->identified; i++)
        if (s->rows[i].rule == MZ_RULE_IDENTIFIER) at = i;
    if (s->count) s->points[at] += (int64_t)s->of->score - sum;
}

const mz_evidence *mz_explain(const mz_explanation *explanation, mz_arena *arena, size_t *ret_count,
                              double *ret_weight) {
    size_t most = (explanation->names ? explanation->names->piece_count : 0) + explanation->findings->count + 1;
    sheet s = {.of = explanation,
               .rows = MZ_ARENA_NEW(arena, most, mz_evidence),
               .points = MZ_ARENA_NEW(arena, most, int64_t)};
    *ret_count = 0;
    *ret_weight = 0;
    if (!s.rows || !s.points) return NULL;
    if (explanation->names) {
        double cost = explanation->names->cost + explanation->weak_cost + explanation->findings->cost;
        s.drop_per_cost = cost > 0 ? (MZ_SCORE_UNIT - (double)mz_score_from_cost(cost)) / cost : 0;
    }
    enter_names(&s);
    enter_findings(&s);
    balance(&s);
    for (size_t i = 0; i < s.count; i++) {
        s.rows[i].points = (double)s.points[i] / MZ_SCORE_UNIT;
        *ret_weight += s.rows[i].bits;
    }
    *ret_count = s.count;
    return s.rows;
}
