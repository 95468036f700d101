/* See xlsx.h. A workbook is an archive of XML documents that name each other: _rels/.rels names the workbook, the
 * workbook its sheets, xl/_rels/workbook.xml.rels where they lie. All but the sheet are read before it. */
#include "lists/xlsx.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "lists/prose.h"
#include "lists/unzip.h"
#include "lists/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_CEILING_BYTES = 128 << 20,
    SHEET_CEILING_BYTES = 256 << 20,
    STRINGS_CEILING_BYTES = 128 << 20,
    PART_CEILING_BYTES = 8 << 20,
    MOST_STYLES = 65536,
    MOST_FORMATS = 1024,
    PATH_SIZE = 256,
    RELATIONS_SIZE = 2 * PATH_SIZE + 16,
    ID_SIZE = 64
};

/* What a number in a style means. */
typedef enum date_form { NO_DATE, FORM_YEAR, FORM_MONTH, FORM_DAY } date_form;

typedef struct workbook {
    mz_unzip zip;
    mz_buffer part; /* the document in hand */
    mz_arena arena; /* one row's texts */
    const char *wanted_sheet;
    char base[PATH_SIZE]; /* the folder that a document's names are relative to */
    char workbook[PATH_SIZE], sheet[PATH_SIZE], strings[PATH_SIZE], styles[PATH_SIZE];
    char sheet_id[ID_SIZE];
    bool from_1904;
    mz_buffer custom_formats;            /* custom_format, one behind the other */
    mz_buffer styles_forms;              /* a date_form in a byte for each style */
    mz_buffer string_bytes, string_ends; /* the shared strings, and where each ends (uint32_t) */
    mz_xlsx_cell cells[MZ_XLSX_COLUMNS];
    size_t cell_count;
    uint32_t row_number;
    const mz_xlsx_sink *sink;
} workbook;

typedef struct custom_format {
    uint32_t id;
    date_form form;
} custom_format;

static bool parse_number(mz_str text, uint32_t most, uint32_t *ret_number) {
    uint64_t number = 0;
    if (text.size == 0) return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
        if (number > most) return false;
    }
    *ret_number = (uint32_t)number;
    return true;
}

static bool copy_text(mz_str text, char *into, size_t size) {
    if (text.size >= size) return false;
    memcpy(into, text.data, text.size);
    into[text.size] = '\0';
    return true;
}

/* --- the archive's documents --- */

static mz_status read_part(workbook *book, const char *name, size_t ceiling, const mz_xml_rule *rules, size_t count,
                           mz_error *error) {
    mz_input input;
    book->part.ceiling = ceiling;
    mz_status status = mz_unzip_read(&book->zip, name, &book->part, error);
    if (status) return status;
    mz_input_memory(&input, name, mz_buffer_view(&book->part));
    mz_xml_source source = {
        .input = &input, .what = "a part of an .xlsx workbook", .rules = rules, .rule_count = count, .context = book};
    status = mz_xml_read(&source, error);
    mz_input_close(&input);
    if (status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT) mz_error_name(error, name);
    return status;
}

/* A relationship's target as a member's name: relative to the folder of the document, or from the root. */
static void member_name(const workbook *book, mz_str target, char into[PATH_SIZE]) {
    size_t folder = strlen(book->base);
    into[0] = '\0';
    if (target.size && target.data[0] == '/') {
        target = (mz_str){target.data + 1, target.size - 1};
        folder = 0;
    }
    if (folder + target.size >= PATH_SIZE) return;
    memcpy(into, book->base, folder);
    memcpy(into + folder, target.data, target.size);
    into[folder + target.size] = '\0';
}

static mz_status take_relationship(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    mz_str type = mz_xml_attribute_value(node, "Type"), target = mz_xml_attribute_value(node, "Target");
    mz_str id = mz_xml_attribute_value(node, "Id");
    (void)error;
    if (mz_ends_with(type, "/officeDocument")) member_name(book, target, book->workbook);
    if (mz_ends_with(type, "/sharedStrings")) member_name(book, target, book->strings);
    if (mz_ends_with(type, "/styles")) member_name(book, target, book->styles);
    if (id.size && mz_str_equal(id, mz_str_of(book->sheet_id))) member_name(book, target, book->sheet);
    return MZ_OK;
}

static mz_status take_calendar(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    mz_str value = mz_xml_attribute_value(node, "date1904");
    (void)error;
    book->from_1904 = mz_str_equal(value, MZ_STR("1")) || mz_str_equal(value, MZ_STR("true"));
    return MZ_OK;
}

