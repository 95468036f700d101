/* Entities that pass go one by one into a heap that holds the page and all before it, so that no more is kept of a
 * million than is asked for; facets are counted on the way. An entity that is found in several ways is offered once,
 * with its best score. */
#include "server/search.h"

#include "base/error.h"
#include "index/filter.h"
#include "index/joins.h"
#include "names/name.h"
#include "screen/query_json.h"
#include "server/search_facets.h"

#include <stdlib.h>

enum { PARTS_MOST = 2, WORDS_MOST = MZ_NAME_WORDS_MOST, SPELLINGS_MOST = 32, NUMBER_PROPERTIES = 6 };

static const double LEAST_ALIKE = 0.5, ID_SCORE = 1;

typedef struct part {
    const mz_index *index;
    uint32_t first; /* public number of its first entity */
    mz_part_filter filter;
} part;

typedef struct search {
    const mz_engine *engine;
    const mz_search_request *request;
    mz_arena *arena;
    part parts[PARTS_MOST];
    size_t part_count;
    mz_search_hit *heap; /* the last of the window on top */
    size_t heap_size, window;
    mz_search_hit *found; /* with a text: what was found, each perhaps several times */
    size_t found_count, found_room;
    mz_search_result result;
    mz_facets facets;
} search;

/* ---- what passes ---- */

static const part *part_of(const search *s, uint32_t *number) {
    const part *of = s->part_count > 1 && *number >= s->parts[1].first ? &s->parts[1] : &s->parts[0];
    *number -= of->first;
    return of;
}

static bool has_country(const mz_index *index, uint32_t entity, mz_str country) {
    mz_run run = mz_index_traits_of(index, entity);
    for (uint32_t t = run.first; t < run.end; t++) {
        const mz_trait_row *row = &index->traits[index->beside[t]];
        if (row->kind == MZ_TRAIT_COUNTRY && mz_str_equal(mz_index_text(index, row->text), country)) return true;
    }
    return false;
}

static bool has_topic(const mz_index *index, uint32_t entity, mz_str topic) {
    for (uint32_t set = index->listings[entity].topics; set; set = index->topic_sets[set - 1].rest)
        if (mz_str_equal(mz_index_text(index, index->topics[index->topic_sets[set - 1].topic]), topic)) return true;
    return false;
}

static bool has_list(const mz_index *index, uint32_t entity, mz_str list) {
    return mz_str_equal(mz_index_text(index, index->lists[index->entities[entity].list].list), list);
}

static bool has_schema(const mz_index *index, uint32_t entity, mz_str schema) {
    return mz_str_equal(mz_str_of(mz_schema_name((mz_schema)index->entities[entity].schema)), schema);
}

static bool has_value(const mz_index *index, uint32_t entity, const mz_search_property *wanted) {
    mz_run run = mz_index_traits_of(index, entity);
    bool date = mz_property_kind(wanted->property) == MZ_TYPE_DATE;
    for (uint32_t t = run.first; t < run.end; t++) {
        const mz_trait_row *row = &index->traits[index->beside[t]];
        mz_str text = mz_index_text(index, row->text);
        if (row->property != (unsigned)wanted->property) continue;
        if (date && text.size > wanted->value.size) text.size = wanted->value.size;
        if (mz_str_equal(text, wanted->value)) return true;
    }
    return false;
}

static bool has_values(const mz_index *index, uint32_t entity, const mz_search_values *wanted, bool all,
                       bool (*has)(const mz_index *index, uint32_t entity, mz_str value)) {
    for (size_t k = 0; k < wanted->count; k++) {
        bool one = has(index, entity, wanted->texts[k]);
        if (one != all) return one;
    }
    return all || !wanted->count;
}

static bool passes(const search *s, const part *of, uint32_t entity) {
    const mz_search_request *asked = s->request;
    mz_schema schema = (mz_schema)of->index->entities[entity].schema;
    if (mz_index_is_dead(of->index, entity) || !mz_part_filter_passes(&of->filter, entity)) return false;
    if (asked->scope->excluded_schemata && asked->scope->excluded_schemata[schema]) return false;
    if (asked->schema != MZ_SCHEMA_Thing && !mz_schema_is_a(schema, asked->schema)) return false;
    for (size_t k = 0; k < asked->property_count; k++)
        if (!has_value(of->index, entity, &asked->properties[k])) return false;
    return has_values(of->index, entity, &asked->countries, asked->all_of_them, has_country) &&
           has_values(of->index, entity, &asked->topics, asked->all_of_them, has_topic) &&
           has_values(of->index, entity, &asked->lists, asked->all_of_them, has_list) &&
           has_values(of->index, entity, &asked->schemata, asked->all_of_them, has_schema);
}

