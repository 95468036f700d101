/* An index of one or two parts told of as one: its facts, its lists, its entities by number and id. */
#include "base/error.h"
#include "base/map.h"
#include "index/image.h"

#include <assert.h>
#include <stdlib.h>

const mz_index *mz_index_part(const mz_index *index, uint32_t *number) {
    if (*number < index->entity_count) return mz_index_is_dead(index, *number) ? NULL : index;
    *number -= index->entity_count;
    return index->changes && *number < index->changes->entity_count ? index->changes : NULL;
}

bool mz_index_holds(const mz_index *index, uint32_t number) {
    return mz_index_part(index, &number) != NULL;
}

/* ---- facts ---- */

static void add_facts(mz_index_facts *facts, const mz_index *part) {
    facts->bytes += part->size;
    facts->entities += part->entity_count;
    facts->numbers += part->entity_count;
    facts->names += part->name_count;
    facts->words += part->word_count;
    facts->identifiers += (uint32_t)part->identifiers.key_count;
}

/* Where each list of a part stands among those of the whole; one that is not there yet is put behind them. */
static bool place_lists(mz_index *part, mz_map *places, mz_index_list *lists, uint32_t *count) {
    for (uint32_t i = 0; i < part->list_count; i++) {
        const mz_list_row *row = &part->lists[i];
        mz_str list = mz_index_text(part, row->list);
        const uint32_t *place = mz_map_put(places, list, *count);
        if (!place) return false;
        if (*place == *count)
            lists[(*count)++] = (mz_index_list){list, mz_index_text(part, row->version), row->published, 0};
        lists[*place].entities += row->entities;
        part->list_places[i] = *place;
    }
    return true;
}

/* The newer part knows all lists, and their versions. */
static mz_status list_both(mz_index *index, mz_index_list *lists, size_t *ret_count, mz_error *error) {
    mz_map places;
    uint32_t count = 0;
    mz_map_init(&places);
    bool placed = !index->changes || place_lists(index->changes, &places, lists, &count);
    placed = placed && place_lists(index, &places, lists, &count);
    mz_map_done(&places);
    *ret_count = count;
    return placed ? MZ_OK : mz_fail_memory(error);
}

static void drop_dead(mz_index *base, mz_index_facts *facts, mz_index_list *lists) {
    for (uint32_t e = 0; e < base->entity_count; e++) {
        if (!base->dead[e / 8]) e |= 7;
        if (e >= base->entity_count || !mz_index_is_dead(base, e)) continue;
        mz_run names = mz_index_names_of(base, e);
        facts->entities--;
        facts->names -= names.end - names.first;
        facts->removed++;
        lists[base->list_places[base->entities[e].list]].entities--;
    }
}

static mz_status make_list_places(mz_index *part, mz_error *error) {
    if (!part->list_places) part->list_places = calloc(part->list_count + 1, sizeof *part->list_places);
    return part->list_places ? MZ_OK : mz_fail_memory(error);
}

mz_status mz_index_sum(mz_index *index, mz_error *error) {
    mz_index *changes = index->changes;
    mz_index_facts facts = {.format_version = MZ_IMAGE_VERSION};
    size_t room = (size_t)index->list_count + (changes ? changes->list_count : 0);
    mz_index_list *lists = calloc(room + 1, sizeof *lists);
    if (!lists) return mz_fail_memory(error);
    mz_status status = make_list_places(index, error);
    if (!status && changes) status = make_list_places(changes, error);
    if (!status) status = list_both(index, lists, &facts.list_count, error);
    if (status) {
        free(lists);
        return status;
    }
    facts.lists = lists;
    add_facts(&facts, index);
    if (changes) {
        add_facts(&facts, changes);
        facts.added = changes->entity_count;
        facts.added_bytes = changes->size;
        drop_dead(index, &facts, lists);
    }
    free(index->list_facts);
    index->list_facts = lists;
    index->facts = facts;
    return MZ_OK;
}

void mz_index_info(const mz_index *index, mz_index_facts *ret_facts) {
    *ret_facts = index->facts;
}

bool mz_index_section(const mz_index *index, size_t number, const char **ret_name, uint64_t *ret_bytes) {
    if (number >= MZ_SECTION_COUNT) return false;
    *ret_name = mz_section_name((mz_section)number);
    *ret_bytes = mz_index_header(index)->sections[number].size;
    return true;
}

/* ---- entities ---- */

void mz_index_entity(const mz_index *index, uint32_t number, mz_index_entry *ret_entry) {
    const mz_index *part = mz_index_part(index, &number);
    assert(part);
    mz_image_entity(part, number, ret_entry);
}

mz_status mz_index_record(const mz_index *index, uint32_t number, char **ret_json, size_t *ret_size, mz_error *error) {
    uint32_t entity = number;
    const mz_index *part = mz_index_part(index, &entity);
    if (!part) return mz_fail(error, MZ_ERR_ARGUMENT, "the index has no entity %u", number);
    return mz_image_record(part, entity, ret_json, ret_size, error);
}

static bool is_listed(const mz_index *part, uint32_t entity, mz_str list) {
    return !list.data || mz_str_equal(mz_index_text(part, part->lists[part->entities[entity].list].list), list);
}

/* The first living entity of a part with this id, of that list; without data: of any. */
static bool find_in(const mz_index *part, mz_str list, mz_str id, uint32_t *ret_entity) {
    const uint32_t *entities;
    size_t count = mz_table_find(&part->ids, mz_index_text_key(id), &entities);
    for (size_t k = 0; k < count; k++)
        if (!mz_index_is_dead(part, entities[k]) && mz_str_equal(mz_index_id(part, entities[k]), id) &&
            is_listed(part, entities[k], list)) {
            *ret_entity = entities[k];
            return true;
        }
    return false;
}

mz_status mz_index_find(const mz_index *index, mz_str id, uint32_t *ret_number, mz_error *error) {
    return mz_index_find_listed(index, (mz_str){NULL, 0}, id, ret_number, error);
}

mz_status mz_index_find_listed(const mz_index *index, mz_str list, mz_str id, uint32_t *ret_number, mz_error *error) {
    if (find_in(index, list, id, ret_number)) return MZ_OK;
    if (index->changes && find_in(index->changes, list, id, ret_number)) {
        *ret_number += index->entity_count;
        return MZ_OK;
    }
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no entity has the id %.*s", (int)(id.size < 200 ? id.size : 200), id.data);
}
