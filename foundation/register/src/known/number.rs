//! Numbers and money as people and spreadsheets write them, in one spelling.

use stour_kernel::Pence;

/// A whole number, not negative: `1,200` is `1200`.
pub(crate) fn whole(text: &str) -> Option<String> {
    let number: u64 = without_commas(text.trim())?.parse().ok()?;
    i64::try_from(number).ok().map(|number| number.to_string())
}

/// A decimal number without needless signs and noughts: `+09.70` is `9.7`, `−30` is `-30`.
pub(crate) fn decimal(text: &str) -> Option<String> {
    let text = text.trim();
    let (minus, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = without_commas(whole)?;
    let is_digits = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !is_digits(&whole) || !is_digits(part) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let part = part.trim_end_matches('0');
    let sign = if minus && (whole != "0" || !part.is_empty()) {
        "-"
    } else {
        ""
    };
    Some(match part {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    })
}

/// Money in pounds: `£3,600,000` is `3600000`, `£12.5` is `12.50`.
pub(crate) fn money(text: &str) -> Option<String> {
    let text = text.trim();
    // A spreadsheet program writes twelve pounds fifty as 12.5.
    let padded = match text.rsplit_once('.') {
        Some((_, pennies)) if pennies.len() == 1 => format!("{text}0"),
        _ => text.to_owned(),
    };
    let pence = padded.parse::<Pence>().ok()?.as_i64();
    let sign = if pence < 0 { "-" } else { "" };
    let (pounds, pennies) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    Some(match pennies {
        0 => format!("{sign}{pounds}"),
        pennies => format!("{sign}{pounds}.{pennies:02}"),
    })
}

/// Money that is kept as `3600000`, as pages write it: `£3,600,000`.
pub(crate) fn money_in_words(kept: &str) -> String {
    let Ok(amount) = kept.parse::<Pence>() else {
        return kept.to_owned();
    };
    let words = stour_web::words::money(amount);
    words.strip_suffix(".00").unwrap_or(&words).to_owned()
}

/// The digits without the commas that part thousands; none where commas stand elsewhere.
fn without_commas(text: &str) -> Option<String> {
    let mut groups = text.split(',').map(str::len);
    let first = groups.next().unwrap_or(0);
    if text.contains(',') && !((1..=3).contains(&first) && groups.all(|length| length == 3)) {
        return None;
    }
    Some(text.replace(',', ""))
}
