/* The lists that are published as tables, read from invented samples (tests/lists/samples). Each test is one habit of
 * a publisher. Set MIZAN_TEST_DUMP to see everything that a failing sample gives. */
#include "dump.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static mz_read_report report;

/* Reads a file that must be refused; the error's text. */
static const char *refusal(const char *format, const char *path, mz_status status) {
    static mz_error error;
    mz_read_options options = {0};
    CHECK_INT(status, mz_list_read(mz_list_format_find(mz_str_of(format)), path, &options, &report, &error));
    return error.text;
}

static const char *sample(const char *name) {
    static char path[1024];
    (void)snprintf(path, sizeof path, "%.800s/tests/lists/samples/%.200s", mz_test_source(), name);
    return path;
}

/* ---- the British lists ---- */

TEST(uk_rows_of_a_group_need_not_stand_together) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("record uk-90001 Person 90001 \"Karim Salim AL-FANTAZI\"", dump);
    CHECK_LINE("uk-90001 name=Karim Salim AL-FANTAZI {primary, roles gmf} 7:1", dump);
    CHECK_LINE("uk-90001 alias=Karim Selim EL FANTAZI {strong alias, roles gmff} 3:1", dump);
    CHECK_LINE("uk-90001 previousName=Karim EL FANTAZY {previous, roles gff} 5:1", dump);
    CHECK_LINE("uk-90001 birthDate=1961 {from 00/00/1961} 3:8", dump);
    CHECK_LINE("uk-90001 birthDate=1962-05 {from 00/05/1962} 5:8", dump);
    CHECK_LINE("uk-90001 birthDate=1961-03-17 {from 17/03/1961} 7:8", dump);
    CHECK_INT(5, report.records);
    CHECK_INT(3, report.entities);
    CHECK_INT(1523577600, report.published); /* "Last Updated,13/04/2018" */
}

TEST(uk_fields_that_number_their_values) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("uk-90001 nationality=iq {from Iraq} 3:11", dump);
    CHECK_LINE("uk-90001 nationality=ir {from Iran} 3:11", dump);
    CHECK_LINE("uk-90001 birthPlace=Fictown 3:9", dump);
    CHECK_LINE("uk-90001 birthPlace=Invanta 3:9", dump);
    CHECK_LINE("uk-90001 birthCountry=iq {from Iraq} 3:10", dump);
    CHECK_LINE("uk-90001 country=iq", dump); /* "Iraq (since 2009)" */
}

TEST(uk_numbers_inside_sentences_are_derived) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("uk-90001 passportNumber=A1234567 {derived, from Passport no. A1234567 (Iraqi). Issued on", dump);
    CHECK_LINE("uk-90001-passport-1 Passport country=iq {derived, from Iraqi}", dump);
    CHECK_LINE("uk-90001 passportNumber=B7654321", dump);
    CHECK_LINE("uk-90001 idNumber=445566 {derived, from Ration card no. 445566}", dump);
    CHECK_LINE("uk-90001-sanction-1 Sanction unscId=QDx.901 {derived} 3:23", dump);
    CHECK_LINE("uk-90001 notes=UN Ref QDx.901. Said to like the café.", dump); /* Windows-1252 in the file */
}

TEST(uk_an_address_in_every_row_is_one_address) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("uk-90001-address-1 Address full=12 Invented Street, Fictown, 10001, Iraq", dump);
    CHECK_NO_LINE("uk-90001-address-2", dump);
    CHECK_LINE("uk-90003 country=fr", dump); /* only a country is no address */
    CHECK_NO_LINE("uk-90003-address-1", dump);
}

TEST(uk_a_ship_among_the_entities_of_2018) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("record uk-90002 Vessel", dump);
    CHECK_LINE("uk-90002 imoNumber=IMO9074729 {derived", dump);
    CHECK_LINE("uk-90002 mmsi=242123456 {derived", dump);
    CHECK_LINE("record uk-90003 Organization 90003 \"SOCIÉTÉ IMAGINAIRE D’ESSAI\"", dump);
}

TEST(uk_rows_that_belong_to_nobody_are_rejected) {
    const char *dump = dump_sample("uk", "uk-ofsi-2018.csv", &report);
    CHECK_LINE("rejected 8:29 NOBODY: a row without the number of its record", dump);
    CHECK_LINE("rejected 9:29 90004: a record without a name", dump);
    CHECK_INT(2, report.rejected);
}

