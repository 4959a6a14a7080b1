# The front door. Everything real is in meson.build, tests/run and tools/setup/install.

port := $(or $(WEERKLANK_PORT),8600)
# Not what a test compares letter for letter, or refuses.
sources = $(shell git ls-files 'src/*.[ch]' 'tools/*.[ch]' 'tests/*.[ch]' ':!*.expected.[ch]' ':!tools/tests/*/reject/*')

help: ## what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: program ## install what is missing, build, and start with a demo school (WEERKLANK_PORT=8600)
	@build/weerklank demo --state var
	@echo "Open http://127.0.0.1:$(port)"
	@exec build/weerklank serve --database sqlite:var/weerklank.sqlite --state var --listen 127.0.0.1:$(port)

program: ## only build: build/weerklank
	@tools/setup/install build
	@test -f build/build.ninja || meson setup build --buildtype=release -Dtests=false
	@ninja -C build --quiet weerklank

test: ## everything to run before a commit; closes with: N passed, N failed
	@tools/setup/install build test
	@tests/run

soak: ## longer: fuzzing, the thread sanitizer, kill -9 loops (SOAK_SECONDS=60 per fuzz target)
	@tools/setup/install build test soak
	@tests/run soak

bench: program ## measure the limits of ARCHITECTURE §9
	@tools/setup/install build bench
	@bench/run

lint: ## clang-tidy, cppcheck, shellcheck, and whether the layout is ours
	@tools/setup/install build test lint
	@tests/lint $(sources)

format: ## lay the C code out as .clang-format says
	@tools/setup/install lint
	@clang-format -i $(sources)

fresh: ## prove `make run` and `make test` in an empty Debian 12 and 13 (root, network)
	tests/fresh/check.sh bookworm
	tests/fresh/check.sh trixie

clean: ## remove what was built; keeps var/, where the demo school lives
	rm -rf build build-* tests/browser/node_modules

.PHONY: help run program test soak bench lint format fresh clean
