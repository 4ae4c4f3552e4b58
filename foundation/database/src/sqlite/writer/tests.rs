use tokio::sync::mpsc;

use super::Writer;
use crate::companion::Companions;
use crate::error::{Error, Result};
use crate::job::{Job, Sent, job};
use crate::sqlite::create_private;
use crate::transaction::Transaction;
use crate::{params, sql};

fn insert(tx: &mut Transaction<'_>) -> Result<u64> {
    tx.execute(sql!("INSERT INTO t (a) VALUES (1)"), params![])
}

fn sent() -> Sent<u64, Error> {
    job(insert, true, &Companions::default())
}

fn fresh(test: &str) -> (std::path::PathBuf, Writer) {
    let path = std::env::temp_dir().join(format!("stour-writer-{}-{test}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    create_private(&path).unwrap();
    let writer = Writer::open(&path).unwrap();
    writer
        .connection
        .execute_batch("CREATE TABLE t (a BIGINT NOT NULL)")
        .unwrap();
    (path, writer)
}

fn rows(writer: &Writer) -> i64 {
    writer
        .connection
        .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn a_failed_sync_refuses_its_group_and_every_later_write() {
    let (path, mut writer) = fresh("sync");
    let (mut queue, mut waiting) = mpsc::channel(8);
    let (first, ok) = sent();
    writer.serve(first, &mut waiting);
    assert_eq!(ok.blocking_recv().unwrap(), Ok(1));

    let ((one, one_answer), (two, two_answer)) = (sent(), sent());
    writer.recover(&Error::Stopped, vec![one, two]);
    assert_eq!(one_answer.blocking_recv().unwrap(), Err(Error::Stopped));
    assert_eq!(two_answer.blocking_recv().unwrap(), Err(Error::Stopped));

    let (later, answer) = sent();
    put(&mut queue, later);
    drop(queue);
    let kept = rows(&writer);
    writer.run(waiting);
    assert_eq!(answer.blocking_recv().unwrap(), Err(Error::Stopped));
    assert_eq!(kept, 1);
    std::fs::remove_file(path).unwrap();
}

fn put(queue: &mut mpsc::Sender<Box<dyn Job>>, job: Box<dyn Job>) {
    assert!(queue.blocking_send(job).is_ok());
}

#[test]
fn a_sync_that_fails_within_a_job_stops_writing_too() {
    let (path, mut writer) = fresh("within");
    let (_queue, mut waiting) = mpsc::channel(8);
    let (failing, answer) = job::<u64, Error, _>(
        |tx| {
            insert(tx)?;
            tx.fail_with(Error::Stopped)
        },
        true,
        &Companions::default(),
    );
    writer.serve(failing, &mut waiting);
    assert_eq!(answer.blocking_recv().unwrap(), Err(Error::Stopped));
    assert!(writer.stopped);
    assert_eq!(rows(&writer), 0);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_full_disk_refuses_its_own_job_and_not_its_neighbour() {
    let (path, mut writer) = fresh("full");
    let (mut queue, mut waiting) = mpsc::channel(8);
    let (failing, full) = job::<u64, Error, _>(
        |tx| tx.fail_with(Error::DiskFull),
        true,
        &Companions::default(),
    );
    let (second, ok) = sent();
    put(&mut queue, second);
    writer.serve(failing, &mut waiting);
    writer.serve(waiting.try_recv().unwrap(), &mut waiting);
    assert_eq!(full.blocking_recv().unwrap(), Err(Error::DiskFull));
    assert_eq!(ok.blocking_recv().unwrap(), Ok(1));
    assert!(!writer.stopped);
    std::fs::remove_file(path).unwrap();
}