TEST(uk_the_form_of_2022) {
    const char *dump = dump_sample("uk", "uk-ofsi-2022.csv", &report);
    CHECK_LINE("uk-90101 alias=زرياب نوري {original script, in ar} 3:8", dump);
    CHECK_LINE("uk-90101 weakAlias=ABU ZIRYAB {weak alias}", dump);
    CHECK_LINE("uk-90101 alias=Zeryab NURI {strong alias, roles gf}", dump);
    CHECK_LINE("uk-90101 passportNumber=N1122334 3:15", dump);
    CHECK_LINE("uk-90101-passport-1 Passport remarks=Syria number, expires 2019", dump);
    CHECK_LINE("uk-90101 idNumber=010998 {from 010-998}", dump);
    CHECK_LINE("uk-90101-address-1 Address street3=Bab, El, Khayal", dump);
    CHECK_LINE("uk-90101-sanction-1 Sanction listingDate=2011-12-09", dump);
    CHECK_LINE("uk-90101-sanction-1 Sanction startDate=2020-12-31", dump);
}

TEST(uk_facts_under_labels_in_other_information) {
    const char *dump = dump_sample("uk", "uk-ofsi-2022.csv", &report);
    CHECK_LINE("uk-90101 gender=male {derived", dump);
    CHECK_LINE("uk-90101 phone=+963111222333 {derived", dump);
    CHECK_LINE("uk-90101 phone=+963444555666 {derived", dump);
    CHECK_LINE("uk-90101 website=www.example.org {derived}", dump);
    CHECK_LINE("uk-90101-sanction-1 Sanction authorityId=SYR9999 {derived}", dump);
    CHECK_LINE("uk-90101-sanction-1 Sanction unscId=TAx.902 {derived}", dump);
    CHECK_LINE("uk-90101-link-1 UnknownLink role=Parent company {derived}", dump);
    CHECK_LINE("uk-90101-link-1-to LegalEntity name=Holding Imaginaire {derived}", dump);
    CHECK_LINE("uk-90102 flag=pa {derived", dump);
    CHECK_LINE("uk-90102 imoNumber=IMO9074729 {derived", dump);
}

TEST(uk_list_people) {
    const char *dump = dump_sample("uk-list", "uk-list.csv", &report);
    CHECK_LINE("record uk-list-ZZZ0001 Person ZZZ0001 \"Mounir TAHOURI\"", dump);
    CHECK_LINE("uk-list-ZZZ0001 alias=منير طاهوري {original script, in ar} 3:14", dump);
    CHECK_LINE("uk-list-ZZZ0001 weakAlias=Mounir ETTAHOURI {weak alias", dump);
    CHECK_LINE("uk-list-ZZZ0001 birthDate=1959 {from dd/mm/1959}", dump);
    CHECK_LINE("uk-list-ZZZ0001 email=m@example.net", dump);
    CHECK_LINE("uk-list-ZZZ0001-sanction-1 Sanction provisions=Asset freeze", dump);
    CHECK_LINE("uk-list-ZZZ0001-sanction-1 Sanction provisions=Travel Ban", dump);
    CHECK_LINE("uk-list-ZZZ0001-sanction-1 Sanction reason=Because this is a test.", dump);
    CHECK_LINE("uk-list-ZZZ0001-sanction-1 Sanction unscId=QDx.903 3:4", dump);
    CHECK_LINE("uk-list-ZZZ0001-sanction-1 Sanction recordId=90201", dump);
    CHECK_INT(1770940800, report.published); /* "Report Date: 13-Feb-2026" */
}

TEST(uk_list_entities_and_ships) {
    const char *dump = dump_sample("uk-list", "uk-list.csv", &report);
    CHECK_LINE("record uk-list-ZZZ0002 Organization", dump);
    CHECK_LINE("uk-list-ZZZ0002 registrationNumber=RC778899", dump);
    CHECK_LINE("uk-list-ZZZ0002-link-2-to LegalEntity name=Filiale Deux", dump);
    CHECK_LINE("record uk-list-ZZZ0003 Vessel ZZZ0003 \"BRISE DU SONGE\"", dump);
    CHECK_LINE("uk-list-ZZZ0003 imoNumber=IMO9074729 5:49", dump);
    CHECK_LINE("uk-list-ZZZ0003 flag=ga", dump);
    CHECK_LINE("uk-list-ZZZ0003 pastFlags=pa", dump);
    CHECK_LINE("uk-list-ZZZ0003 pastFlags=lr", dump);
    CHECK_LINE("uk-list-ZZZ0003 buildDate=2010", dump);
    CHECK_LINE("uk-list-ZZZ0003 notes=Length of ship: 100m", dump);
    CHECK_LINE("uk-list-ZZZ0003-link-1 UnknownLink role=Current owner or operator", dump);
}

