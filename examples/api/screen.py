#!/usr/bin/env python3
"""In Python, with its standard library alone: customers in batches, and what is wrong with a request."""
import json, os, urllib.error, urllib.request

ADDRESS = os.environ.get("MIZAN_ADDRESS", "http://127.0.0.1:8080")
KEY = os.environ.get("MIZAN_KEY")  # of a program, where the service asks for one


def ask(path, body=None):
    """The answer of the service; a refusal is raised with what it says."""
    headers = {"Content-Type": "application/json"}
    if KEY:
        headers["Authorization"] = f"ApiKey {KEY}"
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(ADDRESS + path, data, headers), timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        problem = json.load(refusal)
        raise ValueError(f"{problem['status']}: {problem['detail']}") from None


customers = [
    {"id": "c1", "schema": "Person", "properties": {"name": ["سفيان المرباكوي"], "birthDate": ["1974"]}},
    {"id": "c2", "schema": "Company", "properties": {"name": ["Tazarine Nord Negoce"]}},
    {"id": "c3", "schema": "Person", "properties": {"name": ["Nobody Whosoever"]}},
]
batch = ask("/api/v1/screen/batch", {"threshold": 0.75, "queries": customers})
for answer in batch["answers"]:
    best = answer["hits"][0] if answer["hits"] else None
    print(answer["id"], f"{best['score']:.3f} {best['caption']} ({best['entity']})" if best else "no hit")

changed = ask("/api/v1/lists")["lists"]
print("screened against:", ", ".join(f"{each['list']} ({each['indexed']['entities']} entities)" for each in changed))

try:
    ask("/api/v1/screen", {"schema": "Preson", "properties": {"name": ["x"]}})
except ValueError as refusal:
    print("refused,", refusal)
