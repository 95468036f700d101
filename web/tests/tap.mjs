/* Tests, one after the other, told as TAP. A file of tests is *.test.mjs and says test("what holds", async () => …). */
const PATIENCE_MS = 120_000
const tests = []
const endings = []

export const test = (name, run) => tests.push({ name, run })
/* What is to be done when all tests have run: services are stopped, browsers closed. */
export const atEnd = (run) => endings.push(run)

export class Failure extends Error {}
export function expect(holds, what) {
    if (!holds) throw new Failure(what)
}
export function equal(found, wanted, what = "") {
    const a = JSON.stringify(found),
        b = JSON.stringify(wanted)
    if (a !== b) throw new Failure(`${what} ${a}, not ${b}`)
}

async function within(run) {
    let timer
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Failure(`not done in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)
    })
    try {
        await Promise.race([run(), late])
    } finally {
        clearTimeout(timer)
    }
}

async function runAll() {
    let failed = 0
    for (const [at, { name, run }] of tests.entries()) {
        const before = Date.now()
        try {
            await within(run)
            console.log(`ok ${at + 1} - ${name} # ${Date.now() - before} ms`)
        } catch (error) {
            failed++
            console.log(`not ok ${at + 1} - ${name}`)
            const text = error instanceof Failure ? error.message : String(error?.stack ?? error)
            for (const line of text.split("\n").slice(0, 40)) console.log(`# ${line}`)
        }
    }
    return failed
}

/* Runs what was said by then; the status to end with. */
export async function runImported() {
    console.log(`1..${tests.length}`)
    let failed = 1
    try {
        failed = await runAll()
    } finally {
        for (const end of endings.reverse()) await end()
    }
    return failed || !tests.length ? 1 : 0
}
