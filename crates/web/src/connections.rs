//! The connections of a server: bounded, and none holds a place that says nothing. A flood that opens connections and is silent gives way
//! to whoever asks for something, from the same address or from another.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How many connections are open at once, at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Of all together.
    pub all: usize,
    /// From one address. Behind a proxy all come from its address, and this does not count.
    pub of_one_address: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { all: 2048, of_one_address: 512 }
    }
}

/// The connections that are open.
#[derive(Clone)]
pub struct Connections {
    bounds: Bounds,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    next: u64,
    places: HashMap<u64, IpAddr>,
    by_address: HashMap<IpAddr, usize>,
    /// Those that have not asked for anything yet, the oldest first, with what ends them.
    silent: BTreeMap<u64, (IpAddr, Arc<Notify>)>,
}

/// The place of one open connection; dropped, it is free.
pub struct Place {
    connections: Connections,
    number: u64,
    spoken: AtomicBool,
    ended: Arc<Notify>,
}

impl Connections {
    /// Nobody is connected yet.
    pub fn new(bounds: Bounds) -> Connections {
        Connections { bounds, open: Arc::default() }
    }

    /// A place for a new connection. Where all are taken, the oldest silent one gives way: of the same address, where that has its share
    /// already. None if nobody is silent.
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        let mut open = self.open();
        if open.by_address.get(&address).is_some_and(|here| *here >= self.bounds.of_one_address) {
            open.oust(|one| one == address)?;
        } else if open.places.len() >= self.bounds.all {
            open.oust(|_| true)?;
        }
        let (number, ended) = (open.next, Arc::new(Notify::new()));
        open.next += 1;
        open.places.insert(number, address);
        *open.by_address.entry(address).or_default() += 1;
        open.silent.insert(number, (address, ended.clone()));
        Some(Place { connections: self.clone(), number, spoken: AtomicBool::new(false), ended })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Ends the oldest silent connection that fits. Its place counts as free at once: what it still holds is gone in a moment.
    fn oust(&mut self, fits: impl Fn(IpAddr) -> bool) -> Option<()> {
        let number = *self.silent.iter().find(|(_, (address, _))| fits(*address))?.0;
        let (_, ended) = self.silent.remove(&number)?;
        ended.notify_one();
        self.leave(number);
        Some(())
    }

    fn leave(&mut self, number: u64) {
        self.silent.remove(&number);
        // One that was ousted has left already.
        let Some(address) = self.places.remove(&number) else { return };
        if let Some(here) = self.by_address.get_mut(&address) {
            *here -= 1;
            if *here == 0 {
                self.by_address.remove(&address);
            }
        }
    }
}

impl Place {
    /// The connection asked for something: it gives way to nobody any more.
    pub fn speaks(&self) {
        if !self.spoken.swap(true, Ordering::Relaxed) {
            self.connections.open().silent.remove(&self.number);
        }
    }

    /// Comes when the connection has to give way.
    pub async fn ousted(&self) {
        self.ended.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().leave(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Connections};
    use std::net::IpAddr;

    const BOUNDS: Bounds = Bounds { all: 4, of_one_address: 2 };

    fn from(last: u8) -> IpAddr {
        IpAddr::from([127, 0, 0, last])
    }

    fn is_ousted(place: &super::Place) -> bool {
        use std::task::{Context, Poll, Waker};
        let mut ousted = std::pin::pin!(place.ousted());
        ousted.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(())
    }

    #[test]
    fn a_silent_one_gives_way_and_one_that_spoke_does_not() {
        let connections = Connections::new(BOUNDS);
        let first = connections.enter(from(1)).unwrap();
        first.speaks();
        let second = connections.enter(from(1)).unwrap();
        let third = connections.enter(from(1)).unwrap();
        assert!(is_ousted(&second) && !is_ousted(&first) && !is_ousted(&third));
        third.speaks();
        assert!(connections.enter(from(1)).is_none(), "its share is taken, and nobody is silent");
        let other = connections.enter(from(2)).unwrap();
        let another = connections.enter(from(3)).unwrap();
        // All four are taken; the second has left already, and leaves no second time.
        drop(second);
        assert!(connections.enter(from(4)).is_some() && is_ousted(&other));
        drop((first, third, other, another));
        assert!(connections.open().places.is_empty() && connections.open().by_address.is_empty());
    }
}
