# Verbs of the house. A bare `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
CARGO ?= cargo
TOOLS := target/tools
VENV := $(TOOLS)/venv
RUN := target/debug/whereabouts
ASSETS := crates/web/assets
# How the program is built. `make test` has it from the tests, and does not build it again with other features of its dependencies.
BUILD := $(CARGO) build --package whereabouts-cli --locked

.PHONY: advisories alone tools help assets demo examples test lint format unit policies browser pictures rulebooks metamorphic semantic-mutants sabotage county-years mutants-rulebook kills torture failover follower drill bench bench-engine bench-growth bench-import bench-match bench-pages bench-store bench-trouble bench-verify dist monday build release static completions matrix drawn schema campaign fuzz clean

help: ## List these verbs
	@echo "Whereabouts: who must do what, by when, and why, for a child who is missing."
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20 | sed 's/^/  make /'

demo: build ## Serve a made-up county at http://127.0.0.1:8080, and say as whom to sign in
	@$(RUN) demo

examples: build ## Print the ten worked examples, each with its duties
	@$(RUN) examples

test: lint unit ## Run everything: lints, tests on both databases, rulebooks with their mutants
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target rulebooks browser BUILD=true

lint: $(TOOLS)/ready $(ASSETS)/app.css ## Formatting, clippy, spelling, unused dependencies, docs
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(VENV)/bin/typos README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md docs rulebooks
	@python3 scripts/semantic_mutants.py --check
	@python3 scripts/sabotage.py --check
	$(TOOLS)/bin/cargo-machete --skip-target-dir crates
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

unit: $(TOOLS)/ready $(ASSETS)/app.css policies ## Tests of every crate, on both databases
	$(CARGO) test --workspace --locked --quiet

# Cedar is built for this alone: the product has the answers of the policies as a table.
policies: ## Validate policy/*.cedar, and hold policy/matrix.txt equal to what they answer
	$(CARGO) test --locked --quiet --package whereabouts-policy --features cedar --test it

