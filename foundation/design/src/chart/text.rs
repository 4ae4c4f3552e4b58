//! How much room text takes, without a browser to measure it.

/// Some fonts that stand in for Arial are wider than it is.
const WIDER: f64 = 1.05;

/// About how wide a text is drawn, rather too wide than too narrow.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let parts = text.chars().map(|letter| match letter {
        'M' | 'W' | 'm' | '%' | '@' | '—' => 0.9,
        'w' | '&' => 0.73,
        'i' | 'j' | 'l' | '\'' | '’' | '|' => 0.24,
        't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | ' ' | '(' | ')' | '/' | '-' => 0.33,
        letter if letter.is_uppercase() => 0.72,
        letter if letter.is_ascii() || matches!(letter, '£' | '−' | '–') => 0.56,
        _ => 0.9,
    });
    parts.sum::<f64>() * size * WIDER
}

/// About how wide a bold text is drawn.
pub(crate) fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * 1.06
}

/// The widest of some texts.
pub(crate) fn widest<'a>(texts: impl Iterator<Item = &'a str>, size: f64) -> f64 {
    texts.map(|text| width(text, size)).fold(0.0, f64::max)
}

/// A text in lines that fit a room. A word that does not fit is broken.
pub(crate) fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if width(&line, size) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
