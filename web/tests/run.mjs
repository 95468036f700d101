/* Runs the tests of this folder, or those whose file's name has one of these words in it.
 *
 * usage: node tests/run.mjs [WORD...] */
import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

import { runImported } from "./tap.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const wanted = process.argv.slice(2)
const files = readdirSync(here)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort()
for (const name of files)
    if (!wanted.length || wanted.some((word) => name.includes(word))) await import(pathToFileURL(join(here, name)).href)
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1))
process.exit(await runImported())
