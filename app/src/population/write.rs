//! Writing a population as files: one table for people, one for events, one for relationships, and
//! hospital messages where they are wanted.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use stour_population::{Block, EventRow, PersonRow, RelationshipRow};

use super::{Chunk, stays, story, table};

/// The files of a population, being written.
#[derive(Debug)]
pub struct Files {
    people: BufWriter<File>,
    events: BufWriter<File>,
    relationships: BufWriter<File>,
    messages: Option<BufWriter<File>>,
}

/// A block as text, made away from the thread that writes.
#[derive(Debug)]
pub struct Text {
    people: Vec<u8>,
    events: Vec<u8>,
    relationships: Vec<u8>,
    messages: Vec<u8>,
    /// How many people.
    pub count: u64,
}

impl Files {
    /// Begins the files in a folder. None of them may be there: a population is not written over.
    ///
    /// # Errors
    /// When the folder cannot be written, or one of the files is there.
    pub fn begin(folder: &Path, with_messages: bool) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let begin = |name: &str| {
            let path = folder.join(name);
            let file = File::create_new(&path);
            let file = file
                .with_context(|| format!("cannot write {}: choose another folder", path.display()));
            file.map(|file| BufWriter::with_capacity(1 << 20, file))
        };
        let mut files = Self {
            people: begin(table::PEOPLE)?,
            events: begin(table::EVENTS)?,
            relationships: begin(table::RELATIONSHIPS)?,
            messages: with_messages.then(|| begin(table::MESSAGES)).transpose()?,
        };
        for (file, columns) in [
            (&mut files.people, table::PERSON_COLUMNS.as_slice()),
            (&mut files.events, table::EVENT_COLUMNS.as_slice()),
            (
                &mut files.relationships,
                table::RELATIONSHIP_COLUMNS.as_slice(),
            ),
        ] {
            writeln!(file, "{}", columns.join(","))?;
        }
        Ok(files)
    }

    /// Writes a block.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn take(&mut self, text: &Text) -> anyhow::Result<()> {
        self.people.write_all(&text.people)?;
        self.events.write_all(&text.events)?;
        self.relationships.write_all(&text.relationships)?;
        if let Some(messages) = &mut self.messages {
            messages.write_all(&text.messages)?;
        }
        Ok(())
    }

    /// Ends the files.
    ///
    /// # Errors
    /// When the disk does not take what is left.
    pub fn finish(self) -> anyhow::Result<()> {
        let files = [
            Some(self.people),
            Some(self.events),
            Some(self.relationships),
            self.messages,
        ];
        for file in files.into_iter().flatten() {
            file.into_inner()
                .map_err(std::io::IntoInnerError::into_error)?
                .sync_all()?;
        }
        Ok(())
    }
}

impl Text {
    /// A block as text.
    ///
    /// # Errors
    /// When something in it cannot be written, which nothing that the generator makes is.
    pub fn of(block: &Block, with_messages: bool) -> anyhow::Result<Self> {
        let (mut people, mut events, mut relationships) = (table(), table(), table());
        let mut count = 0;
        for household in &block.households {
            for person in &household.people {
                people.serialize(PersonRow::new(household, person))?;
                count += 1;
                for event in &person.history {
                    events.serialize(EventRow::new(person, event)?)?;
                }
            }
            for relationship in &household.relationships {
                relationships.serialize(RelationshipRow::from(*relationship))?;
            }
        }
        let messages = if with_messages {
            messages(&Chunk::of(block)?)?
        } else {
            Vec::new()
        };
        Ok(Self {
            people: bytes(people)?,
            events: bytes(events)?,
            relationships: bytes(relationships)?,
            messages,
            count,
        })
    }
}

fn table() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new())
}

fn bytes(table: csv::Writer<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    table
        .into_inner()
        .map_err(|error| anyhow::anyhow!("{error}"))
}

/// What the hospitals would have sent of these people, in the order in which it happened.
fn messages(chunk: &Chunk) -> anyhow::Result<Vec<u8>> {
    let stories = stays(chunk)?
        .into_iter()
        .map(|(person, event, stay)| story(person, event, &stay));
    let stories = stories.collect::<anyhow::Result<Vec<_>>>()?;
    stour_flow::adt::messages(&stories).context("a hospital message could not be written")
}
