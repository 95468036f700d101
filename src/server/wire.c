#include "server/wire.h"

#include "server/http.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <sys/socket.h>

void mz_wire_refuse(int descriptor, void *tls, int status, const char *detail) {
    mz_buffer body, text;
    mz_json json;
    mz_buffer_init(&body, 4096);
    mz_buffer_init(&text, 8192);
    mz_json_init(&json, &body);
    mz_json_object(&json);
    mz_json_pair(&json, "type", MZ_STR("about:blank"));
    mz_json_pair(&json, "title", mz_str_of(mz_http_title(status)));
    mz_json_pair_int(&json, "status", status);
    mz_json_pair(&json, "detail", mz_str_of(detail));
    mz_json_object_end(&json);
    mz_buffer_print(&text,
                    "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n%s"
                    "Connection: close\r\n\r\n%s",
                    status, mz_http_title(status), body.size, status == 503 ? "Retry-After: 1\r\n" : "",
                    body.data ? body.data : "");
    if (!body.failed && !text.failed && tls)
        (void)gnutls_record_send(tls, text.data, text.size);
    else if (!body.failed && !text.failed)
        (void)send(descriptor, text.data, text.size, MSG_DONTWAIT | MSG_NOSIGNAL);
    mz_buffer_done(&body);
    mz_buffer_done(&text);
}
