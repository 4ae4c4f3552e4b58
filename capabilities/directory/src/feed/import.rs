//! Listings from files: one service in each line, or a list of them, of either version.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use serde_json::Value;
use stour_web::House;

use super::source::contents;
use super::store;
use super::sync::{Record, store_batch, understood};
use super::{Counts, Feed, FeedName, Note, Run, RunState};
use crate::error::DirectoryError;
use crate::listing::Role;

/// Records stored in one transaction.
const AT_ONCE: usize = 200;
/// The largest file that is read as one list, in bytes; one service in each line has no limit.
const LARGEST_LIST: u64 = 512 * 1024 * 1024;

/// Imports a file as what a feed of files has. Nothing is withdrawn: a file need not be all of it.
///
/// # Errors
/// [`DirectoryError::Refused`] when the file cannot be read, or the feed is one of the web.
pub fn import(
    house: &House,
    file: &Path,
    (name, role): (&FeedName, Role),
    by: &str,
    progress: &mut dyn FnMut(&Run),
) -> Result<Run, DirectoryError> {
    let feed = prepared(house, file, (name, role), by)?;
    let environment = house.environment();
    let now = environment.now();
    let mut run = Run {
        id: environment.id(),
        feed: name.clone(),
        since: now,
        started_at: now,
        ended_at: now,
        state: RunState::Running,
        why: None,
        next_page: 1,
        whole: false,
        counts: Counts::default(),
    };
    let begun = run.clone();
    house
        .database()
        .write_blocking(move |tx| store::begin(tx, &begun))?;
    let mut notes_kept = 0;
    let mut batch = Vec::new();
    let stopped = each_record(file, &mut |record| {
        batch.push(match record {
            Ok(value) => understood(value, &feed, |_| None),
            Err(note) => Record::Aside(note),
        });
        if batch.len() == AT_ONCE {
            let full = std::mem::take(&mut batch);
            run = store_batch(house, run.clone(), &mut notes_kept, full)?;
            progress(&run);
        }
        Ok(())
    });
    let why = match stopped {
        Ok(()) => None,
        Err(DirectoryError::Refused(why)) => Some(why),
        Err(error) => return Err(error),
    };
    run.state = if why.is_some() {
        RunState::Stopped
    } else {
        RunState::Finished
    };
    run.why = why;
    run = store_batch(house, run, &mut notes_kept, batch)?;
    progress(&run);
    Ok(run)
}

/// The feed of files, made when it is new.
fn prepared(
    house: &House,
    file: &Path,
    (name, role): (&FeedName, Role),
    by: &str,
) -> Result<Feed, DirectoryError> {
    let environment = house.environment().clone();
    let of = file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (name, by) = (name.clone(), by.to_owned());
    house.database().write_blocking(move |tx| {
        if let Some(feed) = store::feed(tx, &name)?
            && !feed.is_of_files()
        {
            return Err(DirectoryError::Refused(format!(
                "{name} is read from {}: give the file another name",
                feed.address
            )));
        }
        store::add(tx, &environment, (&name, &format!("file:{of}"), role), &by)?;
        store::feed(tx, &name)?.ok_or(DirectoryError::NotThere)
    })
}

type Take<'t> = dyn FnMut(Result<Value, Box<Note>>) -> Result<(), DirectoryError> + 't;

/// Hands on each record of a file.
fn each_record(file: &Path, take: &mut Take<'_>) -> Result<(), DirectoryError> {
    let refused = |error: std::io::Error| {
        DirectoryError::Refused(format!("{} cannot be read: {error}", file.display()))
    };
    let mut reader = BufReader::new(File::open(file).map_err(refused)?);
    let start = reader.fill_buf().map_err(refused)?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = start
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace());
    let first_line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let whole = first == Some(b'[') || serde_json::from_slice::<Value>(first_line).is_err();
    if !whole {
        return each_line(reader, take, refused);
    }
    let mut text = Vec::new();
    reader
        .take(LARGEST_LIST)
        .read_to_end(&mut text)
        .map_err(refused)?;
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    match serde_json::from_slice::<Value>(text) {
        Ok(list) => {
            let items = match contents(list.clone()) {
                Ok((items, ..)) => items,
                Err(_) => vec![list],
            };
            items.into_iter().try_for_each(|item| take(Ok(item)))
        }
        // Lines, the first of which is not whole: each is told.
        Err(_) if text.contains(&b'\n') && first == Some(b'{') => each_line(text, take, refused),
        Err(error) => Err(DirectoryError::Refused(format!(
            "{} is no JSON: {error}",
            file.display()
        ))),
    }
}

fn each_line(
    reader: impl std::io::BufRead,
    take: &mut Take<'_>,
    refused: impl Fn(std::io::Error) -> DirectoryError,
) -> Result<(), DirectoryError> {
    for (number, line) in (1..).zip(reader.split(b'\n')) {
        let line = line.map_err(&refused)?;
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let read = serde_json::from_slice(line);
        take(read.map_err(|error| Box::new(unread_line(number, line, &error))))?;
    }
    Ok(())
}

/// That a line is no record.
fn unread_line(number: usize, line: &[u8], error: &serde_json::Error) -> Note {
    let was = String::from_utf8_lossy(line);
    Note {
        set_aside: true,
        source_id: format!("line {number}"),
        place: String::new(),
        was: was.chars().filter(|next| *next != '\0').take(160).collect(),
        became: None,
        why: format!("it is no JSON: {error}"),
    }
}
