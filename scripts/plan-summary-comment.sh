#!/usr/bin/env bash
# Writes or reads the one comment of a stage in a pull request:
#   write STAGE PULL_REQUEST <comment.md     creates it, or replaces its text
#   read STAGE COMMIT                        prints the digest in the comment of the pull request that brought the commit
# Needs GITHUB_REPOSITORY and GH_TOKEN; only comments of GitHub's bot count.
set -euo pipefail

fail() {
  printf 'plan-summary-comment: %s\n' "$*" >&2
  exit 1
}
[[ $# -eq 3 ]] || fail "$(sed -n '3,4p' "$0")"
command=$1 stage=$2
repository=repos/${GITHUB_REPOSITORY:?}
mine=".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"<!-- plan-summary: $stage -->\")))"

case $command in
  write)
    body=$(mktemp)
    trap 'rm -f "$body"' EXIT
    cat >"$body"
    [[ $(head -c 18 "$body") == '<!-- plan-summary:' ]] || fail 'standard input is not a plan summary'
    id=$(gh api --paginate "$repository/issues/$3/comments" --jq "$mine | .id" | head -n 1)
    if [[ -n $id ]]; then
      gh api --silent --method PATCH "$repository/issues/comments/$id" --field "body=@$body"
    else
      gh api --silent "$repository/issues/$3/comments" --field "body=@$body"
    fi
    ;;
  read)
    number=$(gh api "$repository/commits/$3/pulls" --jq 'map(select(.merged_at != null)) | .[0].number // empty')
    [[ -n $number ]] || fail "commit $3 has no merged pull request, so no plan was reviewed for it"
    # Only from the first line: the lines below contain values that others chose.
    first=$(gh api --paginate "$repository/issues/$number/comments" --jq "$mine | .body | split(\"\n\")[0]" | head -n 1)
    digest=$(sed -n 's/.*<!-- plan-digest: \([0-9a-f]\{64\}\) -->.*/\1/p' <<<"$first")
    [[ -n $digest ]] || fail "pull request $number has no plan of $stage"
    printf '%s\n' "$digest"
    ;;
  *) fail "$(sed -n '3,4p' "$0")" ;;
esac
