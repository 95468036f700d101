/* XML over expat (https://libexpat.github.io/doc/api/latest/). Rejected: libxml2, whose tree of a whole document costs
 * ten times the file; and state machines in each reader, which were longer than trees of one record and no faster.
 *
 * Text of open elements lies on one stack (a buffer): a child's text stands behind its parent's and is taken off
 * at its end tag, so that a parent's text stays in one piece. Everything kept of an element lies in one arena that
 * is emptied when the element was handed over. */
#include "lists/xml.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

enum {
    CHUNK_BYTES = 128 * 1024,
    DEPTH_LIMIT = 64,
    PATH_SIZE = 1024,
    TEXT_CEILING_BYTES = 1 << 20,
    TAG_CEILING_BYTES = 1 << 20,
};

typedef struct open_element {
    mz_xml_node *node;       /* NULL outside of what is kept */
    const mz_xml_node **end; /* where its next child is to be linked */
    size_t text_start;
    size_t path_size; /* of the path above it */
} open_element;

typedef struct xml_reading {
    const mz_xml_source *source;
    XML_Parser parser;
    mz_arena arena;
    mz_buffer text;
    open_element open[DEPTH_LIMIT];
    size_t depth;
    size_t kept_depth;       /* depth of the element being kept; 0: none */
    const mz_xml_rule *rule; /* of the element being kept */
    char path[PATH_SIZE];
    size_t path_size;
    const char *chunk; /* the bytes that expat has in hand, their place in the document */
    size_t chunk_size;
    uint64_t chunk_at;
    uint64_t line_at; /* where the line starts in which the chunk starts */
    mz_status status;
    mz_error *error;
} xml_reading;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

mz_str mz_xml_trim(mz_str text) {
    while (text.size && is_space(text.data[0])) text.data++, text.size--;
    while (text.size && is_space(text.data[text.size - 1])) text.size--;
    return text;
}

/* Names are terminated by a NUL in the arena, so that one pass compares them. */
bool mz_xml_is(const mz_xml_node *node, const char *name) {
    return strcmp(node->name.data, name) == 0;
}

mz_str mz_xml_attribute_value(const mz_xml_node *node, const char *name) {
    mz_str wanted = mz_str_of(name);
    for (size_t i = 0; i < node->attribute_count; i++)
        if (mz_str_equal(node->attributes[i].name, wanted)) return mz_xml_trim(node->attributes[i].value);
    return (mz_str){"", 0};
}

const mz_xml_node *mz_xml_child(const mz_xml_node *node, const char *name) {
    const mz_xml_node *child = node->child;
    while (child && !mz_xml_is(child, name)) child = child->next;
    return child;
}

mz_str mz_xml_child_text(const mz_xml_node *node, const char *name) {
    const mz_xml_node *child = mz_xml_child(node, name);
    return child ? mz_xml_trim(child->text) : (mz_str){"", 0};
}

