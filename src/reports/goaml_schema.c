#include "reports/goaml_schema.h"

#define REQUIRED .required = true
#define LETTERS(from, to) .least = (from), .most = (to)
#define TEXT(element, from, to) .name = element, .kind = MZ_GOAML_TEXT, LETTERS(from, to)
#define NAME(element, from, to) .name = element, .kind = MZ_GOAML_NAME, LETTERS(from, to)
#define CODE(element, of) .name = element, .kind = MZ_GOAML_CODE, .codes = of
#define COUNTRY(element) CODE(element, "country_type")
#define DATE(element) .name = element, .kind = MZ_GOAML_DATE
#define EMAIL(element) .name = element, .kind = MZ_GOAML_EMAIL, LETTERS(1, 255)
#define FIXED(element) .name = element, .kind = MZ_GOAML_FIXED
#define OF(element, of) .name = element, .kind = MZ_GOAML_TYPE, .type = &(of)
#define LIST_OF(element, one, of) .name = element, .item = one, .kind = MZ_GOAML_TYPE, .type = &(of)
#define COMMENTS                                                                                                       \
    { TEXT("comments", 0, COMMENT_LETTERS) }
#define FROM_5_2 .since = MZ_GOAML_5_2
#define TYPE(symbol, element, fields) const mz_goaml_type symbol = {element, fields, sizeof(fields) / sizeof *(fields)}

enum { COMMENT_LETTERS = 8000, EMAILS_MOST = 5, OFTEN = 1000, INT_MOST = 2147483647 };

static const mz_goaml_field address_fields[] = {
    {CODE("address_type", "contact_type"), REQUIRED},
    {TEXT("address", 1, 100), REQUIRED},
    {TEXT("town", 0, 255)},
    {TEXT("city", 1, 255), REQUIRED},
    {TEXT("zip", 0, 10)},
    {COUNTRY("country_code"), REQUIRED},
    {TEXT("state", 1, 255), REQUIRED},
    COMMENTS,
};
TYPE(mz_goaml_address_type, "t_address", address_fields);

static const mz_goaml_field phone_fields[] = {
    {CODE("tph_contact_type", "contact_type"), REQUIRED},
    {CODE("tph_communication_type", "communication_type"), REQUIRED},
    {TEXT("tph_country_prefix", 1, 4)},
    {TEXT("tph_number", 1, 50), REQUIRED},
    {TEXT("tph_extension", 0, 10)},
    COMMENTS,
};
static TYPE(phone_type, "t_phone", phone_fields);

static const mz_goaml_field identification_fields[] = {
    {CODE("type", "identifier_type"), REQUIRED},
    {TEXT("number", 1, 255), REQUIRED},
    {DATE("issue_date"), REQUIRED},
    {DATE("expiry_date"), REQUIRED},
    {TEXT("issued_by", 0, 255)},
    {COUNTRY("issue_country"), REQUIRED},
    COMMENTS,
};
static TYPE(identification_type, "t_person_identification", identification_fields);

static const mz_goaml_field previous_name_fields[] = {
    {TEXT("first_name", 1, 100), REQUIRED},
    {TEXT("last_name", 1, 100), REQUIRED},
    COMMENTS,
};
static TYPE(previous_name_type, "previous_name_type", previous_name_fields);

static const mz_goaml_field sanction_fields[] = {
    {TEXT("provider", 1, 255), REQUIRED},
    {TEXT("sanction_list_name", 1, 255), REQUIRED},
    {TEXT("match_criteria", 0, COMMENT_LETTERS)},
    {TEXT("link_to_source", 0, 255)},
    {TEXT("sanction_list_attributes", 0, COMMENT_LETTERS)},
    COMMENTS,
};
static TYPE(sanction_type, "sanction_list_type", sanction_fields);

/* What a party and the person who reports have in common, in runs without a gap; what is between differs. */
/* clang-format off */
#define PERSON_NAMES(prefix_letters) \
    {CODE("gender", "gender_type")}, \
    {TEXT("title", 0, 30)}, \
    {NAME("first_name", 1, 100), REQUIRED}, \
    {NAME("middle_name", 0, 100)}, \
    {NAME("prefix", 0, prefix_letters)}, \
    {NAME("last_name", 1, 100), REQUIRED}, \
    {DATE("birthdate")}, \
    {TEXT("birth_place", 0, 255)}
#define PERSON_ALIASES \
    {TEXT("mothers_name", 0, 100)}, \
    {TEXT("alias", 0, 100)}
