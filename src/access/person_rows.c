/* People as the store has them. */
#include "access/state.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "text/text.h"

#include <string.h>

static const char *const state_words[MZ_PERSON_STATE_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_PERSON_STATES(MZ_X)
#undef MZ_X
};

const char *mz_person_state_word(mz_person_state state) {
    return state_words[state];
}

mz_person_state mz_person_state_of(mz_str word) {
    mz_person_state state = 0;
    while (state < MZ_PERSON_STATE_COUNT && !mz_str_equal(word, mz_str_of(state_words[state]))) state++;
    return state;
}

mz_str mz_roles_text(uint32_t roles, mz_arena *arena) {
    mz_str text = MZ_STR("");
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++)
        if (roles >> role & 1)
            text = mz_arena_print(arena, "%.*s%s%s", (int)text.size, text.data, text.size ? " " : "",
                                  mz_access_role_word(role));
    return text;
}

uint32_t mz_roles_read(mz_str text) {
    uint32_t roles = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != ' ') end++;
        mz_access_role role = mz_access_role_of((mz_str){text.data + at, end - at});
        if (role < MZ_ACCESS_ROLE_COUNT) roles |= 1u << role;
        at = end + 1;
    }
    return roles;
}

/* --- what people are called --- */

mz_status mz_login_name(mz_str given, mz_arena *arena, mz_str *ret_name, mz_error *error) {
    mz_str trimmed = mz_trimmed(given);
    if (trimmed.size < MZ_LOGIN_BYTES_LEAST || trimmed.size > MZ_LOGIN_BYTES_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "a name to sign in with has from %d to %d letters",
                       (int)MZ_LOGIN_BYTES_LEAST, (int)MZ_LOGIN_BYTES_MOST);
    char *name = MZ_ARENA_NEW(arena, trimmed.size + 1, char);
    if (!name) return mz_fail_arena(arena, error, "the request");
    for (size_t k = 0; k < trimmed.size; k++) {
        char c = mz_lower(trimmed.data[k]);
        if (!mz_is_letter(c) && !mz_is_digit(c) && (!c || !strchr("._-+@", c)))
            return mz_fail(error, MZ_ERR_INPUT,
                           "a name to sign in with has Latin letters without accents, digits and . _ - + @ only");
        name[k] = c;
    }
    *ret_name = (mz_str){name, trimmed.size};
    return MZ_OK;
}

mz_status mz_title_check(mz_str title, const char *what, mz_error *error) {
    size_t offset = 0;
    uint32_t c;
    if (!title.size || title.size > MZ_TITLE_BYTES_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "%s must have from 1 to %d bytes", what, (int)MZ_TITLE_BYTES_MOST);
    if (!mz_utf8_valid(title, NULL)) return mz_fail(error, MZ_ERR_INPUT, "%s is not UTF-8", what);
    while (mz_utf8_next(title, &offset, &c))
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
            c == 0x2028 || c == 0x2029)
            return mz_fail(error, MZ_ERR_INPUT, "%s has a control character in it", what);
    return MZ_OK;
}

mz_str mz_throttle_name(mz_arena *arena, mz_str agency, mz_str name) {
    return mz_arena_print(arena, "name:%.*s/%.*s", mz_shown_within(agency, 256), agency.data ? agency.data : "",
                          mz_shown_within(name, 256), name.data ? name.data : "");
}

/* --- rows --- */

/* Columns in the order of the queries below. */
static void read_row(const mz_sql_value *c, mz_person_row *ret_row) {
    mz_person_state state = mz_person_state_of(c[7].text);
    *ret_row = (mz_person_row){
        .person = {.key = c[0].text,
                   .agency = c[1].text,
                   .name = c[2].text,
                   .title = c[3].text,
                   .email = c[4].text,
                   .language = c[5].text,
                   .roles = mz_roles_read(c[6].text),
                   .state = state < MZ_PERSON_STATE_COUNT ? state : MZ_PERSON_LOCKED,
                   .second_factor = c[11].text.size > 0,
                   .created = c[14].number,
                   .signed_in = c[15].number},
        .password = c[8].text,
        .password_once = c[9].number != 0,
        .password_until = c[10].number,
        .totp_secret = c[11].text,
        .totp_pending = c[12].text,
        .totp_step = c[13].number,
    };
}

static mz_status take_first(const mz_sql_value *columns, mz_status status, mz_person_row *ret_row, mz_error *error) {
    if (status) return status;
    if (!columns) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such person");
    read_row(columns, ret_row);
    return MZ_OK;
}

mz_status mz_person_row_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_person_row *ret_row,
                            mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(key)};
    const mz_sql_value *columns = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT person, agency, name, title, email, language, roles, state, password, password_once, "
                     "password_until, totp_secret, totp_pending, totp_step, created, signed_in FROM access_person "
                     "WHERE agency = ?1 AND person = ?2",
                     values, 2, arena, &columns, error);
    return take_first(columns, status, ret_row, error);
}

mz_status mz_person_row_find(mz_sql *sql, mz_str agency, mz_str name, mz_arena *arena, mz_person_row *ret_row,
                             mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(name)};
    const mz_sql_value *columns = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT person, agency, name, title, email, language, roles, state, password, password_once, "
                     "password_until, totp_secret, totp_pending, totp_step, created, signed_in FROM access_person "
                     "WHERE agency = ?1 AND name = ?2",
                     values, 2, arena, &columns, error);
    return take_first(columns, status, ret_row, error);
}

mz_status mz_person_row_write(mz_sql *sql, const mz_person_row *row, mz_error *error) {
    const mz_person *person = &row->person;
    mz_arena arena;
    mz_arena_init(&arena, 4096);
    const mz_sql_value values[] = {
        mz_sql_text(person->agency),
        mz_sql_text(person->key),
        mz_sql_text(person->title),
        mz_sql_text(person->email),
        mz_sql_text(person->language),
        mz_sql_text(mz_roles_text(person->roles, &arena)),
        mz_sql_text(mz_str_of(state_words[person->state])),
        mz_sql_text(row->password),
        mz_sql_int(row->password_once),
        mz_sql_int(row->password_until),
        mz_sql_text(row->totp_secret),
        mz_sql_text(row->totp_pending),
        mz_sql_int(row->totp_step),
        mz_sql_int(person->signed_in),
    };
    mz_status status = arena.failed ? mz_fail_arena(&arena, error, "a person's roles") : MZ_OK;
    if (!status)
        status = mz_sql_run(sql,
                            "UPDATE access_person SET title = ?3, email = ?4, language = ?5, roles = ?6, state = ?7, "
                            "password = ?8, password_once = ?9, password_until = ?10, totp_secret = ?11, "
                            "totp_pending = ?12, totp_step = ?13, signed_in = ?14 WHERE agency = ?1 AND person = ?2",
                            values, sizeof values / sizeof *values, NULL, error);
    mz_arena_done(&arena);
    return status;
}

mz_status mz_person_sign_out(mz_sql *sql, mz_str agency, mz_str person, mz_str except, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(person),
                                   mz_sql_text(except.data ? except : MZ_STR(""))};
    mz_status status = mz_sql_run(sql, "DELETE FROM access_session WHERE agency = ?1 AND person = ?2 AND session <> ?3",
                                  values, 3, NULL, error);
    if (!status)
        status = mz_sql_run(sql, "DELETE FROM access_device WHERE agency = ?1 AND person = ?2", values, 2, NULL, error);
    return status;
}
