/* Scripts by ranges of code points.
 *
 * Blocks rather than Unicode's Script property: what a name holds of a block is letters of its script, punctuation
 * is told from letters elsewhere, and the table stays one that can be read. Sorted; looked up by halving, after a
 * short way for the blocks that most names are made of. */
#include "text/text.h"

struct range {
    uint32_t first, last;
    mz_script script;
};

static const struct range ranges[] = {
    {0x0041, 0x005A, MZ_SCRIPT_LATIN},      {0x0061, 0x007A, MZ_SCRIPT_LATIN},
    {0x00AA, 0x00AA, MZ_SCRIPT_LATIN},      {0x00BA, 0x00BA, MZ_SCRIPT_LATIN},
    {0x00C0, 0x00D6, MZ_SCRIPT_LATIN},      {0x00D8, 0x00F6, MZ_SCRIPT_LATIN},
    {0x00F8, 0x02B8, MZ_SCRIPT_LATIN},      {0x02E0, 0x02E4, MZ_SCRIPT_LATIN},
    {0x0370, 0x03FF, MZ_SCRIPT_GREEK},      {0x0400, 0x052F, MZ_SCRIPT_CYRILLIC},
    {0x0531, 0x058F, MZ_SCRIPT_ARMENIAN},   {0x0591, 0x05FF, MZ_SCRIPT_HEBREW},
    {0x0600, 0x06FF, MZ_SCRIPT_ARABIC},     {0x0700, 0x074F, MZ_SCRIPT_OTHER},
    {0x0750, 0x077F, MZ_SCRIPT_ARABIC},     {0x0780, 0x07BF, MZ_SCRIPT_THAANA},
    {0x0860, 0x08FF, MZ_SCRIPT_ARABIC},     {0x0900, 0x097F, MZ_SCRIPT_DEVANAGARI},
    {0x0980, 0x09FF, MZ_SCRIPT_BENGALI},    {0x0A00, 0x0A7F, MZ_SCRIPT_GURMUKHI},
    {0x0A80, 0x0AFF, MZ_SCRIPT_GUJARATI},   {0x0B00, 0x0B7F, MZ_SCRIPT_ORIYA},
    {0x0B80, 0x0BFF, MZ_SCRIPT_TAMIL},      {0x0C00, 0x0C7F, MZ_SCRIPT_TELUGU},
    {0x0C80, 0x0CFF, MZ_SCRIPT_KANNADA},    {0x0D00, 0x0D7F, MZ_SCRIPT_MALAYALAM},
    {0x0D80, 0x0DFF, MZ_SCRIPT_SINHALA},    {0x0E00, 0x0E7F, MZ_SCRIPT_THAI},
    {0x0E80, 0x0EFF, MZ_SCRIPT_LAO},        {0x0F00, 0x0FFF, MZ_SCRIPT_OTHER},
    {0x1000, 0x109F, MZ_SCRIPT_BURMESE},    {0x10A0, 0x10FF, MZ_SCRIPT_GEORGIAN},
    {0x1100, 0x11FF, MZ_SCRIPT_HANGUL},     {0x1200, 0x139F, MZ_SCRIPT_ETHIOPIC},
    {0x13A0, 0x177F, MZ_SCRIPT_OTHER},      {0x1780, 0x17FF, MZ_SCRIPT_KHMER},
    {0x1800, 0x1AAF, MZ_SCRIPT_OTHER},      {0x1B00, 0x1C7F, MZ_SCRIPT_OTHER},
    {0x1C80, 0x1C8F, MZ_SCRIPT_CYRILLIC},   {0x1C90, 0x1CBF, MZ_SCRIPT_GEORGIAN},
    {0x1CD0, 0x1CFF, MZ_SCRIPT_DEVANAGARI}, {0x1D00, 0x1D25, MZ_SCRIPT_LATIN},
    {0x1D26, 0x1D2A, MZ_SCRIPT_GREEK},      {0x1D2B, 0x1D2B, MZ_SCRIPT_CYRILLIC},
    {0x1D2C, 0x1DBF, MZ_SCRIPT_LATIN},      {0x1E00, 0x1EFF, MZ_SCRIPT_LATIN},
    {0x1F00, 0x1FFF, MZ_SCRIPT_GREEK},      {0x2071, 0x2071, MZ_SCRIPT_LATIN},
    {0x207F, 0x209C, MZ_SCRIPT_LATIN},      {0x212A, 0x212B, MZ_SCRIPT_LATIN},
    {0x2160, 0x2188, MZ_SCRIPT_LATIN},      {0x2C00, 0x2C5F, MZ_SCRIPT_OTHER},
    {0x2C60, 0x2C7F, MZ_SCRIPT_LATIN},      {0x2C80, 0x2CFF, MZ_SCRIPT_OTHER},
    {0x2D00, 0x2D2F, MZ_SCRIPT_GEORGIAN},   {0x2D30, 0x2D7F, MZ_SCRIPT_TIFINAGH},
    {0x2D80, 0x2DDF, MZ_SCRIPT_ETHIOPIC},   {0x2DE0, 0x2DFF, MZ_SCRIPT_CYRILLIC},
    {0x2E80, 0x2FDF, MZ_SCRIPT_HAN},        {0x3005, 0x3007, MZ_SCRIPT_HAN},
    {0x3021, 0x3029, MZ_SCRIPT_HAN},        {0x3038, 0x303B, MZ_SCRIPT_HAN},
    {0x3041, 0x30FF, MZ_SCRIPT_KANA},       {0x3100, 0x312F, MZ_SCRIPT_OTHER},
    {0x3131, 0x318F, MZ_SCRIPT_HANGUL},     {0x31A0, 0x31BF, MZ_SCRIPT_OTHER},
    {0x31F0, 0x31FF, MZ_SCRIPT_KANA},       {0x3400, 0x4DBF, MZ_SCRIPT_HAN},
    {0x4E00, 0x9FFF, MZ_SCRIPT_HAN},        {0xA000, 0xA63F, MZ_SCRIPT_OTHER},
    {0xA640, 0xA69F, MZ_SCRIPT_CYRILLIC},   {0xA6A0, 0xA6FF, MZ_SCRIPT_OTHER},
    {0xA722, 0xA7FF, MZ_SCRIPT_LATIN},      {0xA800, 0xA8DF, MZ_SCRIPT_OTHER},
    {0xA8E0, 0xA8FF, MZ_SCRIPT_DEVANAGARI}, {0xA900, 0xA95F, MZ_SCRIPT_OTHER},
    {0xA960, 0xA97F, MZ_SCRIPT_HANGUL},     {0xA980, 0xA9DF, MZ_SCRIPT_OTHER},
    {0xA9E0, 0xA9FF, MZ_SCRIPT_BURMESE},    {0xAA00, 0xAA5F, MZ_SCRIPT_OTHER},
    {0xAA60, 0xAA7F, MZ_SCRIPT_BURMESE},    {0xAA80, 0xAAFF, MZ_SCRIPT_OTHER},
    {0xAB00, 0xAB2F, MZ_SCRIPT_ETHIOPIC},   {0xAB30, 0xAB6F, MZ_SCRIPT_LATIN},
    {0xAB70, 0xABFF, MZ_SCRIPT_OTHER},      {0xAC00, 0xD7FF, MZ_SCRIPT_HANGUL},
    {0xF900, 0xFAFF, MZ_SCRIPT_HAN},        {0xFB00, 0xFB06, MZ_SCRIPT_LATIN},
    {0xFB13, 0xFB17, MZ_SCRIPT_ARMENIAN},   {0xFB1D, 0xFB4F, MZ_SCRIPT_HEBREW},
    {0xFB50, 0xFDFF, MZ_SCRIPT_ARABIC},     {0xFE2E, 0xFE2F, MZ_SCRIPT_CYRILLIC},
    {0xFE70, 0xFEFC, MZ_SCRIPT_ARABIC},     {0xFF21, 0xFF3A, MZ_SCRIPT_LATIN},
    {0xFF41, 0xFF5A, MZ_SCRIPT_LATIN},      {0xFF66, 0xFF9F, MZ_SCRIPT_KANA},
    {0xFFA0, 0xFFDC, MZ_SCRIPT_HANGUL},     {0x10000, 0x1077F, MZ_SCRIPT_OTHER},
    {0x10780, 0x107BF, MZ_SCRIPT_LATIN},    {0x10800, 0x16FDF, MZ_SCRIPT_OTHER},
    {0x17000, 0x1AFEF, MZ_SCRIPT_OTHER},    {0x1AFF0, 0x1B16F, MZ_SCRIPT_KANA},
    {0x1B170, 0x1BCAF, MZ_SCRIPT_OTHER},    {0x1D400, 0x1D6A5, MZ_SCRIPT_LATIN},
    {0x1D6A8, 0x1D7CB, MZ_SCRIPT_GREEK},    {0x1DF00, 0x1DFFF, MZ_SCRIPT_LATIN},
    {0x1E000, 0x1E02F, MZ_SCRIPT_OTHER},    {0x1E030, 0x1E08F, MZ_SCRIPT_CYRILLIC},
    {0x1E100, 0x1E7DF, MZ_SCRIPT_OTHER},    {0x1E7E0, 0x1E7FF, MZ_SCRIPT_ETHIOPIC},
    {0x1E800, 0x1E95F, MZ_SCRIPT_OTHER},    {0x1EE00, 0x1EEFF, MZ_SCRIPT_ARABIC},
    {0x20000, 0x3FFFD, MZ_SCRIPT_HAN},
};

