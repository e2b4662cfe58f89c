#!/usr/bin/env bash
# make ami VALIDATE=1: checks everything about the image that needs no account. Exits with 0 when all checks pass,
# 1 when one fails, 75 when a tool is missing and the other checks pass.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
status=0
missing=0

has() {
  command -v "$1" >/dev/null && return
  echo "ami-validate: $1 is missing, so its part is skipped; install it (Debian: apt-get install $2)" >&2
  missing=1
  return 1
}
check() { "$@" || status=1; }

if has shellcheck shellcheck; then
  check shellcheck -x ./*.sh boot/*.sh
fi
if has packer packer; then
  if packer init -help >/dev/null 2>&1; then
    check packer init .
    what=.
  else
    # Before 1.7 the plugins are built in, and plugins.pkr.hcl would be rejected.
    what=worker.pkr.hcl
  fi
  check packer fmt -check -diff .
  for architecture in x86_64 arm64; do
    check packer validate -var "architecture=$architecture" "$what"
  done
fi
[[ $status -eq 0 ]] || exit 1
[[ $missing -eq 0 ]] || exit 75
echo 'ami-validate: the image and its scripts are valid'
