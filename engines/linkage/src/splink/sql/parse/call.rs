//! What begins with a word: keywords, functions, lambdas and columns.

use super::super::super::error::Problem;
use super::super::super::value::Value;
use super::super::cast::{Kind, cast};
use super::super::expression::{Comparator, Expression};
use super::super::function::{Function, Unit, supported};
use super::super::pattern;
use super::super::time_format::TimeFormat;
use super::super::token::Token;
use super::parser::{Parsed, Parser};

/// Functions with an argument that must be constant or is a lambda.
pub(in super::super) const CONSTANT_FUNCTIONS: [&str; 6] = [
    "strptime",
    "try_strptime",
    "regexp_extract",
    "regexp_matches",
    "date_diff",
    "list_transform",
];

impl Parser<'_> {
    pub(super) fn word(&mut self, word: &str) -> Parsed {
        let lower = word.to_lowercase();
        match lower.as_str() {
            "null" => return Ok(Expression::Constant(Value::Null)),
            "true" => return Ok(Expression::Constant(true.into())),
            "false" => return Ok(Expression::Constant(false.into())),
            "case" => return self.case(),
            "cast" | "try_cast" => return self.cast(lower == "try_cast"),
            "date" | "timestamp" if matches!(self.peek(), Token::Text(_)) => {
                return self.dated(&lower);
            }
            _ => {}
        }
        if let Some(depth) = self.variable(word) {
            return Ok(Expression::Variable(depth));
        }
        if self.sign("(") {
            return self.call(&lower);
        }
        self.column(word)
    }

    /// `CASE WHEN … THEN … ELSE … END`, with or without a value after CASE.
    fn case(&mut self) -> Parsed {
        let subject = if self.is_word(0, "when") {
            None
        } else {
            Some(self.expression()?)
        };
        let mut branches = Vec::new();
        while self.words(&["when"]) {
            let mut condition = self.expression()?;
            if let Some(subject) = &subject {
                condition = Expression::compare(Comparator::Equal, self.copy(subject)?, condition);
            }
            self.expect_word("then")?;
            branches.push((condition, self.expression()?));
        }
        let otherwise = if self.words(&["else"]) {
            self.expression()?
        } else {
            Expression::Constant(Value::Null)
        };
        if branches.is_empty() {
            return Err(self.problem("WHEN is expected"));
        }
        self.expect_word("end")?;
        Ok(Expression::Case(branches, Box::new(otherwise)))
    }

    fn cast(&mut self, lenient: bool) -> Parsed {
        self.expect_sign("(")?;
        let value = Box::new(self.expression()?);
        self.expect_word("as")?;
        let to = self.kind()?;
        self.expect_sign(")")?;
        Ok(Expression::Cast { to, lenient, value })
    }

    /// A constant such as `DATE '1990-01-02'`.
    fn dated(&mut self, kind: &str) -> Parsed {
        let at = self.place();
        let kind = if kind == "date" {
            Kind::Date
        } else {
            Kind::Timestamp
        };
        let text = match self.take() {
            Token::Text(text) => Value::Text(text),
            _ => Value::Null,
        };
        cast(&text, kind)
            .map(Expression::Constant)
            .map_err(|failure| self.problem_at(at, failure.to_string()))
    }

    /// A call, after its opening bracket.
    fn call(&mut self, name: &str) -> Parsed {
        let at = self.place().saturating_sub(2);
        match name {
            "list_transform" | "array_transform" | "list_apply" | "apply" => {
                return self.transform();
            }
            "strptime" | "try_strptime" => {
                let (value, format) = self.value_and_text("the date format")?;
                let format = TimeFormat::new(&format).map_err(|why| self.problem_at(at, why))?;
                let lenient = name == "try_strptime";
                self.expect_sign(")")?;
                return Ok(Expression::Call(
                    Function::ParseTime { format, lenient },
                    vec![value],
                ));
            }
            "regexp_extract" | "regexp_matches" => return self.regular(name, at),
            "date_diff" | "datediff" => return self.difference(at),
            _ => {}
        }
        let arguments = self.list(")")?;
        let Some((function, fewest, most)) = Function::named(name) else {
            let known = supported();
            let reason = format!("there is no function {name} here; supported are {known}");
            return Err(self.problem_at(at, reason));
        };
        if !(fewest..=most).contains(&arguments.len()) {
            let given = arguments.len();
            let reason = format!("{name} does not take {given} arguments");
            return Err(self.problem_at(at, reason));
        }
        Ok(Expression::Call(function, arguments))
    }

    /// A value, a comma and a constant text.
    fn value_and_text(&mut self, what: &str) -> Result<(Expression, String), Problem> {
        let value = self.expression()?;
        self.expect_sign(",")?;
        match self.take() {
            Token::Text(text) => Ok((value, text)),
            _ => Err(self.problem_before(format!("{what} must be a constant text"))),
        }
    }

    fn regular(&mut self, name: &str, at: usize) -> Parsed {
        let (value, pattern) = self.value_and_text("the pattern")?;
        let pattern = pattern::compile(&pattern).map_err(|why| self.problem_at(at, why))?;
        let mut group = 0;
        if name == "regexp_extract" && self.sign(",") {
            group = match self.take() {
                Token::Number(digits) => digits.parse().unwrap_or(usize::MAX),
                _ => usize::MAX,
            };
            // A group that the pattern has not is empty in `DuckDB`.
            if group > 9 {
                return Err(self.problem_before("a group from 0 to 9 is expected"));
            }
        }
        if !self.sign(")") {
            return Err(self.problem("options of regular expressions are not supported"));
        }
        let function = match name {
            "regexp_extract" => Function::Extract(pattern, group),
            _ => Function::Matches(pattern),
        };
        Ok(Expression::Call(function, vec![value]))
    }

    /// `date_diff('day', from, to)`.
    fn difference(&mut self, at: usize) -> Parsed {
        let unit = match self.take() {
            Token::Text(unit) => Unit::named(&unit),
            _ => None,
        };
        let reason = "the first argument of date_diff must be 'day', 'month' or 'year'";
        let unit = unit.ok_or_else(|| self.problem_at(at, reason))?;
        self.expect_sign(",")?;
        let arguments = self.list(")")?;
        if arguments.len() != 2 {
            return Err(self.problem_at(at, "date_diff takes a unit and two dates"));
        }
        Ok(Expression::Call(Function::DateDifference(unit), arguments))
    }

    /// `list_transform(list, x -> …)` or `list_transform(list, lambda x: …)`.
    fn transform(&mut self) -> Parsed {
        let list = self.expression()?;
        self.expect_sign(",")?;
        let newer = self.words(&["lambda"]);
        let Token::Word(variable) = self.take() else {
            return Err(self.problem_before("a lambda with one variable is expected"));
        };
        self.expect_sign(if newer { ":" } else { "->" })?;
        let body = self.body(variable)?;
        self.expect_sign(")")?;
        Ok(Expression::Transform(Box::new((list, body))))
    }
}
