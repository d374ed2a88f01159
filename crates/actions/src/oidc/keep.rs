//! Which providers there are. Whoever keeps an agency's people keeps its providers on a page; whoever runs the server, on the command line.
//! What lets people in takes two people, where the policy says so: a new provider is off until it is turned on, and a change of one that is
//! on waits for somebody else.

use super::Rule;
use super::two::{propose, takes_two};
use crate::app::{App, moment};
use crate::keeping::{By, not_yours};
use crate::post::{is_role, not_there, problem, roles, rules};
use crate::refused::{Refused, Result};
use crate::secrets::PROVIDER;
use casebook::command::FieldProblem;
use store::{Agency, Provider};
use url::Url;

/// A provider as somebody wants it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewProvider {
    /// The agency's id.
    pub agency: String,
    /// What the button says.
    pub name: String,
    /// The issuer's address.
    pub issuer: String,
    /// By what it knows us.
    pub client_id: String,
    /// What proves that it is us; empty to keep the one that there is.
    pub client_secret: String,
    /// Which claim makes which post.
    pub rules: Vec<Rule>,
}

/// A provider as whoever keeps it sees it. Its secret is never shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ShownProvider {
    /// The id.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// The issuer's address.
    pub issuer: String,
    /// By what it knows us.
    pub client_id: String,
    /// Which claim makes which post.
    pub rules: Vec<Rule>,
    /// People come in by it.
    pub active: bool,
    /// Counts its changes.
    pub version: i64,
    /// `changed by Mary Swift, Tue 6 Jan 10:00`; empty where nobody is known to have changed it.
    pub changed: String,
    /// A change of it waits for a second person.
    pub waits: bool,
}

/// What came of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Put {
    /// It holds: the provider's id.
    Held(String),
    /// It waits for a second person.
    Proposed,
}

/// The agency, if this person keeps its providers.
pub(super) async fn kept(app: &App, by: By<'_>, agency: &str) -> Result<Agency> {
    if !by.keeps_people_of(agency) {
        return Err(not_yours());
    }
    Ok(app.store.agency(agency).await?.ok_or(Refused::NotFound)?.0)
}

/// The providers of an agency.
pub async fn list(app: &App, by: By<'_>, agency: &str) -> Result<Vec<ShownProvider>> {
    kept(app, by, agency).await?;
    let waiting = app.store.proposals_waiting().await?;
    let mut found = Vec::new();
    for one in app.store.providers().await?.into_iter().filter(|one| one.agency == agency) {
        let who = match &one.changed_by {
            Some(person) => app.store.person(person).await?.map(|p| p.name).unwrap_or_default(),
            None => "whoever runs the server".to_owned(),
        };
        let words = |us| app.rules.vocabulary().calendar.words(moment(us));
        found.push(ShownProvider {
            rules: super::rules_of(&one),
            changed: one.changed_us.map_or(String::new(), |us| format!("changed by {who}, {}", words(us))),
            waits: waiting.iter().any(|p| super::two::is_about(p, &one.id)),
            id: one.id,
            name: one.name,
            issuer: one.issuer,
            client_id: one.client_id,
            active: one.active,
            version: one.version,
        });
    }
    Ok(found)
}