/* ---- the European list ---- */

TEST(eu_one_record_from_rows_of_one_fact_each) {
    const char *dump = dump_sample("eu", "eu-1.1.csv", &report);
    CHECK_LINE("record eu-9001 Person EU.9001.1 \"Idris Ali Zerhouni\"", dump);
    CHECK_LINE("eu-9001 name=Idris Ali Zerhouni {primary, roles gmf} 2:20", dump);
    CHECK_LINE("eu-9001 alias=Idriss Zerhouny {strong alias, in fr} 3:20", dump);
    CHECK_LINE("eu-9001 alias=إدريس الزرهوني {original script, in ar} 4:20", dump);
    CHECK_LINE("eu-9001 weakAlias=Abu Songe {weak alias}", dump);
    CHECK_NO_LINE("eu-9001 alias=Idris Ali Zerhouni", dump); /* the primary name again, of another regulation */
    CHECK_LINE("eu-9001 position=Clerk", dump);
    CHECK_LINE("eu-9001 position=Poet", dump);
    CHECK_LINE("eu-9001 citizenship=ma", dump);
    CHECK_LINE("eu-9001 notes=(Date of UN designation: 2003-06-30)\n(Second line)", dump);
    CHECK_LINE("eu-9002 name=Fabrique; du Vide {primary}", dump);
    CHECK_INT(1785888000, report.published);
}

TEST(eu_births_of_other_calendars_are_not_converted) {
    const char *dump = dump_sample("eu", "eu-1.1.csv", &report);
    CHECK_LINE("eu-9001 birthDate=1966-04-28 7:55", dump);
    CHECK_LINE("eu-9001 birthDate=1960~/1962~ {from circa 1960/1962}", dump);
    CHECK_LINE("eu-9001 birthDate=ISLAMIC 1340-01-02 {unparsed}", dump);
    CHECK_LINE("eu-9001 birthCountry=ma", dump);
    CHECK_NO_LINE("eu-9001 birthCountry=00", dump);
}

TEST(eu_documents_and_contacts) {
    const char *dump = dump_sample("eu", "eu-1.1.csv", &report);
    CHECK_LINE("eu-9001 passportNumber=Q998877 11:79", dump);
    CHECK_LINE("eu-9001 passportNumber=Q998877BIS", dump);
    CHECK_LINE("eu-9001-passport-1 Passport remarks=(seen once); known to be expired; in the name of I. Zerhouni",
               dump);
    CHECK_LINE("eu-9001-passport-1 Passport startDate=2010-01-02", dump);
    CHECK_LINE("eu-9001-passport-1 Passport endDate=2015-01-02", dump);
    CHECK_LINE("eu-9001 phone=0535111", dump);
    CHECK_LINE("eu-9001 phone=0535222", dump);
    CHECK_LINE("eu-9001 email=i@example.org", dump);
    CHECK_LINE("eu-9001 notes=ODD: x", dump);
    CHECK_LINE("eu-9001-address-1 Address postOfficeBox=77", dump);
}

TEST(eu_rejections) {
    const char *dump = dump_sample("eu", "eu-1.1.csv", &report);
    CHECK_LINE("rejected 14:2 9003: a record without a name", dump);
    CHECK_LINE("rejected 15:2 Lost: a row without the number of its entity", dump);
    CHECK_INT(4, report.records);
}

