//! A queue that many threads take from.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::job::Job;

/// Jobs waiting for the next free thread; clones share one queue.
#[derive(Clone)]
pub(crate) struct Queue(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    arrived: Condvar,
}

struct State {
    waiting: VecDeque<Box<dyn Job>>,
    open: bool,
}

impl Queue {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                open: true,
            }),
            arrived: Condvar::new(),
        }))
    }

    pub(crate) fn push(&self, job: Box<dyn Job>) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.push_back(job);
        drop(state);
        self.0.arrived.notify_one();
    }

    /// The next job; `None` once the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<Box<dyn Job>> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Some(job);
            }
            if !state.open {
                return None;
            }
            state = self
                .0
                .arrived
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(crate) fn close(&self) {
        self.0
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .open = false;
        self.0.arrived.notify_all();
    }
}
