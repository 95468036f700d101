#include "workbook.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#define NS "http://schemas.openxmlformats.org/"
static const char usual_root[] =
    "<Relationships xmlns='" NS "package/2006/relationships'><Relationship Id='r1' Type='" NS
    "officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char usual_workbook[] = "<workbook xmlns='" NS "spreadsheetml/2006/main' xmlns:r='" NS
                                     "officeDocument/2006/relationships'><sheets><sheet name='List' sheetId='1' "
                                     "r:id='r7'/><sheet name='Notes' sheetId='2' r:id='r8'/></sheets></workbook>";
static const char usual_relations[] =
    "<Relationships xmlns='" NS "package/2006/relationships'>"
    "<Relationship Id='r7' Type='" NS "officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r8' Type='" NS
    "officeDocument/2006/relationships/worksheet' Target='/xl/worksheets/sheet1.xml'/>"
    "<Relationship Id='r1' Type='" NS "officeDocument/2006/relationships/styles' Target='styles.xml'/>"
    "<Relationship Id='r2' Type='" NS "officeDocument/2006/relationships/sharedStrings' Target='sharedStrings.xml'/>"
    "</Relationships>";
static const char usual_styles[] =
    "<styleSheet xmlns='" NS "spreadsheetml/2006/main'><numFmts count='4'><numFmt numFmtId='164' formatCode='yyyy'/>"
    "<numFmt numFmtId='165' formatCode='d mmmm yyyy'/><numFmt numFmtId='166' formatCode='[$-409]h:mm AM/PM'/>"
    "<numFmt numFmtId='167' formatCode='0.00 \"days\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
    "<xf numFmtId='17'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs>"
    "</styleSheet>";
static const char usual_strings[] = "<sst xmlns='" NS "spreadsheetml/2006/main'/>";
static const char usual_sheet[] = "<worksheet xmlns='" NS "spreadsheetml/2006/main'><sheetData/></worksheet>";

static void add_part(zip_t *archive, const char *name, const char *given, const char *usual) {
    const char *text = given ? given : usual;
    if (strcmp(text, "-") == 0) return;
    zip_source_t *source = zip_source_buffer(archive, text, strlen(text), 0);
    CHECK(source && zip_file_add(archive, name, source, 0) >= 0);
}

void make_workbook(const workbook_parts *parts, mz_buffer *out) {
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_t *archive = target ? zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &reason) : NULL;
    CHECK(archive != NULL);
    zip_source_keep(target);
    add_part(archive, "_rels/.rels", parts->root, usual_root);
    add_part(archive, "xl/workbook.xml", parts->workbook, usual_workbook);
    add_part(archive, "xl/_rels/workbook.xml.rels", parts->relations, usual_relations);
    add_part(archive, "xl/styles.xml", parts->styles, usual_styles);
    add_part(archive, "xl/sharedStrings.xml", parts->strings, usual_strings);
    add_part(archive, "xl/worksheets/sheet1.xml", parts->sheet, usual_sheet);
    CHECK(zip_close(archive) == 0);
    CHECK(zip_source_open(target) == 0);
    zip_stat_t facts;
    CHECK(zip_source_stat(target, &facts) == 0);
    mz_buffer_clear(out);
    CHECK(mz_buffer_reserve(out, facts.size));
    CHECK(zip_source_read(target, out->data, facts.size) == (zip_int64_t)facts.size);
    out->size = facts.size;
    (void)zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&reason);
}

static void add_cell(char *out, size_t size, size_t *used, unsigned column, unsigned row, const char *text,
                     int length) {
    char reference[16];
    const char *style = memchr(text, '@', (size_t)length);
    (void)snprintf(reference, sizeof reference, "%c%u", 'A' + (int)column % 26, row);
    if (style)
        *used += (size_t)snprintf(out + *used, size - *used, "<c r='%s' s='%.*s'><v>%.*s</v></c>", reference,
                                  (int)(text + length - style - 1), style + 1, (int)(style - text), text);
    else if ((length == 4 && memcmp(text, "TRUE", 4) == 0) || (length == 5 && memcmp(text, "FALSE", 5) == 0))
        *used += (size_t)snprintf(out + *used, size - *used, "<c r='%s' t='b'><v>%d</v></c>", reference, length == 4);
    else if (length)
        *used += (size_t)snprintf(out + *used, size - *used,
                                  "<c r='%s' t='inlineStr'><is><t xml:space='preserve'>%.*s</t></is></c>", reference,
                                  length, text);
}

const char *sheet_of(const char *rows) {
    static char out[128 * 1024];
    size_t used = (size_t)snprintf(out, sizeof out, "<worksheet xmlns='" NS "spreadsheetml/2006/main'><sheetData>");
    for (unsigned row = 1; *rows; row++) {
        size_t length = strcspn(rows, "\n"), at = 0;
        used += (size_t)snprintf(out + used, sizeof out - used, "<row r='%u'>", row);
        for (unsigned column = 0; at <= length; column++) {
            size_t cell = strcspn(rows + at, "|\n");
            add_cell(out, sizeof out, &used, column, row, rows + at, (int)cell);
            at += cell + 1;
        }
        used += (size_t)snprintf(out + used, sizeof out - used, "</row>");
        rows += length + (rows[length] == '\n');
    }
    (void)snprintf(out + used, sizeof out - used, "</sheetData></worksheet>");
    return out;
}