TEST(eu_the_form_of_2018_in_quotes_once_more) {
    const char *dump = dump_sample("eu", "eu-2018.csv", &report);
    CHECK_LINE("record eu-9101 Person EU.91.1 \"Aimée Chimère\"", dump);
    CHECK_LINE("eu-9101 name=Aimée Chimère {primary, roles gf} 2:18", dump);
    CHECK_LINE("eu-9101 birthPlace=Illusia, Gobernación Ficticia 4:42", dump); /* the comma was a tab */
    CHECK_LINE("eu-9101 position=Head; of nothing", dump);
    CHECK_LINE("eu-9101 passportNumber=AD0099 {derived", dump);
    CHECK_LINE("eu-9101-passport-1 Passport type=National passport", dump);
    CHECK_LINE("eu-9101 citizenship=ma", dump);
    CHECK_NO_LINE("eu-9101 birthDate", dump); /* "N/A" */
    CHECK_INT(1, report.entities);
}

/* ---- the American Consolidated Screening List ---- */

TEST(csl_an_entity_on_two_lists_is_one_record_with_two_sanctions) {
    const char *dump = dump_sample("us-csl", "us-csl.csv", &report);
    CHECK_LINE("record us-csl-99001 Person 99001 \"Yasser BENFICTIF\"", dump);
    CHECK_LINE("us-csl-99001-sanction-1 Sanction program=Specially Designated Nationals (SDN)", dump);
    CHECK_LINE("us-csl-99001-sanction-1 Sanction program=IMG2", dump);
    CHECK_LINE("us-csl-99001-sanction-2 Sanction program=Sectoral Sanctions Identifications List (SSI) 3:2", dump);
    CHECK_LINE("us-csl-99001 alias=Yassir BEN FICTIF {strong alias, roles gff", dump);
    CHECK_LINE("us-csl-99001 alias=ABU REVE {strong alias}", dump);
    CHECK_LINE("us-csl-99001-link-1-to LegalEntity name=ATELIER DU RIEN", dump);
    CHECK_LINE("us-csl-99001-link-2-to LegalEntity name=FABRIQUE (NORD)", dump);
}

TEST(csl_ids_with_the_kind_last_and_first) {
    const char *dump = dump_sample("us-csl", "us-csl.csv", &report);
    CHECK_LINE("us-csl-99001-passport-1 Passport number=K1112223", dump);
    CHECK_LINE("us-csl-99001-passport-1 Passport startDate=2009-08-31", dump);
    CHECK_LINE("us-csl-99001-passport-1 Passport endDate=2014-08-30", dump);
    CHECK_LINE("us-csl-99001-passport-2 Passport remarks=2011-02-03, L55, Passport", dump); /* issued or expires? */
    CHECK_LINE("us-csl-99001 gender=male", dump);
    CHECK_LINE("us-csl-99001 email=some.one@example.org", dump);
    CHECK_LINE("us-csl-99002 imoNumber=IMO9074729", dump);
    CHECK_LINE("us-csl-99002-sanction-1 Sanction provisions=Secondary sanctions risk: Imaginary Regulations, sections",
               dump);
    CHECK_LINE("us-csl-99003 taxNumber=123456", dump);
    CHECK_LINE("us-csl-99003-document-1 Identification country=ma", dump);
    CHECK_LINE("us-csl-99003 incorporationDate=1998", dump);
}

TEST(csl_lists_of_commerce_do_not_say_what_they_list) {
    const char *dump = dump_sample("us-csl", "us-csl.csv", &report);
    CHECK_LINE("record us-csl-abc123 LegalEntity abc123 \"Nowhere Optics\"", dump);
    CHECK_LINE("us-csl-abc123 topics=export.control", dump);
    CHECK_LINE("us-csl-abc123-sanction-1 Sanction authority=Bureau of Industry and Security", dump);
    CHECK_LINE("us-csl-abc123-sanction-1 Sanction provisions=License policy: Presumption of denial", dump);
    CHECK_LINE("us-csl-abc123-address-1 Address full=Unit 5, Nowhere City, Nowhere Province, 999, CN", dump);
    CHECK_LINE("rejected 7:1 99004: a record without a name", dump);
    CHECK_LINE("rejected 8:1 NUMBERLESS: a row without its number", dump);
    CHECK_INT(6, report.records);
    CHECK_INT(4, report.entities);
}

/* ---- OFAC's tables ---- */

