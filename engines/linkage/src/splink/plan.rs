//! What is computed once per record.

use std::collections::HashMap;

use super::error::Problem;
use super::sql::{Columns, Expression, Naming, Side, parse};

/// The columns of the input, and what is computed from those of one record. Each such value has a
/// slot in the record, which the conditions read.
#[derive(Debug, Default)]
pub(super) struct Plan {
    columns: Columns,
    slots: Vec<Expression>,
    /// The slots by the text of their expression.
    known: HashMap<String, usize>,
}

impl Plan {
    /// The tree of a condition, with columns still by their position.
    pub(super) fn parse(&mut self, sql: &str, naming: Naming) -> Result<Expression, Problem> {
        parse(sql, naming, &mut self.columns)
    }

    /// The position of a column.
    pub(super) fn column(&mut self, name: &str) -> usize {
        self.columns.place(name)
    }

    /// The slot that holds a column as it is.
    pub(super) fn column_slot(&mut self, name: &str) -> usize {
        let column = self.column(name);
        self.slot(Expression::Read(Side::Left, column))
    }

    /// Makes a condition read slots: every part of it that depends on one record only becomes one.
    pub(super) fn settle(&mut self, expression: &mut Expression) {
        let reads = expression.reads();
        if reads.left != reads.right && !reads.outside {
            let side = if reads.left { Side::Left } else { Side::Right };
            let mut of_one = std::mem::replace(expression, Expression::Read(side, 0));
            forget_side(&mut of_one);
            *expression = Expression::Read(side, self.slot(of_one));
            return;
        }
        for part in expression.children_mut() {
            self.settle(part);
        }
    }

    /// Makes a condition read slots that hold columns as they are, so that one column can be
    /// exchanged for each of its elements.
    pub(super) fn settle_columns(&mut self, expression: &mut Expression) {
        if let Expression::Read(_, place) = expression {
            *place = self.slot(Expression::Read(Side::Left, *place));
        }
        for part in expression.children_mut() {
            self.settle_columns(part);
        }
    }

    /// The names of the columns, and the expressions of the slots.
    pub(super) fn finish(self) -> (Columns, Vec<Expression>) {
        (self.columns, self.slots)
    }

    fn slot(&mut self, expression: Expression) -> usize {
        // The debug text says everything about an expression.
        *self
            .known
            .entry(format!("{expression:?}"))
            .or_insert_with(|| {
                self.slots.push(expression);
                self.slots.len() - 1
            })
    }
}

fn forget_side(expression: &mut Expression) {
    if let Expression::Read(side, _) = expression {
        *side = Side::Left;
    }
    for part in expression.children_mut() {
        forget_side(part);
    }
}
