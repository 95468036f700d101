/* Each screen, to be opened in every language and appearance: its name, its address, who opens it (roles; null: nobody),
 * and what must stand there before it is looked at.
 *
 * `before(service, person)` makes what the screen shows, once, and may answer the address. */
export const screens = [
    { name: "sign-in", path: "/app/sign-in", roles: null },
    { name: "lists", path: "/app/lists", roles: null, ready: "table" },
    { name: "account", path: "/app/account", roles: ["analyst"], ready: "table" },
    { name: "people", path: "/app/people", roles: ["administrator"], ready: "table" },
    { name: "keys", path: "/app/keys", roles: ["administrator"], ready: ".empty, table" },
    { name: "agency", path: "/app/agency", roles: ["administrator"], ready: "form" },
    { name: "nothing", path: "/app/nowhere/at-all", roles: ["analyst"] },
]
