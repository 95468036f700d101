/* The table of OFAC's kinds, gathered from the SDN and non-SDN lists of 2021 to 2026 and from the Consolidated
 * Screening List of 2022: every kind that occurs there. Look-up is by binary search over the sorted table. */
#include "lists/ofac_ids.h"
#include "base/ascii.h"

#include <stdlib.h>

typedef struct id_kind {
    const char *kind; /* lower case, sorted; '*' at the end: any kind that begins so */
    mz_property property;
    mz_schema document;
} id_kind;

#define PLAIN MZ_SCHEMA_COUNT
#define PAPER MZ_SCHEMA_Identification
#define PASSPORT MZ_SCHEMA_Passport

static const id_kind kinds[] = {
    {"additional sanctions information", MZ_PROP_provisions, PLAIN},
    {"afghan money service provider license number", MZ_PROP_licenseNumber, PLAIN},
    {"aircraft construction number", MZ_PROP_serialNumber, PLAIN},
    {"aircraft construction number (also called l/n or s/n or f/n)", MZ_PROP_serialNumber, PLAIN},
    {"aircraft manufacture date", MZ_PROP_buildDate, PLAIN},
    {"aircraft manufacturer's serial number", MZ_PROP_serialNumber, PLAIN},
    {"aircraft manufacturer's serial number (msn)", MZ_PROP_serialNumber, PLAIN},
    {"aircraft mode s transponder code", MZ_PROP_icaoCode, PLAIN},
    {"aircraft model", MZ_PROP_model, PLAIN},
    {"aircraft operator", MZ_PROP_operator, PLAIN},
    {"aircraft serial identification", MZ_PROP_serialNumber, PLAIN},
    {"aircraft tail number", MZ_PROP_registrationNumber, PLAIN},
    {"aircraft type", MZ_PROP_type, PLAIN},
    {"bik (ru)", MZ_PROP_registrationNumber, PLAIN},
    {"birth certificate number", MZ_PROP_idNumber, PAPER},
    {"bosnian personal id no.", MZ_PROP_idNumber, PAPER},
    {"branch unit number", MZ_PROP_registrationNumber, PLAIN},
    {"british national overseas passport", MZ_PROP_passportNumber, PASSPORT},
    {"business number", MZ_PROP_registrationNumber, PLAIN},
    {"business registration document #", MZ_PROP_registrationNumber, PLAIN},
    {"business registration number", MZ_PROP_registrationNumber, PLAIN},
    {"c.i.f.", MZ_PROP_taxNumber, PLAIN},
    {"c.r. no.", MZ_PROP_registrationNumber, PLAIN},
    {"c.u.i.", MZ_PROP_idNumber, PAPER},
    {"c.u.i.p.", MZ_PROP_idNumber, PAPER},
    {"c.u.i.t.", MZ_PROP_taxNumber, PLAIN},
    {"c.u.r.p.", MZ_PROP_idNumber, PAPER},
    {"caatsa section 235 information", MZ_PROP_provisions, PLAIN},
    {"cartilla de servicio militar nacional", MZ_PROP_idNumber, PAPER},
    {"cedula no.", MZ_PROP_idNumber, PAPER},
    {"central registration system number", MZ_PROP_registrationNumber, PLAIN},
    {"certificate of incorporation number", MZ_PROP_registrationNumber, PLAIN},
    {"chamber of commerce number", MZ_PROP_registrationNumber, PLAIN},
    {"chinese commercial code", MZ_PROP_notes, PLAIN},
    {"citizen's card number", MZ_PROP_idNumber, PAPER},
    {"cnp (personal numerical code)", MZ_PROP_idNumber, PAPER},
    {"commercial registry number", MZ_PROP_registrationNumber, PLAIN},
    {"company number", MZ_PROP_registrationNumber, PLAIN},
    {"credencial electoral", MZ_PROP_idNumber, PAPER},
    {"d-u-n-s number", MZ_PROP_dunsCode, PLAIN},
    {"d.n.i.", MZ_PROP_idNumber, PAPER},
    {"digital currency address*", MZ_PROP_publicKey, MZ_SCHEMA_CryptoWallet},
    {"diplomatic passport", MZ_PROP_passportNumber, PASSPORT},
    {"driver's license no.", MZ_PROP_licenseNumber, PAPER},
    {"dubai chamber of commerce membership no.", MZ_PROP_registrationNumber, PLAIN},
    {"effective date*", MZ_PROP_provisions, PLAIN},
    {"electoral registry no.", MZ_PROP_idNumber, PAPER},
    {"email address", MZ_PROP_email, PLAIN},
    {"enterprise number", MZ_PROP_registrationNumber, PLAIN},
    {"equity ticker", MZ_PROP_ticker, PLAIN},
    {"executive order*", MZ_PROP_provisions, PLAIN},
    {"fax", MZ_PROP_phone, PLAIN},
    {"fax no.", MZ_PROP_phone, PLAIN},
    {"fax number", MZ_PROP_phone, PLAIN},
    {"file number", MZ_PROP_registrationNumber, PLAIN},
    {"fiscal code", MZ_PROP_taxNumber, PLAIN},
    {"folio mercantil no.", MZ_PROP_registrationNumber, PLAIN},
    {"former vessel flag", MZ_PROP_pastFlags, PLAIN},
    {"gender", MZ_PROP_gender, PLAIN},
    {"government gazette number", MZ_PROP_okpoCode, PLAIN},
    {"i.f.e.", MZ_PROP_idNumber, PAPER},
    {"identification number", MZ_PROP_idNumber, PAPER},
    {"ifca determination", MZ_PROP_provisions, PLAIN},
    {"immigration no.", MZ_PROP_idNumber, PAPER},
    {"imo number", MZ_PROP_imoNumber, PLAIN},
    {"interpol*", MZ_PROP_notes, PLAIN},
    {"isin", MZ_PROP_isin, PLAIN},
    {"issuer name", MZ_PROP_notes, PLAIN},
    {"istanbul chamber of comm. no.", MZ_PROP_registrationNumber, PLAIN},
    {"italian fiscal code", MZ_PROP_taxNumber, PLAIN},
    {"kenyan id no.", MZ_PROP_idNumber, PAPER},
    {"le number", MZ_PROP_idNumber, PAPER},
    {"legal entity number", MZ_PROP_registrationNumber, PLAIN},
    {"license", MZ_PROP_licenseNumber, PLAIN},
    {"listing date*", MZ_PROP_provisions, PLAIN},
    {"matricula mercantil no", MZ_PROP_registrationNumber, PLAIN},
    {"micex code", MZ_PROP_ticker, PLAIN},
    {"military registration number", MZ_PROP_idNumber, PAPER},
    {"mmsi", MZ_PROP_mmsi, PLAIN},
    {"moroccan personal id no.", MZ_PROP_idNumber, PAPER},
    {"msb registration number", MZ_PROP_registrationNumber, PLAIN},
    {"n.i.e.", MZ_PROP_idNumber, PAPER},
    {"national foreign id number", MZ_PROP_idNumber, PAPER},
    {"national id no.", MZ_PROP_idNumber, PAPER},
    {"nationality of registration", MZ_PROP_jurisdiction, PLAIN},
    {"nit #", MZ_PROP_taxNumber, PLAIN},
    {"numero de identidad", MZ_PROP_idNumber, PAPER},
    {"numero unico de identificacao tributaria (nuit)", MZ_PROP_taxNumber, PLAIN},
    {"organization established date", MZ_PROP_incorporationDate, PLAIN},
    {"organization type", MZ_PROP_sector, PLAIN},
    {"other vessel call sign", MZ_PROP_callSign, PLAIN},
    {"other vessel flag", MZ_PROP_flag, PLAIN},
    {"other vessel type", MZ_PROP_type, PLAIN},
    {"paraguayan tax identification number", MZ_PROP_taxNumber, PLAIN},
    {"passport", MZ_PROP_passportNumber, PASSPORT},
    {"peesa information", MZ_PROP_provisions, PLAIN},
    {"personal id card", MZ_PROP_idNumber, PAPER},
    {"phone no.", MZ_PROP_phone, PLAIN},
    {"phone number", MZ_PROP_phone, PLAIN},
    {"pilot license number", MZ_PROP_licenseNumber, PAPER},
    {"previous aircraft tail number", MZ_PROP_registrationNumber, PLAIN},
    {"public registration number", MZ_PROP_registrationNumber, PLAIN},
    {"public security and immigration no.", MZ_PROP_idNumber, PAPER},
    {"purchase/sales for divestment date*", MZ_PROP_provisions, PLAIN},
    {"r.f.c.", MZ_PROP_taxNumber, PLAIN},
    {"refugee id card", MZ_PROP_idNumber, PAPER},
    {"registered charity no.", MZ_PROP_registrationNumber, PLAIN},
    {"registration country", MZ_PROP_jurisdiction, PLAIN},
    {"registration id", MZ_PROP_registrationNumber, PLAIN},
    {"registration number", MZ_PROP_registrationNumber, PLAIN},
    {"residency number", MZ_PROP_idNumber, PAPER},
    {"rfc", MZ_PROP_taxNumber, PLAIN},
    {"rif #", MZ_PROP_taxNumber, PLAIN},
    {"romanian c.r.", MZ_PROP_registrationNumber, PLAIN},
    {"romanian permanent resident", MZ_PROP_idNumber, PAPER},
    {"romanian tax registration", MZ_PROP_taxNumber, PLAIN},
    {"rsin", MZ_PROP_taxNumber, PLAIN},
    {"rtn", MZ_PROP_taxNumber, PLAIN},
    {"ruc #", MZ_PROP_taxNumber, PLAIN},
    {"seafarer's identification document", MZ_PROP_idNumber, PAPER},
    {"secondary sanctions risk", MZ_PROP_provisions, PLAIN},
    {"serial no.", MZ_PROP_idNumber, PAPER},
    {"sre permit no.", MZ_PROP_idNumber, PAPER},
    {"ssn", MZ_PROP_socialSecurityNumber, PAPER},
    {"stateless person id card", MZ_PROP_idNumber, PAPER},
    {"stateless person passport", MZ_PROP_passportNumber, PASSPORT},
    {"swift/bic", MZ_PROP_swiftBic, PLAIN},
    {"target type", MZ_PROP_classification, PLAIN},
    {"tax id no.", MZ_PROP_taxNumber, PLAIN},
    {"tazkira national id card", MZ_PROP_idNumber, PAPER},
    {"telephone", MZ_PROP_phone, PLAIN},
    {"telephone no.", MZ_PROP_phone, PLAIN},
    {"telephone number", MZ_PROP_phone, PLAIN},
    {"tourism license no.", MZ_PROP_licenseNumber, PLAIN},
    {"trade license no.", MZ_PROP_licenseNumber, PLAIN},
    {"transactions prohibited*", MZ_PROP_provisions, PLAIN},
    {"travel document number", MZ_PROP_passportNumber, PASSPORT},
    {"turkish identification number", MZ_PROP_idNumber, PAPER},
    {"uae identification", MZ_PROP_idNumber, PAPER},
    {"uk company number", MZ_PROP_registrationNumber, PLAIN},
    {"un/locode", MZ_PROP_notes, PLAIN},
    {"unified social credit code", MZ_PROP_uscCode, PLAIN},
    {"unified social credit code (uscc)", MZ_PROP_uscCode, PLAIN},
    {"united social credit code certificate", MZ_PROP_uscCode, PLAIN},
    {"united social credit code certificate (usccc)", MZ_PROP_uscCode, PLAIN},
    {"us fein", MZ_PROP_taxNumber, PLAIN},
    {"v.a.t. number", MZ_PROP_vatCode, PLAIN},
    {"vessel call sign", MZ_PROP_callSign, PLAIN},
    {"vessel flag", MZ_PROP_flag, PLAIN},
    {"vessel gross registered tonnage", MZ_PROP_grossRegisteredTonnage, PLAIN},
    {"vessel owner", MZ_PROP_owner, PLAIN},
    {"vessel registration identification", MZ_PROP_imoNumber, PLAIN},
    {"vessel tonnage", MZ_PROP_tonnage, PLAIN},
    {"vessel type", MZ_PROP_type, PLAIN},
    {"vessel year of build", MZ_PROP_buildDate, PLAIN},
    {"visanumberid", MZ_PROP_idNumber, PAPER},
    {"website", MZ_PROP_website, PLAIN},
};

