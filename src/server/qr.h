/* QR codes (ISO/IEC 18004), which a telephone takes an address from. */
#ifndef MIZAN_SERVER_QR_H
#define MIZAN_SERVER_QR_H

#include "base/json_write.h"

/* Writes the text's code, error correction M, as an array of rows from the top, each a string of "1" (dark) and "0";
 * the light border around it is left to who draws it. MZ_ERR_LIMIT where the text is too long for a code, which bears
 * 2,331 bytes; then nothing was written. */
mz_status mz_qr_write(mz_json *json, const char *key, mz_str text, mz_error *error);

#endif