#define PERSON_NUMBERS \
    {TEXT("ssn", 0, 25)}, \
    {TEXT("passport_number", 1, 255), .with = "passport_country"}, \
    {COUNTRY("passport_country"), .with = "passport_number"}, \
    {TEXT("id_number", 0, 255)}, \
    {COUNTRY("nationality1")}, \
    {COUNTRY("nationality2")}, \
    {COUNTRY("nationality3")}, \
    {COUNTRY("residence")}, \
    {LIST_OF("phones", "phone", phone_type)}, \
    {LIST_OF("addresses", "address", mz_goaml_address_type)}, \
    {EMAIL("email"), .times = EMAILS_MOST}, \
    {TEXT("occupation", 1, 255)}, \
    {TEXT("employer_name", 0, 255)}, \
    {OF("identification", identification_type), .times = OFTEN}, \
    {FIXED("deceased")}, \
    {DATE("date_deceased")}, \
    {TEXT("tax_number", 0, 100)}, \
    {TEXT("tax_reg_number", 0, 100)}, \
    {TEXT("source_of_wealth", 0, 255)}
/* clang-format on */

static const mz_goaml_field reporter_fields[] = {PERSON_NAMES(10), PERSON_ALIASES, PERSON_NUMBERS, COMMENTS};
static TYPE(reporter_type, "t_person_registration_in_report", reporter_fields);

static const mz_goaml_field person_fields[] = {
    PERSON_NAMES(100),
    {COUNTRY("country_of_birth"), FROM_5_2},
    PERSON_ALIASES,
    {TEXT("full_name_frn", 0, 255), FROM_5_2},
    {LIST_OF("previous_names", "previous_name", previous_name_type), FROM_5_2},
    PERSON_NUMBERS,
    {LIST_OF("sanctions", "sanction_list", sanction_type), FROM_5_2},
    COMMENTS,
};
TYPE(mz_goaml_person_type, "t_person", person_fields);

static const mz_goaml_field entity_fields[] = {
    {NAME("name", 1, 255), REQUIRED},
    {NAME("commercial_name", 0, 255)},
    {CODE("incorporation_legal_form", "legal_form_type")},
    {TEXT("incorporation_number", 1, 50)},
    {TEXT("business", 0, 255)},
    {LIST_OF("phones", "phone", phone_type)},
    {LIST_OF("addresses", "address", mz_goaml_address_type)},
    {EMAIL("email"), .times = EMAILS_MOST},
    {TEXT("url", 0, 255)},
    {TEXT("incorporation_state", 0, 255)},
    {COUNTRY("incorporation_country_code")},
    {DATE("incorporation_date")},
    {FIXED("business_closed")},
    {DATE("date_business_closed")},
    {TEXT("tax_number", 0, 100)},
    {LIST_OF("sanctions", "sanction_list", sanction_type), FROM_5_2},
    COMMENTS,
};
TYPE(mz_goaml_entity_type, "t_entity", entity_fields);

static const mz_goaml_field party_fields[] = {
    {OF("person", mz_goaml_person_type), .choice = 'p'},
    {OF("entity", mz_goaml_entity_type), .choice = 'p'},
    {COUNTRY("country"), FROM_5_2},
    {.name = "is_suspected", .kind = MZ_GOAML_TRUTH, FROM_5_2},
    {.name = "significance", .kind = MZ_GOAML_WHOLE, .most = 10},
    {TEXT("reason", 1, COMMENT_LETTERS), REQUIRED},
    COMMENTS,
};
static TYPE(party_type, "report_party_type", party_fields);

static const mz_goaml_field activity_fields[] = {
    {LIST_OF("report_parties", "report_party", party_type), REQUIRED},
};
static TYPE(activity_type, "activityType", activity_fields);

static const mz_goaml_field report_fields[] = {
    {.name = "rentity_id", .kind = MZ_GOAML_WHOLE, .least = 1, .most = INT_MOST, REQUIRED},
    {TEXT("rentity_branch", 0, 255)},
    {CODE("submission_code", "submission_type"), REQUIRED},
    {CODE("report_code", "report_type"), REQUIRED},
    {TEXT("entity_reference", 1, 255), REQUIRED},
    {TEXT("fiu_ref_number", 0, 255)},
    {DATE("submission_date"), REQUIRED},
    {CODE("currency_code_local", "currency_type"), REQUIRED},
    {OF("reporting_person", reporter_type)},
    {OF("location", mz_goaml_address_type)},
    {TEXT("reason", 0, COMMENT_LETTERS)},
    {TEXT("action", 0, COMMENT_LETTERS)},
    {OF("activity", activity_type), REQUIRED},
    {CODE("report_indicators", "report_indicator_type"), .item = "indicator", REQUIRED},
};
TYPE(mz_goaml_report_type, "report", report_fields);