/* ---- order ---- */

static int by_day(int32_t a, int32_t b, int32_t unknown, bool descending) {
    if (a == b) return 0;
    if (a == unknown || b == unknown) return a == unknown ? 1 : -1;
    return (a < b) != descending ? -1 : 1;
}

static int32_t listed_on(const mz_listing_row *row) {
    return row->first_listed == row->last_listed ? row->first_listed : INT32_MAX;
}

/* The order that was asked for; of equal ones the first in the index. */
static int order(const search *s, const mz_search_hit *a, const mz_search_hit *b) {
    uint32_t left = a->number, right = b->number;
    const mz_search_request *asked = s->request;
    int found = 0;
    if (asked->order == MZ_SEARCH_BY_SCORE) {
        found = a->score > b->score ? -1 : a->score < b->score;
    } else {
        const mz_index *one = part_of(s, &left)->index, *other = part_of(s, &right)->index;
        mz_index_entry first, second;
        if (asked->order == MZ_SEARCH_BY_LISTING) {
            found = by_day(listed_on(&one->listings[left]), listed_on(&other->listings[right]), INT32_MAX,
                           asked->descending);
        } else if (asked->order == MZ_SEARCH_BY_CHANGE) {
            found = by_day(one->listings[left].last_change, other->listings[right].last_change, INT32_MAX,
                           asked->descending);
        } else {
            mz_image_entity(one, left, &first);
            mz_image_entity(other, right, &second);
            found = asked->order == MZ_SEARCH_BY_ID        ? mz_str_order(first.id, second.id)
                    : asked->order == MZ_SEARCH_BY_CAPTION ? mz_str_order(first.caption, second.caption)
                                                           : mz_str_order(mz_str_of(mz_schema_name(first.schema)),
                                                                          mz_str_of(mz_schema_name(second.schema)));
            if (asked->descending) found = -found;
        }
    }
    return found ? found : a->number < b->number ? -1 : a->number > b->number;
}

static void sink(search *s, size_t at) {
    for (;;) {
        size_t last = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < s->heap_size; child++)
            if (order(s, &s->heap[child], &s->heap[last]) > 0) last = child;
        if (last == at) return;
        mz_search_hit moved = s->heap[at];
        s->heap[at] = s->heap[last];
        s->heap[last] = moved;
        at = last;
    }
}

static void rise(search *s, size_t at) {
    while (at && order(s, &s->heap[at], &s->heap[(at - 1) / 2]) > 0) {
        mz_search_hit moved = s->heap[at];
        s->heap[at] = s->heap[(at - 1) / 2];
        s->heap[(at - 1) / 2] = moved;
        at = (at - 1) / 2;
    }
}

/* An entity that passes, each once. */
static void take(search *s, const part *of, uint32_t entity, double score) {
    const mz_search_hit hit = {of->first + entity, score};
    s->result.total++;
    mz_facets_count(&s->facets, of->index, entity);
    if (s->heap_size < s->window) {
        s->heap[s->heap_size] = hit;
        rise(s, s->heap_size++);
    } else if (s->window && order(s, &hit, &s->heap[0]) < 0) {
        s->heap[0] = hit;
        sink(s, 0);
    }
}

/* Takes the heap apart from its end: what is left in its place is in order. */
static void make_page(search *s) {
    size_t count = s->heap_size, offset = s->request->offset;
    while (s->heap_size > 1) {
        mz_search_hit last = s->heap[0];
        s->heap[0] = s->heap[--s->heap_size];
        s->heap[s->heap_size] = last;
        sink(s, 0);
    }
    s->result.hits = s->heap + (offset < count ? offset : count);
    s->result.hit_count = offset < count ? count - offset : 0;
}

/* ---- with a text ---- */

static void find(search *s, uint32_t number, double score) {
    if (s->found_count == s->found_room) {
        size_t room = s->found_room ? 2 * s->found_room : 1024;
        mz_search_hit *found = MZ_ARENA_NEW(s->arena, room, mz_search_hit);
        if (!found) return;
        if (s->found_count) memcpy(found, s->found, s->found_count * sizeof *found);
        s->found = found;
        s->found_room = room;
    }
    s->found[s->found_count++] = (mz_search_hit){number, score};
}

