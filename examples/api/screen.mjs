// In JavaScript, as node and browsers have it: how alike two names are, and a stream of queries
const address = process.env.MIZAN_ADDRESS ?? "http://127.0.0.1:8080";
const key = process.env.MIZAN_KEY; // of a program, where the service asks for one

async function ask(path, body, type = "application/json") {
  const headers = { "Content-Type": type };
  if (key) headers.Authorization = `ApiKey ${key}`;
  const answer = await fetch(address + path, { method: body ? "POST" : "GET", headers, body });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer;
}

const pairs = [{ schema: "Person", query: "Sufian al-Marbacoui", candidate: "سفيان المربكوي" }];
const compared = await (await ask("/api/v1/compare", JSON.stringify({ pairs }))).json();
for (const { score, evidence } of compared.answers) {
  console.log(score.toFixed(3), evidence.map(({ rule, query, entity }) => `${rule}: ${query ?? "–"} ~ ${entity ?? "–"}`).join("; "));
}

const names = ["Idriss Ben Hammou", "Nobody Whosoever"];
const lines = names.map((name, id) => JSON.stringify({ id, properties: { name: [name] } })).join("\n");
const answers = await (await ask("/api/v1/screen/stream?limit=1", lines, "application/x-ndjson")).text();
for (const line of answers.trim().split("\n")) {
  const { id, hits } = JSON.parse(line);
  console.log(names[id], "→", hits.length ? hits[0].caption : "no hit");
}
