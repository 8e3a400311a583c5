#!/usr/bin/env bash
# What a long history costs: see bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    echo "usage: bench/history.sh [--percent 100] [--tasks 5000000] [--lines 50000000] [--executions 5000]" >&2
    echo "                        [--requests 200] [--rounds 10]" >&2
    exit 2
}

percent=100 tasks=5000000 lines=50000000 executions=5000 requests=200 rounds=10
while [ $# -gt 0 ]; do
    case "$1" in
        --percent) percent=${2:?} ;;
        --tasks) tasks=${2:?} ;;
        --lines) lines=${2:?} ;;
        --executions) executions=${2:?} ;;
        --requests) requests=${2:?} ;;
        --rounds) rounds=${2:?} ;;
        *) usage ;;
    esac
    shift 2
done

rm -rf target/bench/history
trap 'rm -rf target/bench/history' EXIT
mvn -q -B -ntp ${MAVEN_OPTIONS:-} test -Dtest=HistoryBench -Dsurefire.failIfNoSpecifiedTests=false \
    -Dbench.tasks=$((tasks * percent / 100)) -Dbench.lines=$((lines * percent / 100)) \
    -Dbench.executions="$executions" -Dbench.requests="$requests" -Dbench.rounds="$rounds"
