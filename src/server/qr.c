/* QR codes, by libqrencode. */
#include "server/qr.h"

#include "base/error.h"

#include <errno.h>
#include <limits.h>
#include <qrencode.h>

enum { ROW_MOST = 177 }; /* modules on a side of the largest code */

mz_status mz_qr_write(mz_json *json, const char *key, mz_str text, mz_error *error) {
    char row[ROW_MOST];
    if (!text.size || text.size > INT_MAX) return mz_fail(error, MZ_ERR_LIMIT, "no QR code bears %zu bytes", text.size);
    QRcode *code = QRcode_encodeData((int)text.size, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (!code && errno == ENOMEM) return mz_fail_memory(error);
    if (!code) return mz_fail(error, MZ_ERR_LIMIT, "no QR code bears %zu bytes", text.size);
    size_t side = (size_t)code->width;
    mz_json_key(json, key);
    mz_json_array(json);
    for (size_t y = 0; y < side; y++) {
        for (size_t x = 0; x < side; x++) row[x] = code->data[y * side + x] & 1 ? '1' : '0';
        mz_json_str(json, (mz_str){row, side});
    }
    mz_json_array_end(json);
    QRcode_free(code);
    return MZ_OK;
}