static mz_status take_sheet(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    (void)error;
    bool wanted =
        !book->wanted_sheet || mz_str_equal(mz_xml_attribute_value(node, "name"), mz_str_of(book->wanted_sheet));
    if (wanted && !book->sheet_id[0])
        (void)copy_text(mz_xml_attribute_value(node, "id"), book->sheet_id, sizeof book->sheet_id);
    return MZ_OK;
}

/* "xl/workbook.xml": its folder "xl/" into book->base, "xl/_rels/workbook.xml.rels" into `relations`. */
static void find_relations(workbook *book, char relations[RELATIONS_SIZE]) {
    const char *slash = strrchr(book->workbook, '/');
    size_t folder = slash ? (size_t)(slash + 1 - book->workbook) : 0;
    (void)copy_text((mz_str){book->workbook, folder}, book->base, sizeof book->base);
    (void)snprintf(relations, RELATIONS_SIZE, "%s_rels/%s.rels", book->base, book->workbook + folder);
}

static mz_status find_parts(workbook *book, mz_error *error) {
    static const mz_xml_rule relationships[] = {{"Relationships/Relationship", take_relationship, NULL}};
    static const mz_xml_rule sheets[] = {{"workbook/workbookPr", take_calendar, NULL},
                                         {"workbook/sheets/sheet", take_sheet, NULL}};
    char relations[RELATIONS_SIZE];
    mz_status status = read_part(book, "_rels/.rels", PART_CEILING_BYTES, relationships, 1, error);
    if (status == MZ_ERR_NOT_FOUND || (!status && !book->workbook[0]))
        return mz_fail(error, MZ_ERR_INPUT, "a ZIP archive, but not an .xlsx workbook");
    if (!status) status = read_part(book, book->workbook, PART_CEILING_BYTES, sheets, 2, error);
    if (status) return status;
    if (!book->sheet_id[0])
        return mz_fail(error, MZ_ERR_INPUT, "the workbook has no sheet%s%.80s", book->wanted_sheet ? " named " : "",
                       book->wanted_sheet ? book->wanted_sheet : "");
    find_relations(book, relations);
    status = read_part(book, relations, PART_CEILING_BYTES, relationships, 1, error);
    if (!status && !book->sheet[0])
        status = mz_fail(error, MZ_ERR_INPUT, "the workbook does not say where its sheet is");
    return status;
}

/* --- styles --- */

/* What a format code (ECMA-376 part 1, 18.8.31) shows of a date. Times alone are numbers. */
static date_form form_of_code(mz_str code) {
    bool day = false, month = false, year = false, clock = false;
    for (size_t i = 0; i < code.size; i++) {
        char c = code.data[i];
        if (c == '"' || c == '[') {
            const char *close = memchr(code.data + i + 1, c == '"' ? '"' : ']', code.size - i - 1);
            if (!close) break;
            i = (size_t)(close - code.data);
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == ';') {
            break; /* the first section is that of positive numbers */
        } else {
            char letter = (char)(c | 0x20);
            day = day || letter == 'd';
            month = month || letter == 'm';
            year = year || letter == 'y';
            clock = clock || letter == 'h' || letter == 's';
        }
    }
    if (day) return FORM_DAY;
    if (year) return month ? FORM_MONTH : FORM_YEAR;
    return month && !clock ? FORM_MONTH : NO_DATE;
}

