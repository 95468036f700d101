/* The European Union publishes one list in two forms: the same entity gives the same record in both, but for the places
 * in the file. */
#include "base/buffer.h"
#include "mizan/list.h"
#include "test.h"

#include <stdio.h>

/* Everything that a record says, a line for each fact, without positions. */
static mz_status write_record(void *context, const mz_record *record, mz_error *error) {
    mz_buffer *out = context;
    (void)error;
    mz_buffer_print(out, "%s, %s%s\n", record->reference.data, record->caption.data, record->target ? ", target" : "");
    for (size_t i = 0; i < record->entity_count; i++) {
        const mz_entity *entity = &record->entities[i];
        mz_buffer_print(out, "%s %s\n", entity->id.data, mz_schema_name(entity->schema));
        for (size_t k = 0; k < entity->fact_count; k++) {
            const mz_fact *fact = &entity->facts[k];
            mz_buffer_print(out, "  %s=%s (%s) %s, %s, %s, %u\n", mz_property_name(fact->property), fact->value.data,
                            fact->original.data, mz_name_kind_name(fact->name_kind), fact->roles.data,
                            fact->language.data, (unsigned)fact->flags);
        }
    }
    return MZ_OK;
}

static void read_form(const char *format, const char *name, const char *bytes, mz_buffer *out) {
    char path[600];
    mz_error error;
    mz_read_report report;
    mz_buffer_init(out, 1 << 20);
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(bytes, file) >= 0 && fclose(file) == 0);
    mz_read_options options = {.record = write_record, .context = out};
    CHECK_OK(mz_list_read(mz_list_format_find(mz_str_of(format)), path, &options, &report, &error), error);
    CHECK_INT(1, report.entities);
    CHECK_INT(0, report.rejected);
}

/* `wanted` is what a reader of one form alone would miss. */
static void check_same(const char *wanted, const char *csv, const char *xml) {
    mz_buffer of_csv, of_xml;
    read_form("eu", "list.csv", csv, &of_csv);
    read_form("eu-xml", "list.xml", xml, &of_xml);
    CHECK_STR(mz_buffer_view(&of_csv), mz_buffer_view(&of_xml));
    CHECK(of_csv.size && strstr(of_csv.data, wanted));
    mz_buffer_done(&of_csv);
    mz_buffer_done(&of_xml);
}

#define EXPORT(content) "<export xmlns='http://eu.europa.ec/fpi/fsd/export'>" content "</export>"

TEST(an_enterprise_and_its_numbers) {
    check_same(
        "innCode=7707083893",
        "Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_Remark;Entity_Regulation_Programme;"
        "Entity_Regulation_NumberTitle;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Function;"
        "Address_City;Address_CountryIso2Code;Address_CountryDescription;Address_ContactInfo;"
        "Identification_Number;Identification_TypeCode;Identification_TypeDescription;"
        "Identification_CountryIso2Code;Identification_CountryDescription;Identification_IssuedBy\n"
        "77;EU.77.7;E;a remark;ZZZ;2020/1;Werk der Gezeiten;DE;shipyard;;;;;;;;;;\n"
        "77;EU.77.7;E;a remark;ZZZ;2020/1;;;;Fictown;RU;RUSSIAN FEDERATION;PHONE[+7 000 111]\\nTELEX[12];;;;;;\n"
        "77;EU.77.7;E;a remark;ZZZ;2020/1;;;;;;;;529900T8BM49AURSDO55;regnumber;Registration Number;00;UNKNOWN;\n"
        "77;EU.77.7;E;a remark;ZZZ;2020/1;;;;;;;;7707083893;fiscalcode;Fiscal code;RU;RUSSIAN FEDERATION;Office\n"
        "77;EU.77.7;E;a remark;ZZZ;2020/1;;;;;;;;1027700132195;regnumber;Registration Number;RU;"
        "RUSSIAN FEDERATION;\n",
        EXPORT("<sanctionEntity euReferenceNumber='EU.77.7' logicalId='77'><remark>a remark</remark>"
               "<regulation programme='ZZZ' numberTitle='2020/1'/><subjectType code='enterprise'/>"
               "<nameAlias wholeName='Werk der Gezeiten' nameLanguage='DE' function='shipyard'/>"
               "<address city='Fictown' countryIso2Code='RU' countryDescription='RUSSIAN FEDERATION'>"
               "<contactInfo key='PHONE' value='+7 000 111'/><contactInfo key='TELEX' value='12'/></address>"
               "<identification number='529900T8BM49AURSDO55' identificationTypeCode='regnumber' "
               "identificationTypeDescription='Registration Number' countryIso2Code='00' "
               "countryDescription='UNKNOWN'/>"
               "<identification number='7707083893' identificationTypeCode='fiscalcode' "
               "identificationTypeDescription='Fiscal code' countryIso2Code='RU' "
               "countryDescription='RUSSIAN FEDERATION' issuedBy='Office'/>"
               "<identification number='1027700132195' identificationTypeCode='regnumber' "
               "identificationTypeDescription='Registration Number' countryIso2Code='RU' "
               "countryDescription='RUSSIAN FEDERATION'/></sanctionEntity>"));
}

