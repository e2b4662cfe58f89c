# Every task of the project. `make` alone lists them.
# The project brings its own Node: npm puts it into node_modules/.bin, which comes first.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NODE_NO_WARNINGS := 1
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Variables on the command line (CHAPTER=…) reach the programs through their environment, exactly as typed: make does not
# expand a $ in them.
define as_typed
override $(1) := $$(value $(1))
export $(1)
endef
$(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(eval $(call as_typed,$(name)))))

INSTALLED := node_modules/.package-lock.json

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}'

# Runs again only when the lockfile changed.
$(INSTALLED): package.json package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@node -e 'if (parseInt(process.versions.node) < 24) { console.error("Node 24 is needed and no package has it for this machine; install it, then run make again."); process.exit(1); }'
	@touch $@

.PHONY: setup
setup: $(INSTALLED) ## Install what the project needs, Node 24 included

.PHONY: demo
demo: setup ## Make a video of the sample chapter; CHAPTER=file.cbz OUT=out AGAIN=1 ON_DOUBT=publish PROVIDERS=fake|hostile
	@node local/demo.ts

# glibc creates arenas for dozens of threads, which double the memory of the process.
few_arenas := MALLOC_ARENA_MAX=2

.PHONY: dev
dev: setup ## Run the local cloud until Ctrl-C, and reload saved files; PORT=8083 FILTER=scriptgen INSPECT=1
	@$(few_arenas) node $(if $(INSPECT),--inspect-publish-uid=http) local/dev.ts

.PHONY: invoke
invoke: setup ## Run one function; FN=check-quota EVENT='{}' or EVENT=@functions/check-quota/events/… JOB=job-…
	@node local/invoke.ts

.PHONY: replay
replay: setup ## Import an execution of AWS and run it here from any state; HISTORY=file.json FROM=GenerateScript
	@node local/replay.ts

.PHONY: clock
clock: setup ## Show or move the clock of make dev; JUMP=4h SPEED=60
	@node local/clock.ts

.PHONY: chaos
chaos: setup ## Inject a fault into make dev; FAULT=machine-killed TIMES=1 TARGET=ttsgen CLEAR=1
	@node local/chaos.ts

.PHONY: states
states: setup ## Run the Step Functions service alone; PORT=8083
	@node packages/step-functions/src/cli.ts

.PHONY: test
test: setup ## Run every test; ONLY=pattern runs some; LONG=1 those that take minutes, machine failures on the whole flow
	@$(quicker) NODE_OPTIONS=--experimental-vm-modules jest $(if $(LONG),--testMatch '**/*.long.ts' --maxWorkers=1) $${ONLY:+"$$ONLY"}

.PHONY: bench
bench: setup ## Measure, and compare with what is wanted; WHAT=panels|doubt|render|scale|states|reload|deploy|…; HELP=1 lists them
	@node lab/bench.ts

.PHONY: lab
lab: setup ## Look for faults for minutes to hours; WHAT=crash|fuzz|load|long; HELP=1 says what each takes
	@$(few_arenas) node lab/lab.ts

.PHONY: packages
packages: setup ## Build the packages and pack them into dist/packages/
	@node scripts/packages.ts

# What was found before is kept, so that the next check of types looks only at what changed and at what uses it.
only_changes := tsc --incremental --tsBuildInfoFile dist/types

.PHONY: check
check: setup ## Check types, lint, format, and that nothing is left unused; FIX=1 formats and applies safe fixes first
	@$(if $(FIX),biome check --write .)
	@$(only_changes)/project.tsbuildinfo -p .
	@$(only_changes)/page.tsbuildinfo -p local/console/page
	@biome check .
	@knip --no-progress

.PHONY: sample
sample: setup ## Draw the sample chapter again
	@node samples/generator/draw.ts

.PHONY: live
live: setup ## Run the functions of a deployed stage on this machine; STAGE=dev FN=scriptgen
	@node scripts/live.ts

