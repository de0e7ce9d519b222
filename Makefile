# Everything a newcomer types. `make help` lists the targets.
#
# Recipes use relative paths only, so the checkout may live in a folder with spaces.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COVERAGE := $(BIN)/python -m coverage
PACKAGES := schemas keys proofs evidence service issuer verifier skillmark
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench bench-docs bench-peers fuzz differential lock browser peers \
	pictures clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp ## Start issuer and verifier on SQLite, issue one credential, say what to open
	@exec $(BIN)/python -m skillmark demo $(ARGS)

test: .venv/dev.stamp browser peers ## Set everything up and run the whole test suite
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report= $(ARGS)
	@echo "Branch coverage of the pure packages (at least 95 %):"
	@$(COVERAGE) report --include='schemas/*,keys/*,proofs/*,evidence/*' --fail-under=95
	@echo "The gate and the verdict, every line:"
	@$(COVERAGE) report --include='issuer/issuance/rules.py,verifier/verdict.py' --fail-under=100

lint: .venv/dev.stamp ## ruff, formatting, mypy strict, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: .venv/dev.stamp ## Mend formatting and what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/dev.stamp bench-peers ## Measure everything beside others (ARGS="--quick" or "--only http")
	@PYTHONPATH=tests $(BIN)/python bench $(ARGS)

bench-docs: .venv/dev.stamp ## Write docs/benchmarks.md and its plots anew from the last measurement
	@PYTHONPATH=tests $(BIN)/python bench --docs

fuzz: .venv/dev.stamp ## Try to break the verifier for ten minutes (ARGS="--minutes 1")
	@$(BIN)/python bench/fuzz/verify.py $(ARGS) 2>/dev/null

differential: .venv/dev.stamp ## Hold the quick ways of reading and signing against the slow ones (ten minutes)
	@$(BIN)/python bench/differential/canonical.py $(ARGS)

lock: .venv/dev.stamp ## Pin exact versions and hashes anew (needs uv)
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet \
		--group build pyproject.toml -o requirements.lock
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet \
		--no-strip-extras --group build --group dev pyproject.toml -o requirements-dev.lock

pictures: .venv/dev.stamp browser peers ## Make the pictures in docs/images anew
	@SKILLMARK_KEEP_SCREENSHOTS=1 $(BIN)/python -m pytest tests/browser

clean: ## Remove what was built or installed (not the data in ./var)
	@rm -rf .venv dist tests/artifacts .coverage .coverage.* \
		tests/interop/peers/node_modules bench/peers/node_modules

# ---------------------------------------------------------------- set-up, once

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Skillmark needs CPython 3.11 or newer; name one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@echo "Installing Skillmark into .venv (once) …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Installing what the tests need (once) …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

browser: .venv/run.stamp
	@sh tests/browser/install.sh

peers: .venv/dev.stamp
	@$(call npm_install,tests/interop/peers,Installing the other implementations that we test against (once) …)

bench-peers: .venv/dev.stamp
	@$(call npm_install,bench/peers,Installing the other implementations that we measure beside (once) …)

# The folder, and what to say; npm runs only when the lock file is another one than last time.
define npm_install
cd $(1) && if ! cmp -s package-lock.json node_modules/.installed-lock; then \
		echo "$(2)"; \
		PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts \
		&& cp package-lock.json node_modules/.installed-lock; fi
endef
