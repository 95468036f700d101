/* What a file is written in, told from its bytes, whole or in pieces. */
#include "text/encoding.h"

#include "test.h"

static mz_encoding told_in_pieces(mz_str text, size_t piece) {
    mz_encoding_signs signs = {.bytes = 0};
    size_t mark;
    for (size_t at = 0; at < text.size; at += piece)
        (void)mz_encoding_look(&signs, (mz_str){text.data + at, text.size - at < piece ? text.size - at : piece});
    return mz_encoding_told(&signs, &mark);
}

TEST(each_encoding_is_told_also_when_it_comes_byte_by_byte) {
    static const struct {
        mz_str text;
        mz_encoding encoding;
    } cases[] = {
        {MZ_STR_INIT(""), MZ_ENCODING_UTF8},
        {MZ_STR_INIT("Plain;text\n"), MZ_ENCODING_UTF8},
        {MZ_STR_INIT("\xEF\xBB\xBFPlain"), MZ_ENCODING_UTF8},
        {MZ_STR_INIT("Société Générale; نجيب الورداسي; Иван; 李明"), MZ_ENCODING_UTF8},
        {MZ_STR_INIT("Société; Générale; نجيب; one stray \xE9 of a thousand"), MZ_ENCODING_UTF8},
        {MZ_STR_INIT("\xFF\xFE"
                     "A\0;\0"),
         MZ_ENCODING_UTF16LE},
        {MZ_STR_INIT("\xFE\xFF\0A\0;"), MZ_ENCODING_UTF16BE},
        {MZ_STR_INIT("N\0o\0;\0N\0a\0m\0e\0\n\0"), MZ_ENCODING_UTF16LE},
        {MZ_STR_INIT("\0N\0o\0;\0N\0a\0m\0e\0\n"), MZ_ENCODING_UTF16BE},
        {MZ_STR_INIT("Soci\xE9t\xE9 cr\xE9\xE9"
                     "e \xE0 F\xE8s, Fran\xE7ois \xC9mile"),
         MZ_ENCODING_WINDOWS_1252},
        {MZ_STR_INIT("\xE4\xCC\xED\xC8 \xC7\xE1\xE6\xD1\xCF\xC7\xD3\xED"), MZ_ENCODING_WINDOWS_1256},
        {MZ_STR_INIT("Soci\xE9t\xE9;\xE4\xCC\xED\xC8 \xC7\xE1\xE6\xD1\xCF\xC7\xD3\xED"), MZ_ENCODING_WINDOWS_1256},
        {MZ_STR_INIT("\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2"), MZ_ENCODING_COUNT}, /* Windows-1251 */
        {MZ_STR_INIT("\xC3\xE9\xFE\xF1\xE3\xEF\xF2 \xC1\xEB\xE5\xEE\xDF\xEF\xF5"), MZ_ENCODING_COUNT}, /* 1253 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t piece = 1; piece < 40; piece += piece < 10 ? 1 : 7) {
            mz_test_case("case %d in pieces of %d", (int)i, (int)piece);
            CHECK_INT(cases[i].encoding, told_in_pieces(cases[i].text, piece));
        }
}

static mz_str decoded(mz_encoding encoding, mz_str bytes, mz_buffer *out) {
    mz_buffer_clear(out);
    CHECK_INT(bytes.size, mz_encoding_decode(encoding, bytes, true, out));
    return mz_buffer_view(out);
}

TEST(bytes_become_utf8) {
    mz_buffer out;
    mz_buffer_init(&out, 1 << 12);
    CHECK_STR(MZ_STR("é€’"), decoded(MZ_ENCODING_WINDOWS_1252, MZ_STR("\xE9\x80\x92"), &out));
    CHECK_STR(MZ_STR("\xEF\xBF\xBD"), decoded(MZ_ENCODING_WINDOWS_1252, MZ_STR("\x81"), &out));
    CHECK_STR(MZ_STR("نجيبپ،"), decoded(MZ_ENCODING_WINDOWS_1256, MZ_STR("\xE4\xCC\xED\xC8\x81\xA1"), &out));
    CHECK_STR(MZ_STR("a😀"), decoded(MZ_ENCODING_UTF16LE, MZ_STR("a\0\x3D\xD8\x00\xDE"), &out));
    CHECK_STR(MZ_STR("a😀"), decoded(MZ_ENCODING_UTF16BE, MZ_STR("\0a\xD8\x3D\xDE\x00"), &out));
    CHECK_STR(MZ_STR("\xEF\xBF\xBDz"), decoded(MZ_ENCODING_UTF16LE, MZ_STR("\x3D\xD8z\0"), &out));
    CHECK_STR(MZ_STR("a\xEF\xBF\xBD"), decoded(MZ_ENCODING_UTF16LE, MZ_STR("a\0z"), &out));
    mz_buffer_done(&out);
}

TEST(a_character_that_is_cut_waits_for_its_rest) {
    mz_buffer out;
    mz_buffer_init(&out, 1 << 12);
    CHECK_INT(2, mz_encoding_decode(MZ_ENCODING_UTF16LE, MZ_STR("a\0\x3D"), false, &out));
    CHECK_INT(0, mz_encoding_decode(MZ_ENCODING_UTF16LE, MZ_STR("\x3D\xD8"), false, &out));
    CHECK_INT(4, mz_encoding_decode(MZ_ENCODING_UTF16LE, MZ_STR("\x3D\xD8\x00\xDE"), false, &out));
    CHECK_STR(MZ_STR("a😀"), mz_buffer_view(&out));
    mz_buffer_done(&out);
}

TEST(encodings_have_names) {
    CHECK_INT(MZ_ENCODING_WINDOWS_1256, mz_encoding_of(MZ_STR("Windows-1256")));
    CHECK_INT(MZ_ENCODING_COUNT, mz_encoding_of(MZ_STR("latin-9")));
    CHECK_TEXT("utf-16le", mz_encoding_name(MZ_ENCODING_UTF16LE));
}

TEST_MAIN()
