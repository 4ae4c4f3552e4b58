//! Durable writes a second, by how many write at once.

use std::time::{Duration, Instant};

use anyhow::Result;
use stour_database::{Database, Error};
use stour_kernel::Environment;

use crate::cpu;
use crate::report::Measured;
use crate::store::{Person, insert};

const LONG: Duration = Duration::from_secs(4);

/// Each writer waits until its write is stored before it sends the next.
pub(crate) async fn measure(db: &Database, env: &Environment, writers: usize) -> Result<Measured> {
    let (began, cpu_before) = (Instant::now(), cpu::used()?);
    let tasks: Vec<_> = (0..writers)
        .map(|_| {
            let (db, env) = (db.clone(), env.clone());
            tokio::spawn(async move {
                let mut count = 0;
                while began.elapsed() < LONG {
                    write(&db, env.clone()).await?;
                    count += 1;
                }
                Ok::<u32, Error>(count)
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await??;
    }
    Ok(Measured {
        count,
        wall: began.elapsed(),
        cpu: cpu::used()?.saturating_sub(cpu_before),
    })
}

async fn write(db: &Database, env: Environment) -> Result<(), Error> {
    let person = Person {
        name: "Margaret Sample".to_owned(),
        born: "1941-05-06".to_owned(),
        nhs_number: "9990000018".to_owned(),
    };
    db.write(move |tx| insert(tx, &env, &person)).await?;
    Ok(())
}
