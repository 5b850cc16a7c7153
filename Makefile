# Needs Python 3.11 or newer with pip, and make; nothing else. `make run` is all that a new machine has to be told.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEEDS ?= $(or $(NEWSTABLES_SEEDS_DIR),seeds)
DATA ?= $(or $(NEWSTABLES_DATA_DIR),data)
PORT ?= $(or $(NEWSTABLES_PORT),3000)
SETUP_ERROR := Python 3.11 or newer is needed (with pip and venv); say where it is: make run PYTHON=/path/to/python3

.PHONY: run demo history test test-ui quality ui check lint types docs wheels clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed ## tables from the articles in seeds/ to data/
	@$(BIN)/python -m pipeline run --seeds "$(SEEDS)" --data "$(DATA)"

demo: $(VENV)/.installed ## pages of invented stories with disputes, growing counts, copies, plans and denials, in demo/
	@$(BIN)/python -m tests.golden.demo demo/seeds
	@$(BIN)/python -m pipeline run --seeds demo/seeds --data demo/data

ui: $(VENV)/.installed ## Dagster in the browser: tables, checks, history (PORT=3000)
	@$(BIN)/python -m pipeline ui --port "$(PORT)" --seeds "$(SEEDS)" --data "$(DATA)"

history: $(VENV)/.installed ## the last runs
	@$(BIN)/python -m pipeline history --data "$(DATA)"

test: $(VENV)/.installed-dev ## the tests that need nothing else
	$(BIN)/python -m pytest -m "not ui and not quality" -n 2 --dist loadfile

test-ui: $(VENV)/.installed-dev ## the pages and Dagster in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m ui tests/ui

quality: $(VENV)/.installed-dev ## the measured scores against their floors (needs the evaluation sets beside the project)
	$(BIN)/python -m pytest -m quality tests/quality

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

check: lint types test ## all that a change must pass

docs: $(VENV)/.installed ## docs/tables.md, from the schemas, its examples from seeds/
	@$(BIN)/python -m pipeline run --seeds seeds --data "$(DATA)"
	$(BIN)/python -m schemas.docs "$(DATA)"

wheels: $(BIN)/python ## wheels/: newstables and all that it needs, for a machine or an image without a network
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheels .

clean: ## forget the tables, the cache and the history; the environment stays
	rm -rf "$(DATA)" .dagster

$(BIN)/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { echo "$(SETUP_ERROR)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Python compiles what is imported when it is imported; of what is installed most never is.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[dev]'
	@touch $@ $(VENV)/.installed
