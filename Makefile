# Two commands need nothing but Python 3.11, make and a network to install packages: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
# One more than there are cores: some of the tests always wait for a program they started.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: help demo install test check screenshot bench evidence learn lock format clean
.DEFAULT_GOAL := help

help: ## Show these lines
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/run ## Try everything in a browser: the practice workspace and the bot, no account
	@$(BIN)/python -m bot demo

install: .venv/run ## Install what the bot needs to run; then type bin/countmein

# Else whatever is imported is compiled anew for every worker and every program that the tests start.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/dev ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: .venv/dev ## Formatter, linter, strict types, import arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshot: .venv/dev ## Take the pictures anew: docs/workspace.png, docs/story
	@$(BIN)/pytest -n 0 tests/browser/screenshot.py tests/browser/story.py

bench: .venv/dev ## Measure, side by side, and write docs/benchmarks.md
	@$(BIN)/python -m benchmarks

evidence: .venv/dev ## Show that nothing is lost, doubled or too early, and write docs/evidence.md: 45 minutes at most
	@$(BIN)/python -m tests.evidence

learn: .venv/learn ## Learn anew what words weigh for “am I a member?”, from tests/labelled
	@$(BIN)/python -m tests.labelled.learn

format: .venv/dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/uv ## Pin what pyproject.toml asks for, with hashes and no addresses
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements-dev.txt
	$(BIN)/uv pip compile pyproject.toml --group learn --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements-learn.txt

clean: ## Remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Count Me In needs Python 3.11 or newer: make demo PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

# --system-certs: where an organisation reads its own traffic, only the system knows the certificate for it.
.venv/run: .venv/uv requirements.txt
	@$(BIN)/uv pip install --quiet --system-certs --require-hashes --requirements requirements.txt
	@touch $@

.venv/dev: .venv/uv requirements-dev.txt
	@$(BIN)/uv pip install --quiet --system-certs --compile-bytecode --require-hashes --requirements requirements-dev.txt
	@touch $@

.venv/learn: .venv/uv requirements-learn.txt
	@$(BIN)/uv pip install --quiet --system-certs --require-hashes --requirements requirements-learn.txt
	@touch $@
