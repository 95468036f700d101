#!/usr/bin/env python3
"""Makes the page of the service's documentation from its description: one file of HTML, without a script, that asks for
nothing from elsewhere.

usage: docs_page.py OUT.html OPENAPI.json [EXAMPLE...]

An example is a file; its first comment is its title, and the page shows the rest."""
import html, json, pathlib, re, sys

STYLE = """
:root { color-scheme: light dark; --ink: #1c2321; --dim: #5b6663; --ground: #fdfdfb; --panel: #f1f3ef; --line: #d9ded7;
  --link: #0b5f56; --get: #0b5f56; --post: #7a4a00; --other: #6b2f6b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8e5; --dim: #9aa5a0; --ground: #141816; --panel: #1d2320;
  --line: #323a36; --link: #6fd0c0; --get: #6fd0c0; --post: #e9b872; --other: #d9a3d9; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; font-size: .875em; }
code { background: var(--panel); padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--panel); padding: .75rem 1rem; border-radius: 8px; overflow-x: auto; line-height: 1.45; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.page { max-width: 74rem; margin: 0 auto; padding: 0 1rem 4rem; }
header { padding: 2rem 0 1rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.75rem; } h2 { margin: 3rem 0 .5rem; font-size: 1.35rem; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; } h4 { margin: 1.25rem 0 .25rem; font-size: .9rem; color: var(--dim); }
p { margin: .5rem 0; max-width: 46rem; }
nav ul { list-style: none; margin: .25rem 0 1rem; padding: 0; } nav h2 { font-size: 1rem; margin: 1rem 0 0; }
nav a { text-decoration: none; display: block; padding: .2rem 0; } nav a:hover { text-decoration: underline; }
details.op { border: 1px solid var(--line); border-radius: 8px; margin: .75rem 0; }
details.op:target { border-color: var(--link); }
details.op > summary { padding: .75rem 1rem; cursor: pointer; list-style: none; display: flex; flex-wrap: wrap;
  gap: .25rem .75rem; align-items: baseline; }
details.op > summary::-webkit-details-marker { display: none; }
details.op > summary .what { color: var(--dim); }
details.op > div { padding: 0 1rem 1rem; border-top: 1px solid var(--line); }
.method { font: 700 .75rem/1 ui-monospace, monospace; letter-spacing: .04em; color: var(--other); min-width: 3.2rem; }
.method.get { color: var(--get); } .method.post { color: var(--post); }
.path { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .95rem; overflow-wrap: anywhere; }
.right { font-size: .85rem; color: var(--dim); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); border-top: 0; } td.type { color: var(--dim); }
@media (min-width: 60rem) { .with-nav { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1rem 0;
  font-size: .92rem; } }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; }
  tr { border-top: 1px solid var(--line); padding: .4rem 0; } td { border: 0; padding: .1rem 0; } }
"""
METHODS = ("get", "post", "put", "patch", "delete")


def text(value):
    """A description: paragraphs, code between back quotes."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(value, quote=False))


def pretty(value, indent=""):
    """JSON as people write it: what fits in a line stands in a line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + len(indent) <= 88 or not isinstance(value, (dict, list)):
        return line
    more = indent + "  "
    if isinstance(value, dict):
        inner = [f"{more}{json.dumps(key)}: {pretty(each, more)}" for key, each in value.items()]
        return "{\n" + ",\n".join(inner) + f"\n{indent}}}"
    return "[\n" + ",\n".join(more + pretty(each, more) for each in value) + f"\n{indent}]"


def anchor(name):
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


