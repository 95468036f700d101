/* Folding and romanisation, script by script. The names are made up or are ordinary words. */
#include "test.h"
#include "words.h"

static void check_same(const char *const *rows, size_t count) {
    char one[LINE_SIZE], other[LINE_SIZE];
    for (size_t i = 0; i + 1 < count; i += 2) {
        mz_test_case("%s = %s", rows[i], rows[i + 1]);
        CHECK_TEXT(words_line(mz_str_of(rows[i]), SHOW_FOLDED, one),
                   words_line(mz_str_of(rows[i + 1]), SHOW_FOLDED, other));
    }
}
#define CHECK_SAME(rows) check_same((rows), sizeof(rows) / sizeof *(rows))

TEST(latin_marks_and_letters_of_all_languages_become_ascii) {
    static const words_row rows[] = {
        {"Ñúñez Çelik Šrámek Żółw", "nunez celik sramek zolw"},
        {"Straße STRASSE", "strasse strasse"},
        {"Æsop Œuvre Øre Åse", "aesop oeuvre ore ase"},
        {"Łódka Đuro Þór Ðal", "lodka duro thor dal"},
        {"Işık IŞIK İstif istif", "isik isik istif istif"},
        {"Nguyễn Đẹp", "nguyen dep"},
        {"Əliş Ġħajn Ŋala", "alis ghajn ngala"},
        {"Ștefănuț Ştefănuţ", "stefanut stefanut"},
        {"Ｎｅｍｏ 𝐍𝐞𝐦𝐨 Ⓝⓔⓜⓞ ﬁn", "nemo nemo nemo fin"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(composed_and_decomposed_are_the_same) {
    static const char *const rows[] = {
        "N\u00E9mo", "Ne\u0301mo",   "й\u0456", "\u0438\u0306\u0456", "\u0457", "\u0456\u0308",
        "\u0623",    "\u0627\u0654", "ガ",      "カ\u3099",           "パ",     "ハ\u309A",
        "가",        "\u1100\u1161", "각",      "\u1100\u1161\u11A8", "각",     "가\u11A8",
        "ヴ",        "ウ\u3099",     "ё",       "\u0435\u0308",
    };
    CHECK_SAME(rows);
    static const char *const joined[] = {"\u1100'\u1161", "가", "\u1100.\u1161.\u11A8.", "각"};
    CHECK_SAME(joined);
}

TEST(spellings_of_one_arabic_letter_are_one) {
    static const char *const rows[] = {
        "أحد",    "احد",  "إحد",  "احد",  "آحد",  "احد",  "ٱحد",  "احد",  "ليلى", "ليلي", "ليلی",  "ليلي",
        "کتاب",   "كتاب", "نورة", "نوره", "نورہ", "نوره", "مؤنس", "مونس", "رئيس", "رييس", "ضياء",  "ضيا",
        "نـــور", "نور",  "نُوْرٌ",  "نور",  "ﻧﻮﺭ",  "نور",  "ﻻ",    "لا",   "ﷲ",    "الله", "٠١٢",   "۰۱۲",
        "ډال",    "دال",  "ټول",  "تول",  "ښار",  "شار",  "ځلا",  "زلا",  "ۍل",   "يل",   "ٹال",   "تال",
        "ڑال",    "رال",  "ماں",  "مان",  "لے",   "لي",   "ګل",   "گل",   "ڭل",   "گل",   "کوردێ", "كوردي",
    };
    CHECK_SAME(rows);
}

TEST(persian_letters_are_kept_apart_from_arabic_ones) {
    static const words_row rows[] = {{"پچژگ", "پچژگ"}, {"بجزك", "بجزك"}};
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(arabic_is_romanised_without_its_short_vowels) {
    static const words_row rows[] = {
        {"نور", "nwr"},    {"وليد", "wlyd"},   {"شمس", "shms"},      {"خالد", "khald"}, {"غيث", "ghyth"},
        {"ذهب", "dhhb"},   {"فاطمة", "fatma"}, {"ليلى", "lyla"},     {"إبر", "ibr"},    {"عبدالله", "abdallah"},
        {"پرچم", "prchm"}, {"ژاله", "zhalh"},  {"گلستان", "glstan"}, {"ټوپک", "twpk"},  {"ښار", "shar"},
        {"چھت", "chht"},   {"ڤيلا", "vyla"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(cyrillic_letters_are_folded_with_care) {
    static const words_row rows[] = {
        {"ЁЛКА", "елка"}, {"Йод", "йод"}, {"ЇЖАК", "їжак"}, {"Ґанок", "ґанок"}, {"мо́ре", "море"}, {"Ўзор", "ўзор"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(cyrillic_is_romanised) {
    static const words_row rows[] = {
        {"Щука", "shchuka"},       {"Хлеб", "khleb"},  {"Жук", "zhuk"},     {"Цапля", "tsaplya"}, {"Подъезд", "podezd"},
        {"Выдумский", "vydumsky"}, {"Юлька", "yulka"}, {"Чайка", "chayka"}, {"Їжак", "yizhak"},   {"Єнот", "yenot"},
        {"Ґанок", "ganok"},        {"Њива", "njiva"},  {"Љубав", "ljubav"}, {"Ђак", "djak"},      {"Қала", "qala"},
        {"Ғажап", "ghazhap"},      {"Ўзор", "uzor"},   {"Ёлка", "yolka"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(greek_is_romanised_with_its_digraphs) {
    static const words_row rows[] = {
        {"Μπάλα", "bala"},      {"Λάμπα", "lampa"}, {"Ντομάτα", "domata"}, {"Άντρο", "antro"}, {"Άγγελμα", "angelma"},
        {"Ουρανός", "ouranos"}, {"Αυγή", "avgi"},   {"Αυτό", "afto"},      {"Ευχή", "efchi"},  {"Ψάρι", "psari"},
        {"Γκρίζο", "grizo"},    {"ΟΔΟΣ", "odos"},   {"Ξύλο", "xylo"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
    static const char *const same[] = {"οδός", "ΟΔΟΣ", "ἄνθος", "ανθοσ"};
    CHECK_SAME(same);
}

TEST(hebrew_is_romanised_without_vowels) {
    static const words_row rows[] = {
        {"שולחן", "shwlhn"}, {"כלב", "klb"}, {"ספר", "spr"}, {"ג'ירף", "jyrf"}, {"צ׳ק", "chk"}, {"ילד", "yld"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
    static const char *const same[] = {"שָׁלוֹם", "שלומ", "ספרים", "ספרימ", "\uFB2A", "ש"};
    CHECK_SAME(same);
}

TEST(han_has_mandarin_readings_and_simplified_forms) {
    static const words_row rows[] = {
        {"例子", "lizi"},     {"學校", "xuexiao"}, {"单子", "shanzi"}, {"菜单", "caidan"}, {"曾子", "zengzi"},
        {"万俟子", "moqizi"}, {"佐々", "zuozuo"},  {"二〇", "erling"}, {"㐀子", "qiuzi"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
    static const char *const same[] = {"學校", "学校", "張開", "张开", "\uF900", "豈"};
    CHECK_SAME(same);
}

TEST(hangul_is_romanised_by_syllables) {
    static const words_row rows[] = {{"가상", "gasang"}, {"나무", "namu"}, {"닭", "dak"}, {"꽃잎", "kkotip"}};
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(kana_is_romanised_as_hepburn_with_short_vowels) {
    static const words_row rows[] = {
        {"さくら", "sakura"}, {"サクラ", "sakura"}, {"ｻｸﾗ", "sakura"},     {"ざっし", "zasshi"}, {"マッチ", "matchi"},
        {"とうふ", "tofu"},   {"おおきい", "okii"}, {"しょうゆ", "shoyu"}, {"ビール", "biru"},   {"いのうえ", "inoue"},
        {"でんわ", "denwa"},  {"ぴあの", "piano"},  {"ヴァン", "van"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
    static const char *const same[] = {"さくら", "サクラ", "ｶﾞﾗｽ", "がらす"};
    CHECK_SAME(same);
}

TEST(armenian_and_georgian_are_romanised) {
    static const words_row rows[] = {
        {"Ծառ", "tsar"},   {"ուղտ", "ught"},          {"Որս", "vors"},        {"և", "yev"},      {"Շուն", "shun"},
        {"ხიდი", "khidi"}, {"ᲮᲘᲓᲘ", "khidi"}, {"ცხვარი", "tskhvari"}, {"ჟოლო", "zholo"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(indic_scripts_have_their_unwritten_vowel_where_it_is_heard) {
    static const words_row rows[] = {
        {"कमल", "kamal"},  {"नमक", "namak"}, {"राजकुमार", "rajkumar"}, {"मन्त्र", "mantra"}, {"फ़सल", "fasal"},
        {"ज़मीन", "zamin"}, {"ज्ञान", "gyan"}, {"हिंदी", "hindi"},       {"संगम", "sangam"},  {"कई", "kai"},
        {"নদী", "nadi"},   {"বাঘ", "bagh"},  {"ਪਾਣੀ", "pani"},        {"ફૂલ", "phul"},     {"மரம்", "maram"},
        {"పులి", "puli"},   {"ಮನೆ", "mane"},   {"മരം", "maran"},        {"ගස", "gasa"},     {"ପାଣି", "pani"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(south_east_asian_scripts_are_romanised_coarsely) {
    static const words_row rows[] = {
        {"สมชาย", "somchai"}, {"ไกร", "krai"},    {"ปลา", "pla"},    {"เมือง", "mueang"},
        {"แมว", "maew"},      {"อาทิตย์", "athit"}, {"ເມືອງ", "muang"}, {"ຫມາ", "ma"},
        {"ອາຫານ", "ahan"},    {"ផ្ទះ", "phtah"},   {"ទឹក", "toek"},    {"ရေ", "ye"},
        {"ကောင်း", "kaung"},   {"လှိုင်း", "hlaing"},  {"မြို့", "myo"},     {"မန္တလေး", "mantale"},
    };
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(ethiopic_tifinagh_and_thaana_are_romanised) {
    static const words_row rows[] = {
        {"ሰላም", "selam"}, {"ቡና", "buna"}, {"ⴰⵎⴰⵏ", "aman"}, {"ⴰⵢⵢⵓⵔ", "ayyur"}, {"މަސް", "mas"}};
    CHECK_ROWS(rows, SHOW_LATIN);
}

TEST(scripts_without_a_table_keep_their_letters_and_have_no_latin) {
    static const words_row folded[] = {{"ᏣᎳᎩ", "ᏣᎳᎩ"}, {"ᠮᠣᠩ", "ᠮᠣᠩ"}};
    CHECK_ROWS(folded, SHOW_FOLDED);
    static const words_row latin[] = {{"ᏣᎳᎩ", ""}, {"ᠮᠣᠩ", ""}};
    CHECK_ROWS(latin, SHOW_LATIN);
}

TEST_MAIN()
