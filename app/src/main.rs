//! The `stour` program: a list of the capabilities, and the command line.

fn main() -> anyhow::Result<()> {
    Ok(())
}
