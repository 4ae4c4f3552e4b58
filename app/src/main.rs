//! The `stour` program. See `stour --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    stour::program::run(std::env::args_os())
}
