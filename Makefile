# The words a developer types; each says what it does after ##. `make help` prints them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PY := .venv/bin/python
PYTEST := .venv/bin/pytest
# A file stays on one worker: what it starts for itself (servers, browsers) is started once.
AT_ONCE ?= --numprocesses 2 --dist loadfile
export JIUZHU_CACHE ?= $(CURDIR)/.cache

LOCK := pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet

# Test folders in the order of their cost; one that does not exist yet is left out.
UNIT := $(wildcard tests/unit)
EVERYDAY := $(wildcard tests/unit tests/contract tests/architecture tests/security tests/integration tests/end_to_end tests/browser tests/mobile)
LONG := $(wildcard tests/faults tests/load)

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/.locked ## Make .venv from the locked requirements; nothing to do if it is up to date

.venv/.locked: requirements/dev.txt pyproject.toml deploy/local/virtual-environment
	@deploy/local/virtual-environment
	@touch $@

.PHONY: system
system: ## Install missing Debian packages (root), or print the command that does
	@deploy/local/system-packages

.PHONY: run
run: setup ## Run all four services with a demonstration district; data stay in data/embedded
	.venv/bin/jiuzhu up --demo --data data/embedded $(ARGS)

.PHONY: servers
servers: setup ## Run a PostgreSQL and a Kafka node of your own until Ctrl-C
	$(PY) -m services.local_servers

.PHONY: proto
proto: setup ## Generate services/common/contracts from proto/
	$(PY) -m services.contracts_build

.PHONY: format
format: setup ## Put the code into the house's format
	.venv/bin/ruff check --fix --exit-zero --quiet .
	.venv/bin/ruff format --quiet .

.PHONY: lint
lint: setup ## Style, types and the walls between modules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

.PHONY: check
check: lint ## Lint and unit tests; under a minute, no server
	$(PYTEST) $(UNIT) tests/architecture

.PHONY: test
test: system setup ## All tests of a working day, with real PostgreSQL, Kafka and browser
	$(PY) -m services.local_servers --fetch
	$(PYTEST) $(AT_ONCE) -m "not long" $(EVERYDAY) $(ARGS)

.PHONY: test-all
test-all: system setup ## The tests of make test, and those that take minutes: faults, load, soak
	$(PY) -m services.local_servers --fetch
	$(PYTEST) $(AT_ONCE) $(EVERYDAY) $(LONG) $(ARGS)

.PHONY: docs
docs: setup ## Write the pages of docs/ that are generated from the code
	$(PY) -m services.docs_build

.PHONY: lock
lock: setup ## Resolve pyproject.toml into requirements/*.txt (add ARGS=--upgrade for newer versions)
	.venv/bin/uv pip compile $(LOCK) --extra mobile --extra telemetry --group dev -o requirements/dev.txt $(ARGS)
	.venv/bin/uv pip compile $(LOCK) -c requirements/dev.txt -o requirements/runtime.txt $(ARGS)

.PHONY: clean
clean: ## Remove the virtual environment and all caches; data stay
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
