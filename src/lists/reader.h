/* What a reader is to the rest of lists/: an entry in the table of formats (formats.c), and a function. */
#ifndef MIZAN_LISTS_READER_H
#define MIZAN_LISTS_READER_H

#include "entity/record.h"
#include "mizan/list.h"

/* The memory that one record may take; a larger one is rejected. */
enum { MZ_RECORD_CEILING_BYTES = 32 << 20 };

enum { MZ_LIST_NAME_SIZE = 64 }; /* of a list's short name, with the NUL */

typedef struct mz_reading {
    const mz_read_options *options;
    const char *path;
    mz_str list;             /* short name; see mz_list_name */
    mz_builder *builder;     /* made before, freed after the reader; dates in the format's order */
    mz_read_report *report;  /* readers fill in published, stated_records, files, bytes */
    mz_error *error;         /* never NULL */
    uint64_t progress_bytes; /* when the caller was last told; mz_reading_progress keeps it */
} mz_reading;

struct mz_list_format {
    const char *name;
    const char *title;
    const char *usual_list; /* the short name of the list that comes in this format; see origins.c */
    mz_date_order dates;
    bool one_file; /* nothing beside the file belongs to the list: the store may know it again by its bytes alone */
    /* The name that the list's mapping file gives it, "" when none; NULL for a format without mapping files. */
    mz_status (*list_in_mapping)(const char *path, const char *mapping_path, char ret_list[MZ_LIST_NAME_SIZE],
                                 mz_error *error);
    /* The name of the list where the file's name tells of which of several it is; else, and for most formats, NULL. */
    const char *(*list_of_file)(const char *path);
    /* Whether the first bytes (at most 16 KiB; none of a folder) and the file name look like this format. */
    bool (*looks_like)(mz_str first_bytes, const char *path);
    mz_status (*read)(mz_reading *reading);
};

/* The short name of the list: what the caller says (`given`), else what the mapping file or the
 * file's name says, else the format's usual.
 * mz_list_read goes by it; who keeps the list under its name asks here before. */
mz_status mz_list_name(const mz_list_format *format, const char *path, const char *given, const char *mapping_path,
                       char ret_list[MZ_LIST_NAME_SIZE], mz_error *error);

/* Finishes the builder's record, counts it and hands it over; a record over its ceiling is rejected. */
mz_status mz_reading_emit(mz_reading *reading);
/* Counts and names a rejected record. */
mz_status mz_reading_reject(mz_reading *reading, mz_position at, mz_str record, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Tells the caller how far it is; MZ_ERR_CANCELLED when it wants to stop, MZ_ERR_LIMIT when more was read than
 * options->limit_bytes. Cheap: call often. */
mz_status mz_reading_progress(mz_reading *reading, uint64_t done_bytes, uint64_t total_bytes);
/* The list says that it, or a part of it, is of this day: the latest of these is when it was published. What is no date
 * says nothing. */
void mz_reading_published(mz_reading *reading, mz_str day, mz_date_order order);
/* Names a file of the list in the report and returns its number for mz_position.file. */
uint16_t mz_reading_file(mz_reading *reading, const char *path);

#endif