TEST(ofac_remarks_are_taken_apart) {
    const char *dump = dump_sample("ofac", "ofac", &report);
    CHECK_LINE("record ofac-99101 Person 99101 \"Yasser Omar BENFICTIF\"", dump);
    CHECK_LINE("ofac-99101 name=Yasser Omar BENFICTIF {primary, roles ggf, from BENFICTIF, Yasser Omar} 1:2", dump);
    CHECK_LINE("ofac-99101 birthDate=1951~ {derived, from circa 1951} 1:12", dump);
    CHECK_LINE("ofac-99101 birthDate=1952/1954 {derived", dump);
    CHECK_LINE("ofac-99101 birthPlace=Rabat, Morocco {derived", dump);
    CHECK_LINE("ofac-99101 birthCountry=ma {derived, from Morocco} 1:12", dump);
    CHECK_LINE("ofac-99101 nationality=ma {derived", dump);
    CHECK_LINE("ofac-99101 citizenship=tn {derived", dump);
    CHECK_LINE("ofac-99101 jurisdiction=ma {derived", dump); /* "Nationality of Registration" */
    CHECK_LINE("ofac-99101 registrationNumber=778899 {derived}", dump);
    CHECK_LINE("ofac-99101-document-3 Identification authority=Fez {derived}", dump);
    CHECK_LINE("ofac-99101 notes=Passport issued in Safi, Morocco {derived}", dump); /* a passport without a number */
    CHECK_LINE("ofac-99101 notes=Passport and National ID were issued in Taza {derived}", dump);
    CHECK_LINE("ofac-99101 gender=male {derived", dump);
    CHECK_LINE("ofac-99101-passport-1 Passport startDate=1984-01-18 {derived", dump);
    CHECK_LINE("ofac-99101-passport-1 Passport endDate=1994-08-21 {derived", dump);
    CHECK_LINE("ofac-99101 idNumber=BE12345 {derived}", dump);
    CHECK_LINE("ofac-99101 passportNumber=L55 {derived}", dump);
    CHECK_NO_LINE("ofac-99101-passport-2", dump); /* "Passport L55": the property says all of it */
    CHECK_LINE("ofac-99101 publicKey=1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 {derived}", dump);
    CHECK_LINE("ofac-99101-wallet-1 CryptoWallet currency=XBT", dump);
    CHECK_LINE("ofac-99101 weakAlias=ABU REVE {weak alias, derived}", dump);
    CHECK_LINE("ofac-99101 weakAlias=L'ANCIEN; OR SO {previous, derived}", dump); /* a semicolon in quotes */
    CHECK_LINE("ofac-99101 notes=likes tea (green; hot) {derived}", dump);        /* and in brackets */
    CHECK_NO_LINE("ofac-99101 notes=Chief Dreamer", dump);                        /* the title again */
    CHECK_LINE("ofac-99101-sanction-1 Sanction program=IMG2", dump);              /* "IMG] [IMG2" */
}

TEST(ofac_links_to_a_record_that_is_listed_and_to_one_that_is_not) {
    const char *dump = dump_sample("ofac", "ofac", &report);
    CHECK_LINE("ofac-99101-link-1 UnknownLink object=ofac-99102 {derived}", dump);
    CHECK_LINE("ofac-99102-link-1-to LegalEntity name=UNLISTED HOLDING {derived}", dump);
    CHECK_LINE("ofac-99103-link-1 UnknownLink role=Vessel owner", dump);
    CHECK_LINE("ofac-99103-link-1 UnknownLink object=ofac-99102", dump);
}

TEST(ofac_aliases_and_addresses_come_from_their_own_files) {
    const char *dump = dump_sample("ofac", "ofac", &report);
    CHECK_LINE("ofac-99101 alias=Yassir BEN FICTIF {strong alias, roles gff, from BEN FICTIF, Yassir} 1:1:4", dump);
    CHECK_LINE("ofac-99101 previousName=Y. FICTIF {previous, roles gf", dump);
    CHECK_LINE("ofac-99102 alias=ATELIER DU TOUT {strong alias}", dump);
    CHECK_LINE("ofac-99101-address-1 Address full=12 Rue du Conte, Rabat 10000, Morocco 2:1:3", dump);
    CHECK_LINE("ofac-99103-address-1 Address region=Invented Coast", dump);
    CHECK_NO_LINE("ofac-99104-address-1", dump);
    CHECK_TEXT("sdn.csv", report.files[0]);
    CHECK_TEXT("sdn_comments.csv", report.files[3]);
    CHECK_TEXT("cons_add.csv", report.files[6]);
    CHECK_INT(7, report.file_count);
}

