/* What the columns of a table seem to be. A heading is folded (text/text.h) and looked up whole; what is
 * not in the table of headings is not guessed at: a column left out is added by hand in a moment, one that is wrongly
 * taken for a name spoils every screening.
 *
 * The headings are those of everyday tables in English, French and Arabic, and what the usual systems of banks call
 * the fields of their customer files (T24, Flexcube, Finacle, Amplitude). */
#include "base/ascii.h"
#include "base/error.h"
#include "subjects/mapping.h"
#include "text/text.h"

#include <string.h>

enum { HEADING_WORDS = 8, SAMPLE_WORDS_MOST = 64 };

/* What a heading is besides a property. */
enum { REFERENCE = MZ_PROPERTY_COUNT, SCHEMA };

/* Headings, separated by '|'; better ones of a kind first. */
static const struct {
    int means;
    const char *headings;
} known[] = {
    {REFERENCE, "customer no|customer number|customer id|customer code|customer reference|customer ref|client no|"
                "client number|client id|client code|client reference|cif|cif id|cif no|cif number|cust id|cust no|"
                "party id|account holder id|supplier no|supplier id|supplier code|vendor id|vendor no|employee id|"
                "reference|ref|ref no|reference no|reference number|id|code|key|"
                "n client|no client|num client|numero client|numero de client|numero du client|code client|"
                "reference client|ref client|id client|identifiant|identifiant client|matricule|radical|tiers|"
                "code tiers|numero tiers|code fournisseur|numero fournisseur|cli|"
                "رقم الزبون|رقم العميل|رمز العميل|رمز الزبون|معرف العميل|المعرف|الرقم المرجعي|المرجع|رقم المورد|الرمز"},
    {SCHEMA, "type|customer type|client type|entity type|party type|kind|category|schema|customer category|"
             "type client|type de client|type tiers|type de tiers|nature|nature client|nature du client|categorie|"
             "type de personne|النوع|نوع العميل|نوع الزبون|الصنف|الفيه|الطبيعه"},
    {MZ_PROP_name, "name|full name|customer name|client name|name 1|cust name|customer name 1|account name|"
                   "account title|party name|legal name|entity name|company name|business name|organisation name|"
                   "organization name|supplier name|vendor name|firm|company|vessel name|ship name|name of vessel|"
                   "name of ship|nom complet|nom et prenom|nom et prenoms|nom prenom|nom prenoms|noms et prenoms|"
                   "nom du client|nom client|raison sociale|denomination|denomination sociale|intitule|"
                   "intitule client|nom du navire|navire|exportateur|importateur|fournisseur|beneficiaire|"
                   "importer|exporter|consignee|shipper|beneficiary|supplier|"
                   "الاسم|الاسم الكامل|اسم العميل|اسم الزبون|الاسم والنسب|الاسم الشخصي والعائلي|اسم الشركه|"
                   "التسميه|اسم السفينه|المستورد|المصدر|المورد"},
    {MZ_PROP_alias, "alias|aliases|aka|also known as|other name|other names|known as|short name|trade name|"
                    "trading name|commercial name|brand name|name 2|surnom|autres noms|autre nom|nom commercial|"
                    "enseigne|sigle|الاسم التجاري|اسم الشهره|اسماء اخري|الكنيه"},
    {MZ_PROP_previousName, "former name|previous name|old name|maiden name|ancien nom|ancienne raison sociale|"
                           "nom de jeune fille|nom de naissance|الاسم السابق"},
    {MZ_PROP_firstName, "first name|given name|given names|forename|forenames|firstname|first names|prenom|prenoms|"
                        "pre|الاسم الشخصي|الاسم الاول"},
    {MZ_PROP_middleName, "middle name|middle names|second name|deuxieme prenom|الاسم الاوسط"},
    {MZ_PROP_fatherName, "father name|fathers name|father s name|patronymic|nom du pere|اسم الاب"},
    {MZ_PROP_motherName, "mother name|mothers name|mother s name|nom de la mere|اسم الام"},
    {MZ_PROP_lastName, "last name|family name|surname|lastname|nom|nom de famille|nom famille|patronyme|"
                       "الاسم العايلي|اسم العايله|اللقب|النسب"},
    {MZ_PROP_title, "title|salutation|civilite|titre"},
    {MZ_PROP_birthDate, "birth date|date of birth|dob|birthdate|date birth|birthday|birth incorp date|cust dob|"
                        "date of birth incorporation|date naissance|date de naissance|ne le|dna|datenaissance|"
                        "تاريخ الميلاد|تاريخ الازدياد|تاريخ الولاده"},
    {MZ_PROP_birthPlace, "birth place|place of birth|birthplace|pob|lieu naissance|lieu de naissance|ne a|"
                         "مكان الميلاد|مكان الازدياد|محل الولاده|مكان الولاده"},
    {MZ_PROP_birthCountry, "birth country|country of birth|pays de naissance|pays naissance|بلد الميلاد|بلد الازدياد"},
    {MZ_PROP_nationality, "nationality|nationalities|citizenship|nationalite|الجنسيه"},
    {MZ_PROP_country, "country|country code|residence|country of residence|residence country|domicile|"
                      "country of incorporation|pays|code pays|pays de residence|pays residence|pays d origine|"
                      "البلد|الدوله|بلد الاقامه|دوله الاقامه"},
    {MZ_PROP_gender, "gender|sex|sexe|genre|الجنس|النوع الاجتماعي"},
    {MZ_PROP_passportNumber, "passport|passport no|passport number|passport num|passeport|n passeport|no passeport|"
                             "numero passeport|numero de passeport|رقم جواز السفر|جواز السفر|رقم الجواز"},
    {MZ_PROP_idNumber, "national id|national id no|national id number|id number|id no|identity number|identity card|"
                       "id card|legal id|p national id|identification number|cin|cnie|cni|n cin|no cin|numero cin|"
                       "carte d identite|numero carte d identite|piece d identite|numero de piece|nid|"
                       "numero piece identite|رقم البطاقه|رقم البطاقه الوطنيه|البطاقه الوطنيه|رقم الهويه|الهويه|"
                       "رقم بطاقه التعريف|بطاقه التعريف"},
    {MZ_PROP_taxNumber, "tax id|tax no|tax number|tin|vat number|identifiant fiscal|if|ice|nif|matricule fiscal|"
                        "numero fiscal|الرقم الضريبي|التعريف الضريبي|رقم التعريف الضريبي|التعريف الجبايي"},
    {MZ_PROP_registrationNumber, "registration number|registration no|company number|company no|trade register|"
                                 "commercial register|commercial registration|cr number|rc|n rc|no rc|numero rc|"
                                 "registre de commerce|registre du commerce|siren|siret|"
                                 "السجل التجاري|رقم السجل التجاري|رقم السجل"},
    {MZ_PROP_leiCode, "lei|lei code|code lei"},
    {MZ_PROP_swiftBic, "bic|swift|swift bic|swift code|code swift|bic code"},
    {MZ_PROP_iban, "iban|الايبان"},
    {MZ_PROP_imoNumber, "imo|imo number|imo no|numero imo|n imo"},
    {MZ_PROP_flag, "flag|flag state|pavillon|العلم"},
    {MZ_PROP_callSign, "call sign|callsign|indicatif"},
    {MZ_PROP_phone, "phone|phone no|phone number|telephone|mobile|mobile no|gsm|tel|portable|numero de telephone|"
                    "الهاتف|رقم الهاتف|الجوال|النقال"},
    {MZ_PROP_email, "email|e mail|mail|email address|courriel|adresse email|adresse e mail|"
                    "البريد الالكتروني|البريد"},
    {MZ_PROP_address, "address|full address|residential address|registered address|adresse|adresse complete|"
                      "adresse client|siege social|العنوان|عنوان السكن|المقر الاجتماعي"},
    {MZ_PROP_street, "street|address line 1|address 1|rue|adresse 1|الشارع"},
    {MZ_PROP_city, "city|town|town country|ville|localite|المدينه"},
    {MZ_PROP_postalCode, "postal code|postcode|zip|zip code|code postal|cp|الرمز البريدي"},
    {MZ_PROP_region, "region|province|state|الجهه|الاقليم"},
    {MZ_PROP_incorporationDate, "incorporation date|date of incorporation|registration date|founded|"
                                "date de creation|date creation|date de constitution|تاريخ التاسيس"},
    {MZ_PROP_legalForm, "legal form|forme juridique|الشكل القانوني"},
    {MZ_PROP_sector, "sector|industry|activity|secteur|activite|secteur d activite|النشاط|القطاع"},
    {MZ_PROP_position, "position|occupation|profession|job|job title|fonction|المهنه|الوظيفه"},
};
enum { KNOWN = sizeof known / sizeof *known };

