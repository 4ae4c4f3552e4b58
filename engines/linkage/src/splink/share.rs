//! What several levels of a comparison compute of the same pair.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::sql::{Expression, Scope, Slot};

/// Calls that occur more than once among the conditions of a comparison, such as the similarity of
/// two names that each level holds against another threshold.
#[derive(Debug, Default)]
pub(super) struct Shared(Vec<Expression>);

/// The values of shared calls for one pair, each computed when it is first asked for.
#[derive(Debug)]
pub(super) struct Memo<'a> {
    shared: &'a [Expression],
    values: Vec<OnceCell<Slot>>,
}

impl Shared {
    /// Takes the repeated calls out of the conditions, which then refer to them.
    pub(super) fn take_out_of(conditions: &mut [&mut Expression]) -> Self {
        let mut occurrences = HashMap::new();
        for condition in &mut *conditions {
            count(condition, &mut occurrences);
        }
        let mut shared = Self::default();
        let mut known = HashMap::new();
        for condition in conditions {
            shared.replace(condition, &occurrences, &mut known);
        }
        shared
    }

    /// A fresh memo for a pair.
    pub(super) fn memo(&self) -> Memo<'_> {
        Memo {
            shared: &self.0,
            values: vec![OnceCell::new(); self.0.len()],
        }
    }

    fn replace(
        &mut self,
        expression: &mut Expression,
        occurrences: &HashMap<String, usize>,
        known: &mut HashMap<String, usize>,
    ) {
        let name = name(expression).filter(|name| occurrences.get(name).is_some_and(|n| *n > 1));
        if let Some(place) = name.as_ref().and_then(|name| known.get(name)) {
            *expression = Expression::Shared(*place);
            return;
        }
        for part in expression.children_mut() {
            self.replace(part, occurrences, known);
        }
        if let Some(name) = name {
            let place = self.0.len();
            self.0
                .push(std::mem::replace(expression, Expression::Shared(place)));
            known.insert(name, place);
        }
    }
}

impl<'a> Memo<'a> {
    /// The value of a shared call.
    pub(super) fn value(&'a self, place: usize, scope: &Scope<'a>) -> Option<&'a Slot> {
        let call = self.shared.get(place)?;
        let compute = || call.evaluate(scope).map(Cow::into_owned);
        Some(self.values.get(place)?.get_or_init(compute))
    }
}

fn count(expression: &mut Expression, occurrences: &mut HashMap<String, usize>) {
    if let Some(name) = name(expression) {
        *occurrences.entry(name).or_default() += 1;
    }
    for part in expression.children_mut() {
        count(part, occurrences);
    }
}

/// The debug text of a call, which says everything about it, unless the call depends on a lambda
/// around it.
fn name(expression: &Expression) -> Option<String> {
    let call = matches!(expression, Expression::Call(..)) && !expression.reads().outside;
    call.then(|| format!("{expression:?}"))
}
