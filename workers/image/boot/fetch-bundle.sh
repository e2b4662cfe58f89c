#!/usr/bin/env bash
# Downloads the code that the task names, and unpacks it only if its hash matches. Runs as the worker's own user.
set -euo pipefail

fail() {
  printf 'fetch-bundle: %s\n' "$*" >&2
  exit 1
}

# Both come from the deployment, through the function that started this machine.
bundle=${WORKER_BUNDLE:-}
expected=${WORKER_BUNDLE_SHA256:-}
[[ $bundle =~ ^s3://[^/]+/.+\.tgz$ ]] || fail "WORKER_BUNDLE is '$bundle'; it must be s3://BUCKET/KEY.tgz"
[[ $expected =~ ^[0-9a-f]{64}$ ]] || fail "WORKER_BUNDLE_SHA256 is '$expected'; it must be 64 hexadecimal digits"

state=${STATE_DIRECTORY:?systemd sets it}
rm -rf "$state/bundle" "$state/tmp"
mkdir -p "$state/bundle" "$state/tmp"

archive=$(mktemp "$state/bundle.XXXXXX")
trap 'rm -f "$archive"' EXIT

# A deployment deletes the bundle before its own. The bucket keeps deleted versions for weeks.
deleted_version() {
  local path=${bundle#s3://} version
  local bucket=${path%%/*} key=${path#*/}
  version=$(aws s3api list-object-versions --bucket "$bucket" --prefix "$key" --max-items 1 \
    --query 'Versions[0].VersionId' --output text) || return
  [[ $version =~ ^[A-Za-z0-9._-]+$ && $version != None ]] || return
  aws s3api get-object --bucket "$bucket" --key "$key" --version-id="$version" "$archive" >/dev/null
}

# The AWS CLI also retries; these retries cover the first seconds of a machine, without network or role.
for attempt in 1 2 3; do
  aws s3 cp --only-show-errors --no-progress "$bundle" "$archive" && break
  deleted_version && break
  [[ $attempt -lt 3 ]] || fail "$bundle can't be read"
  sleep "$((attempt * ${RETRY_SECONDS:-5}))"
done

found=$(sha256sum "$archive" | cut -d ' ' -f 1)
[[ $found == "$expected" ]] || fail "$bundle has SHA-256 $found, expected $expected"
tar --extract --gzip --file "$archive" --directory "$state/bundle" --no-same-owner --no-same-permissions
[[ -f $state/bundle/main.mjs ]] || fail "$bundle has no main.mjs"
printf 'fetch-bundle: %s\n' "$bundle"
