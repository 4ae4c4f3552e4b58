//! Workbooks by what is read of them and written to them.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod making;
#[cfg(test)]
mod mutated;
#[cfg(test)]
mod written;
