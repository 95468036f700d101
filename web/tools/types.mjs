/* Writes src/api/shapes.ts: the shapes of the service's requests and answers as TypeScript, from the description in
 * src/server/openapi/. So a page that asks for what is not there, or reads what is not answered, does not compile.
 *
 * Only what the description uses of JSON Schema is known; anything else ends the build, with its place. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const folder = join(here, "../../src/server/openapi")
const METHODS = ["get", "post", "put", "patch", "delete"]

/* The parts put together, as tools/tables/openapi.py does. */
function readDescription() {
    const whole = { paths: {}, components: {} }
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".json"))) {
        const part = JSON.parse(readFileSync(join(folder, name), "utf8"))
        Object.assign(whole.paths, part.paths)
        for (const [kind, things] of Object.entries(part.components ?? {}))
            whole.components[kind] = { ...whole.components[kind], ...things }
    }
    return whole
}

const whole = readDescription()
const quoted = (text) => JSON.stringify(text)
const nameOf = (reference) => reference.split("/").at(-1)

function resolved(thing) {
    while (thing.$ref)
        thing = thing.$ref
            .slice(2)
            .split("/")
            .reduce((at, key) => at[key], whole)
    return thing
}

function objectType(schema) {
    const needed = new Set(schema.required ?? [])
    const members = Object.entries(schema.properties ?? {}).map(
        ([key, value]) => `${quoted(key)}${needed.has(key) ? "" : "?"}: ${typeOf(value)}`,
    )
    const more = schema.additionalProperties
    if (members.length === 0) return `{ [key: string]: ${more && more !== true ? typeOf(more) : "unknown"} }`
    const open = more && more !== true ? ` & { [key: string]: ${typeOf(more)} }` : ""
    return `{ ${members.join("; ")} }${open}`
}

function plainType(kind, schema) {
    switch (kind) {
        case "string":
            return "string"
        case "integer":
        case "number":
            return "number"
        case "boolean":
            return "boolean"
        case "null":
            return "null"
        case "array":
            return schema.items ? `Array<${typeOf(schema.items)}>` : "unknown[]"
        case "object":
            return objectType(schema)
        default:
            throw new Error(`a type that is not known: ${kind}`)
    }
}

function typeOf(schema) {
    if (schema === true || Object.keys(schema).length === 0) return "unknown"
    if (schema.$ref) return nameOf(schema.$ref)
    if ("const" in schema) return quoted(schema.const)
    if (schema.enum) return schema.enum.map(quoted).join(" | ")
    const parts = []
    for (const each of ["oneOf", "anyOf"]) if (schema[each]) parts.push(`(${schema[each].map(typeOf).join(" | ")})`)
    if (schema.allOf) parts.push(...schema.allOf.map((each) => `(${typeOf(each)})`))
    const kinds = schema.type === undefined ? (schema.properties ? ["object"] : []) : [schema.type].flat()
    if (kinds.length) parts.push(`(${kinds.map((kind) => plainType(kind, schema)).join(" | ")})`)
    return parts.length ? parts.join(" & ") : "unknown"
}

function parametersType(operation, shared, where) {
    const found = [...(shared ?? []), ...(operation.parameters ?? [])].map(resolved).filter((each) => each.in === where)
    if (!found.length) return "undefined"
    return `{ ${found.map((each) => `${quoted(each.name)}${each.required ? "" : "?"}: ${typeOf(each.schema)}`).join("; ")} }`
}

function contentType(content) {
    const [kind, of] = Object.entries(content ?? {})[0] ?? []
    if (!kind) return "undefined"
    return kind === "application/json" ? typeOf(of.schema) : "string"
}

/* What a caller gives: place, query and body where they are taken, each only as needed as what is in it. */
function askedType(operation, shared) {
    const all = [...(shared ?? []), ...(operation.parameters ?? [])].map(resolved)
    const needed = (where) => all.some((each) => each.in === where && each.required)
    const parts = ["signal?: AbortSignal"]
    for (const [key, where] of [
        ["place", "path"],
        ["query", "query"],
    ]) {
        const type = parametersType(operation, shared, where)
        if (type !== "undefined") parts.push(`${key}${needed(where) ? "" : "?"}: ${type}`)
    }
    const body = operation.requestBody ? contentType(resolved(operation.requestBody).content) : "undefined"
    if (body !== "undefined") parts.push(`body: ${body}`)
    const free = !needed("path") && !needed("query") && body === "undefined"
    return `[asked${free ? "?" : ""}: { ${parts.join("; ")} }]`
}

/* Tuples that are written out, and not reckoned by the compiler, which gives up on so many operations. */
function operationType(operation, shared) {
    const successes = Object.entries(operation.responses)
        .filter(([status]) => status[0] === "2")
        .map(([, each]) => resolved(each))
    const answers = [...new Set(successes.map((each) => contentType(each.content)))]
    return `{ asked: ${askedType(operation, shared)}; answer: ${answers.join(" | ") || "undefined"} }`
}

const lines = ["/* Made by tools/types.mjs from src/server/openapi/. */"]
for (const [name, schema] of Object.entries(whole.components.schemas))
    lines.push(`export type ${name} = ${typeOf(schema)}`)
lines.push("export interface Operations {")
for (const [path, item] of Object.entries(whole.paths)) {
    if (!path.startsWith("/api/v1/")) continue
    for (const method of METHODS)
        if (item[method])
            lines.push(
                `  ${quoted(`${method.toUpperCase()} ${path.slice("/api/v1".length)}`)}: ${operationType(item[method], item.parameters)}`,
            )
}
lines.push("}")

const out = join(here, "../src/api/shapes.ts")
mkdirSync(dirname(out), { recursive: true })
writeFileSync(out, `${lines.join("\n")}\n`)
