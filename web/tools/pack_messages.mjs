/* How messages are shipped: their names once, and of each language the texts alone, in the order of the names. Names are
 * a third of what the files of the three languages weigh, and are the same in all.
 *
 * A plugin of esbuild: the file of a language becomes a list of texts, put together with the names when it is loaded. */
import { build } from "esbuild"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../src/text")

/* The messages of a language as its file has them. */
export async function readMessages(language) {
    const made = await build({
        entryPoints: [join(folder, `${language}.ts`)],
        bundle: true,
        write: false,
        format: "esm",
        charset: "utf8",
    })
    const code = Buffer.from(made.outputFiles[0].text).toString("base64")
    return (await import(`data:text/javascript;base64,${code}`))[language]
}

const names = async () => Object.keys(await readMessages("en")).sort()

/* "lists.none", "lists.title" as "lists,none,title", groups parted by "|"; names that begin alike stand together, since
 * they are sorted, so the order stays. */
function grouped(all) {
    const groups = new Map()
    for (const name of all) {
        const dot = name.indexOf(".")
        const first = name.slice(0, dot)
        groups.set(first, [...(groups.get(first) ?? [first]), name.slice(dot + 1)])
    }
    return [...groups.values()].map((group) => group.join(",")).join("|")
}

export const packMessages = {
    name: "messages",
    setup(plugin) {
        plugin.onResolve({ filter: /^message-names$/ }, () => ({ path: "names", namespace: "messages" }))
        plugin.onLoad({ filter: /.*/, namespace: "messages" }, async () => ({
            contents: `const names = ${JSON.stringify(grouped(await names()))}.split("|").flatMap((group) => {
                    const [first, ...rest] = group.split(",")
                    return rest.map((each) => first + "." + each)
                })
                export const named = (texts) => Object.fromEntries(names.map((name, at) => [name, texts[at]]))`,
        }))
        plugin.onLoad({ filter: /text\/(en|fr|ar)\.ts$/ }, async ({ path }) => {
            const language = path.slice(-5, -3)
            const messages = await readMessages(language)
            const texts = (await names()).map((name) => messages[name])
            return {
                contents: `import { named } from "message-names"
                    export const ${language} = named(${JSON.stringify(texts)})`,
                watchFiles: [path],
            }
        })
    },
}
