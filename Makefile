# Every task of the project; `make` alone lists them. npm installs the project's own Node in node_modules/.bin, which comes
# first on PATH.
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
# Their names, so that a program can reject a misspelt one; tests and measurements run programs with others.
export MAKE_VARIABLES := $(sort $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name))))
$(foreach name,$(MAKE_VARIABLES),$(eval $(call as_typed,$(name))))

INSTALLED := node_modules/.package-lock.json

##@ Start

.PHONY: help
help: ## List the tasks
	@awk -F ':.*## ' -v bold="$$([ -t 1 ] && printf '\033[1m')" -v plain="$$([ -t 1 ] && printf '\033[0m')" \
	  '/^##@ / { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  %s%-9s%s %s\n", bold, $$1, plain, $$2 }' $(MAKEFILE_LIST)

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

##@ Develop

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
clock: setup ## Show or move the clock of make dev; JUMP=4h OVER=work SPEED=60
	@node local/clock.ts

.PHONY: chaos
chaos: setup ## Inject a fault into make dev; FAULT=machine-killed TIMES=1 TARGET=ttsgen CLEAR=1
	@node local/chaos.ts

.PHONY: states
states: setup ## Run the Step Functions service alone; PORT=8083
	@node packages/step-functions/src/cli.ts

##@ Check and measure

# A misspelt ONLY would run every test.
misspelt = $(firstword $(filter-out ONLY LONG RUNS SEED AWS_% NODE_%,$(MAKE_VARIABLES)))
.PHONY: .misspelt
.misspelt:
	@$(if $(misspelt),$(error $(misspelt) is not a variable of this command; it has ONLY, LONG, RUNS, SEED))

.PHONY: test
test: .misspelt setup ## Run every test; ONLY=pattern runs some; LONG=1 runs those that take minutes: machine failures on the whole flow
	@$(quicker) MAKE_VARIABLES= NODE_OPTIONS=--experimental-vm-modules jest $(if $(LONG),--testMatch '**/*.long.ts' --maxWorkers=1) $${ONLY:+"$$ONLY"}

.PHONY: bench
bench: setup ## Measure, and compare with what is wanted; WHAT=panels|doubt|render|scale|states|reload|deploy|…; HELP=1 lists them
	@MAKE_VARIABLES= node lab/bench.ts

.PHONY: lab
lab: setup ## Search for defects for minutes to hours; WHAT=crash|fuzz|load|long; HELP=1 says what each takes
	@MAKE_VARIABLES= $(few_arenas) node lab/lab.ts

# Results of the last check are kept, so that the next one checks only what changed and its dependents.
only_changes := tsc --incremental --tsBuildInfoFile dist/types

.PHONY: check
check: setup ## Check types, lint, format, and unused code; FIX=1 first formats, fixes, and writes docs/settings.md and docs/licences.md
	@$(if $(FIX),biome check --write . && node scripts/settings-page.ts && node scripts/supply-chain.ts licences)
	@$(only_changes)/project.tsbuildinfo -p .
	@$(only_changes)/page.tsbuildinfo -p local/console/page
	@biome check .
	@knip --no-progress

##@ Deploy and operate

.PHONY: live
live: setup ## Run the functions of a deployed stage on this machine, or a command with the stage's names; STAGE=dev FN=scriptgen | CMD='…'
	@node scripts/$(if $(CMD),shell.ts,live.ts)

.PHONY: doctor
doctor: setup ## Check this machine, a stage's settings and the account; STAGE=prod; AUDIT=1 checks for known vulnerabilities
	@node scripts/$(if $(AUDIT),supply-chain.ts audit,doctor.ts)

# Caches V8's compiled code, which saves a third of the time.
quicker := NODE_COMPILE_CACHE='$(CURDIR)/dist/v8'

.PHONY: bundle
bundle_ := bundle.ts
bundle_packages := packages.ts
bundle_sbom := supply-chain.ts sbom
bundle: setup ## Build the bundles of functions and workers, and list their sizes; STAGE=prod; WHAT=packages|sbom makes those
	@$(quicker) node scripts/$(or $(bundle_$(WHAT)),$(error WHAT is $(WHAT); it can be packages or sbom))

.PHONY: synth
synth: setup ## Write the Terraform of a stage to cdktf.out/; STAGE=prod
	@$(quicker) node main.ts

# Checked before anything is built.
.PHONY: .terraform
.terraform:
	@command -v terraform > /dev/null || { echo 'terraform is missing; install it (1.10 or newer)' >&2; exit 1; }

.PHONY: .account
.account: .terraform setup
	@node scripts/account.ts

# A stage that is removed is named by a person, never by a default.
.PHONY: .stage
.stage:
	@[ -n "$$STAGE" ] || { echo 'destroy: name the stage to remove, as in make destroy STAGE=dev' >&2; exit 1; }

.PHONY: plan
plan: .account bundle synth ## Show what a deployment would change, and its summary; STAGE=prod
	@scripts/plan-summary-terraform.sh plan dist/reviewed.tfplan
	@scripts/plan-summary-terraform.sh summary dist/reviewed.tfplan

.PHONY: deploy
deploy: .account bundle ## Deploy a stage, after asking; STAGE=prod
	@scripts/cdktf.sh deploy

.PHONY: destroy
destroy: .stage .account bundle ## Remove a stage from AWS, after asking; STAGE=dev
	@scripts/cdktf.sh destroy

.PHONY: ami
ami: setup ## Build the workers' machine image; ARCHITECTURE=x86_64 AWS_REGION=us-east-1; VALIDATE=1 only checks it, without an account
	@workers/image/$(if $(VALIDATE),validate,build).sh

.PHONY: secrets
secrets: setup ## List the secrets of a stage; SET=name sets one; LOGIN=youtube CLIENT=client_secret.json asks for the channel's consent; STAGE=prod
	@node scripts/$(if $(LOGIN),youtube-login.ts,secrets.ts)

.PHONY: review
review: setup ## Review doubtful chapters and videos; JOB=job-… OPEN=1 | APPROVE=1 | REJECT='why' | EDIT=script.json | RETRY='why'; VIDEO=out/job-…/video.mp4 draws a frame of each shot
	@node scripts/$(if $(VIDEO),contact-sheet.ts,review.ts)

.PHONY: takedown
takedown: setup ## Block chapters and take published videos down; TITLE=… | GROUP=… | CHAPTER=… | LIBRARY=… YES=1
	@node scripts/takedown.ts

.PHONY: clean
clean: ## Delete the state of the local cloud, finished videos and bundles
	@rm -rf .local out dist cdktf.out
