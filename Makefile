PORT ?= 8000
DATA ?= data
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: run test bench assets translations

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[test]'
	touch $@

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

$(VENV)/.compiled: $(VENV)/.installed $(CATALOGUES)
	$(BIN)/python translations/build.py
	touch $@

run: $(VENV)/.compiled
	$(BIN)/parentsite demo --port $(PORT) --data $(DATA)

test: $(VENV)/.compiled
	$(BIN)/python -m tests.everything

bench: $(VENV)/.compiled
	$(BIN)/python -m tests.bench

assets: $(VENV)/.installed
	$(BIN)/parentsite assets

translations: $(VENV)/.installed
	$(BIN)/pybabel extract --mapping-file pyproject.toml --no-location --sort-output --keywords "_l lazy_gettext" --project parentsite --output-file translations/messages.pot .
	for code in da ar; do $(BIN)/pybabel update --no-fuzzy-matching --no-wrap --input-file translations/messages.pot --output-dir translations --locale $$code; done
	$(BIN)/python translations/build.py
