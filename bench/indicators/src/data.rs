//! Made-up people and facts: the same seed makes the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use stour_indicators::{Columns, Day, Event, Person};
use stour_kernel::Date;

use crate::measures::{AS_OF, FIRST, LAST, LOCALITIES, Words, population, weights};

/// Steele, Lea and Flood: Fast splittable pseudorandom number generators (2014).
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from one to another, both included.
    fn between(&mut self, from: i32, to: i32) -> i32 {
        let many = u64::from(to.abs_diff(from)) + 1;
        from + i32::try_from(self.next() % many).unwrap_or_default()
    }
}

/// The kinds of facts: how many of a hundred, and the fewest and most days that they last.
fn kind(random: &mut Random) -> (usize, i32) {
    let (kind, shortest, longest) = match random.between(0, 99) {
        0..=9 => (18, 1, 20),
        10..=12 => (17, 30, 900),
        13..=14 => (19, 14, 42),
        15..=19 => (14, 0, 30),
        other => (usize::try_from(other % 17).unwrap_or_default(), 0, 0),
    };
    (kind, random.between(shortest, longest))
}

/// Makes people and facts, and writes them as columns for Stour and as lines for its peers.
pub(crate) fn generate(folder: &Path, people: u32, facts: u32, seed: u64) -> Result<()> {
    let mut random = Random(seed);
    let words = Words::new();
    let counts = counts(&mut random, people, facts)?;
    let file = |name: &str| -> Result<BufWriter<File>> {
        let path = folder.join(name);
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        Ok(BufWriter::new(file))
    };
    let (mut person_lines, mut event_lines) = (file("people.csv")?, file("events.csv")?);
    writeln!(person_lines, "person,born,died")?;
    writeln!(
        event_lines,
        "person,locality,kind,flag,started,ended,quantity"
    )?;
    let (mut columns, mut before) = (Columns::default(), Columns::default());
    for (number, count) in counts.into_iter().enumerate() {
        let person = person(&mut random, &words, number)?;
        let locality = number % LOCALITIES;
        writeln!(
            person_lines,
            "{number},{},{}",
            person.born.map(|born| born.to_string()).unwrap_or_default(),
            written(person.died)
        )?;
        let mut events = Vec::new();
        for _ in 0..count {
            let (kind, flag, event) = event(&mut random, &words, person.place);
            writeln!(
                event_lines,
                "{number},{locality},{kind},{},{},{},{}",
                u8::from(flag),
                written(event.started),
                written(event.ended),
                event.quantity
            )?;
            events.push(event);
        }
        columns.push(&person, &mut events);
        events.retain(|event| event.started < LAST.first());
        before.push(&person, &mut events);
    }
    person_lines.flush()?;
    event_lines.flush()?;
    for (columns, name) in [(&columns, "columns"), (&before, "columns-before")] {
        let mut out = file(name)?;
        columns.write(&mut out)?;
        out.flush()?;
    }
    let mut out = file("populations.csv")?;
    populations(&mut out)?;
    Ok(out.flush()?)
}

/// How many facts each person has: a fifth of them are about a twentieth of the people.
fn counts(random: &mut Random, people: u32, facts: u32) -> Result<Vec<u32>> {
    let busy = people / 20;
    let mut counts = vec![0_u32; usize::try_from(people)?];
    for fact in 0..facts {
        let place = if fact % 5 == 0 {
            random.next() % u64::from(busy.max(1))
        } else {
            u64::from(busy) + random.next() % u64::from(people - busy)
        };
        if let Some(count) = counts.get_mut(usize::try_from(place)?) {
            *count += 1;
        }
    }
    Ok(counts)
}

/// A fact, with its kind and flag.
fn event(random: &mut Random, words: &Words, place: u32) -> (usize, bool, Event) {
    let (kind, days) = kind(random);
    let started = Day::new(random.between(FIRST.first().number(), AS_OF.number()));
    let ended = Some(started.plus(days)).filter(|ended| *ended <= AS_OF);
    let flag = random.between(0, 2) == 0;
    let event = Event {
        description: words.description(kind, flag),
        place,
        started,
        ended: ended.unwrap_or(Day::NEVER),
        quantity: random.between(1, 480),
        cost: 0,
    };
    (kind, flag, event)
}

fn person(random: &mut Random, words: &Words, number: usize) -> Result<Person> {
    // Of all ages, and born before anything is counted.
    let born = Date::new(
        i16::try_from(random.between(1920, 2011))?,
        i8::try_from(random.between(1, 12))?,
        i8::try_from(random.between(1, 28))?,
    )?;
    let died = match random.between(0, 99) {
        0..=4 => Day::new(random.between(FIRST.first().number(), AS_OF.number())),
        _ => Day::NEVER,
    };
    Ok(Person {
        id: u128::try_from(number)?,
        born: Some(born),
        died,
        female: Some(random.between(0, 1) == 0),
        area: words.area,
        place: words.place(number % LOCALITIES),
    })
}

fn written(day: Day) -> String {
    let date = day.is_known().then(|| day.date()).flatten();
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The people of each place, and what one fact adds to its standardised rates.
fn populations(out: &mut impl Write) -> Result<()> {
    writeln!(out, "locality,band,people,weight")?;
    for locality in 0..=LOCALITIES {
        let bands = population(locality).into_iter().zip(weights(locality));
        for (band, (people, weight)) in bands.enumerate() {
            writeln!(out, "{locality},{band},{people},{weight}")?;
        }
    }
    Ok(())
}
