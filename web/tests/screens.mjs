/* Each screen, to be opened in every language and appearance: its name, its address, who opens it (roles; null: nobody),
 * and what must stand there before it is looked at.
 *
 * `before(service, person)` makes what the screen shows, once, and may answer the address. */
import { fillQueue, fillRegister } from "./casework.mjs"

const register = async (service) => void (await fillRegister(service))
const inCase = (which) => async (service) => `/app/cases/${(await fillQueue(service))[which]}`

export const screens = [
    {
        name: "queue",
        path: "/app/queue",
        roles: ["analyst"],
        ready: "table",
        before: async (service) => void (await fillQueue(service)),
    },
    {
        name: "queue-decide",
        path: "/app/queue",
        roles: ["analyst"],
        ready: "table",
        before: async (service) => void (await fillQueue(service)),
        act: async (page) => {
            await page.keyboard.press("f")
            await page.waitForSelector("dialog .reasons input")
        },
    },
    { name: "queue-empty", path: "/app/queue?phase=waiting", roles: ["analyst"], ready: ".empty" },
    { name: "case", path: "", roles: ["analyst"], ready: ".evidence", before: inCase("hostile") },
    { name: "case-to-approve", path: "", roles: ["approver"], ready: ".decision", before: inCase("proposed") },
    { name: "case-closed", path: "", roles: ["analyst"], ready: ".decision", before: inCase("cleared") },
    {
        name: "mentions",
        path: "/app/mentions",
        roles: ["analyst"],
        ready: "li.panel",
        before: async (service) => void (await fillQueue(service)),
    },
    {
        name: "clearances",
        path: "/app/clearances",
        roles: ["analyst"],
        ready: "table",
        before: async (service) => void (await fillQueue(service)),
    },
    {
        name: "clearance",
        path: "",
        roles: ["analyst"],
        ready: ".sides",
        before: async (service) => `/app/clearances/${(await fillQueue(service)).clearance}`,
    },
    { name: "subjects", path: "/app/subjects", roles: ["analyst"], ready: "table", before: register },
    {
        name: "subject",
        path: "",
        roles: ["analyst"],
        ready: ".facts",
        before: async (service) => `/app/subjects/${(await fillRegister(service)).subject}`,
    },
    { name: "subject-new", path: "/app/subjects/new", roles: ["analyst"], ready: "form" },
    {
        name: "import",
        path: "",
        roles: ["analyst"],
        ready: "table",
        before: async (service) => `/app/subjects/imports/${(await fillRegister(service)).import}`,
    },
    {
        name: "import-new",
        path: "/app/subjects/imports/new",
        roles: ["analyst"],
        ready: "input[type=file]",
        act: async (page) => {
            await page.setInputFiles("input[type=file]", {
                name: "branch.csv",
                mimeType: "text/csv",
                buffer: Buffer.from(
                    "number,full name,date of birth,nationality,passport number\n" +
                        "client-1,Perpetua Wexcombe Adjoyi,1984-03-09,MA,XB0017401\n" +
                        "client-2,وردية بلخطام السفريوي,1971-11-30,MA,XB0017402\n",
                ),
            })
            await page.waitForSelector("main table")
        },
    },
    { name: "imports", path: "/app/subjects/imports", roles: ["analyst"], ready: "table", before: register },
    { name: "sources", path: "/app/subjects/sources", roles: ["analyst"], ready: "li.panel", before: register },
    { name: "watch", path: "/app/subjects/watch", roles: ["analyst"], ready: "table", before: register },
    { name: "sign-in", path: "/app/sign-in", roles: null },
    { name: "screen-empty", path: "/app/screen", roles: null, ready: ".lesson" },
    {
        name: "screen",
        path: "/app/screen",
        roles: ["analyst"],
        async act(page) {
            await page.fill("main input[type=search]", "سفيان المربكوي")
            await page.waitForSelector(".says")
            await page.waitForSelector(".sides")
        },
    },
    { name: "lists", path: "/app/lists", roles: null, ready: "table" },
    { name: "list", path: "/app/lists/invented", roles: ["administrator"], ready: "table" },
    { name: "entity", path: "/app/entities/invented-9900001", roles: ["viewer"], ready: ".timeline" },
    { name: "linked", path: "/app/entities/web-firm", roles: null, ready: ".graph" },
    { name: "account", path: "/app/account", roles: ["analyst"], ready: "table" },
    { name: "people", path: "/app/people", roles: ["administrator"], ready: "table" },
    { name: "keys", path: "/app/keys", roles: ["administrator"], ready: ".empty, table" },
    { name: "agency", path: "/app/agency", roles: ["administrator"], ready: "form" },
    { name: "policies", path: "/app/policies", roles: ["administrator"], ready: "table" },
    { name: "rules", path: "/app/rules", roles: ["administrator"], ready: "form" },
    {
        name: "figures",
        path: "/app/figures",
        roles: ["auditor"],
        ready: ".days",
        before: async (service) => void (await fillQueue(service)),
    },
    { name: "effectiveness", path: "/app/effectiveness", roles: ["auditor"], ready: ".empty" },
    { name: "nothing", path: "/app/nowhere/at-all", roles: ["analyst"] },
]
