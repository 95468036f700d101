/* Reading XML: a thin layer over expat for every reader of a list in XML, and for the sheets inside an XLSX file.
 *
 * The document streams through; only the elements that a rule asks for are kept, one at a time, each as a small
 * tree that lives for the length of a call. A reader then walks its record instead of keeping states.
 *
 * Limits: depth 64, 1 MiB of text open at once, 1 MiB for a tag with its attributes, 32 MiB for an element that is
 * handed over (MZ_ERR_LIMIT). Document type declarations, and with them entity declarations, are refused: no list
 * needs them, and they are how a small file becomes a large one. UTF-8, UTF-16, ISO-8859-1, US-ASCII and
 * windows-1252 are read; names are compared without their namespace prefix. */
#ifndef MIZAN_LISTS_XML_H
#define MIZAN_LISTS_XML_H

#include "base/file.h"
#include "lists/reader.h"

typedef struct mz_xml_attribute {
    mz_str name; /* without prefix */
    mz_str value;
} mz_xml_attribute;

typedef struct mz_xml_node {
    mz_str name;    /* without prefix */
    mz_str text;    /* all text directly inside, as it stands; empty when only white space around elements */
    mz_position at; /* of the start tag */
    const mz_xml_attribute *attributes;
    size_t attribute_count;
    const struct mz_xml_node *child, *next; /* first inside, next beside; in document order */
} mz_xml_node;

/* What to do with the element at a path of local names from the root: "sdnList/sdnEntry". */
typedef struct mz_xml_rule {
    const char *path;
    /* At its start tag: name, place and attributes, no children. May be NULL. */
    mz_status (*start)(void *context, const mz_xml_node *node, mz_error *error);
    /* At its end tag, with everything inside. May be NULL. Elements inside are not looked up among the rules. */
    mz_status (*whole)(void *context, const mz_xml_node *node, mz_error *error);
} mz_xml_rule;

/* Reads a document to its end. Its root must be the first element of the rules' paths; `what` says in an error
 * what was expected ("the UN consolidated list"). Malformed: MZ_ERR_INPUT with line and column. A rule's function
 * that fails stops the reading with its status. `file` goes into the positions. */
typedef struct mz_xml_source {
    mz_input *input;
    const char *what;
    const mz_xml_rule *rules;
    size_t rule_count;
    uint16_t file;
    void *context;       /* for the rules' functions */
    mz_reading *reading; /* told of the progress; may be NULL */
} mz_xml_source;

mz_status mz_xml_read(const mz_xml_source *source, mz_error *error);

/* The same for a list: opens the reading's path, names the file and counts the bytes in the report. */
mz_status mz_xml_read_list(mz_reading *reading, const char *what, const mz_xml_rule *rules, size_t rule_count,
                           void *context);

/* Whether bytes from the start of a document have this root element (local name). */
bool mz_xml_root_is(mz_str first_bytes, const char *name);

/* White space (as XML has it) off both ends. */
mz_str mz_xml_trim(mz_str text);

bool mz_xml_is(const mz_xml_node *node, const char *name);
/* The value of an attribute, trimmed; empty when absent. */
mz_str mz_xml_attribute_value(const mz_xml_node *node, const char *name);
/* The first element inside with this name; NULL when there is none. */
const mz_xml_node *mz_xml_child(const mz_xml_node *node, const char *name);
/* Its text, trimmed; empty when absent. */
mz_str mz_xml_child_text(const mz_xml_node *node, const char *name);

#endif
