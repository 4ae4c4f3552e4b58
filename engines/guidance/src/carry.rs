//! Carrying answers over to another version of a flow.

use stour_kernel::Date;

use crate::answer::Answers;
use crate::flow::Flow;
use crate::question::Question;

/// What became of answers in another version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The answers that still fit.
    pub kept: Answers,
    /// What was asked, where the answer does not fit and is asked again: the words of the version before.
    pub again: Vec<String>,
}

impl Flow {
    /// Carries answers that were given to `before` over to this version. An answer is kept where the
    /// question is still asked with the same kind and meaning and the answer is one that it takes.
    pub fn carry(&self, before: &Self, answers: &Answers, today: Date) -> Carried {
        let mut carried = Carried::default();
        for question in &before.questions {
            let Some(given) = answers.of(&question.id) else {
                continue;
            };
            let fits = self.question(&question.id).is_some_and(|now| {
                let choices: Vec<_> = now.choices.iter().collect();
                is_the_same(question, now) && now.read(given, &choices).is_ok()
            });
            if fits {
                carried.kept.0.insert(question.id.clone(), given.to_vec());
            } else {
                carried.again.push(question.ask.clone());
            }
        }
        // Where an option is offered only to some, the way there decides.
        if let Some(position) = self.position(&carried.kept, today)
            && let crate::position::At::Question(question) = position.at
            && carried.kept.0.remove(&question.id).is_some()
        {
            carried.again.push(question.ask.clone());
        }
        carried
    }
}

fn is_the_same(before: &Question, now: &Question) -> bool {
    before.kind.as_str() == now.kind.as_str() && before.meaning == now.meaning
}
