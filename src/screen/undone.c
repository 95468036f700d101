#include "screen/undone.h"

#include "base/shown.h"

#include <inttypes.h>

enum { SAID_MOST = 3 };

/* Each text once: a name that is read as a person's and as a firm's, a word that several names have. */
static void add_text(mz_str *texts, size_t *count, mz_str text) {
    for (size_t i = 0; i < *count; i++)
        if (mz_str_equal(texts[i], text)) return;
    texts[(*count)++] = text;
}

static size_t count_words(const mz_undone *undone, const mz_query *query) {
    size_t count = 0;
    for (size_t q = 0; q < query->name_count; q++) count += (size_t)__builtin_popcountll(undone->words[q]);
    return count;
}

mz_status mz_undone_tell(const mz_undone *undone, const mz_query *query, mz_arena *arena, const mz_cut **ret_cut,
                         mz_error *error) {
    *ret_cut = NULL;
    if (!undone->any) return MZ_OK;
    mz_cut *cut = MZ_ARENA_NEW(arena, 1, mz_cut);
    mz_str *names = MZ_ARENA_NEW(arena, query->name_count + 1, mz_str),
           *words = MZ_ARENA_NEW(arena, count_words(undone, query) + 1, mz_str);
    if (!cut || !names || !words) return mz_query_too_much(arena, error);
    *cut = (mz_cut){.names = names,
                    .words = words,
                    .listed_names = undone->listed_names,
                    .entities = undone->entities,
                    .numbers = undone->numbers};
    for (size_t q = 0; q < query->name_count; q++) {
        const mz_name *name = &query->names[q].name;
        if (undone->names[q]) add_text(names, &cut->name_count, name->text);
        for (size_t i = 0; i < name->count; i++)
            if (undone->words[q] >> i & 1) add_text(words, &cut->word_count, name->words[i].original);
    }
    *ret_cut = cut;
    return MZ_OK;
}

static void say_texts(mz_buffer *out, const char *what, const mz_str *texts, size_t count) {
    if (!count) return;
    mz_buffer_print(out, "; %s not searched for: ", what);
    for (size_t i = 0; i < count && i < SAID_MOST; i++)
        mz_buffer_print(out, "%s\"%.*s\"", i ? ", " : "", mz_shown(texts[i]), texts[i].data);
    if (count > SAID_MOST) mz_buffer_print(out, " and %zu more", count - SAID_MOST);
}

mz_str mz_undone_say(const mz_cut *cut, mz_str told, mz_arena *arena) {
    mz_buffer said;
    mz_buffer_init(&said, 64 * 1024);
    mz_buffer_str(&said, told);
    mz_buffer_print(&said, "%sthe budget of work was used up", told.size ? "; " : "");
    if (cut->numbers) mz_buffer_print(&said, "; not all bearers of its numbers were looked up");
    say_texts(&said, "names", cut->names, cut->name_count);
    say_texts(&said, "words", cut->words, cut->word_count);
    if (cut->listed_names) mz_buffer_print(&said, "; listed names found and not compared: %" PRIu64, cut->listed_names);
    if (cut->entities) mz_buffer_print(&said, "; entities found and not judged: %" PRIu64, cut->entities);
    mz_str text = mz_arena_copy(arena, mz_buffer_view(&said));
    mz_buffer_done(&said);
    return text;
}
