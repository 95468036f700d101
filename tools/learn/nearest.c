/* The words of a pool that are nearest to each of some words, by plain edit distance over phones.
 *
 * usage: nearest POOL COUNT [consonants] < WORDS
 *        POOL and WORDS have a row of phone letters a line; the answer is a line for each word: the numbers of the
 *        COUNT nearest lines of POOL, from 0. "consonants": short vowels are not compared.
 * For finding the wrong words that are hard to tell from right ones. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_MOST = 64, COUNT_MOST = 64, FAR = 99 };

typedef struct word {
    char letters[LETTERS_MOST];
    int size;
} word;

static bool read_word(FILE *file, bool consonants, word *ret_word) {
    char line[4096];
    if (!fgets(line, sizeof line, file)) return false;
    ret_word->size = 0;
    for (const char *c = line; *c && *c != '\n' && ret_word->size < LETTERS_MOST; c++)
        if (!consonants || !strchr("aeiouywh", *c)) ret_word->letters[ret_word->size++] = *c;
    return true;
}

static int distance(const word *a, const word *b, int most) {
    int rows[3][LETTERS_MOST + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= b->size; j++) last[j] = j, before[j] = FAR;
    for (int i = 1; i <= a->size; i++) {
        int least = row[0] = i;
        for (int j = 1; j <= b->size; j++) {
            int cost = last[j - 1] + (a->letters[i - 1] != b->letters[j - 1]);
            if (last[j] + 1 < cost) cost = last[j] + 1;
            if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1;
            if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] && a->letters[i - 2] == b->letters[j - 1] &&
                before[j - 2] + 1 < cost)
                cost = before[j - 2] + 1;
            row[j] = cost;
            if (cost < least) least = cost;
        }
        if (least > most) return FAR;
        int *spare = before;
        before = last, last = row, row = spare;
    }
    return last[b->size];
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    bool consonants = count > 3;
    int wanted = atoi(arguments[2]);
    FILE *file = fopen(arguments[1], "r");
    if (!file || wanted < 1 || wanted > COUNT_MOST) return 2;
    word *pool = NULL, query;
    size_t size = 0, room = 0;
    while (read_word(file, consonants, &query)) {
        if (size == room) pool = realloc(pool, (room = room * 2 + 1024) * sizeof *pool);
        if (!pool) return 1;
        pool[size++] = query;
    }
    (void)fclose(file);
    while (read_word(stdin, consonants, &query)) {
        int far[COUNT_MOST], found = 0;
        size_t nearest[COUNT_MOST];
        for (size_t w = 0; w < size; w++) {
            int most = found < wanted ? FAR - 1 : far[found - 1] - 1;
            if (abs(pool[w].size - query.size) > most) continue;
            int apart = distance(&query, &pool[w], most);
            if (apart > most) continue;
            int at = found < wanted ? found++ : found - 1;
            for (; at > 0 && far[at - 1] > apart; at--) far[at] = far[at - 1], nearest[at] = nearest[at - 1];
            far[at] = apart;
            nearest[at] = w;
        }
        for (int k = 0; k < found; k++) (void)printf("%s%zu", k ? " " : "", nearest[k]);
        (void)putchar('\n');
    }
    free(pool);
    return 0;
}
