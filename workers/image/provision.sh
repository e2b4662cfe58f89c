#!/usr/bin/env bash
# Runs once, as root, on the machine that becomes the image.
set -euo pipefail
: "${NODE_URL:?}" "${NODE_INTEGRITY:?}" "${DEBIAN_ARCHITECTURE:?}"
library=/usr/local/lib/manga-pipeline
export DEBIAN_FRONTEND=noninteractive
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

install_packages() {
  cloud-init status --wait >/dev/null || true
  apt-get -q update
  apt-get -qy dist-upgrade
  apt-get -qy install --no-install-recommends \
    awscli ca-certificates curl ffmpeg fontconfig fonts-noto-core gpg gpg-agent openssl
}

# The same package that npm installs, checked against the lockfile's hash.
install_node() {
  curl -fsSL --retry 5 -o "$scratch/node.tgz" "$NODE_URL"
  local found
  found="sha512-$(openssl dgst -sha512 -binary "$scratch/node.tgz" | base64 -w 0)"
  if [[ $found != "$NODE_INTEGRITY" ]]; then
    echo "provision: $NODE_URL does not match package-lock.json" >&2
    exit 1
  fi
  tar -xzf "$scratch/node.tgz" -C "$scratch" package/bin/node package/LICENSE
  install -m 755 "$scratch/package/bin/node" /usr/local/bin/node
  install -D -m 644 "$scratch/package/LICENSE" /usr/local/share/doc/node/LICENSE
}

# Signed by AWS; the fingerprint is from the CloudWatch user guide, "Verifying the signature of the CloudWatch agent package".
install_log_agent() {
  local from=https://amazoncloudwatch-agent.s3.amazonaws.com
  local package=$scratch/amazon-cloudwatch-agent.deb
  local fingerprint=937616F3450B7D806CBD9725D58167303B789C72
  export GNUPGHOME=$scratch/gnupg
  mkdir -m 700 "$GNUPGHOME"
  curl -fsSL --retry 5 -o "$scratch/key" "$from/assets/amazon-cloudwatch-agent.gpg"
  curl -fsSL --retry 5 -o "$package" "$from/debian/$DEBIAN_ARCHITECTURE/latest/amazon-cloudwatch-agent.deb"
  curl -fsSL --retry 5 -o "$package.sig" "$from/debian/$DEBIAN_ARCHITECTURE/latest/amazon-cloudwatch-agent.deb.sig"
  gpg --batch --quiet --import "$scratch/key"
  gpg --batch --status-fd 1 --verify "$package.sig" "$package" | grep -q "^\[GNUPG:\] VALIDSIG .*$fingerprint"
  apt-get -qy install "$package"
}

install_worker() {
  install -D -m 644 /tmp/sysusers.conf /etc/sysusers.d/manga-pipeline.conf
  install -D -m 644 /tmp/tmpfiles.conf /etc/tmpfiles.d/manga-pipeline.conf
  systemd-sysusers manga-pipeline.conf
  systemd-tmpfiles --create manga-pipeline.conf
  install -d -m 700 /etc/manga-pipeline
  install -d -m 755 "$library"
  install -m 755 /tmp/boot/*.sh "$library"
  install -m 644 /tmp/logs.json "$library"
  install -m 644 /tmp/units/* /etc/systemd/system
  systemctl daemon-reload
  systemctl enable manga-pipeline-watchdog.timer manga-pipeline-deadline.timer
}

# No logins, and no background jobs in the middle of a render. Masked and not disabled: the first boot of a machine from this
# image has a new machine id, and systemd's presets then enable what is disabled.
quieten() {
  systemctl mask ssh.service ssh.socket apt-daily.timer apt-daily-upgrade.timer man-db.timer
}

# The build fails here rather than a task later. Read as a whole: grep -q would break the pipe, and pipefail with it.
check() {
  [[ $(ffmpeg -hide_banner -encoders 2>/dev/null) == *libx264* ]]
  [[ $(ffmpeg -hide_banner -filters 2>/dev/null) == *" ass "* ]]
  [[ -n $(fc-list :lang=vi family) ]]
  node --eval 'if (!process.version.startsWith("v24.")) process.exit(1)'
  aws --version
  [[ $(stat -c '%A %U %G' /var/log/manga-pipeline/worker.log) == '-rw-r----- manga-worker manga-worker' ]]
  runuser -u cwagent -- test -r /var/log/manga-pipeline/worker.log
  systemd-analyze verify /etc/systemd/system/manga-pipeline-*
}

clean() {
  apt-get clean
  rm -rf /var/lib/apt/lists/* /tmp/boot /tmp/units /tmp/logs.json /tmp/sysusers.conf /tmp/tmpfiles.conf
  rm -f /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys
  cloud-init clean --logs --machine-id
}

for step in install_packages install_node install_log_agent install_worker quieten check clean; do
  echo "provision: $step"
  "$step"
done
