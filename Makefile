# Every task of the project. `make` alone lists them.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NODE_NO_WARNINGS := 1
SHELL := /bin/bash
.DEFAULT_GOAL := help

NODE_SETUP := node_modules/.package-lock.json

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}'

# npm ci runs again only when the lockfile changed.
$(NODE_SETUP): package.json package-lock.json
	@npm ci --loglevel=error
	@touch $@

.PHONY: setup
setup: $(NODE_SETUP) ## Install everything the project needs, Node 24 included

.PHONY: test
test: setup ## Run every test (ONLY=pattern for some of them)
	@NODE_OPTIONS=--experimental-vm-modules jest $(ONLY)

.PHONY: check
check: setup ## Type-check, lint and format check
	@tsc -p .
	@biome check .

.PHONY: fix
fix: setup ## Format and apply the safe lint fixes
	@biome check --write .