/* What stands in a column that says what a row is. */
static const struct {
    mz_schema schema;
    const char *words;
} kinds[] = {
    {MZ_SCHEMA_Person, "i|p|f|pp|ind|individual|person|natural person|natural|physical|personal|retail|private|"
                       "personne physique|physique|particulier|individu|part|homme|femme|شخص|شخص طبيعي|فرد|طبيعي|ذاتي"},
    {MZ_SCHEMA_Company, "c|e|m|pm|b|corp|corporate|company|firm|business|legal person|legal entity|legal|entity|"
                        "organisation|organization|personne morale|morale|entreprise|societe|ste|professionnel|"
                        "شركه|شخص معنوي|معنوي|موسسه|اعتباري|مقاوله"},
    {MZ_SCHEMA_Vessel, "vessel|ship|boat|navire|bateau|سفينه|مركب"},
};

typedef struct guessing {
    const mz_str *names, *sample;
    size_t count, rows;
    mz_arena *arena;
    mz_subject_mapping *mapping;
    mz_status status;
    mz_error *error;
} guessing;

enum { KINDS = sizeof kinds / sizeof *kinds };

/* A heading's words, folded, without what stands between them: “Customer No”, “CUSTOMER.NO” and “CustomerNo” are one.
 */
static mz_str fold(guessing *g, mz_str heading) {
    mz_word *words = NULL;
    size_t count = 0;
    bool cut;
    mz_str made = MZ_STR("");
    if (!g->status) g->status = mz_text_words(heading, g->arena, HEADING_WORDS, &words, &count, &cut, g->error);
    for (size_t w = 0; w < count && !g->status; w++)
        made = made.size ? mz_arena_print(g->arena, "%.*s%.*s", (int)made.size, made.data, (int)words[w].folded.size,
                                          words[w].folded.data)
                         : words[w].folded;
    return made;
}

