//! Lists: the duties of roles, the board, the search. Every one is answered from an index.

use super::Pool;
use super::scope::{begin, of_owner, only_related, owners, side};
use crate::error::Result;
use crate::model::{BoardRow, ChildRow, DutyRow, EpisodeRow, Scope, Sought};
use crate::search::{beyond, fold, number, words};
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashMap};

/// So many who share keys of one kind are looked at.
const COMMON: i64 = 3000;

macro_rules! duty_columns {
    () => {
        "select x.child_id, c.name as child_name, x.key, x.episode_id, x.rulebook, x.rule, x.action, x.label, x.owner, \
         x.modality, x.state, x.arises_us, x.due_us, x.done_us, x.remind_us, x.provisions, x.limit_words, x.line, x.silent"
    };
}

macro_rules! child_columns {
    () => {
        "select c.id, c.name, c.date_of_birth, c.photograph, c.version, c.created_us, (select e.id from episode e \
         where e.child_id = c.id and e.ended_us is null order by e.started_us desc limit 1) as open_episode from child c "
    };
}

macro_rules! episode_columns {
    () => {
        "e.id, e.started_us, e.ended_us, e.status, e.risk, e.risk_since_us, e.reported, e.last_entry_us, e.last_entry, \
         e.next_limit_us, e.next_limit"
    };
}

pub(crate) async fn duties_of_roles(
    pool: &Pool,
    who: &Scope,
    roles: &[String],
    now_us: i64,
    limit: i64,
) -> Result<Vec<DutyRow>> {
    let side = side(pool, who).await?;
    let mut rows: Vec<DutyRow> = Vec::new();
    for owner in owners(roles) {
        let mut query = QueryBuilder::new(duty_columns!());
        begin(&mut query, "duty", side, who);
        query.push(" and x.open");
        of_owner(&mut query, owner);
        query.push(" and (x.state <> 'upcoming' or x.arises_us <= ").push_bind(now_us);
        query.push(") order by x.urgency_us, x.arises_us, x.child_id, x.key limit ").push_bind(limit);
        rows.extend(query.build_query_as::<DutyRow>().fetch_all(pool).await?);
    }
    let urgency = |d: &DutyRow| (d.due_us.unwrap_or(i64::MAX), d.arises_us);
    rows.sort_by(|a, b| (urgency(a), &a.child_id, &a.key).cmp(&(urgency(b), &b.child_id, &b.key)));
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    for row in &mut rows {
        row.state = row.state_at(now_us).to_owned();
    }
    Ok(rows)
}