static mz_status screen(search *s, const mz_fact *facts, size_t count, mz_schema schema, mz_error *error) {
    static const mz_json_value wished = {.kind = MZ_JSON_NULL};
    const mz_entity query = {.schema = schema, .facts = facts, .fact_count = count};
    const mz_query_wishes wishes = {.threshold_at = &wished,
                                    .part = {.threshold = LEAST_ALIKE},
                                    .algorithm_at = &wished,
                                    .algorithm = MZ_ALGORITHM_MIZAN_1,
                                    .limit_at = &wished,
                                    .filter_at = &wished,
                                    .filter = s->request->scope->filter,
                                    .excluded_schemata = s->request->scope->excluded_schemata};
    const mz_screening *screening;
    mz_found *found = MZ_ARENA_NEW(s->arena, MZ_SEARCH_FOUND_MOST, mz_found);
    if (!found) return mz_fail_arena(s->arena, error, "the search");
    mz_status status = mz_screen_wished(s->engine->screener, MZ_STR(""), &query, &wishes, &screening, error);
    if (status) return status;
    size_t taken = mz_screener_found(s->engine->screener, found, MZ_SEARCH_FOUND_MOST);
    for (size_t k = 0; k < taken; k++) find(s, found[k].number, found[k].score);
    s->result.cut |= screening->cut || screening->total_hits > taken;
    return MZ_OK;
}

static mz_status find_alike(search *s, mz_error *error) {
    const mz_fact name = {.property = MZ_PROP_name, .value = s->request->text};
    return screen(s, &name, 1, s->request->schema, error);
}

/* The text as a number, of whatever kind: without it no digit is one. */
static mz_status find_number(search *s, mz_error *error) {
    static const mz_property properties[NUMBER_PROPERTIES] = {MZ_PROP_passportNumber, MZ_PROP_registrationNumber,
                                                              MZ_PROP_idNumber,       MZ_PROP_imoNumber,
                                                              MZ_PROP_taxNumber,      MZ_PROP_publicKey};
    mz_str text = s->request->text;
    const mz_record *record;
    mz_builder *builder = NULL;
    bool digit = false;
    for (size_t k = 0; k < text.size && !digit; k++) digit = text.data[k] >= '0' && text.data[k] <= '9';
    if (!digit || text.size >= MZ_IDENTIFIER_SIZE) return MZ_OK;
    mz_status status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (status) return status;
    mz_builder_start(builder, MZ_STR("query"));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Thing, MZ_STR("query"), (mz_position){0});
    for (size_t k = 0; k < NUMBER_PROPERTIES; k++)
        (void)mz_builder_add(builder, 0, properties[k], text, (mz_position){0});
    status = mz_builder_finish(builder, &record, error);
    if (!status) status = screen(s, record->entities[0].facts, record->entities[0].fact_count, MZ_SCHEMA_Thing, error);
    mz_builder_free(builder);
    return status;
}

static void find_id(search *s) {
    uint32_t number;
    if (!mz_index_find(s->engine->index, s->request->text, &number, NULL)) find(s, number, ID_SCORE);
}

/* A word of the text in the vocabulary of one part: it is there several times where it is said in several ways. */
typedef struct spellings {
    uint32_t words[SPELLINGS_MOST];
    size_t count;
    uint64_t postings;
} spellings;

static void look_up(const mz_index *index, const mz_name_word *word, spellings *ret_found) {
    const uint32_t *words;
    size_t count = mz_index_skeletons(index, word->skeleton, &words);
    *ret_found = (spellings){.count = 0};
    for (size_t k = 0; k < count && ret_found->count < SPELLINGS_MOST; k++) {
        const mz_word_row *row = &index->words[words[k]];
        if (!mz_str_equal(mz_index_text(index, row->folded), word->folded)) continue;
        ret_found->words[ret_found->count++] = words[k];
        ret_found->postings += row->posting_count;
    }
}

static bool name_has(const mz_index *index, uint32_t name, const spellings *of) {
    for (size_t k = 0; k < of->count; k++)
        if (mz_index_has_word(index, name, of->words[k])) return true;
    return false;
}

/* Names that have all words. Their scores are below those of names that are alike, the higher the more of the name the
 * words are. */
