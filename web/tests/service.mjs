/* A service of its own for tests: build/mizan serve on a free port, with a new list store that has the invented list, and
 * a new database with the people that a test asks for.
 *
 *     const service = await startService()
 *     const amal = await service.person("amal", ["analyst"])        // signed in: cookie, token, password
 *     await service.as(amal).ask("GET", "/cases")
 */
import { execFile, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

import { Failure, atEnd } from "./tap.mjs"

const top = join(dirname(fileURLToPath(import.meta.url)), "../..")
const program = process.env.MIZAN ?? join(top, "build/mizan")
export const invented = join(top, "data/invented/un-invented.xml")
/* A list as FollowTheMoney: links between entities, and names that are written as markup. */
export const linked = join(top, "web/tests/linked.ftm.json")
const PASSWORD = "olive kayak lanterne"
const PATIENCE_MS = 60_000

/* One request as a program would send it. */
class Client {
    constructor(base, person) {
        this.base = base
        this.person = person
    }

    async send(method, path, body, more = {}) {
        const headers = { ...more }
        if (this.person) Object.assign(headers, { Cookie: this.person.cookie, "X-CSRF-Token": this.person.csrf })
        const plain = typeof body === "string" || body instanceof Uint8Array
        if (body !== undefined) headers["Content-Type"] ??= plain ? "application/octet-stream" : "application/json"
        return fetch(`${this.base}/api/v1${path}`, {
            method,
            headers,
            body: body === undefined || plain ? body : JSON.stringify(body),
        })
    }

    /* The answer; a refusal fails the test. */
    async ask(method, path, body, more) {
        const response = await this.send(method, path, body, more)
        const text = await response.text()
        if (!response.ok) throw new Failure(`${method} ${path}: ${response.status} ${text}`)
        return text ? JSON.parse(text) : undefined
    }
}

const cookieOf = (response) =>
    response.headers
        .getSetCookie()
        .map((each) => each.split(";")[0])
        .join("; ")

class Service {
    constructor(folder, process) {
        this.folder = folder
        this.process = process
        this.said = []
        this.people = new Map()
    }

    command(...words) {
        return promisify(execFile)(program, words, { env: this.environment() })
    }
    environment() {
        return { ...process.env, MIZAN_HOME: join(this.folder, "store"), MIZAN_LANG: "en" }
    }

    as(person) {
        return new Client(this.base, person)
    }

    async signIn(name, password, code) {
        const response = await this.as(null).send("POST", "/session", { name, password, ...(code ? { code } : {}) })
        const told = await response.json()
        if (response.status !== 200) throw new Failure(`sign in as ${name}: ${response.status} ${JSON.stringify(told)}`)
        return { id: told.person.id, name, password, cookie: cookieOf(response), csrf: told.csrf, rights: told.rights }
    }

    /* Signs in with a one-time password and changes it. */
    async begin(name, once) {
        const first = await this.signIn(name, once)
        await this.as(first).ask("POST", "/session/password", { old_password: once, new_password: PASSWORD })
        return this.signIn(name, PASSWORD)
    }

    administrator() {
        return (this.admin ??= this.begin("admin", this.once))
    }

    /* Somebody with these roles, who has a password already; the same for the same name. */
    person(name, roles, displayName = name) {
        if (!this.people.has(name)) this.people.set(name, this.addPerson(name, roles, displayName))
        return this.people.get(name)
    }
    async addPerson(name, roles, displayName) {
        const admin = this.as(await this.administrator())
        const added = await admin.ask("POST", "/people", { name, roles, display_name: displayName })
        return this.begin(name, added.one_time_password)
    }

    /* Somebody who was just added: the name and the one-time password. */
    async newcomer(name, roles) {
        const added = await this.as(await this.administrator()).ask("POST", "/people", { name, roles })
        return { name, password: added.one_time_password }
    }

    async stop() {
        const gone = new Promise((resolve) => this.process.once("exit", resolve))
        this.process.kill("SIGTERM")
        await gone
        rmSync(this.folder, { recursive: true, force: true })
    }
}

/* more: options of `mizan serve`; lists: whether the invented list is brought in first. */
export async function startService({ more = [], lists = true } = {}) {
    const folder = mkdtempSync(join(tmpdir(), "mizan-pages-"))
    const service = new Service(folder, null)
    if (lists) {
        await service.command("lists", "import", "--quiet", "--list", "invented", `un:${invented}`)
        await service.command("lists", "import", "--quiet", "--list", "web", `ftm:${linked}`)
    }
    const words = ["serve", "--listen", "127.0.0.1:0", "--log", join(folder, "log"), ...more]
    service.process = spawn(program, words, { env: service.environment(), stdio: ["ignore", "ignore", "pipe"] })
    atEnd(() => service.stop())
    process.on("exit", () => service.process.kill("SIGKILL")) // also when the tests are broken off
    const lines = createInterface({ input: service.process.stderr })
    await new Promise((resolve, reject) => {
        const timer = setTimeout(
            () => reject(new Failure(`the service does not start: ${service.said.join("\n")}`)),
            PATIENCE_MS,
        )
        service.process.once("exit", (status) =>
            reject(new Failure(`the service ended with ${status}: ${service.said.join("\n")}`)),
        )
        lines.on("line", (line) => {
            service.said.push(line)
            service.once ??= /with the password (\S+)/.exec(line)?.[1]
            service.base ??= /serving on (\S+)/.exec(line)?.[1]
            if (!service.base) return
            clearTimeout(timer)
            resolve()
        })
    })
    lines.removeAllListeners("line")
    return service
}

let shared = null
/* One for all tests that leave it as it is. */
export const sharedService = () => (shared ??= startService())
