//! Boards that stand open while others write: what a change costs the server, by how many show it. Each board is a stream of events, on which the
//! lines that changed come.

use crate::Fault;
use crate::server::Server;
use crate::user::{Times, User};
use std::time::{Duration, Instant};

/// So many boards are open.
const OPEN: [usize; 4] = [0, 1, 10, 50];
/// So many changes are counted each time.
const CHANGES: usize = 20;
/// A change comes so long after the one before: what comes close together is told once.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Prints what a change costs with so many boards open. All of them are of one person who sees every child that is missing, and who writes is
/// somebody else.
pub async fn measure(server: &Server, users: &mut [User]) -> Result<(), Fault> {
    let [viewer, writer, ..] = users else { return Err("there are too few people".into()) };
    println!("a board, {} open episodes on its page, while others write", viewer.open);
    println!("{:<34}{:>16}{:>16}{:>14}", "", "processor ms", "of the boards", "lines told");
    let mut alone = 0.0;
    for open in OPEN {
        let mut boards = Vec::new();
        for _ in 0..open {
            boards.push(viewer.listen("/board/events?of=board").await?);
        }
        tokio::time::sleep(PAUSE).await;
        let idle = used(server.id(), || tokio::time::sleep(PAUSE * CHANGES as u32)).await?;
        boards.iter_mut().for_each(|board| while board.try_recv().is_ok() {});
        let mut times = Times::default();
        let before = processor_ms(server.id())?;
        let start = Instant::now();
        for round in 0..CHANGES {
            writer.write(&mut times, round).await?;
            tokio::time::sleep((PAUSE * (round as u32 + 1)).saturating_sub(start.elapsed())).await;
        }
        let all = processor_ms(server.id())? - before;
        let change = (all - idle) / CHANGES as f64;
        if open == 0 {
            alone = change;
        }
        let mut told = 0;
        boards.iter_mut().for_each(|board| while board.try_recv().is_ok() { told += 1 });
        let name = format!("{open} board{} open", if open == 1 { "" } else { "s" });
        println!("  {name:<32}{change:>16.1}{:>16.1}{told:>14}", change - alone);
    }
    Ok(())
}

/// The processor that something takes.
async fn used<F: Future<Output = ()>>(id: u32, work: impl FnOnce() -> F) -> Result<f64, Fault> {
    let before = processor_ms(id)?;
    work().await;
    Ok(processor_ms(id)? - before)
}

/// The milliseconds of processor that a process has taken, its own and the system's for it (`proc(5)`: fields 14 and 15, in hundredths of a second).
fn processor_ms(id: u32) -> Result<f64, Fault> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).ok_or("no time in /proc");
    Ok((ticks(11)? + ticks(12)?) * 10.0)
}
