#!/usr/bin/env bash
# What is hot and ours, by JMH; its own options may follow, such as CopyLoop or -f 1 -wi 1 -i 1. See bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -ntp ${MAVEN_OPTIONS:-} test -Dtest=JmhBench -Dsurefire.failIfNoSpecifiedTests=false \
    -Dbench.arguments="${*:--f 1 -wi 5 -w 1 -i 5 -r 1}"
