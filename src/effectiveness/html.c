#include "effectiveness/html.h"

#include <utf8proc.h>

/* Nothing to be seen, or not what it seems: controls, formats (bidi, zero width), blanks other than the usual one. */
static bool is_invisible(uint32_t letter) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter);
    if (letter == ' ') return false;
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CO ||
           (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);
}

static void put(mz_buffer *out, mz_str text, bool shows_unseen) {
    size_t at = 0;
    for (uint32_t letter; mz_utf8_next(text, &at, &letter);) {
        char bytes[4];
        if (letter == '<')
            mz_buffer_print(out, "&lt;");
        else if (letter == '>')
            mz_buffer_print(out, "&gt;");
        else if (letter == '&')
            mz_buffer_print(out, "&amp;");
        else if (letter == '"')
            mz_buffer_print(out, "&quot;");
        else if (letter == '\'')
            mz_buffer_print(out, "&#39;");
        else if (shows_unseen && is_invisible(letter))
            mz_buffer_print(out, "<span class=\"unseen\">%04X</span>", letter);
        else
            mz_buffer_append(out, bytes, mz_utf8_put(letter, bytes));
    }
}

void mz_html_text(mz_buffer *out, mz_str text) {
    put(out, text, true);
}

void mz_html_prose(mz_buffer *out, mz_str text) {
    put(out, text, false);
}

void mz_html_name(mz_buffer *out, mz_str name) {
    mz_buffer_print(out, "<bdi>");
    mz_html_text(out, name);
    mz_buffer_print(out, "</bdi>");
}

