/* Any bytes as a workbook, and as a part of one: archives found by chance are rare, so that the first byte may choose a
 * part (1 to 6: relationships of the package, workbook, its relationships, styles, shared strings, sheet) which the
 * rest replaces in a small workbook. The rows are read as Australia's list. */
#include "list_checks.h"
#include "lists/xlsx.h"

#include <string.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
static const struct {
    const char *name, *text;
} parts[] = {
    {"_rels/.rels",
     "<Relationships><Relationship Id='a' Type='" OFFICE "officeDocument' Target='xl/w.xml'/></Relationships>"},
    {"xl/w.xml", "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='s'/></sheets></workbook>"},
    {"xl/_rels/w.xml.rels",
     "<Relationships><Relationship Id='s' Type='" OFFICE "worksheet' Target='s.xml'/><Relationship Id='t' "
     "Type='" OFFICE "styles' Target='t.xml'/><Relationship Id='u' Type='" OFFICE
     "sharedStrings' Target='u.xml'/></Relationships>"},
    {"xl/t.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy'/></numFmts><cellXfs><xf numFmtId='0'/>"
                 "<xf numFmtId='14'/><xf numFmtId='17'/><xf numFmtId='164'/></cellXfs></styleSheet>"},
    {"xl/u.xml",
     "<sst><si><t>Reference</t></si><si><t>Name of Individual or Entity</t></si><si><t>Type</t></si><si><t>Name "
     "Type</t></si><si><t>Primary Name</t></si><si><t>Zayd Example</t></si></sst>"},
    {"xl/s.xml",
     "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c t='s'><v>3</v></c>"
     "</row><row><c><v>1</v></c><c t='s'><v>5</v></c><c/><c t='s'><v>4</v></c></row></sheetData></worksheet>"},
};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

static void make_workbook(size_t replaced, const uint8_t *data, size_t size, mz_buffer *out) {
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &reason);
    must(archive != NULL);
    zip_source_keep(target);
    for (size_t i = 0; i < PART_COUNT; i++) {
        const void *bytes = i == replaced ? (const void *)data : parts[i].text;
        size_t count = i == replaced ? size : strlen(parts[i].text);
        zip_int64_t index = zip_file_add(archive, parts[i].name, zip_source_buffer(archive, bytes, count, 0), 0);
        must(index >= 0 && zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
    }
    zip_stat_t facts;
    must(zip_close(archive) == 0 && zip_source_open(target) == 0 && zip_source_stat(target, &facts) == 0);
    must(mz_buffer_reserve(out, facts.size));
    must(zip_source_read(target, out->data, facts.size) == (zip_int64_t)facts.size);
    out->size = facts.size;
    (void)zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || data[0] == 0 || data[0] > PART_COUNT) {
        check_bytes(&mz_format_australia, data, size);
        return 0;
    }
    mz_buffer book;
    mz_buffer_init(&book, 16 << 20);
    make_workbook((size_t)data[0] - 1, data + 1, size - 1, &book);
    check_bytes(&mz_format_australia, (const uint8_t *)book.data, book.size);
    mz_buffer_done(&book);
    return 0;
}