/* Texts of a table, folded once for all columns. */
typedef struct folded_texts {
    mz_str *texts;
    size_t count;
} folded_texts;

static folded_texts fold_all(guessing *g, const char *texts) {
    folded_texts made = {.count = 1};
    for (const char *at = texts; *at; at++) made.count += *at == '|';
    made.texts = MZ_ARENA_NEW(g->arena, made.count, mz_str);
    if (!made.texts) return (folded_texts){.count = 0};
    for (size_t k = 0; k < made.count; k++) {
        size_t size = strcspn(texts, "|");
        made.texts[k] = fold(g, (mz_str){texts, size});
        texts += size + 1;
    }
    return made;
}

/* The place of a folded text among others; 0: it is none of them. */
static size_t place_in(const folded_texts *texts, mz_str wanted) {
    for (size_t k = 0; k < texts->count && wanted.size; k++)
        if (mz_str_equal(texts->texts[k], wanted)) return k + 1;
    return 0;
}

/* The columns that mean it, the best heading first: *ret_at, and how many. */
static size_t columns_of(guessing *g, const mz_str *folded, const char *headings, size_t *ret_at, size_t most) {
    size_t found = 0, places[MZ_SUBJECT_MAPPED_MOST];
    const folded_texts texts = fold_all(g, headings);
    for (size_t i = 0; i < g->count; i++) {
        size_t place = place_in(&texts, folded[i]);
        if (!place || found == most) continue;
        size_t at = found++;
        for (; at > 0 && places[at - 1] > place; at--) {
            places[at] = places[at - 1];
            ret_at[at] = ret_at[at - 1];
        }
        places[at] = place;
        ret_at[at] = i;
    }
    return found;
}

