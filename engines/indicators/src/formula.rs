//! Numbers worked out from other numbers.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

/// Why a formula cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormulaError {
    /// Something that is no part of a formula.
    #[error("{0:?} is not part of a formula: use names in braces, numbers, + - * / and brackets")]
    Unknown(String),
    /// It ends where something must follow.
    #[error("the formula ends where a name or a number must follow")]
    Ends,
    /// A name that is no indicator.
    #[error("{formula} is worked out from {name:?}, and there is no such indicator")]
    NoIndicator {
        /// Which indicator.
        formula: String,
        /// The name.
        name: String,
    },
    /// Indicators that are worked out from each other.
    #[error("these are worked out from each other, round in a circle: {}", .0.join(", "))]
    Circular(Vec<String>),
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Name(String),
    Number(f64),
    Both(Box<Part>, char, Box<Part>),
}

/// A number worked out from other numbers: `{beds} / ({beds} + {homes})`.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula(Part);

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// What is no part of one.
    pub fn new(text: &str) -> Result<Self, FormulaError> {
        let tokens = tokens(text)?;
        let mut rest = tokens.as_slice();
        let part = sum(&mut rest, 0)?;
        match rest.first() {
            None => Ok(Self(part)),
            Some(token) => Err(FormulaError::Unknown(token.words())),
        }
    }

    /// The names it is worked out from.
    pub fn names(&self) -> BTreeSet<&str> {
        fn gather<'p>(part: &'p Part, into: &mut BTreeSet<&'p str>) {
            match part {
                Part::Name(name) => {
                    into.insert(name);
                }
                Part::Number(_) => {}
                Part::Both(left, _, right) => {
                    gather(left, into);
                    gather(right, into);
                }
            }
        }
        let mut names = BTreeSet::new();
        gather(&self.0, &mut names);
        names
    }

    /// The number, from those of the names; none where one of them is not known, or where it would be divided by
    /// nought.
    pub fn value(&self, of: &impl Fn(&str) -> Option<f64>) -> Option<f64> {
        fn value(part: &Part, of: &impl Fn(&str) -> Option<f64>) -> Option<f64> {
            let found = match part {
                Part::Name(name) => of(name)?,
                Part::Number(number) => *number,
                Part::Both(left, sign, right) => {
                    let (left, right) = (value(left, of)?, value(right, of)?);
                    match sign {
                        '+' => left + right,
                        '-' => left - right,
                        '*' => left * right,
                        _ => left / right,
                    }
                }
            };
            found.is_finite().then_some(found)
        }
        value(&self.0, of)
    }
}

/// The order in which formulas can be worked out, each after those that it needs. `known` says which other names are
/// numbers already.
///
/// # Errors
/// A name that is nothing, or a circle.
pub fn order(
    formulas: &BTreeMap<String, Formula>,
    known: impl Fn(&str) -> bool,
) -> Result<Vec<&str>, FormulaError> {
    for (formula, parts) in formulas {
        let lacking = parts
            .names()
            .into_iter()
            .find(|name| !known(name) && !formulas.contains_key(*name));
        if let Some(name) = lacking {
            return Err(FormulaError::NoIndicator {
                formula: formula.clone(),
                name: name.to_owned(),
            });
        }
    }
    let mut left: BTreeSet<&str> = formulas.keys().map(String::as_str).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = |name: &&str| {
            let needs = formulas.get(*name).map(Formula::names).unwrap_or_default();
            needs.is_disjoint(&left)
        };
        let next: Vec<&str> = left.iter().copied().filter(ready).collect();
        if next.is_empty() {
            return Err(FormulaError::Circular(
                left.into_iter().map(str::to_owned).collect(),
            ));
        }
        for name in next {
            left.remove(name);
            ordered.push(name);
        }
    }
    Ok(ordered)
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Number(f64),
    Sign(char),
}