pub(crate) async fn duties_of_child(pool: &Pool, child: &str) -> Result<Vec<DutyRow>> {
    let select = concat!(
        duty_columns!(),
        " from duty x join child c on c.id = x.child_id where x.child_id = $1 order by x.urgency_us, x.arises_us, x.key"
    );
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn episodes_of_child(pool: &Pool, child: &str) -> Result<Vec<EpisodeRow>> {
    let select =
        concat!("select ", episode_columns!(), " from episode e where e.child_id = $1 order by e.started_us, e.id");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn board(pool: &Pool, who: &Scope) -> Result<Vec<BoardRow>> {
    let mut query = QueryBuilder::new(concat!(
        "select e.child_id, c.name as child_name, c.date_of_birth, c.photograph, c.version, ",
        episode_columns!(),
        " from episode e join child c on c.id = e.child_id where e.ended_us is null"
    ));
    only_related(&mut query, "c.id", who);
    query.push(" order by e.next_limit_us nulls last, e.started_us, e.child_id");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

pub(crate) async fn child_row(pool: &Pool, child: &str) -> Result<Option<ChildRow>> {
    let select = concat!(child_columns!(), "where c.id = $1");
    Ok(sqlx::query_as(select).bind(child).fetch_optional(pool).await?)
}

pub(crate) async fn search_children(pool: &Pool, who: &Scope, sought: &Sought, limit: i64) -> Result<Vec<ChildRow>> {
    let mut words = words(&fold(&sought.name));
    // The longest word first: the fewest names begin with it.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(5);
    let mut query = QueryBuilder::new(child_columns!());
    query.push("where c.merged_into is null");
    only_related(&mut query, "c.id", who);
    for sounds in &sought.sounds {
        query.push(" and c.id in (select m.child_id from mark m where m.kind = 'sound' and m.value in (");
        let mut codes = query.separated(", ");
        sounds.iter().for_each(|code| _ = codes.push_bind(code.clone()));
        query.push("))");
    }
    if !sought.number.is_empty() {
        query.push(" and c.id in (select m.child_id from mark m where m.kind = 'any' and m.value = ");
        query.push_bind(sought.number.clone()).push(" union select i.child_id from incident i where i.number = ");
        query.push_bind(sought.number.clone()).push(")");
    }
    for word in &sought.home {
        query.push(" and c.id in (select m.child_id from mark m where m.kind = 'home' and m.value >= ");
        query.push_bind(word.clone()).push(" and m.value < ").push_bind(beyond(word)).push(")");
    }
    for word in &words {
        query.push(" and c.id in (select t.child_id from child_token t where t.token >= ").push_bind(word);
        query.push(" and t.token < ").push_bind(beyond(word)).push(")");
    }
    if !sought.born.is_empty() {
        query.push(" and c.date_of_birth = ").push_bind(&sought.born);
    }
    let number = number(&sought.incident);
    if !number.is_empty() {
        query.push(" and c.id in (select i.child_id from incident i where i.number = ").push_bind(number).push(")");
    }
    query.push(" order by c.folded, c.id limit ").push_bind(limit);
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// Children who share one of these keys: of those in scope, those that share the most telling ones first.
pub(crate) async fn children_marked(
    pool: &Pool,
    who: &Scope,
    marks: &[(String, String)],
    limit: i64,
) -> Result<Vec<String>> {
    let mut shared: HashMap<(String, String), Vec<String>> = HashMap::new();
    let kinds: BTreeSet<&String> = marks.iter().map(|(kind, _)| kind).collect();
    for kind in kinds {
        let mut query =
            QueryBuilder::new("select m.value, c.id from mark m join child c on c.id = m.child_id where m.kind = ");
        query.push_bind(kind.clone()).push(" and m.value in (");
        let mut values = query.separated(", ");
        marks.iter().filter(|(of, _)| of == kind).for_each(|(_, value)| _ = values.push_bind(value.clone()));
        query.push(") and c.merged_into is null");
        only_related(&mut query, "c.id", who);
        query.push(" limit ").push_bind(COMMON);
        let rows: Vec<(String, String)> = query.build_query_as().fetch_all(pool).await?;
        for (value, child) in rows {
            shared.entry((kind.clone(), value)).or_default().push(child);
        }
    }
    let mut weights: HashMap<String, usize> = HashMap::new();
    for ((kind, _), children) in shared {
        // A key that few share says more, and a number says most.
        let weight = if kind == "number" { 100_000 } else { 1 + 2000 / children.len() };
        children.into_iter().for_each(|child| *weights.entry(child).or_default() += weight);
    }
    let mut weights: Vec<(String, usize)> = weights.into_iter().collect();
    weights.sort_by(|(one, a), (other, b)| (b, one).cmp(&(a, other)));
    weights.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(weights.into_iter().map(|(child, _)| child).collect())
}

/// Children of exactly this name and date of birth, whoever works with them; but for those whom the person must not see.
pub(crate) async fn children_called(pool: &Pool, who: &Scope, name: &str, born: &str) -> Result<Vec<String>> {
    let mut query = QueryBuilder::new("select c.id from child c where c.merged_into is null and c.folded = ");
    query.push_bind(fold(name.trim())).push(" and c.date_of_birth = ").push_bind(born.to_owned());
    let everybody = Scope { relation_to_all: true, ..who.clone() };
    only_related(&mut query, "c.id", &everybody);
    query.push(" order by c.id limit 3");
    Ok(query.build_query_scalar().fetch_all(pool).await?)
}
