/* How messages are shipped: of each language the texts alone, in one order; what is called by its name in one place of
 * the code is called by a short one there, and only the others' names are shipped, once. Names are a third of what the
 * files of three languages weigh, and as much again in the code.
 *
 * A name stays as it is where it may be put together (`role.${role}`, word("rule", …)), and where it is a word of the
 * service, too ("lists.read" is a right): whatever stands in quotation marks in its sources is left alone. */
import { build } from "esbuild"
import { readFileSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const src = join(dirname(fileURLToPath(import.meta.url)), "../src")
const service = join(src, "../../src")
export const LANGUAGES = ["en", "fr", "ar"]

const filesOf = (folder, ending) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => ending.test(name))
        .map((name) => join(folder, name))
const textOf = (paths) => paths.map((path) => readFileSync(path, "utf8")).join("\n")

/* The messages of a language as its file has them. */
export async function readMessages(language) {
    const made = await build({
        entryPoints: [join(src, "text", `${language}.ts`)],
        bundle: true,
        write: false,
        format: "esm",
        charset: "utf8",
    })
    const code = Buffer.from(made.outputFiles[0].text).toString("base64")
    return (await import(`data:text/javascript;base64,${code}`))[language]
}

/* The sources that say messages, and what the names that they put together begin with. */
export function readSayings() {
    const languages = new RegExp(`text/(${LANGUAGES.join("|")})\\.ts$`)
    const sources = textOf(filesOf(src, /\.tsx?$/).filter((path) => !languages.test(path)))
    const families = [
        ...sources.matchAll(/`([\w-]+(?:\.[\w-]+)*\.)\$\{/g),
        ...sources.matchAll(/\bword\(\s*"([\w-]+(?:\.[\w-]+)*)"/g),
    ].map(([, name]) => name.replace(/\.?$/, "."))
    return { sources, families: [...new Set(families)] }
}

/* { kept: names that are shipped, short: Map of the others' to their short ones } */
async function plan() {
    const all = Object.keys(await readMessages("en")).sort()
    const { families } = readSayings()
    const words = new Set(textOf(filesOf(service, /\.(c|h|json)$/)).match(/"[\w-]+(\.[\w-]+)+"/g))
    const isKept = (name) => families.some((family) => name.startsWith(family)) || words.has(JSON.stringify(name))
    const short = all.filter((name) => !isKept(name)).map((name, at) => [name, `~${at.toString(36)}`])
    return { kept: all.filter(isKept), short: new Map(short) }
}

/* "lists.none", "lists.title" as "lists,none,title", groups parted by "|"; names that begin alike stand together, since
 * they are sorted, so the order stays. */
function grouped(names) {
    const groups = new Map()
    for (const name of names) {
        const dot = name.indexOf(".")
        const first = name.slice(0, dot)
        groups.set(first, [...(groups.get(first) ?? [first]), name.slice(dot + 1)])
    }
    return [...groups.values()].map((group) => group.join(",")).join("|")
}

const unpacking = (kept) => `
    const names = ${JSON.stringify(grouped(kept))}.split("|").flatMap((group) => {
        const [first, ...rest] = group.split(",")
        return rest.map((each) => first + "." + each)
    })
    const nameOf = (at) => names[at] ?? "~" + (at - names.length).toString(36)
    export const named = (texts) => Object.fromEntries(texts.map((text, at) => [nameOf(at), text]))`

export const packMessages = {
    name: "messages",
    setup(plugin) {
        let planned
        plugin.onStart(async () => {
            planned = await plan()
        })
        plugin.onResolve({ filter: /^message-names$/ }, () => ({ path: "names", namespace: "messages" }))
        plugin.onLoad({ filter: /.*/, namespace: "messages" }, () => ({ contents: unpacking(planned.kept) }))
        plugin.onLoad({ filter: /\/src\/text\/(en|fr|ar)\.ts$/ }, async ({ path }) => {
            const language = path.slice(-5, -3)
            const messages = await readMessages(language)
            const texts = [...planned.kept, ...planned.short.keys()].map((name) => messages[name])
            const contents = `import { named } from "message-names"
                export const ${language} = named(${JSON.stringify(texts)})`
            return { contents, watchFiles: [path] }
        })
        plugin.onLoad({ filter: /\/web\/src\/.*\.tsx?$/ }, ({ path }) => ({
            contents: readFileSync(path, "utf8").replace(/"([\w-]+(?:\.[\w-]+)+)"/g, (whole, name) =>
                planned.short.has(name) ? JSON.stringify(planned.short.get(name)) : whole,
            ),
            loader: path.endsWith("x") ? "tsx" : "ts",
        }))
    },
}
