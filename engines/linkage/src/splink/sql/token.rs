//! The words and signs of a piece of SQL.

use super::super::error::Problem;

/// A word or sign of SQL.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or keyword without quotation marks.
    Word(String),
    /// A name in double quotation marks.
    Quoted(String),
    /// A text in single quotation marks.
    Text(String),
    /// A number without its sign.
    Number(String),
    /// A sign.
    Sign(&'static str),
    /// The end of the SQL.
    End,
}

/// Longer signs stand before those they begin with.
const SIGNS: [&str; 22] = [
    "::", "<=", ">=", "<>", "!=", "==", "||", "->", "(", ")", "[", "]", ",", ".", ":", "=", "<",
    ">", "+", "-", "*", "/",
];

/// The longest piece of SQL that is read, in bytes.
const LONGEST: usize = 20_000;

/// The tokens of a piece of SQL with the byte where each begins. The last is [`Token::End`].
pub(super) fn tokens(sql: &str) -> Result<Vec<(usize, Token)>, Problem> {
    if sql.len() > LONGEST {
        let reason = format!("a condition of more than {LONGEST} bytes is not read");
        return Err(Problem::near(sql, 0, reason));
    }
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    loop {
        let offset = sql.len() - rest.len();
        let (token, after) = match rest.chars().next() {
            None => {
                tokens.push((offset, Token::End));
                return Ok(tokens);
            }
            Some(first) => {
                next(first, rest).map_err(|reason| Problem::near(sql, offset, reason))?
            }
        };
        tokens.push((offset, token));
        rest = after.trim_start();
    }
}

fn next(first: char, rest: &str) -> Result<(Token, &str), String> {
    match first {
        '\'' | '"' => {
            let (text, after) = quoted(first, rest)?;
            let token = if first == '"' {
                Token::Quoted(text)
            } else {
                Token::Text(text)
            };
            Ok((token, after))
        }
        _ if first.is_ascii_digit() || (first == '.' && second_is_digit(rest)) => {
            let (number, after) = number(rest);
            Ok((Token::Number(number.to_owned()), after))
        }
        _ if first.is_alphabetic() || first == '_' => {
            let (word, after) = split_while(rest, |c| c.is_alphanumeric() || c == '_' || c == '$');
            Ok((Token::Word(word.to_owned()), after))
        }
        _ => SIGNS
            .into_iter()
            .find_map(|sign| Some((Token::Sign(sign), rest.strip_prefix(sign)?)))
            .ok_or_else(|| format!("the sign {first:?} is not supported here")),
    }
}

/// A text between quotation marks; a doubled mark stands for the mark itself.
fn quoted(mark: char, rest: &str) -> Result<(String, &str), String> {
    let mut text = String::new();
    let mut rest = rest.strip_prefix(mark).unwrap_or(rest);
    loop {
        let (piece, after) = rest
            .split_once(mark)
            .ok_or_else(|| format!("the quotation mark {mark} is not closed"))?;
        text.push_str(piece);
        match after.strip_prefix(mark) {
            Some(more) => {
                text.push(mark);
                rest = more;
            }
            None => return Ok((text, after)),
        }
    }
}

fn second_is_digit(rest: &str) -> bool {
    rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

/// Digits, a fraction and an exponent, each if it is there.
fn number(rest: &str) -> (&str, &str) {
    let digits = |text: &str| split_while(text, |c| c.is_ascii_digit()).0.len();
    let mut end = digits(rest);
    let tail = |end: usize| rest.get(end..).unwrap_or_default();
    if let Some(fraction) = tail(end).strip_prefix('.') {
        end += 1 + digits(fraction);
    }
    if let Some(exponent) = tail(end).strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let length = digits(exponent.get(sign..).unwrap_or_default());
        if length > 0 {
            end += 1 + sign + length;
        }
    }
    rest.split_at(end)
}

fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}
