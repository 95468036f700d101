#!/usr/bin/env bash
# A PostgreSQL server of one's own, for tests and measurements: in a new folder, reached by a socket in it and by nothing
# else, and gone with the process that wanted it.
#
#   postgresql.sh start PID    makes one and prints FOLDER ADDRESS; it is stopped, and its folder removed, at the latest
#                              when the process PID has ended, however that ended
#   postgresql.sh stop FOLDER  stops it and removes the folder
#   postgresql.sh crash FOLDER ends it as a crash would, without finishing anything; the folder stays
#   postgresql.sh again FOLDER starts what was ended
set -euo pipefail

say() { printf '%s\n' "$*"; }
die() { printf 'postgresql.sh: %s\n' "$*" >&2; exit 1; }

# Debian keeps the programs of the server out of PATH, in a folder for each version.
programs() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) $(dirname "$(command -v initdb || say /nowhere/x)"); do
    [[ -x $folder/initdb && -x $folder/pg_ctl ]] && { say "$folder"; return 0; }
  done
  die 'there is no PostgreSQL server here (package postgresql)'
}

# The server refuses to run as root.
as_server() {
  if [[ $(id -u) != 0 ]]; then "$@"; return; fi
  local user=nobody
  ! id postgres >/dev/null 2>&1 || user=postgres
  (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@")
}

own() { # FOLDER ; it belongs to the one who runs the server
  [[ $(id -u) != 0 ]] || chown "$(as_server id -u)" "$1"
}

server() { # FOLDER ARGUMENT...
  local folder=$1
  shift
  as_server "$bin/pg_ctl" --silent --pgdata "$folder/data" "$@" >>"$folder.log" 2>&1
}

# A locale with an order of its own, where there is one: no result may depend on it.
make() { # FOLDER
  local options=(--pgdata "$1/data" --username mizan --auth trust --encoding UTF8 --no-sync)
  as_server "$bin/initdb" "${options[@]}" --locale C.UTF-8 --locale-provider icu --icu-locale en >>"$1.log" 2>&1 ||
    { rm -rf -- "$1/data"; as_server "$bin/initdb" "${options[@]}" --locale C >>"$1.log" 2>&1; }
}

begin() { # FOLDER
  server "$1" start --wait --options "-c listen_addresses= -c unix_socket_directories=$1 -c log_min_messages=fatal \
-c log_min_error_statement=panic -c max_connections=200"
}

stop() { # FOLDER
  [[ -f $1/data/PG_VERSION ]] || return 0
  server "$1" stop --mode fast --wait || server "$1" stop --mode immediate --wait || true
  rm -rf -- "$1" "$1.log"
}

watch() { # FOLDER PID
  while kill -0 "$2" 2>/dev/null && [[ -d $1 ]]; do sleep 1; done
  stop "$1"
}

start() { # PID
  local folder
  folder=$(mktemp -d /tmp/mizan-postgresql-XXXXXX)
  own "$folder"
  if ! { make "$folder" && begin "$folder"; }; then
    tail -n 5 "$folder.log" >&2
    rm -rf -- "$folder" "$folder.log"
    die 'the server could not be started'
  fi
  (watch "$folder" "$1" </dev/null >/dev/null 2>&1 &)
  say "$folder postgresql://mizan@/postgres?host=$folder"
}

[[ $# == 2 ]] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
bin=$(programs)
case $1 in
  start) start "$2" ;;
  stop) stop "$2" ;;
  crash) server "$2" stop --mode immediate --wait ;;
  again) begin "$2" ;;
  *) die "there is no command “$1”" ;;
esac