/// A provider of an agency.
pub async fn show(app: &App, by: By<'_>, agency: &str, id: &str) -> Result<ShownProvider> {
    list(app, by, agency).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// The roles that a rule may make in an agency, with their names.
pub async fn roles_to_make(app: &App, by: By<'_>, agency: &str) -> Result<Vec<(String, String)>> {
    let agency = kept(app, by, agency).await?;
    let may = |role: &str| allowed(app, &agency, &Rule { role: role.into(), ..Rule::default() }).is_none();
    Ok(roles(app).into_iter().filter(|(role, _)| may(role)).collect())
}

/// Adds a provider. On the word of somebody on a page nobody comes in by it until it is turned on.
pub async fn add(app: &App, by: By<'_>, wanted: &NewProvider) -> Result<String> {
    let agency = kept(app, by, &wanted.agency).await?;
    check(app, by, &agency, wanted, None).await?;
    let fresh = Provider { id: app.new_id(), agency: agency.id, version: 0, ..Provider::default() };
    let active = matches!(by, By::Operator);
    let row = row(app, by, &fresh, wanted, active)?;
    app.store.provider_put(&row).await?;
    Ok(row.id)
}

/// Changes a provider. While people come in by it, the change waits for a second person where the policy says so.
pub async fn change(app: &App, by: By<'_>, id: &str, version: i64, wanted: &NewProvider, reason: &str) -> Result<Put> {
    let agency = kept(app, by, &wanted.agency).await?;
    let known = of_agency(app, &agency.id, id).await?;
    check(app, by, &agency, wanted, Some(&known)).await?;
    current(&known, version)?;
    put(app, by, row(app, by, &known, wanted, known.active)?, reason).await
}

/// Lets people come in by a provider, or no longer. To turn it off takes nobody else.
pub async fn turn(app: &App, by: By<'_>, agency: &str, id: &str, version: i64, on: bool, reason: &str) -> Result<Put> {
    kept(app, by, agency).await?;
    let known = of_agency(app, agency, id).await?;
    current(&known, version)?;
    let row = Provider { active: on, ..stamped(app, by, &known) };
    put(app, by, row, reason).await
}

/// Keeps the row, or proposes it.
async fn put(app: &App, by: By<'_>, row: Provider, reason: &str) -> Result<Put> {
    if let By::Person(actor) = by
        && row.active
        && takes_two(app).await?
    {
        propose(app, actor, &row, reason).await?;
        return Ok(Put::Proposed);
    }
    if app.store.provider_put(&row).await? { Ok(Put::Held(row.id)) } else { Err(overtaken(row.version)) }
}

/// Adds a provider, or changes it where the agency has one of this name, on the word of whoever runs the server: gives its id.
pub async fn operate(app: &App, wanted: &NewProvider) -> Result<String> {
    let name = wanted.name.trim();
    let known = app.store.providers().await?.into_iter().find(|p| p.agency == wanted.agency && p.name == name);
    match known {
        None => add(app, By::Operator, wanted).await,
        Some(known) => match change(app, By::Operator, &known.id, known.version, wanted, "").await? {
            Put::Held(id) => Ok(id),
            Put::Proposed => Err(not_yours()),
        },
    }
}

pub(super) async fn of_agency(app: &App, agency: &str, id: &str) -> Result<Provider> {
    let all = app.store.providers().await?.into_iter();
    all.into_iter().find(|one| one.id == id && one.agency == agency).ok_or(Refused::NotFound)
}

fn current(known: &Provider, version: i64) -> Result<()> {
    if known.version == version { Ok(()) } else { Err(overtaken(known.version)) }
}

fn overtaken(version: i64) -> Refused {
    Refused::Stale { newer: Vec::new(), version }
}

/// The row with its next version, and who changes it.
fn stamped(app: &App, by: By<'_>, known: &Provider) -> Provider {
    Provider { version: known.version + 1, changed_by: by.id(), changed_us: Some(app.now_us()), ..known.clone() }
}

fn row(app: &App, by: By<'_>, known: &Provider, wanted: &NewProvider, active: bool) -> Result<Provider> {
    let client_secret = match wanted.client_secret.as_str() {
        "" => known.client_secret.clone(),
        secret => app.seal(PROVIDER, &known.id, secret)?,
    };
    Ok(Provider {
        name: wanted.name.trim().into(),
        issuer: wanted.issuer.trim().into(),
        client_id: wanted.client_id.trim().into(),
        client_secret,
        rules: serde_json::to_string(&wanted.rules).map_err(|e| problem("rules", &e.to_string()))?,
        active,
        ..stamped(app, by, known)
    })
}

/// Is it an address of this very computer?
fn is_here(address: &Url) -> bool {
    address.host_str().is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host))
}

/// Everything that is wrong with what somebody wants.
async fn check(app: &App, by: By<'_>, agency: &Agency, wanted: &NewProvider, known: Option<&Provider>) -> Result<()> {
    let mut found = Vec::new();
    let mut say = |field: &str, message: String| found.push(FieldProblem::new(field, message));
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        say("name", "Enter the name that people know it by, in up to 80 characters".into());
    }
    let others = app.store.providers().await?;
    if others.iter().any(|p| p.agency == agency.id && p.name == name && known.is_none_or(|known| known.id != p.id)) {
        say("name", "The agency has a sign-in of this name: choose another name, or change that one".into());
    }
    // Only a server that is itself on this computer, such as somebody's who tries it out, asks a provider without TLS.
    let near = matches!(by, By::Operator) || app.doors.address.as_ref().is_some_and(is_here);
    match Url::parse(wanted.issuer.trim()) {
        Err(e) => say(
            "issuer",
            format!("The issuer's address cannot be read ({e}): write it as in https://login.example.gov.uk"),
        ),
        Ok(address) if address.scheme() != "https" && !(near && is_here(&address)) => {
            say("issuer", "The issuer's address has to begin with https://".into());
        }
        Ok(_) => {}
    }
    if wanted.client_id.trim().is_empty() {
        say("client_id", "Enter the client id that the provider gave you".into());
    }
    let elsewhere = known.is_some_and(|known| known.issuer != wanted.issuer.trim());
    if wanted.client_secret.is_empty() && (known.is_none() || elsewhere) {
        let says = if elsewhere {
            "Enter the client secret of the new issuer: the old one is not sent there"
        } else {
            "Enter the client secret that the provider gave you"
        };
        say("client_secret", says.into());
    }
    for (n, rule) in wanted.rules.iter().enumerate() {
        if rule.claim.trim().is_empty() || rule.value.trim().is_empty() {
            say(&format!("rule-{n}"), "Enter the claim and its value, or leave the whole line empty".into());
        } else if let Some(wrong) = allowed(app, agency, rule) {
            say(&format!("rule-{n}"), wrong);
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Refused::Invalid(found)) }
}

/// What is wrong with a rule in an agency; nothing if it may make a post.
pub(super) fn allowed(app: &App, agency: &Agency, rule: &Rule) -> Option<String> {
    if rule.role.is_empty() {
        return Some("Choose the role that it makes".into());
    }
    if !is_role(app, &rule.role) {
        return Some(format!("there is no role `{}`", rule.role));
    }
    if rules().needs_two(&rule.role) {
        return Some(format!("`{}` sees much: no rule makes it, two people do", rule.role));
    }
    (!app.policies.roles().employs(&agency.kind, &rule.role)).then(|| not_there(app, &agency.name, &rule.role))
}

/// What the sign-in page offers: ids and names of providers.
pub async fn choices(app: &App) -> Result<Vec<(String, String)>> {
    let all = app.store.providers().await?.into_iter();
    Ok(all.filter(|provider| provider.active).map(|provider| (provider.id, provider.name)).collect())
}
