//! What must be true of the whole workspace.

#[cfg(test)]
mod appraisal;
#[cfg(test)]
mod arrows;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod files;
#[cfg(test)]
mod hazards;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod link;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod program;
#[cfg(test)]
mod programme;
#[cfg(test)]
mod rate;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod spc;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod workspace;
#[cfg(test)]
mod written;
