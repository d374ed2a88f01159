//! A second machine that keeps a copy: what the server and the follower ask of their databases. On SQLite alone; PostgreSQL has standbys.

use super::Store;
use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::follow::{Copies, FOLLOWER};
use crate::lite::Lite;
use crate::lite::follow::send::{self, Asked, TurnedAway};
use crate::lite::follow::{Copying, outbox};
use crate::model::Standing;
use sqlx::{ConnectOptions as _, Connection as _};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::Sender;

/// What other programs write is looked for so often while a follower waits for it.
const LOOKS: Duration = Duration::from_millis(250);

/// What is said where PostgreSQL is to have a follower.
const POSTGRES: &str = "PostgreSQL has its own way to keep a second copy, and needs no follower: a standby that confirms each commit \
     (docs/operating.md, \"More than one machine\")";

impl Store {
    fn lite(&self) -> Result<&Lite> {
        match &*self.db {
            Db::Lite(lite) => Ok(lite),
            Db::Postgres(_) => Err(StoreError::Refused(POSTGRES.to_owned())),
        }
    }

    /// What somebody saved is asked for again: whether the follower has it goes by everything that is here, since its own place is not kept.
    pub(super) fn note_again(&self) {
        if let Ok(lite) = self.lite()
            && lite.hub().is_on()
        {
            crate::follow::note(lite.hub().committed());
        }
    }

    /// Is this the copy that a follower keeps? Then nothing is written in it.
    pub fn is_copy(&self) -> bool {
        self.lite().is_ok_and(Lite::is_copy)
    }

    /// Has a follower from now on: what any program writes is noted for it. `line` names the succession of places, where none is noted yet.
    pub async fn follow(&self, line: &str) -> Result<()> {
        let lite = self.lite()?;
        let mut conn = lite.options().connect().await?;
        let own = outbox::begin(&mut conn, line).await?;
        let last = outbox::last(&mut conn).await?;
        conn.close().await?;
        lite.hub().turn_on(last, own.position, own.alone_since_us);
        Ok(())
    }

    /// Has no follower any more. Says whether there was one.
    pub async fn unfollow(&self) -> Result<bool> {
        let Ok(lite) = self.lite() else { return Ok(false) };
        let mut conn = lite.options().connect().await?;
        let had = outbox::end(&mut conn).await?;
        conn.close().await?;
        Ok(had)
    }

    /// Has the follower everything up to this place ([`crate::noting`])? Waits a moment for it ([`crate::WAITS`]), unless it is known to be away.
    pub async fn in_two_copies(&self, place: i64, now_us: i64) -> bool {
        match self.lite() {
            Ok(lite) => lite.hub().waits(place, now_us).await,
            Err(_) => true,
        }
    }

    /// A follower says up to where it has everything, and asks for more. Why it gets nothing; none if it may go on.
    pub async fn follower_asks(&self, asked: &Asked, now_us: i64) -> Result<Option<TurnedAway>> {
        let lite = self.lite()?;
        let turned = send::cannot_go_on(lite.readers(), asked).await?;
        match &turned {
            Some(away) if away.alarm => self.follower_alarms(&away.says, now_us).await?,
            Some(_) => {}
            None => lite.hub().confirm(asked.position),
        }
        Ok(turned)
    }

    /// Waits until there is something after a place, but not longer than `patience`, and sends what there is. `with_whole` says also how
    /// everything stands.
    pub async fn follower_news(
        &self,
        after: i64,
        with_whole: bool,
        patience: Duration,
        to: &Sender<String>,
    ) -> Result<()> {
        let lite = self.lite()?;
        let begun = Instant::now();
        while begun.elapsed() < patience && !with_whole && !to.is_closed() {
            let mut conn = lite.readers().acquire().await?;
            lite.hub().commit(outbox::last(&mut conn).await?);
            drop(conn);
            if lite.hub().committed() > after {
                break;
            }
            let _ = tokio::time::timeout(LOOKS, lite.hub().later(after)).await;
        }
        let read = Instant::now();
        let until = send::news(lite.readers(), after, with_whole, to).await?;
        lite.hub().commit(until);
        lite.hub().sent(until, read);
        Ok(())
    }

    /// Sends everything to a follower that begins. From now on it is the one that this server has.
    pub async fn follower_begins(&self, follower: &str, now_us: i64, to: &Sender<String>) -> Result<()> {
        let lite = self.lite()?;
        let name = follower.to_owned();
        lite.write(move |conn| Box::pin(async move { outbox::replace(conn, &name).await })).await?;
        lite.hub().begin_anew(now_us);
        // A connection of its own: it may take long, and pages need theirs.
        let mut conn = lite.options().connect().await?;
        let sent = send::everything(&mut conn, to).await;
        let _ = conn.close().await;
        sent.map(drop)
    }

    /// A follower does not take what it was sent: an alarm, until it has caught up. One that was replaced says nothing of this server.
    pub async fn follower_refuses(&self, follower: &str, says: &str, now_us: i64) -> Result<()> {
        let mut conn = self.lite()?.readers().acquire().await?;
        let own = outbox::standing(&mut conn).await?;
        drop(conn);
        if own.is_some_and(|own| own.follower == follower) {
            self.follower_alarms(says, now_us).await?;
        }
        Ok(())
    }

    async fn follower_alarms(&self, says: &str, now_us: i64) -> Result<()> {
        self.lite()?.hub().lose(now_us);
        self.standing_put(&Standing { name: FOLLOWER.to_owned(), at_us: now_us, says: says.to_owned() }).await
    }

    /// To be called about once a second with what it gave the last time: notes how far the follower is, and forgets what it has.
    pub async fn follower_noted(&self, lagging: i64, now_us: i64) -> Result<i64> {
        let lite = self.lite()?;
        let hub = lite.hub();
        let mut conn = lite.readers().acquire().await?;
        let last = outbox::last(&mut conn).await?;
        let own = outbox::standing(&mut conn).await?;
        let is_long = outbox::is_long(&mut conn).await?;
        drop(conn);
        hub.commit(last);
        hub.look(lagging, now_us);
        let ((alone, away), confirmed) = (hub.state(), hub.confirmed());
        if is_long || own.is_some_and(|own| (own.position, own.alone_since_us) != (confirmed, alone)) {
            lite.write(move |conn| Box::pin(async move { outbox::note(conn, confirmed, alone).await })).await?;
        }
        if !away {
            let told = self.standing().await?.into_iter().any(|one| one.name == FOLLOWER && !one.says.is_empty());
            if told {
                let well = Standing { name: FOLLOWER.to_owned(), at_us: now_us, says: String::new() };
                self.standing_put(&well).await?;
            }
        }
        Ok(last)
    }

    /// What is known of the follower; none where there is none. A program that does not serve knows what the server noted last.
    pub async fn copies(&self) -> Result<Option<Copies>> {
        let Ok(lite) = self.lite() else { return Ok(None) };
        let mut conn = lite.readers().acquire().await?;
        let own = outbox::standing(&mut conn).await?;
        let Some(own) = own.filter(|own| own.side == outbox::SERVER) else { return Ok(None) };
        let hub = lite.hub();
        let position = if hub.is_on() { hub.confirmed() } else { own.position };
        let (alone_since_us, away) = if hub.is_on() { hub.state() } else { (own.alone_since_us, false) };
        let behind = outbox::behind(&mut conn, position).await?;
        Ok(Some(Copies { begun: position >= 0, alone_since_us, behind, away }))
    }

    /// Opens this database to keep a copy in it.
    pub async fn copying(&self) -> Result<Copying> {
        Copying::open(self.lite()?.options()).await
    }
}
