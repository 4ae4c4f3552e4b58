//! The value of an expression for two records.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::error::Failure;
use super::super::share::Memo;
use super::super::value::Value;
use super::cast::cast;
use super::expression::{Expression, Side};
use super::{apply::expected, compare};

/// A value of a record, or why it could not be computed. The failure counts only if the value is
/// used.
pub(in crate::splink) type Slot = Result<Value, Failure>;

/// What an expression can see.
#[derive(Debug, Clone, Copy)]
pub(in crate::splink) struct Scope<'a> {
    left: &'a [Slot],
    right: &'a [Slot],
    shared: Option<&'a Memo<'a>>,
    variables: Option<&'a Binding<'a>>,
}

/// What a lambda is applied to, within that of the lambdas around it.
#[derive(Debug)]
struct Binding<'a> {
    value: &'a Value,
    outer: Option<&'a Binding<'a>>,
}

impl<'a> Scope<'a> {
    /// The slots of two records.
    pub(in crate::splink) fn new(left: &'a [Slot], right: &'a [Slot]) -> Self {
        let (shared, variables) = (None, None);
        Self {
            left,
            right,
            shared,
            variables,
        }
    }

    /// With what the conditions have in common.
    pub(in crate::splink) fn sharing(self, memo: &'a Memo<'a>) -> Self {
        Self {
            shared: Some(memo),
            ..self
        }
    }

    fn slot(&self, side: Side, place: usize) -> Result<&'a Value, Failure> {
        let slots = match side {
            Side::Left => self.left,
            Side::Right => self.right,
        };
        match slots.get(place) {
            Some(Ok(value)) => Ok(value),
            Some(Err(failure)) => Err(failure.clone()),
            None => Err(Failure::new("a record was made for another model")),
        }
    }

    fn shared(&self, place: usize) -> Result<&'a Value, Failure> {
        self.shared
            .and_then(|memo| memo.value(place, self))
            .ok_or_else(|| Failure::new("a shared call stands outside its comparison"))?
            .as_ref()
            .map_err(Clone::clone)
    }

    fn variable(&self, depth: usize) -> Result<&'a Value, Failure> {
        let mut binding = self.variables;
        for _ in 0..depth {
            binding = binding.and_then(|binding| binding.outer);
        }
        binding
            .map(|binding| binding.value)
            .ok_or_else(|| Failure::new("a variable stands outside its lambda"))
    }
}

impl Expression {
    /// The value of the expression.
    pub(in crate::splink) fn evaluate<'a>(
        &'a self,
        scope: &Scope<'a>,
    ) -> Result<Cow<'a, Value>, Failure> {
        Ok(match self {
            Self::Constant(value) => Cow::Borrowed(value),
            Self::Read(side, place) => Cow::Borrowed(scope.slot(*side, *place)?),
            Self::Shared(place) => Cow::Borrowed(scope.shared(*place)?),
            Self::Variable(depth) => Cow::Borrowed(scope.variable(*depth)?),
            Self::Case(branches, otherwise) => {
                for (condition, value) in branches {
                    if condition.truth(scope)? == Some(true) {
                        return value.evaluate(scope);
                    }
                }
                otherwise.evaluate(scope)?
            }
            Self::Cast { to, lenient, value } => match cast(&*value.evaluate(scope)?, *to) {
                Err(_) if *lenient => Cow::Owned(Value::Null),
                converted => Cow::Owned(converted?),
            },
            Self::Call(function, arguments) => Cow::Owned(match arguments.as_slice() {
                [a] => function.apply(&[a.evaluate(scope)?])?,
                [a, b] => function.apply(&[a.evaluate(scope)?, b.evaluate(scope)?])?,
                more => function.apply(&all(more, scope)?)?,
            }),
            Self::List(items) => {
                let items = all(items, scope)?.into_iter().map(Cow::into_owned);
                Cow::Owned(Value::List(items.collect()))
            }
            Self::Transform(parts) => Cow::Owned(transform(&parts.0, &parts.1, scope)?),
            Self::And(_)
            | Self::Or(_)
            | Self::Not(_)
            | Self::IsNull(_)
            | Self::Compare(..)
            | Self::Same(_) => Cow::Owned(self.truth(scope)?.into()),
        })
    }

    /// Whether the expression holds; `None` is the `NULL` of three-valued logic.
    pub(in crate::splink) fn truth<'a>(
        &'a self,
        scope: &Scope<'a>,
    ) -> Result<Option<bool>, Failure> {
        match self {
            Self::And(parts) => join(parts, scope, false),
            Self::Or(parts) => join(parts, scope, true),
            Self::Not(inner) => Ok(inner.truth(scope)?.map(|holds| !holds)),
            Self::IsNull(inner) => Ok(Some(inner.evaluate(scope)?.is_null())),
            Self::Compare(how, sides) => {
                let (a, b) = (sides.0.evaluate(scope)?, sides.1.evaluate(scope)?);
                Ok(compare::order(&a, &b)?.map(|order| how.holds(order)))
            }
            Self::Same(sides) => {
                let (a, b) = (sides.0.evaluate(scope)?, sides.1.evaluate(scope)?);
                Ok(Some(match compare::order(&a, &b)? {
                    Some(order) => order == Ordering::Equal,
                    None => a.is_null() && b.is_null(),
                }))
            }
            other => match &*other.evaluate(scope)? {
                Value::Boolean(holds) => Ok(Some(*holds)),
                Value::Null => Ok(None),
                value => Err(expected("a condition", value)),
            },
        }
    }
}

/// `AND` ends with the first part that does not hold, `OR` with the first that does; else a
/// `NULL` among the parts makes the whole `NULL`.
fn join<'a>(
    parts: &'a [Expression],
    scope: &Scope<'a>,
    decisive: bool,
) -> Result<Option<bool>, Failure> {
    let mut result = Some(!decisive);
    for part in parts {
        match part.truth(scope)? {
            Some(holds) if holds == decisive => return Ok(Some(decisive)),
            Some(_) => {}
            None => result = None,
        }
    }
    Ok(result)
}

fn all<'a>(
    expressions: &'a [Expression],
    scope: &Scope<'a>,
) -> Result<Vec<Cow<'a, Value>>, Failure> {
    expressions
        .iter()
        .map(|each| each.evaluate(scope))
        .collect()
}

fn transform(list: &Expression, body: &Expression, scope: &Scope<'_>) -> Result<Value, Failure> {
    let list = list.evaluate(scope)?;
    let items = match &*list {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(expected("a list", other)),
    };
    let mut results = Vec::with_capacity(items.len());
    for value in items {
        let binding = Binding {
            value,
            outer: scope.variables,
        };
        let inner = Scope {
            variables: Some(&binding),
            ..*scope
        };
        results.push(body.evaluate(&inner)?.into_owned());
    }
    Ok(Value::List(results))
}
