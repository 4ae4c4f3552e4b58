//! Numbers between the text of a case, in which a part is 0.3, and a form, in which it is 30%.

use stour_kernel::Pence;
use stour_web::words::capital;
use toml::Value;

/// A value as a form shows it.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A proportion of a text as a percentage, digit by digit: what is written back is the same number.
pub(crate) fn percent(value: &Value) -> Option<String> {
    let number = match value {
        Value::Float(number) => *number,
        Value::Integer(number) => i32::try_from(*number).ok().map(f64::from)?,
        _ => return None,
    };
    Some(shifted(&plain(number), 2))
}

/// A decimal with its point so many places further right; left where that is negative.
fn shifted(decimal: &str, places: i32) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", decimal),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let by = usize::try_from(places.unsigned_abs()).unwrap_or(0);
    let zeros = "0".repeat(by);
    let (whole, part) = if places < 0 {
        let whole = format!("{zeros}{whole}");
        let (kept, moved) = whole.split_at(whole.len().saturating_sub(by));
        (kept.to_owned(), format!("{moved}{part}"))
    } else {
        let part = format!("{part}{zeros}");
        let (moved, kept) = part.split_at(by);
        (format!("{whole}{moved}"), kept.to_owned())
    };
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// A proportion as a percentage, without the digits that binary arithmetic adds.
pub(crate) fn in_percent(proportion: f64) -> String {
    plain((proportion * 1e12).round() / 1e10)
}

/// A number in its shortest form: 4, 0.25.
pub(crate) fn plain(number: f64) -> String {
    format!("{number}")
}

/// A number without the commas between its thousands; none where a comma stands elsewhere, since whoever
/// types 1,5 may mean 1.5.
fn without_commas(text: &str) -> Option<String> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let commas = text.matches(',').count();
    let groups: Vec<&str> = whole.trim_start_matches('-').split(',').collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = rest.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len());
    (commas == 0 || (is_grouped && commas == rest.len())).then(|| text.replace(',', ""))
}

/// What is typed as a number.
///
/// # Errors
/// A sentence that says what is asked for.
pub(crate) fn number(text: &str) -> Result<f64, &'static str> {
    let digits = without_commas(text).ok_or("Give a number, such as 1,000 or 0.25")?;
    let number: Option<f64> = digits.parse().ok();
    number
        .filter(|number| number.is_finite())
        .ok_or("Give a number, such as 4 or 0.25")
}

/// A percentage as it is typed, with or without its sign, as a proportion.
///
/// # Errors
/// A sentence that says what is asked for.
pub(crate) fn proportion(text: &str) -> Result<f64, &'static str> {
    let digits = text.strip_suffix('%').unwrap_or(text).trim();
    let percent = number(digits).map_err(|_| "Give a percentage, such as 30 or 12.5")?;
    // The digits themselves, where it is not written with an exponent: no digit is rounded twice.
    let typed = digits.replace(',', "");
    let is_plain = typed
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    let typed = if is_plain { typed } else { plain(percent) };
    let exact = shifted(&typed, -2);
    exact
        .parse()
        .map_err(|_| "Give a percentage, such as 30 or 12.5")
}

/// A number of pounds as it is typed.
///
/// # Errors
/// A sentence that says what is asked for.
pub(crate) fn pounds(text: &str) -> Result<f64, String> {
    let amount: Pence = text
        .parse()
        .map_err(|error: stour_kernel::PenceError| capital(&error.to_string()))?;
    number(&amount.to_string().replace('£', "")).map_err(str::to_owned)
}

#[cfg(test)]
mod tests;
