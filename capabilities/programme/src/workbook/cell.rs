//! What a cell is in the document, and the other way round.

use stour_kernel::Pence;
use stour_spreadsheet::Value;

use super::layout::Kind;
use super::literal;
use crate::case::number::in_percent;

const UNKNOWN: &str = "unknown:";

/// The value of a cell as TOML writes it, or what is wrong with it.
pub(super) fn literal_of(kind: Kind, value: &Value) -> Result<String, String> {
    match kind {
        Kind::Word => Ok(literal::text(text(value)?.trim())),
        Kind::Text => Ok(literal::text(&text(value)?)),
        Kind::Date => match value {
            Value::Date(date) => Ok(literal::text(date)),
            _ => Ok(literal::text(text(value)?.trim())),
        },
        Kind::Number => Ok(literal::number(number(value)?)),
        Kind::Percent => Ok(match value {
            Value::Percent(part) => in_percent(*part),
            _ => literal::number(number(value)?),
        }),
        Kind::Whole => whole(value),
        Kind::Money => Ok(literal::text(&money(value)?.to_string())),
        Kind::YearOrCash => match value {
            Value::Text(text) if text.trim() == "cash" => Ok(literal::text("cash")),
            Value::Number(_) => whole(value),
            _ => Err("write a year, such as 2026, or cash".to_owned()),
        },
        Kind::Schedule => schedule(value),
        Kind::Shares => shares(&text(value)?),
        Kind::YesNo => match value {
            Value::Boolean(holds) => Ok(holds.to_string()),
            Value::Text(text) if text.trim() == "yes" => Ok(true.to_string()),
            Value::Text(text) if text.trim() == "no" => Ok(false.to_string()),
            _ => Err("write yes or no".to_owned()),
        },
        Kind::Open => open(value),
    }
}

/// A whole year that a document may name.
pub(super) fn year(value: &Value) -> Option<i32> {
    let year: i32 = match value {
        Value::Number(number) => literal::number(*number).parse().ok()?,
        Value::Text(text) if text.trim().chars().all(|one| one.is_ascii_digit()) => {
            text.trim().parse().ok()?
        }
        _ => return None,
    };
    (1900..=3000).contains(&year).then_some(year)
}

fn text(value: &Value) -> Result<String, String> {
    let text = match value {
        Value::Text(text) => text.replace("\r\n", "\n"),
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
            return Err(format!(
                "{} is a number: write it as text, with ' before it",
                literal::number(*number)
            ));
        }
        Value::Date(date) => {
            return Err(format!("{date} is a date: write text, with ' before it"));
        }
        Value::Boolean(_) => return Err("TRUE and FALSE are no text: write it in words".to_owned()),
        Value::Empty => return Err("it is empty".to_owned()),
    };
    let hidden = |character: &char| character.is_control() && !"\n\t".contains(*character);
    match text.chars().find(hidden) {
        Some(hidden) => Err(format!(
            "the text holds a character that cannot be seen (U+{:04X}): type it again",
            u32::from(hidden)
        )),
        None => Ok(text),
    }
}

fn number(value: &Value) -> Result<f64, String> {
    match value {
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => Ok(*number),
        Value::Text(text) => Err(format!("{text:?} is text: write a number")),
        Value::Date(date) => Err(format!("{date} is a date: write a number")),
        Value::Boolean(_) => Err("TRUE and FALSE are no numbers: write a number".to_owned()),
        Value::Empty => Err("it is empty: write a number".to_owned()),
    }
}

fn whole(value: &Value) -> Result<String, String> {
    let literal = literal::number(number(value)?);
    match literal.parse::<i64>() {
        Ok(_) => Ok(literal),
        Err(_) => Err(format!("{literal} is not whole: write a whole number")),
    }
}

fn money(value: &Value) -> Result<Pence, String> {
    match value {
        Value::Text(text) => text.parse().map_err(|error| format!("{text:?}: {error}")),
        Value::Number(number) | Value::Pounds(number) => {
            let rounded = format!("{number:.2}");
            let pence: Pence = rounded
                .parse()
                .map_err(|error| format!("{number}: {error}"))?;
            // What a formula of sums and products loses, and less than a hundredth of a penny.
            let lost = (number.abs() * 4.0 * f64::EPSILON).clamp(1e-8, 1e-4);
            let near = rounded
                .parse::<f64>()
                .is_ok_and(|near| (near - number).abs() <= lost);
            near.then_some(pence).ok_or_else(|| {
                format!("{number} has parts of a penny: write pounds with at most two digits after the point")
            })
        }
        _ => Err("write pounds, such as 1234.50 or £1,234.50".to_owned()),
    }
}

/// A number that stands in text.
fn number_in(text: &str) -> Result<String, String> {
    let plain = |one: char| one.is_ascii_digit() || "+-.eE".contains(one);
    text.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && text.chars().all(plain))
        .map(literal::number)
        .ok_or_else(|| format!("{text:?} is no number"))
}

