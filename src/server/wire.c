#include "server/wire.h"

#include "server/http.h"

#include <stdio.h>
#include <sys/socket.h>

void mz_wire_refuse(int descriptor, int status, const char *detail) {
    char body[512], text[1024];
    int size =
        snprintf(body, sizeof body, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}",
                 mz_http_title(status), status, detail);
    int length = snprintf(text, sizeof text,
                          "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n%s"
                          "Connection: close\r\n\r\n%s",
                          status, mz_http_title(status), size, status == 503 ? "Retry-After: 1\r\n" : "", body);
    if (size < (int)sizeof body && length < (int)sizeof text)
        (void)send(descriptor, text, (size_t)length, MSG_DONTWAIT | MSG_NOSIGNAL);
}