class Page:
    def __init__(self, document, examples):
        self.document, self.examples, self.out = document, examples, []

    def put(self, line):
        self.out.append(line)

    def resolve(self, thing):
        while "$ref" in thing:
            at = self.document
            for key in thing["$ref"].removeprefix("#/").split("/"):
                at = at[key]
            thing = at
        return thing

    # ---- types in words ----

    def kind(self, schema):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return f'<a href="#schema-{anchor(name)}">{name}</a>'
        if "enum" in schema:
            return " | ".join(f"<code>{html.escape(str(value))}</code>" for value in schema["enum"])
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return " or ".join(self.kind(each) for each in schema[key])
        kinds = schema.get("type", "anything")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        words = [f"{kind} of {self.kind(schema['items'])}" if kind == "array" and "items" in schema else kind
                 for kind in kinds]
        bounds = [f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema]
        return " or ".join(words) + (" " + " ".join(bounds) if bounds else "")

    def properties(self, schema):
        rows, parts = [], [schema]
        while parts:
            part = self.resolve(parts.pop(0))
            parts += part.get("allOf", [])
            for name, of in part.get("properties", {}).items():
                needed = " <em>needed</em>" if name in part.get("required", []) else ""
                said = of.get("description") or self.resolve(of).get("description", "")
                rows.append(f"<tr><td><code>{name}</code>{needed}</td><td class=type>{self.kind(of)}</td>"
                            f"<td>{text(said)}</td></tr>")
        if rows:
            self.put("<table><thead><tr><th>Key<th>Type<th>What it is</tr></thead><tbody>" + "".join(rows) + "</tbody></table>")

    # ---- operations ----

    def parameters(self, operation, shared):
        rows = []
        for each in shared + operation.get("parameters", []):
            of = self.resolve(each)
            rows.append(f"<tr><td><code>{of['name']}</code> <span class=right>{of['in']}</span></td>"
                        f"<td class=type>{self.kind(of['schema'])}</td><td>{text(of.get('description', ''))}</td></tr>")
        if rows:
            self.put("<h4>Parameters</h4><table><thead><tr><th>Name<th>Type<th>What it is</tr></thead><tbody>"
                     + "".join(rows) + "</tbody></table>")

    def body(self, operation):
        for kind, of in operation.get("requestBody", {}).get("content", {}).items():
            schema = of.get("x-each-line") or of.get("schema", {})
            each = ", a line for each" if "x-each-line" in of else ""
            self.put(f"<h4>Body</h4><p><code>{kind}</code>: {self.kind(schema)}{each}</p>")
            if "example" in of:
                shown = of["example"] if isinstance(of["example"], str) else pretty(of["example"])
                self.put(f"<pre><code>{html.escape(shown)}</code></pre>")

    def responses(self, operation):
        rows = []
        for status, response in operation["responses"].items():
            of = self.resolve(response)
            kinds = []
            for kind, content in of.get("content", {}).items():
                schema = content.get("x-each-line") or content.get("schema", {})
                kinds.append(f"<code>{kind}</code> {self.kind(schema)}")
            rows.append(f"<tr><td><code>{status}</code></td><td class=type>{'<br>'.join(kinds)}</td>"
                        f"<td>{text(of.get('description', ''))}</td></tr>")
        self.put("<h4>Answers</h4><table><thead><tr><th>Status<th>Body<th>What it means</tr></thead><tbody>"
                 + "".join(rows) + "</tbody></table>")

    def operation(self, path, method, operation, shared):
        right = operation.get("x-right", "none")
        self.put(f'<details class=op id="{operation["operationId"]}"><summary><span class="method {method}">{method.upper()}'
                 f'</span><span class=path>{html.escape(path)}</span><span class=what>{text(operation["summary"])}</span>'
                 "</summary><div>")
        if "description" in operation:
            self.put(f"<p>{text(operation['description'])}</p>")
        self.put("<p class=right>" + ("Open to everybody." if right == "none" else f"Needs the right <code>{right}</code>.") + "</p>")
        self.parameters(operation, shared)
        self.body(operation)
        self.responses(operation)
        self.put("</div></details>")

    def operations(self):
        """(tag, path, method, operation, parameters of the path), in the order of the tags."""
        for tag in self.document["tags"]:
            for path, item in self.document["paths"].items():
                for method in METHODS:
                    if method in item and item[method]["tags"][0] == tag["name"]:
                        yield tag, path, method, item[method], item.get("parameters", [])

    # ---- the whole ----

    def navigation(self):
        self.put("<nav aria-label=Contents>")
        last = None
        for tag, path, method, operation, _ in self.operations():
            if tag is not last:
                self.put(("</ul>" if last else "") + f'<h2><a href="#{anchor(tag["name"])}">{tag["name"].capitalize()}</a></h2><ul>')
            last = tag
            self.put(f'<li><a href="#{operation["operationId"]}">{text(operation["summary"])}</a></li>')
        self.put("</ul>")
        if self.examples:
            self.put('<h2><a href="#examples">Examples</a></h2>')
        self.put('<h2><a href="#schemas">Schemas</a></h2></nav>')

    def contents(self):
        last = None
        for tag, path, method, operation, shared in self.operations():
            if tag is not last:
                self.put(f'<h2 id="{anchor(tag["name"])}">{tag["name"].capitalize()}</h2><p>{text(tag["description"])}</p>')
            last = tag
            self.operation(path, method, operation, shared)
        if self.examples:
            self.put('<h2 id="examples">Examples</h2>')
        for title, source in self.examples:
            self.put(f"<h3>{html.escape(title)}</h3><pre><code>{html.escape(source)}</code></pre>")
        self.put('<h2 id="schemas">Schemas</h2>')
        for name, schema in sorted(self.document["components"]["schemas"].items()):
            self.put(f'<details class=op id="schema-{anchor(name)}"><summary><span class=path>{name}</span>'
                     f'<span class=what>{text(schema.get("description", ""))}</span></summary><div>')
            if "properties" not in schema and "allOf" not in schema:
                self.put(f"<p>{self.kind(schema)}</p>")
            self.properties(schema)
            self.put("</div></details>")

    def render(self):
        info = self.document["info"]
        schemes = "".join(f"<li>{text(scheme['description'])}</li>"
                          for scheme in self.document["components"]["securitySchemes"].values())
        self.put("<!doctype html><html lang=en><head><meta charset=utf-8><title>Mizan API</title>"
                 '<meta name=viewport content="width=device-width, initial-scale=1">'
                 f"<style>{STYLE}</style></head><body><div class=page>")
        self.put(f"<header><h1>{html.escape(info['title'])} API</h1><p>{text(info['summary'])}</p></header><div class=with-nav>")
        self.navigation()
        self.put(f"<main><p>{text(info['description'])}</p><p>The description that this page is made of: "
                 '<a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>'
                 f"<h2>Who asks</h2><ul>{schemes}</ul>")
        self.contents()
        self.put("</main></div></div></body></html>")
        return "\n".join(self.out) + "\n"


def example(path):
    """(title, source) of a file whose first comment, behind an interpreter's line, tells what it is."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = lines[1:] if lines[0].startswith("#!") else lines
    return re.sub(r'^(#|//|""")\s*|"""$', "", lines[0]).strip(), "\n".join(lines[1:]).strip() + "\n"


out, description, *examples = map(pathlib.Path, sys.argv[1:])
page = Page(json.loads(description.read_text(encoding="utf-8")), [example(path) for path in examples])
out.write_text(page.render(), encoding="utf-8")