static void find_names_with(search *s, const part *of, const spellings *words, size_t count) {
    size_t rarest = 0, looked_at = 0;
    for (size_t w = 1; w < count; w++)
        if (words[w].postings < words[rarest].postings) rarest = w;
    for (size_t k = 0; k < words[rarest].count; k++) {
        const mz_word_row *row = &of->index->words[words[rarest].words[k]];
        for (uint32_t p = 0; p < row->posting_count; p++) {
            uint32_t name = of->index->postings[row->first_posting + p];
            bool all = true;
            if (++looked_at > MZ_SEARCH_NAMES_MOST) {
                s->result.cut = true;
                return;
            }
            for (size_t w = 0; w < count && all; w++) all = w == rarest || name_has(of->index, name, &words[w]);
            double share = (double)count / (of->index->names[name].word_count + 1.0);
            if (all) find(s, of->first + of->index->names[name].entity, LEAST_ALIKE * (share < 1 ? share : 1));
        }
    }
}

/* ---- with a text that is being typed ---- */

/* A word of the vocabulary that begins as the last of the text does. */
typedef struct begun_word {
    uint32_t word, size;
} begun_word;

static bool begins(mz_str word, mz_str beginning) {
    return word.size >= beginning.size && memcmp(word.data, beginning.data, beginning.size) == 0;
}

/* How much of a word of the name its beginning is, of the one that it is most of; 0: none begins so. */
static double share_begun(const mz_index *index, uint32_t name, mz_str beginning) {
    double most = 0;
    for (size_t w = 0; w < index->names[name].word_count; w++) {
        mz_str word = mz_index_text(index, index->words[mz_index_name_word(index, name, w)].folded);
        double share = begins(word, beginning) ? (double)beginning.size / (double)word.size : 0;
        if (share > most) most = share;
    }
    return most;
}

/* Below all that has the words whole: of a name of the most words one scores LEAST_ALIKE / (MZ_NAME_WORDS_MOST + 1). */
static void find_begun(search *s, const part *of, uint32_t name, const spellings *words, size_t count, mz_str last) {
    for (size_t w = 0; w < count; w++)
        if (!name_has(of->index, name, &words[w])) return;
    double begun = share_begun(of->index, name, last);
    double share = ((double)count + begun) / (of->index->names[name].word_count + 1.0);
    if (begun > 0)
        find(s, of->first + of->index->names[name].entity,
             LEAST_ALIKE / (MZ_NAME_WORDS_MOST + 2) * (share < 1 ? share : 1));
}

