# Every task of the project as a target: thin aliases of ./manga, which declares them in config/commands. Variables are its
# options, as in make demo CHAPTER=file.cbz; make help COMMAND lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Variables on the command line (CHAPTER=…) reach the programs through their environment, exactly as typed: make does not
# expand a $ in them.
define as_typed
override $(1) := $$(value $(1))
export $(1)
endef
# Their names, and the targets, so that ./manga can reject a misspelt one.
export MAKE_VARIABLES := $(sort $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name))))
export MAKE_GOALS := $(MAKECMDGOALS)
$(foreach name,$(MAKE_VARIABLES),$(eval $(call as_typed,$(name))))

commands := demo dev invoke clock chaos test check bench lab live doctor bundle synth cost plan deploy rollback destroy ami \
  secrets review series channel clean
.PHONY: help setup $(commands)

ifeq (help,$(firstword $(or $(MAKECMDGOALS),help)))
help:
	@./manga help $(filter-out help,$(MAKECMDGOALS))
# The other goals are what help is about.
setup $(commands): help
	@:
.DEFAULT:
	@:
else
# ./manga installs what is missing first.
setup $(commands):
	@./manga $@
# A misspelt command gets a suggestion.
.DEFAULT:
	@./manga $@
endif
