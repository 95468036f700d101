/* See reasons.h. The list of the program is in a table here, in three languages; what an agency sets is in the store.
 */
#include "cases/reasons.h"

#include "access/people.h"
#include "audit/audit.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "cases/rows.h"

static const struct {
    const char *key;
    mz_disposition disposition;
    const char *titles[3];
} usual[] = {
    {"same-person",
     MZ_TRUE_MATCH,
     {"التطابق مؤكد بوثائق أو بيانات هوية", "Identité confirmée par documents ou données",
      "Identity confirmed by documents or data"}},
    {"same-number",
     MZ_TRUE_MATCH,
     {"رقم وثيقة أو سجل مطابق", "Numéro de pièce ou d’immatriculation identique",
      "The same document or registration number"}},
    {"confirmed-by-authority",
     MZ_TRUE_MATCH,
     {"أكدته السلطة المختصة", "Confirmé par l’autorité compétente", "Confirmed by the competent authority"}},
    {"owned-or-controlled",
     MZ_TRUE_MATCH,
     {"مملوك لشخص مدرج أو خاضع لسيطرته", "Détenu ou contrôlé par une personne listée",
      "Owned or controlled by somebody listed"}},
    {"other-birth-date",
     MZ_FALSE_POSITIVE,
     {"تاريخ ميلاد مختلف", "Date de naissance différente", "Another date of birth"}},
    {"other-nationality",
     MZ_FALSE_POSITIVE,
     {"جنسية أو بلد مختلف", "Nationalité ou pays différent", "Another nationality or country"}},
    {"other-number",
     MZ_FALSE_POSITIVE,
     {"رقم وثيقة أو سجل مختلف", "Numéro de pièce ou d’immatriculation différent",
      "Another document or registration number"}},
    {"other-gender", MZ_FALSE_POSITIVE, {"جنس مختلف", "Sexe différent", "Another gender"}},
    {"other-kind",
     MZ_FALSE_POSITIVE,
     {"شخص وليس منظمة، أو العكس", "Personne et non organisation, ou l’inverse",
      "A person and not a firm, or the other way round"}},
    {"name-only", MZ_FALSE_POSITIVE, {"تشابه في الاسم فقط", "Simple homonymie", "Nothing but the name is alike"}},
    {"known-customer",
     MZ_FALSE_POSITIVE,
     {"عميل معروف تم التحقق من هويته", "Client connu, identité vérifiée",
      "A known customer whose identity was verified"}},
    {"documents-missing",
     MZ_INSUFFICIENT_INFORMATION,
     {"وثائق الهوية ناقصة", "Pièces d’identité manquantes", "Documents of identity are missing"}},
    {"asked-customer",
     MZ_INSUFFICIENT_INFORMATION,
     {"طلبت معلومات من العميل", "Informations demandées au client", "The customer was asked"}},
    {"asked-authority",
     MZ_INSUFFICIENT_INFORMATION,
     {"طلبت معلومات من السلطة", "Informations demandées à l’autorité", "The authority was asked"}},
};
enum { USUAL_COUNT = sizeof usual / sizeof *usual };

static mz_status list_usual(mz_case_rows *rows) {
    for (size_t k = 0; k < USUAL_COUNT; k++) {
        mz_reason *reason = mz_case_rows_add(rows);
        if (!reason) break;
        *reason = (mz_reason){.key = mz_str_of(usual[k].key), .disposition = usual[k].disposition};
        for (int t = 0; t < 3; t++) reason->titles[t] = mz_str_of(usual[k].titles[t]);
    }
    return MZ_OK;
}

static mz_status take_reason(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_reason *reason = mz_case_rows_add(rows);
    (void)count;
    if (!reason) return mz_fail_arena(rows->arena, error, "the list of reasons");
    *reason = (mz_reason){.key = mz_case_column(rows->arena, c[0]),
                          .disposition = mz_disposition_of(c[1].text),
                          .retired = c[5].number != 0};
    for (int t = 0; t < 3; t++) reason->titles[t] = mz_case_column(rows->arena, c[2 + t]);
    return MZ_OK;
}

mz_status mz_reasons_list(mz_sql *sql, mz_str agency, mz_arena *arena, mz_reason **ret_reasons, size_t *ret_count,
                          mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_reason)};
    const mz_sql_value values[] = {mz_sql_text(agency)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT reason, disposition, title_ar, title_fr, title_en, retired FROM "
                                    "case_reason WHERE agency = ?1 ORDER BY place, reason",
                                    values, 1, take_reason, &rows, error);
    if (!status && !rows.count) status = list_usual(&rows);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of reasons");
    if (status) return status;
    *ret_reasons = rows.items;
    *ret_count = rows.count;
    return MZ_OK;
}

/* --- changing --- */

static const mz_reason *find(const mz_reason *reasons, size_t count, mz_str key) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(reasons[k].key, key)) return &reasons[k];
    return NULL;
}