/* Without blanks, colons and dashes around it. */
static mz_str bare(mz_str kind) {
    while (kind.size && strchr(" :-", kind.data[0])) kind.data++, kind.size--;
    while (kind.size && strchr(" :-", kind.data[kind.size - 1])) kind.size--;
    return kind;
}

static int compare_kind(const void *key, const void *entry) {
    const mz_str *kind = key;
    const char *known = ((const id_kind *)entry)->kind;
    for (size_t i = 0; i < kind->size; i++) {
        if (known[i] == '*') return 0;
        int order = (unsigned char)mz_lower(kind->data[i]) - (unsigned char)known[i];
        if (order || !known[i]) return order ? order : 1;
    }
    return known[kind->size] == '\0' || known[kind->size] == '*' ? 0 : -1;
}

bool mz_ofac_id_kind(mz_str kind, mz_property *ret_property, mz_schema *ret_document) {
    kind = bare(kind);
    const id_kind *found = bsearch(&kind, kinds, sizeof kinds / sizeof kinds[0], sizeof kinds[0], compare_kind);
    if (!found) return false;
    *ret_property = found->property;
    *ret_document = found->document;
    return true;
}

mz_str mz_ofac_currency(mz_str kind) {
    static const char start[] = "digital currency address";
    kind = bare(kind);
    if (kind.size < sizeof start || !mz_starts_with(kind, start)) return (mz_str){"", 0};
    return bare((mz_str){kind.data + sizeof start - 1, kind.size - (sizeof start - 1)});
}
