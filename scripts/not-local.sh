# shellcheck shell=bash
# Sourced by scripts that change an account: ends them when AWS_ENDPOINT_URL is the local cloud.
case ${AWS_ENDPOINT_URL:-} in
  *://localhost[:/]* | *://localhost | *://127.* | *://'[::1]'*)
    echo "AWS_ENDPOINT_URL is the local cloud at $AWS_ENDPOINT_URL, which has no deployments; unset it to work on your account" >&2
    exit 1
    ;;
esac
