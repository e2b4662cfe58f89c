#!/usr/bin/env bash
# Before the task: writes the machine's region for the AWS clients, gives a machine that stays more time, and starts the log agent.
# A failure here stops nothing: the task reports what it lacks.
set -uo pipefail

metadata=${METADATA_ENDPOINT:-http://169.254.169.254}
run=${RUN_DIRECTORY:-/run/manga-pipeline}
template=${LOGS_TEMPLATE:-/usr/local/lib/manga-pipeline/logs.json}
agent=${LOG_AGENT:-/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl}

say() { printf 'prepare: %s\n' "$*" >&2; }

# IMDSv2: a token first, then the request.
region() {
  local token
  token=$(curl -fsS --retry 5 --retry-connrefused --max-time 5 -X PUT \
    -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/latest/api/token") || return
  curl -fsS --retry 5 --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/placement/region"
}

# Values in the agent's JSON: only names, so that no value can inject anything.
is_name() { [[ $1 =~ ^[A-Za-z0-9_./#-]+$ ]]; }

mkdir -p "$run"
: >"$run/machine.env"
if found=$(region) && [[ $found =~ ^[a-z0-9-]+$ ]]; then
  printf 'AWS_REGION=%s\nAWS_DEFAULT_REGION=%s\n' "$found" "$found" >>"$run/machine.env"
else
  say 'the instance metadata returned no region'
fi

# A worker that is not told how long the machine runs does one task.
if [[ ${WORKER_IDLE_MINUTES:-0} =~ ^[1-9][0-9]*$ ]]; then
  if systemctl start manga-pipeline-late-deadline.timer && systemctl stop manga-pipeline-deadline.timer; then
    printf 'MACHINE_SECONDS=43200\n' >>"$run/machine.env"
  else
    say 'the machine powers off five hours after boot, and does not stay after its task'
  fi
fi

group=${WORKER_LOG_GROUP:-/manga-pipeline/workers}
stream=${WORKER:-worker}/${JOB_ID:-no-job}
if ! is_name "$group" || ! is_name "$stream"; then
  say "no logs are sent: $group or $stream is not a valid name in CloudWatch"
  exit 0
fi
sed -e "s|@GROUP@|$group|" -e "s|@STREAM@|$stream|" "$template" >"$run/logs.json"
"$agent" -a fetch-config -m ec2 -s -c "file:$run/logs.json" >/dev/null || say 'the log agent did not start'
exit 0