/* ---- dates ---- */

typedef struct date_signs {
    size_t values, eight, year_first, first_large, second_large, slashes;
    char separator;
} date_signs;

static void look_at_date(date_signs *signs, mz_str value) {
    unsigned first = 0, second = 0;
    size_t digits = 0, at = 0;
    while (digits < value.size && mz_is_digit(value.data[digits])) digits++;
    if (!value.size) return;
    signs->values++;
    if (digits == 8 && value.size == 8) {
        unsigned century = (unsigned)(value.data[0] - '0') * 10 + (unsigned)(value.data[1] - '0');
        unsigned month = (unsigned)(value.data[4] - '0') * 10 + (unsigned)(value.data[5] - '0');
        signs->eight++;
        signs->year_first += (century == 19 || century == 20) && month >= 1 && month <= 12;
        return;
    }
    if (digits == 0 || digits > 2 || digits >= value.size || !memchr("/-.", value.data[digits], 3)) return;
    char separator = value.data[digits];
    for (; at < digits; at++) first = first * 10 + (unsigned)(value.data[at] - '0');
    for (at = digits + 1; at < value.size && mz_is_digit(value.data[at]) && at < digits + 3; at++)
        second = second * 10 + (unsigned)(value.data[at] - '0');
    if (at + 5 > value.size || value.data[at] != separator || at == digits + 1) return;
    signs->slashes++;
    signs->separator = separator;
    signs->first_large += first > 12 && first <= 31 && second <= 12;
    signs->second_large += second > 12 && second <= 31 && first <= 12;
}

/* The form in which a column's dates are written; empty where any reader of dates knows it. */
static mz_str format_of(guessing *g, size_t column) {
    date_signs signs = {.values = 0};
    for (size_t r = 0; r < g->rows; r++) look_at_date(&signs, g->sample[r * g->count + column]);
    if (signs.eight && signs.eight == signs.values)
        return signs.year_first == signs.eight ? MZ_STR("YYYYMMDD") : MZ_STR("DDMMYYYY");
    if (!signs.slashes || signs.slashes != signs.values) return MZ_STR("");
    bool month_first = signs.second_large && !signs.first_large;
    return mz_arena_print(g->arena, month_first ? "MM%cDD%cYYYY" : "DD%cMM%cYYYY", signs.separator, signs.separator);
}

/* ---- what rows are ---- */

/* Words of the sample that say what a row is; false when one of them says nothing that is known. */
static bool guess_words(guessing *g, size_t column) {
    mz_subject_mapping *mapping = g->mapping;
    folded_texts texts[KINDS];
    for (size_t k = 0; k < KINDS; k++) texts[k] = fold_all(g, kinds[k].words);
    mapping->words = MZ_ARENA_NEW(g->arena, SAMPLE_WORDS_MOST, mz_mapped_word);
    if (!mapping->words) return false;
    for (size_t r = 0; r < g->rows && mapping->word_count < SAMPLE_WORDS_MOST; r++) {
        mz_str word = g->sample[r * g->count + column], folded = fold(g, word);
        mz_schema schema = MZ_SCHEMA_LegalEntity;
        bool fits = false;
        if (!word.size || mz_subject_mapping_schema(mapping, word, &schema)) continue;
        for (size_t k = 0; k < KINDS && !fits; k++)
            if (place_in(&texts[k], folded)) {
                schema = kinds[k].schema;
                fits = true;
            }
        if (!fits) return false;
        mapping->words[mapping->word_count++] = (mz_mapped_word){mz_arena_copy(g->arena, word), schema};
    }
    return mapping->word_count > 0;
}

