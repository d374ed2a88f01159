//! The line of an agency that cares for children in the directory: where it is, who runs it, by which numbers it is reached. Whoever places a
//! child chooses from it. A home that does not use Whereabouts is an agency that only appears in records.

use super::{not_yours, show};
use crate::app::App;
use crate::keeping::By;
use crate::phone;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use policy::Tie;
use store::Listed;
use views::making::{FieldMaker, areas, is_area, is_provider, providers};
use views::words::Names;
use views::{FieldKind, FormField};

/// The texts: field, label, hint.
const TEXTS: [(&str, &str, &str); 5] = [
    ("registration", "Registration number", "As the inspectorate gave it, such as SC012345."),
    ("provider", "Provider", "Who runs it."),
    ("manager", "Manager", ""),
    ("phone_day", "Telephone by day", ""),
    ("phone_night", "Telephone by night", "Where a carer answers at three in the morning."),
];
const CLASSES: [(&str, &str, &str); 2] = [
    ("ordinary", "Whoever places a child may read it", ""),
    (
        "whereabouts",
        "Only those who may know where a child lives",
        "For foster households, and homes that must not be found.",
    ),
];
const LINE: usize = 200;

/// The form of an agency's line.
pub struct DirectoryForm {
    /// The agency's name.
    pub name: String,
    /// The version of the line; 0 where there is none yet.
    pub version: i64,
    /// What is asked.
    pub fields: Vec<FormField>,
}

/// Does an agency of this kind care for children, so that it is in the directory?
pub fn cares(app: &App, kind: &str) -> bool {
    app.policies.roles().tie_of(kind) == Tie::Placement
}

/// The form, as it was typed so far; filled with what stands where nothing was.
pub async fn directory_form(
    app: &App,
    by: By<'_>,
    id: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<DirectoryForm> {
    let (agency, _) = show(app, by, id).await?;
    if !cares(app, &agency.kind) {
        return Err(not_yours());
    }
    let line = app.store.listed().await?.into_iter().find(|one| one.agency == id).unwrap_or_default();
    let mut answers = answers.clone();
    if answers.is_empty() {
        let class = if line.address_class.is_empty() { "ordinary" } else { &line.address_class };
        for (field, value) in [
            ("registration", line.registration.as_str()),
            ("provider", &line.provider),
            ("manager", &line.manager),
            ("phone_day", &line.phone_day),
            ("phone_night", &line.phone_night),
            ("address", &line.address),
            ("address_class", class),
            ("host", &line.host),
            ("procedure", &line.procedure),
        ] {
            answers.set(field, value);
        }
    }
    let names = Names::shared(&app.rules);
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let mut fields: Vec<FormField> =
        TEXTS.iter().map(|(field, label, hint)| maker.plain(field, label, hint, FieldKind::Text)).collect();
    fields.push(maker.plain("address", "Address", "With the postcode.", FieldKind::LongText));
    fields.push(maker.choice("address_class", "Who may read the address?", "", &CLASSES));
    let hint = "Left empty, it is found from the postcode where that tells.";
    let mut host = maker.plain("host", "Authority of the area where it lies", hint, FieldKind::Select);
    host.groups = areas(&names, app.now(), &host.values);
    fields.push(host);
    let hint = "Children who are placed there from now on are looked for by it, beside the protocol of the area. For those who live there \
                already, put their placement right.";
    let mut procedure = maker.plain("procedure", "Whose own procedure does it follow?", hint, FieldKind::Select);
    procedure.groups = providers(&names, &procedure.values);
    fields.push(procedure);
    Ok(DirectoryForm { name: agency.name, version: line.version, fields })
}

/// Saves an agency's line. `version` is that of the page.
pub async fn save_directory(
    app: &App,
    by: By<'_>,
    person: &str,
    id: &str,
    version: i64,
    answers: &Answers,
) -> Result<()> {
    let (agency, _) = show(app, by, id).await?;
    if !cares(app, &agency.kind) {
        return Err(not_yours());
    }
    let mut problems = Vec::new();
    for (field, label, _) in TEXTS {
        if answers.get(field).chars().count() > LINE || answers.get(field).contains('\0') {
            problems.push(FieldProblem::new(field, format!("{label}: write no more than {LINE} characters")));
        }
    }
    for field in ["phone_day", "phone_night"] {
        problems.extend(phone::problem(field, answers.get(field)));
    }
    if answers.get("address").chars().count() > 1_000 {
        problems.push(FieldProblem::new("address", "Address: write no more than 1,000 characters"));
    }
    problems.extend(crate::postcode::problem("address", answers.get("address")));
    let class = answers.get("address_class");
    if !CLASSES.iter().any(|(word, ..)| *word == class) {
        problems.push(FieldProblem::new("address_class", "Choose who may read the address"));
    }
    let host = answers.get("host");
    problems.extend(stands(app, id, answers).await?);
    if !host.is_empty() && !is_area(&Names::shared(&app.rules), host) {
        problems.push(FieldProblem::new("host", "Choose one of the authorities"));
    }
    let procedure = answers.get("procedure");
    if !procedure.is_empty() && !is_provider(&Names::shared(&app.rules), procedure) {
        problems.push(FieldProblem::new("procedure", "Choose one of the providers"));
    }
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let host = match host {
        "" => crate::postcode::host(app, answers.get("address")).await?.unwrap_or_default(),
        chosen => chosen.to_string(),
    };
    let text = |field: &str| answers.get(field).to_string();
    let line = Listed {
        agency: id.into(),
        registration: text("registration"),
        provider: text("provider"),
        manager: text("manager"),
        phone_day: text("phone_day"),
        phone_night: text("phone_night"),
        address: text("address"),
        address_class: class.into(),
        host,
        procedure: procedure.into(),
        version,
        changed_by: person.into(),
        changed_us: app.now_us(),
    };
    Ok(app.store.list(&line).await?)
}

/// A registration number is given once: whoever writes that of another home means that one.
async fn stands(app: &App, id: &str, answers: &Answers) -> Result<Option<FieldProblem>> {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let number = bare(answers.get("registration"));
    let all = app.store.listed().await?;
    let same = |line: &&Listed| line.agency != id && !number.is_empty() && bare(&line.registration) == number;
    let Some(other) = all.iter().find(same) else { return Ok(None) };
    let name = app.store.agency(&other.agency).await?.map(|(agency, _)| agency.name).unwrap_or_default();
    let says = format!(
        "Registration number: this is the number of “{name}”, which is here already; use that one, or check the number"
    );
    Ok(Some(FieldProblem::new("registration", says)))
}
