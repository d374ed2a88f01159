//! Everything worked out again: records in stretches of children, each read as of one moment and row by row; then the log of looks and the
//! journal. Nothing is held in memory but a stretch's children, the ends of the chains and what the journal says last of each row.

use super::record::named;
use super::{Conn, Pool};
use crate::chain::{Seen, Walk};
use crate::deeds::{Deed, ERASURE, SUBJECTS, Subject, hash, state};
use crate::error::Result;
use crate::looks::LookWalk;
use crate::model::{DEEDS, LOOKS, Look, Part, Photograph, Promised, RowKind, Tip};
use futures_core::Stream;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, HashMap};
use std::pin::Pin;

/// So many children are read at once.
const STRETCH: i64 = 200;

type Rows<'a, T> = Pin<Box<dyn Stream<Item = sqlx::Result<T>> + Send + 'a>>;

async fn next<T>(rows: &mut Rows<'_, T>) -> sqlx::Result<Option<T>> {
    std::future::poll_fn(|cx| rows.as_mut().poll_next(cx)).await.transpose()
}

/// The first child of each stretch but the first.
pub(crate) async fn stretches(pool: &Pool) -> Result<Vec<String>> {
    let select = "select id from (select id, row_number() over (order by id) as n from child) numbered where (n - 1) % $1 = 0 and n > 1 order by n";
    Ok(sqlx::query_scalar(select).bind(STRETCH).fetch_all(pool).await?)
}

/// The records of the children from one to before another.
pub(crate) async fn stretch(pool: &Pool, from: &str, until: Option<&str>, kept: &Promised) -> Result<Part> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let (children, rows) = if until.is_some() {
        (
            "select id, version, head from child where id >= $1 and id < $2 order by id",
            "select child_id, seq, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash from chain \
             where child_id >= $1 and child_id < $2 order by child_id, seq",
        )
    } else {
        (
            "select id, version, head from child where id >= $1 and $2 = '' order by id",
            "select child_id, seq, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash from chain \
             where child_id >= $1 and $2 = '' order by child_id, seq",
        )
    };
    let until = until.unwrap_or_default();
    let children: Vec<(String, i64, String)> =
        sqlx::query_as(children).bind(from).bind(until).fetch_all(&mut *conn).await?;
    let mut reading = Reading::of(children, kept);
    {
        let mut rows: Rows<'_, _> = sqlx::query(rows).bind(from).bind(until).fetch(&mut *conn);
        while let Some(row) = next(&mut rows).await? {
            let child: &str = row.try_get(0)?;
            let seen = Seen {
                seq: row.try_get(1)?,
                kind: row.try_get(2)?,
                occurred_us: row.try_get(3)?,
                recorded_us: row.try_get(4)?,
                actor: row.try_get(5)?,
                payload: row.try_get(6)?,
                salt: row.try_get(7)?,
                commitment: row.try_get(8)?,
                hash: row.try_get(9)?,
            };
            reading.row(child, &seen);
            if reading.part.fault.is_some() {
                break;
            }
        }
    }
    reading.finish();
    let Reading { mut part, erasures, pictures, .. } = reading;
    if part.fault.is_none() {
        part.fault = explained(&mut conn, &erasures).await?;
    }
    if part.fault.is_none() {
        part.fault = shown(&mut conn, &pictures).await?;
    }
    part.counts.pictures = pictures.len() as i64;
    conn.rollback().await?;
    Ok(part)
}

/// The child whose rows are being read.
struct Current<'k> {
    child: String,
    walk: Walk,
    kept: Option<&'k HashMap<i64, String>>,
}

/// A stretch while it is read.
struct Reading<'k> {
    kept: &'k Promised,
    /// The children that are still to come: the version and the head that their rows should end with.
    waiting: BTreeMap<String, (i64, String)>,
    current: Option<Current<'k>>,
    erasures: Vec<(String, String)>,
    pictures: Vec<(String, String)>,
    part: Part,
}

