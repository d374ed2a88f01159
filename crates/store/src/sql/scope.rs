//! From which side a list begins. People of a small agency: from the children of the agency. People who see many children: from the
//! roles, in the order of the list, until it is full; that one child of many is not theirs costs little.

use super::{Database, Pool};
use crate::error::Result;
use crate::model::Scope;
use sqlx::QueryBuilder;

/// An agency with more children than this is large.
const FEW: i64 = 300;

/// Where a list begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// With the children of the agency.
    Children,
    /// With the owner.
    Owner,
}

/// Which side is quicker for these people.
pub(crate) async fn side(pool: &Pool, who: &Scope) -> Result<Side> {
    if who.relation_to_all {
        return Ok(Side::Owner);
    }
    let count = "select count(*) from (select 1 from child_agency where agency_id = $1 limit $2) few";
    let children: i64 = sqlx::query_scalar(count).bind(&who.agency).bind(FEW + 1).fetch_one(pool).await?;
    Ok(if children > FEW { Side::Owner } else { Side::Children })
}

/// What of a child whom an agency has left is still on its lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grace {
    /// The child, while the agency finishes what it owes.
    Child,
    /// What began, at this moment of a row, before the agency left: what comes afterwards is for those who came after it.
    Before(&'static str),
    /// Nothing.
    Nothing,
}

/// ` and {related now, and not barred}`: whoever must not see a child does not, whatever else they are.
pub(crate) fn only_related(query: &mut QueryBuilder<Database>, child: &'static str, grace: Grace, who: &Scope) {
    if !who.relation_to_all {
        query.push(" and exists (select 1");
        related(query, child, grace, who);
        query.push(")");
    }
    not_barred(query, child, who);
}

/// The same, looked up for each of a few children: PostgreSQL would read all relations of a large agency for them.
pub(crate) fn each_related(query: &mut QueryBuilder<Database>, child: &'static str, who: &Scope) {
    if !who.relation_to_all {
        query.push(" and (select 1");
        related(query, child, Grace::Child, who);
        query.push(" limit 1) is not null");
    }
    not_barred(query, child, who);
}

fn related(query: &mut QueryBuilder<Database>, child: &'static str, grace: Grace, who: &Scope) {
    query.push(" from relation tie where tie.agency_id = ").push_bind(who.agency.clone());
    query.push(" and tie.child_id = ").push(child).push(" and tie.kind <> 'barred' and tie.from_us <= ");
    query.push_bind(who.now_us).push(" and (tie.until_us is null or tie.until_us > ").push_bind(who.now_us);
    if grace != Grace::Nothing {
        query.push(" or tie.until_us + tie.grace_us > ").push_bind(who.now_us);
    }
    if let Grace::Before(began) = grace {
        // What happened is written down to the minute.
        query.push(" and ").push(began).push(" < tie.until_us - tie.until_us % 60000000");
    }
    query.push(")");
}

fn not_barred(query: &mut QueryBuilder<Database>, child: &'static str, who: &Scope) {
    query.push(" and not exists (select 1 from relation b where b.kind = 'barred' and b.child_id = ").push(child);
    query.push(" and (b.agency_id = ").push_bind(who.agency.clone());
    query.push(" or b.person_id = ").push_bind(who.person.clone()).push(") and b.from_us <= ").push_bind(who.now_us);
    query.push(" and (b.until_us is null or b.until_us > ").push_bind(who.now_us).push("))");
}

/// What a list is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Duties,
    Alerts,
}

impl Of {
    fn table(self) -> &'static str {
        match self {
            Of::Duties => "duty",
            Of::Alerts => "alert",
        }
    }

    /// When the episode of a row began: what belongs to none is never still owed by whoever the child has left.
    fn began(self) -> &'static str {
        match self {
            Of::Duties | Of::Alerts => {
                "(select s.started_us from episode s where s.child_id = x.child_id and s.id = x.episode_id)"
            }
        }
    }
}

/// `... from {table} x join child c ... where {the scope} `, to be continued with ` and ...`.
pub(crate) fn begin(query: &mut QueryBuilder<Database>, of: Of, side: Side, who: &Scope) {
    let table = of.table();
    if side == Side::Children {
        // `cross join` keeps SQLite to this order.
        query.push(" from child_agency r cross join ").push(table);
        query.push(" x join child c on c.id = x.child_id where x.child_id = r.child_id and r.agency_id = ");
        query.push_bind(who.agency.clone());
    } else {
        query.push(" from ").push(table).push(" x join child c on c.id = x.child_id where true");
    }
    only_related(query, "x.child_id", Grace::Before(of.began()), who);
}

/// ` and {owner}`: of one role, or of nobody.
pub(crate) fn of_owner(query: &mut QueryBuilder<Database>, owner: Option<&str>) {
    match owner {
        Some(role) => query.push(" and x.owner = ").push_bind(role.to_owned()),
        None => query.push(" and x.owner is null"),
    };
}

/// Nobody, and then each role once: what belongs to nobody is in everybody's list.
fn owners(roles: &[String]) -> Vec<Option<&str>> {
    let mut owners: Vec<Option<&str>> = vec![None];
    owners.extend(roles.iter().map(|role| Some(role.as_str())));
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// One statement for all owners, each with a part of its own that has an index: `select ... from (part) o union all ...`.
pub(crate) fn of_each_owner(
    start: &'static str,
    roles: &[String],
    mut part: impl FnMut(&mut QueryBuilder<Database>, Option<&str>),
) -> QueryBuilder<Database> {
    let mut query = QueryBuilder::new(start);
    for (n, owner) in owners(roles).into_iter().enumerate() {
        query.push(if n == 0 { "select * from (" } else { " union all select * from (" });
        part(&mut query, owner);
        query.push(") o");
    }
    query
}
