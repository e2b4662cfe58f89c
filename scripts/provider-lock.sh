# shellcheck shell=bash
# Sourced by scripts that run terraform in a stack. The checksums of its provider belong to the project: make synth copies them into
# the stack, which is written again each time.
lock=.terraform.lock.hcl

# terraform init then refuses a provider that they do not contain.
use_lock() {
  [[ ! -f $lock ]] || export TF_CLI_ARGS_init="${TF_CLI_ARGS_init:-} -lockfile=readonly"
}

# The first init in STACK writes them.
keep_lock() {
  [[ ! -f $lock && -f $1/$lock ]] || return 0
  cp "$1/$lock" "$lock"
  local others=
  # The registry signs the archives of every platform; a mirror or a cache has this machine's only.
  grep -q '"zh:' "$lock" || others=' (make synth WHAT=lock adds those of other platforms)'
  printf "%swrote %s, the provider's checksums; commit it, so that every plan uses this provider%s\n" \
    "${GITHUB_ACTIONS:+::warning::}" "$lock" "$others" >&2
}
