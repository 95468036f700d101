/* Tests, told as TAP. A file of tests is *.test.mjs and says test("what holds", async () => …), which runs alone, or
 * besideOthers("what holds", async () => …) for what only looks: two of these run at a time. */
const PATIENCE_MS = 120_000
const tests = []
const endings = []

export const test = (name, run) => tests.push({ name, run, beside: false })
export const besideOthers = (name, run) => tests.push({ name, run, beside: true })
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

/* Whether the test holds; its lines are told in one piece. */
async function runOne({ name, run }, number) {
    const before = Date.now()
    try {
        await within(run)
        console.log(`ok ${number} - ${name} # ${Date.now() - before} ms`)
        return true
    } catch (error) {
        const text = error instanceof Failure ? error.message : String(error?.stack ?? error)
        const why = text.split("\n").slice(0, 40)
        console.log([`not ok ${number} - ${name}`, ...why.map((line) => `# ${line}`)].join("\n"))
        return false
    }
}

async function runAll() {
    const numbered = tests.map((each, at) => ({ each, number: at + 1 }))
    const beside = numbered.filter(({ each }) => each.beside)
    let failed = 0
    const work = async () => {
        for (let next = beside.shift(); next; next = beside.shift())
            if (!(await runOne(next.each, next.number))) failed++
    }
    await Promise.all([work(), work()])
    for (const { each, number } of numbered) if (!each.beside && !(await runOne(each, number))) failed++
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
