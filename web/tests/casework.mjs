/* Cases for the tests of the pages: somebody screens people who resemble those of the invented list. Texts that others
 * wrote are hostile: whatever page shows one as more than text runs it, and the test sees that. */
import { Failure } from "./tap.mjs"

export const SCRIPT = "<script>window.ran=1</script>"
export const IMAGE = '<img src=x onerror="window.ran=1">'
export const HOSTILE = `${IMAGE} Sofyane El Marbekoui`

/* Screens and keeps it: the key of the case. */
export async function raise(client, name, more = {}) {
    const kept = await client.ask("POST", "/screenings", {
        query: { schema: "Person", properties: { name: [name].flat(), ...more } },
    })
    if (!kept.case) throw new Failure(`nothing resembles ${name}: ${JSON.stringify(kept)}`)
    return kept.case
}

export const PEOPLE = [
    [["Idriss Benhammou Tanzaliti", "إدريس بن حمو التنزاليتي"], { birthDate: ["1971"], nationality: ["ma"] }],
    [["Fatima Zohra Ouzellaqi"], { gender: ["female"], country: ["ma"] }],
    [[HOSTILE, "سفيان المربكوي", "Sofyane El Marbekoui"], { birthPlace: [SCRIPT], passportNumber: ["ZX123456"] }],
]

export const FILE = "passeport <img src=x onerror=window.ran=1>.pdf"
const CLEARED = "Sofyane El Marbekoui"

/* A queue with something of everything: open, proposed and closed cases, a note, a mention, a file, a clearance. */
export async function fillQueue(service) {
    service.filled ??= (async () => {
        const salma = await service.person("analyst", ["analyst"], "Salma B.")
        const karim = await service.person("approver", ["approver"], `Karim ${SCRIPT}`)
        const client = service.as(salma)
        const cases = []
        for (const [names, more] of PEOPLE) cases.push(await raise(client, names, more))
        const [open, proposed, hostile] = cases
        const cleared = await raise(client, CLEARED)
        const at = async (id) => ({ version: (await client.ask("GET", `/cases/${id}`)).version })
        await service
            .as(karim)
            .ask("POST", `/cases/${hostile}/notes`, { text: `${SCRIPT} @analyst ${IMAGE} راجع العنوان` })
        const bytes = new TextEncoder().encode("%PDF-1.4\n%%EOF\n")
        await client.ask("POST", `/cases/${hostile}/attachments?file_name=${encodeURIComponent(FILE)}`, bytes, {
            "Content-Type": "application/pdf",
        })
        await client.ask("POST", `/cases/${hostile}/escalate`, { ...(await at(hostile)), escalated: true, note: IMAGE })
        await client.ask("POST", `/cases/${open}/assign`, { ...(await at(open)), assignee: salma.id })
        const decide = async (id, disposition, reason) =>
            client.ask("POST", `/cases/${id}/decisions`, {
                ...(await at(id)),
                disposition,
                reason,
                note: `${IMAGE} vu`,
            })
        await decide(proposed, "true-match", "same-person")
        await decide(cleared, "false-positive", "other-birth-date")
        const { clearances } = await client.ask("GET", "/clearances?state=all")
        const whole = await client.ask("GET", `/cases/${hostile}`)
        return {
            salma,
            karim,
            open,
            proposed,
            hostile,
            cleared,
            clearance: clearances[0].id,
            subject: whole.subject.id,
        }
    })()
    return service.filled
}

const REGISTER = [
    "Customer No;Full name;DOB;Country",
    "1001;Sofyane El Marbekoui;09/03/1974;MA",
    `1002;${IMAGE} Atlas;;MA`,
    "1003;;01/01/1980;MA",
    "1004;Wassila Khermandi;31/02/1980;MA",
]

/* A register that a file was brought into, of which some lines were not taken. */
export async function fillRegister(service) {
    service.registered ??= (async () => {
        const client = service.as(await service.person("analyst", ["analyst"], "Salma B."))
        await client.ask("PUT", "/subjects/sources/core-banking", {
            title: "Clients de la banque",
            mapping: {
                schema: "Person",
                reference: "Customer No",
                properties: {
                    name: ["Full name"],
                    birthDate: [{ column: "DOB", format: "DD/MM/YYYY" }],
                    country: ["Country"],
                },
            },
        })
        const begun = await client.ask(
            "POST",
            "/subjects/imports?source=core-banking&format=csv&file_name=clients.csv",
            new TextEncoder().encode(REGISTER.join("\n")),
        )
        const ended = async () =>
            ["done", "failed"].includes((await client.ask("GET", `/subjects/imports/${begun.id}`)).phase)
        while (!(await ended())) await new Promise((resolve) => setTimeout(resolve, 100))
        const watched = async () => (await client.ask("GET", "/subjects?q=marbekoui&source=core-banking")).subjects[0]
        while (!(await watched()).screened) await new Promise((resolve) => setTimeout(resolve, 200))
        return { import: begun.id, subject: (await watched()).id }
    })()
    return service.registered
}
