/* Writes src/text/property_en.ts, property_fr.ts and property_ar.ts: what properties are called, from the table that the
 * commands say them by. One table, so that a page and a command call nothing differently. */
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const top = join(dirname(fileURLToPath(import.meta.url)), "../..")
const TABLE = "src/entity/property_words.h"
const LANGUAGES = ["en", "fr", "ar"]
const LINE = /^\s*X\((\w+),\s*"([^"]*)",\s*"([^"]*)",\s*"([^"]*)"\)/gm

const table = readFileSync(join(top, TABLE), "utf8")
const rows = [...table.matchAll(LINE)].map(([, property, ...titles]) => ({ property, titles }))
if (rows.length < 100) throw new Error(`only ${rows.length} properties in the table of their titles`)

/* As a heading: the first letter large, where the script has large ones. */
const heading = (text) => text.replace(/^./u, (letter) => letter.toLocaleUpperCase())

for (const [at, language] of LANGUAGES.entries()) {
    const lines = rows.map(
        ({ property, titles }) =>
            `  ${JSON.stringify(`property.${property}`)}: ${JSON.stringify(heading(titles[at]))},`,
    )
    writeFileSync(
        join(top, `web/src/text/property_${language}.ts`),
        `/* Made by tools/words.mjs. */\nexport const properties = {\n${lines.join("\n")}\n}\n`,
    )
}
