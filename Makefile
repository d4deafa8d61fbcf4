# make run     build and open the explorer on a sample problem, offline
# make test    build and run every test
# make serving-environment  transformers' server for the tests that speak to it, into the user's cache (1.5 GB or more)
# make trainer  what the trainers sft, dpo and critic run on: TRL, into the user's cache (1.5 GB or more)
# make install  puts the program and its files below PREFIX (/usr/local)
# make dist    the same as an archive, to unpack on a machine without Swift
# make docs    the documentation as pages to browse
# make fuzz    every reader of outside bytes, a million inputs each (hours; TARGET=NAME for one, RUNS=N for another number), and
#              100,000 random keys, mouse events and sizes against a live search (about two minutes; TARGET=input)
# make sanitize  the tests of every module with the address and the thread sanitizer (TESTS=all for those of the whole program)
# make bench   figures of the engine, the journal and the embedded model (about two minutes)
# make table   the accuracy table of the README (some minutes)
# make evaluation  the page and plot of the methods at equal budgets on both tiers (up to an hour; goes on where it was stopped)
# make demo    one round of self-improvement, offline: imagine, search, filter, train, evaluate, promote (some minutes)
# make improvement  the experiment behind the page Improvement (hours; goes on where it was stopped)
# make model   train the embedded models again (Python; about two hours)
# make careless  train the careless policy again, from the embedded one (Python without packages; about a minute)
# make demonstrations  record the demonstrations and the README's picture anew
# make format, make lint

SWIFT ?= swift
SOURCES := Package.swift Sources Tests
PYTHON ?= python3
WORK ?= .build-model
DEMO ?= .build/demo
IMPROVEMENT ?= .build-improvement
EVALUATION ?= --first 200 --seeds 1,2,3 --budgets 4,8,16,32 --preset etascope --set final.selection=evidence --set evidence.outcome=1.03 --set evidence.none=0.81 --methods greedy,majority,bestOfN,merged,search
ARGS ?= --problem dev-0003
PREFIX ?= /usr/local

.PHONY: run demo improvement build test serving-environment trainer install dist docs fuzz sanitize bench table evaluation model demonstrations format lint careless

run: build
	@.build/release/etascope explore $(ARGS)

build:
	@.ci/install
	@$(SWIFT) build -c release --product etascope

test:
	@.ci/install tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

serving-environment:
	@.ci/serving

trainer:
	@.ci/trainer

install: build
	@.ci/package "$(abspath $(PREFIX))"

dist: build
	@.ci/package --archive

docs:
	@.ci/install
	@.ci/docs

fuzz:
	@RUNS="$(RUNS)" .ci/fuzz $(TARGET)

sanitize:
	@.ci/sanitize address
	@.ci/sanitize thread

bench: build
	@for n in 1000 100000 1000000; do .build/release/etascope benchmark synthetic --simulations $$n || exit; done
	@.build/release/etascope benchmark journal
	@.build/release/etascope benchmark model

table: build
	@.build/release/etascope evaluate SampleData/Problems/test.jsonl SampleData/Problems/hard.jsonl --first 200 --seeds 1,2,3 \
	  --budgets 16 --preset etascope --set final.selection=evidence --set evidence.outcome=1.03 --set evidence.none=0.81 \
	  --methods greedy,majority,bestOfN,search --table

evaluation: build
	@.ci/evaluation SampleData/Problems/test.jsonl SampleData/Problems/hard.jsonl $(EVALUATION)

demo: build
	@mkdir -p "$(DEMO)"
	@.build/release/etascope improve --demo --workspace "$(DEMO)/demo.sqlite" --report "$(DEMO)/report"
	@echo "the rounds screen: .build/release/etascope explore --workspace $(DEMO)/demo.sqlite, then R"

improvement: build
	@.ci/improvement "$(IMPROVEMENT)"

model:
	@$(PYTHON) -m pip install -q -r SampleData/Models/Training/requirements.txt
	@SampleData/Models/Training/make-model "$(WORK)"

careless: build
	@ETASCOPE=.build/release/etascope PYTHON="$(PYTHON)" SampleData/Models/Training/make-careless "$(WORK)"

demonstrations: build
	@ETASCOPE=.build/release/etascope .ci/demonstrations

format:
	@$(SWIFT) format format -i -r --configuration .swift-format $(SOURCES)

lint:
	@$(SWIFT) format lint --strict -r --configuration .swift-format $(SOURCES)
