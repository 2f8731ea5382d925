# Targets are listed by `make help`; every one sets up what it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The first Python that is new enough; `make PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
TARGET ?= duckdb
PORT ?= 8050
AS_OF := 2026-10-20
SAMPLE := build/sample
ACCOUNT_VARS := as_of: $(AS_OF), stripe_sources: [stripe], \
segment_event_sources: [website], reporting_timezone: UTC
SAMPLE_VARS := {$(ACCOUNT_VARS), identity_metadata_column: metadata_user_id, \
funnel_steps: [visit, sign_up, invited_teammate, first_payment]}
export DO_NOT_TRACK := 1

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: ## Prepare .venv, dbt packages and profiles.yml: all that dbt build needs
	@command -v "$(PYTHON)" >/dev/null || { echo "No Python 3.11 or newer was found: install one, \
	or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) scripts/set_up.py

.PHONY: build
build: setup ## Build and test a sample Stripe account in DuckDB, print its figures
	@$(BIN)/python scripts/create_sample_account.py --output $(SAMPLE) --as-of $(AS_OF)
	@$(BIN)/python scripts/load_sample_account.py --from $(SAMPLE) --to duckdb
	@echo "Running dbt build ..."
	@$(BIN)/python scripts/refresh.py --target duckdb --vars '$(SAMPLE_VARS)'
	@$(BIN)/python scripts/compile_saved_queries.py --target duckdb
	@$(BIN)/python scripts/print_headline.py --vars '$(SAMPLE_VARS)'

.PHONY: refresh
refresh: setup ## Build and test your warehouse and, if all passed, show it (TARGET=, VARS=)
	@$(BIN)/python -m alerts --check
	@code=0; \
	$(BIN)/python scripts/refresh.py --target $(TARGET) --vars '$(or $(VARS),{})' || code=$$?; \
	[ $$code = 3 ] || $(BIN)/python -m alerts --target $(TARGET) || code=1; \
	exit $$code

.PHONY: alerts
alerts: setup ## Say what stands out (TARGET=, ARGS="--fail --json alerts.json")
	@$(BIN)/python -m alerts --target $(TARGET) $(ARGS)

.PHONY: digest
digest: setup ## Write a week or month as a letter (TARGET=, ARGS="--month 2026-09")
	@$(BIN)/python -m digest --target $(TARGET) $(ARGS)

.PHONY: erase
erase: setup ## Erase a person (TARGET=, ARGS="--customer cus_…"; with --yes it is done)
	@$(BIN)/python -m scripts.erase_person --target $(TARGET) $(ARGS)

.PHONY: metrics
metrics: setup ## List metrics; explain or query them (ARGS="explain net_charges")
	@$(BIN)/python scripts/metrics.py $(ARGS)

# What setup says would be taken for an answer.
.PHONY: mcp
mcp: ## Answer an assistant's questions about metrics, over stdin and stdout (TARGET=)
	@$(MAKE) --no-print-directory setup >&2
	@$(BIN)/python -m assistant --target $(TARGET)

.PHONY: metrics-docs
metrics-docs: setup ## Write docs/metrics.md from the project
	@$(BIN)/python scripts/write_metrics_docs.py

.PHONY: metrics-sql
metrics-sql: setup ## Compile the saved queries for programs without dbt (TARGET=postgres)
	@$(BIN)/python scripts/compile_saved_queries.py --target $(TARGET)

.PHONY: exports
exports: setup ## Write LookML and Open Semantic Interchange of the marts (TARGET=, VARS=)
	@$(BIN)/dbt --quiet parse --target $(TARGET) --vars '$(or $(VARS),{})'
	@$(BIN)/python -m scripts.export_semantics

.PHONY: docs
docs: setup ## Make the page of all models and their lineage, which works offline
	@$(BIN)/dbt --quiet docs generate --static --target $(TARGET) \
	--vars '$(SAMPLE_VARS)'
	@echo "Open target/static_index.html#!/overview/segment_stripe in a browser."

.PHONY: lint
lint: setup ## Lint Python and SQL
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@mkdir -p build && SEGMENT_STRIPE_DUCKDB=build/lint.duckdb \
	$(BIN)/sqlfluff lint --disable-progress-bar models tests/dbt analyses

# Needs no sample account, no PostgreSQL and no browser.
QUICK := test_cases.py test_start_dbt.py habits harness reference \
	dashboards/test_formatting.py dashboards/test_periods.py
.PHONY: check
check: lint ## For the hour between commits: parse, fixtures, habits, Python's unit tests
	@$(BIN)/pytest -q -n 2 --dist loadgroup --no-loadscope-reorder --models-only \
	$(addprefix tests/python/,$(QUICK))

.PHONY: test
test: lint ## Everything that must hold, on DuckDB and a real PostgreSQL
	@$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder --durations 20 tests/python

.PHONY: test-long
test-long: setup ## What takes too long for make test
	@$(BIN)/pytest -n 2 --dist loadgroup -m 'long and not spark' tests/python
	@$(MAKE) test-spark-long test-trino

.PHONY: test-spark-long
test-spark-long: export SEGMENT_STRIPE_SPARK := spark-tests
test-spark-long: setup ## On Spark: every pair of zone, timestamps, ANSI, format; the fixtures; syncs
	@$(BIN)/python -m scripts.set_up_spark
	@$(BIN)/pytest -m 'spark and long' tests/python/spark

.PHONY: dialects
dialects: setup ## Install dbt's adapters of five more warehouses into .venv-dialects
	@$(BIN)/python -m scripts.set_up_dialects

.PHONY: test-dialects
test-dialects: dialects ## Compile for five more warehouses, walk and translate what comes out
	@$(BIN)/pytest -q -m dialects tests/python/dialects

.PHONY: spark
spark: setup ## Start a Spark cluster on this machine, with Delta tables (needs Java, Maven)
	@$(BIN)/python -m scripts.spark start

.PHONY: spark-stop
spark-stop: ## Stop the Spark cluster; its tables stay
	@$(BIN)/python -m scripts.spark stop

.PHONY: test-spark
test-spark: export SEGMENT_STRIPE_SPARK := spark-tests
test-spark: setup ## Build on a Spark cluster, compare every table with DuckDB's
	@$(BIN)/python -m scripts.set_up_spark
	@$(BIN)/pytest -m 'spark and not long' tests/python/spark

.PHONY: test-trino
test-trino: dialects ## Build on a Trino server, compare every table with DuckDB's
	@$(BIN)/python -m scripts.set_up_trino
	@$(BIN)/pytest -m trino tests/python/on_trino

.PHONY: bench
bench: setup ## Measure a build of 100,000 charges beside a plain copy (BENCH=...)
	@$(BIN)/python -m benchmark $(BENCH)

.PHONY: bench-spark
bench-spark: export SEGMENT_STRIPE_SPARK := spark-bench
bench-spark: setup ## Measure a build on a Spark cluster beside DuckDB's (BENCH=...)
	@$(BIN)/python -m scripts.set_up_spark
	@$(BIN)/python -m benchmark.on_spark $(BENCH)

.PHONY: bench-postgres
bench-postgres: setup ## Measure builds on PostgreSQL, in full and after changes (BENCH=...)
	@$(BIN)/python -m benchmark.on_postgres $(BENCH)

.PHONY: bench-docs
bench-docs: setup ## Write what make bench measured into docs/benchmarks.md
	@$(BIN)/python -m benchmark.document

.PHONY: bench-parse
bench-parse: setup ## Compare the cost of dbt parse with another checkout (BASE=...)
	@$(BIN)/python -m benchmark.parse $(BASE)

.PHONY: bench-bytes
bench-bytes: setup ## Say what the last build would read on BigQuery, by its columns
	@$(BIN)/python -m benchmark.bytes $(BENCH)

.PHONY: bench-dashboards
bench-dashboards: setup ## Measure the dashboards over a million invoices (BENCH=...)
	@$(BIN)/python scripts/benchmark_dashboards.py $(BENCH)

# Built as the tests build the small sample account.
PARITY := build/parity
.PHONY: parity
parity: export SEGMENT_STRIPE_DUCKDB := $(PARITY)/warehouse.duckdb
parity: setup ## Write docs/looker_parity.md from a small sample account
	@mkdir -p $(PARITY)
	@$(BIN)/python scripts/create_sample_account.py --output $(PARITY)/account \
	--customers 200 --months 14 --as-of $(AS_OF) --force
	@$(BIN)/python scripts/load_sample_account.py --from $(PARITY)/account --to duckdb
	@$(BIN)/dbt --quiet build --target duckdb --vars '{$(ACCOUNT_VARS)}'
	@$(BIN)/python tests/python/write_looker_parity.py --database $$SEGMENT_STRIPE_DUCKDB \
	--as-of $(AS_OF)

.PHONY: dashboards
dashboards: setup ## Show the dashboards at http://127.0.0.1:8050 (PORT=..., TARGET=postgres)
	@$(BIN)/python -m dashboards --port $(PORT) --target $(TARGET)

.PHONY: screenshots
screenshots: setup ## Write each page, light, dark and on a phone, to build/screenshots
	@$(BIN)/pytest -q tests/python/dashboards/test_looks.py && ls build/screenshots

.PHONY: freshness
freshness: setup ## Say how long ago Segment last delivered each table
	@$(BIN)/dbt --quiet run-operation report_freshness --target $(TARGET)
