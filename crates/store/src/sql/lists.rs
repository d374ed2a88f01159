//! Lists: the duties of roles, the board, the search. Every one is answered from an index.

use super::scope::{Grace, Of, begin, each_related, of_each_owner, of_owner, only_related, side};
use super::{Database, Pool};
use crate::error::Result;
use crate::model::{BoardRow, ChildRow, DutyRow, EpisodeRow, InterviewRow, Scope, Sought, Stretch, minute};
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
         e.last_recorded_us, e.next_limit_us, e.next_limit, e.next_at_once, e.interview, e.interview_due_us, e.interview_done_us"
    };
}
pub(crate) use episode_columns;

pub(crate) async fn duties_of_roles(
    pool: &Pool,
    who: &Scope,
    roles: &[String],
    children: Option<&[String]>,
    now_us: i64,
    limit: i64,
) -> Result<Vec<DutyRow>> {
    let side = side(pool, who).await?;
    // Of all owners' rows no more are read than asked for: reading them costs more than finding them.
    let mut query = of_each_owner("select * from (", roles, |query, owner| {
        query.push(duty_columns!());
        begin(query, Of::Duties, side, who);
        query.push(" and x.open");
        of_owner(query, owner);
        if let Some(children) = children {
            of_children(query, " and x.child_id in (", children);
        }
        query.push(" and (x.state <> 'upcoming' or x.arises_us <= ").push_bind(now_us);
        query.push(") order by x.urgency_us, x.arises_us, x.child_id, x.key limit ").push_bind(limit);
    });
    query
        .push(") u order by coalesce(u.due_us, 9223372036854775807), u.arises_us, u.child_id, u.key limit ")
        .push_bind(limit);
    let mut rows: Vec<DutyRow> = query.build_query_as().fetch_all(pool).await?;
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

macro_rules! open_episodes {
    () => {
        concat!(
            "select e.child_id, c.name as child_name, c.date_of_birth, c.photograph, c.version, ",
            episode_columns!(),
            " from episode e join child c on c.id = e.child_id where e.ended_us is null"
        )
    };
}

/// Of these children.
pub(crate) fn of_children(query: &mut QueryBuilder<Database>, before: &'static str, children: &[String]) {
    let mut separated = query.push(before).separated(", ");
    for child in children {
        separated.push_bind(child.clone());
    }
    separated.push_unseparated(")");
}

pub(crate) async fn board(pool: &Pool, who: &Scope) -> Result<Vec<BoardRow>> {
    let mut query = QueryBuilder::new(open_episodes!());
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    query.push(" order by e.next_limit_us nulls last, e.started_us, e.child_id");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// What is overdue first, where `by_limit`; then by the risk; then who is gone longest.
pub(crate) async fn board_stretch(pool: &Pool, who: &Scope, by_limit: bool, stretch: Stretch) -> Result<Vec<BoardRow>> {
    let mut query = QueryBuilder::new(open_episodes!());
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    query.push(" order by ");
    if by_limit {
        let late = minute(who.now_us);
        query.push("case when e.next_limit_us < ").push_bind(late).push(" then 0 else 1 end, ");
    }
    query.push(
        "case coalesce(e.risk, '') when 'high' then 0 when 'medium' then 1 when '' then 2 else 3 end, e.started_us, \
         e.child_id limit ",
    );
    query.push_bind(stretch.limit).push(" offset ").push_bind(stretch.from);
    Ok(query.build_query_as().fetch_all(pool).await?)
}

pub(crate) async fn board_of(pool: &Pool, who: &Scope, children: &[String]) -> Result<Vec<BoardRow>> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(open_episodes!());
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    of_children(&mut query, " and e.child_id in (", children);
    query.push(" order by e.started_us, e.child_id");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// The open episodes of a child, whoever looks: nothing of them is shown but what [`super::relations::regards`] lets somebody see.
pub(crate) async fn open_of(pool: &Pool, child: &str) -> Result<Vec<BoardRow>> {
    let select = concat!(open_episodes!(), " and e.child_id = $1 order by e.started_us, e.id");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

/// The children with an open episode who share one of these keys, with their names, whoever looks.
pub(crate) async fn open_marked(pool: &Pool, marks: &[(String, String)]) -> Result<Vec<(String, String)>> {
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let mut query =
        QueryBuilder::new("select distinct c.id, c.name from mark m join child c on c.id = m.child_id where (");
    for (n, (kind, value)) in marks.iter().enumerate() {
        query.push(if n == 0 { "(m.kind = " } else { " or (m.kind = " }).push_bind(kind.clone());
        query.push(" and m.value = ").push_bind(value.clone()).push(")");
    }
    query.push(") and c.merged_into is null and exists (select 1 from episode e where e.child_id = c.id and e.ended_us is null)");
    query.push(" order by c.id");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

pub(crate) async fn board_counts(pool: &Pool, who: &Scope) -> Result<Vec<(Option<String>, i64)>> {
    let mut query = QueryBuilder::new(
        "select e.status, count(*) from episode e join child c on c.id = e.child_id where e.ended_us is null",
    );
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    query.push(" group by e.status");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// What will be theirs next, of what is foreseen.
pub(crate) async fn next_of_roles(pool: &Pool, who: &Scope, roles: &[String]) -> Result<Option<DutyRow>> {
    let side = side(pool, who).await?;
    let mut found: Option<DutyRow> = None;
    for owner in roles {
        let mut query = QueryBuilder::new(duty_columns!());
        begin(&mut query, Of::Duties, side, who);
        query.push(" and x.open");
        of_owner(&mut query, Some(owner));
        query.push(" and x.state = 'upcoming' and x.modality in ('must', 'should', 'consider') and x.arises_us > ");
        query.push_bind(who.now_us).push(" order by x.arises_us, x.child_id, x.key limit 1");
        let next: Option<DutyRow> = query.build_query_as().fetch_optional(pool).await?;
        found = [found, next].into_iter().flatten().min_by_key(|row| row.arises_us);
    }
    Ok(found)
}

/// Return home interviews that are open or were settled since a moment: what is due first, then what was settled last.
pub(crate) async fn interviews(
    pool: &Pool,
    who: &Scope,
    part: &str,
    since_us: i64,
    stretch: Stretch,
) -> Result<Vec<InterviewRow>> {
    let mut query = QueryBuilder::new(concat!(
        "select e.child_id, c.name as child_name, c.photograph, a.person, p.name as person_name, ",
        episode_columns!(),
        " from episode e join child c on c.id = e.child_id left join allocation a on a.child_id = e.child_id \
         and a.role = 'return_interviewer' and a.until_us is null and a.person is not null \
         left join person p on p.id = a.person where e.interview is not null and e.ended_us is not null"
    ));
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    match part {
        "" => {}
        "late" => {
            query.push(" and e.interview in ('owed', 'offered', 'accepted') and e.interview_due_us < ");
            query.push_bind(minute(who.now_us));
        }
        word => {
            query.push(" and e.interview = ").push_bind(word.to_owned());
        }
    }
    query.push(" and (e.interview in ('owed', 'offered', 'accepted') or e.ended_us > ").push_bind(since_us);
    query.push(
        ") order by case when e.interview in ('owed', 'offered', 'accepted') then 0 else 1 end, \
         case when e.interview in ('owed', 'offered', 'accepted') then coalesce(e.interview_due_us, 9223372036854775807) \
         else -e.ended_us end, e.child_id, e.id limit ",
    );
    query.push_bind(stretch.limit).push(" offset ").push_bind(stretch.from);
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// How many return home interviews there are, by how far they are; and of those that are open, how many are late.
pub(crate) async fn interview_counts(pool: &Pool, who: &Scope, since_us: i64) -> Result<Vec<(String, i64, i64)>> {
    let mut query = QueryBuilder::new("select e.interview, count(*), cast(sum(case when e.interview_due_us < ");
    query.push_bind(minute(who.now_us)).push(
        " then 1 else 0 end) as bigint) from episode e join child c on c.id = e.child_id where e.interview is not null \
         and e.ended_us is not null",
    );
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    query.push(" and (e.interview in ('owed', 'offered', 'accepted') or e.ended_us > ").push_bind(since_us);
    query.push(") group by e.interview order by e.interview");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

pub(crate) async fn child_row(pool: &Pool, child: &str) -> Result<Option<ChildRow>> {
    let select = concat!(child_columns!(), "where c.id = $1");
    Ok(sqlx::query_as(select).bind(child).fetch_optional(pool).await?)
}

/// `places` are the words of `sought.home` as the index of addresses keeps them.
pub(crate) async fn search_children(
    pool: &Pool,
    who: &Scope,
    sought: &Sought,
    places: &[String],
    limit: i64,
) -> Result<Vec<ChildRow>> {
    let mut words = words(&fold(&sought.name));
    // The longest word first: the fewest names begin with it.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.truncate(5);
    // By the indexes of words and keys first, whatever the planner thinks: two letters of a name are found among all children of a county.
    let mut query = QueryBuilder::new("");
    let mut asked = 0;
    let mut next = |query: &mut QueryBuilder<Database>| {
        query.push(if asked == 0 { "with found as materialized (" } else { " intersect " });
        asked += 1;
    };
    for sounds in &sought.sounds {
        next(&mut query);
        query.push("select m.child_id from mark m where m.kind = 'sound' and m.value in (");
        let mut codes = query.separated(", ");
        sounds.iter().for_each(|code| _ = codes.push_bind(code.clone()));
        query.push(")");
    }
    if !sought.number.is_empty() {
        next(&mut query);
        query.push("select n.child_id from (select m.child_id from mark m where m.kind = 'any' and m.value = ");
        query.push_bind(sought.number.clone()).push(" union select i.child_id from incident i where i.number = ");
        query.push_bind(sought.number.clone()).push(") n");
    }
    for (word, place) in sought.home.iter().zip(places) {
        next(&mut query);
        query.push("select h.child_id from (select m.child_id from mark m where m.kind = 'home' and m.value >= ");
        query.push_bind(word.clone()).push(" and m.value < ").push_bind(beyond(word));
        query.push(" union select m.child_id from mark m where m.kind = 'place' and m.value = ");
        query.push_bind(place.clone()).push(") h");
    }
    for word in &words {
        next(&mut query);
        query.push("select t.child_id from child_token t where t.token >= ").push_bind(word.clone());
        query.push(" and t.token < ").push_bind(beyond(word));
    }
    // Few are born on one day: who else has the name is not looked at.
    if !sought.born.is_empty() {
        next(&mut query);
        query.push("select b.id as child_id from child b where b.date_of_birth = ").push_bind(sought.born.clone());
    }
    let number = number(&sought.incident);
    if !number.is_empty() {
        next(&mut query);
        query.push("select i.child_id from incident i where i.number = ").push_bind(number);
    }
    // What is shown of a child is looked up for those that are left.
    query.push(if asked == 0 { "" } else { ") " }).push(child_columns!());
    query.push("join (select s.id, s.folded from child s where s.merged_into is null");
    if asked == 0 {
        let grace = if sought.current { Grace::Nothing } else { Grace::Child };
        only_related(&mut query, "s.id", grace, who);
    } else {
        query.push(" and s.id in (select f.child_id from found f)");
        each_related(&mut query, "s.id", who);
    }
    query.push(" order by s.folded, s.id limit ").push_bind(limit);
    query.push(") x on x.id = c.id order by x.folded, x.id");
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
        only_related(&mut query, "c.id", Grace::Child, who);
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
    only_related(&mut query, "c.id", Grace::Child, &everybody);
    query.push(" order by c.id limit 3");
    Ok(query.build_query_scalar().fetch_all(pool).await?)
}
