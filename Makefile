# make scan and make test each do all they need on a machine with only Python 3.11 and make.
PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check
CONFIG ?= corpus/sample/screener.toml

.PHONY: scan test check lint bench alternatives train lock clean

scan: .venv/.run
	.venv/bin/screener scan --config $(CONFIG)

test: .venv/.dev
	.venv/bin/python -m pytest --numprocesses auto --dist loadfile $(PYTEST)

check: lint test

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/.dev
	.venv/bin/python tests/benchmarks.py

alternatives: .venv/.dev
	.venv/bin/python tests/alternatives.py

train: .venv/.run
	.venv/bin/screener train

.venv/.run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11 scan")'
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# Needs uv; writes no index host into the files.
lock:
	uv pip compile pyproject.toml --group build --generate-hashes --python-version 3.11 --universal --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --constraint requirements.lock --generate-hashes --python-version 3.11 --universal --no-emit-index-url --no-header -o requirements-dev.lock

clean:
	rm -rf .venv build dist
