//! The policies themselves, asked of Cedar. The product has their answers as a table; this makes the table, and holds it to be true.

use crate::may::{Answers, Hold, May};
use crate::roles::Policy;
use crate::words::{Act, Acts, Class, Classes, Ties};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use std::collections::HashSet;

const SCHEMA: &str = include_str!("../../../policy/whereabouts.cedarschema");
const FILES: [(&str, &str); 4] = [
    ("10-see.cedar", include_str!("../../../policy/10-see.cedar")),
    ("20-say.cedar", include_str!("../../../policy/20-say.cedar")),
    ("30-do.cedar", include_str!("../../../policy/30-do.cedar")),
    ("90-never.cedar", include_str!("../../../policy/90-never.cedar")),
];

/// The policies, ready to be asked.
pub struct Cedar {
    roles: Policy,
    authorizer: Authorizer,
    set: PolicySet,
    entities: Entities,
    types: Types,
}

/// The kinds of things that the schema knows.
struct Types {
    role: EntityTypeName,
    group: EntityTypeName,
    class: EntityTypeName,
    tie: EntityTypeName,
    record: EntityTypeName,
    action: EntityTypeName,
}

impl Types {
    fn new() -> Result<Types, String> {
        let name = |text: &str| text.parse::<EntityTypeName>().map_err(|e| e.to_string());
        Ok(Types {
            role: name("Role")?,
            group: name("Group")?,
            class: name("Class")?,
            tie: name("Tie")?,
            record: name("Record")?,
            action: name("Action")?,
        })
    }
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

impl Cedar {
    /// Reads the policies that are compiled in.
    ///
    /// # Panics
    /// If they are faulty; a test holds that they are not.
    pub fn read() -> Cedar {
        Cedar::of(Policy::read()).unwrap_or_else(|why| panic!("policy: {why}"))
    }

    fn of(roles: Policy) -> Result<Cedar, String> {
        let types = Types::new()?;
        let mut set = PolicySet::new();
        for (file, text) in FILES {
            for policy in parse(file, text)? {
                set.add(policy).map_err(|e| format!("{file}: {e}"))?;
            }
        }
        let mut all = Vec::new();
        for role in roles.roles() {
            let groups = roles.groups(role).iter().map(String::as_str).chain(["posts"]);
            let groups = groups.map(|g| uid(&types.group, g)).collect::<HashSet<_>>();
            all.push(Entity::new_no_attrs(uid(&types.role, role), groups));
        }
        let entities = Entities::from_entities(all, None).map_err(|e| e.to_string())?;
        Ok(Cedar { roles, authorizer: Authorizer::new(), set, entities, types })
    }

    /// The posts.
    pub fn roles(&self) -> &Policy {
        &self.roles
    }

    /// One question. What cannot be asked is not allowed, and neither is what a policy cannot answer.
    fn allows(&self, role: &str, act: &str, resource: &EntityUid, ties: Ties, hold: Option<Hold>) -> bool {
        let all = ties.each().map(|tie| RestrictedExpression::new_entity_uid(uid(&self.types.tie, tie.word())));
        let mut context = vec![("ties".to_string(), RestrictedExpression::new_set(all))];
        if let Some(hold) = hold {
            let is = |name: &str, is: bool| (name.to_string(), RestrictedExpression::new_bool(is));
            context.extend([
                is("mine", hold.mine),
                is("ours", hold.ours),
                is("said_here", hold.said_here),
                is("absent", hold.absent),
                is("concerns_me", hold.concerns_me),
            ]);
        }
        let Ok(context) = Context::from_pairs(context) else { return false };
        let request =
            Request::new(uid(&self.types.role, role), uid(&self.types.action, act), resource.clone(), context, None);
        let Ok(request) = request else { return false };
        let answer = self.authorizer.is_authorized(&request, &self.set, &self.entities);
        // A `forbid` that failed would not count: so nothing counts then.
        answer.decision() == Decision::Allow && answer.diagnostics().errors().next().is_none()
    }

    /// What is wrong with the policies, by their schema: a word that is not in it, a rule that never holds.
    ///
    /// # Errors
    /// If the schema cannot be read.
    pub fn faults(&self) -> Result<Vec<String>, String> {
        let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA).map_err(|e| e.to_string())?;
        let mut faults: Vec<String> = warnings.map(|w| w.to_string()).collect();
        let validator = Validator::new(schema.clone());
        let result = validator.validate(&self.set, ValidationMode::Strict);
        faults.extend(result.validation_errors().map(ToString::to_string));
        faults.extend(result.validation_warnings().map(ToString::to_string));
        let all = self.entities.iter().cloned();
        faults.extend(Entities::from_entities(all, Some(&schema)).err().map(|e| e.to_string()));
        Ok(faults)
    }

    /// The names of all policies, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.set.policies().map(|p| p.id().to_string()).collect();
        names.sort();
        names
    }
}

/// The policies of a file, each known by its `@id`.
fn parse(file: &str, text: &str) -> Result<Vec<cedar_policy::Policy>, String> {
    let set: PolicySet = text.parse().map_err(|e| format!("{file}: {e}"))?;
    let named = set.policies().map(|policy| {
        let id = policy.annotation("id").filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| format!("{file}: a policy has no `@id`"))?;
        Ok(policy.new_id(cedar_policy::PolicyId::new(id)))
    });
    named.collect()
}

impl Answers for Cedar {
    fn may(&self, role: &str, ties: Ties) -> May {
        let classes = |act: &str| {
            let allowed = |class: &&Class| self.allows(role, act, &uid(&self.types.class, class.word()), ties, None);
            Class::ALL.iter().filter(allowed).copied().collect::<Classes>()
        };
        let acts = Act::ALL.iter().filter(|act| !act.is_of_entry()).filter(|act| {
            let record = uid(&self.types.record, if act.is_of_site() { "site" } else { "child" });
            self.allows(role, act.word(), &record, ties, None)
        });
        May { see: classes("see"), record: classes("record"), tell: classes("tell"), acts: acts.copied().collect() }
    }

    fn entry(&self, role: &str, ties: Ties, hold: Hold) -> Acts {
        let record = uid(&self.types.record, "child");
        let acts = Act::ALL.iter().filter(|act| act.is_of_entry());
        acts.filter(|act| self.allows(role, act.word(), &record, ties, Some(hold))).copied().collect()
    }
}
