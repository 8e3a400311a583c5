#!/bin/sh
# Builds a Gitea: build.sh VERSION FOLDER leaves FOLDER/gitea and FOLDER/source, whose templates it needs. It takes Go, a C
# compiler for SQLite and about 13 minutes on two idle cores, once. "go install" refuses the module for its replace lines, so the source is
# copied out of Go's module cache. Versions from 1.27 need modules that Go's proxy does not serve.
set -eu
version=$1
folder=$2

mkdir -p "$folder"
cd "$folder"
if [ ! -d source ]; then
  # Outside of any module, and whole or not at all.
  go mod download "code.gitea.io/gitea@$version"
  rm -rf half
  cp -r "$(go env GOMODCACHE)/code.gitea.io/gitea@$version" half
  chmod -R u+w half
  mv half source
fi
cd source
go build -tags "sqlite sqlite_unlock_notify" -o ../gitea.half .
mv ../gitea.half ../gitea
