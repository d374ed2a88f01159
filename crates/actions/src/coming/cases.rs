//! Case files, as they are: a child each.

use super::bring::{Brought, By};
use super::mapping::Mapping;
use super::rows::Fault;
use crate::app::App;
use crate::authorise::{Verb, authorise};
use crate::child::{Import, import};
use crate::refused::Result;
use policy::Act;
use serde_json::{Value, json};

/// Brings in case files, each once: a child of this id who is here already is left.
pub async fn cases(
    app: &App,
    by: By<'_>,
    mapping: &Mapping,
    cases: &[Value],
    trial: bool,
    done: &mut Brought,
) -> Result<()> {
    if let By::Person(actor) = by {
        authorise(app, actor, Verb::Do(Act::Bring), None).await?;
    }
    let agencies = app.store.agencies().await?;
    let mut works: Vec<String> = Vec::new();
    for name in &mapping.agencies {
        works.extend(
            agencies
                .iter()
                .find(|a| a.id == *name || a.name.to_lowercase() == name.to_lowercase())
                .map(|a| a.id.clone()),
        );
    }
    let person = if let By::Person(actor) = by { actor.person.clone() } else { "operator".into() };
    for case in cases {
        let id = case.get("case").and_then(Value::as_str).unwrap_or_default().to_string();
        let people = case.get("people").and_then(Value::as_array).into_iter().flatten();
        let child = people.into_iter().find(|one| one.get("role") == Some(&json!("child")));
        let name = child.and_then(|one| one.get("name")).and_then(Value::as_str).unwrap_or(&id).to_string();
        let says = if id.is_empty() {
            Err("the file does not say whose case it is: `case` is missing".to_string())
        } else if app.store.is_child(&id).await? {
            done.unchanged += 1;
            continue;
        } else if trial {
            crate::child::readable(app, &id, &name, case).await
        } else {
            let writer = |_: &str, _: &str| person.clone();
            import(app, &Import { id: &id, name: &name, agencies: &works, case, writer: &writer }).await.map(drop)
        };
        match says {
            Ok(()) => done.children += 1,
            Err(says) => done.faults.push(Fault { table: id, says, ..Fault::default() }),
        }
    }
    Ok(())
}