# Three files of tests at a time: each starts the product for itself, and most of the time it waits.
browser: build $(TOOLS)/chromium ## The pages in a real Chromium: the story, every page by every role, trouble; pictures in target/screenshots
	node --test --test-concurrency=3 tests/browser/*.test.mjs

pictures: build $(TOOLS)/chromium ## Write the pictures of the README anew, in docs/pictures
	@command -v pngquant >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends pngquant)
	node tests/browser/pictures.mjs
	pngquant --force --ext .png --quality 70-95 --speed 1 --strip docs/pictures/*.png
	@ls -l docs/pictures

build: $(ASSETS)/app.css ## Build the program, in target/debug/whereabouts
	@$(BUILD)

assets: $(ASSETS)/app.css ## Style sheets and scripts of the pages, from npm, in crates/web/assets

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent
	@touch $@

$(ASSETS)/app.css: node_modules/.package-lock.json $(wildcard crates/web/styles/*.scss crates/web/scripts/*.js crates/web/images/*)
	@mkdir -p $(ASSETS)
	@rm -f $(ASSETS)/*
	@cp crates/web/images/* $(ASSETS)
	npm run --silent scripts
	npm run --silent styles

rulebooks: build ## Check the rulebooks, run their scenarios, their coverage, their mutants and a short campaign
	$(RUN) rulebook check
	$(RUN) rulebook test
	$(RUN) rulebook coverage
	$(RUN) rulebook mutants
	$(RUN) rulebook metamorphic --cases 150

metamorphic: build ## Change every scenario and example in ways that must not matter, and compare the answers (CASES=400 a property, SEED=1)
	$(RUN) rulebook metamorphic --show --cases $(or $(CASES),400) --seed $(or $(SEED),1)

semantic-mutants: ## Break the rules of the semantics one by one, in a copy: the campaign must notice each (minutes; ONLY=away for one)
	@python3 scripts/semantic_mutants.py $(if $(ONLY),--only $(ONLY))

sabotage: $(ASSETS)/app.css ## Build with one safeguard broken at a time, in a copy: the tests must notice each (most of an hour; ONLY=session for one)
	@python3 scripts/sabotage.py $(if $(ONLY),--only "$(ONLY)")

mutants-rulebook: build ## Drop each exception, limit, recipient and objection in turn: none may survive
	$(RUN) rulebook mutants

kills: $(TOOLS)/ready $(ASSETS)/app.css ## Kill the store 100 times while ten write, on both databases: nothing acknowledged is lost
	KILLS=100 $(CARGO) test --workspace --locked --quiet --test it killed::no_acknowledged -- --nocapture | grep kills

torture: $(TOOLS)/ready $(ASSETS)/app.css ## Kills, power losses, faults of the disk, lost replies, tamperings, at length (hours; KILLS=, LOSSES=, FAULTS=, RETRIES=, TAMPERINGS=, SEED=)
	set -o pipefail; KILLS=$(or $(KILLS),10000) LOSSES=$(or $(LOSSES),10000) FAULTS=$(or $(FAULTS),100000) RETRIES=$(or $(RETRIES),100000) TAMPERINGS=$(or $(TAMPERINGS),10000) SEED=$(or $(SEED),1) \
	  $(CARGO) test --workspace --locked --quiet --test it -- --nocapture --test-threads=1 killed::no_acknowledged power:: faults:: retries:: campaign::every_tampering | grep -oE '(sqlite|postgres): .*|.*panicked.*|.*FAILED.*'

county-years: $(ASSETS)/app.css ## Live through years in made-up counties with a year's trouble, and look after each step that nothing is lost (YEARS=100 SEED=1 DAYS=365)
	YEARS=$(or $(YEARS),100) SEED=$(or $(SEED),1) DAYS=$(or $(DAYS),365) $(CARGO) test --release --locked --quiet --package whereabouts-actions --test it -- county_year --nocapture

failover: $(TOOLS)/ready ## Stop PostgreSQL at once while ten write, promote its synchronous standby, again and again: nothing acknowledged is lost (FAILOVERS=20)
	set -o pipefail; FAILOVERS=$(or $(FAILOVERS),20) $(CARGO) test --workspace --locked --quiet --test it -- --ignored --nocapture failover:: | grep -oE 'postgres: .*|.*panicked.*|.*FAILED.*'

follower: $(TOOLS)/ready $(ASSETS)/app.css ## Kill a server on SQLite while ten write, promote its follower, again and again (FOLLOWER_KILLS=100)
	set -o pipefail; FOLLOWER_KILLS=$(or $(FOLLOWER_KILLS),100) $(CARGO) test --workspace --locked --quiet --test it follower::what_was_acknowledged -- --nocapture | grep -oE 'follower: .*|.*panicked.*|.*FAILED.*'

drill: build ## Destroy a server's files, restore from what another machine pulled, verify, and print the minutes (CHILDREN=100)
	@tests/drill.sh $(RUN)

bench: bench-engine bench-growth bench-store bench-pages ## Print all figures (takes minutes)

bench-engine: ## Print microseconds a child, allocations, and the ratio to zen-engine
	cd bench && $(CARGO) run --release --locked

bench-growth: ## Print how a save, pages, merging and viewing grow with one child's record, 10 to 10,000 entries, in release
	cd bench && $(CARGO) run --release --locked --package whereabouts-bench-growth

bench-store: $(TOOLS)/ready ## Print saves a second beside a bare insert with 1, 10 and 50 writers, on both databases
	cd bench && $(CARGO) run --release --locked --package whereabouts-bench-store

bench-pages: $(TOOLS)/ready release ## Print p50 and p99 of pages and a save with 1 and 50 users, on both databases (takes minutes)
	cd bench && $(CARGO) run --release --locked --package whereabouts-bench-pages

bench-match: release ## Print how many doubles are found, missed and wrongly offered, of 10,000 made-up children (CHILDREN=, SEED=)
	target/release/whereabouts match-figures --children $(or $(CHILDREN),10000) --seed $(or $(SEED),1)

bench-import: release ## Print how long 5,000 made-up children with ten years take to come in by files (CHILDREN=, YEARS=)
	target/release/whereabouts import-figures --children $(or $(CHILDREN),5000) --years $(or $(YEARS),10)

bench-verify: $(TOOLS)/ready ## Print how many entries a second are verified, at a million, on both databases (ENTRIES=, ONLY=sqlite)
	cd bench && $(CARGO) run --release --locked --package whereabouts-bench-trouble -- verify

bench-trouble: $(TOOLS)/ready release ## Print how pages and alerts stand 320, 1,500 and 5,000 silent connections, and memory in a rush of 1,000 sign-ins (ONLY=sqlite)
	cd bench && $(CARGO) run --release --locked --package whereabouts-bench-trouble -- trouble

advisories: ## Take the security advisories about crates anew into dist/advisories.json, from a checkout of the RustSec database (DB=folder)
	@python3 scripts/advisories.py $(DB)

dist: static ## A Debian package, a static archive, what each is made of (CycloneDX) and checksums, in target/dist
	@$(MAKE) --no-print-directory release
	@dist/build.sh

monday: ## From the package alone, in a fresh root of Debian: installed, first area, first report, backup, wiped, restored, verified; minutes (as root)
	@dist/monday.sh target/dist

alone: ## The program of the archive in a root that holds nothing else: it starts, answers and looks names up (as root, after `make dist`)
	@dist/alone.sh target/dist

campaign: ## A million random cases through the loader and the evaluator, in release (hours; CASES=20000 for fewer)
	PROPTEST_CASES=$(or $(CASES),1000000) $(CARGO) test --release --locked --package whereabouts-engine --package whereabouts-casebook --test it -- properties mangled
	REQUESTS=$(or $(REQUESTS),200000) $(CARGO) test --release --locked --package whereabouts-actions --test it -- campaign

fuzz: ## Coverage-guided fuzzing of the loader and the evaluator (needs cargo-fuzz and a nightly compiler; runs until stopped)
	cd fuzz && cargo +nightly fuzz run case_file

format: ## Format the code
	$(CARGO) fmt --all

release: $(ASSETS)/app.css ## The optimised program, in target/release/whereabouts
	$(CARGO) build --release --locked --package whereabouts-cli

# Everything is built as for `release`, and only the last step differs: the C library is linked in. Cargo keeps both, and leaves the name to the one made last.
static: $(ASSETS)/app.css ## The optimised program without any shared library, in target/release/whereabouts-static
	$(CARGO) rustc --release --locked --package whereabouts-cli --bin whereabouts -- -C target-feature=+crt-static
	@cp target/release/whereabouts target/release/whereabouts-static

completions: build ## Shell completions and the manual page, in target/share
	@mkdir -p target/share
	@for shell in bash zsh fish; do $(RUN) completions $$shell > target/share/whereabouts.$$shell; done
	@$(RUN) man > target/share/whereabouts.1
	@ls target/share

matrix: ## Write policy/matrix.txt anew from the policies: who may do what
	WRITE_MATRIX=1 $(CARGO) test --locked --quiet --package whereabouts-policy --features cedar --test it the_matrix

drawn: ## Write rulebooks/drawn.txt anew: the provisions that people find drawn on the pages
	WRITE_DRAWN=1 $(CARGO) test --workspace --locked --quiet --test it drawn::what_is_listed

schema: build ## Write docs/case-file.schema.json anew from the vocabulary
	$(RUN) case schema > docs/case-file.schema.json

clean: ## Remove what was built
	$(CARGO) clean

tools: $(TOOLS)/ready ## Install what lints and tests need: typos, cargo-machete, PostgreSQL

$(TOOLS)/chromium: Makefile
	@mkdir -p $(TOOLS)
	@test -x /usr/bin/chromium-headless-shell || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation)
	@touch $@

# Tools that lints and tests need, in a folder of the build. python3-venv and postgresql are Debian packages; the tests start their own cluster.
$(TOOLS)/ready: Makefile
	@mkdir -p $(TOOLS)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || (apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql)
	@python3 -m venv $(VENV) 2>/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv $(VENV))
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check typos==1.52.0
	@test -x $(TOOLS)/bin/cargo-machete || $(CARGO) install --quiet --locked --root $(TOOLS) cargo-machete --version 0.9.2
	@touch $@
