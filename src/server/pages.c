/* The pages that people work in. Every address under /app is one and the same HTML, whose script shows the screen of
 * that address; what it is made of is under /assets, by names that change with the content, so that a browser may keep
 * each for ever. GET / leads there.
 *
 * The pages may do nothing but what the policy says: no script, style or picture but the service's own, no inline ones,
 * no text that is taken for HTML, in no frame of somebody else's. So a name on a list that is written as markup stays
 * a name, even where a page would have a mistake. */
#include "server/pages.h"
#include "server/tables.h"

#include "base/error.h"

#include <string.h>

static void put_header(mz_response *response, const char *name, const char *value) {
    mz_response_header(response, mz_str_of(name), mz_str_of(value));
}

/* Whether Accept-Encoding has a coding, and not with a weight of nothing. */
static bool takes(mz_str accepted, const char *coding) {
    while (accepted.size) {
        const char *comma = memchr(accepted.data, ',', accepted.size);
        size_t size = comma ? (size_t)(comma - accepted.data) : accepted.size, from = 0, to;
        while (from < size && accepted.data[from] == ' ') from++;
        for (to = from; to < size && accepted.data[to] != ';' && accepted.data[to] != ' ';) to++;
        mz_str rest = {accepted.data + to, size - to};
        if (mz_str_equal((mz_str){accepted.data + from, to - from}, mz_str_of(coding))) {
            const char *weight = memchr(rest.data, '=', rest.size);
            size_t left = weight ? rest.size - (size_t)(weight - rest.data) : 0, digit = 1;
            while (digit < left && (weight[digit] == '0' || weight[digit] == '.')) digit++;
            return !weight || (digit < left && weight[digit] >= '1' && weight[digit] <= '9');
        }
        accepted = (mz_str){accepted.data + size + (comma != NULL), accepted.size - size - (comma != NULL)};
    }
    return false;
}

/* The body: by brotli wherever that is taken, since it is the shortest, and nothing is packed while somebody waits; by
 * gzip, which browsers take over plain HTTP, too; or as it is. */
static void put_body(const mz_page_file *file, mz_str accepted, mz_response *response) {
    const struct {
        const char *coding;
        mz_str packed;
    } forms[] = {{"br", file->brotli}, {"gzip", file->gzip}};
    mz_str body = file->bytes;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        if (!forms[k].packed.size || !takes(accepted, forms[k].coding)) continue;
        put_header(response, "Content-Encoding", forms[k].coding);
        body = forms[k].packed;
        break;
    }
    mz_buffer_str(&response->body, body);
}

static mz_status answer(const mz_request *request, mz_response *response, const mz_page_file *file,
                        const char *keeping) {
    put_header(response, "ETag", file->tag);
    put_header(response, "Cache-Control", keeping);
    put_header(response, "Vary", "Accept-Encoding");
    put_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (mz_str_equal(mz_request_header(request, "if-none-match"), mz_str_of(file->tag))) {
        response->status = 304;
        return MZ_OK;
    }
    response->type = file->type;
    put_body(file, mz_request_header(request, "accept-encoding"), response);
    return MZ_OK;
}

static mz_status page(const mz_request *request, mz_response *response, mz_error *error) {
    (void)error;
    put_header(response, "Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
               "trusted-types 'none'");
    put_header(response, "Referrer-Policy", "no-referrer");
    put_header(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    put_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    return answer(request, response, &mz_pages_embedded.files[0], "no-cache");
}

static mz_status asset(const mz_request *request, mz_response *response, mz_error *error) {
    mz_str name = mz_request_place(request, "file");
    for (size_t k = 1; k < mz_pages_embedded.count; k++)
        if (mz_str_equal(mz_str_of(mz_pages_embedded.files[k].name), name))
            return answer(request, response, &mz_pages_embedded.files[k], "public, max-age=31536000, immutable");
    return mz_fail(error, MZ_ERR_NOT_FOUND, "the pages have no such file; a newer version may have: open /app again");
}

static mz_status home(const mz_request *request, mz_response *response, mz_error *error) {
    (void)request;
    (void)error;
    response->status = 303;
    put_header(response, "Location", "/app");
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/", .handle = home},
    {.method = MZ_GET, .path = "/app", .handle = page},
    {.method = MZ_GET, .path = "/app/", .handle = home},
    {.method = MZ_GET, .path = "/app/{page}", .handle = page},
    {.method = MZ_GET, .path = "/app/{page}/{id}", .handle = page},
    {.method = MZ_GET, .path = "/app/{page}/{id}/{part}", .handle = page},
    {.method = MZ_GET, .path = "/assets/{file}", .handle = asset},
};
const mz_routes mz_page_routes = {routes, sizeof routes / sizeof *routes};
