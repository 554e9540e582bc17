.DEFAULT_GOAL := help
.PHONY: help run serve build test test-fast format engine caddy client demo shots fresh-clone messages check clean
BIN := .venv/bin
# OFFICE=baru: an office of its own, in var-baru/, instead of the demo.
WHOSE = $(if $(OFFICE),PENDOPO_DEMO=false PENDOPO_DATA=$${PENDOPO_DATA:-var-$(OFFICE)})
ALL := venv client engine caddy

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 14

run: ## Build what is missing, then start everything; Ctrl-C stops it (OFFICE=baru: an empty office of its own to set up)
	@python3 tools/build.py
	@$(WHOSE) $(BIN)/pendopo run --with-parent

serve: ## The same for other devices: make serve HOST=192.168.1.20
	@test -n "$(HOST)" || { echo "Say under which name or address other devices reach this machine: make serve HOST=192.168.1.20" >&2; exit 1; }
	@python3 tools/build.py $(ALL)
	@$(WHOSE) PENDOPO_HOST="$(HOST)" $(BIN)/pendopo run --with-parent

build: ## Build what is missing: Python packages, client, LiveKit server
	@python3 tools/build.py

test: ## Run every check and every test
	@python3 tools/build.py $(ALL)
	@python3 tools/browser.py
	@python3 tools/test.py

test-fast: build ## Run every check, and the tests without media, browsers and supervisor
	@python3 tools/test.py fast

format: ## Bring all code into its form
	@python3 tools/build.py venv client
	@$(BIN)/ruff check --quiet --fix-only server tests tools
	@$(BIN)/ruff format --quiet server tests tools
	@npm --prefix client run --silent format

engine: ## Build the LiveKit server
	@python3 tools/build.py engine

caddy: ## Build Caddy, the front door for other devices
	@python3 tools/build.py caddy

client: ## Build the client
	@python3 tools/build.py client

demo: ## A live meeting with three synthetic speakers in the office that runs, until Ctrl-C
	@$(BIN)/python tools/speakers.py

shots: build ## Make one contact sheet of the main pages
	@python3 tools/browser.py
	@$(BIN)/python tools/shots.py

fresh-clone: ## Prove `make run` on a fresh clone of the last commit, with empty caches
	@python3 tools/fresh_clone.py

messages: ## Bring the translation catalog up to date
	@$(BIN)/python tools/messages.py

check: ## Say of every setting and part whether it is right
	@$(WHOSE) $(BIN)/pendopo check

clean: ## Remove what was built (not the data)
	@rm -rf .venv .build client/node_modules client/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
