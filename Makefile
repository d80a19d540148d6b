# `make help` lists what there is; whatever needs .venv makes it first, offline once it is there.
# Needs make and Python 3.11 or newer.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$python && break; done)
UV ?= uv
# A Python that is asked for by name has an environment beside the usual one.
VENV := .venv$(if $(filter command line,$(origin PYTHON)),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo quick test lint docs modules templates bench fuzz lock bundle-windows test-windows clean .venv
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP)  ## the whole way on the sample, from received files to the report, in demo/
	$(BIN)/dvctt-report demo demo

# As many tests at once as there are cores; JOBS=0 one after another. Those of a file stay together, and begin in the
# order of tests/conftest.py: what takes longest first, so that no core waits for the other at the end.
JOBS ?= auto
PYTEST := $(BIN)/python -m pytest --numprocesses=$(JOBS) --dist=loadfile --no-loadscope-reorder

ifdef TESTS
test: $(STAMP)
	$(PYTEST) $(TESTS)
else
# What computes figures has to be reached by them: tests/covered.py names it, and the bounds.
test: $(STAMP)  ## every test; TESTS="tests/year/rules -k SL02" only these, whatever they reach
	rm -rf .reached
	REACHED=$(CURDIR)/.reached $(PYTEST)
	$(BIN)/python -m tests.covered .reached
endif

# Left out are those that start another program or go the whole way through commands, and files that take long.
LONG := cli decide goals store/published decide/check papers/years papers/fill/test_fill.py forms/test_formulas.py \
	intake/test_columns.py intake/test_doubts.py intake/test_fuzz.py intake/test_workers.py intake/test_labels.py \
	intake/test_limits.py intake/test_matrix.py intake/test_parity.py \
	intake/test_seen.py word/lint/test_fix.py papers/mending/test_own_form.py oracle/test_workbooks.py \
	forms/plan_book/test_editing.py forms/plan_book/test_new.py forms/plan_book/test_round_trip.py report/test_annexes.py \
	report/test_consolidated.py report/test_pdf.py report/test_prose.py report/test_render.py \
	report/test_template_check.py report/test_written.py report/page/test_browser.py test_linear_patterns.py \
	test_printed.py test_province.py test_sample.py test_wheel.py

quick: lint  ## what shows most faults, within two minutes: lint, and the tests that take no long way
	$(PYTEST) -m "not requires" $(LONG:%=--ignore=tests/%)

lint: $(STAMP)  ## format, ruff, mypy; size of rooms, directions of imports, pages made from the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_rooms.py tests/test_provinceless.py tests/test_docs.py

# The pages that are made from the code; tests/test_docs.py holds that they are current.
docs: $(STAMP)  ## docs/rules.md, docs/lint.md anew from the code
	$(BIN)/python -m dvctt_report.year.rules.document > docs/rules.md
	$(BIN)/python -m scripts.lint_page > docs/lint.md

modules: $(STAMP)  ## every module and what it knows, from its docstring
	@$(BIN)/python -m scripts.modules

templates: $(STAMP)  ## the Word templates that the shipped profiles come with, anew from the format's table
	$(BIN)/python -m scripts.word_templates.report templates/chung/report.docx
	$(BIN)/python -m scripts.word_templates.letters templates/chung
	$(BIN)/python -m scripts.make_profiles

# Within twelve minutes on a quiet machine; writes the tables of docs/performance.md. `python -m scripts.bench --quick`
# measures up to 300 units and writes nothing.
bench: $(STAMP)  ## measure anew; writes the table of docs/performance.md
	$(BIN)/python -m scripts.bench

# One .zip in dist/ for offices without Python, network or administrator: docs/cai-dat-windows.md. Needs wine,
# osslsigncode.
bundle-windows: $(STAMP)  ## the .zip for Windows without network, in dist/
	$(BIN)/python -m scripts.bundle_windows

# The bundle on a Windows computer, which Wine plays; needs tmux and the locale vi_VN.UTF-8 too. A test that
# can't be run here fails.
test-windows: bundle-windows  ## that .zip on a Windows computer, which Wine plays
	$(BIN)/python -m pytest -n 0 tests/windows

.venv: $(STAMP)

$(STAMP): locks/develop.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên (kèm venv). Needs Python 3.11 or newer, with venv."; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/develop.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	touch $@

fuzz: $(STAMP)  ## forms filled in as nobody would, for some minutes (SECONDS=300); what fails is kept in fuzz/
	$(BIN)/python -m tests.intake.test_fuzz $(or $(SECONDS),300)

# Rewrites both locks with the newest versions; needs uv (https://docs.astral.sh/uv/).
LOCK := $(UV) pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-config --no-emit-index-url --custom-compile-command "make lock"
lock:  ## both locks with the newest versions
	$(LOCK) --output-file locks/run.txt
	$(LOCK) --group develop --constraint locks/run.txt --output-file locks/develop.txt

clean:  ## whatever was made
	rm -rf .venv .venv-* demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .reached fuzz
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
