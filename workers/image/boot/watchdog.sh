#!/usr/bin/env bash
# Every minute, as root: powers the machine off when there is no work left. The unit does that when it ends; this covers
# the case that it does not.
set -uo pipefail

unit=manga-pipeline-worker.service
environment=${WORKER_ENVIRONMENT:-/etc/manga-pipeline/worker.env}
task=${TASK_FILE:-/var/lib/manga-pipeline/task}

# Seconds since boot within which user data must have started the unit.
start_limit=600
# Maximum seconds of a task: the flow waits 4 h and 2 h; a quarter of an hour is for the shutdown.
case $(sed -n 's/^WORKER="\(.*\)"$/\1/p' "$environment" 2>/dev/null) in
  uploader) task_limit=8100 ;;
  *) task_limit=15300 ;;
esac

read -r uptime _ <"${PROC_UPTIME:-/proc/uptime}"
uptime=${uptime%.*}

power_off() {
  printf 'watchdog: %s; powering off\n' "$1" >&2
  # A clean shutdown lets the task report its result. If even systemd does not respond, the kernel does.
  timeout 60 systemctl poweroff || timeout 60 shutdown -P now || systemctl poweroff --force --force
  exit 0
}

# A machine that hangs must not run forever: if the state is unknown, it counts as working since boot.
declare -A is=([ActiveState]=unknown [InactiveExitTimestampMonotonic]=0)
while IFS='=' read -r name value; do
  is[$name]=$value
done < <(timeout 20 systemctl show "$unit" --property=ActiveState,InactiveExitTimestampMonotonic)

started=$((${is[InactiveExitTimestampMonotonic]:-0} / 1000000))
# A machine that stays does several tasks in one unit: the worker writes when each begins, in seconds since boot.
since=$(sed -n 's/^SINCE=\([0-9]\{1,9\}\)$/\1/p' "$task" 2>/dev/null | head -n 1)
since=$((10#${since:-0}))
[[ $since -gt $started && $since -le $uptime ]] || since=$started
case ${is[ActiveState]} in
  inactive | failed)
    [[ $started -eq 0 ]] || power_off "the task ended and the machine is still on"
    [[ $uptime -lt $start_limit ]] || power_off "no task was started within $start_limit s of boot"
    ;;
  *)
    [[ $((uptime - since)) -lt $task_limit ]] || power_off "the task is still at work after $task_limit s"
    ;;
esac
