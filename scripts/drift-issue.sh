#!/usr/bin/env bash
# Keeps the one issue about the drift of a stage:
#   drift-issue.sh STAGE <report.md    opens it, replaces its text, or closes it once nothing differs
# Needs GITHUB_REPOSITORY and GH_TOKEN; only open issues of GitHub's bot count.
set -euo pipefail

fail() {
  printf 'drift-issue: %s\n' "$*" >&2
  exit 1
}
[[ $# -eq 1 && $1 =~ ^[a-z][a-z0-9]{1,9}$ ]] || fail "$(sed -n '3s/^# *//p' "$0")"
stage=$1
issues=repos/${GITHUB_REPOSITORY:?}/issues

body=$(mktemp)
trap 'rm -f "$body"' EXIT
cat >"$body"
count=$(sed -n "1s/^<!-- drift: $stage --><!-- differences: \([0-9]*\) -->\$/\1/p" "$body")
[[ -n $count ]] || fail "standard input is not a drift report of $stage"

mine="select(.user.login == \"github-actions[bot]\" and ((.body // \"\") | startswith(\"<!-- drift: $stage -->\")))"
found=$(gh api --paginate "$issues?state=open&per_page=100" --jq ".[] | $mine | .number")
number=${found%%$'\n'*}
title="Stage $stage was changed outside of Terraform ($count)"
if [[ -n $number ]]; then
  state=open
  [[ $count -gt 0 ]] || state=closed
  gh api --silent --method PATCH "$issues/$number" --raw-field "title=$title" --raw-field "state=$state" --field "body=@$body"
elif [[ $count -gt 0 ]]; then
  gh api --silent "$issues" --raw-field "title=$title" --field "body=@$body"
fi