impl<'k> Reading<'k> {
    fn of(children: Vec<(String, i64, String)>, kept: &'k Promised) -> Reading<'k> {
        let waiting = children.into_iter().map(|(id, version, head)| (id, (version, head))).collect();
        Reading { kept, waiting, current: None, erasures: Vec::new(), pictures: Vec::new(), part: Part::default() }
    }

    fn row(&mut self, child: &str, seen: &Seen<'_>) {
        if self.current.as_ref().is_none_or(|current| current.child != child) {
            self.end();
            if !self.waiting.contains_key(child) {
                let says = format!("row {} of child {child}: there is no such child, or it was removed", seen.seq);
                self.part.fault.get_or_insert(says);
                return;
            }
            let kept = self.kept.chain(&Tip::label_of(child));
            self.current = Some(Current { child: child.to_owned(), walk: Walk::of(child), kept });
        }
        let Some(Current { walk, kept, .. }) = &mut self.current else { return };
        walk.row(seen);
        self.part.counts.rows += 1;
        if let Some(promised) = kept.and_then(|kept| kept.get(&seen.seq))
            && promised != seen.hash
        {
            let says = format!(
                "row {} of child {child} is not the one that a checkpoint holds: the record was made anew",
                seen.seq
            );
            self.part.fault.get_or_insert(says);
        }
        if seen.kind == RowKind::Erasure.word() {
            self.erasures.push((format!("{child} {}", seen.seq), seen.hash.to_owned()));
        }
        if let Some(payload) = seen.payload.filter(|payload| may_name(payload)) {
            self.pictures.extend(named(payload).into_iter().map(|id| (child.to_owned(), id)));
        }
    }

    /// The rows of a child are all read.
    fn end(&mut self) {
        let Some(Current { child, walk, .. }) = self.current.take() else { return };
        if let Some((version, head)) = self.waiting.remove(&child) {
            self.ended(&child, walk, version, &head);
        }
    }

    fn ended(&mut self, child: &str, walk: Walk, version: i64, head: &str) {
        let verified = walk.end(version, head);
        if let Some(fault) = verified.faults.first() {
            self.part.fault.get_or_insert(format!("child {child}: {fault}"));
        }
        let promised = self.kept.chain(&Tip::label_of(child)).and_then(|kept| kept.keys().copied().max()).unwrap_or(0);
        if promised > version {
            let says =
                format!("child {child}: a checkpoint holds row {promised}, and the record ends at row {version}");
            self.part.fault.get_or_insert(says);
        }
        self.part.counts.children += 1;
        self.part.counts.erased += verified.erased;
        self.part.tips.push(Tip::of_child(child, version, head.to_owned()));
    }

    /// Children without any row are left.
    fn finish(&mut self) {
        self.end();
        if self.part.fault.is_none() {
            for (child, (version, head)) in std::mem::take(&mut self.waiting) {
                self.ended(&child, Walk::of(&child), version, &head);
            }
        }
    }
}

/// Whether a payload may name a picture: 64 hexadecimal digits in quotes. Looking is cheaper than reading every payload.
fn may_name(payload: &str) -> bool {
    let bytes = payload.as_bytes();
    let digits = |at: usize| bytes[at + 1..at + 65].iter().all(u8::is_ascii_hexdigit);
    bytes.len() > 66 && (0..bytes.len() - 65).any(|at| bytes[at] == b'"' && bytes[at + 65] == b'"' && digits(at))
}

/// Each erasure was made by the program, which puts it into the journal.
async fn explained(conn: &mut Conn, erasures: &[(String, String)]) -> Result<Option<String>> {
    for (key, hash) in erasures {
        let select = "select exists (select 1 from deed where subject = $1 and key = $2 and state = $3)";
        let noted: bool = sqlx::query_scalar(select).bind(ERASURE).bind(key).bind(hash).fetch_one(&mut *conn).await?;
        if !noted {
            let (child, seq) = key.rsplit_once(' ').unwrap_or((key, "?"));
            return Ok(Some(format!(
                "child {child}: row {seq} is an erasure that the journal does not know: it is forged"
            )));
        }
    }
    Ok(None)
}

/// Each picture that a row names is there, and is that picture.
async fn shown(conn: &mut Conn, pictures: &[(String, String)]) -> Result<Option<String>> {
    for (child, id) in pictures {
        let select = "select picture, portrait from photograph where child_id = $1 and id = $2 and kept";
        let found: Option<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as(select).bind(child).bind(id).fetch_optional(&mut *conn).await?;
        if found.is_none_or(|(picture, portrait)| Photograph::id_of(&picture, &portrait) != *id) {
            return Ok(Some(format!("child {child}: the picture {id} was removed or exchanged")));
        }
    }
    Ok(None)
}

/// The log of looks.
pub(crate) async fn looks(pool: &Pool, kept: &Promised) -> Result<Part> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let head: Option<(i64, String)> =
        sqlx::query_as("select seq, hash from look_head where id = 1").fetch_optional(&mut *conn).await?;
    let (seq, head) = head.unwrap_or_default();
    let tip = Tip::of_log(LOOKS, seq, head.clone());
    let promised = kept.chain(&tip.label);
    let (mut walk, mut part) = (LookWalk::default(), Part::default());
    {
        let select = "select seq, at_us, person_id, post, agency_id, child_id, what, class, purpose, session, hash from look order by seq";
        let mut lines: Rows<'_, Look> = sqlx::query_as(select).fetch(&mut *conn);
        while let Some(line) = next(&mut lines).await? {
            walk.line(&line);
            part.counts.looks += 1;
            let says = beside(promised, line.seq, &line.hash, "the log of looks");
            part.fault = part.fault.take().or(says);
        }
    }
    let first = walk.end(seq, &head).into_iter().next().map(|says| format!("the log of looks: {says}"));
    part.fault = first.or(part.fault).or_else(|| short(promised, seq, "the log of looks"));
    part.tips.push(tip);
    conn.rollback().await?;
    Ok(part)
}

