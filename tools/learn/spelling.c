/* Learns what it costs to read one sound for another, from pairs of words that are the same name and pairs that are
 * not.
 *
 * usage: spelling TABLE same|other MIDDLE EXAMPLES
 *        a line of EXAMPLES: train or held, 1 (the same name) or 0, weight, phones of the one, phones of the other
 *        `same`: both sides are of one kind, and the costs symmetric. MIDDLE: the likeness that right and wrong pairs
 * shall reach equally often, to which the sizes are scaled
 *
 * The likeness of two words is 1 - 2 C / S: C the cost of their cheapest alignment (exchange, omission, two sounds in
 * turned order), S the sum of the sizes of their sounds. Costs and sizes are those with which the logistic function of
 * the likeness tells right from wrong pairs best: stochastic gradient descent (AdaGrad) on the cheapest alignment, as
 * McCallum, Bellare and Pereira (2005) trained edit distances; of the pairs that are right, a part is given a typing
 * error, so that errors stay affordable. Joint multigrams by expectation and maximisation know only right pairs, and
 * so cannot know that one vowel tells Said from Saad; over these phones they gained nothing.
 *
 * Prints the table, and figures on the pairs held back to standard error. */
#include "names/phones.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_MOST = 40, PHONES = MZ_PHONE_COUNT, PLACES = 3, EPOCHS = 5 };
enum {
    EXCHANGE = 0,
    OMIT_LEFT = PHONES * PHONES,
    OMIT_RIGHT = OMIT_LEFT + PHONES * PLACES,
    SIZE_LEFT = OMIT_RIGHT + PHONES * PLACES,
    SIZE_RIGHT = SIZE_LEFT + PHONES,
    TURNED = SIZE_RIGHT + PHONES,
    COSTS
};

/* In units in which a consonant for one of another kind costs 12; the table is written in eighths of these. */
static const double COST_MOST = 14, SIZE_LEAST = 1.5, SIZE_MOST = 15.5, WRITTEN = 8;
static const double CONSONANT_OMIT_LEAST = 3, KIND_EXCHANGE_LEAST = 2, LEAST = 0.3;
static const double SLOPE = 10, RATE = 0.5, TYPING_ERRORS = 0.15, MIDDLE = 0.70, HOPELESS = 0.1;

typedef struct example {
    unsigned char left[LETTERS_MOST], right[LETTERS_MOST];
    int left_count, right_count;
    bool held, same;
    double weight;
} example;

typedef struct model {
    bool symmetric;
    double cost[COSTS], least[COSTS], most[COSTS], squares[COSTS];
} model;

typedef struct alignment {
    double cost;
    int used[2 * LETTERS_MOST];
    int used_count;
} alignment;

static int place(int i, int count) {
    return i == 0 ? 0 : i == count - 1 ? 2 : 1;
}

static int exchange_of(const model *m, int x, int y) {
    return m->symmetric && x > y ? EXCHANGE + y * PHONES + x : EXCHANGE + x * PHONES + y;
}

static int omit_of(const model *m, bool right, int x, int at) {
    return (right && !m->symmetric ? OMIT_RIGHT : OMIT_LEFT) + x * PLACES + at;
}

static int size_of(const model *m, bool right, int x) {
    return (right && !m->symmetric ? SIZE_RIGHT : SIZE_LEFT) + x;
}

