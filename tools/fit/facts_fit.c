/* facts-fit: counts how often facts agree for one person and for two, to choose the bits of src/match (date_score.c and
 * its like).
 *
 * usage: facts-fit IMAGE
 *
 * IMAGE is an index of public lists, each under its own name (mizan index build). One person is two entries of
 * different lists with alike names that share a strong number; two strangers are two entries of one list with alike
 * names that share none. Numbers themselves are left out of the comparison. For each answer that is given, by what was
 * compared and by its bits, prints how many pairs of either kind have it, of how many that have an answer to the
 * question, and log2 of the ratio of the two rates: what the bits would be by these lists alone. Few pairs say little:
 * a half is added to each count. Lists copy each other, so that agreement of one person is overrated. */
#include "index/image.h"
#include "match/entity_score.h"
#include "mizan/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { NAMES_MOST = 4, HITS_MOST = 60, ANSWERS_MOST = 512, TRAITS_MOST = 1024 };

static const double NAMESAKES = 0.80, ONE_PERSON = 0.85;

typedef struct answer {
    mz_rule rule;
    uint16_t low, high; /* the properties that met, in order */
    double bits;
    unsigned counts[2]; /* of one person, of two */
} answer;

static answer answers[ANSWERS_MOST];
static size_t answer_count;
static unsigned pairs[2];
static mz_arena arena;

static _Noreturn void die(const mz_error *error) {
    (void)fprintf(stderr, "facts-fit: %s%s%s\n", error->where, error->where[0] ? ": " : "", error->text);
    exit(1);
}

/* Traits of an entity; `numbers` or all but those. */
static size_t traits_of(const mz_index *index, uint32_t entity, bool numbers, mz_trait *ret_traits) {
    mz_run run = mz_index_traits_of(index, entity);
    size_t count = 0;
    for (uint32_t t = run.first; t < run.end && count < TRAITS_MOST; t++) {
        mz_index_trait(index, t, &ret_traits[count]);
        count += (ret_traits[count].kind == MZ_TRAIT_IDENTIFIER) == numbers;
    }
    return count;
}

static bool share_a_number(const mz_index *index, uint32_t a, uint32_t b) {
    static mz_trait left[TRAITS_MOST], right[TRAITS_MOST];
    size_t left_count = traits_of(index, a, true, left), right_count = traits_of(index, b, true, right);
    return mz_traits_identify(left, left_count, right, right_count);
}

static void count_answer(const mz_finding *finding, int strangers) {
    uint16_t low = finding->query->property, high = finding->entity->property;
    if (low > high) low = finding->entity->property, high = finding->query->property;
    size_t at = 0;
    for (; at < answer_count; at++) {
        const answer *a = &answers[at];
        if (a->rule == finding->rule && a->low == low && a->high == high && fabs(a->bits - finding->bits) < 1e-9) break;
    }
    if (at == ANSWERS_MOST) return;
    if (at == answer_count) answers[answer_count++] = (answer){finding->rule, low, high, finding->bits, {0, 0}};
    answers[at].counts[strangers]++;
}

static void count_pair(const mz_index *index, uint32_t a, uint32_t b, int strangers) {
    static mz_trait left[TRAITS_MOST], right[TRAITS_MOST];
    mz_findings findings;
    size_t left_count = traits_of(index, a, false, left), right_count = traits_of(index, b, false, right);
    mz_arena_reset(&arena);
    (void)mz_traits_prepare(left, left_count, &arena);
    (void)mz_traits_prepare(right, right_count, &arena);
    mz_compare_traits(&mz_default_prices, left, left_count, right, right_count, &findings);
    for (size_t f = 0; f < findings.count; f++) count_answer(&findings.found[f], strangers);
    pairs[strangers]++;
}

static void look_at(const mz_index *index, mz_screener *screener, uint32_t entity) {
    mz_run run = mz_index_names_of(index, entity);
    uint32_t list = index->entities[entity].list;
    mz_fact names[NAMES_MOST];
    mz_entity query = {.schema = MZ_SCHEMA_Person, .facts = names};
    mz_error error = {0};
    const mz_screening *found;
    for (uint32_t n = run.first; n < run.end && query.fact_count < NAMES_MOST; n++)
        names[query.fact_count++] = (mz_fact){.property = MZ_PROP_name, .value = mz_index_name_text(index, n)};
    if (mz_screen(screener, MZ_STR(""), &query, &found, &error)) die(&error);
    for (size_t h = 0; h < found->hit_count; h++) {
        uint32_t other = found->hits[h].number;
        if (other <= entity || index->entities[other].schema != MZ_SCHEMA_Person) continue;
        bool share = share_a_number(index, entity, other), one_list = index->entities[other].list == list;
        if (share && !one_list && found->hits[h].score >= ONE_PERSON) count_pair(index, entity, other, 0);
        if (!share && one_list) count_pair(index, entity, other, 1);
    }
}

static int by_question(const void *left, const void *right) {
    const answer *a = left, *b = right;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    return (a->bits < b->bits) - (a->bits > b->bits);
}

static void print_answers(void) {
    qsort(answers, answer_count, sizeof *answers, by_question);
    printf("%u pairs of one person, %u of two\n", pairs[0], pairs[1]);
    printf("%-8s %-16s %-16s %6s %8s %8s %8s\n", "rule", "fact", "fact", "bits", "one", "two", "by these");
    for (size_t i = 0; i < answer_count; i++) {
        const answer *a = &answers[i];
        double all[2] = {0, 0};
        for (size_t j = 0; j < answer_count; j++)
            for (int k = 0; k < 2; k++)
                if (answers[j].rule == a->rule && answers[j].low == a->low && answers[j].high == a->high)
                    all[k] += answers[j].counts[k];
        double one = (a->counts[0] + 0.5) / (all[0] + 1), two = (a->counts[1] + 0.5) / (all[1] + 1);
        printf("%-8s %-16s %-16s %6.1f %8u %8u %8.1f\n", mz_rule_name(a->rule), mz_property_name((mz_property)a->low),
               mz_property_name((mz_property)a->high), a->bits, a->counts[0], a->counts[1], log2(one / two));
    }
}

int main(int argc, char **argv) {
    mz_index *index;
    mz_screener *screener;
    mz_error error = {0};
    mz_screen_options options = {.threshold = NAMESAKES, .limit = HITS_MOST};
    if (argc != 2) {
        (void)fprintf(stderr, "usage: facts-fit IMAGE\n");
        return 2;
    }
    if (mz_index_open(argv[1], &index, &error)) die(&error);
    if (mz_screener_new(index, &options, &screener, &error)) die(&error);
    mz_arena_init(&arena, 64 << 20);
    for (uint32_t e = 0; e < index->entity_count; e++)
        if (index->entities[e].schema == MZ_SCHEMA_Person && index->entities[e].searchable) look_at(index, screener, e);
    print_answers();
    mz_arena_done(&arena);
    mz_screener_free(screener);
    mz_index_close(index);
    return 0;
}