/* The formats that have a number instead of a code (18.8.30). */
static date_form form_of_number(const workbook *book, uint32_t id) {
    const custom_format *custom = (const void *)book->custom_formats.data;
    for (size_t i = 0; i < book->custom_formats.size / sizeof *custom; i++)
        if (custom[i].id == id) return custom[i].form;
    if (id == 17) return FORM_MONTH;
    if ((id >= 14 && id <= 16) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return FORM_DAY;
    return NO_DATE;
}

static mz_status take_format(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    custom_format custom = {0};
    (void)error;
    if (!parse_number(mz_xml_attribute_value(node, "numFmtId"), UINT32_MAX - 1, &custom.id)) return MZ_OK;
    custom.form = form_of_code(mz_xml_attribute_value(node, "formatCode"));
    mz_buffer_append(&book->custom_formats, &custom, sizeof custom);
    return MZ_OK;
}

static mz_status take_style(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    uint32_t id = 0;
    (void)error;
    (void)parse_number(mz_xml_attribute_value(node, "numFmtId"), UINT32_MAX - 1, &id);
    mz_buffer_char(&book->styles_forms, (char)form_of_number(book, id));
    return MZ_OK;
}

static mz_status read_styles(workbook *book, mz_error *error) {
    static const mz_xml_rule rules[] = {{"styleSheet/numFmts/numFmt", take_format, NULL},
                                        {"styleSheet/cellXfs/xf", take_style, NULL}};
    if (!book->styles[0]) return MZ_OK;
    mz_status status = read_part(book, book->styles, PART_CEILING_BYTES, rules, 2, error);
    if (!status && (book->styles_forms.starved || book->custom_formats.starved)) status = mz_fail_memory(error);
    if (!status && (book->styles_forms.failed || book->custom_formats.failed))
        status = mz_fail(error, MZ_ERR_LIMIT, "the workbook has more than %d cell styles or %d formats", MOST_STYLES,
                         MOST_FORMATS);
    return status;
}

/* --- texts --- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

/* "_x000D_" stands for a character that XML cannot hold (ST_Xstring): a control character, which is white space at
 * best, or an underscore that would be read as such. */
static bool take_escape(mz_str text, size_t at, char *ret_c) {
    unsigned code = 0;
    if (text.size - at < 7 || text.data[at + 1] != 'x' || text.data[at + 6] != '_') return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(text.data[i]);
        if (digit < 0) return false;
        code = code * 16 + (unsigned)digit;
    }
    if (code >= 0x20 && code != '_') return false;
    *ret_c = code == '_' ? '_' : code == '\n' || code == '\r' ? '\n' : ' ';
    return true;
}

static void append_text(mz_buffer *into, mz_str text) {
    size_t from = 0;
    char c;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '_' || !take_escape(text, i, &c)) continue;
        mz_buffer_append(into, text.data + from, i - from);
        mz_buffer_char(into, c);
        i += 6;
        from = i + 1;
    }
    mz_buffer_append(into, text.data + from, text.size - from);
}

/* A string item: its text, or that of its runs; how it is pronounced (rPh) is left out. */
static void append_item(mz_buffer *into, const mz_xml_node *item) {
    for (const mz_xml_node *child = item->child; child; child = child->next) {
        if (mz_xml_is(child, "t")) append_text(into, child->text);
        const mz_xml_node *run = mz_xml_is(child, "r") ? mz_xml_child(child, "t") : NULL;
        if (run) append_text(into, run->text);
    }
}

static mz_status take_string(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    append_item(&book->string_bytes, node);
    uint32_t end = (uint32_t)book->string_bytes.size;
    mz_buffer_append(&book->string_ends, &end, sizeof end);
    if (book->string_bytes.failed) return mz_fail_buffer(&book->string_bytes, error, "the text of the workbook");
    if (book->string_ends.failed)
        return mz_fail_buffer(&book->string_ends, error, "the number of the workbook's texts");
    return MZ_OK;
}

static mz_status read_strings(workbook *book, mz_error *error) {
    static const mz_xml_rule rules[] = {{"sst/si", NULL, take_string}};
    if (!book->strings[0]) return MZ_OK;
    return read_part(book, book->strings, STRINGS_CEILING_BYTES, rules, 1, error);
}

static bool shared_string(const workbook *book, mz_str number, mz_str *ret_text) {
    uint32_t index, from = 0, end;
    size_t count = book->string_ends.size / sizeof end;
    if (!parse_number(number, UINT32_MAX - 1, &index) || index >= count) return false;
    if (index > 0) memcpy(&from, book->string_ends.data + (index - 1) * sizeof from, sizeof from);
    memcpy(&end, book->string_ends.data + index * sizeof end, sizeof end);
    const char *bytes = book->string_bytes.data ? book->string_bytes.data : "";
    *ret_text = (mz_str){bytes + from, end - from};
    return true;
}

/* --- cells --- */

/* "AB12" is column 27; -1 when it is none. */
static int column_of(mz_str reference) {
    int column = 0;
    size_t i = 0;
    for (; i < reference.size && i < 3 && reference.data[i] >= 'A' && reference.data[i] <= 'Z'; i++)
        column = column * 26 + (reference.data[i] - 'A' + 1);
    return column - 1;
}

/* The day that a serial number stands for; false when it is no day between 1900 and 9999. */
static bool day_of_serial(const workbook *book, mz_str number, int64_t *ret_days) {
    uint32_t serial;
    const char *point = number.size ? memchr(number.data, '.', number.size) : NULL;
    if (point) number.size = (size_t)(point - number.data);
    if (!parse_number(number, 2958465, &serial)) return false;
    if (book->from_1904) {
        *ret_days = mz_days_from_date(1904, 1, 1) + serial;
        return true;
    }
    if (serial == 0) return false;
    /* 60 is 29 February 1900, which never was: what comes before it counts from another day */
    *ret_days = mz_days_from_date(1899, 12, serial < 60 ? 31 : 30) + serial;
    return true;
}

