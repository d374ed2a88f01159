//! `whereabouts agencies`: the agencies that work together, for whoever runs the server.

use crate::args::{Agencies, Format};
use crate::failure::{Failure, Outcome};
use crate::people::{agency_of, refused};
use crate::print::{BOLD, line, row};
use crate::running::{block_on, make_sealing, plain_app};
use actions::agency::{self, NewAgency};
use actions::keeping::By;
use actions::oidc::{self, NewProvider, Rule};
use anstyle::Style;
use serde_json::json;
use std::path::Path;

pub fn run(command: &Agencies, rulebooks: Option<&Path>, format: Format) -> Outcome {
    block_on(async {
        let (Agencies::Add { database, .. } | Agencies::List { database } | Agencies::Provider { database, .. }) =
            command;
        if let Agencies::Provider { .. } = command {
            make_sealing(database)?;
        }
        let app = plain_app(database, rulebooks).await?;
        let done = match command {
            Agencies::Add { name, kind, area, only_appears, another, .. } => {
                let area = area.clone().unwrap_or_default();
                let wanted = NewAgency {
                    name: name.clone(),
                    kind: kind.clone(),
                    area,
                    only_appears: *only_appears,
                    another: *another,
                };
                let id = agency::add(&app, By::Operator, &wanted).await.map_err(refused)?;
                line(format!("{name} was added; its id is {id}"));
                Ok(())
            }
            Agencies::List { .. } => list(&app, format).await,
            Agencies::Provider { agency, name, issuer, client_id, client_secret, rule, .. } => {
                let wanted = NewProvider {
                    agency: agency_of(&app, agency).await?,
                    name: name.clone(),
                    issuer: issuer.clone(),
                    client_id: client_id.clone(),
                    client_secret: client_secret.clone(),
                    rules: rule.iter().map(|text| rule_of(text)).collect::<Result<_, _>>()?,
                };
                oidc::operate(&app, &wanted).await.map_err(refused)?;
                line(format!(
                    "{name} was added to the sign-in page. At the provider, allow the address of these pages with"
                ));
                line("/sign-in/agency/return after it as a way back.");
                Ok(())
            }
        };
        app.store().close().await;
        done
    })
}

/// `groups=night-staff:home_staff`.
fn rule_of(text: &str) -> Result<Rule, Failure> {
    let parts = text.split_once('=').and_then(|(claim, rest)| Some((claim, rest.rsplit_once(':')?)));
    let Some((claim, (value, role))) = parts else {
        return Err(Failure::Usage(format!(
            "--rule: `{text}` is not a rule; write it as in groups=night-staff:home_staff"
        )));
    };
    Ok(Rule { claim: claim.into(), value: value.into(), role: role.into(), team: String::new() })
}

async fn list(app: &actions::App, format: Format) -> Outcome {
    let all = agency::list(app, By::Operator).await.map_err(refused)?;
    if format == Format::Json {
        let all: Vec<_> = all
            .iter()
            .map(|a| json!({ "id": a.id, "name": a.name, "kind": a.kind, "area": a.area, "only_appears": a.only_appears }))
            .collect();
        crate::print::json(&json!(all));
        return Ok(());
    }
    for one in &all {
        let note = if one.only_appears { "only appears in records" } else { "" };
        row(&[(&one.name, 40, BOLD), (&one.kind, 24, Style::new()), (note, 24, Style::new())]);
    }
    line(format!("{} agencies", all.len()));
    Ok(())
}