static bool is_key(mz_str key) {
    bool fits = key.size > 0 && key.size <= MZ_REASON_BYTES_MOST;
    for (size_t k = 0; k < key.size && fits; k++)
        fits = key.data[k] == '-' || mz_is_digit(key.data[k]) || (key.data[k] >= 'a' && key.data[k] <= 'z');
    return fits;
}

static mz_status check(const mz_reason *reasons, size_t count, const mz_reason *before, size_t before_count,
                       mz_error *error) {
    size_t active[MZ_DISPOSITION_COUNT] = {0};
    if (count > MZ_REASONS_MOST) return mz_fail(error, MZ_ERR_LIMIT, "a list has %d reasons at most", MZ_REASONS_MOST);
    for (size_t k = 0; k < count; k++) {
        const mz_reason *reason = &reasons[k], *old = find(before, before_count, reason->key);
        if (!is_key(reason->key))
            return mz_fail(error, MZ_ERR_INPUT, "“%.*s” is no name of a reason: small letters, digits and hyphens",
                           mz_shown(reason->key), reason->key.data ? reason->key.data : "");
        if (find(reasons, k, reason->key))
            return mz_fail(error, MZ_ERR_INPUT, "the reason “%.*s” is there twice", (int)reason->key.size,
                           reason->key.data);
        if (old && old->disposition != reason->disposition)
            return mz_fail(error, MZ_ERR_REFUSED, "the reason “%.*s” is for “%s”, and stays so; add another one",
                           (int)reason->key.size, reason->key.data, mz_disposition_word(old->disposition));
        for (int t = 0; t < 3; t++) {
            mz_status status = mz_title_check(reason->titles[t], "the title of a reason", error);
            if (status) return status;
        }
        active[reason->disposition] += !reason->retired;
    }
    for (mz_disposition d = 0; d < MZ_DISPOSITION_COUNT; d++)
        if (!active[d])
            return mz_fail(error, MZ_ERR_INPUT, "there must be a reason for “%s” that is not retired",
                           mz_disposition_word(d));
    return MZ_OK;
}

static mz_status put(mz_sql *sql, mz_str agency, const mz_reason *reason, size_t place, bool retired, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency),
                                   mz_sql_text(reason->key),
                                   mz_sql_text(mz_str_of(mz_disposition_word(reason->disposition))),
                                   mz_sql_text(reason->titles[0]),
                                   mz_sql_text(reason->titles[1]),
                                   mz_sql_text(reason->titles[2]),
                                   mz_sql_int((int64_t)place),
                                   mz_sql_int(retired)};
    return mz_sql_run(sql,
                      "INSERT INTO case_reason (agency, reason, disposition, title_ar, title_fr, title_en, place, "
                      "retired) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (agency, reason) DO UPDATE SET "
                      "title_ar = excluded.title_ar, title_fr = excluded.title_fr, title_en = excluded.title_en, "
                      "place = excluded.place, retired = excluded.retired",
                      values, 8, NULL, error);
}

static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_reason *reasons, size_t count,
                      mz_arena *arena, mz_error *error) {
    mz_case_object body;
    mz_audit_place place;
    mz_case_object_begin(&body);
    mz_json_key(&body.json, "reasons");
    mz_json_array(&body.json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&body.json);
        mz_json_pair(&body.json, "disposition", mz_str_of(mz_disposition_word(reasons[k].disposition)));
        mz_json_pair(&body.json, "id", reasons[k].key);
        mz_json_pair_bool(&body.json, "retired", reasons[k].retired);
        mz_json_pair(&body.json, "title_en", reasons[k].titles[2]);
        mz_json_object_end(&body.json);
    }
    mz_json_array_end(&body.json);
    mz_audit_draft draft = {.chain = agency,
                            .kind = MZ_STR("setting.changed"),
                            .actor_kind = mz_actor_kind_of(actor),
                            .actor = actor->who->key,
                            .object = MZ_STR("reasons"),
                            .body = mz_case_object_end(&body, arena)};
    return arena->failed ? mz_fail_arena(arena, error, "the list of reasons")
                         : mz_audit_append(sql, &draft, &place, error);
}

mz_status mz_reasons_set(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_reason *reasons, size_t count,
                         mz_arena *arena, mz_error *error) {
    mz_reason *before;
    size_t before_count, place = 0;
    mz_status status = mz_reasons_list(sql, agency, arena, &before, &before_count, error);
    if (!status) status = check(reasons, count, before, before_count, error);
    for (size_t k = 0; k < count && !status; k++)
        status = put(sql, agency, &reasons[k], place++, reasons[k].retired, error);
    for (size_t k = 0; k < before_count && !status; k++)
        if (!find(reasons, count, before[k].key)) status = put(sql, agency, &before[k], place++, true, error);
    return status ? status : tell(sql, agency, actor, reasons, count, arena, error);
}
