# The two commands of a newcomer are `make up` and `make test`. Everything happens in .venv.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help up test lint bench soak lock clean

help: ## show what there is to do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

up: $(VENV)/.run ## build the graph of the sample documents and serve it at http://localhost:8000/
	$(BIN)/kg up

test: $(VENV)/.test lint ## run everything that CI runs
	$(BIN)/coverage erase
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

lint: $(VENV)/.test ## format, style, types and layers only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test ## measure; results go to benchmarks/README.md by hand
	$(BIN)/python benchmarks/build_and_query.py

soak: $(VENV)/.test ## long abuse and endurance runs
	$(BIN)/python -m pytest -m soak --no-cov

lock: ## pin the newest allowed versions with hashes (needs uv)
	uv pip compile pyproject.toml --group build --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o lock/run.txt
	uv pip compile pyproject.toml --group build --group test -c lock/run.txt --universal --generate-hashes \
	  --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o lock/test.txt

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "kg needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing. On Debian: sudo apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The lock file first, with hashes, the build backend included; then the project itself, without asking an index.
$(VENV)/.run: lock/run.txt pyproject.toml | $(VENV)/.made
	$(INSTALL) --require-hashes -r lock/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: lock/test.txt pyproject.toml | $(VENV)/.made
	$(INSTALL) --require-hashes -r lock/test.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
