PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --root-user-action ignore

.PHONY: demo run test check bench crash pictures lock clean

demo: $(VENV)/.run
	@$(BIN)/tusoi demo $(DEMO)

run: $(VENV)/.run
	@$(BIN)/tusoi run

test: $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh $(TESTS)

check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

crash: $(VENV)/.dev
	@$(BIN)/python -m tests.crash $(CRASH)

pictures: $(VENV)/.dev
	@$(BIN)/python -m docs.pictures.make

lock: $(VENV)/.dev
	@$(BIN)/uv pip compile pyproject.toml --no-header --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev -c requirements.lock --no-header --no-emit-index-url --no-emit-find-links -q -o requirements-dev.lock

clean:
	rm -rf $(VENV) data

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tự Soi needs Python 3.11 or newer. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Tự Soi into $(VENV) ..."
	@$(PIP) -r requirements.lock
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing the tools for tests and checks ..."
	@$(PIP) -r requirements-dev.lock
	@touch $@