impl Token {
    fn words(&self) -> String {
        match self {
            Self::Name(name) => format!("{{{name}}}"),
            Self::Number(number) => number.to_string(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '{' => {
                let unknown = || FormulaError::Unknown(rest.to_owned());
                let (name, after) = rest
                    .strip_prefix('{')
                    .and_then(|rest| rest.split_once('}'))
                    .ok_or_else(unknown)?;
                (Token::Name(name.trim().to_owned()), after)
            }
            '+' | '-' | '*' | '/' | '(' | ')' => {
                (Token::Sign(first), rest.get(1..).unwrap_or_default())
            }
            _ => {
                let length = rest
                    .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
                    .unwrap_or(rest.len());
                let (number, after) = rest.split_at_checked(length).unwrap_or_default();
                let number = number
                    .parse()
                    .map_err(|_| FormulaError::Unknown(first.to_string()))?;
                (Token::Number(number), after)
            }
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

/// Brackets within brackets, at most: more is no formula of a measure.
const DEEPEST: usize = 50;

fn sum(rest: &mut &[Token], depth: usize) -> Result<Part, FormulaError> {
    signs(rest, ['+', '-'], |rest| {
        signs(rest, ['*', '/'], |rest| single(rest, depth))
    })
}

fn signs(
    rest: &mut &[Token],
    signs: [char; 2],
    next: impl Fn(&mut &[Token]) -> Result<Part, FormulaError>,
) -> Result<Part, FormulaError> {
    let mut left = next(rest)?;
    while let Some((Token::Sign(sign), after)) = rest.split_first()
        && signs.contains(sign)
    {
        *rest = after;
        left = Part::Both(Box::new(left), *sign, Box::new(next(rest)?));
    }
    Ok(left)
}

fn single(rest: &mut &[Token], depth: usize) -> Result<Part, FormulaError> {
    let (first, after) = rest.split_first().ok_or(FormulaError::Ends)?;
    *rest = after;
    match first {
        Token::Name(name) => Ok(Part::Name(name.clone())),
        Token::Number(number) => Ok(Part::Number(*number)),
        Token::Sign('(') if depth < DEEPEST => {
            let inner = sum(rest, depth + 1)?;
            let (close, after) = rest.split_first().ok_or(FormulaError::Ends)?;
            *rest = after;
            match close {
                Token::Sign(')') => Ok(inner),
                other => Err(FormulaError::Unknown(other.words())),
            }
        }
        other @ Token::Sign(_) => Err(FormulaError::Unknown(other.words())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        Formula::new(text).unwrap().value(&|name| match name {
            "beds" => Some(57.0),
            "homes" => Some(43.0),
            "nothing" => Some(0.0),
            _ => None,
        })
    }

    #[test]
    fn a_formula_is_worked_out_as_it_is_written() {
        assert_eq!(value("{beds} / ({beds} + {homes})"), Some(0.57));
        assert_eq!(
            value("100 * {beds} / {homes} - 2.5 * 2"),
            Some(100.0 * 57.0 / 43.0 - 5.0)
        );
        assert_eq!(value("{beds} - {homes} - 1"), Some(13.0), "from the left");
        assert_eq!(value("{beds} / {nothing}"), None);
        assert_eq!(value("{beds} + {unknown}"), None);
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        for text in [
            "",
            "{beds} +",
            "(",
            "{beds",
            "{beds} {homes}",
            "1..2",
            "beds",
            "(1",
            "- 1",
            "1 ** 2",
        ] {
            assert!(Formula::new(text).is_err(), "{text}");
        }
        assert!(Formula::new(&"(".repeat(10_000)).is_err());
    }

    #[test]
    fn a_circle_is_named() {
        let formulas = |texts: &[(&str, &str)]| -> BTreeMap<String, Formula> {
            texts
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Formula::new(text).unwrap()))
                .collect()
        };
        let good = formulas(&[("a", "{b} + {x}"), ("b", "{x}")]);
        assert_eq!(order(&good, |name| name == "x"), Ok(vec!["b", "a"]));
        let circle = formulas(&[("a", "{b}"), ("b", "{c}"), ("c", "{a}"), ("d", "{x}")]);
        assert_eq!(
            order(&circle, |name| name == "x").unwrap_err().to_string(),
            "these are worked out from each other, round in a circle: a, b, c"
        );
        let itself = formulas(&[("a", "{a} + 1")]);
        assert!(matches!(
            order(&itself, |_| false),
            Err(FormulaError::Circular(_))
        ));
        assert!(matches!(
            order(&good, |_| false),
            Err(FormulaError::NoIndicator { .. })
        ));
    }
}
