# Verbs of the house. A bare `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
CARGO ?= cargo
TOOLS := target/tools
VENV := $(TOOLS)/venv
RUN := target/debug/whereabouts
ASSETS := crates/web/assets

.PHONY: help assets demo test lint format unit rulebooks mutants-rulebook bench build release completions schema campaign fuzz clean

help: ## List these verbs
	@echo "Whereabouts: who must do what, by when, and why, for a child who is missing."
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20 | sed 's/^/  make /'

demo: ## Print the ten worked examples, each with its duties
	@$(CARGO) build --quiet --package whereabouts-cli
	@$(RUN) demo

test: lint unit rulebooks ## Run everything: lints, tests, rulebooks with their mutants

lint: $(TOOLS)/ready $(ASSETS)/app.css ## Formatting, clippy, spelling, unused dependencies, docs
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(VENV)/bin/typos
	$(TOOLS)/bin/cargo-machete --skip-target-dir
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

unit: $(ASSETS)/app.css ## Tests of the crates
	$(CARGO) test --workspace --locked --quiet

build: $(ASSETS)/app.css
	$(CARGO) build --workspace --locked

assets: $(ASSETS)/app.css ## Style sheets and scripts of the pages, from npm, in crates/web/assets

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent
	@touch $@

$(ASSETS)/app.css: node_modules/.package-lock.json $(wildcard crates/web/styles/*.scss crates/web/scripts/*.js crates/web/images/*)
	@mkdir -p $(ASSETS)
	@cp crates/web/scripts/*.js crates/web/images/* $(ASSETS)
	@sed 's,//# sourceMappingURL=.*,,' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > $(ASSETS)/govuk-frontend.min.js
	npm run --silent styles

rulebooks: build ## Check the rulebooks, run their scenarios, their coverage and their mutants
	$(RUN) rulebook check
	$(RUN) rulebook test
	$(RUN) rulebook coverage
	$(RUN) rulebook mutants

mutants-rulebook: build ## Drop each exception, limit, recipient and objection in turn: none may survive
	$(RUN) rulebook mutants

bench: ## Print microseconds a child, allocations, and the ratio to zen-engine (takes minutes to build)
	cd bench && $(CARGO) run --release --locked

campaign: ## A million random cases through the evaluator, in release (long)
	PROPTEST_CASES=1000000 $(CARGO) test --release --package whereabouts-casebook --test it campaign -- --nocapture

fuzz: ## Coverage-guided fuzzing of the loader and the evaluator (needs cargo-fuzz and a nightly compiler; runs until stopped)
	cd fuzz && cargo +nightly fuzz run case_file

format: ## Format the code
	$(CARGO) fmt --all

release: $(ASSETS)/app.css ## The optimised program, in target/release/whereabouts
	$(CARGO) build --release --locked --package whereabouts-cli

completions: build ## Shell completions and the manual page, in target/share
	@mkdir -p target/share
	@for shell in bash zsh fish; do $(RUN) completions $$shell > target/share/whereabouts.$$shell; done
	@$(RUN) man > target/share/whereabouts.1
	@ls target/share

schema: build ## Write docs/case-file.schema.json anew from the vocabulary
	$(RUN) case schema > docs/case-file.schema.json

clean: ## Remove what was built
	$(CARGO) clean

# Tools that the lints need, in a folder of the build. python3-venv is a Debian package.
$(TOOLS)/ready: Makefile
	@mkdir -p $(TOOLS)
	@python3 -m venv $(VENV) 2>/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv $(VENV))
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check typos==1.52.0
	@test -x $(TOOLS)/bin/cargo-machete || $(CARGO) install --quiet --locked --root $(TOOLS) cargo-machete --version 0.9.2
	@touch $@
