/* One entry for each reader; the table in formats.c names them all. */
#ifndef MIZAN_LISTS_FORMATS_H
#define MIZAN_LISTS_FORMATS_H

#include "lists/reader.h"

extern const mz_list_format mz_format_un;          /* un.c */
extern const mz_list_format mz_format_ofac;        /* ofac_csv.c */
extern const mz_list_format mz_format_ofac_xml;    /* ofac_xml.c */
extern const mz_list_format mz_format_us_csl;      /* us_csl_csv.c */
extern const mz_list_format mz_format_us_csl_json; /* us_csl_json.c */
extern const mz_list_format mz_format_eu;          /* eu_csv.c */
extern const mz_list_format mz_format_eu_xml;      /* eu_xml.c */
extern const mz_list_format mz_format_uk;          /* uk_ofsi.c */
extern const mz_list_format mz_format_uk_list;     /* uk_list.c */
extern const mz_list_format mz_format_australia;   /* australia.c */
extern const mz_list_format mz_format_canada;      /* canada.c */
extern const mz_list_format mz_format_ftm;         /* ftm.c */
extern const mz_list_format mz_format_csv;         /* own.c */
extern const mz_list_format mz_format_json;        /* own.c */

#endif
