# make demo and make test need Python >= 3.11, make and git; they set up everything else in .venv.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := plans/examples/q3-2024-launch
DAY := 2024-07-23
END := 2024-09-30
PROMOTION := plans/examples/double-11
EVE := 2026-10-16

.PHONY: help demo test test-all lint format bench golden docs calendar dist clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: .venv/run  ## run the main job on the example plan
	$(BIN)/mktexec check $(EXAMPLE)
	$(BIN)/mktexec status $(EXAMPLE) --as-of $(DAY)
	@echo '$$ mktexec warn  (1 is its answer when somebody must act)'
	@$(BIN)/mktexec warn $(EXAMPLE) --as-of $(DAY) || test $$? -eq 1
	$(BIN)/mktexec render retrospective $(EXAMPLE) --as-of $(END)
	$(BIN)/mktexec gantt $(PROMOTION) --as-of $(EVE)
	$(BIN)/mktexec explain T303 --plan $(PROMOTION) --as-of $(EVE)

test: .venv/dev lint  ## everything that must hold, in under five minutes
	$(BIN)/python -m pytest -m 'not slow'

test-all: .venv/dev lint  ## the long proofs too, and what of the code they reach
	$(BIN)/python -m pytest --cov --cov-report=term

lint: .venv/dev  ## style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/dev  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check . --fix

bench: .venv/dev  ## the ratios of speed and memory
	$(BIN)/python bench/run.py

golden: .venv/dev  ## accept what people read as it is now; look at the diff
	$(BIN)/python -m pytest tests/test_golden.py --update-golden

docs: .venv/dev  ## write the generated pages
	$(BIN)/python tools/docs.py

calendar: .venv/dev  ## take over newly published holidays
	$(BIN)/python tools/china_days.py

dist: .venv/dev  ## build the wheel and the source archive
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:  ## remove everything that was set up or built
	rm -rf .venv dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis
