//! Reading a condition or a value, with every name known and every part of the right kind.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{Token, tokens};
use super::{Comparison, Expression, Type};
use crate::limit::{DEEPEST, HEAVIEST, LONGEST_CONDITION};

/// What a name stands for.
#[derive(Debug, Clone)]
pub(crate) enum Named {
    /// A question of one choice, by its options; `yes` and `no` for one of these.
    Choice {
        options: BTreeSet<String>,
        yes_no: bool,
    },
    /// A question of several choices: all its options, and those that count.
    Several {
        options: BTreeSet<String>,
        counted: BTreeSet<String>,
    },
    /// A question answered by a number, an amount or a day.
    Plain(Type),
    /// A question whose answer can only be there or not.
    Opaque,
    /// A value.
    Value(Type, Expression),
}

/// The names that a condition may use.
pub(crate) type Scope = BTreeMap<String, Named>;

/// The words of the language, which name nothing else.
pub(crate) const RESERVED: [&str; 20] = [
    "and", "or", "not", "is", "one", "of", "any", "all", "at", "least", "includes", "count",
    "answered", "days", "until", "today", "then", "when", "true", "false",
];

type Typed = (Expression, Type);

/// Reads a condition.
///
/// # Errors
/// What is wrong with it and what to do.
pub(crate) fn condition(text: &str, scope: &Scope) -> Result<Expression, String> {
    match value(text, scope)? {
        (expression, Type::Truth) => Ok(expression),
        (_, other) => Err(format!(
            "a condition holds or does not, and this is {}: compare it with something",
            other.words()
        )),
    }
}

/// Reads a value of any type.
///
/// # Errors
/// What is wrong with it and what to do.
pub(crate) fn value(text: &str, scope: &Scope) -> Result<Typed, String> {
    if text.chars().count() > LONGEST_CONDITION {
        return Err(format!("say it in at most {LONGEST_CONDITION} characters"));
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
        scope,
    };
    let found = parser.either()?;
    if let Some(token) = parser.peek() {
        return Err(format!(
            "{} comes where nothing more was expected",
            said(token)
        ));
    }
    if found.0.weight() > HEAVIEST {
        return Err("it takes too many steps to work out: say it more simply".to_owned());
    }
    Ok(found)
}

struct Parser<'s> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    scope: &'s Scope,
}

fn said(token: &Token) -> String {
    match token {
        Token::Word(word) => format!("{word:?}"),
        Token::Number(number) => format!("{number}"),
        Token::Money(_) => "an amount".to_owned(),
        Token::Date(date) => date.to_string(),
        Token::Sign(sign) => format!("{sign:?}"),
    }
}

/// Small steps.
impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<Token, String> {
        let token = self.peek().cloned();
        self.at = self.at.saturating_add(1);
        token.ok_or_else(|| "it ends too early".to_owned())
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(found)) if found == word);
        self.at = self.at.saturating_add(usize::from(is));
        is
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at = self.at.saturating_add(usize::from(is));
        is
    }

    fn expect_word(&mut self, word: &str) -> Result<(), String> {
        if self.takes_word(word) {
            return Ok(());
        }
        Err(format!("the word {word:?} is missing{}", self.before()))
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), String> {
        if self.takes_sign(sign) {
            return Ok(());
        }
        Err(format!("{sign:?} is missing{}", self.before()))
    }

    fn before(&self) -> String {
        self.peek().map_or_else(
            || " at the end".to_owned(),
            |token| format!(" before {}", said(token)),
        )
    }

    fn name(&mut self) -> Result<String, String> {
        match self.next()? {
            Token::Word(word) => Ok(word),
            other => Err(format!("a name was expected, not {}", said(&other))),
        }
    }

    /// Things in brackets, parted by commas.
    fn list<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        self.expect_sign("(")?;
        let mut all = vec![each(self)?];
        while self.takes_sign(",") {
            all.push(each(self)?);
        }
        self.expect_sign(")")?;
        Ok(all)
    }
}