TEST(ofac_remarks_go_on_in_the_comments_or_were_cut_off) {
    const char *dump = dump_sample("ofac", "ofac", &report);
    CHECK_LINE("ofac-99105 weakAlias=FICTIF 51 {weak alias, derived} 3:1:2", dump);
    CHECK_NO_LINE("ofac-99105 notes", dump);
    CHECK_LINE("ofac-99106 notes=a.k. {derived}", dump);
    CHECK_LINE("ofac-99106 weakAlias=FICTIF 49", dump);
}

TEST(ofac_both_families_and_their_sums) {
    const char *dump = dump_sample("ofac", "ofac", &report);
    CHECK_LINE("record ofac-99201 Organization", dump);
    CHECK_LINE("ofac-99102-sanction-1 Sanction program=IMG-NS 4:2:4", dump); /* in both: one record */
    CHECK_LINE("rejected sdn.csv 7:1 99107: a record without a name", dump);
    CHECK_LINE("rejected alt.csv 4:1 99999: an alias of a record that is not in the primary file", dump);
    CHECK_INT(9, report.records);
    CHECK_INT(7, report.entities);
    CHECK_INT(2, report.rejected);
}

TEST(ofac_a_primary_file_brings_its_siblings) {
    const char *dump = dump_sample("ofac", "ofac/cons_prim.csv", &report);
    CHECK_LINE("record ofac-cons-99201 Organization", dump); /* a list of its own */
    CHECK_NO_LINE("record ofac-cons-99101", dump);
    CHECK_INT(2, report.entities);
}

static void make_set(const char *folder, const char *ending, const char *parts) {
    static const char *const names[] = {"sdn", "alt", "add"};
    static const char *const rows[] = {"1,\"X, Y\",\"individual\",\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n",
                                       "1,1,\"aka\",\"Z\",-0- \r\n", "1,1,-0- ,-0- ,\"France\",-0- \r\n"};
    char path[512];
    (void)snprintf(path, sizeof path, "%.200s/%.50s", mz_test_folder(), folder);
    (void)mkdir(path, 0700);
    for (size_t i = 0; i < 3; i++) {
        if (!strchr(parts, names[i][1])) continue;
        (void)snprintf(path, sizeof path, "%.50s/%s%.50s", folder, names[i], ending);
        (void)write_bytes(path, rows[i], strlen(rows[i]));
    }
}

static const char *in_folder(const char *name) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%.200s/%.200s", mz_test_folder(), name);
    return path;
}

TEST(ofac_the_newest_set_with_a_primary_file) {
    make_set("dated", "-2024-01.csv", "dld"); /* sdn, alt, add: their second letters */
    make_set("dated", "-2025-02.csv", "dld");
    make_set("dated", "-2026-03.csv", "l");
    (void)dump_list("ofac", in_folder("dated"), &report);
    CHECK_TEXT("sdn-2025-02.csv", report.files[0]);
    make_set("dated", ".CSV", "dld");
    (void)dump_list("ofac", in_folder("dated"), &report);
    CHECK_TEXT("sdn.CSV", report.files[0]);
}

TEST(ofac_comments_of_another_day_are_not_put_behind_whole_remarks) {
    static const char primary[] = "7,\"FICTIF\",-0- ,\"IMG\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1951.\"\n",
                      comment[] = "7,\"rt K9988 (Morocco).\"\n";
    make_set("days", ".csv", "dld");
    (void)write_bytes("days/sdn.csv", primary, sizeof primary - 1);
    (void)write_bytes("days/sdn_comments.csv", comment, sizeof comment - 1);
    const char *dump = dump_list("ofac", in_folder("days"), &report);
    CHECK_LINE("ofac-7 birthDate=1951 {derived}", dump);
    CHECK_NO_LINE("ofac-7 notes", dump);
    CHECK_LINE("rejected sdn_comments.csv 1:1 7: a comment on remarks that are whole", dump);
}

TEST(ofac_a_file_is_named_in_a_rejection_unless_it_is_the_one_given) {
    const char *dump = dump_sample("ofac", "ofac/sdn.csv", &report);
    CHECK_LINE("rejected 7:1 99107: a record without a name", dump);
    CHECK_LINE("rejected alt.csv 4:1 99999: an alias of a record that is not in the primary file", dump);
}