/// A line that is not the one that a checkpoint holds.
fn beside(promised: Option<&HashMap<i64, String>>, seq: i64, hash: &str, log: &str) -> Option<String> {
    let other = promised?.get(&seq).is_some_and(|kept| kept != hash);
    other.then(|| format!("{log}: line {seq} is not the one that a checkpoint holds: it was made anew"))
}

/// A log that ends before what a checkpoint holds.
fn short(promised: Option<&HashMap<i64, String>>, seq: i64, log: &str) -> Option<String> {
    let last = promised?.keys().copied().max().unwrap_or(0);
    (last > seq).then(|| format!("{log}: a checkpoint holds line {last}, and it ends at line {seq}"))
}

/// The journal, and the rows that it holds.
pub(crate) async fn deeds(pool: &Pool, kept: &Promised) -> Result<Part> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let head: Option<(i64, String)> =
        sqlx::query_as("select seq, hash from deed_head where id = 1").fetch_optional(&mut *conn).await?;
    let (seq, head) = head.unwrap_or_default();
    let tip = Tip::of_log(DEEDS, seq, head.clone());
    let promised = kept.chain(&tip.label);
    let mut part = Part::default();
    let mut last: HashMap<(String, String), String> = HashMap::new();
    let mut previous = String::new();
    {
        let select = "select seq, subject, key, state, hash from deed order by seq";
        let mut lines: Rows<'_, Deed> = sqlx::query_as(select).fetch(&mut *conn);
        while let Some(deed) = next(&mut lines).await? {
            part.counts.deeds += 1;
            if deed.seq != part.counts.deeds || hash(&previous, &deed) != deed.hash {
                let says = format!("the journal: line {} is not what was written, or one before it is gone", deed.seq);
                part.fault.get_or_insert(says);
                break;
            }
            part.fault = part.fault.take().or_else(|| beside(promised, deed.seq, &deed.hash, "the journal"));
            previous.clone_from(&deed.hash);
            last.insert((deed.subject, deed.key), deed.state);
        }
    }
    if part.fault.is_none() && (part.counts.deeds != seq || previous != head) {
        part.fault = Some(format!("the journal: it ends at line {}, and should end at {seq}", part.counts.deeds));
    }
    part.fault = part.fault.or_else(|| short(promised, seq, "the journal"));
    for subject in &SUBJECTS {
        if part.fault.is_none() {
            part.fault = replayed(&mut conn, subject, &mut last).await?;
        }
    }
    if part.fault.is_none() {
        part.fault = unerased(&mut conn, &last).await?;
    }
    part.tips.push(tip);
    conn.rollback().await?;
    Ok(part)
}

