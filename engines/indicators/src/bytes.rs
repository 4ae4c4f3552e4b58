//! Columns as bytes and back: little-endian, each column after its length.

use std::io::{self, Read, Write};

use crate::columns::{Columns, MALE};
use crate::day::Day;

/// How many bytes are turned over at once.
const AT_ONCE: usize = 1 << 16;

impl Columns {
    /// Writes every column.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        put(out, &self.id, |id| id.to_le_bytes())?;
        put(out, &self.born, |born| born.to_le_bytes())?;
        put(out, &self.died, |day| day.number().to_le_bytes())?;
        put(out, &self.sex, |sex| [*sex])?;
        put(out, &self.area, |area| area.to_le_bytes())?;
        put(out, &self.home, |place| place.to_le_bytes())?;
        put(out, &self.until, |until| until.to_le_bytes())?;
        put(out, &self.description, |number| number.to_le_bytes())?;
        put(out, &self.place, |place| place.to_le_bytes())?;
        put(out, &self.started, |day| day.number().to_le_bytes())?;
        put(out, &self.ended, |day| day.number().to_le_bytes())?;
        put(out, &self.quantity, |quantity| quantity.to_le_bytes())?;
        put(out, &self.cost, |cost| cost.to_le_bytes())
    }

    /// Reads what [`Columns::write`] wrote.
    ///
    /// # Errors
    /// Those of the reader; invalid data where the columns do not fit each other.
    pub fn read(from: &mut impl Read) -> io::Result<Self> {
        let day = |bytes| Day::new(i32::from_le_bytes(bytes));
        let columns = Self {
            id: get(from, u128::from_le_bytes)?,
            born: get(from, i32::from_le_bytes)?,
            died: get(from, day)?,
            sex: get(from, |[sex]: [u8; 1]| sex)?,
            area: get(from, u32::from_le_bytes)?,
            home: get(from, u32::from_le_bytes)?,
            until: get(from, u32::from_le_bytes)?,
            description: get(from, u32::from_le_bytes)?,
            place: get(from, u32::from_le_bytes)?,
            started: get(from, day)?,
            ended: get(from, day)?,
            quantity: get(from, i32::from_le_bytes)?,
            cost: get(from, i64::from_le_bytes)?,
        };
        if columns.fit() {
            Ok(columns)
        } else {
            Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the columns do not fit each other",
            ))
        }
    }

    fn fit(&self) -> bool {
        let people = [
            self.born.len(),
            self.died.len(),
            self.sex.len(),
            self.area.len(),
            self.home.len(),
            self.until.len(),
        ];
        let facts = [
            self.place.len(),
            self.started.len(),
            self.ended.len(),
            self.quantity.len(),
            self.cost.len(),
        ];
        people.iter().all(|length| *length == self.people())
            && facts.iter().all(|length| *length == self.facts())
            && self.sex.iter().all(|sex| *sex <= MALE)
            && self.until.is_sorted()
            && self
                .until
                .last()
                .map_or(0, |last| crate::columns::index(*last))
                == self.facts()
    }
}

fn put<T, const N: usize>(
    out: &mut impl Write,
    column: &[T],
    bytes: impl Fn(&T) -> [u8; N],
) -> io::Result<()> {
    let length = u64::try_from(column.len()).unwrap_or(u64::MAX);
    out.write_all(&length.to_le_bytes())?;
    let mut buffer = Vec::with_capacity(AT_ONCE);
    for some in column.chunks(AT_ONCE / N) {
        buffer.clear();
        for value in some {
            buffer.extend_from_slice(&bytes(value));
        }
        out.write_all(&buffer)?;
    }
    Ok(())
}

fn get<T, const N: usize>(
    from: &mut impl Read,
    value: impl Fn([u8; N]) -> T,
) -> io::Result<Vec<T>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX);
    let at_once = AT_ONCE / N;
    // A length that is wrong is found when the bytes end, before memory is taken for it.
    let mut column = Vec::new();
    let mut buffer = vec![0; AT_ONCE];
    while column.len() < length {
        let some = at_once.min(length - column.len());
        let Some(bytes) = buffer.get_mut(..some * N) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        from.read_exact(bytes)?;
        let (values, _) = bytes.as_chunks::<N>();
        if column.is_empty() {
            column.reserve_exact(length.min(1 << 24));
        }
        column.extend(values.iter().map(|bytes| value(*bytes)));
    }
    Ok(column)
}
