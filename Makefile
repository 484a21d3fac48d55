# Everything starts here. Each target sets up what it needs in .venv; `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait a lot, so two processes take half the time of one; a file stays in one of them.
PYTEST_ARGS ?= -n 2 --dist loadfile
MINUTES ?= 20
FIRST ?= 1

.PHONY: help install run run-dhcp6 test soak test-deps lint types check compile test-compiled bench docs dist clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1	/p' Makefile

# The editable install must be a plain path entry: twistd finds plugins by looking along sys.path.
$(VENV)/.installed: pyproject.toml setup.py scripts/venv
	@sh scripts/venv "$(PYTHON)" $(VENV)
	@touch $@

install: $(VENV)/.installed ## virtual environment in .venv with kea-dhcp4, kea-dhcp6 and twistd in it

run: $(VENV)/.installed ## show kea-dhcp4 at work: namespaces, a real client, leases, commands; Ctrl-C ends it
	@$(BIN)/python -m kea_twisted.tools.demo 4

run-dhcp6: $(VENV)/.installed ## the same for kea-dhcp6
	@$(BIN)/python -m kea_twisted.tools.demo 6

test: $(VENV)/.installed ## all tests; what needs a program that is not here is skipped and says so
	$(BIN)/python -m pytest $(PYTEST_ARGS)

soak: $(VENV)/.installed ## random configurations and clients beside Kea for MINUTES=20, from seed FIRST=1 on; needs root
	$(BIN)/python -m tests.differential.generated both --first $(FIRST) --minutes $(MINUTES) --shrink

test-deps: ## the programs that tests talk to, from Debian's packages; needs root
	@sh scripts/test-deps

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

check: lint types test ## ruff, mypy --strict, architecture and all tests

compile: ## the same installed with its hot modules compiled, in .venv-compiled; needs a C compiler
	@sh scripts/compile "$(PYTHON)" .venv-compiled

test-compiled: compile ## tests of the packet path on the compiled build
	@sh scripts/test-compiled .venv-compiled $(PYTEST_ARGS)

bench: $(VENV)/.installed ## CPU, rate, load time and memory beside Kea's; needs root and `make test-deps`
	$(BIN)/python -m tests.benchmarks

docs: $(VENV)/.installed ## the manual, as HTML in docs/_build
	@$(BIN)/python -c 'import sphinx, towncrier' 2>/dev/null || sh scripts/venv "$(PYTHON)" $(VENV) test,docs
	@for page in docs/generate/*.py; do PYTHONPATH=. $(BIN)/python $$page || exit 1; done
	@PYTHONPATH=. $(BIN)/python docs/rows.py
	$(BIN)/python -m sphinx -W -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

dist: $(VENV)/.installed ## wheel and source archive in dist/
	@$(BIN)/python -c 'import build.__main__' 2>/dev/null || $(BIN)/pip install -q build
	$(BIN)/python -m build

clean: ## remove what the other targets made
	rm -rf $(VENV) .venv-compiled build dist docs/_build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f twisted/plugins/dropin.cache
