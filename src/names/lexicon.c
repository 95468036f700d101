#include "names/lexicon.h"

#include "names/lexicon_table.h"

mz_lexeme mz_lexicon_find(mz_str words) {
    size_t low = 0, high = mz_lexicon_row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mz_lexicon_row *row = &mz_lexicon_rows[middle];
        mz_str text = {mz_lexicon_text + row->text, row->size};
        /* the first letter tells most apart */
        int order = words.size && text.size ? (uint8_t)words.data[0] - (uint8_t)text.data[0] : 0;
        if (!order) order = mz_str_order(words, text);
        if (order == 0) {
            mz_lexeme found = {mz_lexicon_links + row->links, row->link_count, 0, row->bits};
            for (size_t i = 0; i < found.link_count; i++) found.kinds |= found.links[i].kind;
            return found;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (mz_lexeme){0};
}

unsigned mz_lexeme_group(const mz_lexeme *lexeme, unsigned kind) {
    for (size_t i = 0; i < lexeme->link_count; i++)
        if (lexeme->links[i].kind == kind) return lexeme->links[i].group;
    return 0;
}

void mz_lexeme_link(const mz_lexeme *lexeme, size_t i, unsigned *ret_kind, unsigned *ret_group) {
    *ret_kind = lexeme->links[i].kind;
    *ret_group = lexeme->links[i].group;
}

size_t mz_lexicon_longest_entry(void) {
    return mz_lexicon_longest;
}
