//! Files for calendar programs: RFC 5545.

use stour_kernel::{Date, Timestamp};

/// The longest line, in octets, without its end: section 3.1.
const LONGEST: usize = 75;

/// The content lines of a calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(String);

impl Lines {
    /// A line whose value is written as it must stand: a keyword, a day, a moment. Lines too long are folded between
    /// characters.
    pub fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut room = LONGEST;
        for character in line.chars() {
            let length = character.len_utf8();
            if length > room {
                self.0.push_str("\r\n ");
                // The space that begins a further piece is one of its octets.
                room = LONGEST.saturating_sub(1);
            }
            self.0.push(character);
            room = room.saturating_sub(length);
        }
        self.0.push_str("\r\n");
    }

    /// A line with words, which may hold anything: section 3.3.11. Controls, which it may not hold, are left out.
    pub fn text(&mut self, name: &str, words: &str) {
        let words = words.trim();
        let mut escaped = String::with_capacity(words.len());
        for character in words.chars() {
            match character {
                '\\' | ';' | ',' => {
                    escaped.push('\\');
                    escaped.push(character);
                }
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(' '),
                other if other.is_control() => {}
                other => escaped.push(other),
            }
        }
        self.line(name, &escaped);
    }

    /// The file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// A day as a calendar writes it: `20241030`.
pub fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A moment as a calendar writes it, in the time of Greenwich: `20241030T181500Z`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
