//! Estimates that somebody asked to keep, under a code that only they have.

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{Date, Environment, Timestamp};

use super::answers::Answers;

/// How many days an estimate is kept: long enough to gather papers, short enough to be forgotten.
pub(super) const KEPT_DAYS: i64 = 60;

/// Letters and digits that cannot be mistaken for one another when they are read out.
const SIGNS: [char; 28] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N',
    'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Z',
];
/// Signs of a code: 28 to the 12th is more than anybody can try.
const LENGTH: usize = 12;

/// An estimate as it was kept.
pub(super) struct Kept {
    pub(super) answers: Answers,
    pub(super) expires_on: Date,
}

/// A new code, in fours: `7KQM-2XPT-9RDB`.
fn new_code(environment: &Environment) -> String {
    let count = u64::try_from(SIGNS.len()).unwrap_or(1);
    let mut code = String::new();
    for position in 0..LENGTH {
        if position > 0 && position % 4 == 0 {
            code.push('-');
        }
        let sign = usize::try_from(environment.randomness.next_u64() % count).unwrap_or(0);
        code.push(SIGNS.get(sign).copied().unwrap_or('2'));
    }
    code
}

/// A code as somebody typed it, in the way that codes are kept; `None` for what is no code.
pub(super) fn typed(text: &str) -> Option<String> {
    let signs: Vec<char> = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .map(|sign| sign.to_ascii_uppercase())
        .take(LENGTH + 1)
        .collect();
    if signs.len() != LENGTH || !signs.iter().all(|sign| SIGNS.contains(sign)) {
        return None;
    }
    let fours = signs.chunks(4).map(|four| four.iter().collect::<String>());
    Some(fours.collect::<Vec<_>>().join("-"))
}

/// Keeps answers, and gives the code. What has expired goes.
///
/// # Errors
/// Those of the database.
pub(super) fn keep(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    answers: &Answers,
) -> Result<String, Error> {
    let (now, today): (Timestamp, Date) = (environment.now(), environment.today());
    tx.execute(
        sql!("DELETE FROM kept_estimate WHERE expires_on <= $1"),
        params![today],
    )?;
    let days = std::time::Duration::from_secs(u64::try_from(KEPT_DAYS).unwrap_or(0) * 86_400);
    let expires_on = today.checked_add(days).unwrap_or(today);
    let text = serde_json::to_string(answers).unwrap_or_default();
    let code = new_code(environment);
    tx.execute(
        sql!(
            "INSERT INTO kept_estimate (code, answers, kept_at, expires_on) VALUES ($1, $2, $3, $4)"
        ),
        params![code, text, now, expires_on],
    )?;
    Ok(code)
}

/// What is kept under a code and has not expired.
///
/// # Errors
/// Those of the database.
pub(super) fn kept(
    tx: &mut Transaction<'_>,
    code: &str,
    today: Date,
) -> Result<Option<Kept>, Error> {
    tx.optional(
        sql!("SELECT answers, expires_on FROM kept_estimate WHERE code = $1 AND expires_on > $2"),
        params![code, today],
        |row| {
            let text: String = row.get(0)?;
            Ok(Kept {
                answers: serde_json::from_str(&text).unwrap_or_default(),
                expires_on: row.get(1)?,
            })
        },
    )
}

/// Deletes what is kept under a code.
///
/// # Errors
/// Those of the database.
pub(super) fn delete(tx: &mut Transaction<'_>, code: &str) -> Result<(), Error> {
    tx.execute(
        sql!("DELETE FROM kept_estimate WHERE code = $1"),
        params![code],
    )?;
    Ok(())
}
