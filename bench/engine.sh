#!/usr/bin/env bash
# How fast the engine itself is: see bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    echo "usage: bench/engine.sh [--repositories 10000] [--runs 5] [--heap 512m]" >&2
    exit 2
}

repositories=10000 runs=5 heap=512m
while [ $# -gt 0 ]; do
    case "$1" in
        --repositories) repositories=${2:?} ;;
        --runs) runs=${2:?} ;;
        --heap) heap=${2:?} ;;
        *) usage ;;
    esac
    shift 2
done

rm -rf target/bench/engine
trap 'rm -rf target/bench/engine/postgres' EXIT
mvn -q -B -ntp ${MAVEN_OPTIONS:-} test -Dtest=EngineBench -Dsurefire.failIfNoSpecifiedTests=false \
    -Dbench.repositories="$repositories" -Dbench.runs="$runs" -Dbench.heap="$heap" \
    -Dlogging.level.root=WARN
