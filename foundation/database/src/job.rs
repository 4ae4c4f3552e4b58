//! A read or write on its way to a database thread and back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::companion::Companions;
use crate::error::{Error, Result};
use crate::transaction::{Afterwards, Transaction};

/// A function of a transaction, waiting to be run, perhaps more than once, and answered once.
pub(crate) trait Job: Send {
    /// Runs the function. An error means: keep nothing of it.
    fn run(&mut self, tx: &mut Transaction<'_>) -> Result<(), Failed>;
    /// Whether nobody waits for the answer any more.
    fn abandoned(&self) -> bool;
    /// Whether the read limit applies.
    fn hurried(&self) -> bool;
    /// Answers the caller: with the function's own result, or with what befell its transaction.
    fn finish(self: Box<Self>, fate: Result<()>);
}

/// Why a job's work is not to be kept.
#[derive(Debug, Clone)]
pub(crate) enum Failed {
    /// The function said so, for a reason of its own.
    Refused,
    /// The database said so.
    Database(Error),
}

pub(crate) struct Work<T, E, F> {
    function: F,
    hurried: bool,
    companions: Companions,
    outcome: Option<Result<T, E>>,
    afterwards: Vec<Afterwards>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// A boxed job and the place where its answer will arrive.
pub(crate) type Sent<T, E> = (Box<dyn Job>, oneshot::Receiver<Result<T, E>>);

pub(crate) fn job<T, E, F>(function: F, hurried: bool, companions: &Companions) -> Sent<T, E>
where
    F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (
        Box::new(Work {
            function,
            hurried,
            companions: companions.clone(),
            outcome: None,
            afterwards: Vec::new(),
            reply,
        }),
        answer,
    )
}

impl<T, E, F> Job for Work<T, E, F>
where
    F: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Transaction<'_>) -> Result<(), Failed> {
        tx.begin_anew();
        self.afterwards.clear();
        tx.keep_beside(&self.companions);
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| (self.function)(tx))) else {
            tracing::error!("a database job panicked and was rolled back");
            self.outcome = Some(Err(Error::Panicked.into()));
            return Err(Failed::Refused);
        };
        let (outcome, ran) = match (outcome, tx.failure()) {
            (Ok(_), Some(error)) => (Err(error.clone().into()), Err(Failed::Database(error))),
            (outcome, Some(error)) => (outcome, Err(Failed::Database(error))),
            (Ok(value), None) => {
                self.afterwards = tx.take_afterwards();
                (Ok(value), Ok(()))
            }
            (outcome, None) => (outcome, Err(Failed::Refused)),
        };
        self.outcome = Some(outcome);
        ran
    }

    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn hurried(&self) -> bool {
        self.hurried
    }

    fn finish(self: Box<Self>, fate: Result<()>) {
        let outcome = match (fate, self.outcome) {
            (Err(error), _) => Err(error.into()),
            (Ok(()), Some(outcome)) => {
                self.afterwards.into_iter().for_each(|what| what());
                outcome
            }
            (Ok(()), None) => Err(Error::Panicked.into()),
        };
        // A caller that has gone away needs no answer.
        let _ = self.reply.send(outcome);
    }
}
