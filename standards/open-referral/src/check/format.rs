//! Formats of text: what JSON Schema calls uuid, email, uri, date, time and date-time.

use stour_kernel::{Date, Timestamp};

/// `3a19ff88-4620-4d17-9830-ac1d859eb5d5`, in small or capital letters.
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// One `@` between a name and a domain of two labels or more.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-')
    };
    !name.is_empty()
        && !name.contains(|character: char| character.is_whitespace() || character == '@')
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// A scheme and what follows it (RFC 3986); for the web, a host.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    let begins = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    let goes_on =
        letters.all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    let characters = !rest.is_empty()
        && !rest.contains(|character: char| {
            character.is_whitespace() || "<>\"{}|\\^`".contains(character)
        });
    let host = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|rest| !rest.starts_with(['/', '?', '#', ':']) && !rest.is_empty()),
        _ => true,
    };
    begins && goes_on && characters && host
}

/// `2026-11-27`.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// `2026-11-27T09:30:00Z`, with a zone (RFC 3339).
pub(super) fn is_date_time(text: &str) -> bool {
    text.is_ascii()
        && text
            .get(10..11)
            .is_some_and(|between| between.eq_ignore_ascii_case("t"))
        && !text.contains('[')
        && text.parse::<Timestamp>().is_ok()
}

/// Minutes since midnight of `09:30`, `09:30:00`, `09:30:00Z` or `09:30+01:00`, by the clock that it names;
/// `24:00` is the end of the day.
pub(super) fn minutes(text: &str) -> Option<u16> {
    let two = |part: &str, below: u16| {
        let whole = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        whole
            .then(|| part.parse::<u16>().ok())?
            .filter(|number| *number < below)
    };
    let (clock, zone) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at_checked(at)?,
        None => (text, ""),
    };
    let zoned = match zone.strip_prefix(['+', '-']) {
        Some(offset) => {
            let (hours, minutes) = offset.split_once(':')?;
            two(hours, 24).is_some() && two(minutes, 60).is_some()
        }
        None => zone.len() <= 1,
    };
    let mut parts = clock.splitn(3, ':');
    let hours = two(parts.next()?, 25)?;
    let minutes = two(parts.next()?, 60)?;
    let seconds = parts.next().is_none_or(|seconds| {
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        two(whole, 60).is_some() && fraction.bytes().all(|byte| byte.is_ascii_digit())
    });
    (zoned && seconds && (hours < 24 || minutes == 0)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_what_resembles_them() {
        assert!(is_uuid("3a19ff88-4620-4d17-9830-AC1D859EB5D5"));
        for text in [
            "",
            "3a19ff88",
            "3a19ff8846204d179830ac1d859eb5d5",
            "3a19ff88-4620-4d17-9830-ac1d859eb5dg",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
        for text in ["a@b.uk", "first.last+tag@sub.example.org.uk"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "a",
            "a@b",
            "@b.uk",
            "a b@c.uk",
            "a@b@c.uk",
            "a@.uk",
            "email-example_com",
            "a@-b.uk",
        ] {
            assert!(!is_email(text), "{text}");
        }
        for text in [
            "http://example.com",
            "https://example.com/a?b=c#d",
            "mailto:a@b.uk",
            "tel:+441202123456",
        ] {
            assert!(is_uri(text), "{text}");
        }
        for text in [
            "",
            "example_counselling",
            "example/counselling",
            "http://",
            "https:///a",
            "http:example",
            "http://a b.uk",
            "www.a.uk",
            "1a:b",
        ] {
            assert!(!is_uri(text), "{text}");
        }
    }

    #[test]
    fn days_and_times_are_read_as_they_are_written() {
        assert!(is_date("2024-02-29"));
        for text in [
            "2023-02-29",
            "2023-2-1",
            "01/02/2023",
            "2023-01-01T00:00:00Z",
            "20230101",
        ] {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_date_time("2023-03-15T10:30:45.123Z"));
        assert!(is_date_time("2023-03-15T10:30:45+01:00"));
        for text in [
            "2023-03-15T10:30:45",
            "2023-03-15",
            "2023-03-15 10:30:45Z",
            "ééééééééééT",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
        for (text, expected) in [
            ("09:30", 570),
            ("10:00:00", 600),
            ("09:30Z", 570),
            ("09:30:00.5+01:00", 570),
            ("24:00", 1440),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "9:30",
            "25:00",
            "24:01",
            "10:60",
            "10",
            "10am",
            "10:00:0",
            "10:00:00:00",
            "10:00Zx",
            "10:00+1",
        ] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
