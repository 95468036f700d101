/* What a file is that somebody wants to keep: its name's ending says what it claims to be, its bytes whether it is.
 * Both must agree, so that nothing is kept under a name that makes a program do something else with it. Pages, scripts,
 * archives and documents with macros of the newer formats are none of these.
 *
 * Sources: ISO 32000 (PDF), PNG (W3C) 5.2, ISO 10918-1 (JPEG) B.1.1, ECMA-376-2 (Open Packaging), ODF 1.3 part 2, 3.3,
 * MS-CFB 2.2, RFC 5322 2.2. */
#include "base/ascii.h"
#include "cases/attachments.h"
#include "text/text.h"

static bool begins(mz_str bytes, const char *with, size_t size) {
    return bytes.size >= size && memcmp(bytes.data, with, size) == 0;
}

static bool holds(mz_str bytes, const char *part) {
    size_t size = strlen(part);
    return bytes.size >= size && memmem(bytes.data, bytes.size, part, size) != NULL;
}

static bool is_pdf(mz_str bytes) {
    return begins(bytes, "%PDF-", 5);
}
static bool is_png(mz_str bytes) {
    return begins(bytes, "\x89PNG\r\n\x1a\n", 8) && bytes.size >= 16 && memcmp(bytes.data + 12, "IHDR", 4) == 0;
}
static bool is_jpeg(mz_str bytes) {
    return begins(bytes, "\xFF\xD8\xFF", 3);
}

static bool is_text(mz_str bytes) {
    for (size_t k = 0; k < bytes.size; k++) {
        unsigned char c = (unsigned char)bytes.data[k];
        if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7F) return false;
    }
    return mz_utf8_valid(bytes, NULL);
}

/* A field of a head first: letters and hyphens, a colon. */
static bool is_mail(mz_str bytes) {
    size_t at = 0;
    while (at < bytes.size && (mz_is_letter(bytes.data[at]) || mz_is_digit(bytes.data[at]) || bytes.data[at] == '-'))
        at++;
    return at > 0 && at < 128 && at < bytes.size && bytes.data[at] == ':' && !memchr(bytes.data, '\0', bytes.size) &&
           (holds(bytes, "\nFrom:") || holds(bytes, "\nTo:") || begins(bytes, "From:", 5) || begins(bytes, "To:", 3));
}

static bool is_package(mz_str bytes, const char *part) {
    return begins(bytes, "PK\x03\x04", 4) && holds(bytes, "[Content_Types].xml") && holds(bytes, part) &&
           !holds(bytes, "vbaProject");
}
static bool is_docx(mz_str bytes) {
    return is_package(bytes, "word/document.xml");
}
static bool is_xlsx(mz_str bytes) {
    return is_package(bytes, "xl/workbook.xml");
}
static bool is_pptx(mz_str bytes) {
    return is_package(bytes, "ppt/presentation.xml");
}

/* The first member is called "mimetype", is not compressed and says what the document is. */
static bool is_open_document(mz_str bytes, const char *type) {
    enum { NAME_AT = 30 };
    size_t size = strlen(type);
    return begins(bytes, "PK\x03\x04", 4) && bytes.size > NAME_AT + 8 + size &&
           memcmp(bytes.data + NAME_AT, "mimetype", 8) == 0 && memcmp(bytes.data + NAME_AT + 8, type, size) == 0;
}
static bool is_odt(mz_str bytes) {
    return is_open_document(bytes, "application/vnd.oasis.opendocument.text");
}
static bool is_ods(mz_str bytes) {
    return is_open_document(bytes, "application/vnd.oasis.opendocument.spreadsheet");
}

static bool is_compound(mz_str bytes) {
    return begins(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

static const struct {
    const char *ending, *type;
    bool (*is)(mz_str bytes);
} kinds[] = {
    {".pdf", "application/pdf", is_pdf},
    {".png", "image/png", is_png},
    {".jpg", "image/jpeg", is_jpeg},
    {".jpeg", "image/jpeg", is_jpeg},
    {".txt", "text/plain", is_text},
    {".csv", "text/csv", is_text},
    {".eml", "message/rfc822", is_mail},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_docx},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_xlsx},
    {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", is_pptx},
    {".odt", "application/vnd.oasis.opendocument.text", is_odt},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet", is_ods},
    {".doc", "application/msword", is_compound},
    {".xls", "application/vnd.ms-excel", is_compound},
    {".ppt", "application/vnd.ms-powerpoint", is_compound},
    {".msg", "application/vnd.ms-outlook", is_compound},
};

const char *mz_attachment_type(mz_str file_name, mz_str bytes, bool *ret_known) {
    *ret_known = false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (mz_ends_with(file_name, kinds[k].ending)) {
            *ret_known = true;
            return kinds[k].is(bytes) ? kinds[k].type : NULL;
        }
    return NULL;
}