TEST(ofac_missing_files_are_named) {
    make_set("lone", "-2026-03.csv", "l");
    (void)remove(in_folder("lone/add-2026-03.csv"));
    CHECK(strstr(refusal("ofac", in_folder("lone/alt-2026-03.csv"), MZ_ERR_NOT_FOUND), "sdn-2026-03.csv is missing"));
    CHECK(strstr(refusal("ofac", in_folder("lone"), MZ_ERR_NOT_FOUND), "neither sdn.csv nor cons_prim.csv"));
    make_set("lone2", ".csv", "d");
    (void)remove(in_folder("lone2/add.csv"));
    CHECK(strstr(refusal("ofac", in_folder("lone2/sdn.csv"), MZ_ERR_NOT_FOUND), "alt.csv is missing"));
    make_set("whole", ".csv", "dld");
    CHECK(strstr(refusal("ofac", in_folder("whole/alt.csv"), MZ_ERR_ARGUMENT), "give its primary file, sdn.csv"));
    CHECK(strstr(refusal("ofac", sample("us-csl.csv"), MZ_ERR_ARGUMENT), "name it sdn.csv"));
    CHECK(strstr(refusal("ofac", in_folder("not-there/sdn.csv"), MZ_ERR_NOT_FOUND), "cannot open"));
}

TEST(ofac_rows_with_too_few_fields_are_rejected) {
    make_set("short", ".csv", "dld");
    static const char row[] = "5,\"NOBODY\"\r\n";
    (void)write_bytes("short/sdn.csv", row, sizeof row - 1);
    const char *dump = dump_list("ofac", in_folder("short"), &report);
    CHECK_LINE("rejected sdn.csv 1:1 5: 2 fields where 12 are needed", dump);
    CHECK_LINE("rejected alt.csv 1:1 1: an alias of a record that is not", dump);
    CHECK_INT(3, report.rejected);
    CHECK_INT(3, report.records);
}

/* ---- all of them ---- */

TEST(each_sample_is_recognised) {
    static const char *const cases[][2] = {
        {"uk-ofsi-2018.csv", "uk"}, {"uk-ofsi-2022.csv", "uk"}, {"uk-list.csv", "uk-list"},
        {"eu-1.1.csv", "eu"},       {"eu-2018.csv", "eu"},      {"us-csl.csv", "us-csl"},
        {"ofac", "ofac"},           {"ofac/sdn.csv", "ofac"},   {"ofac/alt.csv", "ofac"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i][0]);
        const mz_list_format *format;
        mz_error error;
        CHECK_OK(mz_list_sniff(sample(cases[i][0]), &format, &error), error);
        CHECK_TEXT(cases[i][1], mz_list_format_name(format));
    }
}

TEST(files_without_their_header_are_refused) {
    static const char *const formats[] = {"uk", "uk-list", "eu", "us-csl"};
    static const char *const texts[] = {
        "", "a,b\n1,2\n", "Name 6;Entity_LogicalId\n", "Name 6,Group ID\n", "_id,source\n", "\"open"};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            mz_test_case("%s: %s", formats[i], texts[k]);
            const char *path = write_bytes("bad.csv", texts[k], strlen(texts[k]));
            CHECK(strlen(refusal(formats[i], path, MZ_ERR_INPUT)) > 10);
        }
}

TEST(a_short_name_of_ones_own) {
    mz_read_options options = {.list = "mine"};
    mz_error error;
    CHECK_OK(mz_list_read(NULL, sample("uk-list.csv"), &options, &report, &error), error);
    CHECK_INT(3, report.entities);
}

static mz_status refuse_record(void *context, const mz_record *record, mz_error *error) {
    (void)context, (void)record;
    error->status = MZ_ERR_IO;
    return MZ_ERR_IO;
}

TEST(a_record_that_the_caller_refuses_ends_the_reading) {
    static const char *const names[] = {"uk-ofsi-2018.csv", "uk-list.csv", "eu-1.1.csv", "us-csl.csv", "ofac"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        mz_test_case("%s", names[i]);
        mz_read_options options = {.record = refuse_record};
        mz_error error;
        CHECK_INT(MZ_ERR_IO, mz_list_read(NULL, sample(names[i]), &options, &report, &error));
    }
}

TEST_MAIN()
