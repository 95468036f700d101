/* One name and what is known of it, from the command line to a query. Everything is checked here, so that a date
 * that cannot be understood is refused instead of quietly left out of the screening. */
#include "cli/screen.h"

#include "base/json_write.h"
#include "base/shown.h"
#include "mizan/identifier.h"

#include <string.h>

static const mz_position nowhere = {0};

static int add(mz_builder *builder, mz_property property, mz_str value) {
    (void)mz_builder_add(builder, 0, property, value, nowhere);
    return CLI_DONE;
}

static int add_date(const cli_context *cli, mz_builder *builder, mz_property property, const char *text) {
    mz_date date;
    if (!mz_date_parse(mz_str_of(text), MZ_DATE_DAY_FIRST, &date))
        return cli_usage(cli, "“%.*s” is no date; write 1970-05-01, 1970-05, 1970 or 1968/1972",
                         mz_shown(mz_str_of(text)), text);
    return add(builder, property, mz_str_of(text));
}

static int add_country(const cli_context *cli, mz_builder *builder, mz_property property, const char *text) {
    const char *code = mz_country_code(mz_str_of(text));
    if (!code)
        return cli_usage(cli, "“%.*s” is no country; write its name or its code of two letters: Morocco, ma",
                         mz_shown(mz_str_of(text)), text);
    return add(builder, property, mz_str_of(code));
}

/* "KIND:NUMBER", or a number whose check digit tells what it is, else an identity number. */
static int add_identifier(mz_builder *builder, const char *text) {
    const char *colon = strchr(text, ':');
    mz_property property;
    if (colon && mz_property_find((mz_str){text, (size_t)(colon - text)}, &property) &&
        mz_property_kind(property) == MZ_TYPE_IDENTIFIER)
        return add(builder, property, mz_str_of(colon + 1));
    property = mz_identifier_guess(mz_str_of(text));
    return add(builder, property == MZ_PROPERTY_COUNT ? MZ_PROP_idNumber : property, mz_str_of(text));
}

static int add_property(const cli_context *cli, mz_builder *builder, const char *text) {
    const char *equals = strchr(text, '=');
    if (!equals) return cli_usage(cli, "--property needs NAME=VALUE, for example --property imoNumber=IMO1234567");
    mz_str name = {text, (size_t)(equals - text)};
    mz_property property;
    if (!mz_property_find(name, &property)) {
        const char *nearest = mz_property_nearest(name);
        return cli_usage(cli, "there is no property “%.*s”%s%s%s", mz_shown(name), name.data,
                         nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    }
    if (mz_property_kind(property) == MZ_TYPE_DATE) return add_date(cli, builder, property, equals + 1);
    if (mz_property_kind(property) == MZ_TYPE_COUNTRY) return add_country(cli, builder, property, equals + 1);
    return add(builder, property, mz_str_of(equals + 1));
}

static int add_option(const cli_context *cli, mz_builder *builder, cli_option_id option, const char *text) {
    if (option == CLI_ALIAS) return add(builder, MZ_PROP_alias, mz_str_of(text));
    if (option == CLI_BIRTH_DATE) return add_date(cli, builder, MZ_PROP_birthDate, text);
    if (option == CLI_NATIONALITY) return add_country(cli, builder, MZ_PROP_nationality, text);
    if (option == CLI_COUNTRY) return add_country(cli, builder, MZ_PROP_country, text);
    if (option == CLI_GENDER) return add(builder, MZ_PROP_gender, mz_str_of(text));
    if (option == CLI_ID) return add_identifier(builder, text);
    return add_property(cli, builder, text);
}

int cli_query_build(const cli_context *cli, mz_builder *builder, const mz_entity **ret_query) {
    static const cli_option_id about[] = {CLI_ALIAS,  CLI_BIRTH_DATE, CLI_NATIONALITY, CLI_COUNTRY,
                                          CLI_GENDER, CLI_ID,         CLI_PROPERTY};
    mz_schema schema = MZ_SCHEMA_Thing;
    if (cli_given(cli, CLI_SCHEMA)) (void)mz_schema_find(mz_str_of(cli_text(cli, CLI_SCHEMA)), &schema);
    mz_builder_start(builder, MZ_STR("query"));
    (void)mz_builder_entity(builder, schema, MZ_STR("query"), nowhere);
    (void)add(builder, MZ_PROP_name, mz_str_of(cli->operands[0]));
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++) {
        const cli_value *value = &cli->values[about[i]];
        for (size_t j = 0; j < value->count; j++) {
            int status = add_option(cli, builder, about[i], value->texts[j]);
            if (status) return status;
        }
    }
    const mz_record *record;
    mz_error error;
    if (mz_builder_finish(builder, &record, &error)) return cli_fail(&error);
    *ret_query = &record->entities[0];
    return CLI_DONE;
}

void cli_query_json(mz_buffer *out, mz_str id, const mz_entity *query) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", id);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(query->schema)));
    mz_json_key(&json, "properties");
    mz_json_object(&json);
    for (mz_property property = 0; property < MZ_PROPERTY_COUNT; property++) {
        bool any = false;
        for (size_t i = 0; i < query->fact_count; i++) {
            if (query->facts[i].property != property) continue;
            if (!any) {
                mz_json_key(&json, mz_property_name(property));
                mz_json_array(&json);
                any = true;
            }
            mz_json_str(&json, query->facts[i].value);
        }
        if (any) mz_json_array_end(&json);
    }
    mz_json_object_end(&json);
    mz_json_object_end(&json);
}