static const char *local_name(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* --- errors --- */

/* Where expat is, as line and column in bytes, both from 1. Columns reach back over the chunks already given. */
static void place(const xml_reading *xml, uint64_t *ret_line, uint64_t *ret_column) {
    XML_Index index = XML_GetCurrentByteIndex(xml->parser);
    *ret_line = XML_GetCurrentLineNumber(xml->parser);
    uint64_t at = index < 0 ? 0 : (uint64_t)index, line_at = xml->line_at;
    if (at < xml->chunk_at || at > xml->chunk_at + xml->chunk_size) {
        *ret_column = XML_GetCurrentColumnNumber(xml->parser) + 1;
        return;
    }
    size_t inside = (size_t)(at - xml->chunk_at);
    const char *newline = inside ? memrchr(xml->chunk, '\n', inside) : NULL;
    if (newline) line_at = xml->chunk_at + (uint64_t)(newline + 1 - xml->chunk);
    *ret_column = at - line_at + 1;
}

static mz_status fail_here(xml_reading *xml, mz_status status, const char *what) {
    uint64_t line, column;
    place(xml, &line, &column);
    return mz_fail_at(xml->error, status, line, column, "%s", what);
}

/* Stops expat; nothing more is called back, and mz_xml_read returns the status. */
static void stop(xml_reading *xml, mz_status status) {
    if (!xml->status) xml->status = status;
    (void)XML_StopParser(xml->parser, XML_FALSE);
}

static const char *sentence(const xml_reading *xml, enum XML_Error code) {
    XML_Index index = XML_GetCurrentByteIndex(xml->parser);
    uint64_t at = index < 0 ? 0 : (uint64_t)index;
    if (code == XML_ERROR_INVALID_TOKEN && at >= xml->chunk_at && at < xml->chunk_at + xml->chunk_size) {
        unsigned char byte = (unsigned char)xml->chunk[at - xml->chunk_at];
        if (byte >= 0x80) return "these bytes are not valid in the file's encoding (UTF-8 unless it says otherwise)";
        if (byte < 0x20) return "a control character, which XML does not allow: the file is damaged";
    }
    if (code == XML_ERROR_NO_ELEMENTS && xml->chunk_at == 0 && xml->chunk_size == 0) return "the file is empty";
    switch ((int)code) {
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
    case XML_ERROR_UNCLOSED_CDATA_SECTION: return "the file ends too early, it was cut off: fetch it again";
    case XML_ERROR_TAG_MISMATCH: return "an element is closed under another name than it was opened with";
    case XML_ERROR_UNDEFINED_ENTITY: return "an entity reference that XML does not define";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "something stands behind the end of the document";
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING: return "the file is in an encoding that is not read here: convert it to UTF-8";
    case XML_ERROR_SYNTAX:
    case XML_ERROR_INVALID_TOKEN: return "this is not well-formed XML";
    default: return XML_ErrorString(code);
    }
}

static mz_status fail_parse(xml_reading *xml) {
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (code == XML_ERROR_NO_MEMORY) return mz_fail_memory(xml->error);
    if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
        return fail_here(xml, MZ_ERR_LIMIT, "the document grows far beyond its size while it is read");
    return fail_here(xml, MZ_ERR_INPUT, sentence(xml, code));
}

static void stop_for_room(xml_reading *xml) {
    if (xml->arena.starved)
        stop(xml, mz_fail_memory(xml->error));
    else
        stop(xml, fail_here(xml, MZ_ERR_LIMIT, "one element holds more than any honest record: over 32 MiB"));
}

/* --- building nodes --- */

static void copy_attributes(xml_reading *xml, mz_xml_node *node, const char **attributes) {
    size_t count = 0;
    while (attributes[2 * count]) count++;
    if (count == 0) return;
    mz_xml_attribute *copy = MZ_ARENA_NEW(&xml->arena, count, mz_xml_attribute);
    if (!copy) return;
    for (size_t i = 0; i < count; i++) {
        copy[i].name = mz_arena_copy(&xml->arena, mz_str_of(local_name(attributes[2 * i])));
        copy[i].value = mz_arena_copy(&xml->arena, mz_str_of(attributes[2 * i + 1]));
    }
    node->attributes = copy;
    node->attribute_count = count;
}

static mz_xml_node *new_node(xml_reading *xml, const char *name, const char **attributes) {
    mz_xml_node *node = MZ_ARENA_NEW(&xml->arena, 1, mz_xml_node);
    if (node) {
        node->name = mz_arena_copy(&xml->arena, mz_str_of(name));
        node->text = (mz_str){"", 0};
        node->at = (mz_position){.line = (uint32_t)XML_GetCurrentLineNumber(xml->parser), .file = xml->source->file};
        copy_attributes(xml, node, attributes);
    }
    if (!xml->arena.failed) return node;
    stop_for_room(xml);
    return NULL;
}

/* --- what expat calls --- */

static const mz_xml_rule *find_rule(const xml_reading *xml) {
    for (size_t i = 0; i < xml->source->rule_count; i++)
        if (strcmp(xml->source->rules[i].path, xml->path) == 0) return &xml->source->rules[i];
    return NULL;
}

static bool right_root(const xml_reading *xml, const char *name) {
    const char *path = xml->source->rules[0].path;
    size_t size = strcspn(path, "/");
    return strlen(name) == size && memcmp(path, name, size) == 0;
}

static void refuse_root(xml_reading *xml, const char *name) {
    const char *path = xml->source->rules[0].path;
    uint64_t line, column;
    place(xml, &line, &column);
    stop(xml, mz_fail_at(xml->error, MZ_ERR_INPUT, line, column, "this is not %s: it begins with <%.60s>, not <%.*s>",
                         xml->source->what, name, (int)strcspn(path, "/"), path));
}

/* Appends "/name" to the path; a path too long for any rule is cut, and then matches none. */
static void push_path(xml_reading *xml, const char *name) {
    size_t room = PATH_SIZE - xml->path_size;
    int size = snprintf(xml->path + xml->path_size, room, "%s%s", xml->path_size ? "/" : "", name);
    if (size < 0) size = 0;
    xml->path_size += (size_t)size < room ? (size_t)size : room - 1;
}

static void start_outside(xml_reading *xml, open_element *opened, const char *name, const char **attributes) {
    if (xml->depth == 1 && !right_root(xml, name)) {
        refuse_root(xml, name);
        return;
    }
    push_path(xml, name);
    const mz_xml_rule *rule = find_rule(xml);
    if (!rule) return;
    mz_arena_reset(&xml->arena);
    mz_xml_node *node = new_node(xml, name, attributes);
    if (!node) return;
    if (rule->start) {
        mz_status status = rule->start(xml->source->context, node, xml->error);
        if (status) stop(xml, status);
    }
    if (!rule->whole) return;
    opened->node = node;
    opened->end = &node->child;
    xml->kept_depth = xml->depth;
    xml->rule = rule;
}

static void start_inside(xml_reading *xml, open_element *opened, const char *name, const char **attributes) {
    open_element *parent = opened - 1;
    mz_xml_node *node = new_node(xml, name, attributes);
    if (!node) return;
    *parent->end = node;
    parent->end = &node->next;
    opened->node = node;
    opened->end = &node->child;
}

static void on_start(void *context, const char *name, const char **attributes) {
    xml_reading *xml = context;
    if (xml->status) return;
    if (xml->depth == DEPTH_LIMIT) {
        stop(xml, fail_here(xml, MZ_ERR_LIMIT, "elements stand inside one another more than 64 deep"));
        return;
    }
    open_element *opened = &xml->open[xml->depth++];
    *opened = (open_element){.text_start = xml->text.size, .path_size = xml->path_size};
    if (xml->kept_depth)
        start_inside(xml, opened, local_name(name), attributes);
    else
        start_outside(xml, opened, local_name(name), attributes);
}

static void keep_text(xml_reading *xml, const open_element *closed) {
    if (xml->text.size == closed->text_start) return;
    mz_str text = {xml->text.data + closed->text_start, xml->text.size - closed->text_start};
    if (!closed->node->child || mz_xml_trim(text).size) {
        closed->node->text = mz_arena_copy(&xml->arena, text);
        if (xml->arena.failed) stop_for_room(xml);
    }
    xml->text.size = closed->text_start;
}

static void on_end(void *context, const char *name) {
    (void)name;
    xml_reading *xml = context;
    if (xml->status) return;
    size_t depth = xml->depth--;
    const open_element *closed = &xml->open[depth - 1];
    if (!xml->kept_depth) {
        xml->path_size = closed->path_size;
        xml->path[xml->path_size] = '\0';
        return;
    }
    keep_text(xml, closed);
    if (depth > xml->kept_depth || xml->status) return;
    xml->kept_depth = 0;
    xml->path_size = closed->path_size;
    xml->path[xml->path_size] = '\0';
    mz_status status = xml->rule->whole(xml->source->context, closed->node, xml->error);
    if (status) stop(xml, status);
}

static void on_text(void *context, const char *text, int size) {
    xml_reading *xml = context;
    if (xml->status || !xml->kept_depth) return;
    mz_buffer_append(&xml->text, text, (size_t)size);
    if (!xml->text.failed) return;
    if (xml->text.starved)
        stop(xml, mz_fail_memory(xml->error));
    else
        stop(xml, fail_here(xml, MZ_ERR_LIMIT, "one text is longer than 1 MiB"));
}

static void on_doctype(void *context, const char *name, const char *system_id, const char *public_id, int internal) {
    (void)name, (void)system_id, (void)public_id, (void)internal;
    xml_reading *xml = context;
    stop(xml, fail_here(xml, MZ_ERR_INPUT,
                        "document type and entity declarations are not allowed in a list: take <!DOCTYPE …> out"));
}

/* windows-1252 where it differs from ISO-8859-1: 0x80 to 0x9F (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/
 * WINDOWS/CP1252.TXT); -1: not assigned. */
static const int windows_1252[32] = {
    0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178,
};

static int on_encoding(void *context, const char *name, XML_Encoding *encoding) {
    (void)context;
    if (!mz_same_word(mz_str_of(name), "windows-1252") && !mz_same_word(mz_str_of(name), "cp1252"))
        return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++) encoding->map[i] = i >= 0x80 && i < 0xA0 ? windows_1252[i - 0x80] : i;
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    return XML_STATUS_OK;
}

