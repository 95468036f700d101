/* Words of a name are found among the words of its parts by normal form, so that "TAZI" is the family name where
 * lastName is "Tazi"; not by place, for aliases and other spellings have other orders. */
#include "names/parts.h"

enum { PART_BYTES_MOST = 1024 }; /* a longer one is no part of a name */

static bool role_of_property(mz_property property, mz_role *ret_role) {
    switch ((int)property) {
    case MZ_PROP_firstName: *ret_role = MZ_ROLE_GIVEN; return true;
    case MZ_PROP_secondName:
    case MZ_PROP_middleName: *ret_role = MZ_ROLE_MIDDLE; return true;
    case MZ_PROP_fatherName: *ret_role = MZ_ROLE_PATRONYMIC; return true;
    case MZ_PROP_lastName:
    case MZ_PROP_maidenName: *ret_role = MZ_ROLE_FAMILY; return true;
    default: return false;
    }
}

static void enter(mz_name_parts *parts, mz_str folded, mz_role role) {
    for (size_t i = 0; i < parts->count; i++) {
        if (!mz_str_equal(parts->words[i].folded, folded)) continue;
        if (parts->words[i].role != role) parts->words[i].role = MZ_ROLE_NAME;
        return;
    }
    if (parts->count < MZ_PART_WORDS_MOST) parts->words[parts->count++] = (mz_part_word){folded, role};
}

mz_status mz_name_parts_read(const mz_entity *entity, mz_arena *arena, mz_name_parts *ret_parts, mz_error *error) {
    mz_role role;
    ret_parts->roles = (mz_str){"", 0};
    ret_parts->count = 0;
    for (size_t f = 0; f < entity->fact_count && ret_parts->count < MZ_PART_WORDS_MOST; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (!role_of_property(fact->property, &role) || fact->value.size > PART_BYTES_MOST) continue;
        mz_word *words;
        size_t count;
        bool cut;
        mz_status status = mz_text_words(fact->value, arena, MZ_PART_WORDS_MOST, &words, &count, &cut, error);
        if (status) return status;
        for (size_t i = 0; i < count; i++) enter(ret_parts, words[i].folded, role);
    }
    return MZ_OK;
}

static mz_role role_of_letter(char letter) {
    switch (letter) {
    case 'g': return MZ_ROLE_GIVEN;
    case 'm': return MZ_ROLE_MIDDLE;
    case 'f': return MZ_ROLE_FAMILY;
    case 'p': return MZ_ROLE_PATRONYMIC;
    default: return MZ_ROLE_NAME;
    }
}

/* The letter of the blank-separated word that a word stands in. */
static mz_role role_in_order(mz_str roles, mz_str name, mz_str original) {
    size_t before = 0;
    for (const char *c = name.data; c < original.data; c++) before += *c == ' ';
    return before < roles.size ? role_of_letter(roles.data[before]) : MZ_ROLE_NAME;
}

mz_role mz_name_parts_role(const mz_name_parts *parts, mz_str name, const mz_word *word) {
    mz_role role = parts->roles.size ? role_in_order(parts->roles, name, word->original) : MZ_ROLE_NAME;
    for (size_t i = 0; i < parts->count && role == MZ_ROLE_NAME; i++)
        if (mz_str_equal(parts->words[i].folded, word->folded)) role = parts->words[i].role;
    return role;
}
