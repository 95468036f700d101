/* Builds web/dist: the script (one with all screens, and a chunk for each language), one style
 * sheet, the icon and the HTML. All names but the HTML's change with the content, so that browsers may keep the files for
 * ever. No source maps: they would ship the sources a second time. Beside each file lies its copy by brotli (NAME.br),
 * which the C build puts into the program with it. */
import { build, context } from "esbuild"
import { minify } from "terser"
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants } from "node:zlib"

import { packMessages } from "./pack_messages.mjs"

const web = join(dirname(fileURLToPath(import.meta.url)), "..")
const dist = join(web, "dist")

function writeHashed(name, bytes) {
    const [stem, ending] = name.split(".")
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase()
    writeFileSync(join(dist, `${stem}-${digest}.${ending}`), bytes)
    return `${stem}-${digest}.${ending}`
}

/* Scripts once more, by terser: it knows what a call has no effect of, and what esbuild made small gets 4 % smaller. */
async function shrink(path) {
    const compress = { passes: 3, ecma: 2020, pure_getters: true, unsafe_arrows: true }
    const { code } = await minify(readFileSync(path, "utf8"), { module: true, ecma: 2020, compress })
    writeFileSync(path, code)
}

function packByBrotli(bytes) {
    return brotliCompressSync(bytes, {
        params: {
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    })
}

/* The HTML is written last: it names the entry, which names all else, so it is new whenever anything is. */
const writeHtml = {
    name: "html",
    setup(plugin) {
        plugin.onStart(() => {
            rmSync(dist, { recursive: true, force: true })
            mkdirSync(dist)
        })
        plugin.onEnd(async (result) => {
            if (result.errors.length) return
            for (const path of Object.keys(result.metafile.outputs))
                if (path.endsWith(".js")) await shrink(join(web, path))
            const names = Object.entries(result.metafile.outputs).filter(([, of]) =>
                /^src\/(main\.tsx|style\/style\.css)$/.test(of.entryPoint ?? ""),
            )
            const named = (ending) =>
                names
                    .find(([path]) => path.endsWith(ending))[0]
                    .split("/")
                    .at(-1)
            const html = readFileSync(join(web, "src/index.html"), "utf8")
                .replace("SCRIPT", named(".js"))
                .replace("STYLE", named(".css"))
                .replace("ICON", writeHashed("icon.svg", readFileSync(join(web, "src/icon.svg"))))
            writeFileSync(join(dist, "index.html.br"), packByBrotli(Buffer.from(html)))
            for (const name of readdirSync(dist).filter((name) => !name.endsWith(".br")))
                writeFileSync(join(dist, `${name}.br`), packByBrotli(readFileSync(join(dist, name))))
            writeFileSync(join(dist, "index.html"), html)
        })
    },
}

const options = {
    absWorkingDir: web,
    entryPoints: { main: "src/main.tsx", style: "src/style/style.css" },
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    target: ["chrome100", "firefox102", "safari15.4"],
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    plugins: [packMessages, writeHtml],
}

if (process.argv.includes("--watch")) await (await context(options)).watch()
else await build(options)