TEST(a_person_with_names_births_and_a_passport) {
    check_same(
        "Idir Tamzalit (Tamzalit Idir) primary, gf",
        "Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;"
        "Entity_SubjectType;Entity_Regulation_Programme;Entity_Regulation_PublicationDate;NameAlias_LastName;"
        "NameAlias_FirstName;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Gender;NameAlias_Title;"
        "NameAlias_Function;NameAlias_Remark;BirthDate_BirthDate;BirthDate_Month;BirthDate_Year;BirthDate_Circa;"
        "BirthDate_City;BirthDate_CountryIso2Code;BirthDate_CountryDescription;Identification_Number;"
        "Identification_TypeCode;Identification_TypeDescription;Identification_KnownFalse;"
        "Identification_NameOnDocument;Citizenship_CountryIso2Code;Citizenship_CountryDescription\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;Tamzalit;Idir;Tamzalit Idir;;M;Dr.;(a) Mayor (b) "
        "Poet;;;;;;;;;;;;;;;\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;;;إيدير;AR;;;;;;;;;;;;;;;;;;\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;;;Abu Idir;;;;;Low quality alias;;;;;;;;;;;;;;\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;;;;;;;;;1960-04-10;;;false;Fictown;MA;MOROCCO;;;;;;;\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;;;;;;;;;;7;1961;true;;00;UNKNOWN;;;;;;;\n"
        "78;;XXi.1;2019-02-03;P;AAA;2019-03-04;;;;;;;;;;;;;;;;QX-1;passport;Passport;true;I. T.;MA;MOROCCO\n",
        EXPORT("<sanctionEntity logicalId='78' unitedNationId='XXi.1' designationDate='2019-02-03'>"
               "<regulation programme='AAA' publicationDate='2019-03-04'/><subjectType code='person'/>"
               "<nameAlias lastName='Tamzalit' firstName='Idir' wholeName='Tamzalit Idir' gender='M' title='Dr.' "
               "function='(a) Mayor (b) Poet'/>"
               "<nameAlias wholeName='إيدير' nameLanguage='AR'/>"
               "<nameAlias wholeName='Abu Idir'><remark>Low quality alias</remark></nameAlias>"
               "<birthdate birthdate='1960-04-10' circa='false' city='Fictown' countryIso2Code='MA' "
               "countryDescription='MOROCCO'/>"
               "<birthdate monthOfYear='7' year='1961' circa='true' countryIso2Code='00' "
               "countryDescription='UNKNOWN'/>"
               "<identification number='QX-1' identificationTypeCode='passport' "
               "identificationTypeDescription='Passport' knownFalse='true' nameOnDocument='I. T.'/>"
               "<citizenship countryIso2Code='MA' countryDescription='MOROCCO'/></sanctionEntity>"));
}

TEST_MAIN()
