#!/usr/bin/env python3
"""Programs written for OpenSanctions' yente, against mizan serve: what they send over the wire and read from it.

Two of them are real, and tests with them are skipped where they are not installed: the published client (yente-client)
and the models with which yente itself writes its answers (yente). Neither is needed for anything else.

usage: yente_test.py PROGRAM [--update]"""
import json, urllib.parse

from harness import Skip, main
from serve_test import Service, expect

LISTED = "Sofyane El Marbekoui"


def client(service):
    try:
        import yente_client
    except ImportError:
        raise Skip("yente-client is not installed") from None
    return yente_client, yente_client.Client(base_url=f"http://127.0.0.1:{service.port}", api_key=None)


def models():
    try:
        from yente.data import common
    except Exception as problem:  # its settings are read, and its dependencies loaded, when it is imported
        raise Skip(f"yente is not installed: {problem}") from None
    return common


def asked(service, method, path, body=None, status=200, **parameters):
    query = urllib.parse.urlencode(parameters, doseq=True)
    seen, text = service.ask(method, path + ("?" + query if query else ""), json.dumps(body) if body is not None else None,
                             headers={"Content-Type": "application/json"})
    expect(seen, status, f"{method} {path}: {text[:500]}")
    return json.loads(text)


def person(name, **properties):
    return {"queries": {"q": {"schema": "Person", "properties": {"name": [name], **properties}}}}


def test_a_match_over_the_wire(room):
    """a batch is matched, with the parameters of a program that names its data sets in its own way"""
    room.imported()
    with Service(room) as service:
        body = person(LISTED, nationality=["ma"], profession=["clerk"])
        answer = asked(service, "POST", "/match/default", body, limit=3, threshold=0.7, algorithm="logic-v2",
                       include_dataset=["un_sc_sanctions"], topics=["sanction"], exclude_schema=["Vessel", "Company"])
        first = answer["responses"]["q"]["results"][0]
        expect(first["caption"].lower(), LISTED.lower(), "caption")
        expect((first["datasets"], first["match"], first["schema"]), (["un"], True, "Person"), "result")
        expect(answer["responses"]["q"]["not_done"], "“profession” is not compared", "not done")
        expect(round(sum(first["features"].values()), 6), first["score"], "the sum of the features")
        expect({k: v["score"] for k, v in first["explanations"].items()}, first["features"], "explanations")


def test_a_mistake_over_the_wire(room):
    """what cannot be understood has a detail that is a text"""
    room.imported()
    with Service(room) as service:
        for path, body, status in (("/match/nowhere", person("X"), 404), ("/match/default", {"queries": {}}, 400),
                                   ("/match/default", {"queries": {"q": {"schema": "Persn", "properties": {}}}}, 400),
                                   ("/match/default?limit=9999999", person("X"), 400)):
            answer = asked(service, "POST", path, body, status)
            expect(isinstance(answer["detail"], str) and answer["status"] == status, True, f"{path}: {answer}")


def test_the_published_client(room):
    """yente-client screens, searches, reads entities and what is around them"""
    room.imported()
    with Service(room) as service:
        module, c = client(service)
        expect((c.healthz().status, c.readyz().status), ("ok", "ok"), "health")
        datasets = {each.name: each for each in c.datasets().datasets}
        expect((datasets["un"].index_current, datasets["default"].children), (True, ["un"]), "datasets")
        expect(c.algorithms().best, "mizan-1", "best algorithm")
        matched = c.match(module.Person(name=[LISTED], nationality="ma"), datasets=["default"], threshold=0.7, limit=5)
        expect(matched.top.caption.lower(), LISTED.lower(), "top")
        expect(matched.total.value, len(matched.matches), "matches")
        expect(sum(f.score for f in matched.top.contributing_explanations.values()) > 0.7, True, "explanations")
        found = c.search(LISTED, datasets=["un"], schema="Person")
        expect(found.results[0].id, matched.top.id, "search")
        expect([f.name for f in found.facets["datasets"].values], ["un"], "facet")
        entity = c.fetch(matched.top.id)
        expect((entity.id, entity.schema_), (matched.top.id, "Person"), "entity")
        expect(all(isinstance(each, module.models.Entity) for each in entity.properties["sanctions"]), True, "nested")
        around = c.adjacent(matched.top.id)
        expect(around.adjacent["sanctions"].total.value, len(entity.properties["sanctions"]), "adjacent")
        for mistake, what in ((lambda: c.fetch("nobody"), module.exceptions.NotFoundError),
                              (lambda: c.match(module.Person(name=["X"]), datasets=["nowhere"]),
                               module.exceptions.NotFoundError),
                              (lambda: c.match(module.Person(name=["X"]), algorithm="guess"),
                               module.exceptions.BadRequestError)):
            try:
                mistake()
            except what as problem:
                expect(bool(problem.detail), True, "detail")
            else:
                expect("nothing raised", what.__name__, "mistake")


def test_the_models_of_yente(room):
    """yente's own models take every answer"""
    room.imported()
    with Service(room) as service:
        common = models()
        match = asked(service, "POST", "/match/default", person(LISTED))
        common.EntityMatchResponse.model_validate(match)
        entity = match["responses"]["q"]["results"][0]["id"]
        common.SearchResponse.model_validate(asked(service, "GET", "/search/default", q=LISTED, facets=["schema", "topics"]))
        common.EntityResponse.model_validate(asked(service, "GET", f"/entities/{entity}"))
        common.EntityResponse.model_validate(asked(service, "GET", f"/entities/{entity}", nested="false"))
        common.EntityAdjacentResponse.model_validate(asked(service, "GET", f"/entities/{entity}/adjacent"))
        common.AdjacentResultsResponse.model_validate(asked(service, "GET", f"/entities/{entity}/adjacent/sanctions"))
        common.DataCatalogModel.model_validate(asked(service, "GET", "/catalog"))
        common.AlgorithmResponse.model_validate(asked(service, "GET", "/algorithms"))
        common.StatusResponse.model_validate(asked(service, "GET", "/healthz"))
        common.ErrorResponse.model_validate(asked(service, "GET", "/entities/nobody", status=404))


if __name__ == "__main__":
    main(globals())