static void take_number(workbook *book, const mz_xml_node *node, mz_str value, mz_xlsx_cell *ret_cell) {
    uint32_t style = 0;
    int year, month, day;
    int64_t days;
    *ret_cell = (mz_xlsx_cell){MZ_XLSX_NUMBER, value};
    (void)parse_number(mz_xml_attribute_value(node, "s"), MOST_STYLES, &style);
    date_form form = style < book->styles_forms.size ? (date_form)book->styles_forms.data[style] : NO_DATE;
    if (form == NO_DATE || !day_of_serial(book, value, &days)) return;
    mz_date_from_days(days, &year, &month, &day);
    ret_cell->kind = MZ_XLSX_DATE;
    if (form == FORM_DAY) ret_cell->text = mz_arena_print(&book->arena, "%04d-%02d-%02d", year, month, day);
    if (form == FORM_MONTH) ret_cell->text = mz_arena_print(&book->arena, "%04d-%02d", year, month);
    if (form == FORM_YEAR) ret_cell->text = mz_arena_print(&book->arena, "%04d", year);
}

static mz_status take_inline(workbook *book, const mz_xml_node *item, mz_xlsx_cell *ret_cell, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, PART_CEILING_BYTES);
    append_item(&text, item);
    *ret_cell = (mz_xlsx_cell){MZ_XLSX_TEXT, mz_arena_copy(&book->arena, mz_buffer_view(&text))};
    mz_status status = text.failed ? mz_fail_buffer(&text, error, "the text of a cell") : MZ_OK;
    mz_buffer_done(&text);
    return status;
}

static mz_status take_cell(workbook *book, const mz_xml_node *node, mz_xlsx_cell *ret_cell, mz_error *error) {
    mz_str type = mz_xml_attribute_value(node, "t"), value = mz_xml_child_text(node, "v");
    const mz_xml_node *item = mz_xml_child(node, "is");
    *ret_cell = (mz_xlsx_cell){MZ_XLSX_EMPTY, {"", 0}};
    if (mz_str_equal(type, MZ_STR("inlineStr"))) return item ? take_inline(book, item, ret_cell, error) : MZ_OK;
    if (!value.size) return MZ_OK;
    if (mz_str_equal(type, MZ_STR("s"))) {
        ret_cell->kind = MZ_XLSX_TEXT;
        if (shared_string(book, value, &ret_cell->text)) return MZ_OK;
        return mz_fail_at(error, MZ_ERR_INPUT, node->at.line, 0,
                          "row %u refers to a text that the workbook does not have", book->row_number);
    }
    if (mz_str_equal(type, MZ_STR("b")))
        *ret_cell = (mz_xlsx_cell){MZ_XLSX_TRUTH, mz_str_equal(value, MZ_STR("1")) ? MZ_STR("TRUE") : MZ_STR("FALSE")};
    else if (mz_str_equal(type, MZ_STR("e")))
        *ret_cell = (mz_xlsx_cell){MZ_XLSX_ERROR, value};
    else if (mz_str_equal(type, MZ_STR("d")))
        *ret_cell = (mz_xlsx_cell){MZ_XLSX_DATE, {value.data, value.size > 10 ? 10 : value.size}};
    else if (mz_str_equal(type, MZ_STR("str")))
        *ret_cell = (mz_xlsx_cell){MZ_XLSX_TEXT, value};
    else
        take_number(book, node, value, ret_cell);
    return MZ_OK;
}

static mz_status take_cells(workbook *book, const mz_xml_node *row, mz_error *error) {
    int next = 0;
    for (const mz_xml_node *node = row->child; node; node = node->next) {
        if (!mz_xml_is(node, "c")) continue;
        mz_str reference = mz_xml_attribute_value(node, "r");
        int column = reference.size ? column_of(reference) : next;
        if (column < 0 || column >= MZ_XLSX_COLUMNS)
            return mz_fail_at(error, MZ_ERR_LIMIT, row->at.line, 0, "row %u has a cell beyond column %d",
                              book->row_number, MZ_XLSX_COLUMNS);
        while (book->cell_count <= (size_t)column)
            book->cells[book->cell_count++] = (mz_xlsx_cell){MZ_XLSX_EMPTY, {"", 0}};
        mz_status status = take_cell(book, node, &book->cells[column], error);
        if (status) return status;
        next = column + 1;
    }
    return MZ_OK;
}

