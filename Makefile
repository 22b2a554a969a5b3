# Everything a developer runs. Nothing but Python 3.10 to 3.13, make and a shell is needed.

VENV := .venv/bin
# The first interpreter of a version that narrate runs on; PYTHON=… chooses another.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python3.10; do \
	"$$name" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo "$$name" && break; done)
endif

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo test lint format types imports check bench-speech bench-text bench-rebuild chaos clients pins clean
.NOTPARALLEL:

help:  ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | \
	while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

setup:  ## Make .venv/ with narrate in it
	@$(call need_python)
	@$(PYTHON) tools/setup_environment.py run

setup-test:  ## Make .venv/ with the tools of the checks too
	@$(call need_python)
	@$(PYTHON) tools/setup_environment.py test

demo: setup  ## Build the show that this repository is, in both languages
	@$(VENV)/narrate build

test: setup-test  ## Run all tests (ARGS="-k name" to choose)
	@$(VENV)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder \
		$(ARGS)

lint: setup-test  ## Check style and formatting
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .

format: setup-test  ## Mend style and formatting
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .

types: setup-test  ## Check types
	@$(VENV)/mypy

imports: setup-test  ## Check which module imports which
	@$(VENV)/lint-imports

check: lint types imports test  ## Everything that must pass before a change is shared

bench-speech: setup-test  ## Measure how fast speech is made, beside Coqui's own API and Piper
	@$(VENV)/python tools/bench_speech.py $(ARGS)

bench-text: setup-test  ## Measure how fast and how right the spoken forms are (ARGS="--table FILE")
	@$(VENV)/python tools/bench_text.py $(ARGS)

clients: setup-test  ## Try the show with real podcast apps and players (root on Debian: installs them)
	@tools/install_programs.sh "chromium chromium" "cvlc vlc-bin vlc-plugin-base" "gpo gpodder" \
		"mpv mpv" "newsboat newsboat" "podboat newsboat"
	@CI=true $(VENV)/python -m pytest -m clients tests/test_clients.py tests/test_gpodder.py $(ARGS)

bench-rebuild: setup-test  ## Measure what a change costs (ARGS="--articles N --hours H --work DIR")
	@$(VENV)/python tools/bench_rebuild.py $(ARGS)

chaos: setup-test  ## Kill builds, fill disks, rot files: nothing may be lost (ARGS="--kills 120")
	@$(VENV)/python tools/chaos.py $(ARGS)

pins:  ## Renew requirements/*.txt from requirements/*.in (needs uv)
	@cd requirements && for name in run test; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.10 --no-annotate \
		--custom-compile-command "make pins" --constraint "$${limit:-/dev/null}" \
		"$$name.in" --output-file "$$name.txt" || exit; limit=run.txt; done

clean:  ## Remove .venv/, caches and everything a build made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .narrate
	rm -rf voices/joe-en
	find output -mindepth 1 ! -name .gitkeep -delete
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

define need_python
if [ -z "$(PYTHON)" ]; then \
	echo "No Python 3.10 to 3.13 found: install one, or name it: make $@ PYTHON=…" >&2; exit 1; fi
endef
