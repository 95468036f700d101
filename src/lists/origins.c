/* Where the official lists are published. Addresses are facts that age: each was found in public use in 2026, and the
 * two that had moved since older documentation say so. OFAC's and the United Nations' answer with a redirect to a
 * signed address in a cloud store, which is why redirects between hosts are followed (https only).
 *
 * A list has one name, in whatever form its publisher gives it out. A record has the same id in the CSV and in the
 * XML of the European list, or of OFAC's; held as two lists, every hit would come twice. So the catalogue downloads
 * one form, the tables, which are the smaller; a file of the other form comes in with `mizan lists import` under the
 * same name, and when the list is held in another form it is refused until a person accepts the change. The two
 * British publications are two lists, with ids of their own: "uk-list", the one that is kept up, and "uk".
 *
 * An import for which no name is given takes the name that its reader calls usual. For a form that is downloaded, it
 * is the name of the first list here in that form (store_test.c holds the two together).
 *
 * Not here: OpenSanctions' collections, whose licence is non-commercial; who has a licence imports the file with
 * `mizan lists import ftm:FILE`. */
#include "mizan/store.h"

#define OFAC "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
/* the token is public, it stands in the address on the Commission's own page */
#define EU_BEFORE "https://webgate.ec.europa.eu/fsd/fsf/public/files/"
#define EU_BEHIND "/content?token=dG9rZW4tMjAxNw"

static const mz_list_origin origins[] = {
    {
        .list = "un",
        .title = "United Nations Security Council consolidated list",
        .format = "un",
        .addresses = {"https://scsanctions.un.org/resources/xml/en/consolidated.xml"},
        .files = {"consolidated.xml"},
        .publisher = "United Nations Security Council",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"un_sc_sanctions"},
    },
    {
        .list = "ofac",
        .title = "Specially Designated Nationals and Blocked Persons",
        .format = "ofac",
        .addresses = {OFAC "SDN.CSV", OFAC "ALT.CSV", OFAC "ADD.CSV", OFAC "SDN_COMMENTS.CSV"},
        .files = {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"},
        .publisher = "United States Treasury, Office of Foreign Assets Control",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"us_ofac_sdn"},
    },
    {
        .list = "ofac-cons",
        .title = "Consolidated list of sanctions other than blocking (non-SDN)",
        .format = "ofac",
        .addresses = {OFAC "CONS_PRIM.CSV", OFAC "CONS_ALT.CSV", OFAC "CONS_ADD.CSV", OFAC "CONS_COMMENTS.CSV"},
        .files = {"cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"},
        .publisher = "United States Treasury, Office of Foreign Assets Control",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"us_ofac_cons"},
    },
    {
        .list = "us-csl",
        .title = "Consolidated Screening List of Commerce, State and Treasury",
        .format = "us-csl",
        .addresses = {"https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"},
        .files = {"consolidated.csv"},
        .publisher = "United States Department of Commerce, International Trade Administration",
        .note = "holds OFAC's lists again, beside the export-control lists of Commerce and State",
        .topics = {"sanction", "export.control"},
        .datasets = {"us_trade_csl", "us_csl"},
    },
    {
        .list = "eu",
        .title = "Persons, groups and entities subject to European Union financial sanctions",
        .format = "eu",
        .addresses = {EU_BEFORE "csvFullSanctionsList_1_1" EU_BEHIND},
        .files = {"csvFullSanctionsList_1_1.csv"},
        .publisher = "European Commission",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"eu_fsf"},
    },
    {
        .list = "uk-list",
        .title = "UK Sanctions List",
        .format = "uk-list",
        .addresses = {"https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"},
        .files = {"UK-Sanctions-List.csv"},
        .publisher = "United Kingdom, Foreign, Commonwealth and Development Office",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"gb_fcdo_sanctions", "gb_sanctions"},
    },
    {
        .list = "uk",
        .title = "OFSI consolidated list of asset freeze targets",
        .format = "uk",
        .addresses = {"https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv"},
        .files = {"ConList.csv"},
        .publisher = "United Kingdom, HM Treasury",
        .note = "closed on 28 January 2026 and not kept up since; uk-list has taken its place",
        .topics = {"sanction"},
        .datasets = {"gb_hmt_sanctions"},
    },
    {
        .list = "canada",
        .title = "Consolidated Canadian autonomous sanctions list",
        .format = "canada",
        .addresses = {"https://www.international.gc.ca/world-monde/assets/office_docs/"
                      "international_relations-relations_internationales/sanctions/sema-lmes.xml"},
        .files = {"sema-lmes.xml"},
        .publisher = "Global Affairs Canada",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"ca_dfatd_sema_sanctions"},
    },
    {
        .list = "australia",
        .title = "Australian sanctions consolidated list",
        .format = "australia",
        /* regulation8_consolidated.xlsx beside it was the file until 2025 */
        .addresses = {"https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx"},
        .files = {"Australian_Sanctions_Consolidated_List.xlsx"},
        .publisher = "Australia, Department of Foreign Affairs and Trade",
        .note = "",
        .usual = true,
        .topics = {"sanction"},
        .datasets = {"au_dfat_sanctions"},
    },
};

const mz_list_origin *mz_list_origins(size_t *ret_count) {
    *ret_count = sizeof origins / sizeof origins[0];
    return origins;
}