static mz_status take_row(void *context, const mz_xml_node *node, mz_error *error) {
    workbook *book = context;
    uint32_t number;
    mz_arena_reset(&book->arena);
    book->cell_count = 0;
    book->row_number =
        parse_number(mz_xml_attribute_value(node, "r"), UINT32_MAX - 1, &number) ? number : book->row_number + 1;
    mz_status status = take_cells(book, node, error);
    if (!status && book->arena.failed) status = mz_fail_arena(&book->arena, error, "a row");
    if (status) return status;
    mz_xlsx_row row = {book->row_number, book->cells, book->cell_count};
    return book->sink->row(book->sink->context, &row, error);
}

static mz_status read_sheet(workbook *book, mz_error *error) {
    static const mz_xml_rule rules[] = {{"worksheet/sheetData/row", NULL, take_row}};
    mz_status status = read_part(book, book->sheet, SHEET_CEILING_BYTES, rules, 1, error);
    if (status == MZ_ERR_NOT_FOUND)
        return mz_fail(error, MZ_ERR_INPUT, "the workbook's sheet %s is missing: fetch it again", book->sheet);
    return status;
}

/* --- the workbook --- */

bool mz_xlsx_looks_like(mz_str first_bytes) {
    return mz_starts_with(first_bytes, "PK\x03\x04") &&
           (mz_contains(first_bytes, "xl/") || mz_contains(first_bytes, "[Content_Types].xml"));
}

bool mz_xlsx_looks_old(mz_str first_bytes) {
    return first_bytes.size >= 8 && memcmp(first_bytes.data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static mz_status read_book(workbook *book, mz_str bytes, mz_error *error) {
    mz_status status = mz_unzip_open(&book->zip, bytes, error);
    if (!status) status = find_parts(book, error);
    if (!status) status = read_styles(book, error);
    if (!status) status = read_strings(book, error);
    if (!status) status = read_sheet(book, error);
    /* a part that the archive does not have makes the file malformed; the file itself was found */
    if (status == MZ_ERR_NOT_FOUND && error) error->status = MZ_ERR_INPUT;
    return status == MZ_ERR_NOT_FOUND ? MZ_ERR_INPUT : status;
}

mz_status mz_xlsx_read_memory(mz_str bytes, const char *sheet, const mz_xlsx_sink *sink, mz_error *error) {
    if (mz_xlsx_looks_old(bytes))
        return mz_fail(error, MZ_ERR_INPUT,
                       "a workbook of before 2007 (.xls), or one with a password: save it as .xlsx, "
                       "without a password");
    if (bytes.size < 4 || memcmp(bytes.data, "PK", 2) != 0)
        return mz_fail(error, MZ_ERR_INPUT, "this is no .xlsx workbook, which begins with the letters PK");
    workbook *book = calloc(1, sizeof *book);
    if (!book) return mz_fail_memory(error);
    book->wanted_sheet = sheet;
    book->sink = sink;
    mz_buffer_init(&book->part, PART_CEILING_BYTES);
    mz_buffer_init(&book->custom_formats, MOST_FORMATS * sizeof(custom_format));
    mz_buffer_init(&book->styles_forms, MOST_STYLES);
    mz_buffer_init(&book->string_bytes, STRINGS_CEILING_BYTES);
    mz_buffer_init(&book->string_ends, STRINGS_CEILING_BYTES);
    mz_arena_init(&book->arena, SHEET_CEILING_BYTES);
    mz_status status = read_book(book, bytes, error);
    mz_arena_done(&book->arena);
    mz_buffer_done(&book->string_ends);
    mz_buffer_done(&book->string_bytes);
    mz_buffer_done(&book->styles_forms);
    mz_buffer_done(&book->custom_formats);
    mz_buffer_done(&book->part);
    mz_unzip_close(&book->zip);
    free(book);
    return status;
}

mz_status mz_xlsx_read(const char *path, const char *sheet, const mz_xlsx_sink *sink, uint64_t *ret_bytes,
                       mz_error *error) {
    mz_buffer bytes;
    mz_buffer_init(&bytes, FILE_CEILING_BYTES);
    mz_status status = mz_file_read(path, &bytes, error);
    if (!status && ret_bytes) *ret_bytes = bytes.size;
    if (!status) status = mz_xlsx_read_memory(mz_buffer_view(&bytes), sheet, sink, error);
    mz_buffer_done(&bytes);
    return status;
}

mz_xlsx_cell mz_xlsx_at(const mz_xlsx_row *row, int column) {
    if (column < 0 || (size_t)column >= row->count) return (mz_xlsx_cell){MZ_XLSX_EMPTY, {"", 0}};
    return row->cells[column];
}
