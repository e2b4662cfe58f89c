# Separate from worker.pkr.hcl, since Packer before 1.7 (Debian's is 1.6.6) has its plugins built in and rejects this block.
packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1.3"
    }
  }
}
