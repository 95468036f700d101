/* What must hold of web/ besides its tests in Chromium, told as TAP: types, messages, the rules that a script can check,
 * and the size of what is shipped.
 *
 * usage: node tools/check.mjs */
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliDecompressSync, gzipSync } from "node:zlib"

const web = join(dirname(fileURLToPath(import.meta.url)), "..")
/* By brotli, as browsers get them over TLS, and by gzip, as they get them over plain HTTP. */
const MOST_BYTES_BY_BROTLI = 100_000
const MOST_BYTES_BY_GZIP = 100 * 1024
const MOST_LINES = 500

function files(folder, ending) {
    return readdirSync(join(web, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => ending.test(name) && !name.endsWith("shapes.ts"))
        .map((name) => ({ name: join(folder, name), text: readFileSync(join(web, folder, name), "utf8") }))
}

function ended(command, ...words) {
    const done = spawnSync(command, words, { cwd: web, encoding: "utf8" })
    return done.status === 0 ? [] : `${done.stdout}${done.stderr}${done.error ?? ""}`.trim().split("\n")
}

/* Lines of a file that fit one of the patterns, with what is to be written in their place. */
const lines = (of, patterns) =>
    of.flatMap(({ name, text }) =>
        text
            .split("\n")
            .flatMap((line, at) =>
                patterns
                    .filter(([pattern]) => pattern.test(line))
                    .map(([, instead]) => `${name}:${at + 1}: ${instead}: ${line.trim().slice(0, 100)}`),
            ),
    )

const SIDES = "(left|right)"
const css = () =>
    lines(files("src/style", /\.css$/), [
        [new RegExp(`(^|[;{\\s])(margin|padding|border|inset)-${SIDES}`), "sides are -inline-start and -inline-end"],
        [new RegExp(`(^|[;{\\s])${SIDES}\\s*:`), "sides are inset-inline-start and -end"],
        [/(text-align|float|clear)\s*:\s*(left|right)/, "start or end"],
        [/(^|[;{\s])(border-(top|bottom)-(left|right)-radius)/, "border-start-start-radius and the like"],
        [/url\(|@import\s+(url|["']https?)|https?:/, "nothing is asked for from elsewhere"],
    ])
const code = () =>
    lines(files("src", /\.tsx?$/), [
        [/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write/, "text is never HTML"],
        [/\beval\(|new Function\(/, "no code from text"],
        [/\b(marginLeft|marginRight|paddingLeft|paddingRight|textAlign: "(left|right)")/, "logical properties"],
        [/localStorage|sessionStorage|indexedDB|document\.cookie/, "what a browser keeps is in shell/preferences.ts"],
        [/@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b/, "types are not passed over"],
        [/https?:\/\/(?!\$|\/)/, "nothing is asked for from elsewhere"],
    ]).filter((each) => !/^src\/(shell\/preferences|text\/messages)\.ts:/.test(each) && !/\^https\?:/.test(each))

function* bounds() {
    for (const { name, text } of [
        ...files("src", /\.(tsx?|css)$/),
        ...files("tests", /\.mjs$/),
        ...files("tools", /\.mjs$/),
    ]) {
        const all = text.split("\n").length
        if (!/^src\/text\/(en|fr|ar)\.ts$/.test(name) && all > MOST_LINES)
            yield `${name}: ${all} lines, more than ${MOST_LINES}`
        if (!text.startsWith("/*")) yield `${name}: does not open with what it is`
    }
}

function shipped() {
    const dist = join(web, "dist")
    if (!existsSync(join(dist, "index.html"))) return ["web/dist is not there: npm run build"]
    const there = readdirSync(dist)
    const all = there
        .filter((name) => !name.endsWith(".br"))
        .map((name) => {
            const bytes = readFileSync(join(dist, name))
            const brotli = there.includes(`${name}.br`) ? readFileSync(join(dist, `${name}.br`)) : Buffer.alloc(0)
            const whole = brotli.length && brotliDecompressSync(brotli).equals(bytes)
            return { name, whole, brotli: brotli.length, gzip: gzipSync(bytes, { level: 9 }).length }
        })
    const tooMuch = [
        ["brotli", MOST_BYTES_BY_BROTLI],
        ["gzip", MOST_BYTES_BY_GZIP],
    ].flatMap(([coding, most]) => {
        const sum = all.reduce((total, file) => total + file[coding], 0)
        console.log(`# ${sum} bytes by ${coding} in ${all.length} files; at most ${most}`)
        const heaviest = [...all].sort((a, b) => b[coding] - a[coding])
        return sum > most ? heaviest.map((file) => `${file[coding]} by ${coding}: ${file.name}`) : []
    })
    return [
        ...all.filter(({ name }) => name.endsWith(".map")).map(({ name }) => `${name} is a source map`),
        ...all.filter(({ whole }) => !whole).map(({ name }) => `${name}.br is not there, or is not ${name}`),
        ...tooMuch,
    ]
}

const checks = [
    ["shapes are made of the description of the service", () => ended(process.execPath, "tools/types.mjs")],
    ["types", () => ended(process.execPath, "node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false")],
    ["each language has all messages, and each message is said", () => ended(process.execPath, "tools/messages.mjs")],
    ["style sheets have no left and no right, and ask for nothing", css],
    ["code makes no HTML of text, and keeps nothing", code],
    ["files have a beginning and an end", () => [...bounds()]],
    [
        "files are formatted (npm run format)",
        () => ended(process.execPath, "node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."),
    ],
    ["what is shipped is small", shipped],
]

console.log(`1..${checks.length}`)
let failed = 0
for (const [at, [name, check]] of checks.entries()) {
    const complaints = check()
    failed += complaints.length ? 1 : 0
    console.log(`${complaints.length ? "not ok" : "ok"} ${at + 1} - pages: ${name}`)
    for (const each of complaints.slice(0, 30)) console.log(`# ${each}`)
}
process.exit(failed ? 1 : 0)
