# Lũy Tre. `make run` to try it, `make test` to check it; the rest is for working on it.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
export PATH := $(CURDIR)/.tools/node_modules/node/bin:$(PATH)
JOBS ?= 2

WEB_SOURCES = $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: run test bench fuzz tsan format lint clean setup server web

run: setup server web
	@exec build/release/apps/luytre/luytre demo

test: setup web
	@cmake --preset asan+ubsan --log-level=WARNING >/dev/null
	cmake --build --preset asan+ubsan -j $(JOBS)
	node tests/run.mjs

bench: setup web
	@cmake --preset release --log-level=WARNING >/dev/null
	cmake --build --preset release -j $(JOBS) --target luytre luytre_bench
	cd bench && npm ci --no-audit --no-fund --loglevel=error && cd ..
	node bench/run.mjs

fuzz: setup
	@cmake --preset fuzz --log-level=WARNING >/dev/null
	cmake --build --preset fuzz -j $(JOBS)
	node tools/fuzz.mjs

# The thread sanitizer over what is fed, merged and asked at once.
tsan: setup
	@cmake --preset tsan --log-level=WARNING >/dev/null
	cmake --build --preset tsan -j $(JOBS) --target presence_index_test tracing_test
	node tools/tsan.mjs

format: setup
	@git ls-files '*.h' '*.cpp' '*.c' | xargs clang-format-14 -i

lint: setup
	@node tools/lint.mjs
	git ls-files '*.h' '*.cpp' '*.c' | xargs clang-format-14 --dry-run --Werror

setup:
	@./setup.sh

server:
	@cmake --preset release --log-level=WARNING >/dev/null
	cmake --build --preset release -j $(JOBS)

web: build/web.stamp

build/web.stamp: $(WEB_SOURCES)
	@mkdir -p build
	echo "==> building the web apps"
	cd web
	npm ci --no-audit --no-fund --loglevel=error
	npm run --silent build
	touch ../build/web.stamp

clean:
	@rm -rf build web/*/dist web/node_modules
