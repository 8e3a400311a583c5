#!/usr/bin/env bash
# Drayage beside other tools that copy images: see bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat >&2 <<'END'
usage: bench/copy.sh [--cases big,small,tags,shared,huge,one] [--peers crane,regsync,skopeo]
                     [--own drayage,drayage-fresh,drayage-copy] [--lines plain,tls,slow,far]
                     [--states cold,unchanged] [--runs 5] [--scale 100] [--registry debian|distribution]
END
    exit 2
}

cases=big,small,tags,shared,huge,one peers=crane,regsync,skopeo own=drayage,drayage-fresh,drayage-copy
lines=plain,tls,slow states=cold,unchanged runs=5 scale=100 registry=debian
while [ $# -gt 0 ]; do
    case "$1" in
        --cases) cases=${2:?} ;;
        --peers) peers=${2-} ;;
        --own) own=${2-} ;;
        --lines) lines=${2:?} ;;
        --states) states=${2:?} ;;
        --runs) runs=${2:?} ;;
        --scale) scale=${2:?} ;;
        --registry) registry=${2:?} ;;
        *) usage ;;
    esac
    shift 2
done

cache=$HOME/.cache/drayage/bench
bin=$cache/bin
folder=target/bench/copy
mkdir -p "$bin" "$folder"
tools=$folder/tools.tsv
rm -f "$folder"/result.*
: >"$tools"

found() { # name, path, version
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$tools"
    echo "$1: $3${2:+ ($2)}" >&2
}

# A Go program in the version that the last table was measured with; failing that, whatever is on the path.
by_go() { # name, variable, module, version, name of the module's program
    local path=${!2:-} kept=$bin/$1-$4
    if [ -z "$path" ] && [ ! -x "$kept" ] && command -v go >/dev/null; then
        echo "go install $3@$4" >&2
        if GOBIN=$bin/new go install "$3@$4" >&2; then
            mv "$bin/new/$5" "$kept"
        fi
    fi
    if [ -n "$path" ]; then
        found "$1" "$path" "the one that $2 names"
    elif [ -x "$kept" ]; then
        found "$1" "$kept" "$4"
    elif path=$(command -v "$1" || command -v "$5"); then
        found "$1" "$path" "$("$path" version 2>/dev/null | head -n 1 || true), from the path"
    else
        found "$1" "" "NOT FOUND"
    fi
}

# One of Debian's, from the path or unpacked without root.
by_debian() { # name, variable, package, program
    local path=${!2:-}
    if [ -z "$path" ]; then
        path=$(command -v "$4" || true)
    fi
    if [ -z "$path" ] && [ ! -x "$cache/debian/usr/bin/$4" ] && command -v apt-get >/dev/null; then
        mkdir -p "$cache/debian"
        (cd "$cache/debian" && apt-get download "$3" && dpkg -x "$3"_*.deb .) >&2 || true
    fi
    if [ -z "$path" ] && [ -x "$cache/debian/usr/bin/$4" ]; then
        path=$cache/debian/usr/bin/$4
    fi
    if [ -z "$path" ]; then
        found "$1" "" "NOT FOUND"
        return
    fi
    local version status=0
    version=$("$path" --version) || status=$?
    if [ $status -eq 127 ]; then
        # The loader's, which has said what is missing.
        found "$1" "" "NOT FOUND: $path does not start"
    else
        found "$1" "$path" "${version%%$'\n'*}"
    fi
}

case ",$peers," in *,crane,*)
    by_go crane DRAYAGE_BENCH_CRANE github.com/google/go-containerregistry/cmd/crane v0.21.9 crane ;;
esac
case ",$peers," in *,regsync,*)
    by_go regsync DRAYAGE_BENCH_REGSYNC github.com/regclient/regclient/cmd/regsync v0.11.7 regsync ;;
esac
case ",$peers," in *,skopeo,*) by_debian skopeo DRAYAGE_BENCH_SKOPEO skopeo skopeo ;; esac
case ",$lines," in *,slow,* | *,far,*)
    by_go toxiproxy DRAYAGE_BENCH_TOXIPROXY github.com/Shopify/toxiproxy/v2/cmd/server v2.12.0 server ;;
esac
case $registry in
    debian) by_debian registry DRAYAGE_BENCH_REGISTRY docker-registry docker-registry ;;
    distribution)
        by_go registry DRAYAGE_BENCH_REGISTRY github.com/distribution/distribution/v3/cmd/registry v3.1.2 registry ;;
    *) usage ;;
esac

# The registries' data go into memory where there is room for twice the largest corpus and half as much again.
largest=512
case ",$cases," in *,big,*) largest=$((1024 * scale / 100 + 512)) ;; esac
case ",$cases," in *,huge,*) largest=$((4096 * scale / 100 + 512)) ;; esac
room=$(df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
free=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
if [ -w /dev/shm ] && [ "${room:-0}" -gt $((largest * 5 / 2)) ] && [ "$free" -gt $((largest * 5 / 2 + 3072)) ]; then
    data=$(mktemp -d /dev/shm/drayage-bench.XXXXXX)
else
    mkdir -p "$folder/data"
    data=$PWD/$folder/data
fi
trap 'rm -rf "$data" "$folder/home" "$folder/fresh"' EXIT

mvn -q -B -ntp ${MAVEN_OPTIONS:-} package -DskipTests
case ",$own," in *,drayage-copy,*) bin/drayage copy --help >/dev/null ;; esac
mvn -q -B -ntp ${MAVEN_OPTIONS:-} test -Dtest=CopyBench -Dsurefire.failIfNoSpecifiedTests=false \
    -Dbench.cases="$cases" -Dbench.subjects="$own,$peers" -Dbench.lines="$lines" -Dbench.states="$states" \
    -Dbench.runs="$runs" -Dbench.scale="$scale" -Dbench.data="$data" \
    -Dbench.cache="${XDG_CACHE_HOME:-$HOME/.cache}" -Dlogging.level.root=WARN
echo "the table: $folder/result.md, and everything: $folder/result.json" >&2
