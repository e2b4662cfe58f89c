#!/usr/bin/env bash
# After the task, however it ended: fails a task whose worker could not report a result, with the last lines of its log. If
# the worker has reported one, this call gets an error that changes nothing.
set -uo pipefail
export LC_ALL=C.UTF-8

# A machine that stays works on a later task than its environment names, or on none.
task=${STATE_DIRECTORY:?systemd sets it}/task
[[ ! -f $task ]] || TASK_TOKEN=$(sed -n 's/^TASK_TOKEN=//p' "$task")
export TASK_TOKEN
[[ ${SERVICE_RESULT:-} != success && -n ${TASK_TOKEN:-} ]] || exit 0
case ${WORKER:-} in
  uploader) error=UploadError ;;
  *) error=RenderError ;;
esac
log=$(tail -n 200 "${WORKER_LOG:-/var/log/manga-pipeline/worker.log}" 2>/dev/null | tail -c 30000 | tr -d '\0' |
  iconv -c -f UTF-8 -t UTF-8 2>/dev/null)
cause="The machine ended its task: ${SERVICE_RESULT} ${EXIT_STATUS:-}"
[[ -z $log ]] || cause+=$'\n\nLast lines of the worker:\n'$log

# In a file that only the worker can read: a command line is visible to others, and the AWS CLI does not read from a pipe.
answer=$(mktemp "$STATE_DIRECTORY/answer.XXXXXX")
trap 'rm -f "$answer"' EXIT
"${NODE:-/usr/local/bin/node}" --print 'JSON.stringify({ taskToken: process.env.TASK_TOKEN, error: process.argv[1], cause: process.argv[2] })' \
  "$error" "$cause" >"$answer"
timeout 40 aws stepfunctions send-task-failure --cli-input-json "file://$answer" >/dev/null 2>&1 || true
