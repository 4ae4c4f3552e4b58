//! The bounds that conditions set for an answer: where what follows changes.

use std::collections::BTreeSet;

use stour_kernel::Date;

use super::Expression;

/// The numbers, amounts and days with which an answer is compared, alone or with others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) numbers: BTreeSet<i64>,
    pub(crate) dates: BTreeSet<Date>,
    /// It is compared with the day on which it is given.
    pub(crate) today: bool,
    /// Numbers of days from then.
    pub(crate) days: BTreeSet<i64>,
}

impl Bounds {
    /// Adds the bounds that this expression sets for a question.
    pub(crate) fn gather(&mut self, expression: &Expression, question: &str) {
        if let Expression::Compare(left, _, right) = expression
            && expression.questions().contains(question)
        {
            let mut factors = BTreeSet::new();
            let mut numbers = BTreeSet::new();
            for side in [left, right] {
                self.literals(side, &mut numbers, &mut factors);
            }
            for number in &numbers {
                let of_products = factors
                    .iter()
                    .filter_map(|factor| number.checked_div(*factor));
                self.numbers.extend(of_products);
            }
            let through_days = [left, right]
                .into_iter()
                .any(|side| counts_days(side, question));
            if through_days {
                self.days.extend(&numbers);
                self.today = true;
            }
            self.numbers.extend(numbers);
        }
        for part in expression.parts() {
            self.gather(part, question);
        }
    }

    fn literals(
        &mut self,
        expression: &Expression,
        numbers: &mut BTreeSet<i64>,
        factors: &mut BTreeSet<i64>,
    ) {
        match expression {
            Expression::Number(number) | Expression::Money(number) => {
                numbers.insert(*number);
                factors.insert(*number);
            }
            Expression::Date(date) => {
                self.dates.insert(*date);
            }
            Expression::Today => self.today = true,
            other => {
                for part in other.parts() {
                    self.literals(part, numbers, factors);
                }
            }
        }
    }
}

fn counts_days(expression: &Expression, question: &str) -> bool {
    match expression {
        Expression::DaysUntil(date) => date.questions().contains(question),
        other => {
            let mut parts = other.parts().into_iter();
            parts.any(|part| counts_days(part, question))
        }
    }
}