static const char *const names[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_NONE] = "None",         [MZ_SCRIPT_LATIN] = "Latin",
    [MZ_SCRIPT_ARABIC] = "Arabic",     [MZ_SCRIPT_CYRILLIC] = "Cyrillic",
    [MZ_SCRIPT_GREEK] = "Greek",       [MZ_SCRIPT_HEBREW] = "Hebrew",
    [MZ_SCRIPT_HAN] = "Han",           [MZ_SCRIPT_HANGUL] = "Hangul",
    [MZ_SCRIPT_KANA] = "Kana",         [MZ_SCRIPT_ARMENIAN] = "Armenian",
    [MZ_SCRIPT_GEORGIAN] = "Georgian", [MZ_SCRIPT_THAI] = "Thai",
    [MZ_SCRIPT_BURMESE] = "Burmese",   [MZ_SCRIPT_DEVANAGARI] = "Devanagari",
    [MZ_SCRIPT_BENGALI] = "Bengali",   [MZ_SCRIPT_GURMUKHI] = "Gurmukhi",
    [MZ_SCRIPT_GUJARATI] = "Gujarati", [MZ_SCRIPT_ORIYA] = "Oriya",
    [MZ_SCRIPT_TAMIL] = "Tamil",       [MZ_SCRIPT_TELUGU] = "Telugu",
    [MZ_SCRIPT_KANNADA] = "Kannada",   [MZ_SCRIPT_MALAYALAM] = "Malayalam",
    [MZ_SCRIPT_SINHALA] = "Sinhala",   [MZ_SCRIPT_KHMER] = "Khmer",
    [MZ_SCRIPT_LAO] = "Lao",           [MZ_SCRIPT_ETHIOPIC] = "Ethiopic",
    [MZ_SCRIPT_TIFINAGH] = "Tifinagh", [MZ_SCRIPT_THAANA] = "Thaana",
    [MZ_SCRIPT_OTHER] = "other",
};

const char *mz_script_name(mz_script script) {
    return (unsigned)script < MZ_SCRIPT_COUNT ? names[script] : names[MZ_SCRIPT_NONE];
}

static mz_script search(uint32_t code_point) {
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code_point > ranges[middle].last) {
            low = middle + 1;
        } else if (code_point < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].script;
        }
    }
    return MZ_SCRIPT_NONE;
}

mz_script mz_script_of(uint32_t code_point) {
    if (code_point >= 0x0400 && code_point <= 0x052F) return MZ_SCRIPT_CYRILLIC;
    if (code_point >= 0x0600 && code_point <= 0x06FF) return MZ_SCRIPT_ARABIC;
    if (code_point >= 0x4E00 && code_point <= 0x9FFF) return MZ_SCRIPT_HAN;
    return search(code_point);
}
