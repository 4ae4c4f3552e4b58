//! Dates and times: HL7's TS, `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`.

use std::{fmt, str::FromStr};

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};
use stour_kernel::london;

/// How much of a date and time was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `YYYY`
    Year,
    /// `YYYYMM`
    Month,
    /// `YYYYMMDD`
    Day,
    /// `YYYYMMDDHH`
    Hour,
    /// `YYYYMMDDHHMM`
    Minute,
    /// `YYYYMMDDHHMMSS`
    Second,
    /// Seconds and this many decimal places, 1 to 9.
    Fraction(u8),
}

/// A date and time with the precision and the offset it was sent with.
///
/// Without an offset it is local time in the United Kingdom (HL7: "the local time zone of the
/// sender").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ts {
    start: DateTime,
    precision: Precision,
    offset: Option<Offset>,
}

impl Ts {
    /// A whole day.
    pub fn day(date: Date) -> Self {
        Self {
            start: date.to_datetime(Time::midnight()),
            precision: Precision::Day,
            offset: None,
        }
    }

    /// An instant to the second in local time with its offset, as this system writes them: the
    /// offset tells the two hours apart when clocks go back.
    pub fn instant(at: Timestamp) -> Self {
        let local = at.to_zoned_datetime(london());
        let time = local.time();
        let start = local
            .date()
            .at(time.hour(), time.minute(), time.second(), 0);
        Self {
            start,
            precision: Precision::Second,
            offset: Some(local.offset()),
        }
    }

    /// Local date and time to the minute without offset, as hospital systems mostly write them.
    pub fn minute(at: Timestamp) -> Self {
        let local = at.to_zoned_datetime(london());
        let start = local.date().at(local.hour(), local.minute(), 0, 0);
        Self {
            start,
            precision: Precision::Minute,
            offset: None,
        }
    }

    /// The date; the first day of what was sent if that is a month or a year.
    pub fn date(&self) -> Date {
        self.start.date()
    }

    /// The earliest date and time that was sent, in local time or at the offset.
    pub fn datetime(&self) -> DateTime {
        self.start
    }

    /// How much was sent.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The offset from UTC, if sent.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// The earliest instant it can mean. A local time that falls in the hour when clocks go
    /// forward is moved on by an hour; of the two when clocks go back the first is taken.
    ///
    /// `None` only at the very end of the year 9999.
    pub fn timestamp(&self) -> Option<Timestamp> {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.start).ok(),
            None => london().to_timestamp(self.start).ok(),
        }
    }
}

impl FromStr for Ts {
    type Err = TsError;

    fn from_str(text: &str) -> Result<Self, TsError> {
        let text = text.trim();
        read(text).map_err(|reason| TsError {
            text: text.chars().take(40).collect(),
            reason,
        })
    }
}

fn read(text: &str) -> Result<Ts, TsReason> {
    let (clock, offset) = match text.find(['+', '-']) {
        Some(at) => {
            let (clock, offset) = text.split_at_checked(at).unwrap_or((text, ""));
            (clock, Some(read_offset(offset)?))
        }
        None => (text, None),
    };
    let (whole, fraction) = match clock.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (clock, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return Err(TsReason::NotDigits);
    }
    let precision = match (whole.len(), fraction.map(str::len)) {
        (4, None) => Precision::Year,
        (6, None) => Precision::Month,
        (8, None) => Precision::Day,
        (10, None) => Precision::Hour,
        (12, None) => Precision::Minute,
        (14, None) => Precision::Second,
        (14, Some(places @ 1..=9)) => {
            Precision::Fraction(u8::try_from(places).map_err(|_| TsReason::Length)?)
        }
        _ => return Err(TsReason::Length),
    };
    let start = read_date(whole)?.to_datetime(read_time(whole, fraction)?);
    Ok(Ts {
        start,
        precision,
        offset,
    })
}

fn read_date(whole: &str) -> Result<Date, TsReason> {
    let year = part(whole, 0, 4, 0);
    let month = part(whole, 4, 6, 1);
    let day = part(whole, 6, 8, 1);
    if year == 0 {
        return Err(TsReason::Impossible {
            part: "year",
            value: year,
        });
    }
    if !(1..=12).contains(&month) {
        return Err(TsReason::Impossible {
            part: "month",
            value: month,
        });
    }
    let small = |value: i16| i8::try_from(value).unwrap_or_default();
    Date::new(year, small(month), small(day)).map_err(|_| TsReason::Impossible {
        part: "day",
        value: day,
    })
}

fn read_time(whole: &str, fraction: Option<&str>) -> Result<Time, TsReason> {
    let within = |name, start, limit| {
        let value = part(whole, start, start + 2, 0);
        match i8::try_from(value) {
            Ok(small) if value < limit => Ok(small),
            _ => Err(TsReason::Impossible { part: name, value }),
        }
    };
    let hour = within("hour", 8, 24)?;
    let minute = within("minute", 10, 60)?;
    let second = within("second", 12, 60)?;
    let nanosecond = format!("{:0<9}", fraction.unwrap_or_default())
        .parse()
        .unwrap_or_default();
    Time::new(hour, minute, second, nanosecond).map_err(|_| TsReason::Length)
}

fn part(text: &str, start: usize, end: usize, default: i16) -> i16 {
    text.get(start..end)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(default)
}

fn read_offset(text: &str) -> Result<Offset, TsReason> {
    let (sign, digits) = text.split_at_checked(1).ok_or(TsReason::Offset)?;
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TsReason::Offset);
    }
    let hours = i32::from(part(digits, 0, 2, 0));
    let minutes = i32::from(part(digits, 2, 4, 0));
    if hours > 14 || minutes > 59 {
        return Err(TsReason::Offset);
    }
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).map_err(|_| TsReason::Offset)
}

/// The text it was read from, but for the sign of a zero offset.
impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.start.date(), self.start.time());
        write!(f, "{:04}", date.year())?;
        let parts = [
            (Precision::Month, date.month()),
            (Precision::Day, date.day()),
            (Precision::Hour, time.hour()),
            (Precision::Minute, time.minute()),
            (Precision::Second, time.second()),
        ];
        for (precision, value) in parts {
            if self.precision >= precision {
                write!(f, "{value:02}")?;
            }
        }
        if let Precision::Fraction(places) = self.precision {
            let digits = format!("{:09}", time.subsec_nanosecond());
            write!(
                f,
                ".{}",
                digits.get(..usize::from(places)).unwrap_or(&digits)
            )?;
        }
        match self.offset {
            None => Ok(()),
            Some(offset) => {
                let sign = if offset.is_negative() { '-' } else { '+' };
                let minutes = offset.seconds().abs() / 60;
                write!(f, "{sign}{:02}{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// Text that isn't a date or time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a date or time: {reason}")]
pub struct TsError {
    /// What was sent, its first 40 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: TsReason,
}

/// What is wrong with a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TsReason {
    /// Something other than digits.
    #[error("send digits only, as YYYYMMDDHHMMSS, then an offset such as +0100 if need be")]
    NotDigits,
    /// Digits that end in the middle of a part, or too many of them.
    #[error("send 4, 6, 8, 10, 12 or 14 digits (YYYY to YYYYMMDDHHMMSS), then up to 9 decimals")]
    Length,
    /// A part that no calendar or clock has.
    #[error("there is no {part} {value} there; correct it at the source")]
    Impossible {
        /// Which part.
        part: &'static str,
        /// Its value.
        value: i16,
    },
    /// An offset that isn't four digits up to 1459.
    #[error("send the offset from UTC as +HHMM or -HHMM")]
    Offset,
}
