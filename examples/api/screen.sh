#!/bin/sh
# With curl: one name, the record behind its best hit, and a file of queries
set -eu
address=${MIZAN_ADDRESS:-http://127.0.0.1:8080}
here=$(dirname "$0")

# A key of a program, where the service asks for one.
set -- --silent --show-error --fail-with-body
if [ -n "${MIZAN_KEY:-}" ]; then set -- "$@" --header "Authorization: ApiKey $MIZAN_KEY"; fi

echo 'One name:'
curl "$@" --json '{"schema":"Person","properties":{"name":["Sufian al-Marbacoui"],"nationality":["ma"]}}' \
  "$address/api/v1/screen?limit=3"

echo 'Why it is a hit, in French:'
curl "$@" --json '{"query":{"properties":{"name":["Sufian al-Marbacoui"]}},"entity":"invented-9900001"}' \
  "$address/api/v1/explain?language=fr"

echo 'The record behind it:'
curl "$@" "$address/api/v1/entities/invented-9900001"

echo 'A file of queries, a line each, answered by a line each:'
curl "$@" --header 'Content-Type: application/x-ndjson' --data-binary "@$here/queries.ndjson" \
  "$address/api/v1/screen/stream"