fn schedule(value: &Value) -> Result<String, String> {
    let Value::Text(text) = value else {
        return Ok(literal::number(number(value)?));
    };
    let numbers: Result<Vec<String>, String> =
        text.split(';').map(|part| number_in(part.trim())).collect();
    let numbers = numbers.map_err(|reason| {
        format!("{reason}: write a number, or one for each year, such as 0; 0.3; 0.35")
    })?;
    Ok(format!("[{}]", numbers.join(", ")))
}

fn shares(text: &str) -> Result<String, String> {
    let text = text.trim();
    if !text.contains(|one: char| one == ';' || one.is_whitespace()) {
        return Ok(literal::text(text));
    }
    let (mut seen, mut shares) = (Vec::new(), Vec::new());
    for part in text.split(';') {
        let wrong = || format!("{:?} is no share: write council 0.6; nhs 0.4", part.trim());
        let (partner, share) = part
            .trim()
            .rsplit_once(char::is_whitespace)
            .ok_or_else(wrong)?;
        let partner = partner.trim();
        let share = number_in(share).map_err(|_| wrong())?;
        if partner.is_empty() || partner.contains(char::is_whitespace) {
            return Err(wrong());
        }
        if seen.contains(&partner) {
            return Err(format!("{partner} has two shares: write one"));
        }
        seen.push(partner);
        shares.push(format!("{} = {share}", literal::key(partner)));
    }
    Ok(format!("{{ {} }}", shares.join(", ")))
}

fn open(value: &Value) -> Result<String, String> {
    match value {
        Value::Number(number) => Ok(literal::number(*number)),
        Value::Percent(part) => Err(format!(
            "it is shown as {}%, and the unit stands in a column of its own: write {}, and show it as a number",
            in_percent(*part),
            in_percent(*part)
        )),
        Value::Pounds(_) => Ok(literal::text(&money(value)?.to_string())),
        Value::Date(date) => Ok(literal::text(date)),
        _ => {
            let text = text(value)?;
            let said = text.trim();
            let unknown = said
                .split_at_checked(UNKNOWN.len())
                .filter(|(word, _)| word.eq_ignore_ascii_case(UNKNOWN));
            match unknown.map(|(_, why)| why.trim()) {
                Some("") => Err("say why it is not known, after unknown:".to_owned()),
                Some(why) => Ok(format!("{{ unknown = {} }}", literal::text(why))),
                None if said.contains('£') => Ok(literal::text(&text)),
                None => Err(format!(
                    "{said:?} is text: write a number, an amount such as £1.00, or unknown: and why"
                )),
            }
        }
    }
}

/// What a value of the document is in such a cell; nothing where no cell can hold it.
pub(super) fn value_of(kind: Kind, value: &toml::Value) -> Option<Value> {
    match kind {
        Kind::Word | Kind::Text | Kind::Date => value.as_str().map(Value::from),
        Kind::Number | Kind::Percent | Kind::Whole => real(value).map(Value::Number),
        Kind::Money => {
            let Some(text) = value.as_str() else {
                return real(value).map(Value::Pounds);
            };
            let pounds = text
                .parse::<Pence>()
                .ok()?
                .to_string()
                .replace(['£', ','], "");
            pounds.parse().ok().map(Value::Pounds)
        }
        Kind::YearOrCash => value
            .as_str()
            .map(Value::from)
            .or_else(|| real(value).map(Value::Number)),
        Kind::Schedule => match value.as_array() {
            Some(numbers) => numbers_in(numbers).map(Value::Text),
            None => real(value).map(Value::Number),
        },
        Kind::Shares => match value.as_table() {
            Some(shares) => {
                let shares: Option<Vec<String>> = shares
                    .iter()
                    .map(|(partner, share)| {
                        Some(format!("{partner} {}", literal::number(real(share)?)))
                    })
                    .collect();
                Some(shares?.join("; ").into())
            }
            None => value.as_str().map(Value::from),
        },
        Kind::YesNo => value
            .as_bool()
            .map(|holds| if holds { "yes" } else { "no" }.into()),
        Kind::Open => match value.as_table() {
            Some(table) if table.len() == 1 => {
                let why = table.get("unknown")?.as_str()?;
                Some(format!("{UNKNOWN} {why}").into())
            }
            Some(_) => None,
            None => value
                .as_str()
                .map(Value::from)
                .or_else(|| real(value).map(Value::Number)),
        },
    }
}

fn numbers_in(numbers: &[toml::Value]) -> Option<String> {
    let numbers: Option<Vec<String>> = numbers
        .iter()
        .map(|number| real(number).map(literal::number))
        .collect();
    numbers.map(|numbers| numbers.join("; "))
}

/// A number of the document.
pub(super) fn real(value: &toml::Value) -> Option<f64> {
    value
        .as_float()
        .or_else(|| value.as_integer()?.to_string().parse().ok())
}
