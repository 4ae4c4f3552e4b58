//! The engine by what it gives for documents.

#[cfg(test)]
mod example;
