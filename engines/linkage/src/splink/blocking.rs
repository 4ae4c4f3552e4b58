//! Blocking rules: which pairs Splink would compare at all.

use super::error::{Failure, ModelError, ScoreError};
use super::plan::Plan;
use super::record::Record;
use super::settings::RuleSettings;
use super::sql::{Comparator, Expression, Naming, Scope, Slot};
use super::value::Value;

/// A rule that two records must satisfy to be compared.
///
/// A caller can index the records by [`right_keys`](Self::right_keys), look the
/// [`left_keys`](Self::left_keys) up, and ask [`admits`](Self::admits) only of the pairs found, and
/// only where [`is_key_only`](Self::is_key_only) is false. Splink compares a pair that several
/// rules admit once. Which of two records is the left one is for the caller: Splink takes the one
/// with the lower identifier, or that of the first set of records.
#[derive(Debug)]
pub struct BlockingRule {
    sql: String,
    place: usize,
    left: Vec<Expression>,
    right: Vec<Expression>,
    condition: Expression,
    key_only: bool,
    /// The slots of the lists whose elements stand for the list.
    exploded: Vec<usize>,
}

/// The values that must be equal.
type Key = Vec<Value>;

impl BlockingRule {
    /// Builds the rule at this place (from 0) in the model.
    pub(super) fn new(
        place: usize,
        settings: RuleSettings,
        plan: &mut Plan,
    ) -> Result<Self, ModelError> {
        let (sql, lists) = match settings {
            RuleSettings::Sql(sql) => (sql, Vec::new()),
            RuleSettings::Rule {
                blocking_rule,
                arrays_to_explode,
            } => (blocking_rule, arrays_to_explode.unwrap_or_default()),
        };
        let error = |reason: String| ModelError::BlockingRule {
            rule: place + 1,
            reason,
        };
        let mut condition = plan
            .parse(&sql, Naming::Prefix)
            .map_err(|problem| error(problem.to_string()))?;
        let (mut left, mut right, mut key_only) = (Vec::new(), Vec::new(), true);
        for part in condition.conjuncts() {
            match equal_sides(part) {
                Some((of_left, of_right)) => {
                    left.push(of_left.clone());
                    right.push(of_right.clone());
                }
                None => key_only = false,
            }
        }
        let every = left.iter_mut().chain(&mut right).chain([&mut condition]);
        for expression in every {
            if lists.is_empty() {
                plan.settle(expression);
            } else {
                plan.settle_columns(expression);
            }
        }
        let exploded = lists
            .iter()
            .map(|list| plan.column_slot(list.trim_matches('"')))
            .collect();
        Ok(Self {
            sql,
            place,
            left,
            right,
            condition,
            key_only,
            exploded,
        })
    }

    /// The rule as the model has it.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Whether equal keys are all that the rule asks.
    pub fn is_key_only(&self) -> bool {
        self.key_only
    }

    /// The keys of a record as the left one: none if a part of the key is missing, and several if
    /// the elements of a list stand for the list. A rule that asks no equality has the same empty
    /// key for every record.
    ///
    /// # Errors
    ///
    /// When the SQL cannot be evaluated for the record.
    pub fn left_keys(&self, record: &Record) -> Result<Vec<Key>, ScoreError> {
        self.keys(&self.left, record)
    }

    /// The keys of a record as the right one, as for [`left_keys`](Self::left_keys).
    ///
    /// # Errors
    ///
    /// When the SQL cannot be evaluated for the record.
    pub fn right_keys(&self, record: &Record) -> Result<Vec<Key>, ScoreError> {
        self.keys(&self.right, record)
    }

    /// Whether the whole rule holds for a pair.
    ///
    /// # Errors
    ///
    /// When the SQL cannot be evaluated for these records.
    pub fn admits(&self, left: &Record, right: &Record) -> Result<bool, ScoreError> {
        let (lefts, rights) = (self.forms(left), self.forms(right));
        for left in &lefts {
            for right in &rights {
                let holds = self.condition.truth(&Scope::new(left, right));
                if holds.map_err(|failure| self.error(&failure))? == Some(true) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn keys(&self, parts: &[Expression], record: &Record) -> Result<Vec<Key>, ScoreError> {
        let mut keys = Vec::new();
        for form in self.forms(record) {
            let scope = Scope::new(&form, &form);
            let key = parts
                .iter()
                .map(|part| Ok(part.evaluate(&scope)?.into_owned()))
                .collect::<Result<Key, Failure>>()
                .map_err(|failure| self.error(&failure))?;
            if !key.iter().any(Value::is_null) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// The record itself, or one for each element of its exploded lists. Without an element there
    /// is none.
    fn forms<'r>(&self, record: &'r Record) -> Vec<std::borrow::Cow<'r, [Slot]>> {
        let mut forms = vec![std::borrow::Cow::Borrowed(record.slots())];
        for slot in &self.exploded {
            let mut longer = Vec::new();
            for form in forms {
                let Some(Ok(Value::List(items))) = form.get(*slot) else {
                    continue;
                };
                for item in items {
                    let mut one = form.to_vec();
                    if let Some(cell) = one.get_mut(*slot) {
                        *cell = Ok(item.clone());
                    }
                    longer.push(std::borrow::Cow::Owned(one));
                }
            }
            forms = longer;
        }
        forms
    }

    fn error(&self, failure: &Failure) -> ScoreError {
        ScoreError::Evaluation {
            place: format!("blocking rule {}", self.place + 1),
            reason: failure.to_string(),
        }
    }
}

/// The two sides of an equality between something of the left record and something of the right.
fn equal_sides(part: &Expression) -> Option<(&Expression, &Expression)> {
    let Expression::Compare(Comparator::Equal, sides) = part else {
        return None;
    };
    let (a, b) = (sides.0.reads(), sides.1.reads());
    match (a.left, a.right, b.left, b.right) {
        (true, false, false, true) => Some((&sides.0, &sides.1)),
        (false, true, true, false) => Some((&sides.1, &sides.0)),
        _ => None,
    }
}