/* --- the loop --- */

/* expat keeps an unfinished tag whole: more than the ceiling of it is refused before memory is taken for it. */
static mz_status check_unfinished(xml_reading *xml) {
    XML_Index index = XML_GetCurrentByteIndex(xml->parser);
    uint64_t read = xml->chunk_at + xml->chunk_size;
    if (read - (index < 0 ? 0 : (uint64_t)index) <= TAG_CEILING_BYTES + CHUNK_BYTES) return MZ_OK;
    return fail_here(xml, MZ_ERR_LIMIT, "a tag, comment or declaration is longer than 1 MiB");
}

static mz_status parse_chunk(xml_reading *xml, size_t size) {
    enum XML_Status parsed = XML_ParseBuffer(xml->parser, (int)size, size == 0);
    if (xml->status) return xml->status;
    if (parsed != XML_STATUS_OK) return fail_parse(xml);
    return size ? check_unfinished(xml) : MZ_OK;
}

static void remember_line_start(xml_reading *xml) {
    const char *newline = xml->chunk_size ? memrchr(xml->chunk, '\n', xml->chunk_size) : NULL;
    if (newline) xml->line_at = xml->chunk_at + (uint64_t)(newline + 1 - xml->chunk);
}

static mz_status read_chunks(xml_reading *xml) {
    mz_input *input = xml->source->input;
    for (size_t size = 1; size > 0;) {
        char *room = XML_GetBuffer(xml->parser, CHUNK_BYTES);
        if (!room) return mz_fail_memory(xml->error);
        mz_status status = mz_input_read(input, room, CHUNK_BYTES, &size, xml->error);
        if (status) return status;
        xml->chunk_at += xml->chunk_size;
        xml->chunk = room;
        xml->chunk_size = size;
        status = parse_chunk(xml, size);
        remember_line_start(xml);
        if (!status && xml->source->reading)
            status = mz_reading_progress(xml->source->reading, input->consumed, input->total_bytes);
        if (status) return status;
    }
    return MZ_OK;
}

