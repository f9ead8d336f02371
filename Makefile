# Two commands are enough:   make run    the product with a demo company, on http://localhost:8000
#                            make test   every check, on real PostgreSQL, Valkey and Redis
# Everything they need goes into .venv and web/node_modules; nothing is installed on the system.
# Each step leaves a stamp beside what it made, and is repeated only when its lock file changes.

.DELETE_ON_ERROR:
.PHONY: run run-scaled test lint format bench figures soak migration lock

# Name one to use that one:  make run PYTHON=python3.12
PYTHON ?=
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

WEB_SOURCES := $(shell find web/src web/public web/build -type f 2>/dev/null) $(wildcard web/*.html web/*.json web/*.ts)

run: .venv/run.done web/dist/index.html
	$(BIN)/python -m server serve --demo

# The same on PostgreSQL and Valkey (the tests' own), with two web processes and a worker; the data stays in data/scaled.
run-scaled: .venv/dev.done web/dist/index.html
	$(BIN)/python -m tests.scaled $(ARGS)

test: lint web/dist/index.html
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)
	cd web && npm test

lint: .venv/dev.done web/node_modules/.done
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && npm run check

format: .venv/dev.done
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# Figures, with the command and the seed printed beside them. PostgreSQL runs at its defaults here.
bench: .venv/dev.done
	$(BIN)/python -m tests.load bench $(ARGS)

# The same, kept in docs/figures.jsonl and shown in docs/figures.md:  make figures ARGS="--only sends,get"
figures: .venv/dev.done
	$(BIN)/python -m tests.load figures $(ARGS)

# Hours of load with processes killed under it.
soak: .venv/dev.done
	$(BIN)/python -m tests.load soak $(ARGS)

# Writes what changed in the tables as a new dated file:  make migration NAME="posts get topics"
migration: .venv/dev.done
	$(BIN)/python -m server migration "$(NAME)"

# The only place uv is used, in a place of its own. Installing is pip's work, so that pip.conf counts.
# `make lock UPGRADE=--upgrade` takes newer versions where the .in files allow them.
lock: .venv/web.done
	$(BIN)/python -m venv .venv/lock && .venv/lock/bin/pip install -q uv
	for set in run dev web; do \
		.venv/lock/bin/uv pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --no-emit-index-url requirements/$$set.in -o requirements/$$set.txt || exit 1; \
	done
	rm -rf .venv/lock
	cd web && npm install --package-lock-only

.venv/pip.done:
	@found=; \
	for python in $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Tenfour needs Python 3.11 or newer. Looked for: $(or $(PYTHON),python3.14 … python3.11, python3)"; \
		echo "  Debian, Ubuntu:  sudo apt-get install python3 python3-venv"; \
		echo "  Fedora:          sudo dnf install python3.12"; \
		echo "  macOS:           brew install python@3.12"; \
		echo "Or name one:       make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3.12"; \
		exit 1; \
	fi; \
	if ! $$found -c 'import venv, ensurepip' >/dev/null 2>&1; then \
		version=$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "$$found cannot make a virtual environment: its venv module is packaged apart."; \
		echo "  Debian, Ubuntu:  sudo apt-get install python$$version-venv"; \
		exit 1; \
	fi; \
	echo "Setting up .venv with $$($$found --version)"; \
	$$found -m venv .venv && touch $@

# run, dev, web. --require-hashes: what is installed is what was locked.
.venv/%.done: requirements/%.txt .venv/pip.done
	$(BIN)/pip install -q --require-hashes -r $< && touch $@

# Not `npm ci`: it refuses a lock file that leaves out other systems' native packages.
# `install --no-save` takes the locked versions too, checks their integrity and leaves the lock file as it is.
web/node_modules/.done: web/package-lock.json .venv/web.done
	cd web && npm install --no-save --no-audit --no-fund && touch node_modules/.done

web/dist/index.html: web/node_modules/.done $(WEB_SOURCES)
	cd web && npm run build && touch dist/index.html
