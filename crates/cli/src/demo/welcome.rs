//! What a demonstration says when it is ready: the address, the people to sign in as, and where to look first.

use super::PASSWORD;
use crate::failure::Failure;
use crate::print::{BOLD, DIM, line, row, styled};
use actions::App;
use anstyle::Style;
use std::collections::HashMap;
use std::net::SocketAddr;
use store::{BoardRow, DutyRow, Person, Scope, StoreError};
use web::DemoPerson;

/// So many people of one role are offered.
const EACH: usize = 2;

/// What there is to say.
pub struct Welcome {
    offered: Vec<Offered>,
    /// Paths worth opening, with what is there.
    worth: Vec<(String, String)>,
    /// Who can open them.
    opens: Option<String>,
}

/// Somebody to sign in as.
struct Offered {
    person: Person,
    role: String,
    agency: String,
    /// So many open episodes are on this person's board.
    open: usize,
}

impl Welcome {
    /// Looks up people and places.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn of(app: &App) -> Result<Welcome, Failure> {
        gather(app).await.map_err(|e| Failure::File(e.to_string()))
    }

    /// The people, for the sign-in page.
    pub fn people(&self) -> Vec<DemoPerson> {
        let person = |one: &Offered| DemoPerson {
            username: one.person.username.clone(),
            password: PASSWORD.into(),
            name: one.person.name.clone(),
            role: format!("{}, {}", one.role, one.agency),
        };
        self.offered.iter().map(person).collect()
    }

    /// Prints it. `kept` is the database, where it outlasts the demonstration.
    pub fn print(&self, address: SocketAddr, kept: Option<&str>) {
        let at = format!("http://{address}");
        line(styled(BOLD, "Whereabouts, a demonstration. Everybody in it is made up."));
        line("");
        line(format!("  Open     {}", styled(BOLD, &at)));
        line(format!("  Password {}  (the same for everybody)", styled(BOLD, PASSWORD)));
        line("");
        let widths = self.widths();
        let print = |cells: [&str; 4], style: Style| {
            row(&[
                (cells[0], widths[0], style),
                (cells[1], widths[1], Style::new()),
                (cells[2], widths[2], style),
                (cells[3], widths[3], style),
            ]);
        };
        row(&["Role", "Name", "Username", "Works for"]
            .into_iter()
            .zip(widths)
            .map(|(head, width)| (head, width, DIM))
            .collect::<Vec<_>>());
        for one in &self.offered {
            print([&one.role, &one.person.name, &one.person.username, &one.agency], Style::new());
        }
        if let Some(name) = &self.opens {
            line("");
            line(format!("Worth opening, as {name}:"));
            for (path, what) in &self.worth {
                line(format!("  {at}{path}"));
                line(styled(DIM, &format!("    {what}")));
            }
        }
        line("");
        line(kept.map_or_else(
            || "Ctrl-C ends it; what was recorded is then gone.".to_owned(),
            |url| format!("Ctrl-C ends it; what was recorded is kept in {url}."),
        ));
    }

    /// Columns as wide as what is in them.
    fn widths(&self) -> [usize; 4] {
        let widest = |text: fn(&Offered) -> &str| {
            let widths = self.offered.iter().map(|one| unicode_width::UnicodeWidthStr::width(text(one)));
            widths.max().unwrap_or(0).max(9)
        };
        [widest(|o| &o.role), widest(|o| &o.person.name), widest(|o| &o.person.username), widest(|o| &o.agency)]
    }
}

async fn gather(app: &App) -> Result<Welcome, StoreError> {
    let store = app.store();
    let agencies: HashMap<String, String> = store.agencies().await?.into_iter().map(|a| (a.id, a.name)).collect();
    let mut boards: HashMap<String, Vec<BoardRow>> = HashMap::new();
    for agency in agencies.keys() {
        boards.insert(agency.clone(), store.board(&scope(agency)).await?);
    }
    let mut everybody: Vec<(usize, Offered)> = Vec::new();
    for person in store.people().await? {
        let (place, role) = app.role(&person.role);
        let agency = agencies.get(&person.agency).cloned().unwrap_or_default();
        let open = boards.get(&person.agency).map_or(0, Vec::len);
        everybody.push((place, Offered { person, role, agency, open }));
    }
    // Of each role, those who have most to do.
    everybody.sort_by(|(a, x), (b, y)| {
        (a, &x.role)
            .cmp(&(b, &y.role))
            .then(y.open.cmp(&x.open))
            .then_with(|| x.person.username.cmp(&y.person.username))
    });
    let mut offered: Vec<Offered> = Vec::new();
    for (_, one) in everybody {
        if offered.iter().filter(|o| o.person.role == one.person.role).count() < EACH {
            offered.push(one);
        }
    }
    let guide = offered.iter().rev().max_by_key(|one| one.open).filter(|one| one.open > 0);
    let board = guide.and_then(|one| boards.get(&one.person.agency));
    let mut worth = vec![("/board".to_owned(), "who is missing now".to_owned())];
    // The episode that has lasted longest has most to tell.
    if let Some(longest) = board.and_then(|rows| rows.iter().min_by_key(|r| r.episode.started_us)) {
        let child = &longest.child_id;
        let path = format!("/children/{child}/episodes/{}", longest.episode.id);
        worth.push((path, format!("the episode of {}, the longest that is open", longest.child_name)));
        let duties = store.duties_of_child(child).await?;
        if let Some(duty) = first_limit(&duties, &longest.episode.id) {
            worth.push((format!("/children/{child}/why/{}", duty.key), format!("why this is due: {}", duty.label)));
        }
    }
    let opens = guide.map(|one| format!("{} ({}, `{}`)", one.person.name, one.role, one.person.username));
    Ok(Welcome { offered, worth, opens })
}

fn scope(agency: &str) -> Scope {
    Scope { agency: agency.to_owned(), ..Scope::default() }
}

/// The open duty of an episode with the earliest limit.
fn first_limit<'a>(duties: &'a [DutyRow], episode: &str) -> Option<&'a DutyRow> {
    let open = duties.iter().filter(|d| d.is_open() && d.episode_id.as_deref() == Some(episode));
    open.filter(|d| d.due_us.is_some()).min_by_key(|d| d.due_us)
}