static bool maps(const mz_subject_mapping *mapping, mz_property property) {
    for (size_t c = 0; c < mapping->column_count; c++)
        if (mapping->columns[c].property == property) return true;
    return false;
}

static void guess_schema(guessing *g, const mz_str *folded) {
    mz_subject_mapping *mapping = g->mapping;
    size_t at = 0;
    mapping->schema = MZ_SCHEMA_LegalEntity;
    for (size_t k = 0; k < KNOWN; k++)
        if (known[k].means == SCHEMA && columns_of(g, folded, known[k].headings, &at, 1) && guess_words(g, at)) {
            mapping->schema_column = g->names[at];
            return;
        }
    mapping->word_count = 0;
    if (maps(mapping, MZ_PROP_imoNumber))
        mapping->schema = MZ_SCHEMA_Vessel;
    else if (maps(mapping, MZ_PROP_birthDate) || maps(mapping, MZ_PROP_gender) || maps(mapping, MZ_PROP_firstName))
        mapping->schema = MZ_SCHEMA_Person;
    else if (maps(mapping, MZ_PROP_legalForm) || maps(mapping, MZ_PROP_leiCode) ||
             maps(mapping, MZ_PROP_registrationNumber))
        mapping->schema = MZ_SCHEMA_Company;
}

/* ---- all of it ---- */

/* “Nom” alone is a name; beside “Prénom” it is the family's. */
static void settle_names(mz_subject_mapping *mapping) {
    if (maps(mapping, MZ_PROP_firstName) || maps(mapping, MZ_PROP_name)) return;
    for (size_t c = 0; c < mapping->column_count; c++)
        if (mapping->columns[c].property == MZ_PROP_lastName) mapping->columns[c].property = MZ_PROP_name;
}

static void guess_columns(guessing *g, const mz_str *folded, size_t *at, size_t most) {
    mz_subject_mapping *mapping = g->mapping;
    for (size_t k = 0; k < KNOWN; k++) {
        size_t found = columns_of(g, folded, known[k].headings, at, most);
        if (known[k].means == REFERENCE && found) mapping->reference = g->names[at[0]];
        if (known[k].means >= MZ_PROPERTY_COUNT) continue;
        mz_property property = (mz_property)known[k].means;
        for (size_t i = 0; i < found && mapping->column_count < MZ_SUBJECT_MAPPED_MOST; i++)
            mapping->columns[mapping->column_count++] = (mz_mapped_column){
                .property = property,
                .column = g->names[at[i]],
                .format = mz_property_kind(property) == MZ_TYPE_DATE ? format_of(g, at[i]) : MZ_STR(""),
                .split = MZ_STR("")};
    }
}

mz_status mz_subject_mapping_guess(const mz_str *names, size_t count, const mz_str *sample, size_t rows,
                                   mz_arena *arena, mz_subject_mapping *ret_mapping, mz_error *error) {
    mz_subject_mapping made = {
        .schema_column = MZ_STR(""), .reference = MZ_STR(""), .encoding = MZ_ENCODING_COUNT, .sheet = MZ_STR("")};
    guessing g = {.names = names,
                  .sample = sample,
                  .count = count,
                  .rows = rows,
                  .arena = arena,
                  .mapping = &made,
                  .error = error};
    size_t at[MZ_SUBJECT_MAPPED_MOST];
    mz_str *folded = MZ_ARENA_NEW(arena, count + 1, mz_str);
    made.columns = MZ_ARENA_NEW(arena, MZ_SUBJECT_MAPPED_MOST, mz_mapped_column);
    if (!folded || !made.columns) return mz_fail_arena(arena, error, "the guess");
    for (size_t i = 0; i < count; i++) folded[i] = fold(&g, names[i]);
    guess_columns(&g, folded, at, MZ_SUBJECT_MAPPED_MOST);
    settle_names(&made);
    guess_schema(&g, folded);
    if (!g.status && arena->failed) g.status = mz_fail_arena(arena, error, "the guess");
    if (!g.status) *ret_mapping = made;
    return g.status;
}