static int shortest_first(const void *left, const void *right) {
    const begun_word *a = left, *b = right;
    if (a->size != b->size) return a->size < b->size ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

/* The vocabulary is in no order that would help: it is walked from end to end. */
static mz_status find_names_begun(search *s, const part *of, mz_str last, mz_error *error) {
    const mz_index *index = of->index;
    size_t count = 0, looked_at = 0;
    begun_word *words = MZ_ARENA_NEW(s->arena, MZ_SEARCH_BEGUN_MOST, begun_word);
    if (!words) return mz_fail_arena(s->arena, error, "the search");
    for (uint32_t w = 0; w < index->word_count && count < MZ_SEARCH_BEGUN_MOST; w++) {
        mz_str word = mz_index_text(index, index->words[w].folded);
        if (begins(word, last)) words[count++] = (begun_word){w, (uint32_t)word.size};
    }
    s->result.cut |= count == MZ_SEARCH_BEGUN_MOST;
    if (count) qsort(words, count, sizeof *words, shortest_first);
    for (size_t k = 0; k < count; k++) {
        const mz_word_row *row = &index->words[words[k].word];
        for (uint32_t p = 0; p < row->posting_count; p++) {
            if (++looked_at > MZ_SEARCH_BEGUN_NAMES_MOST) {
                s->result.cut = true;
                return MZ_OK;
            }
            find_begun(s, of, index->postings[row->first_posting + p], NULL, 0, last);
        }
    }
    return MZ_OK;
}

/* Names with the `count` words and one that begins with the last. */
static mz_status find_typed(search *s, const part *of, const spellings *words, size_t count, mz_str last,
                            mz_error *error) {
    size_t rarest = 0, looked_at = 0;
    if (!count) return find_names_begun(s, of, last, error);
    for (size_t w = 1; w < count; w++)
        if (words[w].postings < words[rarest].postings) rarest = w;
    for (size_t k = 0; k < words[rarest].count; k++) {
        const mz_word_row *row = &of->index->words[words[rarest].words[k]];
        for (uint32_t p = 0; p < row->posting_count; p++) {
            if (++looked_at > MZ_SEARCH_NAMES_MOST) {
                s->result.cut = true;
                return MZ_OK;
            }
            find_begun(s, of, of->index->postings[row->first_posting + p], words, count, last);
        }
    }
    return MZ_OK;
}

static mz_status find_containing(search *s, mz_error *error) {
    mz_name name;
    spellings *words = MZ_ARENA_NEW(s->arena, WORDS_MOST, spellings);
    mz_status status = mz_name_parse(s->request->text, true, s->arena, &name, error);
    if (!status && !words) status = mz_fail_arena(s->arena, error, "the search");
    for (size_t p = 0; p < s->part_count && !status; p++) {
        size_t count = name.count < WORDS_MOST ? name.count : WORDS_MOST, known = 0;
        for (bool found = true; known < count && found; known += found) {
            look_up(s->parts[p].index, &name.words[known], &words[known]);
            found = words[known].count > 0;
        }
        if (count && known == count) find_names_with(s, &s->parts[p], words, count);
        if (s->request->typing && count && known + 1 >= count)
            status = find_typed(s, &s->parts[p], words, count - 1, name.words[count - 1].folded, error);
    }
    return status;
}

static int by_number(const void *left, const void *right) {
    const mz_search_hit *a = left, *b = right;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->score > b->score ? -1 : a->score < b->score;
}

static void take_found(search *s) {
    if (s->found_count) qsort(s->found, s->found_count, sizeof *s->found, by_number);
    for (size_t k = 0; k < s->found_count; k++) {
        uint32_t entity = s->found[k].number;
        if (k && s->found[k].number == s->found[k - 1].number) continue;
        const part *of = part_of(s, &entity);
        if (passes(s, of, entity)) take(s, of, entity, s->found[k].score);
    }
}

static mz_status find_by_text(search *s, mz_error *error) {
    mz_status status = find_alike(s, error);
    if (!status) status = find_number(s, error);
    if (!status) status = find_containing(s, error);
    if (status) return status;
    find_id(s);
    take_found(s);
    return MZ_OK;
}

/* ---- without a text ---- */

static void take_all(search *s) {
    for (size_t p = 0; p < s->part_count; p++) {
        const part *of = &s->parts[p];
        for (uint32_t e = 0; e < of->index->entity_count; e++) {
            if (!passes(s, of, e)) continue;
            if (s->result.total == MZ_SEARCH_ENTITIES_MOST) {
                s->result.cut = true;
                return;
            }
            take(s, of, e, 0);
        }
    }
}

/* ---- all of it ---- */

static mz_status begin(search *s, mz_error *error) {
    const mz_index *index = s->engine->index;
    s->parts[0] = (part){.index = index, .first = 0};
    s->part_count = 1;
    if (index->changes) s->parts[s->part_count++] = (part){.index = index->changes, .first = index->entity_count};
    mz_status status = MZ_OK;
    for (size_t p = 0; p < s->part_count && !status; p++)
        status =
            mz_part_filter_make(&s->request->scope->filter, s->parts[p].index, s->arena, &s->parts[p].filter, error);
    s->window = s->request->limit ? s->request->offset + s->request->limit : 0;
    s->heap = MZ_ARENA_NEW(s->arena, s->window + 1, mz_search_hit);
    if (!status && !s->heap) status = mz_fail_arena(s->arena, error, "the search");
    return status;
}

static bool is_blank(mz_str text) {
    for (size_t k = 0; k < text.size; k++)
        if (!memchr(" \t\r\n", text.data[k], 4)) return false;
    return true;
}

mz_status mz_search_listed(const mz_engine *engine, const mz_search_request *request, mz_arena *arena,
                           mz_search_result *ret_result, mz_error *error) {
    search s = {.engine = engine, .request = request, .arena = arena};
    if (request->offset > MZ_SEARCH_WINDOW_MOST || request->limit > MZ_SEARCH_WINDOW_MOST - request->offset)
        return mz_fail(error, MZ_ERR_ARGUMENT, "a page must end within the first %d", MZ_SEARCH_WINDOW_MOST);
    mz_facets_init(&s.facets, request->facets, arena);
    mz_status status = begin(&s, error);
    if (!status && !request->scope->nothing) {
        if (is_blank(request->text))
            take_all(&s);
        else
            status = find_by_text(&s, error);
    }
    if (!status) {
        make_page(&s);
        mz_facets_tell(&s.facets, &s.result);
    }
    bool starved = s.facets.failed;
    mz_facets_done(&s.facets);
    if (!status && starved) status = mz_fail_memory(error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the search");
    if (!status) *ret_result = s.result;
    return status;
}
