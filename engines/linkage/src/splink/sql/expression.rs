//! The tree of a condition.

use super::super::value::Value;
use super::cast::Kind;
use super::function::Function;

/// Which of the two records a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::splink) enum Side {
    /// The record that Splink calls `l`.
    Left,
    /// The record that Splink calls `r`.
    Right,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::splink) enum Comparator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A condition, or a part of one.
///
/// What SQL can say in several ways has one form here: `BETWEEN` is two comparisons, `IN` a chain
/// of `OR`, and so on.
#[derive(Debug, Clone)]
pub(in crate::splink) enum Expression {
    Constant(Value),
    /// A column of a record by its position; after planning, a slot of a record.
    Read(Side, usize),
    /// A call that the conditions of a comparison have in common, by its position.
    Shared(usize),
    /// What a lambda is applied to; 0 is that of the innermost lambda.
    Variable(usize),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    IsNull(Box<Expression>),
    Compare(Comparator, Box<(Expression, Expression)>),
    /// `IS NOT DISTINCT FROM`.
    Same(Box<(Expression, Expression)>),
    /// The first branch whose condition holds.
    Case(Vec<(Expression, Expression)>, Box<Expression>),
    Cast {
        to: Kind,
        /// `TRY_CAST`: what cannot be converted is `NULL`.
        lenient: bool,
        value: Box<Expression>,
    },
    Call(Function, Vec<Expression>),
    List(Vec<Expression>),
    /// A list, and what is computed of each element.
    Transform(Box<(Expression, Expression)>),
}

/// What an expression depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::splink) struct Reads {
    pub(in crate::splink) left: bool,
    pub(in crate::splink) right: bool,
    /// A variable of a lambda around the expression.
    pub(in crate::splink) outside: bool,
}

impl Expression {
    /// A comparison of two expressions.
    pub(super) fn compare(how: Comparator, left: Self, right: Self) -> Self {
        Self::Compare(how, Box::new((left, right)))
    }

    /// The parts that `AND` joins at the top, however deep the brackets are; the expression itself
    /// if there is no `AND`.
    pub(in crate::splink) fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::And(parts) => parts.iter().flat_map(Self::conjuncts).collect(),
            other => vec![other],
        }
    }

    /// The column that the expression says is equal on both sides, if that is all it says.
    pub(in crate::splink) fn exact_match(&self) -> Option<usize> {
        let mut columns = self.conjuncts().into_iter().map(|part| match part {
            Self::Compare(Comparator::Equal, sides) => match **sides {
                (Self::Read(_, a), Self::Read(_, b)) if a == b => Some(a),
                _ => None,
            },
            _ => None,
        });
        let first = columns.next()??;
        columns.all(|column| column == Some(first)).then_some(first)
    }

    /// What the expression depends on.
    pub(in crate::splink) fn reads(&self) -> Reads {
        let mut reads = Reads::default();
        self.note_reads(0, &mut reads);
        reads
    }

    fn note_reads(&self, lambdas: usize, reads: &mut Reads) {
        match self {
            Self::Read(Side::Left, _) => reads.left = true,
            Self::Read(Side::Right, _) => reads.right = true,
            Self::Variable(depth) => reads.outside |= *depth >= lambdas,
            Self::Transform(parts) => {
                parts.0.note_reads(lambdas, reads);
                parts.1.note_reads(lambdas + 1, reads);
            }
            other => {
                for child in other.children() {
                    child.note_reads(lambdas, reads);
                }
            }
        }
    }

    /// How many expressions it is made of.
    pub(super) fn size(&self) -> usize {
        1 + self.children().into_iter().map(Self::size).sum::<usize>()
    }

    fn children(&self) -> Vec<&Self> {
        match self {
            Self::Constant(_) | Self::Read(..) | Self::Shared(_) | Self::Variable(_) => Vec::new(),
            Self::And(parts) | Self::Or(parts) | Self::Call(_, parts) | Self::List(parts) => {
                parts.iter().collect()
            }
            Self::Not(inner) | Self::IsNull(inner) | Self::Cast { value: inner, .. } => {
                vec![inner]
            }
            Self::Compare(_, pair) | Self::Same(pair) | Self::Transform(pair) => {
                vec![&pair.0, &pair.1]
            }
            Self::Case(branches, otherwise) => branches
                .iter()
                .flat_map(|(condition, value)| [condition, value])
                .chain([&**otherwise])
                .collect(),
        }
    }

    /// The parts of an expression, to be replaced.
    pub(in crate::splink) fn children_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Constant(_) | Self::Read(..) | Self::Shared(_) | Self::Variable(_) => Vec::new(),
            Self::And(parts) | Self::Or(parts) | Self::Call(_, parts) | Self::List(parts) => {
                parts.iter_mut().collect()
            }
            Self::Not(inner) | Self::IsNull(inner) | Self::Cast { value: inner, .. } => {
                vec![inner]
            }
            Self::Compare(_, pair) | Self::Same(pair) | Self::Transform(pair) => {
                vec![&mut pair.0, &mut pair.1]
            }
            Self::Case(branches, otherwise) => branches
                .iter_mut()
                .flat_map(|(condition, value)| [condition, value])
                .chain([&mut **otherwise])
                .collect(),
        }
    }
}