/// An erasure that the journal knows stands on its record.
async fn unerased(conn: &mut Conn, last: &HashMap<(String, String), String>) -> Result<Option<String>> {
    for ((subject, key), hash) in last.iter().filter(|((subject, _), _)| subject == ERASURE) {
        let (child, seq) = key.rsplit_once(' ').unwrap_or((key, "0"));
        let select = "select exists (select 1 from chain where child_id = $1 and seq = $2 and hash = $3)";
        let seq: i64 = seq.parse().unwrap_or(0);
        let there: bool = sqlx::query_scalar(select).bind(child).bind(seq).bind(hash).fetch_one(&mut *conn).await?;
        if !there {
            return Ok(Some(format!("{subject}: the journal knows row {seq} of child {child}, and it is not there")));
        }
    }
    Ok(None)
}

/// The rows of a table are those that the journal says last.
async fn replayed(
    conn: &mut Conn,
    subject: &Subject,
    last: &mut HashMap<(String, String), String>,
) -> Result<Option<String>> {
    let table = subject.table;
    let mut rows: Rows<'_, _> = sqlx::query(AssertSqlSafe(subject.select())).fetch(&mut *conn);
    while let Some(row) = next(&mut rows).await? {
        let key: String = row.try_get(0)?;
        let columns: sqlx::Result<Vec<Option<String>>> = (1..=subject.width()).map(|n| row.try_get(n)).collect();
        let says = match last.remove(&(table.to_owned(), key.clone())) {
            None => "was added beside the program: the journal does not know it",
            Some(noted) if noted.is_empty() => "is gone by the journal, and is there",
            Some(noted) if noted != state(&columns?) => {
                "was changed beside the program: the journal knows it otherwise"
            }
            Some(_) => continue,
        };
        return Ok(Some(format!("{table} `{key}` {says}")));
    }
    let mut left: Vec<&str> = last
        .iter()
        .filter(|((of, _), state)| of == table && !state.is_empty())
        .map(|((_, key), _)| key.as_str())
        .collect();
    left.sort_unstable();
    Ok(left.first().map(|key| format!("{table} `{key}` was removed beside the program: the journal knows it")))
}

/// The ends of all chains, as they say of themselves, each with the name of its chain.
pub(crate) async fn tips(conn: &mut Conn) -> Result<Vec<(String, Tip)>> {
    let mut tips = Vec::new();
    {
        let select = "select id, version, head from child";
        let mut rows: Rows<'_, (String, i64, String)> = sqlx::query_as(select).fetch(&mut *conn);
        while let Some((id, version, head)) = next(&mut rows).await? {
            let tip = Tip::of_child(&id, version, head);
            tips.push((id, tip));
        }
    }
    for (name, select) in [
        (LOOKS, "select seq, hash from look_head where id = 1"),
        (DEEDS, "select seq, hash from deed_head where id = 1"),
    ] {
        let end: Option<(i64, String)> = sqlx::query_as(select).fetch_optional(&mut *conn).await?;
        let (seq, head) = end.unwrap_or_default();
        tips.push((name.to_owned(), Tip::of_log(name, seq, head)));
    }
    Ok(tips)
}

/// As [`tips`], as of one moment.
pub(crate) async fn tips_now(pool: &Pool) -> Result<Vec<(String, Tip)>> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let tips = tips(&mut conn).await?;
    conn.rollback().await?;
    Ok(tips)
}

/// The hash of a row of a chain.
pub(crate) async fn hash_at(pool: &Pool, chain: &str, seq: i64) -> Result<Option<String>> {
    let hash = match chain {
        LOOKS => sqlx::query_scalar("select hash from look where seq = $1").bind(seq).fetch_optional(pool).await?,
        DEEDS => sqlx::query_scalar("select hash from deed where seq = $1").bind(seq).fetch_optional(pool).await?,
        child => {
            let select = "select hash from chain where child_id = $1 and seq = $2";
            sqlx::query_scalar(select).bind(child).bind(seq).fetch_optional(pool).await?
        }
    };
    Ok(hash)
}