static void align(const model *m, const example *e, alignment *ret) {
    static double cost[LETTERS_MOST + 1][LETTERS_MOST + 1];
    static int step[LETTERS_MOST + 1][LETTERS_MOST + 1], used[LETTERS_MOST + 1][LETTERS_MOST + 1];
    int n = e->left_count, k = e->right_count;
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= k; j++) {
            double best = i || j ? INFINITY : 0;
            if (i && j) {
                int x = e->left[i - 1], y = e->right[j - 1], at = x == y ? -1 : exchange_of(m, x, y);
                best = cost[i - 1][j - 1] + (at < 0 ? 0 : m->cost[at]), step[i][j] = 0, used[i][j] = at;
            }
            if (i) {
                int at = omit_of(m, false, e->left[i - 1], place(i - 1, n));
                double c = cost[i - 1][j] + m->cost[at];
                if (c < best) best = c, step[i][j] = 1, used[i][j] = at;
            }
            if (j) {
                int at = omit_of(m, true, e->right[j - 1], place(j - 1, k));
                double c = cost[i][j - 1] + m->cost[at];
                if (c < best) best = c, step[i][j] = 2, used[i][j] = at;
            }
            if (i > 1 && j > 1 && e->left[i - 1] == e->right[j - 2] && e->left[i - 2] == e->right[j - 1]) {
                double c = cost[i - 2][j - 2] + m->cost[TURNED];
                if (c < best) best = c, step[i][j] = 3, used[i][j] = TURNED;
            }
            cost[i][j] = best;
        }
    ret->cost = cost[n][k];
    ret->used_count = 0;
    for (int i = n, j = k; i || j;) {
        if (used[i][j] >= 0) ret->used[ret->used_count++] = used[i][j];
        switch (step[i][j]) {
        case 0: i--, j--; break;
        case 1: i--; break;
        case 2: j--; break;
        default: i -= 2, j -= 2;
        }
    }
}

static double size_of_both(const model *m, const example *e) {
    double size = 0;
    for (int i = 0; i < e->left_count; i++) size += m->cost[size_of(m, false, e->left[i])];
    for (int j = 0; j < e->right_count; j++) size += m->cost[size_of(m, true, e->right[j])];
    return size;
}

static double likeness(const model *m, const example *e) {
    alignment a;
    align(m, e, &a);
    return 1 - 2 * a.cost / size_of_both(m, e);
}

/* ---- where it starts ---- */

static void start(model *m) {
    for (int x = 0; x < PHONES; x++) {
        int class = mz_phone_class((uint8_t)x);
        for (int y = 0; y < PHONES; y++) {
            int other = mz_phone_class((uint8_t)y), at = EXCHANGE + x * PHONES + y;
            m->cost[at] = x == y ? 0 : class != other ? 12 : class ? 5 : 4;
            m->least[at] = class && other && class != other ? KIND_EXCHANGE_LEAST : LEAST;
            m->most[at] = COST_MOST;
        }
        for (int side = OMIT_LEFT; side <= OMIT_RIGHT; side += PHONES * PLACES)
            for (int at = 0; at < PLACES; at++) {
                m->cost[side + x * PLACES + at] = class ? 12 : 4;
                m->least[side + x * PLACES + at] = class ? CONSONANT_OMIT_LEAST : LEAST;
                m->most[side + x * PLACES + at] = COST_MOST;
            }
        for (int side = SIZE_LEFT; side <= SIZE_RIGHT; side += PHONES) {
            m->cost[side + x] = class ? 13 : 7;
            m->least[side + x] = SIZE_LEAST;
            m->most[side + x] = SIZE_MOST;
        }
    }
    m->cost[TURNED] = 8, m->least[TURNED] = 4, m->most[TURNED] = COST_MOST;
    for (int i = 0; i < COSTS; i++) m->squares[i] = 0.01;
}

/* ---- learning ---- */

static unsigned random_state = 20260801;
static unsigned draw(unsigned below) {
    random_state = random_state * 1664525u + 1013904223u;
    return (unsigned)((unsigned long long)(random_state >> 8) * below >> 24);
}

static void misspell(example *e) {
    int at = (int)draw((unsigned)e->left_count);
    unsigned char other = (unsigned char)(1 + draw(30));
    switch (draw(4)) {
    case 0:
        memmove(e->left + at, e->left + at + 1, (size_t)(e->left_count - at - 1));
        e->left_count--;
        break;
    case 1:
        if (e->left_count == LETTERS_MOST) break;
        memmove(e->left + at + 1, e->left + at, (size_t)(e->left_count - at));
        e->left[at] = other;
        e->left_count++;
        break;
    case 2: e->left[at] = other; break;
    default:
        if (at) {
            unsigned char first = e->left[at];
            e->left[at] = e->left[at - 1];
            e->left[at - 1] = first;
        }
    }
}

