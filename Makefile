# Two commands do everything: `make run` and `make test`.
.PHONY: run test lint setup build demo-reset

# A target folder outside the checkout may be shared by several checkouts: export CARGO_TARGET_DIR.
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)

# Sets up, builds, makes the demonstration's database if there is none, and serves it.
run: build
	@exec "$(TARGET)/release/stour" demo --data var/demo

# Every test: Rust on SQLite and PostgreSQL, then the browser. Ends with a line of counts.
test: setup
	@tools/test.sh

# Format, lints and spelling.
lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	tools/spelling.sh

build: setup
	cargo build --release --locked -p stour

# What is not written in Rust: the design system's style sheet and behaviour.
setup: foundation/design/assets/node_modules/.package-lock.json

foundation/design/assets/node_modules/.package-lock.json: foundation/design/assets/package-lock.json
	@command -v cargo >/dev/null || { echo "Rust is not here: install it with rustup, as https://rustup.rs says." >&2; exit 1; }
	@command -v npm >/dev/null || { echo "Node is not here: install Node.js 20 or later, with npm." >&2; exit 1; }
	npm ci --prefix foundation/design/assets --no-audit --no-fund

# Forgets the demonstration's database, so that the next `make run` makes it anew.
demo-reset:
	rm -rf var/demo
