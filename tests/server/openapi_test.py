#!/usr/bin/env python3
"""The service and its description say the same.

 - openapi.json, made of src/server/openapi/, is a document of OpenAPI 3.1, all of its references lead somewhere, its examples are valid;
 - every route is described, and nothing is described that is no route, with the right that it needs;
 - every response that a test of the service got is as described, and so is every request that succeeded;
 - every success that is described was seen by a test.

It runs the tests once more, which write down what they asked and were answered when MIZAN_CALLED_LOG names a file.

usage: openapi_test.py OPENAPI.json ROUTES_TOLD TEST..."""
import json, os, pathlib, re, subprocess, sys, tempfile, urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
METHODS = ("get", "post", "put", "patch", "delete")
# Statuses that the dispatcher and the listener give at any address.
EVERYWHERE = {400, 401, 403, 404, 405, 408, 413, 414, 415, 417, 429, 431, 503}
SHOWN = 5
FORM = "application/x-www-form-urlencoded"

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not there")
    sys.exit(0)


def form(text):
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


class Description:
    def __init__(self, document):
        self.document = document
        self.validators = {}
        self.operations = {(method.upper(), path): (of, item.get("parameters", []))
                           for path, item in document["paths"].items() for method, of in item.items() if method in METHODS}
        # the more of a path is not a {name}, the earlier it is tried
        self.patterns = sorted(((re.compile(re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(path))), path) for _, path in self.operations),
                               key=lambda pair: pair[1].count("{"))

    def resolve(self, thing):
        while "$ref" in thing:
            at = self.document
            for key in thing["$ref"].removeprefix("#/").split("/"):
                at = at[key]
            thing = at
        return thing

    def problems(self, schema, value, what):
        """What a schema has against a value."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            whole = {**schema, "components": self.document["components"]}
            self.validators[key] = jsonschema.Draft202012Validator(whole)
        for error in sorted(self.validators[key].iter_errors(value), key=str)[:SHOWN]:
            deepest = jsonschema.exceptions.best_match([error])
            yield f"{what}: at {'/'.join(map(str, deepest.absolute_path)) or 'the top'}: {deepest.message[:300]}"

    def route(self, method, path):
        method = "GET" if method == "HEAD" else method
        for pattern, name in self.patterns:
            if pattern.fullmatch(path) and (method, name) in self.operations:
                return method, name
        return None

    def parameters(self, key):
        operation, shared = self.operations[key]
        return [self.resolve(each) for each in shared + operation.get("parameters", [])]

    def response(self, key, status):
        responses = self.operations[key][0]["responses"]
        found = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        return self.resolve(found) if found else None

    def contents(self, content, text, what):
        """What is wrong with a body, by its media type's description."""
        if "x-each-line" in content:
            for number, line in enumerate(text.splitlines(), 1):
                yield from self.body(content["x-each-line"], line, f"{what}, line {number}")
        elif content["schema"].get("type") != "string":
            yield from self.body(content["schema"], text, what)

    def body(self, schema, text, what):
        try:
            yield from self.problems(schema, json.loads(text), what)
        except json.JSONDecodeError as error:
            yield f"{what}: no JSON: {error}: {text[:200]}"


# ---- the document itself ----


def each_reference(thing, at=""):
    if isinstance(thing, dict):
        for key, value in thing.items():
            if key == "$ref" and isinstance(value, str):
                yield at, value
            else:
                yield from each_reference(value, f"{at}/{key}")
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from each_reference(value, f"{at}/{number}")


def check_document(description):
    """openapi.json is a document of OpenAPI 3.1"""
    document = description.document
    rules = jsonschema.Draft202012Validator(json.loads((HERE / "openapi_rules.json").read_text(encoding="utf-8")))
    for error in rules.iter_errors(document):
        best = jsonschema.exceptions.best_match([error])
        yield f"/{'/'.join(map(str, best.absolute_path))}: {best.message[:300]}"
    used = set()
    for at, reference in each_reference(document):
        used.add(reference)
        try:
            description.resolve({"$ref": reference})
        except KeyError:
            yield f"{at}: {reference} leads nowhere"
    for kind in ("schemas", "parameters", "responses", "headers"):
        for name in document["components"].get(kind, {}):
            if f"#/components/{kind}/{name}" not in used:
                yield f"{kind}/{name} is used nowhere"
    for name, schema in document["components"]["schemas"].items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"schemas/{name}: {error.message}"
    ids = [of["operationId"] for of, _ in description.operations.values()]
    yield from (f"operationId {name} is there twice" for name in set(ids) if ids.count(name) > 1)


def check_operations(description):
    """parameters, tags and examples fit together"""
    tags = {tag["name"] for tag in description.document["tags"]}
    for (method, path), (operation, _) in description.operations.items():
        what = f"{method} {path}"
        if operation["tags"][0] not in tags:
            yield f"{what}: the tag {operation['tags'][0]} is not described"
        names = {each["name"] for each in description.parameters((method, path)) if each["in"] == "path"}
        if names != set(re.findall(r"\{([^}]+)\}", path)):
            yield f"{what}: its parameters do not fit its path"
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if "example" not in content:
                yield f"{what}: {kind} has no example"
            elif kind == FORM:
                yield from description.problems(content["schema"], form(content["example"]), f"{what}, its example")
            elif isinstance(content["example"], str):
                yield from description.contents(content, content["example"], f"{what}, its example")
            else:
                yield from description.problems(content["schema"], content["example"], f"{what}, its example")


