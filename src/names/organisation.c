/* What is particular to the names of firms, organisations, ships and aircraft: legal forms, numbers, marks before a
 * ship's name. Numbers are put aside in persons' names, too. */
#include "names/draft.h"

#include <xxhash.h>

static void insert_sorted(uint32_t number, uint32_t *numbers, uint8_t *count, bool *cut) {
    if (*count == MZ_NAME_NUMBERS_MOST) {
        *cut = true;
        return;
    }
    size_t at = *count;
    while (at > 0 && numbers[at - 1] > number) {
        numbers[at] = numbers[at - 1];
        at--;
    }
    numbers[at] = number;
    (*count)++;
}

static void put_legal(mz_name *name, unsigned group) {
    for (size_t i = 0; i < name->legal_count; i++)
        if (name->legal[i] == group) return;
    if (name->legal_count == MZ_NAME_NUMBERS_MOST) return; /* nine different forms in one name: the rest add nothing */
    size_t at = name->legal_count++;
    for (; at > 0 && name->legal[at - 1] > group; at--) name->legal[at] = name->legal[at - 1];
    name->legal[at] = (uint16_t)group;
}

void mz_draft_legal_forms(mz_draft *d) {
    size_t first = 0, last = d->count, longest = mz_lexicon_longest_entry();
    for (bool found = true; found && last - first > 1;) {
        found = false;
        for (size_t size = last - first - 1 < longest ? last - first - 1 : longest; size && !found; size--) {
            mz_lexeme at_end = mz_draft_lexeme(d, last - size, size);
            if (at_end.kinds & MZ_LEXICON_LEGAL && !(at_end.kinds & MZ_LEXICON_NUMBER)) {
                put_legal(d->name, mz_lexeme_group(&at_end, MZ_LEXICON_LEGAL));
                memset(d->aside + last - size, 1, size);
                last -= size;
                found = true;
                break;
            }
            mz_lexeme at_start = mz_draft_lexeme(d, first, size);
            /* at the beginning only forms that stand there: not "as", "is", "al" and other short common words */
            if (at_start.kinds & MZ_LEXICON_LEGAL && !(at_start.kinds & (MZ_LEXICON_ARTICLE | MZ_LEXICON_PARTICLE)) &&
                (size > 1 || d->words[first].folded.size > 2)) {
                put_legal(d->name, mz_lexeme_group(&at_start, MZ_LEXICON_LEGAL));
                memset(d->aside + first, 1, size);
                first += size;
                found = true;
            }
        }
    }
}

static uint32_t number_value(mz_str digits) {
    uint32_t value = 0;
    if (digits.size > 9) return (uint32_t)(XXH3_64bits(digits.data, digits.size) | 0x80000000u);
    for (size_t i = 0; i < digits.size; i++) value = value * 10 + (uint32_t)(digits.data[i] - '0');
    return value;
}

void mz_draft_numbers(mz_draft *d) {
    size_t others = 0;
    for (size_t i = 0; i < d->count; i++) others += !d->aside[i] && !d->words[i].number;
    if (!others) return;
    for (size_t i = 0; i < d->count; i++) {
        if (d->aside[i]) continue;
        uint32_t value;
        if (d->words[i].number) {
            value = number_value(d->words[i].folded);
        } else {
            mz_lexeme lexeme = d->name->organisation && i > 0 && others > 1 ? mz_draft_lexeme(d, i, 1) : (mz_lexeme){0};
            if (!(lexeme.kinds & MZ_LEXICON_NUMBER)) continue;
            value = mz_lexeme_group(&lexeme, MZ_LEXICON_NUMBER);
            others--;
        }
        insert_sorted(value, d->name->numbers, &d->name->number_count, &d->name->cut);
        d->aside[i] = 1;
        bool sign = d->name->organisation && i > 0 && others > 1 && !d->aside[i - 1] &&
                    mz_draft_lexeme(d, i - 1, 1).kinds & MZ_LEXICON_SIGN;
        if (sign) {
            d->aside[i - 1] = 1;
            others--;
        }
    }
}

/* "M/V", "M/T": two letters with a slash between them are one mark. */
static bool vessel_mark(mz_draft *d, const mz_word *first, const mz_word *second, mz_word *ret_mark) {
    const char *between = first->original.data + first->original.size;
    if (first->latin.size != 1 || second->latin.size != 1 || between + 1 != second->original.data || *between != '/')
        return false;
    mz_str mark = mz_arena_print(d->arena, "%c%c", first->latin.data[0], second->latin.data[0]);
    if (!(mz_lexicon_find(mark).kinds & MZ_LEXICON_VESSEL)) return false;
    *ret_mark = *first;
    ret_mark->folded = ret_mark->latin = mark;
    ret_mark->original.size = (size_t)(second->original.data + second->original.size - first->original.data);
    return true;
}

mz_status mz_draft_organisation(mz_draft *d, const mz_word *found, size_t count, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) {
        mz_word mark;
        if (i + 1 < count && vessel_mark(d, &found[i], &found[i + 1], &mark)) {
            mz_draft_push(d, &mark);
            i++;
        } else {
            status = mz_draft_split(d, &found[i], error);
        }
    }
    return status;
}
