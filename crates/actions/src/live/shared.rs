//! What is the same for everybody to whom a change is told, read once a change and not once a page. It says nothing of who may see it: that is
//! asked for each of them, each time, and never kept. What is kept belongs to the number that the database gave to the last change of
//! which a page had heard when it was read: it is of then or newer, and whoever hears of a later change reads anew.

use super::Window;
use crate::app::App;
use crate::case::Stood;
use crate::queries::OnBoard;
use crate::refused::Result;
use hashlink::LruCache;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::Change;
use tokio::sync::OnceCell;

/// Pages are told of a change within moments of each other. Afterwards nobody asks, and nothing stays of what was read.
const KEPT: Duration = Duration::from_secs(10);
/// So many children are kept at most, and about so much memory.
const MOST: usize = 64;
const MOST_BYTES: usize = 64 << 20;

/// All that is kept.
pub(crate) struct Shared(Mutex<All>);

struct All {
    /// By the child, and the change up to which it was asked.
    children: LruCache<(String, i64), (Instant, Arc<OfChild>)>,
    /// By the window.
    changes: LruCache<(i64, i64), (Instant, Changes)>,
}

type Changes = Arc<OnceCell<Arc<[Change]>>>;

impl Default for Shared {
    fn default() -> Shared {
        Shared(Mutex::new(All { children: LruCache::new(MOST), changes: LruCache::new(MOST) }))
    }
}

/// What is known of one child for whoever is told of a change; each part is read once, by the first who needs it.
pub(crate) struct OfChild {
    pub child: String,
    /// Of which window it is.
    pub window: Window,
    record: OnceCell<Stood>,
    board: OnceCell<OnBoard>,
}

impl OfChild {
    /// What nobody else is given.
    pub fn own(child: &str) -> Arc<OfChild> {
        OfChild::of(child, Window::alone(0))
    }

    fn of(child: &str, window: Window) -> Arc<OfChild> {
        Arc::new(OfChild { child: child.to_owned(), window, record: OnceCell::new(), board: OnceCell::new() })
    }

    /// The record.
    pub async fn record(&self, app: &App) -> Result<&Stood> {
        let read = self.record.get_or_try_init(|| Stood::read(app, &self.child)).await?;
        Ok(read)
    }

    /// What a line of the board is made of.
    pub async fn board(&self, app: &App) -> Result<&OnBoard> {
        let read = self.board.get_or_try_init(|| OnBoard::read(app, &self.child)).await?;
        Ok(read)
    }

    /// Has it read by now, with what a board needs if it is for one. Says whether something was read only now: whatever was decided before is
    /// older than that. Where it cannot be read, whoever needs it is told.
    pub async fn is_news(&self, app: &App, board: bool) -> bool {
        let (record, line) = (self.record.initialized(), self.board.initialized() || !board);
        let _ = self.record(app).await;
        if board {
            let _ = self.board(app).await;
        }
        !record || !line
    }

    fn bytes(&self) -> usize {
        self.record.get().map_or(0, Stood::bytes)
    }
}

impl Shared {
    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The changes of a window.
    pub async fn changes(&self, app: &App, window: Window) -> Result<Arc<[Change]>> {
        let Some(until) = window.until else { return Ok(app.store.changes_since(window.since).await?.into()) };
        let cell = {
            let mut all = self.all();
            all.forget_old();
            let fresh = || (Instant::now(), Arc::default());
            all.changes.entry((window.since, until)).or_insert_with(fresh).1.clone()
        };
        let read =
            || async { Ok::<Arc<[Change]>, store::StoreError>(app.store.changes_since(window.since).await?.into()) };
        Ok(cell.get_or_try_init(read).await?.clone())
    }

    /// What is known of a child for those who have heard of all changes of a window.
    pub fn of(&self, child: &str, window: Window) -> Arc<OfChild> {
        let Some(until) = window.until else { return OfChild::of(child, window) };
        let mut all = self.all();
        all.forget_old();
        let fresh = || (Instant::now(), OfChild::of(child, window));
        all.children.entry((child.to_owned(), until)).or_insert_with(fresh).1.clone()
    }

    /// Forgets what is of no use any more, and what there is no room for. To be called every moment.
    pub fn tidy(&self) {
        self.all().forget_old();
    }

    /// Forgets a child whose record was let go.
    pub fn forget(&self, child: &str) {
        self.all().children.retain(|(own, _), _| own != child);
    }
}

impl All {
    fn forget_old(&mut self) {
        self.children.retain(|_, (read, _)| read.elapsed() < KEPT);
        self.changes.retain(|_, (read, _)| read.elapsed() < KEPT);
        let mut bytes: usize = self.children.iter().map(|(_, (_, one))| one.bytes()).sum();
        while bytes > MOST_BYTES
            && let Some((_, (_, gone))) = self.children.remove_lru()
        {
            bytes -= gone.bytes().min(bytes);
        }
    }
}