static XML_Parser new_parser(void *context) {
    XML_Parser parser = XML_ParserCreate(NULL);
    if (!parser) return NULL;
    XML_SetUserData(parser, context);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    XML_SetUnknownEncodingHandler(parser, on_encoding, NULL);
    return parser;
}

mz_status mz_xml_read(const mz_xml_source *source, mz_error *error) {
    xml_reading xml = {.source = source, .error = error};
    xml.parser = new_parser(&xml);
    if (!xml.parser) return mz_fail_memory(error);
    mz_arena_init(&xml.arena, MZ_RECORD_CEILING_BYTES);
    mz_buffer_init(&xml.text, TEXT_CEILING_BYTES);
    mz_status status = read_chunks(&xml);
    mz_buffer_done(&xml.text);
    mz_arena_done(&xml.arena);
    XML_ParserFree(xml.parser);
    return status;
}

mz_status mz_xml_read_list(mz_reading *reading, const char *what, const mz_xml_rule *rules, size_t rule_count,
                           void *context) {
    mz_input input;
    mz_status status = mz_input_open(&input, reading->path, reading->error);
    if (status) return status;
    mz_xml_source source = {
        .input = &input,
        .what = what,
        .rules = rules,
        .rule_count = rule_count,
        .file = mz_reading_file(reading, reading->path),
        .context = context,
        .reading = reading,
    };
    status = mz_xml_read(&source, reading->error);
    reading->report->bytes += input.consumed;
    mz_input_close(&input);
    return status;
}

/* --- looking at the root only --- */

typedef struct root_look {
    XML_Parser parser;
    const char *wanted;
    bool found;
} root_look;

static void on_root(void *context, const char *name, const char **attributes) {
    (void)attributes;
    root_look *look = context;
    look->found = strcmp(local_name(name), look->wanted) == 0;
    (void)XML_StopParser(look->parser, XML_FALSE);
}

bool mz_xml_root_is(mz_str first_bytes, const char *name) {
    enum { MOST = 1 << 20 };
    root_look look = {.wanted = name};
    if (first_bytes.size == 0 || first_bytes.size > MOST) return false;
    look.parser = new_parser(&look);
    if (!look.parser) return false;
    XML_SetStartElementHandler(look.parser, on_root);
    XML_SetEndElementHandler(look.parser, NULL);
    XML_SetCharacterDataHandler(look.parser, NULL);
    XML_SetStartDoctypeDeclHandler(look.parser, NULL);
    (void)XML_Parse(look.parser, first_bytes.data, (int)first_bytes.size, XML_FALSE);
    XML_ParserFree(look.parser);
    return look.found;
}