def check_routes(description, routes):
    """every route is described, and nothing else"""
    told = {(route["method"], route["path"]): route for route in routes}
    yield from (f"{' '.join(key)} is a route and not described" for key in told if key not in description.operations)
    for key, (operation, _) in description.operations.items():
        route = told.get(key)
        if not route:
            yield f"{' '.join(key)} is described and no route"
            continue
        if operation["x-right"] != route["right"]:
            yield f"{' '.join(key)} needs the right {route['right']}, not {operation['x-right']}"
        if (route["right"] == "none") != (operation.get("security") == []):
            yield f"{' '.join(key)}: \"security\": [] is for what needs no right"
        if ("requestBody" in operation) != route["body"]:
            yield f"{' '.join(key)}: a body is taken, or described, and not both"


# ---- what the tests saw ----


def check_response(description, call, key, what):
    status = call["status"]
    media = call["type"]
    if status >= 400:
        if media != "application/problem+json":
            yield f"{what}: an error of type {media}"
        else:
            yield from description.body({"$ref": "#/components/schemas/Problem"}, call["answered"], what)
        if key and status not in EVERYWHERE and not description.response(key, status):
            yield f"{what}: this status is not described"
        if status >= 500 and status != 503:
            yield f"{what}: nothing that is asked may end so: {call['answered'][:300]}"
        return
    if not key:
        yield f"{what}: is not described"
        return
    response = description.response(key, status)
    if not response:
        yield f"{what}: this status is not described"
        return
    yield from (f"{what}: the header {name} is missing" for name in response.get("headers", {}) if name not in call["headers"])
    if "content" not in response:
        if call["answered"]:
            yield f"{what}: has a body, and none is described"
    elif media not in response["content"]:
        yield f"{what}: {media} is not described"
    elif call["answered"] is not None and call["method"] != "HEAD":
        yield from description.contents(response["content"][media], call["answered"], what)


def check_request(description, call, key, what):
    """A request that succeeded."""
    operation, _ = description.operations[key]
    query = urllib.parse.urlsplit(call["target"]).query
    known = {each["name"] for each in description.parameters(key) if each["in"] == "query"}
    for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True):
        if name not in known:
            yield f"{what}: the parameter {name} is taken and not described"
    contents = operation.get("requestBody", {}).get("content", {})
    if len(contents) == 1 and call["asked"]:
        kind, content = next(iter(contents.items()))
        if kind == FORM:
            yield from description.problems(content["schema"], form(call["asked"]), f"{what}, its request")
        elif "x-each-line" not in content:  # of a stream each line may be wrong
            yield from description.contents(content, call["asked"], f"{what}, its request")


def calls_of(tests):
    """What each test asked and was answered."""
    with tempfile.TemporaryDirectory() as folder:
        for test in tests:
            log = pathlib.Path(folder) / "log"
            log.write_bytes(b"")
            done = subprocess.run([test], env={**os.environ, "MIZAN_CALLED_LOG": str(log)}, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, timeout=280)
            name = pathlib.Path(test).name
            if done.returncode:
                print(f"# {name} failed; what it saw is checked all the same")
            for line in log.read_text(encoding="utf-8").splitlines():
                yield name, json.loads(line)


def check_calls(description, calls, seen):
    """what tests asked and were answered is as described"""
    for test, call in calls:
        path = urllib.parse.unquote(urllib.parse.urlsplit(call["target"]).path)
        key = description.route(call["method"], path)
        what = f"{test}: {call['method']} {call['target'][:120]} → {call['status']}"
        yield from check_response(description, call, key, what)
        if key and call["status"] < 300:
            yield from check_request(description, call, key, what)
        if key:
            seen.add((*key, call["status"]))


def check_seen(description, seen):
    """every success that is described was seen by a test"""
    for key, (operation, _) in description.operations.items():
        for status in operation["responses"]:
            if status[0] in "23" and (*key, int(status)) not in seen:
                yield f"{' '.join(key)} → {status} was seen by no test"


def main():
    document, told, *tests = sys.argv[1:]
    description = Description(json.loads(pathlib.Path(document).read_text(encoding="utf-8")))
    routes = [json.loads(line) for line in subprocess.run([told], stdout=subprocess.PIPE, check=True).stdout.splitlines()]
    seen = set()
    checks = [(check_document, ()), (check_operations, ()), (check_routes, (routes,)), (check_calls, (calls_of(tests), seen)),
              (check_seen, (seen,))]
    print(f"1..{len(checks)}")
    failed = False
    for number, (check, more) in enumerate(checks, 1):
        complaints = list(dict.fromkeys(check(description, *more)))
        print(f"{'not ok' if complaints else 'ok'} {number} - {check.__doc__}", flush=True)
        for complaint in complaints[:40]:
            print(f"# {complaint}")
        failed = failed or bool(complaints)
    print(f"# {len(description.operations)} operations, {len(seen)} kinds of answers seen")
    sys.exit(failed)


main()