/* clang-format off */
const char *const mz_html_style[] = {
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#5b6570;--line:#d9dee4;--card:#f6f8fa;"
    "--c0:#0b62c4;--c1:#b8500b;--c2:#0a7d5c;--c3:#8a3ab9;--c4:#c2255c;--c5:#6b6b00;--c6:#0b7285;--c7:#495057;"
    "--h0:#c8ecd6;--h1:#e3f3d3;--h2:#fbf3c4;--h3:#fde0b2;--h4:#fbc7b0;--h5:#f5a9a9;--warn:#8a4b00;--warn-card:#fff4e2}"
    "@media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e7eaee;--soft:#9aa5b1;--line:#30363d;"
    "--card:#1c2026;--c0:#6cb0ff;--c1:#ffab66;--c2:#4fd0a5;--c3:#cf9bf0;--c4:#ff8fb3;--c5:#d4d268;--c6:#66d0e2;"
    "--c7:#adb5bd;--h0:#123d28;--h1:#2a3d17;--h2:#453d0e;--h3:#4f3310;--h4:#542716;--h5:#5d1d22;--warn:#ffc078;"
    "--warn-card:#2b2113}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,'Segoe UI','Noto Sans',"
    "'Noto Naskh Arabic',sans-serif}"
    "main,header{max-inline-size:68rem;margin-inline:auto;padding-inline:1rem}"
    "header{padding-block:2rem .5rem}h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem}"
    "h2{font-size:1.2rem;margin-block:2.5rem .25rem;line-height:1.3}"
    "h3{font-size:1rem;margin-block:1.25rem .25rem}"
    "p{margin-block:.35rem;max-inline-size:46rem}.soft,figcaption,caption{color:var(--soft)}"
    ".soft{font-size:.92rem}"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin-block:1rem}"
    ".tile{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}"
    ".tile b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}"
    ".tile span{color:var(--soft);font-size:.9rem;display:block}.tile b.none{font-size:1.15rem;line-height:2.1rem;"
    "color:var(--warn)}"
    ".say{background:var(--card);border-inline-start:.25rem solid var(--c0);border-radius:.3rem;"
    "padding:.6rem 1rem;margin-block:1rem}"
    ".say.warn{background:var(--warn-card);border-color:var(--warn)}"
    "figure{margin:1rem 0}svg{inline-size:100%;block-size:auto;display:block;direction:ltr;font:12px system-ui,"
    "sans-serif}svg text{fill:var(--soft)}svg .axis{stroke:var(--line);fill:none}"
    "svg .mark{stroke:var(--ink);stroke-dasharray:2 3;fill:none}svg polyline{fill:none;stroke-width:2.2;"
    "stroke-linejoin:round}svg .strong{fill:var(--ink);font-weight:600}"
    ".legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:.25rem 0;padding:0;"
    "font-size:.92rem}.legend i{display:inline-block;inline-size:1.4rem;border-block-start:.22rem solid;"
    "vertical-align:middle;margin-inline-end:.4rem}.legend i.dashed{border-block-start-style:dashed}"
    ".k0{--k:var(--c0)}.k1{--k:var(--c1)}.k2{--k:var(--c2)}.k3{--k:var(--c3)}.k4{--k:var(--c4)}"
    ".k5{--k:var(--c5)}.k6{--k:var(--c6)}.k7{--k:var(--c7)}"
    "svg .k{stroke:var(--k)}svg .f{fill:var(--k);stroke:none}.legend i{border-color:var(--k)}",
    /* compilers need not take strings of more than 4095 bytes */
    ".scroll{overflow-x:auto;margin-block:.5rem 1rem}"
    "table{border-collapse:collapse;inline-size:100%;font-size:.92rem}"
    "th,td{padding:.35rem .55rem;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}"
    "thead th{color:var(--soft);font-weight:600;white-space:nowrap;border-block-end-width:2px}"
    "td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".heat tbody tr:first-child{font-weight:600}"
    "th[scope=row]{font-weight:inherit;min-inline-size:11rem}"
    "code{font:.85em ui-monospace,monospace;color:var(--soft);direction:ltr;unicode-bidi:isolate}"
    "th code{display:block}[dir=rtl] th code{text-align:right}"
    ".bar{position:relative;block-size:1.05rem;min-inline-size:8rem;background:var(--card);"
    "border:1px solid var(--line);border-radius:.2rem;overflow:hidden}"
    ".bar i{position:absolute;inset-block:0;inset-inline-start:0;background:var(--c0);opacity:.55}"
    ".bar b{position:absolute;inset-block:.42rem;background:var(--ink);block-size:.12rem}"
    ".heat td{text-align:center;font-variant-numeric:tabular-nums;line-height:1.15}"
    ".heat thead th:not(:first-child){text-align:center;white-space:normal}"
    ".heat small{display:block;color:var(--soft);font-size:.72rem}"
    ".h0{background:var(--h0)}.h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}"
    ".h4{background:var(--h4)}.h5{background:var(--h5)}"
    ".unseen{font:.65em ui-monospace,monospace;border:1px solid var(--soft);border-radius:.2rem;"
    "padding:0 .15em;margin:0 .1em;color:var(--soft);vertical-align:middle;unicode-bidi:isolate}"
    ".better{color:var(--c2)}.worse{color:var(--c4)}"
    "details>summary{cursor:pointer;padding-block:.3rem}ul{padding-inline-start:1.3rem;margin-block:.3rem;"
    "max-inline-size:46rem}"
    "footer{border-block-start:1px solid var(--line);margin-block:2.5rem 2rem;padding-block-start:.5rem}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin-block:.5rem;font-size:.92rem}"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}"
    "@media (max-width:34rem){h1{font-size:1.35rem}th[scope=row]{min-inline-size:8.5rem}.tile b{font-size:1.45rem}"
    "dl{grid-template-columns:1fr}dt{margin-block-start:.4rem}.example,.picture{display:none}svg{font-size:20px}}"
    "@media print{:root{color-scheme:light}body{font-size:10.5pt}main,header{max-inline-size:none}"
    "h2{break-after:avoid}tr,figure,.tile{break-inside:avoid}.scroll{overflow:visible}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}",
    NULL,
};
/* clang-format on */
