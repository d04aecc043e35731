# Every command a person types. Nothing but Python 3.11+ with venv, and make, is assumed.
# Everything is installed into .venv and byte-compiled there; a stamp per lock file makes a second run work offline.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STORY ?=
NEW ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1

.PHONY: run test check bench proof gallery setup setup-dev lock format

run: $(VENV)/.runtime
	@$(PY) -m bot.launch $(if $(STORY),--story "$(STORY)") $(if $(NEW),--new)

test: $(VENV)/.dev
	@$(PY) -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	@$(PY) -m tests.secrets_scan

bench: $(VENV)/.dev
	@$(PY) -m benchmarks

proof: $(VENV)/.dev
	@$(PY) -m tests.proof

gallery: $(VENV)/.dev
	@$(PY) -m tests.gallery

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

format: $(VENV)/.dev
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

# A broken or foreign .venv is made anew; a complete one is left alone.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Reconnect needs Python 3.11 to 3.14; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...") if not (3, 11) <= sys.version_info[:2] <= (3, 14) else None'
	@echo "Setting up .venv (once; about a minute) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.made
	@$(PY) -m pip install -q --require-hashes --no-deps -r requirements.lock
	@$(PY) -m compileall -q -j 0 $(VENV)/lib
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(PY) -m pip install -q --require-hashes --no-deps -r requirements-dev.lock
	@$(PY) -m compileall -q -j 0 $(VENV)/lib
	@touch $@

# Needs uv (python -m pip install uv). Writes no index and no address into the files.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-dev.lock