.PHONY: doctor
doctor: setup ## Check this machine, a stage's settings and the account; STAGE=prod
	@node scripts/doctor.ts

.PHONY: contact-sheet
contact-sheet: setup ## Draw one frame of each shot of a finished video, with its text; VIDEO=out/job-…/video.mp4
	@node scripts/contact-sheet.ts

# Caches V8's compiled code, which saves a third of the time.
quicker := NODE_COMPILE_CACHE='$(CURDIR)/dist/v8'

.PHONY: bundle
bundle: setup ## Build the bundles of functions and workers, and print their sizes; STAGE=prod
	@$(quicker) node scripts/bundle.ts

.PHONY: synth
synth: setup ## Write the Terraform of a stage to cdktf.out/; STAGE=prod
	@$(quicker) node main.ts

# Checked before anything is built.
.PHONY: terraform
terraform:
	@command -v terraform > /dev/null || { echo 'terraform is missing; install it (1.10 or newer)' >&2; exit 1; }

.PHONY: account
account: terraform
	@command -v aws > /dev/null || { echo 'aws is missing; install the AWS command line' >&2; exit 1; }
	@aws sts get-caller-identity > /dev/null || { echo 'no AWS credentials; run aws configure or aws sso login, or set AWS_PROFILE' >&2; exit 1; }

.PHONY: plan
plan: account bundle synth ## Show what a deployment would change, and its summary; STAGE=prod
	@scripts/plan-summary-terraform.sh plan dist/reviewed.tfplan
	@scripts/plan-summary-terraform.sh summary dist/reviewed.tfplan

.PHONY: deploy
deploy: account bundle ## Deploy a stage, after asking; STAGE=prod
	@scripts/cdktf.sh deploy

.PHONY: destroy
destroy: account bundle ## Remove a stage from AWS, after asking; STAGE=dev
	@scripts/cdktf.sh destroy

.PHONY: ami
ami: setup ## Build the workers' machine image; ARCHITECTURE=x86_64 AWS_REGION=us-east-1
	@workers/image/build.sh

.PHONY: ami-validate
ami-validate: ## Check the machine image and its scripts, without an account
	@workers/image/validate.sh

.PHONY: secrets
secrets: setup ## List the secrets of a stage and which are set; STAGE=prod
	@node scripts/secrets.ts list

.PHONY: secret
secret: setup ## Set a secret from standard input; NAME=youtube STAGE=prod
	@node scripts/secrets.ts set

.PHONY: youtube-login
youtube-login: setup ## Get the channel's consent and store it as the secret; STAGE=prod CLIENT=client_secret.json
	@node scripts/youtube-login.ts

.PHONY: review
review: setup ## Review doubtful chapters and videos; JOB=job-… OPEN=1 | APPROVE=1 | REJECT='why' | EDIT=script.json | RETRY='why'
	@node scripts/review.ts

.PHONY: takedown
takedown: setup ## Block chapters and take published videos down; TITLE=… | GROUP=… | CHAPTER=… | LIBRARY=… YES=1
	@node scripts/takedown.ts

.PHONY: shell
shell: setup ## Run a command with a stage's resource names in its environment; STAGE=prod CMD='…'
	@node scripts/shell.ts

.PHONY: licences
licences: setup ## List the licences of what is deployed in docs/licences.md
	@node scripts/supply-chain.ts licences

.PHONY: settings
settings: setup ## Write docs/settings.md from the schema of the settings
	@node scripts/settings-page.ts

.PHONY: sbom
sbom: setup ## Write the bill of materials of what is deployed to dist/sbom.cdx.json
	@node scripts/supply-chain.ts sbom

.PHONY: audit
audit: setup ## Check deployed packages for known vulnerabilities; exits with 1 if there are some, 3 if the registry does not answer
	@node scripts/supply-chain.ts audit

.PHONY: clean
clean: ## Delete the state of the local cloud, finished videos and bundles
	@rm -rf .local out dist cdktf.out