static void move(model *m, int at, double gradient, double rate) {
    m->squares[at] += gradient * gradient;
    m->cost[at] -= rate * gradient / sqrt(m->squares[at]);
    if (m->cost[at] < m->least[at]) m->cost[at] = m->least[at];
    if (m->cost[at] > m->most[at]) m->cost[at] = m->most[at];
}

static double learn(model *m, const example *examples, const int *order, int count) {
    double middle = MIDDLE, middle_squares = 1;
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        for (int k = 0; k < count; k++) {
            example e = examples[order[k]];
            if (e.same && e.left_count > 4 && draw(1000) < TYPING_ERRORS * 1000) misspell(&e);
            alignment a;
            align(m, &e, &a);
            double size = size_of_both(m, &e), n = 1 - 2 * a.cost / size;
            if (e.same && n < HOPELESS) continue; /* the data's error, not a spelling */
            double probability = 1 / (1 + exp(-SLOPE * (n - middle)));
            double slope = SLOPE * e.weight * (probability - (e.same ? 1 : 0));
            middle_squares += slope * slope;
            middle += 0.05 * slope / sqrt(middle_squares);
            for (int u = 0; u < a.used_count; u++) move(m, a.used[u], slope * -2 / size, RATE);
            double by_size = slope * 2 * a.cost / (size * size);
            for (int i = 0; i < e.left_count; i++) move(m, size_of(m, false, e.left[i]), by_size, RATE * 0.3);
            for (int j = 0; j < e.right_count; j++) move(m, size_of(m, true, e.right[j]), by_size, RATE * 0.3);
        }
    return middle;
}

/* So that the likeness wanted is where right and wrong are equally many. */
static void put_middle(model *m, double middle, double wanted) {
    double factor = (1 - middle) / (1 - wanted);
    for (int i = SIZE_LEFT; i < TURNED; i++) {
        m->cost[i] *= factor;
    }
}

/* ---- figures ---- */

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

typedef struct figures {
    double area, at_one_percent, at_five_percent;
    int right, wrong;
} figures;

static figures separate(const model *m, const example *examples, int count) {
    double *right = malloc((size_t)count * sizeof *right), *wrong = malloc((size_t)count * sizeof *wrong);
    figures f = {0};
    if (!right || !wrong) exit(1);
    for (int i = 0; i < count; i++)
        if (examples[i].held) {
            double n = likeness(m, &examples[i]);
            if (examples[i].same)
                right[f.right++] = n;
            else
                wrong[f.wrong++] = n;
        }
    qsort(right, (size_t)f.right, sizeof *right, ascending);
    qsort(wrong, (size_t)f.wrong, sizeof *wrong, ascending);
    double below = 0, one = f.wrong ? wrong[f.wrong * 99 / 100] : 0, five = f.wrong ? wrong[f.wrong * 95 / 100] : 0;
    for (int i = 0, low = 0, high = 0; i < f.right; i++) {
        while (low < f.wrong && wrong[low] < right[i]) low++;
        if (high < low) high = low;
        while (high < f.wrong && wrong[high] <= right[i]) high++;
        below += (low + high) / 2.0;
        f.at_one_percent += right[i] > one;
        f.at_five_percent += right[i] > five;
    }
    f.area = below / f.right / f.wrong;
    f.at_one_percent /= f.right;
    f.at_five_percent /= f.right;
    free(right);
    free(wrong);
    return f;
}

static void tell(const char *table, const char *what, figures f) {
    (void)fprintf(stderr, "%-9s %-8s %6d right %6d wrong   area %.4f   found at 1 %% wrong %.3f, at 5 %% %.3f\n", table,
                  what, f.right, f.wrong, f.area, f.at_one_percent, f.at_five_percent);
}

/* ---- files ---- */

static int read_phones(const char *text, unsigned char *into) {
    int count = 0;
    for (; *text && count < LETTERS_MOST - 1; text++) {
        uint8_t phone = mz_phone_of_letter(*text);
        if (phone) into[count++] = phone;
    }
    return count;
}

