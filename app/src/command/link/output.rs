//! Files that are written whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

/// Refuses outputs that cannot be written, or that would overwrite an input or one another, before
/// anything is read.
///
/// # Errors
/// With the file and what to do.
pub(super) fn check(outputs: &[&Path], inputs: &[&Path]) -> anyhow::Result<()> {
    let real = |path: &Path| path.canonicalize().ok();
    for (place, output) in outputs.iter().enumerate() {
        let name = output.display();
        ensure!(!output.is_dir(), "{name} is a folder: name a file in it");
        ensure!(
            folder(output).is_dir(),
            "{name} cannot be written: there is no folder {}",
            folder(output).display()
        );
        let is_input = real(output).is_some_and(|path| {
            inputs
                .iter()
                .any(|input| real(input).as_ref() == Some(&path))
        });
        ensure!(!is_input, "{name} is also read: write to another file");
        ensure!(
            !outputs.iter().take(place).any(|other| other == output),
            "{name} is to be written twice"
        );
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A file that is written beside its place, and put there when it is complete.
pub(super) struct Output {
    name: String,
    /// Where it is written meanwhile, and where it goes then; none for what is no file, such as a pipe.
    moves: Option<(PathBuf, PathBuf)>,
    out: BufWriter<File>,
}

impl Output {
    /// Begins a file.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub(super) fn create(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let moves = if path.exists() && !path.is_file() {
            None
        } else {
            let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let file = path
                .file_name()
                .with_context(|| format!("{name} names no file"))?;
            let beside = format!(".{}.{}.part", file.to_string_lossy(), std::process::id());
            Some((folder(&path).join(beside), path))
        };
        let meanwhile = moves.as_ref().map_or(path, |(meanwhile, _)| meanwhile);
        let out = File::create(meanwhile).with_context(|| format!("{name} cannot be written"))?;
        Ok(Self {
            name,
            moves,
            out: BufWriter::with_capacity(1 << 18, out),
        })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When it cannot be written to the end.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        let done = self.out.flush().and_then(|()| match &self.moves {
            Some((meanwhile, path)) => std::fs::rename(meanwhile, path),
            None => Ok(()),
        });
        done.with_context(|| format!("{} cannot be written", self.name))?;
        self.moves = None;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((meanwhile, _)) = &self.moves {
            // There is nothing to do about a file that cannot be removed.
            let _ = std::fs::remove_file(meanwhile);
        }
    }
}

/// Writes rows under a heading.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn rows<R>(
    path: &Path,
    heading: R,
    write: impl FnOnce(&mut csv::Writer<Output>) -> csv::Result<()>,
) -> anyhow::Result<()>
where
    R: IntoIterator<Item: AsRef<[u8]>>,
{
    let cannot = || format!("{} cannot be written", path.display());
    let mut out = csv::Writer::from_writer(Output::create(path)?);
    out.write_record(heading).with_context(cannot)?;
    write(&mut out).with_context(cannot)?;
    let out = out
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)
        .with_context(cannot)?;
    out.finish()
}

/// Writes a text.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn text(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut out = Output::create(path)?;
    out.write_all(text.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    out.finish()
}
