//! Operators, from the loosest to the tightest.

use super::super::super::error::Problem;
use super::super::super::value::Value;
use super::super::cast::{Kind, SUPPORTED};
use super::super::expression::{Comparator, Expression};
use super::super::function::Function;
use super::super::number;
use super::super::token::Token;
use super::parser::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn any(&mut self) -> Parsed {
        let mut parts = vec![self.all()?];
        while self.words(&["or"]) {
            parts.push(self.all()?);
        }
        Ok(single_or(parts, Expression::Or))
    }

    fn all(&mut self) -> Parsed {
        let mut parts = vec![self.negation()?];
        while self.words(&["and"]) {
            parts.push(self.negation()?);
        }
        Ok(single_or(parts, Expression::And))
    }

    fn negation(&mut self) -> Parsed {
        if self.words(&["not"]) {
            return self.deeper(Self::negation).map(not);
        }
        self.statement()
    }

    /// What may be followed by IS.
    fn statement(&mut self) -> Parsed {
        let mut value = self.comparison()?;
        loop {
            if self.words(&["isnull"]) {
                value = Expression::IsNull(Box::new(value));
            } else if self.words(&["notnull"]) {
                value = not(Expression::IsNull(Box::new(value)));
            } else if self.words(&["is"]) {
                let negated = self.words(&["not"]);
                value = self.after_is(value)?;
                if negated {
                    value = not(value);
                }
            } else {
                return Ok(value);
            }
            self.link()?;
        }
    }

    fn after_is(&mut self, value: Expression) -> Parsed {
        if self.words(&["null"]) || self.words(&["unknown"]) {
            return Ok(Expression::IsNull(Box::new(value)));
        }
        let same = |other| Expression::Same(Box::new((value, other)));
        if self.words(&["true"]) {
            return Ok(same(Expression::Constant(true.into())));
        }
        if self.words(&["false"]) {
            return Ok(same(Expression::Constant(false.into())));
        }
        if self.words(&["distinct", "from"]) {
            return Ok(not(same(self.range()?)));
        }
        Err(self.problem("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM is expected after IS"))
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.range()?;
        let how = match self.peek() {
            Token::Sign("=" | "==") => Comparator::Equal,
            Token::Sign("<>" | "!=") => Comparator::Unequal,
            Token::Sign("<") => Comparator::Less,
            Token::Sign("<=") => Comparator::LessOrEqual,
            Token::Sign(">") => Comparator::Greater,
            Token::Sign(">=") => Comparator::GreaterOrEqual,
            _ => return Ok(left),
        };
        self.take();
        let right = self.range()?;
        Ok(compare_in_one_precision(how, left, right))
    }

    fn range(&mut self) -> Parsed {
        let value = self.joined()?;
        let negated = self.is_word(0, "not")
            && ["between", "in", "like", "ilike"]
                .iter()
                .any(|word| self.is_word(1, word));
        if negated {
            self.take();
        }
        let tested = if self.words(&["between"]) {
            let from = self.joined()?;
            self.expect_word("and")?;
            let to = self.joined()?;
            Expression::And(vec![
                Expression::compare(Comparator::GreaterOrEqual, self.copy(&value)?, from),
                Expression::compare(Comparator::LessOrEqual, value, to),
            ])
        } else if self.words(&["in"]) {
            self.expect_sign("(")?;
            let members = self.list(")")?;
            let mut equal = Vec::with_capacity(members.len());
            for member in members {
                let value = self.copy(&value)?;
                equal.push(Expression::compare(Comparator::Equal, value, member));
            }
            Expression::Or(equal)
        } else if self.is_word(0, "like") || self.is_word(0, "ilike") {
            let ignore_case = self.is_word(0, "ilike");
            self.take();
            let pattern = self.joined()?;
            Expression::Call(Function::Like { ignore_case }, vec![value, pattern])
        } else {
            return Ok(value);
        };
        Ok(if negated { not(tested) } else { tested })
    }

    fn joined(&mut self) -> Parsed {
        let mut value = self.sum()?;
        while self.sign("||") {
            self.link()?;
            value = Expression::Call(Function::Join, vec![value, self.sum()?]);
        }
        Ok(value)
    }

    fn sum(&mut self) -> Parsed {
        let mut value = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Sign("+") => Function::Add,
                Token::Sign("-") => Function::Subtract,
                _ => return Ok(value),
            };
            self.take();
            self.link()?;
            value = Expression::Call(operator, vec![value, self.product()?]);
        }
    }

    fn product(&mut self) -> Parsed {
        let mut value = self.signed()?;
        loop {
            let operator = match self.peek() {
                Token::Sign("*") => Function::Multiply,
                Token::Sign("/") => Function::Divide,
                _ => return Ok(value),
            };
            self.take();
            self.link()?;
            value = Expression::Call(operator, vec![value, self.signed()?]);
        }
    }

    fn signed(&mut self) -> Parsed {
        if self.sign("+") {
            return self.deeper(Self::signed);
        }
        if !self.sign("-") {
            return self.postfixed();
        }
        Ok(match self.deeper(Self::signed)? {
            Expression::Constant(Value::Integer(value)) => {
                Expression::Constant(Value::Integer(value.saturating_neg()))
            }
            Expression::Constant(Value::Number(value)) => Expression::Constant((-value).into()),
            value => Expression::Call(Function::Negate, vec![value]),
        })
    }

    fn postfixed(&mut self) -> Parsed {
        let mut value = self.primary()?;
        loop {
            if self.sign("[") {
                if let Token::Text(_) = self.peek() {
                    return Err(self.problem("fields of a struct are not supported"));
                }
                let position = self.expression()?;
                self.expect_sign("]")?;
                value = Expression::Call(Function::Element, vec![value, position]);
            } else if self.sign("::") {
                let to = self.kind()?;
                value = Expression::Cast {
                    to,
                    lenient: false,
                    value: Box::new(value),
                };
            } else {
                return Ok(value);
            }
            self.link()?;
        }
    }

    pub(super) fn kind(&mut self) -> Result<Kind, Problem> {
        let named = match self.peek() {
            Token::Word(name) => Kind::named(name),
            _ => None,
        };
        let problem = self.problem(format!(
            "this type is not supported; supported are {SUPPORTED}"
        ));
        self.take();
        if named == Some(Kind::Number) {
            self.words(&["precision"]);
        }
        match self.peek() {
            Token::Sign("[" | "(") => Err(problem),
            _ => named.ok_or(problem),
        }
    }

    /// Expressions with commas up to a closing bracket.
    pub(super) fn list(&mut self, close: &str) -> Result<Vec<Expression>, Problem> {
        let mut items = Vec::new();
        if self.sign(close) {
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            if self.sign(close) {
                return Ok(items);
            }
            if !self.sign(",") {
                return Err(self.problem(format!("a comma or {close} is expected")));
            }
        }
    }
}

fn not(expression: Expression) -> Expression {
    Expression::Not(Box::new(expression))
}

fn single_or(
    mut parts: Vec<Expression>,
    join: impl FnOnce(Vec<Expression>) -> Expression,
) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// `DuckDB` compares a FLOAT and a constant as FLOATs, so the constant loses its further digits.
fn compare_in_one_precision(
    how: Comparator,
    mut left: Expression,
    mut right: Expression,
) -> Expression {
    shorten_beside_single(&left, &mut right);
    shorten_beside_single(&right, &mut left);
    Expression::compare(how, left, right)
}

fn shorten_beside_single(cast: &Expression, constant: &mut Expression) {
    let single = matches!(
        cast,
        Expression::Cast {
            to: Kind::Single,
            ..
        }
    );
    if let (true, Expression::Constant(value)) = (single, constant)
        && let Some(exact) = value.real()
    {
        *value = number::single(exact).into();
    }
}
