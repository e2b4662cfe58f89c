#!/usr/bin/env bash
# Steps around a plan, for the workflows and for running them by hand:
#   validate | plan FILE | summary FILE | drift FILE | store FILE | fetch FILE | expect DIGEST FILE | apply FILE
# STAGE chooses the stage; run `make bundle synth` first.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/not-local.sh
. scripts/not-local.sh
# shellcheck source=scripts/provider-lock.sh
. scripts/provider-lock.sh
export PATH="$PWD/node_modules/.bin:$PATH" NODE_NO_WARNINGS=1 TF_IN_AUTOMATION=1 TF_INPUT=0
stage=${STAGE:-prod}
stack=cdktf.out/stacks/manga-pipeline
[[ $stage == prod ]] || stack=$stack-$stage

fail() {
  printf 'plan: %s\n' "$*" >&2
  exit 1
}
[[ -f $stack/cdk.tf.json ]] || fail "$stack is missing; run make bundle synth STAGE=$stage first"
command -v terraform >/dev/null || fail 'terraform is missing; install it (1.10 or newer)'

tf() { terraform -chdir="$stack" "$@"; }
init() {
  use_lock
  tf init -no-color "$@" >/dev/null
  keep_lock "$stack"
}
absolute() { printf '%s/%s' "$(cd "$(dirname "$1")" && pwd)" "$(basename "$1")"; }
summarize() {
  local plan=$1
  shift
  tf show -json "$plan" | node scripts/plan-summary.ts --stage "$stage" --stack "$stack/cdk.tf.json" "$@"
}

# Plans are stored next to the state, under the hash of the tree: the same files have the same plan, however they were merged.
place() {
  local bucket tree
  bucket=$(node --print "JSON.parse(fs.readFileSync('manga-pipeline.$stage.json', 'utf8')).state.bucket")
  tree=$(git rev-parse 'HEAD^{tree}')
  printf 's3://%s/plans/%s/%s.tfplan' "$bucket" "$stage" "$tree"
}

command=${1:-}
case $command in
  validate)
    init -backend=false
    tf validate -no-color
    ;;
  plan)
    init
    # Without the lock, since a plan only reads. If the state changes in the meantime, the plan is stale and apply refuses it.
    tf plan -no-color -lock=false -out="$(absolute "$2")"
    ;;
  summary)
    summarize "$(absolute "$2")" ${COMMIT:+--commit "$COMMIT"}
    ;;
  drift)
    summarize "$(absolute "$2")" --drift
    ;;
  store)
    aws s3 cp --only-show-errors "$2" "$(place)"
    ;;
  fetch)
    init
    aws s3 cp --only-show-errors "$(place)" "$2" ||
      fail "no plan was made for exactly these files; bring the branch up to date before it is merged, so that it is planned"
    ;;
  expect)
    found=$(summarize "$(absolute "$3")" --digest)
    [[ -n $2 && $found == "$2" ]] || fail "this plan differs from the reviewed one ($found, not ${2:-any}); plan again in a new pull request"
    ;;
  apply)
    tf apply -no-color "$(absolute "$2")"
    # So that this deployment can be returned to.
    STAGE=$stage node scripts/manga.ts deploy record
    STAGE=$stage node scripts/manga.ts deploy canary
    ;;
  *)
    fail "$(sed -n '3s/^# *//p' "$0")"
    ;;
esac