/// The language, from what binds least to what binds most.
impl Parser<'_> {
    fn truth(&mut self) -> Result<Expression, String> {
        let found = self.either()?;
        is_truth(found)
    }

    fn either(&mut self) -> Result<Typed, String> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err("it is nested too deeply: give parts of it names as values".to_owned());
        }
        let mut found = self.both()?;
        if matches!(self.peek(), Some(Token::Word(word)) if word == "or") {
            let mut all = vec![is_truth(found)?];
            while self.takes_word("or") {
                let next = self.both()?;
                all.push(is_truth(next)?);
            }
            found = (Expression::AtLeast(1, all), Type::Truth);
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(found)
    }

    fn both(&mut self) -> Result<Typed, String> {
        let found = self.negated()?;
        if !matches!(self.peek(), Some(Token::Word(word)) if word == "and") {
            return Ok(found);
        }
        let mut all = vec![is_truth(found)?];
        while self.takes_word("and") {
            let next = self.negated()?;
            all.push(is_truth(next)?);
        }
        Ok((Expression::AtLeast(all.len(), all), Type::Truth))
    }

    fn negated(&mut self) -> Result<Typed, String> {
        let mut times = 0_usize;
        while self.takes_word("not") {
            times = times.saturating_add(1);
        }
        let found = self.comparison()?;
        if times == 0 {
            return Ok(found);
        }
        let truth = is_truth(found)?;
        Ok((
            if times.is_multiple_of(2) {
                truth
            } else {
                negation(truth)
            },
            Type::Truth,
        ))
    }

    fn comparison(&mut self) -> Result<Typed, String> {
        let (left, of) = self.sum()?;
        let how = match self.peek() {
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign("<=")) => Comparison::AtMost,
            Some(Token::Sign("=")) => Comparison::Equal,
            Some(Token::Sign(">=")) => Comparison::AtLeast,
            Some(Token::Sign(">")) => Comparison::More,
            _ => return Ok((left, of)),
        };
        self.at = self.at.saturating_add(1);
        let (right, with) = self.sum()?;
        if of != with || of == Type::Truth {
            return Err(format!(
                "{} cannot be compared with {}",
                of.words(),
                with.words()
            ));
        }
        let compared = Expression::Compare(Box::new(left), how, Box::new(right));
        Ok((compared, Type::Truth))
    }

    fn sum(&mut self) -> Result<Typed, String> {
        let (mut left, of) = self.product()?;
        loop {
            let sign = match self.peek() {
                Some(Token::Sign("+")) => 1,
                Some(Token::Sign("-")) => -1,
                _ => return Ok((left, of)),
            };
            self.at = self.at.saturating_add(1);
            let (right, with) = self.product()?;
            if of != with || !matches!(of, Type::Number | Type::Money) {
                return Err(format!(
                    "only numbers with numbers and amounts with amounts are added, not {} and {}",
                    of.words(),
                    with.words()
                ));
            }
            left = Expression::Sum(Box::new(left), sign, Box::new(right));
        }
    }

    fn product(&mut self) -> Result<Typed, String> {
        let (mut left, mut of) = self.primary()?;
        while self.takes_sign("*") {
            let (right, with) = self.primary()?;
            of = match (of, with) {
                (Type::Number, Type::Number) => Type::Number,
                (Type::Money, Type::Number) | (Type::Number, Type::Money) => Type::Money,
                _ => return Err("an amount or number is multiplied by a number".to_owned()),
            };
            left = Expression::Product(Box::new(left), Box::new(right));
        }
        Ok((left, of))
    }

    fn primary(&mut self) -> Result<Typed, String> {
        match self.next()? {
            Token::Number(number) => Ok((Expression::Number(number), Type::Number)),
            Token::Money(pence) => Ok((Expression::Money(pence), Type::Money)),
            Token::Date(date) => Ok((Expression::Date(date), Type::Date)),
            Token::Sign("(") => {
                let found = self.either()?;
                self.expect_sign(")")?;
                Ok(found)
            }
            Token::Word(word) => self.after_word(&word),
            other @ Token::Sign(_) => Err(format!("{} has no place there", said(&other))),
        }
    }

    fn after_word(&mut self, word: &str) -> Result<Typed, String> {
        match word {
            "today" => Ok((Expression::Today, Type::Date)),
            "answered" => {
                self.expect_sign("(")?;
                let name = self.name()?;
                self.expect_sign(")")?;
                match self.scope.get(&name) {
                    None | Some(Named::Value(..)) => Err(format!("there is no question {name:?}")),
                    Some(_) => Ok((Expression::Answered(name), Type::Truth)),
                }
            }
            "all" | "any" => {
                self.expect_word("of")?;
                let all = self.list(Self::truth)?;
                let least = if word == "all" { all.len() } else { 1 };
                Ok((Expression::AtLeast(least, all), Type::Truth))
            }
            "at" => {
                self.expect_word("least")?;
                let Token::Number(least) = self.next()? else {
                    return Err("write how many: at least 2 of (…)".to_owned());
                };
                self.expect_word("of")?;
                let all = self.list(Self::truth)?;
                match usize::try_from(least) {
                    Ok(least) if (1..=all.len()).contains(&least) => {
                        Ok((Expression::AtLeast(least, all), Type::Truth))
                    }
                    _ => Err(format!(
                        "there are {} in the brackets, and {least} are asked for",
                        all.len()
                    )),
                }
            }
            "days" => {
                self.expect_word("until")?;
                self.expect_sign("(")?;
                let found = self.either()?;
                self.expect_sign(")")?;
                match found {
                    (date, Type::Date) => Ok((Expression::DaysUntil(Box::new(date)), Type::Number)),
                    (_, other) => Err(format!(
                        "days are counted until a date, not {}",
                        other.words()
                    )),
                }
            }
            "count" => self.count(),
            name => self.named(name),
        }
    }

    fn count(&mut self) -> Result<Typed, String> {
        let ahead = (
            self.tokens.get(self.at.saturating_add(1)),
            self.tokens.get(self.at.saturating_add(2)),
        );
        if let (Some(Token::Word(name)), Some(Token::Sign(")"))) = ahead
            && let Some(Named::Several { counted, .. }) = self.scope.get(name)
        {
            let found = Expression::CountOf(name.clone(), counted.clone());
            self.expect_sign("(")?;
            self.at = self.at.saturating_add(2);
            return Ok((found, Type::Number));
        }
        let all = self.list(Self::truth)?;
        Ok((Expression::Count(all), Type::Number))
    }

    fn named(&mut self, name: &str) -> Result<Typed, String> {
        let Some(named) = self.scope.get(name) else {
            return Err(format!(
                "there is no question and no earlier value {name:?}"
            ));
        };
        match named {
            Named::Choice { options, yes_no } => self.choice(name, options, *yes_no),
            Named::Several { options, .. } => {
                if !self.takes_word("includes") {
                    return Err(format!(
                        "several answers can be given to {name:?}: write \"{name} includes …\" or \"count({name})\""
                    ));
                }
                let any = self.takes_word("any");
                if any {
                    self.expect_word("of")?;
                }
                let chosen = self.options(name, options, any)?;
                Ok((Expression::Chosen(name.to_owned(), chosen), Type::Truth))
            }
            Named::Plain(of) => Ok((Expression::Answer(name.to_owned()), *of)),
            Named::Opaque => Err(format!(
                "of {name:?} a condition can only ask whether it was answered: answered({name})"
            )),
            Named::Value(of, is) => {
                let value = Expression::Value(name.to_owned(), Box::new(is.clone()));
                Ok((value, *of))
            }
        }
    }

    fn choice(
        &mut self,
        name: &str,
        options: &BTreeSet<String>,
        yes_no: bool,
    ) -> Result<Typed, String> {
        if !self.takes_word("is") {
            if yes_no {
                let yes = BTreeSet::from(["yes".to_owned()]);
                return Ok((Expression::Chosen(name.to_owned(), yes), Type::Truth));
            }
            return Err(format!("write which answer: \"{name} is …\""));
        }
        let otherwise = self.takes_word("not");
        let several = self.takes_word("one");
        if several {
            self.expect_word("of")?;
        }
        let chosen = self.options(name, options, several)?;
        let found = Expression::Chosen(name.to_owned(), chosen);
        let found = if otherwise { negation(found) } else { found };
        Ok((found, Type::Truth))
    }

    fn options(
        &mut self,
        name: &str,
        options: &BTreeSet<String>,
        several: bool,
    ) -> Result<BTreeSet<String>, String> {
        let chosen = if several {
            self.list(Self::name)?
        } else {
            vec![self.name()?]
        };
        match chosen.iter().find(|one| !options.contains(*one)) {
            Some(unknown) => Err(format!("the question {name:?} has no option {unknown:?}")),
            None => Ok(chosen.into_iter().collect()),
        }
    }
}

fn negation(one: Expression) -> Expression {
    Expression::Not(Box::new(one))
}

fn is_truth((expression, of): Typed) -> Result<Expression, String> {
    match of {
        Type::Truth => Ok(expression),
        other => Err(format!(
            "what \"and\", \"or\", \"not\" and counts join holds or does not, and one part is {}",
            other.words()
        )),
    }
}
