# make run    builds Tophash and opens the first lesson (without a display: exports it to out/)
# make test   builds and runs every test; make test T=memory only those with "memory" in their path
#
# Both install what is missing (tools/setup.sh). Daily work besides:
#   build, debug      build/tophash, build/debug/tophash (with address and undefined sanitizers)
#   bench             every tests/**/*_bench.c, release
#   fuzz, soak        every tests/**/*_fuzz.c for FUZZ_SECONDS each; long random runs
#   oracle            compares with the real Go runtime; takes Go
#   lint, format      clang-format, clang-tidy, cppcheck; format rewrites the sources
#   install, clean    PREFIX and DESTDIR as usual; clean removes build/ and out/

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 30
LESSON = scripts/ch1-read-write.lua
NAMES_OF = $(basename $(notdir $(shell find tests -name '*_$(1).c' | sort)))
TESTS = $(basename $(notdir $(shell find tests -name '*_test.c' | grep -e '$(T)' | sort)))

.PHONY: build run test debug bench fuzz soak oracle lint format install clean
.NOTPARALLEL:

build:
	@tools/setup.sh build
	@tools/build.sh release

run:
	@tools/setup.sh run
	@tools/build.sh release
	@tools/run.sh $(LESSON)

# Release too: tests compare what the two builds make.
test:
	@tools/setup.sh test
	@tools/build.sh release
	@tools/build.sh debug
	@TH_TESTS=1 tools/build.sh debug th_testing $(TESTS)
	@tests/run.sh '$(T)'

debug:
	@tools/setup.sh build
	@tools/build.sh debug

bench:
	@tools/setup.sh test
	@TH_TESTS=1 tools/build.sh release th_testing $(call NAMES_OF,bench)
	@set -e; for name in $(call NAMES_OF,bench); do build/bench/$$name; done

# A fuzzer takes the seconds to run; it prints its seed and fails when it finds something.
fuzz:
	@tools/setup.sh test
	@TH_TESTS=1 tools/build.sh debug th_testing $(call NAMES_OF,fuzz)
	@set -e; for name in $(call NAMES_OF,fuzz); do build/debug/fuzz/$$name $(FUZZ_SECONDS); done

soak oracle: build
	@tests/$@/run.sh

lint:
	@tools/setup.sh lint
	@tools/lint.sh

format:
	@tools/setup.sh lint
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

install: build
	install -D build/tophash '$(DESTDIR)$(PREFIX)/bin/tophash'
	mkdir -p '$(DESTDIR)$(PREFIX)/share/tophash'
	cp -R $(wildcard scripts assets) '$(DESTDIR)$(PREFIX)/share/tophash/'

clean:
	rm -rf build out
