# make install   set up .venv and fetch what the embedded platform runs; a second time it does nothing
# make demo      a pilot's files flow through the whole system, and the result is shown;
#                PLATFORM=compose has the system in containers, and needs Docker instead of Python
# make test      every check and every test
# make faults    each fault that docs/faults.md says is built, in turn, on the real system under load; and a table of
#                what was lost, doubled, out of order (some 15 minutes)
# make soak      200 events a second for half an hour; memory, connections and open files must stay flat
# make test-containers   where Docker is: tests on containers, and of the whole system in containers
# PYTHON chooses the interpreter that makes .venv (3.11 or newer); run `make clean` first to change it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
UV_VERSION := 0.13.9

.PHONY: install demo demo-embedded demo-compose test test-containers faults soak check docs lint format lock clean
.DEFAULT_GOAL := install

install: $(INSTALLED)

# The outer pip fills the environment, since one made where ensurepip is missing has no pip of its own.
$(INSTALLED): requirements/development.lock pyproject.toml deploy/embedded/jars.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11: choose another, such as make install PYTHON=python3.12" >&2; exit 1; }
	@echo "==> 1/3 Python environment in $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@echo "==> 2/3 libraries (first time: about 400 MB, one to five minutes)"
	@$(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --require-hashes --no-deps \
	  --requirement requirements/development.lock
	@$(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet --no-deps --no-build-isolation \
	  --editable .
	@$(BIN)/python -m compileall -q services shared deploy
	@echo "==> 3/3 Kafka (first time: 44 MB to fetch, and a start of 20 seconds that makes later ones fast)"
	@$(BIN)/python -m deploy.embedded.prepare
	@touch $@
	@echo "==> ready: $(BIN)/reintegration --help"

PLATFORM ?= embedded

demo: demo-$(PLATFORM)

demo-embedded: install
	@$(BIN)/reintegration demo --out build/demo

demo-compose:
	@deploy/containers/demo.sh

test: install check
	$(BIN)/pytest

# SECONDS of load are shared by all faults, half a minute for each; one that lasts longer has load for as long.
SEED ?= 11
SECONDS ?= 450
faults: install
	@mkdir -p build
	@$(BIN)/reintegration chaos --seed $(SEED) --seconds $(SECONDS) --table build/faults.md

SOAK_SECONDS ?= 1800
soak: install
	@mkdir -p build
	@$(BIN)/reintegration chaos --soak --seed $(SEED) --seconds $(SOAK_SECONDS) --table build/soak.md

test-containers: install
	@tests/containers/run.sh

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy shared services deploy

lint: check

# What is generated from the contracts and the services' lists: AsyncAPI, JSON Schema, the event map.
docs: install
	$(BIN)/python -m deploy.contracts write

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The locks hold every platform's files by their SHA-256 and no address; services.lock stands alone.
lock: install
	@test -x build/lock/bin/python || $(PYTHON) -m venv --without-pip build/lock
	@$(PYTHON) -m pip --python build/lock/bin/python --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	@for name in services development command-line; do \
	  build/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate --quiet $(UPGRADE) \
	    $$(case $$name in development) echo "--constraint requirements/services.lock";; \
	      command-line) echo "--constraint requirements/development.lock";; esac) \
	    requirements/$$name.in --output-file requirements/$$name.lock || exit 1; \
	done
	@$(BIN)/python -m deploy.embedded.jars

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
