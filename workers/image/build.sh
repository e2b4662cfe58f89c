#!/usr/bin/env bash
# make ami ARCHITECTURE=arm64|x86_64 AWS_REGION=…: builds the image, and restricts it to IMDSv2.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=../../scripts/not-local.sh
. scripts/not-local.sh
manifest=dist/image.json

for tool in packer aws; do
  command -v "$tool" >/dev/null || { echo "ami: $tool is missing; install it, then run make ami again" >&2; exit 1; }
done
if ! packer init -help >/dev/null 2>&1; then
  echo "ami: $(packer version | head -n 1) does not support plugins; building needs Packer 1.7 or newer" >&2
  exit 1
fi

mkdir -p dist
packer init workers/image
packer build -var "architecture=${ARCHITECTURE:-x86_64}" -var "region=${AWS_REGION:-us-east-1}" \
  -var "manifest=$PWD/$manifest" -var "registry=$(npm config get registry)" workers/image

# Packer prints the result as region:id.
image=$(node --print "JSON.parse(fs.readFileSync('$manifest', 'utf8')).builds.at(-1).artifact_id")
aws ec2 modify-image-attribute --region "${image%%:*}" --image-id "${image#*:}" --imds-support v2.0
echo "The image is ${image#*:} in ${image%%:*}. Set it as the image of the workers, then: make plan"