static example *read_examples(const char *path, int *ret_count) {
    FILE *file = fopen(path, "r");
    example *examples = NULL;
    int count = 0, room = 0;
    char line[1024], part[8], left[256], right[256];
    int same;
    double weight;
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "%7s %d %lf %255s %255s", part, &same, &weight, left, right) != 5) continue;
        if (count == room && !(examples = realloc(examples, (size_t)(room = room * 2 + 4096) * sizeof *examples)))
            exit(1);
        example *e = &examples[count];
        *e = (example){.held = part[0] == 'h', .same = same != 0, .weight = weight};
        e->left_count = read_phones(left, e->left);
        e->right_count = read_phones(right, e->right);
        count += e->left_count && e->right_count;
    }
    if (file) (void)fclose(file);
    *ret_count = count;
    return examples;
}

static unsigned written(double cost) {
    return (unsigned)(cost * WRITTEN + 0.5) > 255 ? 255 : (unsigned)(cost * WRITTEN + 0.5);
}

static void write_row(const char *table, const char *what, int x, const double *row, int stride) {
    (void)printf("%s\t%s\t%c\t", table, what, x < 0 ? '*' : mz_phone_letter((uint8_t)x));
    for (int y = 1; y < PHONES; y++) (void)printf("%s%u", y > 1 ? " " : "", written(row[y * stride]));
    (void)putchar('\n');
}

static void write_table(const char *table, model *m) {
    static const char *const places[PLACES] = {"first", "inner", "last"};
    if (m->symmetric) {
        for (int x = 0; x < PHONES; x++)
            for (int y = 0; y < x; y++) m->cost[x * PHONES + y] = m->cost[y * PHONES + x];
        memcpy(m->cost + OMIT_RIGHT, m->cost + OMIT_LEFT, PHONES * PLACES * sizeof *m->cost);
        memcpy(m->cost + SIZE_RIGHT, m->cost + SIZE_LEFT, PHONES * sizeof *m->cost);
    }
    for (int x = 1; x < PHONES; x++) write_row(table, "exchange", x, m->cost + EXCHANGE + x * PHONES, 1);
    for (int at = 0; at < PLACES; at++) {
        char what[32];
        (void)snprintf(what, sizeof what, "omit-left-%s", places[at]);
        write_row(table, what, -1, m->cost + OMIT_LEFT + at, PLACES);
        (void)snprintf(what, sizeof what, "omit-right-%s", places[at]);
        write_row(table, what, -1, m->cost + OMIT_RIGHT + at, PLACES);
    }
    write_row(table, "size-left", -1, m->cost + SIZE_LEFT, 1);
    write_row(table, "size-right", -1, m->cost + SIZE_RIGHT, 1);
    (void)printf("%s\tturned\t*\t%u\n", table, written(m->cost[TURNED]));
}

int main(int count, char **arguments) {
    if (count != 5) {
        (void)fputs("usage: spelling TABLE same|other MIDDLE EXAMPLES\n", stderr);
        return 2;
    }
    int examples_count, trained = 0;
    example *examples = read_examples(arguments[4], &examples_count);
    static model m;
    m.symmetric = strcmp(arguments[2], "same") == 0;
    int *order = malloc((size_t)(examples_count + 1) * sizeof *order);
    if (!examples || !order) return 1;
    for (int i = 0; i < examples_count; i++)
        if (!examples[i].held) order[trained++] = i;
    for (int i = trained - 1; i > 0; i--) {
        int j = (int)draw((unsigned)i + 1), other = order[i];
        order[i] = order[j];
        order[j] = other;
    }
    start(&m);
    tell(arguments[1], "before", separate(&m, examples, examples_count));
    double middle = learn(&m, examples, order, trained);
    tell(arguments[1], "learned", separate(&m, examples, examples_count));
    put_middle(&m, middle, atof(arguments[3]));
    write_table(arguments[1], &m);
    free(examples);
    free(order);
    return 0;
}
